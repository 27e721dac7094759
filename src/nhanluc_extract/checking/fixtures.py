"""Annotated articles: NAME.txt with NAME.facts.csv, read and written."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_args

from nhanluc_extract.model import FactStatus
from nhanluc_extract.records import Record
from nhanluc_extract.rulepack.model import UNITS

COLUMNS = (
    "quote", "nth", "indicator", "value", "high", "of", "unit", "per", "qualifier", "status", "degree",
    "role", "level", "group", "scope", "place", "province", "period",
)  # fmt: skip
ENDING = ".facts.csv"
BLIND = "blind"
"""Articles under a folder of this name are counted, but their misses are never shown."""


class FixtureError(Exception):
    """A fault in a fixture; the message says file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """One annotated article; each fact has the columns of the CSV, ``start``, ``end`` and its ``line``."""

    path: Path
    article: Path
    name: str
    text: str
    facts: list[dict[str, Any]]
    is_blind: bool


def read_fixtures(folder: Path, texts: Path | None = None, units: Collection[str] = UNITS) -> list[Fixture]:
    """All fixtures below ``folder``, sorted by name; ``texts`` is where the articles lie otherwise.

    ``units`` are those of the pack that reads them.

    Raises:
        FixtureError: no fixture, a missing article, a wrong header or field, a quote not in the article.
    """
    if not folder.is_dir():
        raise FixtureError(f"{folder}: there is no such folder of fixtures.")
    fixtures = list(_fixtures(folder, texts, units))
    if not fixtures:
        raise FixtureError(f"{folder}: no NAME{ENDING} in it or below it.")
    return fixtures


def _fixtures(folder: Path, texts: Path | None, units: Collection[str]) -> Iterator[Fixture]:
    for path in sorted(folder.rglob(f"*{ENDING}")):
        below = path.relative_to(folder)
        stem = path.name.removesuffix(ENDING)
        article = (texts if texts is not None else path.parent) / f"{stem}.txt"
        if not article.is_file():
            raise FixtureError(f"{path}: its article {article} is missing (--texts DIR?).")
        text = _decoded(article)
        yield Fixture(
            path=path,
            article=article,
            name=(below.parent / stem).as_posix(),
            text=text,
            facts=read_annotation(path, _decoded(path), text, units),
            is_blind=BLIND in {folder.name, *below.parent.parts, *_folders(path), *_folders(article)},
        )


def _folders(path: Path) -> tuple[str, ...]:
    return path.parent.resolve().parts


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FixtureError(f"{path}:{line}: not UTF-8; save the file as UTF-8.") from error


def read_annotation(
    path: Path, written: str, text: str, units: Collection[str] = UNITS
) -> list[dict[str, Any]]:
    """The facts that ``written``, the content of the CSV at ``path``, tells of the article ``text``.

    Raises:
        FixtureError: a wrong header or field, a quote not in the article.
    """
    reader = csv.DictReader(io.StringIO(written, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise FixtureError(f"{path}:1: the header is not {','.join(COLUMNS)}.")
        return [
            _fact(f"{path}:{reader.line_num}", row, text, units) | {"line": reader.line_num} for row in reader
        ]
    except csv.Error as error:
        raise FixtureError(f"{path}:{reader.reader.line_num}: not valid CSV: {error}.") from error


def _fact(where: str, row: dict[str, str], text: str, units: Collection[str]) -> dict[str, Any]:
    _check_row(where, row, units)
    nth = int(row["nth"] or 1)
    span = locate(text, row["quote"], nth)
    if span is None:
        raise FixtureError(f"{where}: quote {row['quote']!r} (number {nth}) is not in the article.")
    return {**row, "start": span[0], "end": span[1]}


def write_annotation(text: str, facts: Iterable[Record]) -> str:
    """``facts`` of the article ``text``, rows of the facts table, as the content of a ``.facts.csv``.

    A number that was corrected by hand is a text, and stays as it was written.
    """
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for fact in facts:
        writer.writerow(_row(text, fact))
    return written.getvalue()


def _row(text: str, fact: Record) -> dict[str, object]:
    row: dict[str, object] = {name: as_written(fact.get(name)) for name in COLUMNS}
    start = text.rfind(fact["quote"], 0, fact["end"] + len(fact["quote"]))
    nth = text.count(fact["quote"], 0, start) + 1 if start >= 0 else 1
    return row | {"nth": nth if nth > 1 else ""}


def as_written(value: object) -> str:
    """A field of a fact as it stands in a CSV: a number without needless figures, nothing for None."""
    if isinstance(value, float):
        return f"{Decimal(str(value)).normalize():f}"
    return "" if value is None else str(value)


def _check_row(where: str, row: dict[str, str], units: Collection[str]) -> None:
    if len(row) != len(COLUMNS) or None in row.values():
        raise FixtureError(
            f"{where}: not {len(COLUMNS)} fields; put a field that holds a comma in quotation marks."
        )
    if not row["quote"].strip():
        raise FixtureError(f"{where}: `quote` is empty; copy the number with its noun from the article.")
    if row["nth"] and not (row["nth"].isdecimal() and int(row["nth"])):
        raise FixtureError(f"{where}: `nth` is {row['nth']!r}; write 1, 2 … or leave it empty for the first.")
    for name in ("value", "high", "of"):
        if not _is_number(row[name]) and (row[name] or name == "value"):
            raise FixtureError(
                f"{where}: `{name}` is {row[name]!r}; write digits, with a point for decimals (1292, 71.27)."
            )
    _check_known(where, "unit", row["unit"], units)
    _check_known(where, "status", row["status"], get_args(FactStatus))


def _is_number(written: str) -> bool:
    try:
        return Decimal(written).is_finite()
    except InvalidOperation:
        return False


def _check_known(where: str, name: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise FixtureError(f"{where}: `{name}` is {value!r}; write one of {', '.join(known)}.")


def check_indicators(fixture: Fixture, known: Collection[str]) -> None:
    """See that the catalogue has the indicator of every fact.

    Raises:
        FixtureError: it has not.
    """
    for fact in fixture.facts:
        _check_known(f"{fixture.path}:{fact['line']}", "indicator", fact["indicator"], known)


def locate(text: str, quote: str, nth: int) -> tuple[int, int] | None:
    """Span of the ``nth`` occurrence of ``quote`` in ``text``, whatever the Unicode form of either."""
    offsets: list[int] = []
    clean: list[str] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not unicodedata.combining(text[index]):
            for character in unicodedata.normalize("NFC", text[start:index]):
                clean.append(character)
                offsets.append(start)
            start = index
    offsets.append(len(text))
    joined, quote = "".join(clean), unicodedata.normalize("NFC", quote)
    at = -1
    for _ in range(nth):
        at = joined.find(quote, at + 1)
        if at < 0:
            return None
    return offsets[at], offsets[at + len(quote)]
