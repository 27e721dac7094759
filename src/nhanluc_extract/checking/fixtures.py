"""Annotated articles: NAME.txt with NAME.facts.csv."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COLUMNS = (
    "quote", "nth", "indicator", "value", "high", "of", "unit", "per", "qualifier", "status", "degree",
    "role", "level", "group", "scope", "place", "province", "period",
)  # fmt: skip
_ENDING = ".facts.csv"
BLIND = "blind"
"""Articles under a folder of this name are counted, but their misses are never shown."""


class FixtureError(Exception):
    """A fault in a fixture; the message says file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """One annotated article; each fact has the columns of the CSV and ``start`` and ``end``."""

    name: str
    text: str
    facts: list[dict[str, Any]]
    is_blind: bool


def read_fixtures(folder: Path, texts: Path | None = None) -> list[Fixture]:
    """All fixtures below ``folder``, sorted by name; ``texts`` is where the articles lie otherwise.

    Raises:
        FixtureError: no fixture, a missing article, a wrong header, a quote not in the article.
    """
    if not folder.is_dir():
        raise FixtureError(f"{folder}: there is no such folder of fixtures.")
    fixtures = list(_fixtures(folder, texts))
    if not fixtures:
        raise FixtureError(f"{folder}: no NAME{_ENDING} in it or below it.")
    return fixtures


def _fixtures(folder: Path, texts: Path | None) -> Iterator[Fixture]:
    for path in sorted(folder.rglob(f"*{_ENDING}")):
        below = path.relative_to(folder)
        stem = path.name.removesuffix(_ENDING)
        article = (texts if texts is not None else path.parent) / f"{stem}.txt"
        if not article.is_file():
            raise FixtureError(f"{path}: its article {article} is missing (--texts DIR?).")
        text = article.read_bytes().decode("utf-8-sig")
        yield Fixture(
            name=(below.parent / stem).as_posix(),
            text=text,
            facts=list(_facts(path, text)),
            is_blind=BLIND in below.parent.parts or folder.name == BLIND,
        )


def _facts(path: Path, text: str) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise FixtureError(f"{path}:1: the header is not {','.join(COLUMNS)}.")
        for row in reader:
            nth = int(row["nth"] or 1)
            span = locate(text, row["quote"], nth)
            if span is None:
                raise FixtureError(
                    f"{path}:{reader.line_num}: quote {row['quote']!r} (number {nth}) is not in the article."
                )
            yield {**row, "start": span[0], "end": span[1]}


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
