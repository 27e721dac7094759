"""For each of what a count is given."""

from __future__ import annotations

from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled, by_frame
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.distribution import joined_to, per_of, per_of_any
from nhanluc_extract.extraction.sentence.qualifiers import qualifier_of

_LARGEST_OF_EACH = 40  # of what each of several bodies has; of more, all have them together
_LONGEST_ROW = 70  # counts of one year: more than there ever were provinces


def _by_words(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """Said of the count, of the one it is joined to, of its subject or of its total."""
    reading = claim.reading
    if claim.unit == "percent":
        return None
    per = per_of(reading)
    before = fields.previous(claim)
    if per is None and before is not None and joined_to(reading, before.reading):
        shared = fields.value(before, "per")
        per = shared if before.unit != "course" or shared == "year" else None
    per = per or _of_year_of_row(fields, claim) or _of_demand(fields, claim) or _of_subject(fields, claim)
    if per is None and qualifier_of(reading) in ("at_least", "at_most"):
        per = per_of_any(reading)
    if per == "organisation":
        per = _of_bodies_taken_up(fields, claim) or per
    if per is not None:
        return Settled(per, "words")
    total = claim.owner if claim.is_part else None
    if total is None or total.reading is not reading.parent or total.reading.view is not reading.view:
        return None
    return Settled(fields.value(total, "per"), "total")


def _of_bodies_taken_up(fields: Fields, claim: Claim) -> str | None:
    """``99/99 xã đã cử công chức, mỗi nơi 01 người``: bodies without a name are those before."""
    reading = claim.reading
    before = reading.view.between(0, reading.hedge_first)[-1:]
    readings = fields.discourse.readings[claim.sentence][: reading.index]
    bodies = [other for other in readings if other.family == "body"]
    if not bodies or not any(term.is_a("unnamed_bodies") for term in before):
        return None
    return next((term.word.per for term in bodies[-1].counted if term.word.per), None)


def _of_year_of_row(fields: Fields, claim: Claim) -> str | None:
    """``Hằng năm đào tạo 400 sinh viên ngành A, 300 sinh viên ngành B``: the year is that of the row."""
    reading, tokens = claim.reading, claim.reading.view.tokens
    for _ in range(_LONGEST_ROW):
        before = fields.discourse.neighbour(reading, -1)
        if before is None:
            return None
        between = range(before.quantity.last, reading.quantity.first)
        said = any(t.word.kind == "verb" for t in reading.view.between(between.start, between.stop))
        parted = any(tokens[index].text in ";:" for index in between)
        if said or parted or before.family != reading.family or before.parent is not None:
            return None
        if per_of(before) == "year":
            return "year"
        reading = before
    return None


def _of_demand(fields: Fields, claim: Claim) -> str | None:
    """``Mỗi năm cần 40.000 nhân lực, nguồn cung đáp ứng 32.000``: what meets it is of the same years."""
    before = fields.previous(claim)
    if before is None or before.unit != claim.unit or claim.sentence - before.sentence > 1:
        return None
    meets = any(term.is_a("meets") for term in claim.reading.verb)
    if not meets or not any(term.is_a("needs", "lacks") for term in before.reading.trigger):
        return None
    wanted: str | None = fields.value(before, "per")
    return wanted


def _of_subject(fields: Fields, claim: Claim) -> str | None:
    """``100% xã bố trí ít nhất 01 công chức``: each has so many, but of ``1.356 tổ`` they all have part."""
    subject = fields.discourse.neighbour(claim.reading, -1)
    if subject is None or subject.object is not claim.reading or subject.family != "body":
        return None
    if subject.quantity.kind != "percent" and subject.quantity.of is None:
        return None
    if claim.reading.quantity.value > _LARGEST_OF_EACH:
        return None
    return next((t.word.per for t in subject.counted if t.word.per), None)


LAYERS = {"words": _by_words, "frame": by_frame("per")}
