"""What facts of one article say about each other: parts and totals, repetitions, checked sums."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from nhanluc_extract.extraction.reading import Reading
from nhanluc_extract.model import Fact
from nhanluc_extract.rulepack.model import DIMENSIONS, RulePack
from nhanluc_extract.text.document import Document

_SHARE_TOLERANCE = Decimal("0.6")  # points between a printed share and the one of its ratio

_TELLING = 50  # figures below it are equal by chance
_OWNERS_NEAR = 3  # facts before members among which their teams stand

Linked = tuple[Fact, Reading, int]


def link_facts(pack: RulePack, found: Sequence[Linked], document: Document) -> None:
    """Fill in ``parent`` and the flags, and complete what headline and lead leave out."""
    _parents(found)
    _share_groups(pack, found)
    _dimensions_of_totals(pack, found)
    _levels_of_members(pack, found)
    _complete_headlines(pack, found)
    _horizons(found)
    _sums(found)
    _ratios(found)
    _repeated(found)


def repeat_goals(told: Sequence[Fact], unsaid: Sequence[Fact]) -> None:
    """A figure told again without a word of fact or goal is still the goal it was."""
    for fact in unsaid:
        statuses = [other.status for other in told if _is_same_figure(other, fact)]
        if fact.value >= _TELLING and statuses and set(statuses) <= {"target", "need"}:
            fact.status = statuses[0]


def _horizons(found: Sequence[Linked]) -> None:
    """A goal told again to open the list of its parts is for the same time, and so are they."""
    late: dict[int, Fact] = {}
    for index, (fact, reading, _) in enumerate(found):
        if fact.status != "target" or fact.period is not None:
            continue
        above = [late[id(o)] for o in (reading.parent, reading.whole, reading.source) if id(o) in late]
        told: list[Fact] = []
        if reading.view.tokens[-1].text == ":" and fact.value >= _TELLING:
            told = [o for o, _, _ in found[:index] if o.status == "target" and _is_same_figure(o, fact)]
        periods = {(other.period, other.period_start, other.period_end) for other in above or told}
        if len(periods) == 1 and None not in (whole := periods.pop())[:1]:
            fact.period, fact.period_start, fact.period_end = whole
            fact.flags.append("period_inherited")
            late[id(reading)] = fact


def _is_same_figure(one: Fact, other: Fact) -> bool:
    return (one.indicator, one.value, one.unit) == (other.indicator, other.value, other.unit)


def _parents(found: Sequence[Linked]) -> None:
    position = {id(reading): index for index, (_, reading, _) in enumerate(found)}
    for fact, reading, _ in found:
        parent = reading.parent
        if parent is not None and id(parent) in position and fact.unit != "percent":
            fact.parent = position[id(parent)]


def _sums(found: Sequence[Linked]) -> None:
    parts: dict[int, list[Fact]] = defaultdict(list)
    for fact, _, _ in found:
        if fact.parent is not None and fact.unit == found[fact.parent][0].unit:
            parts[fact.parent].append(fact)
    for index, children in parts.items():
        total = found[index][0]
        if total.high is not None or any(child.qualifier != "exact" for child in children):
            continue
        by_kind: dict[tuple[bool, ...], Decimal] = defaultdict(Decimal)
        for child in children:
            kind = tuple(getattr(child, name) != getattr(total, name) for name in DIMENSIONS)
            by_kind[kind] += child.value
        sums = by_kind.values()
        if total.value in sums or sum(sums) == total.value:
            total.flags.append("sum_checked")
        elif total.qualifier == "exact" and any(added > total.value for added in sums):
            total.flags.append("sum_mismatch")


def _ratios(found: Sequence[Linked]) -> None:
    for (before, _, sentence), (share, reading, other) in itertools.pairwise(found):
        if sentence != other or share.unit != "percent" or before.indicator != share.indicator:
            continue
        if before.of and reading.source is not None:
            if abs(before.value / before.of * 100 - share.value) > _SHARE_TOLERANCE:
                share.flags.append("ratio_mismatch")
        elif before.unit == "turn":
            share.flags.append("turns_over_persons")


def _repeated(found: Sequence[Linked]) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for fact, _, _ in found:
        key = (fact.indicator, fact.value, fact.unit, fact.per, fact.status, fact.province, fact.place)
        if key in seen:
            fact.flags.append("repeated")
        seen.setdefault(key, fact.start)


def _share_groups(pack: RulePack, found: Sequence[Linked]) -> None:
    """Courses and those who attend them are of one group when their sentence names it once."""
    by_sentence: dict[int, list[Fact]] = defaultdict(list)
    for fact, _, sentence in found:
        indicator = pack.indicators[fact.indicator]
        if "group" in indicator.dimensions and indicator.default_group is None:
            by_sentence[sentence].append(fact)
    for facts in by_sentence.values():
        for index, fact in enumerate(facts):
            if fact.group is None and fact.unit == "course":
                later = takewhile(lambda other: other.unit != "course", facts[index + 1 :])
                whole = fact.parent is None
                fact.group = next(
                    (o.group for o in later if o.group and not (whole and o.parent is not None)), None
                )
        for index, fact in enumerate(facts):
            if fact.group is None and fact.unit == "course" and index and index == len(facts) - 1:
                # "tập huấn cho 3.000 giáo viên, chia thành ba đợt": the courses are theirs.
                fact.group = facts[index - 1].group if facts[index - 1].unit != "course" else None
            if fact.group is None and fact.unit != "course":
                earlier = [f for f in facts[:index] if f.unit == "course"]
                fact.group = earlier[-1].group if earlier else None
    for fact, _, _ in found:
        if fact.group is None and fact.parent is not None and fact.unit != "percent":
            total = found[fact.parent][0]
            if "group" in pack.indicators[fact.indicator].dimensions:
                fact.group = total.group
        default = pack.indicators[fact.indicator].default_group
        if fact.group is None and default is not None:
            fact.group = default


def _dimensions_of_totals(pack: RulePack, found: Sequence[Linked]) -> None:
    """A total takes the levels and roles of its parts when they name all of it."""
    parts: dict[int, list[Fact]] = defaultdict(list)
    for fact, _, _ in found:
        if fact.parent is not None:
            parts[fact.parent].append(fact)
    for index, children in parts.items():
        total = found[index][0]
        same = [child for child in children if child.indicator == total.indicator and child.level]
        if total.level is None and same and sum(child.value for child in same) == total.value:
            values = {value for child in same for value in (child.level or "").split("+")}
            total.level = pack.joined("level", values)
        held = [child for child in children if child.indicator == total.indicator and child.role]
        if total.role is None and held and sum(child.value for child in held) == total.value:
            roles = {child.role for child in held}
            total.role = roles.pop() if len(roles) == 1 else "both"


def _levels_of_members(pack: RulePack, found: Sequence[Linked]) -> None:
    """Members are of the level of the teams, teams of that of the bodies, their sentence names."""
    for index, (fact, _, sentence) in enumerate(found):
        dimensions = pack.indicators[fact.indicator].dimensions
        if "level" not in dimensions or fact.unit in ("organisation", "percent"):
            continue
        if "role" in dimensions or "degree" in dimensions:
            continue
        near = [other for other, _, place in found[max(index - _OWNERS_NEAR, 0) : index] if place == sentence]
        teams = [other for other in near if other.unit == "team" and other.level is not None]
        if fact.unit == "person" and fact.per is None and fact.level in {team.level for team in teams[-1:]}:
            fact.level = _joined_level(pack, teams)
        if fact.level is not None:
            continue
        if fact.unit == "person":
            owners = [
                f
                for f in near
                if (
                    f.unit == "team" or (f.unit == "organisation" and f.level not in ("province", "district"))
                )
                and (f.per is None or (fact.per == f.unit == "team"))
            ]
            if owners:
                fact.level = _joined_level(pack, [f for f in owners if f.unit == owners[-1].unit])


def _joined_level(pack: RulePack, owners: Sequence[Fact]) -> str | None:
    """``124 tổ cấp xã, 697 tổ cấp thôn với 5.412 thành viên``: the members of both."""
    if any(owner.level is None for owner in owners):
        return owners[-1].level
    return pack.joined("level", {value for owner in owners for value in (owner.level or "").split("+")})


def _fullness(fact: Fact) -> tuple[int, int]:
    dated = (fact.period is not None) + (fact.status != "actual")
    return sum(getattr(fact, name) is not None for name in DIMENSIONS), dated


def _complete_headlines(pack: RulePack, found: Sequence[Linked]) -> None:
    """A headline's or lead's figure takes its dimensions from its fullest mention."""
    for fact, _, _ in found:
        if fact.zone not in ("title", "lead"):
            continue
        same = [
            other
            for other, _, _ in found
            if other is not fact and other.zone != "title" and _is_same_figure(other, fact)
        ]
        if not same and fact.zone == "title" and fact.value >= _TELLING:
            same = [
                o for o, _, _ in found if o.zone != "title" and (o.value, o.unit) == (fact.value, fact.unit)
            ]
            if same:
                fact.indicator, fact.rule = same[0].indicator, same[0].rule
                for name in set(DIMENSIONS) - set(pack.indicators[fact.indicator].dimensions):
                    setattr(fact, name, None)
        if not same:
            continue
        fullest = max(same, key=_fullness)
        for name in (*DIMENSIONS, "period", "period_start", "period_end"):
            if getattr(fact, name) is None:
                setattr(fact, name, getattr(fullest, name))
        if fact.zone == "title":
            fact.status = fullest.status
            if fact.scope == "province" and "scope_inferred" in fact.flags:
                fact.scope, fact.place, fact.province = fullest.scope, fullest.place, fullest.province
