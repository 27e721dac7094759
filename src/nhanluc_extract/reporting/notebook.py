"""The facts of one article in a notebook: as a table, and marked in their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from nhanluc_extract.model import Article, Fact

if TYPE_CHECKING:
    import pandas as pd

_FIELDS = ("status", "degree", "role", "level", "group", "scope", "place", "province", "period")


class Facts(list[Fact]):
    """The facts of ``text``, in text order. A notebook shows the text with each of them marked."""

    def __init__(self, text: str, facts: Iterable[Fact]) -> None:
        super().__init__(facts)
        self.text = text

    def to_pandas(self) -> pd.DataFrame:
        """A row for each fact, with the columns of the facts table; pandas must be installed."""
        import pyarrow as pa

        from nhanluc_extract.records import fact_records
        from nhanluc_extract.schema import FACTS

        rows = fact_records(Article("", self.text), None, self)
        return pa.Table.from_pylist(rows, FACTS).to_pandas()

    def _repr_html_(self) -> str:
        return f'<div style="white-space: pre-wrap; line-height: 1.6">{"".join(self._pieces())}</div>'

    def _pieces(self) -> Iterator[str]:
        """The text between the places where a number begins or ends; facts at one place share a mark."""
        edges = sorted({0, len(self.text), *(edge for fact in self for edge in (fact.start, fact.end))})
        for start, end in pairwise(edges):
            piece = escape(self.text[start:end])
            here = [fact for fact in self if fact.start <= start and end <= fact.end]
            told = escape("\n".join(map(_told, here)))
            yield f'<mark title="{told}" tabindex="0">{piece}</mark>' if here else piece


def _told(fact: Fact) -> str:
    fields = (f"{name}: {getattr(fact, name)}" for name in _FIELDS if getattr(fact, name))
    return ", ".join([f"{fact.indicator} = {fact.value} {fact.unit}", *fields, f"rule: {fact.rule}"])
