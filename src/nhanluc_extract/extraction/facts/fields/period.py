"""Which period a number is for."""

from __future__ import annotations

from collections.abc import Sequence

from nhanluc_extract.extraction.facts.fields.headline import filled_from_body
from nhanluc_extract.extraction.facts.fields.notice import year_of_notice
from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import linking, respectively_at
from nhanluc_extract.extraction.sentence.operators import Operator
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.model import Period

_DAY = len("2025-08-22")
_TELLING = 50  # figures below it are equal by chance
INHERITED = frozenset({"list", "total", "goal"})  # sources that are no words about the number itself


def _by_words(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """The period that governs the sentence, the list it is an item of, or its total."""
    inherited, source = claim.setting.inherited_period, "list"
    if inherited is None and claim.owner is not None and claim.is_part:
        inherited, source = fields.value(claim.owner, "period", "words"), "total"
    period, is_inherited = period_of(claim.reading, claim.setting.periods, inherited, claim.setting.cues)
    if period is None:
        return None
    return Settled(period, source if is_inherited else "words")


def _of_goal(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """A goal told again to open the list of its parts is for the same time, and so are they."""
    if found.value is not None or fields.value(claim, "status") != "target":
        return None
    reading, position = claim.reading, fields.position(claim)
    above = [fields.claim_of(other) for other in (reading.parent, reading.whole, reading.source)]
    goals = [
        fields.get(other, "period")
        for other in above
        if other is not None and fields.position(other) < position
    ]
    periods = {goal.value for goal in goals if goal.source == "goal"}
    if not periods and reading.view.tokens[-1].text == ":" and reading.quantity.value >= _TELLING:
        earlier = (other for other in fields.alike(claim) if fields.position(other) < position)
        told = [other for other in earlier if fields.value(other, "status") == "target"]
        periods = {fields.value(other, "period") for other in told}
    return Settled(periods.pop(), "goal") if len(periods) == 1 and None not in periods else None


LAYERS = {
    "words": _by_words,
    "notice": year_of_notice,
    "headline": filled_from_body("period"),
    "goal": _of_goal,
}


def period_of(
    reading: Reading, own: Sequence[Period], inherited: str | None, cues: Sequence[Operator] = ()
) -> tuple[str | None, bool]:
    """ISO period of a number, and whether it was inherited.

    The nearest period before the number in its sentence; without one, a period behind it that no
    other number stands before; else that of the list.
    """
    quantity = reading.quantity
    aside = [p for p in own if p.start >= quantity.end and _is_of_aside(reading, p)]
    own = [
        p
        for p in own
        if p not in aside and not _is_of_the_telling(reading, p) and not _is_of_another(reading, p)
    ]
    close = next((p for p in own if p.start >= quantity.end and _is_close(reading, p)), None)
    if close is not None:
        return close.iso, False
    if _is_now(reading):
        return None, False
    first = next((q.start for q in reading.view.sentence.quantities if q.is_candidate), quantity.start)
    before = [
        p
        for p in own
        if p.end <= quantity.start
        and (not _in_closed_bracket(reading, p) or p.start < first)
        and not _is_of_goal_before(reading, p, cues)
        and not _is_of_other_statement(reading, p)
        and not _is_of_then(reading, p)
        and not _is_of_first(reading, p)
        and not _is_before_every_year(reading, p)
    ]
    if before and _is_of_unknown_year(reading, before[-1].end):
        return None, False
    if before:
        return _dealt_out(reading, before) or before[-1].iso, False
    shared = reading.joined_to
    if shared is not None and (behind := next((p for p in own if _is_close(shared, p)), None)) is not None:
        return behind.iso, False  # "mở 4 lớp cho 320 cán bộ trong tháng 9/2024"
    if _is_of_unknown_year(reading):
        return None, False
    behind = next((p for p in own if "deadline" in _told_of(reading, p)), None)
    if behind is not None:
        return behind.iso, False
    if _is_today(reading):
        return None, False
    return inherited, inherited is not None


def _is_of_unknown_year(reading: Reading, start: int = 0) -> bool:
    """``Năm nay cần 2.000 người, đến năm 2030 …``: no other year dates it where this year's is unknown.

    It is told at ``start`` or behind it.
    """
    periods = (p for p in reading.view.sentence.periods if start <= p.start)
    return any(not p.iso and p.kind == "relative" and p.end <= reading.quantity.start for p in periods)


def _is_of_the_telling(reading: Reading, period: Period) -> bool:
    """``Tại buổi họp ngày 6/9, lãnh đạo Bộ cho biết …``: a day on which something was said.

    A day up to which things were told (``rà soát đến ngày 30/9 cho thấy``) is none.
    """
    view = reading.view
    if len(period.iso) != _DAY or period.end > reading.quantity.start:
        return False
    if view.key(view.token_from(period.start) - 1) in linking("until"):
        return False
    if view.token_from(period.start) in view.attributed:
        return True  # "Theo số liệu Bộ công bố tại hội nghị ngày 17/12, …"
    said = [term for term in view.terms if term.is_a("speaking")]
    return any(period.end <= view.tokens[t.first].start < reading.quantity.start for t in said)


def _dealt_out(reading: Reading, periods: Sequence[Period]) -> str | None:
    """``Năm 2022 và 2023 mở lần lượt 5 và 7 lớp``: the year in the same position of its list."""
    view, first = reading.view, reading.quantity.first
    at = respectively_at(view, first)
    if at is None:
        return None
    numbers = [q.first for q in view.sentence.quantities if q.is_candidate and q.first > at]
    years = [
        token.text
        for period in periods
        for token in view.tokens[:at]
        if period.start <= token.start < period.end and token.text.isdigit()
    ]
    single = all(period.kind == "years" or period.iso.isdigit() for period in periods)
    return years[numbers.index(first)] if single and len(years) == len(numbers) else None


def _is_of_another(reading: Reading, period: Period) -> bool:
    """``Tổ được thành lập ngày 8/8/2025, có 8 thành viên``, ``300 người, gấp 3 lần năm 2022``: the date of
    a founding dates nothing behind it, that of a comparison nothing at all."""
    told = _told_of(reading, period)
    return "compared" in told or ("founding" in told and period.start < reading.quantity.end)


def _told_of(reading: Reading, period: Period) -> set[str]:
    """What words before a date say of it: that it is of a comparison, a founding, a deadline."""
    at = reading.view.token_from(period.start)
    # "thành lập ngày 8/8": the word may reach into the date
    return {o.value for o in reading.view.operators("date") if o.governs(at) or o.first < at < o.last}


def _is_of_goal_before(reading: Reading, period: Period, cues: Sequence[Operator]) -> bool:
    """``đến năm 2030 cần 50.000 người, trong khi hiện có 5.000``: a goal's year stays with the goal."""
    tokens = reading.view.tokens
    first, last = period.end, reading.quantity.start
    between = [c for c in cues if first <= tokens[c.first].start and tokens[c.last - 1].end <= last]
    goal = any(c.value == "target" and 0 <= period.start - tokens[c.last - 1].end <= 1 for c in cues)
    counted = any(q.is_candidate and first <= q.start < last for q in reading.view.sentence.quantities)
    if not (goal or (period.kind == "horizon" and counted)):
        return False  # "Đến hết năm 2005, các sở mới có 26 người"
    if not between or between[-1].value != "actual":
        return False
    parting = {",", ";"} | linking("conjunctions")
    own = (q.end for q in reading.view.sentence.quantities if q.is_candidate and first <= q.start < last)
    first = next(own, first)  # the comma right behind the date parts nothing
    return any(t.key in parting and first <= t.start < tokens[between[-1].first].start for t in tokens)


def _is_of_then(reading: Reading, period: Period) -> bool:
    """``Năm 2019 có 160 kỹ sư, nay là 650``: the year of the count before is none of today's."""
    view, first = reading.view, reading.quantity.first
    now = [o.first for o in view.operators("today") if o.first < first]
    then = view.token_from(period.end)
    begun = view.key(then) == ","  # "làm thử vào tháng 4/2022, đến nay huyện có 26 tổ"
    return any(then <= at and (view.candidate_before(at) >= 0 or (begun and at == then + 1)) for at in now)


def _is_before_every_year(reading: Reading, period: Period) -> bool:
    """``năm 2021 tuyển 240 sinh viên và mỗi năm có 100 cử nhân``: a year is not every year."""
    view, then = reading.view, reading.view.token_from(period.end)
    yearly = (t for t in view.between(then, reading.quantity.first) if t.is_a("per_year"))
    year = period.iso.isdigit() and period.kind == "date"
    wanted = any(term.is_a("needs", "lacks") for term in reading.trigger)  # "đến 2030 cần 3.200"
    return year and not wanted and any(view.candidate_before(t.first) >= then for t in yearly)


def _is_of_first(reading: Reading, period: Period) -> bool:
    """``từ 900 nhân viên đầu năm 2024 xuống còn 780``: that of the first is none of the second's."""
    view, last = reading.view, reading.hedge_first
    count = view.candidate_before(view.token_from(period.start))
    if count < 0 or view.key(view.quantity_at[count].first - 1) not in linking("since"):
        return False
    behind = view.token_from(period.end)
    return any(view.key(i) in linking("changed_to") for i in (last - 1, last - 2) if i >= behind)


def _is_of_other_statement(reading: Reading, period: Period) -> bool:
    """``gửi kế hoạch trước ngày 20/8; mỗi ấp củng cố 01 tổ``: a last day is that of its own statement."""
    view, at = reading.view, reading.view.token_from(period.start)
    last_day = len(period.iso) == _DAY and view.key(at - 1) in linking("last_day")
    return last_day and view.has_mark(";", at, reading.quantity.first)


def _is_of_aside(reading: Reading, period: Period) -> bool:
    """``đạt 100% (mục tiêu năm 2025 là 80%)``: a bracket with a number of its own."""
    tokens = [t for t in reading.view.tokens if reading.quantity.end <= t.start < period.start]
    opened = sum(t.text == "(" for t in tokens) > sum(t.text == ")" for t in tokens)
    closing = (t.start for t in reading.view.tokens if t.text == ")" and t.start > period.start)
    last = next(closing, period.end)
    return opened and any(
        q.is_candidate and period.end <= q.start < last for q in reading.view.sentence.quantities
    )


def _is_now(reading: Reading) -> bool:
    """``từ 12 tổ năm 2021 lên 37 tổ hiện nay``: the second is today's."""
    start = max((t.last for t in reading.counted), default=reading.quantity.last)
    return any(o.first == start for o in reading.view.operators("now"))


def _is_today(reading: Reading) -> bool:
    """``- 90% cán bộ có bằng (hiện là 61,4%)`` among goals for 2027: the second is today's."""
    first = reading.hedge_first
    return any(o.last <= first <= o.last + 1 for o in reading.view.operators("today"))


def _is_close(reading: Reading, period: Period) -> bool:
    """Whether a period stands in the number's own phrase or in the bracket behind it."""
    tokens = reading.view.tokens
    start, end = reading.span
    at = next((i for i, token in enumerate(tokens) if token.start >= period.start), None)
    if at is None:
        return False
    if at == end + 1 and tokens[end].text == "(":
        return True
    if reading.view.key(at - 1) in linking("conjunctions"):
        return False  # "năm 2022 đã là 19/26 và đến giữa năm 2023 thì phủ kín"
    return start <= at < end


def _in_closed_bracket(reading: Reading, period: Period) -> bool:
    tokens = [t for t in reading.view.tokens if t.start < reading.quantity.start]
    before = [t.text for t in tokens if t.start < period.start]
    behind = [t.text for t in tokens if t.start >= period.end]
    return before.count("(") > before.count(")") and ")" in behind
