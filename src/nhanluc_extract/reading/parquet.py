"""Articles in Parquet: a row each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.content import Content, UnreadableError
from nhanluc_extract.reading.records import articles_of, check_columns, columns_of
from nhanluc_extract.reading.streams import held

_ROWS = 64  # held at once


def read_parquet(content: Content) -> Iterator[Article | Rejected]:
    """The articles of a table, each with ``#`` and its row (from 1) behind its source."""
    return articles_of(_rows(content), content.columns)


def _rows(content: Content) -> Iterator[tuple[str, Mapping[str, Any]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = content.columns
    try:
        table = pq.ParquetFile(held(content.stream))
        names = table.schema_arrow.names
        check_columns(names, columns)
        wanted = [
            *columns_of(names, "text", columns.text),
            *columns_of(names, "title", columns.title),
            *columns_of(names, "published", columns.published),
        ]
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS, columns=wanted):
            values = [_readable(column).to_pylist() for column in batch.columns]
            for cells in zip(*values, strict=True):
                number += 1
                yield (
                    f"{content.source}#{number}",
                    dict(zip(batch.schema.names, map(_text, cells), strict=True)),
                )
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        raise UnreadableError(f"Broken Parquet: {reason}. Fetch or write it again.") from None


def _readable(column: Any) -> Any:
    """``column`` without what Python cannot hold: strings of any bytes, days beyond the year 9999."""
    import pyarrow as pa

    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.large_binary())
    return column.cast(pa.string()) if pa.types.is_temporal(column.type) else column


def _text(cell: Any) -> Any:
    return cell.decode("utf-8", "surrogateescape") if isinstance(cell, bytes) else cell
