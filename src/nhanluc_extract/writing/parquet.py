"""The three tables as Parquet files, all of them or none."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nhanluc_extract.records import Record


def write_tables(out: Path, tables: Mapping[str, tuple[pa.Schema, Sequence[Record]]]) -> list[Path]:
    """Write ``NAME.parquet`` into ``out`` for each table and return the paths.

    All files are complete before the first takes its name, and if one cannot take it the others give
    theirs back, so a failure leaves earlier results as they were.

    Raises:
        OSError: the folder cannot be made or written, or a folder has the name of a table.
    """
    finals = [out / f"{name}.parquet" for name in tables]
    for final in finals:
        if final.is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{final.name} is a folder", str(final))
    out.mkdir(parents=True, exist_ok=True)
    temporaries = [_hidden(final, str(os.getpid())) for final in finals]
    try:
        for temporary, (schema, rows) in zip(temporaries, tables.values(), strict=True):
            with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
                writer.write_table(pa.Table.from_pylist(list(rows), schema=schema))
        _replace_all(temporaries, finals)
    finally:
        for temporary in temporaries:
            temporary.unlink(missing_ok=True)
    return finals


def _replace_all(temporaries: Sequence[Path], finals: Sequence[Path]) -> None:
    """Give each temporary file its final name, or leave every final name with the file it had.

    Each step is noted before it is taken, so that an interrupt between the two is undone as well.
    """
    earlier: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for temporary, final in zip(temporaries, finals, strict=True):
            if os.path.lexists(final):
                earlier[final] = _hidden(final, f"{os.getpid()}.earlier")
                final.replace(earlier[final])
            placed.append(final)
            temporary.replace(final)
    except BaseException:
        for final in placed:
            final.unlink(missing_ok=True)
        for final, kept in earlier.items():
            if os.path.lexists(kept):
                kept.replace(final)
        raise
    for kept in earlier.values():
        kept.unlink()


def _hidden(final: Path, ending: str) -> Path:
    return final.with_name(f".{final.name}.{ending}")
