"""Who is trained, guided or skilled."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from nhanluc_extract.extraction.discourse.team import last_team_before
from nhanluc_extract.extraction.facts.fields.headline import filled_from_body
from nhanluc_extract.extraction.facts.fields.named import (
    by_words,
    filled,
    of_all_parts,
    of_total,
    values_of,
)
from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import joined, linking, phrases
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term, merged
from nhanluc_extract.rulepack.model import Composed, RulePack


def _group(fields: Fields, claim: Claim) -> set[str] | None:
    pack, reading = fields.pack, claim.reading
    terms: list[Term] = []
    start, end = reading.span[0], _end_of_noun(reading)
    if reading.label is not None:
        terms += reading.view.between(*reading.label)
    behind = [*reading.counted, *reading.view.between(start, end)]
    terms += [term for term in behind if term not in terms]  # a label's noun is one of those counted
    if reading.whole is not None and reading.whole.family == reading.family:
        terms += reading.whole.counted  # "trong số 2.100 công chức, 1.650 người đã học"
    found = groups(pack, [term for term in terms if not _is_subject(reading, term)])
    if _counts_courses(reading):
        # "trong đó dành cho cán bộ CNTT 05 lớp": whom the course is for stands before it.
        whom = [_beneficiaries(reading), _for_whom(reading), _divided(reading)]
        if reading.view.key(reading.quantity.last) in linking("beneficiary"):
            whom.insert(0, _for_whom(reading))  # "một cho lãnh đạo xã, hai cho thành viên tổ"
        return found or next((told for terms in whom if (told := groups(pack, terms))), found)
    told = groups(pack, _told_behind(reading))
    if told and any(term.is_a("course_people") for term in reading.counted):
        return told  # "200 học viên là cán bộ hội, giáo viên và nông dân"
    return found or (set() if _lacks_its_team(pack, reading) else _of_course(pack, reading)) or told


def _is_subject(reading: Reading, term: Term) -> bool:
    """``120 cán bộ dự tập huấn về tổ công nghệ số``: what they learn of, not what they are members of."""
    return term.word.family == "team" and reading.view.key(term.first - 1) in linking("about")


def _end_of_noun(reading: Reading) -> int:
    """Where what is said of a counted noun ends: before what is done to it, by whom, and what for."""
    view, (start, end) = reading.view, reading.span
    courses = _counts_courses(reading)
    behind = view.between(start, end) if not courses else []
    passive = next((term.first for term in behind if term.is_a("passive", "masters")), end)
    ends = linking("purpose") | (linking("done_by") if courses else frozenset())
    return next((i for i in range(start, passive) if view.key(i) in ends), passive)


def _lacks_its_team(pack: RulePack, reading: Reading) -> bool:
    """``mỗi tổ cử 02 thành viên``: a noun that another word must complete is no group of the course's."""
    asked = (c.classes[0] for c in pack.composed if len(c.classes) > 1 and not c.adjacent)
    return not reading.counted_classes.isdisjoint(asked)


def _told_behind(reading: Reading) -> list[Term]:
    """``240 người tham gia, gồm người cao tuổi, nông dân``: who they are is told behind a comma."""
    view = reading.view
    behind = reading.counted[0].last if reading.counted else reading.quantity.last
    firsts = [i for i in (behind, reading.span[1]) if i < len(view.tokens)]
    firsts = [i + (view.key(i) == ",") for i in firsts]
    opened = [hit[0] for i in firsts if (hit := phrases("consisting").longest(view.tokens, i)) is not None]
    return view.between(opened[0], _end_of_item(reading, opened[0])) if opened else []


def _end_of_item(reading: Reading, first: int) -> int:
    """Where what is said from token ``first`` on ends: at a mark stronger than a comma, or a number.

    What stands in brackets between them ends nothing.
    """
    view, depth = reading.view, 0
    for index in range(first, len(view.tokens)):
        mark = view.tokens[index].text
        depth += (mark == "(") - (mark == ")")
        quantity = view.quantity_at.get(index)
        if depth == 0 and (mark in ";:." or (quantity is not None and quantity.is_candidate)):
            return index
    return len(view.tokens)


def _for_whom(reading: Reading) -> list[Term]:
    """``12 lớp kỹ năng số bằng tiếng Thái, tiếng Mông dành cho người dân``: told farther behind a course."""
    view, first = reading.view, reading.span[1]
    last = _end_of_item(reading, first)
    last = next((i for i in view.begun(phrases("parts")) if first <= i < last), last)
    opened = [i + 1 for i in range(first, last) if view.key(i) in linking("beneficiary")]
    comma = next((i for i in range(opened[0], last) if view.key(i) in (",", "(")), last) if opened else last
    return view.between(opened[0], comma) if opened else []


def _divided(reading: Reading) -> list[Term]:
    """``cán bộ, công chức 23 xã được xếp vào 11 lớp``: who they are that are divided into courses."""
    view, first = reading.view, reading.hedge_first
    divided = view.phrase_before(phrases("divided"), first)
    return view.between(view.mark_before(":;“", first) + 1, divided) if divided is not None else []


