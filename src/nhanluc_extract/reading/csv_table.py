"""Articles in CSV and TSV: a row each, under a row of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.content import Content, UnreadableError
from nhanluc_extract.reading.limits import LARGEST_ARTICLE, in_words
from nhanluc_extract.reading.records import articles_of, check_columns

_DELIMITERS = ",;\t|"


def read_csv(content: Content) -> Iterator[Article | Rejected]:
    """The articles of a table, each with ``#`` and its row (from 1, below the names) behind its source.

    A row that is torn is rejected by itself, and the rest is read.
    """
    lines = _lines(content.stream)
    first = next(lines, "")
    csv.field_size_limit(LARGEST_ARTICLE)
    delimiter = max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))
    try:
        names = next(csv.reader([first], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise UnreadableError(f"No CSV: {error} in the row of names. Check its quotes.") from None
    check_columns(names, content.columns)
    return articles_of(
        _rows(content.source, names, csv.reader(lines, delimiter=delimiter, strict=True)), content.columns
    )


def _lines(stream: BinaryIO) -> Iterator[str]:
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
    while line := text.readline(LARGEST_ARTICLE + 1):
        if len(line) > LARGEST_ARTICLE:
            raise UnreadableError(f"A line larger than {in_words(LARGEST_ARTICLE)}, so no article. Split it.")
        yield line
    text.detach()


def _rows(source: str, names: list[str], rows: Any) -> Iterator[tuple[str, Mapping[str, Any] | Rejected]]:
    number = 0
    while True:
        first_line = rows.line_num + 2  # the row of names is line 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            last_line = rows.line_num + 1
            lines = f"line {last_line}" if first_line == last_line else f"lines {first_line}-{last_line}"
            yield _rejected(f"{source}#{number}", f"No CSV in {lines}: {error}. Check the quotes there.")
            continue
        if not row:
            continue
        number += 1
        if len(row) != len(names):
            fields = f"Fields: {len(row)}, but the table has {len(names)}."
            reason = f"{fields} Check line {first_line} for a missing quote or delimiter."
            yield _rejected(f"{source}#{number}", reason)
        else:
            yield f"{source}#{number}", dict(zip(names, row, strict=True))


def _rejected(source: str, reason: str) -> tuple[str, Rejected]:
    return source, Rejected(source, reason)
