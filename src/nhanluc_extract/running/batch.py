"""One run: articles through the extraction, duplicates marked, facts split off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.records import Record, is_stated, rejected_record
from nhanluc_extract.running.duplicates import mark_duplicates
from nhanluc_extract.running.workers import extracted

_BATCH = 64  # articles handed to the extraction at once
_INPUT = pa.schema(
    [("source", pa.string()), ("text", pa.string()), ("title", pa.string()), ("published", pa.date32())]
)
_ROW = re.compile(r"(.*)#(\d+)")


@dataclass(slots=True)
class Results:
    """Rows of the articles and facts tables, sorted."""

    articles: list[Record] = field(default_factory=list)
    facts: list[Record] = field(default_factory=list)

    def count(self, status: str) -> int:
        return sum(article["status"] == status for article in self.articles)


def run(
    extractor: Extractor,
    inputs: Iterable[Article | Rejected],
    earlier: Sequence[Record] = (),
    jobs: int = 1,
) -> Results:
    """Read all ``inputs``; the result depends neither on their order, the batches nor the ``jobs``.

    ``earlier`` are rows of an earlier run with their facts inside; they are joined to the new ones.
    """
    articles: list[Record] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for chunk in _chunks(map(_encodable, inputs)):
            articles.extend(rejected_record(e.source, e.reason) for e in chunk if isinstance(e, Rejected))
            yield _as_batch([entry for entry in chunk if isinstance(entry, Article)])

    for rows in extracted(extractor, batches(), jobs):
        articles += rows
    articles = _joined(earlier, articles)
    articles.sort(key=_position)
    mark_duplicates(articles)
    return _split(articles)


def _as_batch(articles: Sequence[Article]) -> pa.RecordBatch:
    rows = [
        {"source": each.source, "text": each.text, "title": each.title, "published": each.published}
        for each in articles
    ]
    return pa.RecordBatch.from_pylist(rows, schema=_INPUT)


def _chunks(inputs: Iterable[Article | Rejected]) -> Iterator[list[Article | Rejected]]:
    iterator = iter(inputs)
    while chunk := list(islice(iterator, _BATCH)):
        yield chunk


def _encodable(entry: Article | Rejected) -> Article | Rejected:
    """``entry``, rejected where its text holds half of a pair of surrogates: no table can hold that."""
    if isinstance(entry, Article):
        try:
            for text in (entry.text, entry.title or ""):
                text.encode()
        except UnicodeEncodeError as error:
            return Rejected(entry.source, f"Half a character stands at {error.start}. Mend the text.")
    return entry


def _joined(earlier: Sequence[Record], new: Sequence[Record]) -> list[Record]:
    """Earlier rows and new ones; an article met again is kept as it was, a rejected input tried anew."""
    met = {row["source"] for row in new}
    kept = [row for row in earlier if row["article_id"] is not None or row["source"] not in met]
    known = {(row["source"], row["article_id"]) for row in kept}
    return [*kept, *(row for row in new if (row["source"], row["article_id"]) not in known)]


def _position(article: Record) -> tuple[str, int, str]:
    """Rows of a table stand in its order, ``#10`` behind ``#9``."""
    row = _ROW.fullmatch(article["source"])
    source, number = (row[1], int(row[2])) if row else (article["source"], 0)
    return source, number, article["article_id"] or ""


def _split(articles: list[Record]) -> Results:
    results = Results()
    for article in articles:
        facts = article.pop("facts")
        article["facts"] = sum(map(is_stated, facts))
        results.articles.append(article)
        results.facts += facts
    return results