def _is_for_others(courses: Reading) -> bool:
    """``cho 540 công chức và 5 lớp dành cho quản trị mạng``: told behind, of a group we know or not."""
    view, first = courses.view, courses.quantity.last
    return any(view.key(i) in linking("beneficiary") for i in range(first, _end_of_item(courses, first)))


def _beneficiaries(reading: Reading) -> list[Term]:
    """What stands between *cho* and the number, in the number's own item."""
    beneficiary = linking("beneficiary")
    opened = [t.first for t in reading.item_terms if reading.view.key(t.first - 1) in beneficiary]
    return reading.view.between(opened[-1], reading.quantity.first) if opened else []


def _of_course(pack: RulePack, reading: Reading) -> set[str]:
    """Group named behind a course that is not counted itself (``mở lớp cho người dân, mỗi lớp 40``)."""
    before = reading.view.between(0, reading.quantity.first)
    courses = [i for i, term in enumerate(before) if term.is_a("courses")]
    return groups(pack, before[courses[0] :]) if courses else set()


def _counts_courses(reading: Reading) -> bool:
    """Whether a number counts courses."""
    return any(term.is_a("courses", "sessions") for term in reading.counted)


def groups(pack: RulePack, terms: Sequence[Term]) -> set[str]:
    """Groups named by the nouns of a phrase, and those the pack composes of several words."""
    values = values_of((t for t in terms if t.word.kind == "noun"), "group")
    for composed in pack.composed:
        at = _last_needed(terms, composed)
        if at is None:
            continue
        values.add(composed.value)
        if composed.replaces in values and not any(
            t.word.group == composed.replaces for t in terms[at + 1 :]
        ):
            values.discard(composed.replaces)
    return values


def _last_needed(terms: Sequence[Term], composed: Composed) -> int | None:
    """Index of the first term of the condition's first class, when every class is there."""
    if not all(any(term.is_a(name) for term in terms) for name in composed.classes):
        return None
    if composed.adjacent:
        runs = (terms[i : i + len(composed.classes)] for i in range(len(terms)))
        starts = (i for i, run in enumerate(runs) if _is_composed(run, composed))
        return next(starts, None)
    return next(i for i, term in enumerate(terms) if term.is_a(composed.classes[0]))


def _is_composed(run: Sequence[Term], composed: Composed) -> bool:
    """``cán bộ CNTT``: a word of each class, one right behind the other."""
    fits = [term.is_a(name) for term, name in zip(run, composed.classes, strict=False)]
    joined = all(one.last == two.first for one, two in pairwise(run))
    return len(run) == len(composed.classes) and all(fits) and joined


