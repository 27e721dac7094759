"""What training, work or study is about: ours, another, or one that no lexicon knows."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from nhanluc_extract.extraction.discourse.bodies import is_of_body_of_ours
from nhanluc_extract.extraction.discourse.evidence import Around, Evidence, any_of
from nhanluc_extract.extraction.discourse.majors import (
    are_of_another_count,
    are_of_other_major,
    are_parted_by_major,
    counts_majors,
    lists_other,
    subject_words,
)
from nhanluc_extract.extraction.sentence.connectors import joined, linking, phrases, respectively_at
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.words import keys

# "đào tạo 200 kỹ thuật viên khuôn mẫu": in what they are trained stands behind their title.
_TRAINS = frozenset({"train"})
_REACH = 6  # tokens behind a verb or noun in which its own subject stands


def _is_mixed(view: View, terms: Sequence[Term], classes: frozenset[str]) -> bool:
    """``tin học và ngoại ngữ 447 người``: a count of ours and of others together."""
    own = [t for t in terms if not t.classes.isdisjoint(classes) and view.term_at.get(t.first) is t]
    other = [t for t in terms if t.is_a("other_subject") and t.classes.isdisjoint(classes)]
    pairs = (sorted((a, b), key=attrgetter("first")) for a in own for b in other)
    return any(joined(view, one.last, two.first) for one, two in pairs) or lists_other(view, own, classes)


def words_of_no_subject() -> frozenset[str]:
    """Words behind a noun that say nothing of what it is about."""
    return subject_words("neutral") | subject_words("ends") | subject_words("marks")


def field_evidence(around: Around, classes: frozenset[str]) -> Evidence | None:
    """Where the nearest subject of a count is named, if it is one of ``classes``.

    A subject of its own, even one that no lexicon knows, hides what is named farther away.
    """
    if not around.at(Evidence.phrase).classes.isdisjoint(classes):
        return None if _is_mixed(around.reading.view, around.phrase, classes) else Evidence.phrase
    row = around.reading.noun.is_row and not around.reading.noun.column
    if around.reading.is_denominator:
        return None  # "nhân lực CNTT chiếm 1,4% trong 53 triệu lao động"
    if row or is_item_of_other(around.reading, classes) or is_for_other(around.reading):
        return None
    if any(t.is_a("all_majors") for t in around.phrase):
        return None
    told = [t for t in around.complement if not t.classes.isdisjoint(classes)]
    if told and not are_of_another_count(around.reading, told):
        mixed = _is_mixed(around.reading.view, around.complement, classes)
        return None if mixed else Evidence.clause
    if around.reading.family == "course" and any_of(around.shared, classes):
        return Evidence.phrase  # "6 lớp cho 780 công chức về an toàn thông tin"
    if has_own_subject(around, classes):
        return None
    at = around.narrowest(classes, Evidence.article)
    own = [t for t in around.named(classes, Evidence.clause) if not t.classes.isdisjoint(classes)]
    if at is Evidence.clause and (
        lists_other(around.reading.view, own, classes) or (own and are_of_another_count(around.reading, own))
    ):
        return None
    again = "field_again" in around.clause_classes
    far = at is None or at > Evidence.list
    if far and are_parted_by_major(around.reading, classes):
        return None
    if far and is_of_body_of_ours(around, classes):
        return Evidence.clause
    if far and _is_told_behind(around, classes):
        return Evidence.list
    return Evidence.list if at in (Evidence.sentence, Evidence.paragraph) and again else at


def _is_told_behind(around: Around, classes: frozenset[str]) -> bool:
    """``hỗ trợ 300 người dân làm thủ tục, cài đặt VNeID``: with what else people are helped."""
    reading, view = around.reading, around.reading.view
    if not any(t.is_a("guide") for t in reading.verb) or reading.family != "people":
        return False
    first, stop = reading.quantity.last, view.mark_from(";", reading.quantity.last)
    end = next((i for i in range(first, stop) if view.counts_at(i)), stop)
    return any_of(view.between(first, end), classes)


def has_own_subject(around: Around, classes: frozenset[str]) -> bool:
    """Whether the count, or what governs it, says itself what it is about, and it is none of ours."""
    reading, view = around.reading, around.reading.view
    if any(term.is_a("other_subject") for term in (*around.phrase, *around.complement)):
        return True
    if any(_opens_other_field(view, term) for term in around.phrase):
        # "FPT Software có 900 chuyên gia trong lĩnh vực công": for whom a firm of ours works
        return not any_of([term for term in around.clause if term.is_a("firms")], classes)
    other = "other_subject" in around.clause_classes
    before = [t for t in around.clause if t.first < reading.quantity.first] if other else []
    if any(t.is_a("other_subject") for t in before) and not any_of(before, classes):
        return True
    if counts_majors(reading, classes) or are_of_other_major(reading, classes):
        return True
    if _clause_is_of_other(view, reading.quantity.first, classes):
        return True
    heads = [*reading.counted, *(t for t in around.trigger if not t.word.weak)]
    direct = [t for t in heads if t.is_a("courses", "train", "joins", "lacks")] + _duties(around)
    if any(_is_over_body(view, duty) for duty in direct if duty.is_a("duty")):
        return True
    direct += [t for t in reading.counted if t.is_a("volunteer_teams", "course_people")]
    direct += [t for t in reading.counted if t.is_a("technical") and any_of(around.trigger, _TRAINS)]
    direct += _course_attended(around)
    direct = [t for t in direct if t.classes.isdisjoint(classes)]
    marked = [t for t in heads if t.is_a("learner", "manpower", "workers")]
    guides = [t for t in around.trigger if t.is_a("guide")]
    helped = guides and not (_are_of_team(around, guides, classes) or _is_told_behind(around, classes))
    if helped and _tells_other_end(reading, classes):
        return True
    return any(_says_subject(view, term, reading.hedge_first, classes, bare=True) for term in direct) or any(
        _says_subject(view, term, reading.hedge_first, classes, bare=False) for term in marked
    )


def _opens_other_field(view: View, term: Term) -> bool:
    """``50% lao động làm việc trong lĩnh vực nông nghiệp``: a field that no lexicon knows is none of ours."""
    if not term.is_a("field_words") or term.last >= len(view.tokens):
        return False
    named, token = view.term_over(term.last), view.tokens[term.last]
    empty = token.key in linking("functions") or token.key in words_of_no_subject()
    return named is None and not empty and token.text[0].isalpha()


def is_for_other(reading: Reading) -> bool:
    """``60 chỉ tiêu cho công nghệ thông tin, 60 cho khách sạn``: the second is for something else."""
    view, last = reading.view, reading.quantity.last
    if reading.source is None or view.key(last) not in linking("beneficiary"):
        return False
    if reading.parent is not None and reading.source.parent is reading.parent:
        return False  # "40.000 nhân lực, gồm 10.000 người cho thiết kế và 30.000 cho sản xuất"
    behind = view.tokens[last + 1] if last + 1 < len(view.tokens) else None
    if behind is None or not behind.text[0].isalpha():
        return False
    known = view.term_at.get(last + 1)
    return known is None or known.is_a("other_field", "other_subject")


def is_item_of_other(reading: Reading, classes: frozenset[str]) -> bool:
    """``công nghệ thông tin: 120 chỉ tiêu; kế toán: 100``: an item of a list says itself what it is about.

    A part of a total may be one of its schools (``trong đó Đại học Vinh 355``).
    """
    view, part = reading.view, reading.parent is not None
    if not (reading.in_list or reading.source is not None or part):
        return False
    told = [t for i in range(reading.left, reading.hedge_first) if (t := view.term_over(i)) is not None]
    if any_of(told, classes):
        return False
    faculties = (t for t in told if t.is_a("faculty") and not view.tokens[t.first - 1].text[0].isupper())
    if reading.in_list and any(faculties):
        return True  # "khoa Công nghệ thông tin có 168 em, khoa Cơ khí 203 em"
    if not any(t.is_a("quota", "student_noun", *(() if part else ("learner",))) for t in reading.counted):
        return False
    goals = (o for o in view.operators("status") if o.value == "target")
    goal = reading.quantity.kind == "percent" and any(o.first >= reading.left for o in goals)
    if goal or respectively_at(view, reading.hedge_first) is not None:
        return False  # "31% đã được tập huấn; ngành đặt mục tiêu nâng lên 40%"
    return any(_says_what(view, i, schools=not part) for i in range(reading.left, reading.hedge_first))


def _says_what(view: View, index: int, *, schools: bool) -> bool:
    """Whether token ``index`` is a word of its own: no place, no time, no empty or known word."""
    token = view.tokens[index]
    empty = token.key in linking("functions") or token.key in words_of_no_subject() | subject_words("fields")
    if empty or not token.text[0].isalpha():
        return False
    term, name = view.term_over(index), view.mention_at(index)
    if term is not None:
        return term.is_a("other_subject") or (schools and term.is_a("schools"))
    named = name is not None and not (schools and name.level == "organisation")
    return not named and not view.is_dated(index) and index not in view.quantity_at


def names_other_owner(reading: Reading) -> bool:
    """``…; nhà máy lốp X 210 người``: an unknown noun before a count of an item says whose it is."""
    view = reading.view
    if any(reading.left <= index < reading.hedge_first for index in view.begun(phrases("again"))):
        return False  # "nay con số ấy là 340 người"
    for index in range(reading.left, reading.hedge_first):
        token = view.tokens[index]
        known = view.term_over(index) is not None or index in view.quantity_at
        known = known or view.mention_at(index) is not None or view.is_dated(index)
        empty = token.key in linking("functions") or token.key in words_of_no_subject()
        empty = empty or token.key in keys("types", "former")
        if not known and not empty and token.text[0].isalpha() and token.text[0].islower():
            return True
    return False


def _course_attended(around: Around) -> list[Term]:
    """The course named last before those who join it or are in it (``lớp nghề may với 30 học viên``)."""
    reading, view = around.reading, around.reading.view
    joins = any(t.is_a("joins", "enrols", "attracts") for t in around.trigger)
    with_them = view.key(reading.hedge_first - 1) in linking("with_words")
    if not joins and not with_them and not any(t.is_a("course_people") for t in reading.counted):
        return []
    return [t for t in around.sentence if t.is_a("courses")][-1:]


def _is_over_body(view: View, duty: Term) -> bool:
    """``cán bộ phụ trách thôn``: those in charge of a place are not in charge of a field."""
    behind = view.term_at.get(duty.last)
    return behind is not None and behind.word.family == "body"


def _duties(around: Around) -> list[Term]:
    """Duties told of the counted; what manpower of an industry does is no subject of its own."""
    if any(t.is_a("manpower") for t in around.reading.counted):
        return []
    return [t for t in around.phrase if t.is_a("duty")]


def _are_of_team(around: Around, guides: Sequence[Term], classes: frozenset[str]) -> bool:
    """``tổ công nghệ số đã hướng dẫn 2.130 người tra cứu thuốc``: what such a team guides to is ours."""
    told = [t for t in around.named(classes, Evidence.paragraph) if t.is_a("teams")]
    known = any_of(told, classes)
    named = (t for t in around.clause if t.is_a("teams", "team_word"))
    teams = (t for t in named if known or any_of([t], classes))
    return any(team.last <= guide.first for team in teams for guide in guides)


def _tells_other_end(reading: Reading, classes: frozenset[str]) -> bool:
    """``giúp 150 công nhân có việc làm``: an unknown word behind the helped says with what."""
    view = reading.view
    first = max(
        [reading.quantity.last, *(t.last for t in reading.counted if t.first >= reading.quantity.last)]
    )
    # "hộ trồng rau": by what they live is told first.
    household = any(t.is_a("household") for t in reading.counted)
    for index in range(first, min(first + _REACH, len(view.tokens))):
        token = view.tokens[index]
        if not view.same_clause(index, reading.quantity.first) or not token.text[0].isalpha():
            return False
        if view.mention_at(index) is not None:
            continue
        term = view.term_over(index)
        if term is not None:
            if not term.classes.isdisjoint(classes):
                return False
            continue
        if token.key in subject_words("ends"):
            return False
        if token.text[0].islower() and token.key not in subject_words("neutral") | subject_words("doing"):
            return not household
    return False


def _clause_is_of_other(view: View, number: int, classes: frozenset[str]) -> bool:
    """``ngành y có 15 chỉ tiêu``: the clause of a number names the subject of all it says."""
    start = number
    while (
        start > 0
        and view.tokens[start - 1].text not in ",;|"
        and (view.same_clause(start - 1, number) or _ends_label(view, start - 1, number))
    ):
        start -= 1
    for index in range(start, number - 1):
        named = view.term_at.get(index)
        if view.tokens[index].key not in subject_words("fields"):
            continue
        name, over = view.mention_at(index), view.term_over(index)
        inside = name is not None and name.first < index and not name.again
        said = view.key(index - 1) in linking("copula")  # "công nghệ thông tin là ngành đông nhất"
        if inside or said or (over is not None and over.first < index):
            continue
        if named is not None and not (named.is_a("faculty") and named.last == index + 1):
            continue
        behind, term = view.tokens[index + 1], view.term_at.get(index + 1)
        other = term is not None and (term.is_a("other_trades") or term.word.kind == "subject")
        if other and term is not None and term.classes.isdisjoint(classes) and not term.is_a("field_again"):
            return True
        known = index + 1 in view.term_at or index + 1 in view.quantity_at
        if (
            behind.text[0].isalpha()
            and not known
            and behind.key not in subject_words("neutral") | subject_words("ends")
        ):
            return True
    return False


def _ends_label(view: View, index: int, number: int) -> bool:
    """``Ngành luật: 280 chỉ tiêu``: whether only a colon parts a token from the clause of a number."""
    colon = view.mark_from(":", index)
    return colon < number and view.same_clause(index, colon) and view.same_clause(colon + 1, number)


def _says_subject(view: View, head: Term, number: int, classes: frozenset[str], *, bare: bool) -> bool:
    """Whether a word of none of ``classes`` behind a noun or verb names its subject.

    It does so right behind a course (``lớp mầm non``), behind people only with a word for subjects
    before it (``sinh viên ngành luật``).
    """
    marked = bare
    for index in range(head.last, min(head.last + _REACH, len(view.tokens))):
        token = view.tokens[index]
        if index == number or not token.text[0].isalpha() or view.is_number(index):
            return False
        if view.mention_at(index) is not None:
            return False
        if token.key in subject_words("marks") and index not in view.term_at:
            marked = True
            continue
        if len(token.text) > 1 and token.text.isupper() and index not in view.term_at:
            return False  # an abbreviation tells nothing
        if (term := view.term_at.get(index)) is not None:
            if all(view.key(i) in subject_words("neutral") for i in range(term.first, term.last)):
                continue
            ours = view.term_at.get(term.last)
            named = term.is_a("all_majors") and ours is not None and not ours.classes.isdisjoint(classes)
            if term.is_a("skill_words") or named:  # "các ngành bán dẫn"
                marked = True
                continue
            return marked and _is_other_subject(view, term, number, classes)
        if view.is_dated(index):
            return False
        if token.key in subject_words("ends") or token.key in linking("functions"):
            return False
        if token.key not in subject_words("neutral"):
            return marked and not _names_ours(view, index, number, classes)
    return False


def _is_other_subject(view: View, term: Term, number: int, classes: frozenset[str]) -> bool:
    """Whether a word of the lexicon is a subject of none of ``classes``; not ``nhiệm vụ này``."""
    again = term.is_a("field_again") or view.key(term.last - 1) in linking("again_words")
    if again or not term.classes.isdisjoint(classes):
        return False
    if term.word.kind == "subject":
        return term.is_a("other_subject") or not _names_ours(view, term.first, number, classes)
    thing = term.word.kind == "noun" and term.word.family in (None, "things")
    return term.is_a("other_trades") or thing


def _names_ours(view: View, index: int, number: int, classes: frozenset[str]) -> bool:
    """``lớp quản trị và tin học``: whether ours stands among the subjects from token ``index`` on."""
    ahead = view.between(index, min(index + _REACH, number))
    return any_of([term for term in ahead if view.same_clause(term.first, index)], classes)
