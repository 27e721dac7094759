"""The rules' questions, asked of a reading."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nhanluc_extract.extraction.connectors import connectors
from nhanluc_extract.extraction.distribution import per_of
from nhanluc_extract.extraction.reading import Reading
from nhanluc_extract.extraction.terms import Term, View, merged
from nhanluc_extract.model import Quantity
from nhanluc_extract.rulepack.model import Rule, RulePack

_WHOLE = Decimal(100)  # percent


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Word classes around a sentence: of the line that opens its list, its topic and its article."""

    intro: frozenset[str]
    topic: frozenset[str]
    team: frozenset[str]
    article: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """The rule a reading answers, and the unit of its fact."""

    rule: Rule
    unit: str


def scopes(reading: Reading, around: Surroundings) -> dict[str, frozenset[str]]:
    """Word classes in each scope a condition can name."""
    view = reading.view
    total: frozenset[str] = frozenset()
    seen: set[int] = set()
    waiting = [other for other in (reading.parent, reading.source) if other is not None]
    while waiting:
        other = waiting.pop()
        if id(other) in seen:
            continue
        seen.add(id(other))
        total |= merged(term.classes for term in other.phrase_terms)
        waiting += [o for o in (other.parent, other.source) if o is not None]
    sentence = view.classes()
    return {
        "counted": reading.counted_classes,
        "phrase": merged(term.classes for term in _said(reading)),
        "shape": _shape(reading),
        "verb": merged(term.classes for term in reading.verb),
        "after": merged(term.classes for term in reading.after),
        "item": merged(term.classes for term in reading.item_terms),
        "antecedent": _antecedent(reading, around),
        "intro": around.intro,
        "near": merged(term.classes for term in reading.near_terms),
        "before": view.classes(0, reading.quantity.first),
        "sentence": sentence,
        "topic": sentence | around.topic,
        "article": sentence | around.topic | around.article,
        "total": total,
    }


def unit_of(pack: RulePack, rule: Rule, reading: Reading) -> str:
    """Unit of the fact ``rule`` would make of ``reading``."""
    if reading.quantity.kind == "percent":
        return "percent"
    indicator = pack.indicators[rule.indicator]
    if "turn" in indicator.units and any(term.word.unit == "turn" for term in reading.counted):
        return "turn"
    return indicator.unit


def match(pack: RulePack, reading: Reading, around: Surroundings) -> Match | None:
    """The first rule of the pack whose questions the reading answers."""
    if not reading.counted or reading.is_whole or not _is_possible(reading.quantity):
        return None
    found = scopes(reading, around)
    if _is_article(reading) or _is_increment(reading) or _is_permission(reading):
        return None
    for rule in pack.rules:
        unit = unit_of(pack, rule, reading)
        if reading.is_located is not rule.located:
            continue
        if unit not in rule.units or rule.counted.isdisjoint(found["counted"]):
            continue
        if all(_holds(c.scopes, c.classes, found) for c in rule.when) and not any(
            _holds(c.scopes, c.classes, found) for c in rule.unless
        ):
            return Match(rule, unit)
    return None


def _is_possible(quantity: Quantity) -> bool:
    """People, teams, courses and bodies come in whole numbers; a share ends at 100."""
    ends = (quantity.value, quantity.high, quantity.of)
    if quantity.kind == "percent":
        return all(end is None or end <= _WHOLE for end in ends[:2])
    return all(end is None or end == end.to_integral_value() for end in ends)


def _said(reading: Reading) -> list[Term]:
    """Terms of the phrase and, where its predicate counts something, of that (``bố trí 01 cán bộ``)."""
    counted = [] if reading.object is None else reading.object.phrase_terms
    return [*reading.phrase_terms, *counted]


def _shape(reading: Reading) -> frozenset[str]:
    """Structural classes of a phrase (see ``STRUCTURAL``)."""
    last = max((term.last for term in reading.after), default=None)
    found = {"elliptic"} if last == reading.span[1] else set()
    if any(term.first == reading.left and term.is_a("foreign") for term in reading.item_terms):
        found.add("foreign_led")
    return frozenset(found)


def _antecedent(reading: Reading, around: Surroundings) -> frozenset[str]:
    """Classes of the nearest team named before the number, in the sentence or those before."""
    return last_team(reading.view, reading.quantity.first) or around.team


def last_team(view: View, before: int) -> frozenset[str]:
    """Classes of the last team named before token ``before``; bare words such as *tổ* name none."""
    for term in reversed(view.between(0, before)):
        if term.word.family == "team" and not term.is_a("team_word"):
            return term.classes
    return frozenset()


def _is_article(reading: Reading) -> bool:
    """``một`` is a count only before what is organised, set up, staffed or lacking, or for each."""
    quantity = reading.quantity
    if not quantity.in_words or quantity.value != 1 or quantity.hedge_start != quantity.start:
        return False
    if per_of(reading) is not None or quantity.kind == "zero" or reading.parent is not None:
        return False
    if reading.in_list:
        return False
    if any(term.is_a("collective") for term in reading.counted):
        return True
    exists = reading.view.key(quantity.first - 1) in connectors().exists
    if exists and "duty" in merged(term.classes for term in reading.phrase_terms):
        return False
    return not any(
        term.is_a("holds", "set_up", "assigns", "recruits", "needs", "lacks") for term in reading.verb
    )


def _is_increment(reading: Reading) -> bool:
    """``tăng 80``: a difference, not a level."""
    view = reading.view
    before = next((t for t in view.terms if t.last == reading.hedge_first), None)
    return before is not None and before.is_a("increments")


def _is_permission(reading: Reading) -> bool:
    """``mỗi thôn có thể thành lập 1 tổ``: what may be is not counted."""
    return any(t.is_a("permissions") for t in reading.item_terms)


def _holds(names: tuple[str, ...], classes: frozenset[str], found: dict[str, frozenset[str]]) -> bool:
    return any(not found[name].isdisjoint(classes) for name in names)
