"""Generic nouns filled up by the label before them: ``số học viên là 1.395 người``."""

from __future__ import annotations

from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.reading import Context, NounGroup, Reading, earlier, later
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View

LONGEST_LABEL = 20  # tokens between a noun and the number it is the label of


class Filling:
    """Finds what a noun that says nothing by itself counts."""

    def __init__(self, context: Context) -> None:
        self.view = context.view

    def fill_up(self, reading: Reading, readings: list[Reading]) -> NounGroup:
        """``số học viên là 1.395 người``: a generic noun is filled up by the label before it."""
        series = _series(reading, readings)
        view, end = self.view, series[0].hedge_first
        opened = self._opened(end)
        beside = [*earlier(readings, reading), reading, *later(readings, reading)]
        near = [other for other in beside if other is reading or not any(other is one for one in series)]
        if opened is not None and not any(opened in r.counted for r in near):
            terms = (opened, *reading.counted) if opened.word.kind == "noun" else reading.counted
            return reading.noun.but(terms=terms, label=(opened.first, end))
        label = self._label(reading, near, end)
        if label is None:
            return reading.noun
        terms = (*label_group(view, label), *reading.counted)
        return reading.noun.but(terms=terms, label=(terms[0].first, end))

    def _label(self, reading: Reading, near: list[Reading], end: int) -> Term | None:
        """The people that a noun of its own labels before token ``end``."""
        view = self.view
        # "các sở đã bố trí công chức phụ trách CNTT, gồm 22 người"
        made_up = self._made_up(end)
        stop = end if made_up is None else made_up
        for term in reversed(view.between(0, stop)):
            # Not the marks inside a term: "các sở, ban, ngành: 38 người".
            loose = (i for i in range(term.last, stop - 1) if view.term_over(i) is None)
            between = (view.tokens[i].text for i in loose if not self._joins_alike(i))
            if end - term.last > LONGEST_LABEL or any(mark in ";,:()" for mark in between):
                return None
            if view.tokens[end - 1].text in ",;":
                return None
            if view.is_named(term):
                if term.word.family != "body":
                    return None
                continue  # "đội ngũ … của tỉnh A là 88 người"
            if any(term in r.counted for r in near) or self._is_none(reading, near, term, end):
                return None
            if term.word.kind == "noun" and term.word.family == "people":
                on_duty = any(t.is_a("duty") for t in view.between(term.last, stop))
                return term if on_duty or made_up is None else None
        return None

    def _made_up(self, end: int) -> int | None:
        """The comma behind which a count before ``end`` tells of how many those just named are made up."""
        opened = self.view.phrase_before(phrases("made_up"), end)
        return opened - 1 if opened is not None and self.view.key(opened - 1) == "," else None

    def _joins_alike(self, index: int) -> bool:
        """``lao động trong lĩnh vực CNTT, điện tử``, ``ở các sở, địa phương``: one of a kind goes on."""
        one, other = self.view.ending_at(index), self.view.term_at.get(index + 1)
        if one is None or other is None:
            return False
        return one.word.kind == other.word.kind == "subject" or one.word.family == other.word.family == "body"

    def _is_none(self, reading: Reading, near: list[Reading], term: Term, end: int) -> bool:
        """Whether a word before a number says that what stands farther before is no label of it."""
        if term.word.kind == "verb" and not term.word.weak:
            return not term.is_a("employs", "needs", "joins", "enrols")
        if term.is_a("enterprises"):
            # "doanh nghiệp cần 200 người": who needs them
            wanted = any(t.is_a("needs", "employs") for t in self.view.between(term.last, end))
            return wanted or self._breaks_label(term.last, end)
        if term.is_a("quota") and (reading.quantity.kind == "percent" or _follows_people(reading, near)):
            return True
        return self._breaks_label(term.last, end)

    def as_listed(self, reading: Reading) -> NounGroup:
        """``Học viên: 3.240 cán bộ; 5.870 người dân``: what all of a list are, by its colon.

        Or by who was just named (``các xã đã cử người phụ trách CNTT, tổng số 97 công chức``).
        """
        view, first = self.view, reading.quantity.first
        end, bare = reading.hedge_first, len(reading.phrase_terms) == len(reading.counted)
        if reading.family == "people" and bare and self._made_up(end) is not None:
            named = self._label(reading, [reading], end)
            if named is not None:
                terms = (*label_group(view, named), *reading.counted)
                return reading.noun.but(terms=terms, label=(terms[0].first, end))
        colon = view.mark_before(":", first)
        opener = view.ending_at(colon) if colon > 0 and reading.family == "people" else None
        if opener is None or not opener.is_a("course_people") or opener in reading.counted:
            return reading.noun
        told = any(t.word.kind == "verb" for t in view.between(colon, reading.span[1]))
        return reading.noun if told else reading.noun.but(terms=(opener, *reading.counted))

    def _opened(self, end: int) -> Term | None:
        """``Số cán bộ … hiện là 58 người``, ``số có bằng …``: what stands behind *số*, however long.

        Or a duty or training that is a subject by itself (``chuyên trách CNTT ở các sở là 64 công chức``).
        """
        view = self.view
        verb = view.ending_at(end)
        if verb is None or not verb.word.weak:
            return None
        parted = max(view.mark_before(";:", verb.first), view.candidate_before(verb.first))
        for opener in reversed(view.between(parted + 1, verb.first)):
            if opener.is_a("count_opener"):
                noun = view.term_at.get(opener.last)
                people = noun is not None and noun.word.kind == "noun" and noun.word.family == "people"
                return noun if people or (noun is not None and noun.is_a("diploma")) else None
        openings = (t for t in reversed(view.between(parted + 1, verb.first)) if t.is_a("duty", "diploma"))
        opening = next((t for t in openings if t.first == 0 or view.tokens[t.first - 1].text in ",;:"), None)
        return opening if view.key(verb.last - 1) in linking("copula") else None

    def _breaks_label(self, first: int, last: int) -> bool:
        if self.view.key(last - 1) in linking("from_word"):
            last -= 1  # "chuyên gia từ 1.000 - 1.200 người"
        loose = (i for i in range(first, last) if self.view.term_over(i) is None)
        return any(self.view.key(i) in linking("label_breaks") and not self._joins_bodies(i) for i in loose)

    def _joins_bodies(self, index: int) -> bool:
        """``cán bộ của các sở và UBND cấp huyện``: whose the labelled are goes on."""
        one, other = self.view.ending_at(index), self.view.term_at.get(index + 1)
        joins = self.view.key(index) in linking("conjunctions")
        return (
            joins and one is not None and other is not None and one.word.family == other.word.family == "body"
        )


def label_group(view: View, term: Term) -> list[Term]:
    """``cán bộ, công chức: 38 người``: a label with the nouns it is coordinated with."""
    group = [term]
    index = term.first - 1
    while index > 0 and view.key(index) in linking("coordinators"):
        before = view.ending_at(index)
        if before is None or before.word.family != term.word.family or before.word.kind != "noun":
            break
        if before.first - 1 in view.quantity_at:
            break
        group.insert(0, before)
        index = before.first - 1
    return group


def _follows_people(reading: Reading, near: list[Reading]) -> bool:
    """``96 người, chỉ tiêu 120 người``: a goal for those counted before, and no places for students."""
    before = (other for other in near if other.index < reading.index)
    return any(r.family == "people" and not any(t.is_a("quota") for t in r.counted) for r in before)


def _series(reading: Reading, readings: list[Reading]) -> list[Reading]:
    """``lần lượt là 1.150, 2.320 và 4.805 người``: the numbers that share a noun with this one, and it."""
    series = [reading]
    for before in reversed(earlier(readings, reading)):
        if before.source is not series[0]:
            break
        series.insert(0, before)
    return series
