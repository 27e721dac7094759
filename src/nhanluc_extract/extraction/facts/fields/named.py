"""Values of a dimension that words name, and the layers all dimensions share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nhanluc_extract.extraction.facts.fields.resolver import Fields, Layer, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.model import Quantity
from nhanluc_extract.rulepack.model import Indicator

_REFUSED = "refused"  # the words say that no single value holds

Finder = Callable[[Fields, Claim], set[str] | None]


def values_of(terms: Iterable[Term], name: str) -> set[str]:
    """Values of dimension ``name`` that words have."""
    values: set[str] = set()
    for term in terms:
        value = getattr(term.word, name)
        if value:
            values.update(value.split("+"))
    return values


def without_names(reading: Reading, terms: Iterable[Term]) -> list[Term]:
    """Terms that are no part of a place's or body's own name."""
    names = [(m.first, m.last) for m in reading.view.mentions]
    return [t for t in terms if not any(first <= t.first and t.last <= last for first, last in names)]


def subject_of(reading: Reading) -> list[Term]:
    """Terms before the number back to the previous number, a semicolon or a colon.

    Bodies in number that are set apart (``…, còn 18 huyện chỉ có 21 người``) are all of the subject.
    """
    view, first = reading.view, reading.quantity.first
    start = 0
    for index in range(first - 1, -1, -1):
        owner = view.quantity_at.get(index)
        counts = owner is not None and owner.is_candidate
        if owner is not None and counts and _counts_bodies(reading, owner.last):
            counts = _are_set_apart(reading, owner)
        mark = view.tokens[index].text
        labels = mark == ":" and index == reading.hedge_first - 1  # "- Sở, ban, ngành: 52 người"
        if (mark in ";:" and not labels) or counts:
            start = index + 1
            break
    return view.between(start, first)


def _are_set_apart(reading: Reading, bodies: Quantity) -> bool:
    """``…, còn 18 huyện chỉ có 21 người``: not where all are summed up behind them."""
    view, first = reading.view, bodies.first
    apart = view.key(first - 2) == "," and view.key(first - 1) in linking("set_apart")
    return apart and not view.begins_in(phrases("sums"), first, reading.hedge_first)


def _counts_bodies(reading: Reading, last: int) -> bool:
    term = reading.view.term_at.get(last)
    return term is not None and term.is_a("body")


def by_words(dimension: str, finder: Finder) -> Layer:
    """What the words of its sentence say; where ``finder`` gives None they refuse any value."""

    def layer(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
        values = finder(fields, claim)
        if values is None:
            return Settled(None, _REFUSED)
        joined = fields.pack.joined(dimension, values)
        return Settled(joined, "words") if joined is not None else None

    return layer


def of_total(dimension: str, upto: str = "total") -> Layer:
    """What is said of the total, or of the count whose noun is shared."""

    def layer(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
        if found.value is not None or found.source == _REFUSED or claim.owner is None:
            return None
        return filled(fields.value(claim.owner, dimension, upto), "total")

    return layer


def of_noun_behind(dimension: str) -> Layer:
    """``25 và 24 tổ cấp xã``: what the shared noun says holds for the first number too."""

    def layer(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
        lender = fields.claim_of(claim.reading.source) if found.value is None else None
        if lender is None or fields.position(lender) < fields.position(claim):
            return None
        return filled(fields.value(lender, dimension, "behind"), "row")

    return layer


def of_all_parts(fields: Fields, claim: Claim, dimension: str, upto: str, reach: int = 0) -> set[str]:
    """Values that the parts of a total have, where those that have one name all of it.

    They are told in its own sentence, or in the list that this opens, or up to ``reach`` sentences behind it.
    """
    told = (
        part
        for part in fields.parts(claim)
        if part.sentence <= claim.sentence + reach or part.reading.view.sentence.intro == claim.sentence
    )
    parts = [part for part in told if part.taken.indicator == claim.taken.indicator]
    held = [(part, value) for part in parts if (value := fields.value(part, dimension, upto))]
    whole = sum(part.reading.quantity.value for part, _ in held) == claim.reading.quantity.value
    return {value for _, joined in held for value in joined.split("+")} if whole else set()


def filled(value: str | None, source: str) -> Settled | None:
    """A value found where there was none."""
    return Settled(value, source) if value is not None else None


def is_staff(indicator: Indicator) -> bool:
    """Whether the level is that of the bodies the people work in."""
    return "role" in indicator.dimensions or "degree" in indicator.dimensions
