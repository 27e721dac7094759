"""What the facts of an article say about each other: checked sums and ratios, repetitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.model import Fact
from nhanluc_extract.rulepack.model import DIMENSIONS

_SHARE_TOLERANCE = Decimal("0.6")  # points between a printed share and the one of its ratio

Flag = tuple[int, str]


def flags_between(facts: Sequence[Fact], claims: Sequence[Claim]) -> dict[int, list[str]]:
    """Flags of the facts by their index; ``claims`` are theirs, one by one."""
    flags: dict[int, list[str]] = defaultdict(list)
    for index, flag in (*_sums(facts), *_ratios(facts, claims), *_repeated(facts)):
        flags[index].append(flag)
    return flags


def _sums(facts: Sequence[Fact]) -> Iterator[Flag]:
    parts: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.parent is not None and fact.unit == facts[fact.parent].unit:
            parts[fact.parent].append(fact)
    for index, children in parts.items():
        total = facts[index]
        if total.high is not None or any(child.qualifier != "exact" for child in children):
            continue
        by_kind: dict[tuple[bool, ...], Decimal] = defaultdict(Decimal)
        for child in children:
            kind = tuple(getattr(child, name) != getattr(total, name) for name in DIMENSIONS)
            by_kind[kind] += child.value
        sums = by_kind.values()
        if total.value in sums or sum(sums) == total.value:
            yield index, "sum_checked"
        elif total.qualifier == "exact" and any(added > total.value for added in sums):
            yield index, "sum_mismatch"


def _ratios(facts: Sequence[Fact], claims: Sequence[Claim]) -> Iterator[Flag]:
    for index, (before, share) in enumerate(pairwise(facts), start=1):
        if claims[index - 1].sentence != claims[index].sentence or share.unit != "percent":
            continue
        if before.indicator != share.indicator:
            continue
        if before.of and claims[index].reading.source is not None:
            if abs(before.value / before.of * 100 - share.value) > _SHARE_TOLERANCE:
                yield index, "ratio_mismatch"
        elif before.unit == "turn":
            yield index, "turns_over_persons"


def _repeated(facts: Sequence[Fact]) -> Iterator[Flag]:
    seen: set[tuple[object, ...]] = set()
    for index, fact in enumerate(facts):
        key = (fact.indicator, fact.value, fact.unit, fact.per, fact.status, fact.province, fact.place)
        if key in seen:
            yield index, "repeated"
        seen.add(key)
