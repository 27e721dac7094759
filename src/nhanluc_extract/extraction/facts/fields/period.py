"""Which period a number is for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nhanluc_extract.extraction.facts.fields.headline import filled_from_body
from nhanluc_extract.extraction.facts.fields.notice import year_of_notice
from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled, is_same_figure
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import connectors
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import View
from nhanluc_extract.model import Period
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie

_TELLING = 50  # figures below it are equal by chance
INHERITED = frozenset({"list", "total", "goal"})  # sources that are no words about the number itself


def _by_words(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """The period that governs the sentence, the list it is an item of, or its total."""
    inherited, source = claim.setting.inherited_period, "list"
    if inherited is None and claim.owner is not None and claim.is_part:
        inherited, source = fields.value(claim.owner, "period", "words"), "total"
    period, is_inherited = period_of(claim.reading, claim.setting.periods, inherited)
    if period is None:
        return None
    return Settled(period, source if is_inherited else "words")


def _of_goal(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """A goal told again to open the list of its parts is for the same time, and so are they."""
    if found.value is not None or fields.value(claim, "status") != "target":
        return None
    before = fields.before(claim)
    reading = claim.reading
    above = [fields.claim_of(other) for other in (reading.parent, reading.whole, reading.source)]
    goals = [fields.get(other, "period") for other in above if other is not None and other in before]
    periods = {goal.value for goal in goals if goal.source == "goal"}
    if not periods and reading.view.tokens[-1].text == ":" and reading.quantity.value >= _TELLING:
        told = [o for o in before if is_same_figure(o, claim) and fields.value(o, "status") == "target"]
        periods = {fields.value(other, "period") for other in told}
    return Settled(periods.pop(), "goal") if len(periods) == 1 and None not in periods else None


LAYERS = {
    "words": _by_words,
    "notice": year_of_notice,
    "headline": filled_from_body("period"),
    "goal": _of_goal,
}


def period_of(reading: Reading, own: Sequence[Period], inherited: str | None) -> tuple[str | None, bool]:
    """ISO period of a number, and whether it was inherited.

    The nearest period before the number in its sentence; without one, a period behind it that no
    other number stands before; else that of the list.
    """
    quantity = reading.quantity
    close = next((p for p in own if p.start >= quantity.end and _is_close(reading, p)), None)
    if close is not None:
        return close.iso, False
    if _is_now(reading):
        return None, False
    counts = [q.start for q in reading.view.sentence.quantities if q.is_candidate]
    before = [
        p
        for p in own
        if p.end <= quantity.start and (not _in_closed_bracket(reading, p) or p.start < counts[0])
    ]
    if before:
        return before[-1].iso, False
    tokens = reading.view.tokens
    others = [
        q.start
        for q in reading.view.sentence.quantities
        if q.is_candidate
        and q.start > quantity.start
        and tokens[q.first - 1].key not in connectors().prepositions
    ]
    limit = others[0] if others else reading.view.sentence.end
    behind = [
        p
        for p in own
        if quantity.end <= p.start < limit and not _opens_next(reading, p) and not _is_of_aside(reading, p)
    ]
    if behind and not _parted(reading.view, quantity.end, behind[0].start):
        return behind[0].iso, False
    return inherited, inherited is not None


def _opens_next(reading: Reading, period: Period) -> bool:
    """``khởi đầu với 30 người, năm 2011 tuyển 400``: behind a comma it dates the number that follows."""
    tokens = reading.view.tokens
    at = next((i for i, token in enumerate(tokens) if token.start >= period.start), len(tokens))
    followed = any(q.is_candidate and q.start >= period.end for q in reading.view.sentence.quantities)
    return at > 0 and tokens[at - 1].text == "," and followed


def _is_of_aside(reading: Reading, period: Period) -> bool:
    """``đạt 100% (mục tiêu năm 2025 là 80%)``: a bracket with a number of its own."""
    tokens = [t for t in reading.view.tokens if reading.quantity.end <= t.start < period.start]
    opened = sum(t.text == "(" for t in tokens) > sum(t.text == ")" for t in tokens)
    closing = (t.start for t in reading.view.tokens if t.text == ")" and t.start > period.start)
    last = next(closing, period.end)
    return opened and any(
        q.is_candidate and period.end <= q.start < last for q in reading.view.sentence.quantities
    )


@cache
def _nows() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("schemes")["now"])


def _is_now(reading: Reading) -> bool:
    """``từ 12 tổ năm 2021 lên 37 tổ hiện nay``: the second is today's."""
    view, start = reading.view, max((t.last for t in reading.counted), default=reading.quantity.last)
    hit = _nows().longest(view.tokens, start) if start < len(view.tokens) else None
    return hit is not None and (hit[0] >= len(view.tokens) or not view.tokens[hit[0]].text[0].isalpha())


def _is_close(reading: Reading, period: Period) -> bool:
    """Whether a period stands in the number's own phrase or in the bracket behind it."""
    tokens = reading.view.tokens
    start, end = reading.span
    at = next((i for i, token in enumerate(tokens) if token.start >= period.start), None)
    if at is None:
        return False
    if at == end + 1 and tokens[end].text == "(":
        return True
    return start <= at < end


def _in_closed_bracket(reading: Reading, period: Period) -> bool:
    tokens = [t for t in reading.view.tokens if t.start < reading.quantity.start]
    before = [t.text for t in tokens if t.start < period.start]
    behind = [t.text for t in tokens if t.start >= period.end]
    return before.count("(") > before.count(")") and ")" in behind


def _parted(view: View, start: int, end: int) -> bool:
    return any(token.text in ";:" for token in view.tokens if start <= token.start < end)
