"""Tables as Parquet files."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from nhanluc_extract.records import Record

_ROW_GROUP = 2_000  # rows written at once: what is held of a table however long it is


class TableWriter:
    """A table that is written as its rows come.

    Raises on all of its methods:
        OSError: the file cannot be written.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._rows: list[Record] = []
        # Opened here: Arrow knows no path that is not UTF-8.
        self._file = path.open("wb")
        # A dictionary of whole texts, or the first of them by the alphabet, is of no use to a reader.
        short = [field for field in schema.names if field != "text"]
        self._writer = pq.ParquetWriter(
            self._file, schema, compression="zstd", use_dictionary=short, write_statistics=short
        )

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._write()
            self._writer.close()
        finally:
            self._file.close()

    def add(self, row: Record) -> None:
        self._rows.append(row)
        if len(self._rows) >= _ROW_GROUP:
            self._write()

    def _write(self) -> None:
        self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []
