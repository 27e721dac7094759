"""One run: articles through the extraction, duplicates marked, facts split off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.records import Record, is_stated, rejected_record

_BATCH = 64  # articles handed to the extraction at once
_INPUT = pa.schema(
    [("source", pa.string()), ("text", pa.string()), ("title", pa.string()), ("published", pa.date32())]
)


@dataclass(slots=True)
class Results:
    """Rows of the articles and facts tables, sorted."""

    articles: list[Record] = field(default_factory=list)
    facts: list[Record] = field(default_factory=list)

    def count(self, status: str) -> int:
        return sum(article["status"] == status for article in self.articles)


def run(extractor: Extractor, inputs: Iterable[Article | Rejected]) -> Results:
    """Read all ``inputs``; the result depends neither on their order nor on the batches."""
    articles: list[Record] = []
    for chunk in _chunks(inputs):
        readable = [entry for entry in chunk if isinstance(entry, Article)]
        articles += [
            rejected_record(entry.source, entry.reason) for entry in chunk if isinstance(entry, Rejected)
        ]
        rows = [
            {"source": a.source, "text": a.text, "title": a.title, "published": a.published} for a in readable
        ]
        articles += extractor.batch(pa.RecordBatch.from_pylist(rows, schema=_INPUT)).to_pylist()
    articles.sort(key=lambda article: article["source"])
    return _split(articles)


def _chunks(inputs: Iterable[Article | Rejected]) -> Iterator[list[Article | Rejected]]:
    iterator = iter(inputs)
    while chunk := list(islice(iterator, _BATCH)):
        yield chunk


def _split(articles: list[Record]) -> Results:
    results = Results()
    originals: dict[str, str] = {}
    for article in articles:
        facts = article.pop("facts")
        identity = article["article_id"]
        if article["status"] == "ok" and identity in originals:
            article |= {"status": "duplicate", "duplicate_of": originals[identity], "text": None}
            facts = []
        elif identity is not None:
            originals[identity] = article["source"]
        article["facts"] = sum(map(is_stated, facts))
        results.articles.append(article)
        results.facts += facts
    return results