def _of_lender(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``52/52 cán bộ CNTT đã qua tập huấn, đạt 100%``: a count without a noun of its own is of the same."""
    lender, reading = claim.owner, claim.reading
    own = lender is None or lender.reading is not reading.source
    if lender is None or own or reading.counted is not lender.reading.counted:
        return None
    return filled(fields.value(lender, "group", "words"), "total")


def _of_subject(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Người dân được hướng dẫn … lên tới 61,8 nghìn lượt``: those to whom it is done are its subject."""
    reading, view = claim.reading, claim.reading.view
    if found.value is not None or not _counts_as_before(reading):
        return None
    first = reading.quantity.first
    said = [term for term in view.between(0, first) if view.same_clause(term.first, first)]
    done = next((index for index, term in enumerate(said) if term.is_a("passive")), 0)
    return filled(fields.pack.joined("group", groups(fields.pack, said[:done])), "subject")


def _of_item(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``giáo viên mầm non 1.870, tiểu học 2.215``: a part is of whom it names, or the part before it."""
    reading = claim.reading
    if claim.unit != "person" or reading.parent is None:
        return None
    own = groups(fields.pack, reading.item_terms)
    while not own and (before := fields.discourse.neighbour(reading, -1)) is not None:
        if before.parent is not reading.parent or not _counts_as_before(reading):
            break
        reading = before
        own = groups(fields.pack, reading.item_terms)
    return filled(fields.pack.joined("group", own), "item")


def _counts_as_before(reading: Reading) -> bool:
    """Whether a number has no noun of its own that says who they are."""
    return reading.source is not None or all(term.word.generic for term in reading.counted)


def _of_opening(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Số người dân được hướng dẫn: A 6.150 người, B 5.480``: what stands before the colon of a list."""
    view, first = claim.reading.view, claim.reading.hedge_first
    colon = view.mark_before(":", first)
    opening = view.between(max(view.mark_before(";", colon), view.candidate_before(colon)) + 1, colon)
    if found.value is not None or colon < 0 or not any(t.is_a("count_opener") for t in opening):
        return None
    return filled(fields.pack.joined("group", groups(fields.pack, opening)), "opening")


def _of_intro(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """Group named by the line that opens a list (``Đối với cán bộ, công chức:``)."""
    intro = fields.discourse.intro(claim.reading) if found.value is None else None
    if intro is None:
        return None
    return filled(fields.pack.joined("group", groups(fields.pack, intro.terms)), "list")


def _of_members(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """Bare ``thành viên`` are those of the team the sentences before name."""
    reading = claim.reading
    if found.value is not None:
        return None
    classes = reading.counted_classes
    if _counts_courses(reading):
        classes = classes | merged(t.classes for t in reading.view.between(*reading.span))
    team = last_team_before(fields.discourse.teams, reading)
    values = {
        composed.value
        for composed in fields.pack.composed
        if composed.classes[0] in classes and team.issuperset(composed.classes[1:])
    }
    return filled(fields.pack.joined("group", values), "team")


def _with_it(fields: Fields, claim: Claim) -> list[Claim]:
    """Claims of a sentence whose groups go together: courses and those who attend them."""
    return [
        other
        for other in fields.of_sentence(claim.sentence)
        if "group" in other.indicator.dimensions
        and (other is claim or not any(t.is_a("guide") for t in other.reading.trigger))
    ]


def _of_trainees(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """A course is for those whom its sentence says to attend it, behind it; all that are joined."""
    if found.value is not None or claim.unit != "course":
        return None
    together = _with_it(fields, claim)
    behind = together[together.index(claim) + 1 :]
    if behind and _is_told_with(claim, behind[0]) and fields.value(behind[0], "group", "words") is None:
        return filled(fields.value(behind[0], "group", "trainees"), "trainees")
    values: set[str] = set()
    last: Claim | None = None
    for other in takewhile(lambda other: other.unit != "course", behind):
        view, group = other.reading.view, fields.value(other, "group", "parts")
        if view.has_mark(";", claim.reading.quantity.first, other.reading.quantity.first):
            break
        if last is not None and not joined(view, last.reading.span[1], other.reading.hedge_first):
            break
        if group and (fields.total(claim) is not None or fields.total(other) is None):
            values, last = values | {*group.split("+")}, other
    return filled(fields.pack.joined("group", values), "trainees")


def _is_told_with(courses: Claim, others: Claim) -> bool:
    """``8 lớp trực tiếp và 2 lớp trực tuyến cho 400 cán bộ``: what both are for stands behind the last."""
    view, end = courses.reading.view, courses.reading.span[1]
    return others.unit == "course" and joined(view, end, others.reading.hedge_first)


def _of_courses(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """Those who attend a course are whom it is for; a last course is that of those before it."""
    if found.value is not None:
        return None
    together = _with_it(fields, claim)
    at = together.index(claim)
    if claim.unit == "course":
        before = together[at - 1] if at else None
        if before is not None and before.unit == "course" and _share_noun(before.reading, claim.reading):
            return filled(fields.value(before, "group", "courses"), "row")
        # "tập huấn cho 3.000 giáo viên, chia thành ba đợt": the courses are theirs.
        theirs = at > 0 and at == len(together) - 1 and together[at - 1].unit != "course"
        theirs = theirs and not _is_for_others(claim.reading)
        return filled(fields.value(together[at - 1], "group", "courses"), "trainees") if theirs else None
    courses = [other for other in together[:at] if other.unit == "course"]
    return filled(fields.value(courses[-1], "group", "courses"), "course") if courses else None


def _share_noun(one: Reading, other: Reading) -> bool:
    """``lần lượt là 9, 7 và 4 lớp``: whether two counts have one noun between them."""
    return (
        one.source is other or other.source is one or (one.source is not None and one.source is other.source)
    )


def _of_whole(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """Parts are of the group of their total."""
    total = fields.total(claim) if found.value is None else None
    return filled(fields.value(total, "group", "whole"), "total") if total is not None else None


def _of_parts(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``86 học viên, gồm 34 công chức và 52 thành viên tổ``: a total is of the groups that are all of it."""
    if found.value is not None or claim.unit == "course":
        return None
    return filled(fields.pack.joined("group", of_all_parts(fields, claim, "group", "members")), "parts")


def _of_course_parts(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``14 lớp, gồm 9 lớp cho công chức và 5 lớp cho thành viên tổ``, where nobody else is said to attend."""
    if found.value is not None or claim.unit != "course":
        return None
    return filled(fields.pack.joined("group", of_all_parts(fields, claim, "group", "whole")), "parts")


LAYERS = {
    "words": by_words("group", _group),
    "item": _of_item,
    "lender": _of_lender,
    "subject": _of_subject,
    "total": of_total("group"),
    "members": _of_members,
    "parts": _of_parts,
    "opening": _of_opening,
    "trainees": _of_trainees,
    "intro": _of_intro,
    "courses": _of_courses,
    "whole": _of_whole,
    "course_parts": _of_course_parts,
    "headline": filled_from_body("group"),
}
