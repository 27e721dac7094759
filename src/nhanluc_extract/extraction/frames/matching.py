"""The frames' questions, asked of a count: all that fit are candidates, a written policy decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhanluc_extract.extraction.discourse.evidence import Around, Evidence, any_of
from nhanluc_extract.extraction.discourse.predication import has_unknown_verb, is_followed
from nhanluc_extract.extraction.discourse.subjects import (
    field_evidence,
    has_own_subject,
    is_for_other,
    is_item_of_other,
    names_other_owner,
)
from nhanluc_extract.extraction.frames.counting import is_count
from nhanluc_extract.extraction.sentence.connectors import phrases
from nhanluc_extract.extraction.sentence.distribution import per_of
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.rulepack.model import Frame, RulePack, Slot

_BODIES = frozenset({"organisation", "province", "district", "commune", "village"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame that fits a count, and where each of its conditions is satisfied."""

    frame: Frame
    indicator: str
    unit: str
    conditions: tuple[tuple[str, Evidence], ...]

    @property
    def evidence(self) -> Evidence:
        """The widest that it needed."""
        return max((at for _, at in self.conditions), default=Evidence.phrase)


def unit_of(pack: RulePack, indicator: str, reading: Reading) -> str:
    """Unit of a fact of ``indicator`` at ``reading``, which it may not allow (``268 lượt cán bộ CNTT``)."""
    if reading.quantity.kind == "percent":
        return "percent"
    if any(term.word.unit == "turn" for term in reading.counted):
        return "turn"
    return pack.indicators[indicator].unit


def candidates(pack: RulePack, around: Around, owner: Candidate | None = None) -> list[Candidate]:
    """All frames that fit, the one that decides first.

    What its own clause says of a count comes first, then what it is a part of (``owner``), then what
    is farther away; among equals the order of the pack decides.
    """
    reading = around.reading
    if not reading.counted or not is_count(reading) or _is_excluded(pack, around):
        return []
    found = list(_fitting(pack, around))
    if has_unknown_verb(reading):
        named = next((t for t in reading.counted if t.word.unit != "turn"), reading.counted[0])
        bare = named.word.generic or reading.source is not None
        found = [] if bare else [c for c in found if c.evidence <= Evidence.clause]
    if owner is None and (widest := _share_of_others(reading)) is not None:
        found = [c for c in found if c.evidence <= widest]
    guided = any(t.is_a("guide", "train", "courses") for t in around.trigger)
    if is_followed(reading) and not guided:
        found = [c for c in found if c.evidence < Evidence.sentence]
    inherited = _inherited(pack, around, owner) if owner is not None else None
    near = [c for c in found if c.evidence <= Evidence.clause]
    far = [c for c in found if c.evidence > Evidence.clause]
    if inherited is not None and (
        is_summed(reading)
        or (
            any(t.is_a("degree_word") for t in reading.counted)
            and all(t.is_a("degree_word") or t.word.generic for t in reading.counted)
        )
        or (reading.parent is not None and any(t.word.degree for t in around.phrase))
        or (inherited.evidence <= Evidence.list and _is_plain_part(around))
    ):
        same = [c for c in near if c.indicator == inherited.indicator and c.evidence < inherited.evidence]
        # What it says itself of the same thing is nearer than a total that rests on the paragraph.
        first = same if inherited.evidence > Evidence.list else []
        return [*first, inherited, *near, *sorted(far, key=_is_far)]
    rest = sorted(far, key=_is_far)
    if inherited is not None:
        weak = inherited.evidence is Evidence.article and bool(rest)
        rest.insert(len(rest) if weak else 0, inherited)
    return [*near, *rest]


def is_summed(reading: Reading) -> bool:
    """Whether the total that a number is a part of is told behind it."""
    total = reading.parent
    return total is not None and total.view is reading.view and total.index > reading.index


def _share_of_others(reading: Reading) -> Evidence | None:
    """How far from a share of people who are none of ours what makes it one may stand.

    ``1.200 người thất nghiệp, trong đó 34% có bằng đại học``: it is of those counted before it.
    """
    view, first = reading.view, reading.hedge_first
    if reading.quantity.kind != "percent":
        return None
    if reading.parent or reading.source:
        return Evidence.clause
    of_those = view.phrase_before(phrases("parts"), first) is not None and view.candidate_before(first) >= 0
    return Evidence.sentence if of_those else None


