"""What is said of the people, teams or bodies counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nhanluc_extract.extraction.sentence.connectors import joined, linking
from nhanluc_extract.extraction.sentence.distribution import end_of_bodies
from nhanluc_extract.extraction.sentence.reading import Context, Predicate, Reading, earlier
from nhanluc_extract.extraction.sentence.terms import Term

_GOVERNS = 250  # tokens: no verb governs a number farther behind it


class Verbs:
    """Finds the verb that governs a number from the left and those behind its noun."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.view
        self.said: set[Term] = set()  # of the numbers read so far

    def find(self, reading: Reading, readings: list[Reading]) -> Predicate:
        """The verbs that govern a number and those said of it, and the number it governs itself."""
        view = self.view
        start, end = reading.span
        counted_last = max((t.last for t in reading.counted if t.first >= start), default=start)
        after = self._predicate(counted_last, end)
        if reading.label is not None:
            labelled = view.between(*reading.label)
            after += [t for t in labelled if t.word.kind == "verb" and not t.word.weak]
        self.said.update(after)
        own = bool(after) or any(
            t.is_a("diploma", "duty", "degree_word") for t in view.between(counted_last, end)
        )
        # "3 lớp cho 208 công chức phụ trách CNTT": whom something is for is governed from the left.
        own = own and view.key(reading.hedge_first - 1) not in linking("beneficiary")
        verb = self._governors(reading, readings, own, self._floor(reading, bool(after)))
        following = next(iter(readings[reading.index + 1 : reading.index + 2]), None)
        governs = following is not None and self._is_object(reading, following, after)
        verb, after = self._taken_over(reading, verb, after)
        self.said.update(after)
        return Predicate(verb, after, following if governs else None)

    def _governors(self, reading: Reading, readings: list[Reading], own: bool, floor: int) -> list[Term]:
        """The verbs before a number that govern it; ``own``: its phrase has a predicate of its own."""
        view, first = self.view, reading.quantity.first
        found: list[Term] = []
        weak: Term | None = None
        floor = max(floor, view.mark_before(";", first) + 1, first - _GOVERNS)
        for term in reversed(view.between(floor, first)):
            if not self._may_govern(term, reading, own):
                continue
            if own and reading.quantity.kind == "percent" and view.candidate_before(first) >= term.last:
                continue  # "đào tạo 30 chuyên gia và 70% người dân có kỹ năng số"
            if term.word.weak:
                weak = weak or term
                continue
            if self._is_taken(term, reading, readings) or self._is_of_course(term, reading, readings):
                continue
            if weak is not None and self._has_comma(term.last, weak.first):
                break
            if found and self._has_comma(term.last, first):
                break
            owner = reading.source
            if owner is not None and owner.view is view and owner.span[0] <= term.first < owner.span[1]:
                return list(owner.verb)
            found += self._verb_group(term)
            # "lớp tập huấn được mở cho …": who holds it says less than what is held.
            if not term.is_a("holds"):
                break
        if not found and weak is not None and first not in self.context.picked_from:
            return [weak]
        return found

    def _floor(self, reading: Reading, told: bool) -> int:
        """A part is governed by what governs its total, not by what the total's own phrase says."""
        if told and self._opens_statement(reading):
            return reading.quantity.first
        return reading.parent.span[1] if reading.parent and reading.parent.view is self.view else 0

    def _may_govern(self, term: Term, reading: Reading, own: bool) -> bool:
        governs = term.word.kind == "verb" or (term.is_a("courses") and not self._is_a_name(term))
        if not governs or self.view.is_named(term):
            return False
        if reading.family == "body" and term.word.weak and self.view.key(term.first) in linking("as_far_as"):
            return False  # "phủ đủ 177 xã, xuống tận 1.452 thôn"
        said = (own or reading.quantity.kind == "percent") and not term.word.weak
        adjacent = reading.family == "people" and term.last == reading.hedge_first
        if said and term in self.said and not adjacent:
            return False  # but "124 đội hình đã hỗ trợ 88.000 lượt người dân cài đặt VNeID"
        return not (reading.label and term.first >= reading.label[0] and term in reading.counted)

    def _is_taken(self, term: Term, reading: Reading, readings: list[Reading]) -> bool:
        """Whether a verb governs something else."""
        if self._is_of_team(term, reading, readings) or self._is_of_clause_before(term, reading):
            return True
        for_them = self.view.key(reading.hedge_first - 1) in linking("beneficiary")
        taught = for_them and not term.is_a("employs")  # "dạy AI cho 40 em", not "học cách dùng AI"
        only_object = term.word.object_only and term.last < reading.hedge_first and not taught
        return only_object or self._has_object(term, reading)

    def _is_of_course(self, verb: Term, reading: Reading, readings: list[Reading]) -> bool:
        """``7 lớp về xây dựng kiến trúc số cho 268 cán bộ``: what a course is about governs nobody."""
        before = readings[reading.index - 1] if reading.index else None
        for_them = self.view.key(reading.hedge_first - 1) in linking("beneficiary")
        if (
            before is None
            or before.family != "course"
            or not for_them
            or verb.is_a("courses", "train", "guide")
        ):
            return False
        adjacent = verb.last >= reading.hedge_first - 1 and self.view.key(verb.first - 1) == ","
        return before.quantity.last <= verb.first and not adjacent  # "mở 2 lớp, dạy cho 40 em"

    def _has_comma(self, first: int, last: int) -> bool:
        """Whether a comma stands there that is no part of a noun (``cán bộ, công chức``)."""
        comma = self.view.mark_from(",", first)
        while comma < last and self.view.term_over(comma) is not None:
            comma = self.view.mark_from(",", comma + 1)
        return comma < last

    def _taken_over(
        self, reading: Reading, verb: list[Term], after: list[Term]
    ) -> tuple[list[Term], list[Term]]:
        """A part, or a plain count that shares its noun, is governed by what governs the other count."""
        plain = all(t.word.generic or t.is_a("degree_word", "role_word") for t in reading.counted)
        share = reading.quantity.kind == "percent" and _took_noun(reading)
        if share and verb and verb[0].is_a("assigns"):
            verb = []  # "61% biết dùng, trong khi chỉ tiêu tỉnh giao là 70%"
        plain = plain or share
        other = reading.parent or (reading.source if plain else None)
        if other is None or after or (verb and not verb[0].word.weak):
            return verb, after
        if verb and other is not reading.parent and self._is_statement_behind(other, reading):
            return verb, after  # "100% công chức được bồi dưỡng; mỗi sở có 2 người chuyên trách"
        return list(dict.fromkeys([*verb, *other.verb])), list(other.after)

    def _is_statement_behind(self, other: Reading, reading: Reading) -> bool:
        """Whether those counted have a duty of their own, in a statement parted from that of another."""
        on_duty = any(t.is_a("duty", "role_word") for t in self.view.between(*reading.span))
        own = on_duty and other.view is self.view
        return own and self.view.has_mark(";", other.quantity.last, reading.quantity.first)

    def _predicate(self, first: int, last: int) -> list[Term]:
        """The verbs behind a noun that say something of it."""
        verbs = [
            t
            for t in self.view.between(first, last)
            if (t.word.kind == "verb" and not t.word.weak and not t.word.object_only) or self._is_attended(t)
        ]
        # "được hướng dẫn nhận thanh toán": what they are guided to do is not done with them;
        # "với sự tham gia của 40 người": said of the number behind.
        guides = {t.last for t in verbs if t.is_a("guide")}
        beside = linking("with_words")
        return [t for t in verbs if t.first not in guides and self.view.key(t.first) not in beside]

    def _is_a_name(self, noun: Term) -> bool:
        """``Khóa 1``: the noun is named by its number."""
        named = self.view.quantity_at.get(noun.last)
        return named is not None and named.kind in ("name", "rank")

    def _is_attended(self, course: Term) -> bool:
        """``đang theo các lớp``: people are said to be in a course."""
        if not course.is_a("courses"):
            return False
        index = course.first - 1
        while self.view.key(index) in linking("several"):
            index -= 1
        return self.view.key(index) in linking("attending")

    def _is_object(self, reading: Reading, following: Reading, after: Sequence[Term]) -> bool:
        """``100% xã có ít nhất 01 công chức``: what the predicate of one number counts."""
        if after:
            return after[-1].last == following.hedge_first
        behind = (t.first for t in reading.counted if t.first >= reading.quantity.last)
        first = max([reading.span[1], *(end_of_bodies(self.view, at) for at in behind)])
        had = self.view.between(first, following.quantity.first)
        return reading.family == "body" and len(had) == 1 and had[0].is_a("have") and had[0].first == first

    def _has_object(self, verb: Term, reading: Reading) -> bool:
        """``hỗ trợ học viên, gồm 113 doanh nghiệp``: a verb that has its own people governs no others."""
        if verb.word.kind != "verb" or all(t.word.generic for t in reading.counted):
            return False
        if self.view.key(reading.hedge_first - 1) in linking("beneficiary"):
            return False
        noun = self.view.term_at.get(self.view.skip_fillers(verb.last))
        return (
            noun is not None
            and noun.word.family == "people" == reading.family
            and noun not in reading.counted
            and noun.last < reading.hedge_first
        )

    def _is_of_team(self, verb: Term, reading: Reading, readings: list[Reading]) -> bool:
        """``53 đội hỗ trợ kỹ năng số với 1.850 đoàn viên``: what teams do is not done to their members."""
        if self.view.key(reading.hedge_first - 1) not in linking("with_words"):
            return False
        teams = (r for r in earlier(readings, reading) if r.family == "team")
        return any(r.quantity.last <= verb.first < r.span[1] for r in teams)

    def _is_of_clause_before(self, verb: Term, reading: Reading) -> bool:
        """``đào tạo 50.000 kỹ sư, trong khi số kỹ sư đang làm việc là 5.000 người``."""
        return reading.label is not None and not self.view.same_clause(verb.first, reading.label[0])

    def _opens_statement(self, reading: Reading) -> bool:
        """Whether a count with a predicate of its own stands at the head of its statement."""
        first = reading.hedge_first
        return first == 0 or self.view.key(first - 1) == "," or not self.view.same_clause(first - 1, first)

    def shared(self, reading: Reading, readings: list[Reading]) -> Predicate:
        """``900 giáo viên và 1.500 học sinh được tập huấn``: what is said of the last holds for all."""
        said = reading.predicate
        following = next(iter(readings[reading.index + 1 : reading.index + 2]), None)
        if following is None or reading.after or reading.parent is not None or _took_noun(reading):
            return said
        alike = reading.family == following.family or self._is_owner(reading, following)
        if any(not term.word.weak for term in reading.verb) or not alike:
            return said
        phrase = (t for t in self.view.between(*reading.span) if t not in reading.counted)
        if any(term.word.kind == "verb" for term in phrase):
            return said
        together = joined(self.view, reading.span[1], following.hedge_first)
        kinds = {reading.quantity.kind, following.quantity.kind}
        if self.view.key(reading.span[1]) == "," and len(kinds) > 1 and "percent" in kinds:
            together = False  # "mỗi xã phải có một công chức, 100% thành viên tổ được tập huấn"
        if together and reading.family == "body" and not reading.is_located:
            said = replace(said, joined_to=following)  # "95% sở và 100% xã có cán bộ"
        if together and reading.counted:
            return replace(said, after=[term for term in following.after if not term.is_a("employs")])
        if self._is_owner(reading, following):
            return replace(said, after=following.after, joined_to=following)
        return said

    def tells_whose(self, reading: Reading, following: Reading) -> bool:
        """``2.900 công nhân của 17 doanh nghiệp được tập huấn``: the second only says whose they are."""
        return reading.joined_to is following and self._is_owner(reading, following)

    def _is_owner(self, reading: Reading, following: Reading) -> bool:
        own = linking("possessive")
        return bool(following.after) and self.view.key(following.hedge_first - 1) in own

    def _verb_group(self, term: Term) -> list[Term]:
        """``term`` and the verbs coordinated before it (``tập huấn, hướng dẫn``)."""
        view = self.view
        group = [term]
        index = term.first
        while True:
            gap = index - 1
            if view.key(gap) not in linking("coordinators"):
                before = view.ending_at(index)
            else:
                while view.key(gap - 1) in linking("coordinators"):
                    gap -= 1
                before = view.ending_at(gap)
            if before is None or before.word.weak or before.word.kind != "verb":
                return group
            group.append(before)
            index = before.first


def _took_noun(reading: Reading) -> bool:
    """Whether a number counts what another one does, without a noun of its own."""
    return reading.source is not None and reading.counted is reading.source.counted
