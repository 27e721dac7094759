"""The three tables of a run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from nhanluc_extract.records import Record, is_stated
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.schema import ARTICLES, FACTS, provinces_schema
from nhanluc_extract.writing.parquet import TableWriter
from nhanluc_extract.writing.provinces import ProvinceTable

NAMES = ("articles.parquet", "facts.parquet", "provinces.parquet")


class Totals:
    """What a run came to, without its long tables."""

    def __init__(self, pack: RulePack) -> None:
        self.articles = self.stated = self.weak = 0
        self.rejected: list[tuple[str, str]] = []
        self._provinces = ProvinceTable(pack)
        self._of_status: dict[str, int] = {}

    @cached_property
    def provinces(self) -> list[Record]:
        """Rows of the provinces table, once all articles are there."""
        return self._provinces.rows()

    def count(self, status: str) -> int:
        """How many articles have a status."""
        return self._of_status.get(status, 0)

    def add(self, article: Record) -> None:
        """Count an article, with its facts inside."""
        self.articles += 1
        self._of_status[article["status"]] = self.count(article["status"]) + 1
        stated = sum(map(is_stated, article["facts"]))
        self.stated += stated
        self.weak += len(article["facts"]) - stated
        for fact in article["facts"]:
            self._provinces.add(fact)
        if article["status"] == "rejected":
            self.rejected.append((article["source"], article["reason"]))


def write_tables(folder: Path, pack: RulePack, rows: Iterable[Record], totals: Totals) -> None:
    """Write the tables into ``folder`` as their ``rows`` come, articles with their facts inside.

    Raises:
        OSError: a file cannot be written.
    """
    articles, facts, provinces = (folder / name for name in NAMES)
    with TableWriter(articles, ARTICLES) as of_articles, TableWriter(facts, FACTS) as of_facts:
        for row in rows:
            totals.add(row)
            of_articles.add({**row, "facts": sum(map(is_stated, row["facts"]))})
            for fact in row["facts"]:
                of_facts.add(fact)
    with TableWriter(provinces, provinces_schema(pack)) as writer:
        for row in totals.provinces:
            writer.add(row)