def _is_excluded(pack: RulePack, around: Around) -> bool:
    counted = around.reading.counted_classes
    return any(
        not exclusion.of.isdisjoint(counted)
        and all(_is_there(pack, slot, around) for slot in exclusion.slots)
        and not any_of(around.trigger, exclusion.unless_trigger)
        for exclusion in pack.exclusions
    )


def _is_far(candidate: Candidate) -> int:
    return max(candidate.evidence - Evidence.sentence, 0)


def _inherited(pack: RulePack, around: Around, owner: Candidate) -> Candidate | None:
    """``40 cán bộ CNTT, trong đó 12 người ở cấp xã``: a part counts what its total counts."""
    reading = around.reading
    indicator = pack.indicators[owner.indicator]
    degree = any(t.word.degree or t.is_a("diploma") for t in around.phrase)
    if reading.quantity.kind == "count":  # "… nhưng học đúng chuyên ngành chỉ 29 người"
        degree = degree or any(t.is_a("diploma") for t in reading.item_terms)
    own = [t for t in reading.after if reading.view.term_at.get(t.first) is t and t.first >= reading.left]
    strong = any(not (t.word.weak or t.is_a("employs")) for t in own)  # "công chức làm việc ở xã"
    plain = not strong and all(
        t.word.generic or t.word.degree or t.is_a("role_word") for t in reading.counted
    )
    if reading.noun.is_row or _has_own_verb(reading) or is_for_other(reading):
        return None
    same = (
        reading.source is not None
        and not strong
        and (reading.counted is reading.source.counted or _is_share_of(reading, reading.source))
    )
    part = reading.parent is not None and not strong
    if not (plain or same or part) or reading.is_located:
        return None
    if plain and reading.parent is None and names_other_owner(reading):
        return None
    said = degree or any(t.word.role for t in around.phrase)
    if reading.quantity.kind == "percent" and not (said or same):
        return None
    lender = reading.parent or reading.source
    by_degree = lender is not None and any(t.word.degree for t in lender.phrase_terms)
    if by_degree and not degree and any(t.word.role for t in around.phrase):
        return None  # "5 cao đẳng, còn ở cấp xã 225 công chức kiêm nhiệm"
    code = owner.indicator
    if degree and "degree" not in indicator.dimensions:
        code = indicator.with_degree or ""
    frame = owner.frame
    if not code:
        return None
    fields = frozenset().union(*(slot.classes for slot in frame.slots if slot.name == "field"))
    alike = same or not frame.count.isdisjoint(reading.counted_classes)
    asked = ("trigger", "clause", "event") if alike else ("trigger", "clause", "event", "count")
    if any(_is_there(pack, slot, around) for slot in frame.unless if slot.name in asked):
        return None
    if fields and (is_item_of_other(reading, fields) or (not same and has_own_subject(around, fields))):
        return None
    unit = unit_of(pack, code, reading)
    if unit not in pack.indicators[code].units:
        return None
    return Candidate(frame, code, unit, (("total", max(Evidence.list, owner.evidence)),))


def _is_plain_part(around: Around) -> bool:
    """``251 người (38 chuyên trách, 213 kiêm nhiệm)``: a part that says nothing of what it is about.

    So are those of each of several bodies (``500 chuyên gia, mỗi bộ, ngành có ít nhất 3 người``).
    """
    reading = around.reading
    bare = all(t.word.generic or t.is_a("role_word") for t in reading.counted)
    part = reading.parent is not None or (reading.source is not None and per_of(reading) in _BODIES)
    return part and bare and not any(t.word.kind == "subject" for t in around.phrase)


def _has_own_verb(reading: Reading) -> bool:
    """Whether a verb stands between a count and the one it would be taken for a part of."""
    owner = reading.parent or reading.source
    if owner is None or owner.view is not reading.view or owner.index > reading.index:
        return False
    last = owner.quantity.last
    verbs = [t for t in reading.verb if not t.word.weak]
    return any(last <= verb.first < reading.quantity.first for verb in verbs)


def _is_share_of(reading: Reading, whole: Reading) -> bool:
    """``2.860 giáo viên, tương đương 24,5% tổng số giáo viên``: a share of those just counted."""
    names = {term.word.name for term in reading.counted if not term.word.generic}
    apart = reading.label is not None and whole.quantity.kind == "percent"  # "…, riêng công chức 96%"
    return reading.quantity.kind == "percent" and (apart or names <= {t.word.name for t in whole.counted})


