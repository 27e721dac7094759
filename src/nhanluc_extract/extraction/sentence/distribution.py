"""Distributive numbers: so many for each of something."""

from __future__ import annotations

from bisect import bisect_left

from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View

_NEAREST = 3  # words of distribution before a number that may say for each of what it is
_TOO = 3  # tokens from *cũng* to the number that any of them has


def per_of(reading: Reading) -> str | None:
    """Per what a number is given (``mỗi xã 1 tổ``, ``7.500 người/năm``); None for a total."""
    if reading.quantity.kind == "percent":
        return None
    return (
        _behind(reading)
        or _of_one_team(reading)
        or _before(reading)
        or _alike(reading)
        or _of_any(reading)
        or _yearly(reading)
    )


def per_of_any(reading: Reading) -> str | None:
    """``Tổ ấp tối thiểu 5 thành viên, tối đa 9``: what a team without number or name has at least or most.

    Or a course (``lớp học trực tiếp không quá 35 người``) at most.
    """
    view, first = reading.view, reading.quantity.first
    before = [t for t in view.between(0, first) if view.same_clause(t.first, reading.hedge_first)]
    families = ("team", "course") if reading.quantity.qualifier == "at_most" else ("team",)
    team = next((t for t in reversed(before) if t.word.family in families), None)
    if team is None or reading.family != "people":
        return None
    between = range(team.last, reading.hedge_first)
    counted = team.first - 1 in view.quantity_at
    named = any(m.first < reading.hedge_first and team.first < m.last and not m.again for m in view.mentions)
    bounded = (q for i in between if (q := view.quantity_at.get(i)) is not None)
    alone = all(q.qualifier in ("at_least", "at_most") for q in bounded)
    acts = any(t.word.kind == "verb" and not t.word.weak for t in view.between(team.last, first))
    return None if counted or named or acts or not alone else team.word.per


def _behind(reading: Reading) -> str | None:
    view, (start, end) = reading.view, reading.span
    start = max([start, *(t.last for t in reading.counted if start <= t.first < end)])
    if reading.family == "people" and (one := one_behind(view, start)) is not None:
        return one.word.per
    for index in range(start, min(end + 3, len(view.tokens) - 1)):
        if view.tokens[index].text in ";.,(":
            return None  # "204 công chức (mỗi xã 02 người)": said of the number in the bracket
        if index in view.quantity_at and view.quantity_at[index].is_candidate:
            return None
        if index >= end and view.key(index) in linking("conjunctions"):
            return None  # "4.000 thành viên và mỗi xã 3 lớp"
        each = phrases("each").longest(view.tokens, index)
        slash = view.tokens[index].text == "/"
        if not slash and (each is None or not _is_each(reading, index)):
            continue
        among = view.key(index) in linking("in_turn") and view.key(index - 1) in linking("located")
        if among or view.key(index - 1) in linking("as_far_as"):
            continue
        found = view.term_at.get(index + 1 if slash or each is None else each[0])
        if found is not None and found.word.per:
            return found.word.per
        if view.key(index + 1 if slash or each is None else each[0]) in linking("year"):
            return "year"
    return None


def _of_one_team(reading: Reading) -> str | None:
    """``mỗi xã lập một đội hình từ 10 đến 15 bạn``: so many for each team, whatever these are for."""
    view = reading.view
    team = view.ending_at(reading.hedge_first)
    if reading.family != "people" or team is None or team.word.family != "team":
        return None
    one = view.quantity_at.get(team.first - 1)
    start = view.mark_before(";:.", team.first) + 1
    each = one is not None and one.value == 1 and view.begins_in(phrases("each"), start, team.first)
    return team.word.per if each else None


def is_of_each_person(reading: Reading) -> bool:
    """``mỗi giảng viên phụ trách 36 sinh viên``: how many one person has is no count."""
    view, first = reading.view, reading.hedge_first
    begun = view.begun(phrases("each"))
    last = bisect_left(begun, first)
    for index in reversed(begun[max(last - _NEAREST, 0) : last]):
        each = phrases("each").longest(view.tokens, index)
        if each is None or each[0] > first or not _is_each(reading, index):
            continue
        one = view.term_at.get(each[0])
        people = one is not None and (one.word.family, one.word.per) == ("people", None)
        own = view.candidate_before(first) < index and view.same_clause(index, first)
        return people and own
    return False


def one_behind(view: View, index: int) -> Term | None:
    """``7 người một tổ``: what a number right before is given for one of."""
    one = view.quantity_at.get(index)
    if one is None or one.first != index or not (one.in_words and one.value == 1):
        return None
    term = view.term_at.get(one.last)
    return term if term is not None and term.word.per is not None else None


def _has_own_predicate(reading: Reading, start: int) -> bool:
    """``mỗi lớp kéo dài hai ngày, có 1.260 học viên``: the number stands in another clause."""
    view, measured = reading.view, False
    for index in range(start, reading.hedge_first):
        owner = view.quantity_at.get(index)
        measured = measured or (owner is not None and owner.kind == "duration")
        if view.tokens[index].text == "," and measured:
            return True
    return False


def _has_own_subject(reading: Reading, start: int) -> bool:
    """``để mỗi xã có đủ người, tỉnh cần 40 biên chế``: behind a comma a place counts for itself."""
    view, first = reading.view, reading.quantity.first
    comma = view.mark_from(",", end_of_bodies(view, start))
    return any(mention.again for mention in view.mentions_in(comma + 1, first))


