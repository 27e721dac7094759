"""One run: articles through the extraction, into the order of the table, duplicates marked."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.records import Record, rejected_record
from nhanluc_extract.running.cluster import Cluster
from nhanluc_extract.running.duplicates import Originals
from nhanluc_extract.running.ordering import Ordered
from nhanluc_extract.running.reuse import Seen
from nhanluc_extract.running.workers import extracted

_BATCH = 64  # articles handed to the extraction at once
_HALF = re.compile("[\ud800-\udfff]")
_INPUT = pa.schema(
    [("source", pa.string()), ("text", pa.string()), ("title", pa.string()), ("published", pa.date32())]
)


@dataclass(frozen=True, slots=True)
class Run:
    """How to run: what is known from ``seen``, the rest by ``jobs`` processes or the ``cluster``.

    ``space`` is a folder for what does not fit into memory.
    """

    extractor: Extractor
    space: Path
    seen: Seen
    jobs: int = 1
    cluster: Cluster | None = None

    def rows(self, inputs: Iterable[Article | Rejected], earlier: Sequence[Record] = ()) -> Iterator[Record]:
        """Rows of the articles table with their facts inside, in its order; duplicates hold no facts.

        They depend neither on the order of ``inputs``, the batches nor the ``jobs``. ``earlier`` are rows of
        an earlier run; the new ones join them.

        Raises:
            OSError: there is no space.
        """
        ordered = Ordered(self.space)
        joined = _Joined(earlier)
        for rows in self._read(inputs):
            ordered.add(joined.new(rows))
        ordered.add(joined.kept())
        with Originals() as originals:
            for row in ordered.merged():
                originals.settle(row)
                yield row

    def _read(self, inputs: Iterable[Article | Rejected]) -> Iterator[list[Record]]:
        """Rows of all inputs, batch by batch."""
        waiting: deque[_Batch] = deque()

        def batches() -> Iterator[pa.RecordBatch]:
            for chunk in _chunks(map(_encodable, inputs)):
                batch = _Batch.of(chunk, self.seen)
                waiting.append(batch)
                yield _as_batch(batch.new)

        if self.cluster is not None:
            read = self.cluster.map(batches())
        else:
            read = extracted(self.extractor, batches(), self.jobs)
        for rows in read:
            batch = waiting.popleft()
            self.seen.keep(batch.new, rows)
            yield batch.filled(rows)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows that are known already, and the articles that are to be read for the others."""

    rows: list[Record | None]
    new: list[Article]

    @classmethod
    def of(cls, chunk: Sequence[Article | Rejected], seen: Seen) -> _Batch:
        articles = [entry for entry in chunk if isinstance(entry, Article)]
        found = iter(seen.find(articles))
        rows = [
            rejected_record(e.source, e.reason) if isinstance(e, Rejected) else next(found) for e in chunk
        ]
        new = [e for e, row in zip(chunk, rows, strict=True) if row is None and isinstance(e, Article)]
        return cls(rows, new)

    def filled(self, read: Iterable[Record]) -> list[Record]:
        """All rows, those of the new articles as they were ``read``."""
        new = iter(read)
        return [row if row is not None else next(new) for row in self.rows]


class _Joined:
    """New rows beside those of an earlier run.

    An article met again is kept as it was, a rejected input tried anew.
    """

    def __init__(self, earlier: Sequence[Record]) -> None:
        self._earlier = earlier
        self._known = {(row["source"], row["article_id"]) for row in earlier if row["article_id"] is not None}
        self._rejected = {row["source"] for row in earlier if row["article_id"] is None}
        self._tried_anew: set[str] = set()

    def new(self, rows: Iterable[Record]) -> Iterator[Record]:
        for row in rows:
            if row["source"] in self._rejected:
                self._tried_anew.add(row["source"])
            if (row["source"], row["article_id"]) not in self._known:
                yield row

    def kept(self) -> Iterator[Record]:
        for row in self._earlier:
            if row["article_id"] is not None or row["source"] not in self._tried_anew:
                yield row


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
    halves = map(_HALF.search, (entry.text, entry.title or "")) if isinstance(entry, Article) else ()
    half = next(filter(None, halves), None)
    if half is None:
        return entry
    return Rejected(entry.source, f"Half a character stands at {half.start()}. Mend the text.")
