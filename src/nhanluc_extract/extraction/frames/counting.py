"""Whether a number says how many there are, of whatever it counts."""

from __future__ import annotations

from decimal import Decimal

from nhanluc_extract.extraction.discourse.predication import is_stated
from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.distribution import is_of_each_person, one_behind, per_of
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import merged

_WHOLE = Decimal(100)  # percent
_DENIED_WITHIN = 8  # tokens from bodies to what is denied of them
_FEW = 10  # people whom a text may know as persons
_TENTHS = 10  # the largest denominator of a fraction
_PEOPLE = Decimal(10**8)  # no more than live in the country


def is_count(reading: Reading) -> bool:
    """Whether a number says how many there are, of whatever it counts."""
    if reading.is_whole or not _is_possible(reading) or not is_stated(reading):
        return False
    if reading.family == "people" and reading.quantity.of is not None and reading.quantity.of <= _TENTHS:
        return False  # "1/3 học viên"
    known = _is_definite(reading) or _is_article(reading) or _is_lack_of_bodies(reading)
    known = (
        known
        or _is_share_by_sex_or_age(reading)
        or _is_possessor(reading)
        or _is_asked_of_each(reading)
        or _is_size_of_bodies(reading)
        or _is_denied(reading)
        or _have_too_few(reading)
        or is_of_each_person(reading)
    )
    return not (known or _is_increment(reading) or _is_permission(reading))


def _is_possible(reading: Reading) -> bool:
    """People, teams, courses and bodies come in whole numbers: a mean counts none; a share ends at 100."""
    quantity = reading.quantity
    ends = (quantity.value, quantity.high, quantity.of)
    if quantity.kind == "percent":
        return all(end is None or end <= _WHOLE for end in ends[:2])
    if reading.family == "people" and quantity.value > _PEOPLE:
        return False  # "8 tỷ lập trình viên"
    whole = all(end is None or end.as_tuple().exponent == 0 for end in ends)  # not "52,0"
    return whole or (per_of(reading) or "")[:1].isdigit()  # "10,5 bác sĩ/vạn dân": a rate


def _is_definite(reading: Reading) -> bool:
    """``bốn sinh viên đều …``, ``ba bạn còn lại``: a few people in words that the text knows already."""
    few = reading.quantity.in_words and reading.quantity.value <= _FEW
    if not few or reading.family != "people" or reading.parent is not None or reading.in_list:
        return False
    tokens, last = reading.view.tokens, max(t.last for t in reading.counted)
    return last < len(tokens) and phrases("definite").longest(tokens, last) is not None


def _is_share_by_sex_or_age(reading: Reading) -> bool:
    """``2.200 kỹ sư, trong đó 40% là nữ``, ``gần 55% ở độ tuổi 20-29``: by what is no dimension of ours."""
    if reading.quantity.kind != "percent":
        return False
    before = reading.view.phrase_before(phrases("of_sex"), reading.hedge_first)
    behind = phrases("sex_or_age").longest(reading.view.tokens, reading.quantity.last)
    return before is not None or behind is not None


def _is_lack_of_bodies(reading: Reading) -> bool:
    """``12 xã không có ai biết lập trình``: the bodies are counted, not the people they lack."""
    view, zero = reading.view, reading.quantity
    if zero.kind != "zero":
        return False
    before = (q for q in view.sentence.quantities if q.last <= zero.first and view.counts_at(q.first))
    opens = view.key(view.clause_starts[view.clauses[zero.first]])
    turned = opens in linking("turns")  # "sáu ấp ven biển thì chưa có tổ nào"
    bodies = (q for q in before if turned or view.same_clause(q.first, zero.first))
    return any(view.term_at[q.last].word.family == "body" for q in bodies)


def _is_denied(reading: Reading) -> bool:
    """``4 thôn chưa thành lập được tổ``: bodies of which something is denied that is no lack of people."""
    view, (_, end) = reading.view, reading.span
    if reading.family != "body":
        return False
    first = max(term.last for term in reading.counted)
    for index in range(first, min(first + _DENIED_WITHIN, end)):
        term = view.term_over(index)
        if term is not None and (term.is_a("lacks", "have") or term.word.kind == "verb"):
            return False
        if view.key(index) in linking("negations") and not view.in_bracket(index):
            return True
    return False


def _have_too_few(reading: Reading) -> bool:
    """``Cả 45 xã chỉ có 17 công chức``: not all of the bodies can have one."""
    had = reading.object
    bodies = reading.family == "body" and reading.quantity.kind == "count"
    return bodies and had is not None and 1 < had.quantity.value < reading.quantity.value


def _is_asked_of_each(reading: Reading) -> bool:
    """``cán bộ hoàn thành ít nhất một khóa học``: a condition on each of them."""
    attended = reading.view.key(reading.hedge_first - 1) in linking("attending")
    single = reading.quantity.value == 1 and reading.quantity.qualifier == "at_least"
    return reading.family == "course" and attended and single


