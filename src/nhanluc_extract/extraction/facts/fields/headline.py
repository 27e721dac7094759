"""What a headline or lead leaves out stands in its fullest mention in the body."""

from __future__ import annotations

from nhanluc_extract.extraction.facts.fields.resolver import Fields, Layer, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.qualifiers import is_rounded
from nhanluc_extract.rulepack.model import DIMENSIONS

# The layer of each field that comes before the headline's.
_OWN = {
    "degree": "notice",
    "role": "parts",
    "level": "teams_before",
    "group": "course_parts",
    "period": "words",
    "status": "frame",
}


def fullest(fields: Fields, claim: Claim) -> Claim | None:
    """The fullest mention of a headline's or lead's figure elsewhere; None for any other figure."""
    if claim.reading.view.sentence.zone not in ("title", "lead"):
        return None
    per = fields.value(claim, "per", "words")
    equal = [
        other
        for other in fields.alike(claim)
        if _is_elsewhere(claim, other) and fields.value(other, "per", "words") == per
    ]
    same = equal or [o for o in fields.claims if _is_elsewhere(claim, o) and _is_rounded(claim, o)]
    return max(same, key=lambda other: _fullness(fields, other), default=None)


def _is_elsewhere(claim: Claim, other: Claim) -> bool:
    """``100% sở có …; 100% xã có …``: figures of one sentence are not the same, nor is a headline fuller."""
    return other.sentence != claim.sentence and other.reading.view.sentence.zone != "title"


def _is_rounded(claim: Claim, exact: Claim) -> bool:
    """``Hơn 1.100 lượt người`` for ``1.137 lượt người``: a count of the same, cut to a round number."""
    alike = (claim.taken.indicator, claim.unit) == (exact.taken.indicator, exact.unit)
    return alike and is_rounded(claim.reading.quantity, exact.reading.quantity)


def _fullness(fields: Fields, claim: Claim) -> tuple[int, int]:
    own = {name: fields.value(claim, name, layer) for name, layer in _OWN.items()}
    dated = (own["period"] is not None) + (own["status"] != "actual")
    return sum(own[name] is not None for name in DIMENSIONS), dated


def filled_from_body(field: str) -> Layer:
    """A layer that fills in what the fullest mention says."""

    def layer(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
        body = fullest(fields, claim) if found.value is None else None
        value = fields.value(body, field, _OWN[field]) if body is not None else None
        return Settled(value, "headline") if value is not None else None

    return layer


def status_of_body(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """A headline seldom says whether it tells of a fact or of a goal."""
    body = fullest(fields, claim) if claim.reading.view.sentence.zone == "title" else None
    return Settled(fields.value(body, "status", _OWN["status"]), "headline") if body is not None else None


def place_of_body(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """A headline or lead without a place of its own is about that of its fullest mention."""
    body = fullest(fields, claim) if found.value.inferred else None
    return Settled(fields.value(body, "where", "several"), "headline") if body is not None else None
