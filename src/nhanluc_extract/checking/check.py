"""Run the extraction over fixtures and say how well it did."""

from __future__ import annotations

import json
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


def misses(checked: Iterable[Checked]) -> Iterator[str]:
    """A line for each miss, false alarm and differing field, with its sentence; none of blind ones."""
    for entry in checked:
        if entry.fixture.is_blind:
            continue
        name, text = entry.fixture.name, entry.fixture.text
        for gold in entry.comparison.missed:
            yield f"missed    {name}: {_named(gold)}\n          {_around(text, gold)}"
        for predicted in entry.comparison.spurious:
            yield (
                f"spurious  {name}: {_named(predicted)} (rule {predicted['rule']})\n"
                f"          {_around(text, predicted)}"
            )
        for gold, predicted in entry.comparison.pairs:
            wrong = [
                f"{field}: annotated {gold[field] or None!r}, found {predicted.get(field)!r}"
                for field in FIELDS
                if not same(field, gold[field], predicted.get(field))
            ]
            if wrong:
                yield f"field     {name}: {_named(gold)}: {'; '.join(wrong)}"


def _named(row: Row) -> str:
    return f"{row['quote']!r} {row['indicator']} {row['value']} {row['unit']}"


def _around(text: str, row: Row) -> str:
    start, end = max(0, row["start"] - _AROUND), min(len(text), row["end"] + _AROUND)
    return "… " + " ".join(text[start:end].split()) + " …"


def lines_of(score: Score) -> Iterator[str]:
    """The figures of a score, as text."""
    if score.matched:
        shares = (f"{name} {score.fields[name] / score.matched:.2f}" for name in FIELDS)
        yield "fields   " + "  ".join(shares)
    yield f"gold {score.gold}  predicted {score.predicted}  matched {score.matched}"
    yield (
        f"precision {score.precision:.3f}  recall {score.recall:.3f}  "
        f"F1 {score.f1:.3f}  strict F1 {score.strict_f1:.3f}"
    )


def table_lines(scores: dict[str, Score]) -> Iterator[str]:
    """One line for each name, aligned."""
    width = max((len(name) for name in scores), default=0)
    for name, score in scores.items():
        false_alarms = score.predicted - score.matched
        yield (
            f"{name:{width}}  gold {score.gold:4}  hits {score.matched:4}  "
            f"misses {score.gold - score.matched:4}  false alarms {false_alarms:4}  "
            f"F1 {score.f1:.3f}  strict F1 {score.strict_f1:.3f}"
        )


def as_json(score: Score, parts: dict[str, Score]) -> str:
    """The figures as one JSON object."""

    def figures(one: Score) -> dict[str, object]:
        return {
            "gold": one.gold,
            "predicted": one.predicted,
            "matched": one.matched,
            "precision": one.precision,
            "recall": one.recall,
            "f1": one.f1,
            "strict_f1": one.strict_f1,
            "fields": {n: one.fields[n] / one.matched for n in FIELDS} if one.matched else {},
        }

    return json.dumps(
        {**figures(score), "by": {name: figures(part) for name, part in parts.items()}},
        ensure_ascii=False,
        indent=2,
    )
