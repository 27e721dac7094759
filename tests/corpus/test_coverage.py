"""docs/coverage.md is true: what it calls covered is read so, and what it calls open is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
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


def is_read_as_said(extractor: Extractor, statement: Statement) -> bool:
    facts = extractor.read_unscreened(Article("coverage", statement.text)).facts
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


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor.from_directory()


@pytest.mark.parametrize("statement", statements(), ids=lambda s: f"line{s.number}")
def test_a_line_is_covered_exactly_when_it_says_so(extractor: Extractor, statement: Statement) -> None:
    assert is_read_as_said(extractor, statement) is statement.is_covered, (
        f"coverage.md:{statement.number}: mark this line {'open' if statement.is_covered else 'covered'}"
    )


def test_most_of_the_constructions_are_covered() -> None:
    marks = [statement.is_covered for statement in statements()]
    assert len(marks) >= 200
    assert sum(marks) / len(marks) >= 0.85
