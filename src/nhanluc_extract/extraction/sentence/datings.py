"""The periods of a sentence that date its statements."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.operators import Operator
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import Period
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, is_quote

_DAY = 10  # characters of one
_LONGEST_CODE = 10  # tokens of a document's number (``1187/STTTT-CĐS``)
_LONGEST_PLAN = 5  # syllables of the words for a plan (theo dự thảo kế hoạch)


@cache
def _plans() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("schemes")["plan"]["nouns"])


def governing_periods(view: View) -> list[Period]:
    """Periods of a sentence that date its statements: those in titles of schemes do not."""
    dated = [period for period in view.sentence.periods if period.iso]
    titles = view.operators("title") if dated else []
    return [period for period in dated if not _in_title(view, period, titles)]


def period_told(view: View, periods: Sequence[Period]) -> str | None:
    """The period that a sentence goes on to speak of, which is none of a comparison.

    Of several the one nearest before its first count, as that takes it itself, else the first.
    """
    compared = [o for o in view.operators("date") if o.value == "compared"] if periods else []
    told = [p for p in periods if not any(o.governs(view.token_from(p.start)) for o in compared)]
    first = next((q.start for q in view.sentence.quantities if q.is_candidate), 0) if told else 0
    before = [period.iso for period in told if period.end <= first]
    return before[-1] if before else next((period.iso for period in told), None)


def _in_title(view: View, period: Period, titles: Sequence[Operator]) -> bool:
    tokens = view.tokens
    at = view.token_from(period.start)
    if _is_of_document(view, period, at):
        return True
    if at > 0 and tokens[at - 1].text == ",":
        return False
    if _is_plan_of_year(view, period, at):
        return False
    return any(title.governs(at) for title in titles)


def _is_of_document(view: View, period: Period, at: int) -> bool:
    """``Văn bản số 1187/STTTT-CĐS (ngày 12/9/2023)``: the day of a document, behind its number."""
    if at > 0 and (view.tokens[at].text == "(" or view.tokens[at - 1].text in "(,"):
        if len(period.iso or "") != _DAY:
            return False
        at -= view.tokens[at].text != "("
    code = view.tokens[max(at - _LONGEST_CODE, 0) : at]
    number = next((i for i, token in enumerate(code) if token.text == "/"), 0)
    signed = (
        bool(code)
        and code[-1].text.isupper()
        and all(t.text.isupper() or t.text in "/-&" for t in code[number:])
    )
    return number > 0 and code[number - 1].text[0].isdecimal() and signed


def _is_plan_of_year(view: View, period: Period, at: int) -> bool:
    """``Kế hoạch năm 2023 đặt ra``, ``ông cho hay theo kế hoạch năm 2023, …``: what is said is of then."""
    tokens = view.tokens
    found = ((i, _plans().longest(tokens, i)) for i in range(max(at - _LONGEST_PLAN, 0), at))
    opens = [i for i, plan_end in found if plan_end is not None and plan_end[0] == at]
    first = opens[0] if opens else -1
    behind = view.key(view.token_from(period.end))
    opened = first > 0 and (tokens[first - 1].text == "." or is_quote(tokens[first - 1]))
    opened = opened or (first > 0 and tokens[first - 1].key in language("schemes")["plan"]["said"])
    opened = opened or (first > 0 and behind in linking("copula"))  # "về đào tạo, kế hoạch năm 2024 là …"
    return behind not in language("schemes")["plan"]["goes_on"] and (first == 0 or opened)
