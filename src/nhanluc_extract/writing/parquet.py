"""The three tables as Parquet files, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nhanluc_extract.records import Record


def write_tables(out: Path, tables: Mapping[str, tuple[pa.Schema, Sequence[Record]]]) -> list[Path]:
    """Write ``NAME.parquet`` into ``out`` for each table and return the paths.

    All files are complete before the first takes its name, so a failure leaves earlier results as
    they were.

    Raises:
        OSError: the folder cannot be made or written.
    """
    out.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, (schema, rows) in tables.items():
            final = out / f"{name}.parquet"
            temporary = out / f".{name}.parquet.{os.getpid()}"
            waiting.append((temporary, final))
            with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
                writer.write_table(pa.Table.from_pylist(list(rows), schema=schema))
        for temporary, final in waiting:
            temporary.replace(final)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    return [final for _, final in waiting]
