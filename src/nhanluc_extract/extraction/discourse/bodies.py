"""Schools and firms that have a field by their kind, where a bare word takes them up again."""

from __future__ import annotations

from collections.abc import Callable

from nhanluc_extract.extraction.discourse.evidence import Around, any_of
from nhanluc_extract.extraction.sentence.firms import subject_clause
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.words import keys

_UNNAMED = frozenset({"faculty", "school_again"})  # classes of words that take a school up again


def is_of_body_of_ours(around: Around, classes: frozenset[str]) -> bool:
    """Whether a count is that of a body named before, and all that this does is of ``classes``."""
    return _is_of_school(around, classes) or _is_of_firm(around, classes)


def _is_of_school(around: Around, classes: frozenset[str]) -> bool:
    """``Trường Đại học Công nghệ thông tin …. Trường có 9.000 sinh viên``: one that teaches nothing else.

    A faculty is none: ``trường có 3.900 sinh viên, riêng khoa công nghệ thông tin 655``.
    """
    view, first = around.reading.view, around.reading.quantity.first
    # "Khoa đã đào tạo 1.870 kỹ sư; hiện có 1.215 sinh viên"
    told = (*around.clause, *view.between(view.clause_starts[subject_clause(view, first)], first))
    again = {term for term in told if _takes_school_up(around.reading, term)}
    ours = any(term.is_a("we") for term in again)  # "chúng tôi": of a school or of a faculty
    faculty = any(term.is_a("faculty") for term in again)

    def is_named(term: Term) -> bool:
        alike = ours or term.is_a("faculty") is faculty
        return term.is_a("schools") and alike and term.word.name not in _UNNAMED

    return bool(again) and any_of(_named_last(around, is_named), classes)


def _is_of_firm(around: Around, classes: frozenset[str]) -> bool:
    """``Công ty phần mềm A ra đời năm 2010. Công ty hiện có 450 nhân sự``: of an industry that is ours."""
    reading, view = around.reading, around.reading.view
    employed = any(term.is_a("workers", "manpower", "technical") for term in reading.counted)
    before = (t for t in around.clause if t.first < reading.quantity.first and view.term_at.get(t.first) is t)
    again = any(term.is_a("firm_again", "we") or _is_one_firm(view, term) for term in before)
    return employed and again and any_of(_named_last(around, lambda term: term.is_a("firms")), classes)


def _is_one_firm(view: View, term: Term) -> bool:
    """``Năm 2021, doanh nghiệp có 145 nhân viên``: not *các doanh nghiệp*."""
    acts = term.is_a("enterprises") and view.key(term.last) in keys("names", "predicates")
    return (
        acts
        and not view.is_number(term.first - 1)
        and view.key(term.first - 1) not in keys("types", "plurals")
    )


def _named_last(around: Around, is_named: Callable[[Term], bool]) -> list[Term]:
    """The bodies that its sentence names before a count, or the last before it that names any."""
    own = [term for term in around.reading.view.terms if term.first < around.reading.quantity.first]
    told = (said.terms for said in (*around.before.sentences, around.before.opening))
    return next((named for terms in (own, *told) if (named := list(filter(is_named, terms)))), [])


def _takes_school_up(reading: Reading, term: Term) -> bool:
    """``Năm 2024, trường tuyển 2.350 sinh viên``: a school without its name."""
    view, first = reading.view, reading.quantity.first
    if term.first >= first or view.term_at.get(term.first) is not term:
        return False
    # "Khoa hiện có 1.900 sinh viên", "Hiện Khoa có …", but: "anh Khoa", "Nguyễn Văn Khoa"
    opens = term.first == 0 or any(o.last == term.first for o in view.operators("today"))
    bare = term.is_a("schools") and (opens or not view.tokens[term.first].text[0].isupper())
    return term.is_a("school_again", "we") or (bare and not view.tokens[term.last].text[0].isupper())