def _closes_earlier_count(reading: Reading, index: int) -> bool:
    """``1.000 lượt mỗi năm, đồng thời cần 40 người``: the year is that of the number before it."""
    view = reading.view
    conjunctions = linking("conjunctions")
    if any(view.key(i) in conjunctions for i in (index - 1, index - 3)):
        return False
    behind = view.has_mark(",", index, reading.hedge_first) or not view.same_clause(
        index, reading.hedge_first
    )
    for before in range(index - 1, -1, -1):
        if view.tokens[before].text in ",;.:(":
            return False
        if before in view.quantity_at and view.quantity_at[before].kind != "date":
            return behind
    return False


def joined_to(reading: Reading, before: Reading) -> bool:
    """Whether ``và`` joins a number to the one before it under one yearly verb.

    Courses and those for whom they are (``mỗi năm mở 30 khóa cho 1.500 lượt nhân viên``) are one statement.
    """
    view = reading.view
    conjunctions = linking("conjunctions")
    if before.view is not view or before.parent is not None:
        return False
    if (before.family, reading.family) == ("course", "people"):
        for_them = view.key(reading.hedge_first - 1) in linking("beneficiary")
        return for_them and view.same_clause(before.quantity.first, reading.quantity.first)
    if before.family != reading.family:
        return False
    gap = view.tokens[before.span[1] : reading.hedge_first]
    return any(token.key in conjunctions for token in gap) and not any(token.text in ",;:." for token in gap)


def _is_each(reading: Reading, index: int) -> bool:
    return reading.view.key(index) in linking("strictly_each")


def _before(reading: Reading) -> str | None:
    view, first = reading.view, reading.quantity.first
    for index in range(first - 1, -1, -1):
        token = view.tokens[index]
        if token.text in ";.()" or (token.text == ":" and not _is_label_of_each(reading, index)):
            return None
        owner = view.quantity_at.get(index)
        if owner is not None and owner.is_candidate and _ends_list(reading, index):
            return None
        each = phrases("each").longest(view.tokens, index)
        if each is None or not _is_each(reading, index) or each[0] > first:
            continue
        if view.key(index - 1) in linking("until"):
            continue  # "đến từng hộ, hỗ trợ 96.000 lượt người"
        if _has_own_predicate(reading, each[0]) or _closes_earlier_count(reading, index):
            return None
        # "mỗi huyện còn lập một đội": right behind the bodies it opens no clause
        behind = range(end_of_bodies(view, each[0]) + 1, first)
        if any(phrases("new_clause").longest(view.tokens, i) for i in behind):
            return None
        if _has_own_subject(reading, each[0]):
            return None
        if view.key(each[0]) in linking("year"):
            return "year"
        term = view.term_at.get(each[0])
        if term is not None and term.word.per:
            return _joined_bodies(reading, each[0]) or term.word.per
        return None
    return None


def _is_label_of_each(reading: Reading, colon: int) -> bool:
    """``mỗi xã, phường: 2 tổ``, not ``tính riêng từng nơi thì cách xa: huyện A 410 người``."""
    each = reading.view.begun(phrases("each"))
    starts = (
        hit[0] for at in each if at < colon and (hit := phrases("each").longest(reading.view.tokens, at))
    )
    return any(end_of_bodies(reading.view, start) == colon for start in starts)


def _ends_list(reading: Reading, index: int) -> bool:
    """A number between ``mỗi`` and ours takes the distribution for itself unless both share it."""
    gap = reading.view.tokens[index + 1 : reading.quantity.first]
    if reading.view.key(index + 1) == "," and index + 2 == reading.hedge_first:
        return False  # "mỗi tổ tối thiểu 5, tối đa 7 thành viên"
    return any(token.text == "," for token in gap) or len(gap) > 6


def _joined_bodies(reading: Reading, index: int) -> str | None:
    """``mỗi sở, huyện, xã``: bodies of several levels are organisations together."""
    view, last = reading.view, end_of_bodies(reading.view, index)
    pers = {term.word.per for term in view.between(index, last)}
    return "organisation" if len(pers) > 1 else None


def end_of_bodies(view: View, index: int) -> int:
    """Where the coordination of bodies ends that begins at a token."""
    first = view.term_at.get(index)
    if first is None or first.word.per is None:
        return index
    last = first.last
    while view.key(last) in linking("joins") and (term := view.term_at.get(last + 1)) is not None:
        if term.word.per is None or term.word.family != first.word.family:
            break
        last = term.last
    return last


def _alike(reading: Reading) -> str | None:
    view, first = reading.view, reading.quantity.first
    for index in range(first - 1, -1, -1):
        if view.tokens[index].text in ";:" or index in view.quantity_at:
            return None
        if view.key(index) == "," and first - index > 1:
            return None
        if view.key(index) not in linking("all_alike") or view.key(index + 1) in linking("steadily"):
            continue
        pers = {t.word.per for t in view.between(0, index) if t.is_a("body") and t.word.per}
        return pers.pop() if len(pers) == 1 else "organisation" if pers else None
    return None


def _of_any(reading: Reading) -> str | None:
    """``lớp nào cũng có từ 25 đến 30 chị em``: what any of them has, each of them has."""
    view, first = reading.view, reading.hedge_first
    if linking("too").isdisjoint(view.key(i) for i in range(max(first - _TOO, 0), first)):
        return None
    for at in range(first - 1, 0, -1):
        if view.tokens[at].text in ",;:.":
            return None
        if view.key(at) in linking("any_of_them"):
            named = [t for t in view.between(0, at) if t.word.per is not None]
            return named[-1].word.per if named and view.same_clause(named[-1].first, at) else None
    return None


def _yearly(reading: Reading) -> str | None:
    view, first = reading.view, reading.quantity.first
    parted = max(view.mark_before(";", first), view.candidate_before(first))
    for term in reversed(view.between(parted + 1, first)):
        if term.is_a("per_year"):
            return None if _closes_earlier_count(reading, term.first) else "year"
    return None
