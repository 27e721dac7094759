"""Rows in the order of the table, however many there are and in whatever order they come."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nhanluc_extract.records import Record
from nhanluc_extract.schema import ARTICLES_WITH_FACTS

_HELD = 2_000  # rows that are sorted in memory
_READ = 200  # rows of each run that are read at once
_ROW = re.compile(r"(.*)#(\d+)", re.DOTALL)

Position = tuple[str, int, str]


def position(article: Record) -> Position:
    """Rows of a table stand in its order, ``#10`` behind ``#9``."""
    row = _ROW.fullmatch(article["source"])
    source, number = (row[1], int(row[2])) if row else (article["source"], 0)
    return source, number, article["article_id"] or ""


class Ordered:
    """Holds a few rows; what is more goes to files in ``folder``, sorted stretch by stretch, and is merged.

    Inputs are read in the order of their names, so that there is mostly one stretch.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: list[Record] = []
        self._stretches: list[_Stretch] = []

    def add(self, rows: Iterable[Record]) -> None:
        """Take rows in.

        Raises:
            OSError: there is no room for them.
        """
        for row in rows:
            self._held.append(row)
            if len(self._held) >= _HELD:
                self._put_by()

    def merged(self) -> Iterator[Record]:
        """All rows in their order; none can be added any more."""
        if not self._stretches:
            yield from sorted(self._held, key=position)
            return
        self._put_by()
        for stretch in self._stretches:
            stretch.close()
        yield from heapq.merge(*(stretch.rows() for stretch in self._stretches), key=position)

    def _put_by(self) -> None:
        held = sorted(self._held, key=position)
        self._held = []
        if not held:
            return
        fitting = (s for s in self._stretches if s.last is not None and s.last <= position(held[0]))
        stretch = next(fitting, None)
        if stretch is None:
            self._folder.mkdir(exist_ok=True)
            stretch = _Stretch(self._folder / f"{len(self._stretches)}.parquet")
            self._stretches.append(stretch)
        stretch.write(held)


class _Stretch:
    """A file of sorted rows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._writer = pq.ParquetWriter(self._file, ARTICLES_WITH_FACTS, compression="zstd")
        self.last: Position | None = None

    def write(self, rows: list[Record]) -> None:
        self._writer.write_table(pa.Table.from_pylist(rows, schema=ARTICLES_WITH_FACTS))
        self.last = position(rows[-1])

    def close(self) -> None:
        self._writer.close()
        self._file.close()

    def rows(self) -> Iterator[Record]:
        with self._path.open("rb") as file:
            # Ahead of what is asked for other threads would read, and hold up the end of the process.
            table = pq.ParquetFile(file, pre_buffer=False)
            for batch in table.iter_batches(_READ, use_threads=False):
                yield from batch.to_pylist()
