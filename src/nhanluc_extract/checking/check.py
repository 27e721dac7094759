"""Run the extraction over fixtures and say how well it did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nhanluc_extract.checking.fixtures import Fixture, check_indicators
from nhanluc_extract.checking.score import FIELDS, Comparison, Row, Score, compare, same, total
from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.records import fact_records, is_stated

_AROUND = 80  # characters shown on each side of a missed number


@dataclass(frozen=True, slots=True)
class Checked:
    """One fixture and how the extraction compares with it."""

    fixture: Fixture
    comparison: Comparison


def check_fixtures(extractor: Extractor, fixtures: Iterable[Fixture], *, weak: bool = False) -> list[Checked]:
    """Extract every fixture and compare; facts of weak evidence count where ``weak`` is set.

    Raises:
        FixtureError: an indicator that the catalogue does not have.
    """
    checked = []
    for fixture in fixtures:
        check_indicators(fixture, extractor.pack.indicators)
        article = Article(fixture.name, fixture.text)
        extraction = extractor.read(article)
        predicted = fact_records(article, extraction.document.published, extraction.facts)
        counted = [fact for fact in predicted if weak or is_stated(fact)]
        checked.append(Checked(fixture, compare(fixture.facts, counted)))
    return checked


def score_of(checked: Iterable[Checked]) -> Score:
    """Score over all fixtures."""
    return total(entry.comparison.score for entry in checked)


def groups_by(checked: Iterable[Checked], by: str) -> dict[str, Score]:
    """Scores by ``indicator``, ``article`` or ``rule``; a miss is of no rule."""
    scores: dict[str, Score] = defaultdict(Score)
    for entry in checked:
        comparison = entry.comparison
        if by == "article":
            name = f"blind/{entry.fixture.name}" if entry.fixture.is_blind else entry.fixture.name
            scores["blind" if entry.fixture.is_blind else name].add(comparison.score)
            continue
        for gold, predicted in comparison.pairs:
            hit = compare([gold], [predicted]).score
            scores[str(predicted[by] if by == "rule" else gold[by])].add(hit)
        for gold in comparison.missed:
            scores["(missed)" if by == "rule" else str(gold[by])].add(Score(gold=1))
        for predicted in comparison.spurious:
            scores[str(predicted[by])].add(Score(predicted=1))
    return dict(sorted(scores.items()))


@dataclass(frozen=True, slots=True)
class Miss:
    """Annotated and not found (``missed``), the reverse (``spurious``), or with another ``field``."""

    kind: str
    fixture: Fixture
    row: Row
    told: str

    @property
    def line(self) -> int:
        """Line of the article that the number stands in, from 1."""
        return self.fixture.text.count("\n", 0, self.row["start"]) + 1

    @property
    def around(self) -> str:
        """The text on both sides of the number."""
        start, end = max(0, self.row["start"] - _AROUND), self.row["end"] + _AROUND
        return "… " + " ".join(self.fixture.text[start:end].split()) + " …"


def misses(checked: Iterable[Checked]) -> Iterator[Miss]:
    """Each miss, false alarm and differing field; none of blind articles."""
    for entry in checked:
        fixture, comparison = entry.fixture, entry.comparison
        if fixture.is_blind:
            continue
        for gold in comparison.missed:
            yield Miss("missed", fixture, gold, _named(gold))
        for predicted in comparison.spurious:
            yield Miss("spurious", fixture, predicted, f"{_named(predicted)} (rule {predicted['rule']})")
        for gold, predicted in comparison.pairs:
            wrong = [
                f"{field}: annotated {gold[field] or None!r}, found {predicted.get(field)!r}"
                for field in FIELDS
                if not same(field, gold[field], predicted.get(field))
            ]
            if wrong:
                yield Miss("field", fixture, gold, f"{_named(gold)}: {'; '.join(wrong)}")


def _named(row: Row) -> str:
    return f"{row['quote']!r} {row['indicator']} {row['value']} {row['unit']}"
