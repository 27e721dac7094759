"""Tables as Parquet files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nhanluc_extract.records import Record

Tables = Mapping[str, tuple[pa.Schema, Sequence[Record]]]


def write_tables(folder: Path, tables: Tables) -> None:
    """Write ``NAME.parquet`` into ``folder`` for each table.

    Raises:
        OSError: a file cannot be written.
    """
    for name, (schema, rows) in tables.items():
        # A dictionary of whole texts, or the first of them by the alphabet, is of no use to a reader.
        short = [field for field in schema.names if field != "text"]
        # Opened here: Arrow knows no path that is not UTF-8.
        with (
            (folder / f"{name}.parquet").open("wb") as file,
            pq.ParquetWriter(
                file, schema, compression="zstd", use_dictionary=short, write_statistics=short
            ) as writer,
        ):
            writer.write_table(pa.Table.from_pylist(list(rows), schema=schema))
