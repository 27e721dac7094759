"""Predicted facts against annotated ones: pairs, precision, recall, F1, strict F1, fields."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

STRICT_FIELDS = (
    "high", "of", "per", "qualifier", "status", "degree", "role", "level", "group", "scope",
    "province", "period",
)  # fmt: skip
FIELDS = (*STRICT_FIELDS, "place")

Row = dict[str, Any]


def _number(value: Any) -> float | None:
    if value is None or value == "":
        return None
    number = float(value)
    return None if math.isnan(number) else number


def _close(left: Any, right: Any) -> bool:
    a, b = _number(left), _number(right)
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=1e-9)


def _years(period: Any) -> tuple[str, str]:
    if not period:
        return "", ""
    ends = str(period).split("/")
    return ends[0][:4], ends[-1][:4]


def same(name: str, left: Any, right: Any) -> bool:
    """Whether two values of a field agree; a period by the years it begins and ends in."""
    if name in ("high", "of"):
        return _close(left, right)
    if name == "period":
        return _years(left) == _years(right)
    return unicodedata.normalize("NFC", str(left or "")) == unicodedata.normalize("NFC", str(right or ""))


def pair(gold: Sequence[Row], predicted: Sequence[Row]) -> list[tuple[Row, Row]]:
    """One-to-one pairs of overlapping facts with equal indicator, value and unit.

    Greedy: pairs with the most fields in common first, then in text order.
    """
    options = [
        (sum(same(name, g[name], p.get(name)) for name in STRICT_FIELDS), g["start"], g, p)
        for g in gold
        for p in predicted
        if (g["indicator"], g["unit"]) == (p["indicator"], p["unit"])
        and _close(g["value"], p["value"])
        and g["start"] < p["end"]
        and p["start"] < g["end"]
    ]
    options.sort(key=lambda option: (-option[0], option[1]))
    used: set[int] = set()
    pairs = []
    for _, _, g, p in options:
        if id(g) not in used and id(p) not in used:
            used |= {id(g), id(p)}
            pairs.append((g, p))
    return pairs


@dataclass(slots=True)
class Score:
    """Counts that figures are worked out of; two scores can be added."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    strict: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        self.gold += other.gold
        self.predicted += other.predicted
        self.matched += other.matched
        self.strict += other.strict
        self.fields.update(other.fields)

    @property
    def precision(self) -> float:
        return self.matched / self.predicted if self.predicted else float(self.gold == 0)

    @property
    def recall(self) -> float:
        return self.matched / self.gold if self.gold else float(self.predicted == 0)

    @property
    def f1(self) -> float:
        return _harmonic(self.precision, self.recall)

    @property
    def strict_f1(self) -> float:
        precision = self.strict / self.predicted if self.predicted else float(self.gold == 0)
        recall = self.strict / self.gold if self.gold else float(self.predicted == 0)
        return _harmonic(precision, recall)


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article: what was found, missed, made up, and which fields differ."""

    pairs: list[tuple[Row, Row]]
    missed: list[Row]
    spurious: list[Row]
    score: Score


def compare(gold: Sequence[Row], predicted: Sequence[Row]) -> Comparison:
    """Compare the facts of one article."""
    pairs = pair(gold, predicted)
    hit_gold, hit_predicted = {id(g) for g, _ in pairs}, {id(p) for _, p in pairs}
    fields: Counter[str] = Counter()
    strict = 0
    for g, p in pairs:
        agreeing = [name for name in FIELDS if same(name, g[name], p.get(name))]
        fields.update(agreeing)
        strict += set(STRICT_FIELDS) <= set(agreeing)
    return Comparison(
        pairs,
        [g for g in gold if id(g) not in hit_gold],
        [p for p in predicted if id(p) not in hit_predicted],
        Score(len(gold), len(predicted), len(pairs), strict, fields),
    )


def total(scores: Iterable[Score]) -> Score:
    """Sum of ``scores``."""
    added = Score()
    for score in scores:
        added.add(score)
    return added
