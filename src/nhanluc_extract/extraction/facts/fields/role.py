"""Whether those who are counted do their duty alone or beside another."""

from __future__ import annotations

from nhanluc_extract.extraction.facts.fields.headline import filled_from_body
from nhanluc_extract.extraction.facts.fields.named import (
    by_words,
    of_all_parts,
    of_noun_behind,
    of_total,
    subject_of,
    values_of,
)
from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term

_LONGEST_BOTH = 8  # tokens of words that name both roles


def _role(fields: Fields, claim: Claim) -> set[str] | None:
    reading = claim.reading
    values = values_of(reading.phrase_terms, "role") or values_of(reading.item_terms, "role")
    if not values and reading.object is not None:
        values = values_of(reading.object.phrase_terms, "role")
    joined = reading.joined_to if reading.family == "body" else None
    if not values and joined is not None and all(t.first > joined.quantity.first for t in reading.after):
        values = values_of(joined.phrase_terms, "role")
    if not values and all(term.word.generic for term in reading.counted) and reading.source is None:
        # "Nhân lực chuyên trách … là 226 người": the subject of a bare head-count says it.
        values = values_of(subject_of(reading), "role")
    values = values or values_of(_told_of_all(reading), "role")
    if not values and reading.parent is None:
        values = values_of(reading.opening_terms, "role")
    return {"both"} if len(values) > 1 else values


def _told_of_all(reading: Reading) -> list[Term]:
    """``có 32 thành viên, tất cả đều kiêm nhiệm``: what a clause right behind says of all of them."""
    view, start = reading.view, reading.span[1] + 1
    if view.key(start - 1) != "," or start >= len(view.tokens):
        return []
    both = [t for t in view.between(start, start + _LONGEST_BOTH) if t.word.role == "both"]
    if both:
        return both  # "…, tính cả chuyên trách lẫn kiêm nhiệm"
    also = phrases("also_do").longest(view.tokens, start)
    if also is not None and (other := view.term_at.get(also[0])) is not None and other.word.role:
        return [other]  # "…, lại phải kiêm cả báo chí, bưu chính"
    start += view.key(start) in linking("turned")  # "…, song tất cả đều kiêm nhiệm"
    all_of_them = phrases("all_of_them").longest(view.tokens, start)
    last = all_of_them[0] if all_of_them is not None else start
    if view.key(last) not in linking("all_alike"):
        return []
    while last < len(view.tokens) and view.tokens[last].text not in ",;:." and last not in view.quantity_at:
        last += 1
    return view.between(start, last)


def _of_parts(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """A total takes the roles of its parts when they name all of it."""
    roles = of_all_parts(fields, claim, "role", "behind") if found.value is None else set()
    if not roles:
        return None
    return Settled(roles.pop() if len(roles) == 1 else "both", "parts")


def _of_counterpart(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``16/19 sở bố trí được cán bộ chuyên trách; 3 sở còn lại chưa có``: what these lack is that.

    Who has nobody beside other duties has nobody at all.
    """
    before = fields.previous(claim)
    if found.value is not None or claim.unit != "organisation" or before is None:
        return None
    if before.unit != claim.unit or before.sentence != claim.sentence:
        return None
    bare = all(term.word.family != "people" for term in claim.reading.phrase_terms)
    opposite = before.taken.indicator != claim.taken.indicator
    role = fields.value(before, "role", "behind")
    return Settled(role, "before") if bare and opposite and role == "dedicated" else None


LAYERS = {
    "words": by_words("role", _role),
    "total": of_total("role"),
    "behind": of_noun_behind("role"),
    "counterpart": _of_counterpart,
    "parts": _of_parts,
    "headline": filled_from_body("role"),
}
