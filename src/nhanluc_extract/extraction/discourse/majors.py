"""Majors of study: lists of them, and counts over several."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nhanluc_extract.extraction.discourse.evidence import any_of
from nhanluc_extract.extraction.sentence.connectors import linking, majors, phrases
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language

_REACH = 6  # tokens behind a noun in which its majors stand


@cache
def subject_words(name: str) -> frozenset[str]:
    """Words around subjects, by the name under which they are listed."""
    return frozenset(fold(word) for word in language("subjects")[name])


def counts_majors(reading: Reading, classes: frozenset[str]) -> bool:
    """``900 sinh viên cho bảy ngành``: a total over several majors, unless they are named as ours.

    Those of a school that teaches nothing else are ours (``Khoa CNTT tuyển 350 chỉ tiêu với 4 ngành``).
    """
    view, first, last = reading.view, reading.quantity.first, reading.quantity.last
    before = (t for t in view.terms if t.first < first and view.same_clause(t.first, first))
    schools = [term for term in before if term.is_a("schools")]
    if schools and not schools[-1].classes.isdisjoint(classes):
        return False
    near = range(last + 1, min(last + _REACH, len(view.tokens)))
    behind = [
        q.last for i in near if (q := view.quantity_at.get(i)) is not None and view.same_clause(i, last - 1)
    ]
    return any(view.key(i) in subject_words("fields") and not _are_ours(view, i + 1, classes) for i in behind)


def are_of_other_major(reading: Reading, classes: frozenset[str]) -> bool:
    """``5 người ngành Toán học``: the major right behind the noun is none of ours."""
    view, last = reading.view, _behind_noun(reading)
    return view.key(last) in majors() and not _are_ours(view, last + 1, classes)


def are_parted_by_major(reading: Reading, classes: frozenset[str]) -> bool:
    """``1.600 chỉ tiêu, trong đó ngành công nghệ thông tin 250``: only a part of them is ours."""
    if not any(t.is_a("quota", "student_noun", "degree_word") for t in reading.counted):
        return False
    view, last = reading.view, reading.quantity.last
    parts = next((i for i in view.begun(phrases("parts_behind")) if i >= last), len(view.tokens))
    ours = (t for t in view.between(parts, len(view.tokens)) if any_of([t], classes))
    return any(t.is_a("faculty") or _is_major(view, t) for t in ours)


def _is_major(view: View, term: Term) -> bool:
    """``ngành công nghệ thông tin``, not ``15.000 người ở khâu thiết kế``."""
    return not subject_words("fields").isdisjoint({view.key(term.first - 1), view.key(term.first)})


def _behind_noun(reading: Reading) -> int:
    last = reading.quantity.last
    return max([last, *(t.last for t in reading.counted if t.first >= last)])


def are_of_another_count(reading: Reading, named: Sequence[Term]) -> bool:
    """``150 chỉ tiêu nữ, 50 chỉ tiêu ngành A``: whether other counts have all of ``named``."""
    view, own = reading.view, reading.quantity.first
    joined = reading.joined_to if view.key(_behind_noun(reading)) not in linking("beneficiary") else None
    shared = joined.quantity.first if joined is not None else own
    return all(
        view.term_at.get(major.first) is major
        and (count := view.candidate_before(major.first)) >= 0
        and view.quantity_at[count].first not in (own, shared)
        and not view.has_mark(",;:()", count, major.first)
        and any(t.is_a("quota", "student_noun") for t in view.between(count + 1, major.first))
        for major in named
    )


def _are_ours(view: View, index: int, classes: frozenset[str]) -> bool:
    """``hai ngành trí tuệ nhân tạo và …``, ``hai ngành này``: whether the majors are of ours."""
    again = view.key(index) in linking("again_words")
    term = view.term_over(index)
    return again or (term is not None and not term.classes.isdisjoint(classes))


def lists_other(view: View, named: Sequence[Term], classes: frozenset[str]) -> bool:
    """Whether one of the majors ``named`` stands in a list with others."""
    return any(
        _lists_other_major(view, term, classes) for term in named if view.term_at.get(term.first) is term
    )


def _lists_other_major(view: View, major: Term, classes: frozenset[str]) -> bool:
    """``các ngành công nghệ thông tin, kế toán``: whether as many others stand in the list of majors."""
    before = _items_before(view, major)
    opened = before[0][0] if before else major.first
    openers = subject_words("fields") | (subject_words("list_openers") if before else frozenset(":"))
    near = range(max(opened - 1, 0), opened + 1)
    if openers.isdisjoint(view.key(i) for i in near if not _is_in_word(view, i)):
        return False
    ours = 1 + sum(token.text == "," for token in view.tokens[major.first : major.last])
    others, index = 0, major.last
    for first, last in before:
        named = (term for i in range(first, last) if (term := view.term_over(i)) is not None)
        known = any_of(named, classes)
        ours, others = ours + known, others + (not known)
    while index < len(view.tokens) and view.same_clause(index, major.first):
        token = view.tokens[index]
        if token.text == "," or token.key in linking("conjunctions"):
            item = _item(view, index + 1)
            if item is None:
                break
            ours, others = (ours + 1, others) if any_of(item, classes) else (ours, others + 1)
        elif not token.text[0].isalpha() or index in view.quantity_at:
            break
        index += 1
    return others >= ours


def _is_in_word(view: View, index: int) -> bool:
    """``khoa học công nghệ``: whether a token is but the first syllable of a longer word."""
    term = view.term_over(index)
    return term is not None and term.last > index + 1


def _items_before(view: View, major: Term) -> list[tuple[int, int]]:
    """Token ranges of the items that stand before ``major`` in its list, in text order."""
    items: list[tuple[int, int]] = []
    end = major.first
    while view.key(end - 1) == "," or view.key(end - 1) in linking("conjunctions"):
        first = last = end - 1
        while first > 0 and _is_in_item(view, first - 1) and last - first < _REACH:
            first -= 1
        if first == last or any(t.word.kind == "verb" or t.word.family for t in view.between(first, last)):
            break
        items.insert(0, (first, last))
        end = first
    return items


def _is_in_item(view: View, index: int) -> bool:
    token = view.tokens[index]
    ends = linking("conjunctions") | subject_words("list_openers") | subject_words("fields")
    return token.text[0].isalpha() and token.key not in ends and index not in view.quantity_at


def _item(view: View, first: int) -> list[Term] | None:
    """Terms of the short item of a list that begins at token ``first``; None where none does."""
    last = first
    while last < len(view.tokens) and view.tokens[last].text[0].isalpha():
        if view.tokens[last].key in linking("conjunctions") or last in view.quantity_at:
            break
        last += 1
    terms = [t for i in range(first, last) if (t := view.term_at.get(i)) is not None]
    plain = all(t.word.kind != "verb" and t.word.family is None for t in terms)
    return terms if plain and last not in view.quantity_at and 0 < last - first <= _REACH else None