def _is_size_of_bodies(reading: Reading) -> bool:
    """``các doanh nghiệp dưới 100 lao động``, ``những công ty có quy mô 200-500 người``: which are meant."""
    view, first = reading.view, reading.hedge_first
    if reading.family != "people" or reading.quantity.qualifier not in ("under", "over", "range"):
        return False
    bodies = view.ending_at(first)
    if bodies is not None and bodies.is_a("enterprises"):
        return reading.quantity.qualifier != "range"
    size = next((i for i in reversed(view.begun(phrases("size"))) if i < first), -1)
    firms = [t for t in view.between(0, size) if t.is_a("enterprises", "firms", "firm_again")]
    apart = not firms or view.candidate_before(first) >= size or not view.same_clause(firms[-1].first, first)
    return not apart and view.key(firms[-1].first - 1) in linking("several")


def _is_possessor(reading: Reading) -> bool:
    """``mạng của 13 xã``, ``thí sinh đến từ 11 huyện``: bodies or firms that have something else."""
    bodies = reading.family == "body" or all(t.is_a("enterprises") for t in reading.counted)
    if not bodies or reading.quantity.kind != "count":
        return False
    view, first = reading.view, reading.hedge_first
    owns = view.key(first - 1) in linking("possessive")
    return owns or view.phrase_before(phrases("origins"), first) is not None


def _is_article(reading: Reading) -> bool:
    """``một`` is a count only before what is organised, set up, staffed or lacking, or for each."""
    quantity = reading.quantity
    if not quantity.in_words or quantity.value != 1:
        return False
    if quantity.hedge_start != quantity.start:
        return quantity.qualifier == "over"  # "154 máy trên một lao động"
    paid = (reading.view.quantity_at.get(quantity.first - back) for back in (1, 2))
    if any(other is not None and other.kind == "money" for other in paid):
        return True  # "40 triệu đồng một người"
    before = reading.view.ending_at(quantity.first)
    if before is not None and before.word.family == "people" and reading.view.is_number(before.first - 1):
        return one_behind(reading.view, quantity.first) is not None  # "7 người một tổ"
    if per_of(reading) is not None or quantity.kind == "zero" or reading.parent is not None:
        return False
    if reading.in_list:
        return False
    if reading.family == "body" or any(term.is_a("collective") for term in reading.counted):
        return True
    exists = reading.view.key(quantity.first - 1) in linking("exists")
    if exists and "duty" in merged(term.classes for term in reading.phrase_terms):
        return False
    view = reading.view
    return not any(
        term.is_a("holds", "set_up", "assigns", "recruits", "needs", "lacks")
        for term in (reading.trigger if reading.family == "course" else reading.verb)
        if view.term_at.get(term.first) is term and view.same_clause(term.first, quantity.first)
    )


def _is_increment(reading: Reading) -> bool:
    """``tăng 80``, ``tăng trưởng từ 6 - 10%``: a difference, not a level."""
    view, quantity = reading.view, reading.quantity
    place = next((m for m in view.mentions if m.last == reading.hedge_first), None)  # "hơn tỉnh A 3 tổ"
    first = reading.hedge_first if place is None else place.first
    if (
        quantity.kind == "percent"
        and quantity.high is not None
        and view.key(first - 1) in linking("from_word")
    ):
        first -= 1
    edge = range(first, quantity.first + 1)
    behind = max((quantity.last, *(term.last for term in reading.counted)))
    compared = view.key(behind) in linking("than")
    if compared and view.key(first - 1) in linking("added"):
        return True
    # "tăng 23 tổ và 165 người": the second is one as well
    noun = view.ending_at(first - 1) if view.key(first - 1) in linking("joins") else None
    other = view.quantity_at.get(noun.first - 1) if noun is not None else None
    changed = [*edge, other.first] if other is not None else edge
    return any(o.governs(index) for o in view.operators("change") for index in changed)


def _is_permission(reading: Reading) -> bool:
    """``mỗi thôn có thể thành lập 1 tổ``, ``10 bạn có thể vào làm``: what may be is not counted.

    ``55.000 sinh viên ra trường có thể làm việc``: those who do something else first are, and so are those
    who are there (``công ty có 120 kỹ sư có thể thiết kế chip``).
    """
    view, first = reading.view, reading.quantity.first
    if any(t.is_a("needs", "lacks") for t in reading.trigger):
        return False  # "con số thiếu hụt có thể lên tới 190.000 người"
    near = (*reading.item_terms, *reading.phrase_terms)
    have = view.ending_at(reading.hedge_first)
    if have is not None and have.is_a("have"):
        near = tuple(t for t in near if t.first < first)
    may = [t for t in near if t.is_a("permissions") and view.same_clause(t.first, first)]
    acts = (t.first for t in reading.phrase_terms if t.word.kind == "verb" and not t.word.weak)
    done = next((at for at in acts if at > reading.quantity.last), len(view.tokens))
    return any(term.first < done for term in may)
