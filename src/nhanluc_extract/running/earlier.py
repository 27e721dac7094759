"""The tables of an earlier run, as rows."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nhanluc_extract.records import Record
from nhanluc_extract.schema import ARTICLES, FACTS


class EarlierError(Exception):
    """A table cannot be used; the message says which and why."""


def read_earlier(out: Path) -> list[Record]:
    """Rows of the articles table in ``out``, each with its facts inside; none where there is no table.

    Raises:
        EarlierError: a table is broken, missing beside the other, or of another version.
    """
    paths = {name: out / f"{name}.parquet" for name in ("articles", "facts")}
    if not any(path.exists() for path in paths.values()):
        return []
    articles, facts = read_rows(paths["articles"], ARTICLES), read_rows(paths["facts"], FACTS)
    by_article: dict[tuple[str, str], list[Record]] = {}
    for fact in facts:
        by_article.setdefault((fact["source"], fact["article_id"]), []).append(fact)
    return [{**row, "facts": by_article.get((row["source"], row["article_id"]), [])} for row in articles]


def read_rows(path: Path, schema: pa.Schema) -> list[Record]:
    """All rows of a table.

    Raises:
        EarlierError: it is not there, broken, or not of this ``schema``.
    """
    try:
        with path.open("rb") as file:
            # Ahead of what is asked for other threads would read, and hold up the end of the process.
            table = pq.ParquetFile(file, pre_buffer=False).read(use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise EarlierError(f"{path}: cannot be read ({error}).") from error
    if not table.schema.equals(schema):
        raise EarlierError(f"{path}: no such table of this version.")
    rows: list[Record] = table.to_pylist()
    return rows
