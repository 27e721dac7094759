"""docs/coverage.md is true: what it calls covered is read so, and what it calls open is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from nhanluc_extract.model import Article, Fact
from nhanluc_extract.pipeline import Extractor

COVERAGE = Path(__file__).parents[2] / "docs" / "coverage.md"
LINE = re.compile(r'^  - \[(?P<mark>[x ])\] "(?P<sentence>.+)" -> (?P<expected>.+)$')
MARKED = re.compile(r"^(?P<before>.*?)\[(?P<number>[^\]]*)\](?P<after>.*)$", re.DOTALL)
FIELD = re.compile(r"(\w+)=(.*?)(?= \w+=|$)")


@dataclass(frozen=True)
class Statement:
    """One sentence of the table, the number meant in it and what is said of that number."""

    number: int
    text: str
    start: int
    end: int
    expected: str
    is_covered: bool


def statements() -> list[Statement]:
    found = []
    for number, line in enumerate(COVERAGE.read_text(encoding="utf-8").splitlines(), 1):
        match = LINE.match(line)
        if match is None:
            continue
        marked = MARKED.match(match["sentence"].replace(" ⏎ ", "\n"))
        assert marked is not None, f"coverage.md:{number}: no number is marked"
        start = len(marked["before"])
        end = start + len(marked["number"])
        text = marked["before"] + marked["number"] + marked["after"]
        found.append(Statement(number, text, start, end, match["expected"], match["mark"] == "x"))
    return found


@cache
def facts_of(extractor: Extractor, text: str) -> Sequence[Fact]:
    return extractor.read_unscreened(Article("coverage", text)).facts


def is_read_as_said(extractor: Extractor, statement: Statement) -> bool:
    facts = facts_of(extractor, statement.text)
    meant = [fact for fact in facts if fact.start < statement.end and statement.start < fact.end]
    if statement.expected == "none":
        return not meant
    indicator, _, said = statement.expected.partition(" ")
    fields = FIELD.findall(said)
    return any(
        fact.indicator == indicator and all(_says(fact, name, value) for name, value in fields)
        for fact in meant
    )


def _says(fact: Fact, name: str, expected: str) -> bool:
    value = getattr(fact, name)
    if isinstance(value, Decimal):
        return value == Decimal(expected)
    return str(value or "") == expected


@pytest.mark.parametrize("statement", statements(), ids=lambda s: f"line{s.number}")
def test_a_line_is_covered_exactly_when_it_says_so(extractor: Extractor, statement: Statement) -> None:
    assert is_read_as_said(extractor, statement) is statement.is_covered, (
        f"coverage.md:{statement.number}: mark this line {'open' if statement.is_covered else 'covered'}"
    )


def test_most_of_the_constructions_are_covered() -> None:
    marks = [statement.is_covered for statement in statements()]
    assert len(marks) >= 200
    assert sum(marks) / len(marks) >= 0.85


def test_every_frame_fires_on_a_line_or_on_the_fixtures(extractor: Extractor, repository: Path) -> None:
    silent = {frame.id for frame in extractor.pack.frames}
    for statement in statements():
        if not silent.isdisjoint(fact.rule for fact in facts_of(extractor, statement.text)):
            silent -= {fact.rule for fact in extractor.facts(Article("", statement.text))}
    folders = (repository / "tests/fixtures" / name for name in ("openings", "blind", "open"))
    for path in (path for folder in folders for path in sorted(folder.rglob("*.txt"))):
        if not silent:
            break
        silent -= {fact.rule for fact in extractor.facts(Article("", path.read_text(encoding="utf-8")))}
    assert silent == set()