def _fitting(pack: RulePack, around: Around) -> Iterator[Candidate]:
    reading = around.reading
    counted = reading.counted_classes
    for frame in pack.frames:
        if reading.is_located is not frame.located or frame.count.isdisjoint(counted):
            continue
        if any(_is_there(pack, slot, around) for slot in frame.unless):
            continue
        conditions = []
        for slot in frame.slots:
            at = _evidence(pack, slot, around)
            if at is None or at > Evidence[slot.within]:
                break
            conditions.append((slot.name, at))
        else:
            chosen = _chosen(frame, around)
            if chosen is None:
                continue
            indicator, at = chosen
            if at is not None:
                conditions.append(("field", at))
            unit = unit_of(pack, indicator, reading)
            if unit in frame.units and unit in pack.indicators[indicator].units:
                yield Candidate(frame, indicator, unit, tuple(conditions))


def _chosen(frame: Frame, around: Around) -> tuple[str, Evidence | None] | None:
    """The indicator that the field named first, at the nearest place, chooses, and where it is named."""
    if "" in frame.indicators:
        return frame.indicators[""], None
    at = field_evidence(around, frozenset(frame.indicators))
    if at is None or at is Evidence.article:
        return None
    for term in around.named(frozenset(frame.indicators), at):
        for name, indicator in frame.indicators.items():
            if term.is_a(name):
                return indicator, at
    return None


def _evidence(pack: RulePack, slot: Slot, around: Around) -> Evidence | None:
    """The narrowest place where a slot is filled."""
    match slot.name:
        case "modifier":
            # "100% trường học sử dụng phần mềm": what bodies do themselves is no predicate that others share
            acts = around.reading.family == "body" and "employs" in around.at(Evidence.phrase).classes
            for level in (Evidence.phrase,) if acts else (Evidence.phrase, Evidence.list):
                if not around.at(level).classes.isdisjoint(slot.classes):
                    return level
            return None
        case "trigger":
            return _trigger(around, slot.classes)
        case "field":
            return field_evidence(around, slot.classes)
        case "clause":
            return around.narrowest(slot.classes, Evidence.clause)
        case "beside":
            return around.narrowest(slot.classes, Evidence[slot.within])
    kind, at = around.referent(pack.referents[slot.name])
    return at if kind in slot.classes else None


def _trigger(around: Around, classes: frozenset[str]) -> Evidence | None:
    """Where the verb stands that governs a count: in its clause, before it, or with its total."""
    view, clause = around.reading.view, around.reading.view.clauses[around.reading.quantity.first]
    found = None
    for term in around.trigger:
        if term.classes.isdisjoint(classes) or _acts_themselves(around.reading, term):
            continue
        if view.term_at.get(term.first) is not term:
            at = Evidence.list
        elif view.clauses[term.first] == clause:
            return Evidence.clause
        else:
            said = around.reading.parent is not None or term in around.reading.after  # "… thì chưa"
            at = Evidence.list if said else Evidence.sentence
        found = at if found is None else min(found, at)
    return found


def _acts_themselves(reading: Reading, verb: Term) -> bool:
    """``3 kỹ sư hỗ trợ``: people before a verb of guiding without ``được`` guide others.

    So do firms before a verb of training (``38% doanh nghiệp tập trung đào tạo nhân lực``), and whoever
    takes a job (``14 bạn đã nhận việc``).
    """
    view = reading.view
    acts = verb.is_a("guide", "recruits") or (
        verb.is_a("long_training") and reading.counted[0].is_a("enterprises")
    )
    if not acts or verb not in reading.after or view.term_at.get(verb.first) is not verb:
        return False
    start = reading.quantity.last if reading.label is None else reading.label[0]
    return not any(t.is_a("passive") for t in view.between(start, verb.first))


def _is_there(pack: RulePack, slot: Slot, around: Around) -> bool:
    """Whether a slot of ``unless`` is filled, right by the count or in its clause."""
    match slot.name:
        case "count":
            return not around.reading.counted_classes.isdisjoint(slot.classes)
        case "modifier":
            return not around.at(Evidence.phrase).classes.isdisjoint(slot.classes)
        case "trigger":
            said = (t for t in around.trigger if not _acts_themselves(around.reading, t))
            return any_of(said, slot.classes)
        case "beside":
            return not around.at(Evidence.sentence).classes.isdisjoint(slot.classes)
        case "clause" | "field":
            return not around.classes_beside.isdisjoint(slot.classes)
    kind, at = around.referent(pack.referents[slot.name])
    return kind in slot.classes and at <= Evidence[slot.within]
