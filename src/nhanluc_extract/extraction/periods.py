"""Which period governs a number."""

from __future__ import annotations

from functools import cache

from nhanluc_extract.extraction.connectors import connectors
from nhanluc_extract.extraction.reading import Reading
from nhanluc_extract.extraction.terms import View
from nhanluc_extract.model import Period
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, is_quote

_TITLE_REACH = 30  # tokens a scheme's title may run


@cache
def _schemes() -> tuple[SurfaceTrie[bool], SurfaceTrie[bool]]:
    data = language("schemes")
    return SurfaceTrie.of(data["nouns"]), SurfaceTrie.of(data["title_ends"])


@cache
def _plans() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("schemes")["plan"]["nouns"])


def governing_periods(view: View) -> list[Period]:
    """Periods of a sentence that date its statements: those in titles of schemes do not."""
    return [p for p in view.sentence.periods if p.iso and not _in_title(view, p)]


def _in_title(view: View, period: Period) -> bool:
    tokens = view.tokens
    at = next((i for i, token in enumerate(tokens) if token.start >= period.start), len(tokens))
    if at > 0 and tokens[at - 1].text == ",":
        return False
    if _is_plan_of_year(view, period, at):
        return False
    quotes = sum(is_quote(token) and token.text in '"“”' for token in tokens[:at])
    behind = sum(is_quote(token) and token.text in '"“”' for token in tokens[at:])
    if quotes % 2 == 1 and behind and _scheme_before(view, at, through_quotes=True):
        return True
    return _scheme_before(view, at, through_quotes=False)


def _is_plan_of_year(view: View, period: Period, at: int) -> bool:
    """``Kế hoạch năm 2023 đặt ra``: a sentence that opens with a bare plan is dated by its year."""
    tokens = view.tokens
    found = ((i, _plans().longest(tokens, i)) for i in range(max(at - 3, 0), at))
    opens = [i for i, plan_end in found if plan_end is not None and plan_end[0] == at]
    first = opens[0] if opens else -1
    behind = next((token.key for token in tokens if token.start >= period.end), "")
    return behind not in language("schemes")["plan"]["goes_on"] and (
        first == 0 or (first > 0 and tokens[first - 1].text == ".")
    )


def _continues_title(view: View, index: int) -> bool:
    """Whether what follows a comma still belongs to a scheme's title (``định hướng đến …``)."""
    return view.key(index) in language("schemes")["title_continues"]


def _scheme_before(view: View, at: int, *, through_quotes: bool) -> bool:
    """Whether the words from a scheme's noun to ``at`` are its title still."""
    nouns, ends = _schemes()
    tokens = view.tokens
    for index in range(at - 1, max(at - _TITLE_REACH, -1), -1):
        text = tokens[index].text
        if text in ".;:" or (text == "(" and not through_quotes):
            return False
        if text == "," and not through_quotes and not _continues_title(view, index + 1):
            return False
        if not through_quotes and ends.longest(tokens, index) is not None:
            return False
        if nouns.longest(tokens, index) is not None:
            return True
    return False


def period_of(reading: Reading, own: list[Period], inherited: str | None) -> tuple[str | None, bool]:
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
    behind = [p for p in own if quantity.end <= p.start < limit]
    if behind and not _parted(reading.view, quantity.end, behind[0].start):
        return behind[0].iso, False
    return inherited, inherited is not None


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
