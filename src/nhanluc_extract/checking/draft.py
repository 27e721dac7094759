"""A first annotation of an article, to be corrected by hand."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from nhanluc_extract.checking.fixtures import COLUMNS
from nhanluc_extract.model import Article, Fact
from nhanluc_extract.pipeline import Extractor


def draft(extractor: Extractor, article: Article) -> str:
    """The facts found in ``article`` as the text of a ``.facts.csv``."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for fact in extractor.facts(article):
        writer.writerow(_row(article.text, fact))
    return written.getvalue()


def _row(text: str, fact: Fact) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(fact, name, None) or "" for name in COLUMNS}
    start = text.rfind(fact.quote, 0, fact.end + len(fact.quote))
    nth = text.count(fact.quote, 0, start) + 1 if start >= 0 else 1
    row["nth"] = nth if nth > 1 else ""
    for name in ("value", "high", "of"):
        number: Decimal | None = getattr(fact, name)
        row[name] = "" if number is None else f"{number.normalize():f}"
    return row
