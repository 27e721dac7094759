"""Tables whose cells a page keeps apart by bars: a line of heads, and rows of figures under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nhanluc_extract.extraction.sentence.reading import NounGroup, Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View

_BAR = "|"
_FEWEST = 3  # cells of a row

Columns = Sequence[Sequence[Term]]


def columns_of(view: View, before: Columns) -> Columns:
    """The words of each head of the table that ``view`` is a line of; empty where it is none.

    A line of cells without a figure begins a table; ``before`` are the heads that hold so far.
    """
    bars = [index for index, token in enumerate(view.tokens) if token.text == _BAR]
    if len(bars) < _FEWEST - 1:
        return ()
    if any(q.is_candidate for q in view.sentence.quantities):
        return before if len(before) == len(bars) + 1 else ()
    edges = [-1, *bars, len(view.tokens)]
    return [view.between(first + 1, last) for first, last in pairwise(edges)]


def read_cells(
    view: View, readings: Sequence[Reading], columns: Columns
) -> Iterator[tuple[Reading, NounGroup]]:
    """The figures of a row, each counting what the head of its column counts."""
    for reading in readings if columns else ():
        first = reading.quantity.first
        head = columns[view.count_marks(_BAR, first)]
        noun = _noun(head)
        if noun is not None and reading.quantity.kind == "count":
            yield (
                reading,
                reading.noun.but(
                    terms=tuple(t for t in head if t.word.family == noun.word.family),
                    unknown=None,
                    column=head,
                    span=(reading.quantity.last, reading.quantity.last),
                    is_row=True,
                    label=(0, first),  # the row is named before its figures
                ),
            )
        elif any(t.word.family == "things" for t in head):
            yield reading, reading.noun.but(unknown=view.key(first), terms=())


def _noun(head: Sequence[Term]) -> Term | None:
    """The noun of ``Số tổ``, ``Chỉ tiêu`` or ``Lượt người dân``; ``Tỷ lệ`` and ``Nhóm`` count nothing."""
    counts = any(t.is_a("count_opener", "quota") or t.word.unit == "turn" for t in head)
    if not counts or any(t.is_a("share_opener") for t in head):
        return None
    return next((t for t in head if t.word.is_counted), None)
