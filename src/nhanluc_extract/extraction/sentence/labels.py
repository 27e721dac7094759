"""The noun before a number, or the one it shares with another number."""

from __future__ import annotations

from itertools import pairwise

from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.filling import LONGEST_LABEL, label_group
from nhanluc_extract.extraction.sentence.nouns import Nouns
from nhanluc_extract.extraction.sentence.reading import Context, NounGroup, Reading, earlier
from nhanluc_extract.extraction.sentence.terms import Term

_LARGEST_DAY = 31
_AGAIN = 14  # tokens from words that take a number up again to the next
_LONGEST_OPENER = 2  # tokens between *số* and its noun


class Labels:
    """Finds nouns that stand before their number."""

    def __init__(self, context: Context, nouns: Nouns) -> None:
        self.context = context
        self.view = context.view
        self.nouns = nouns

    def share_noun_behind(self, reading: Reading, readings: list[Reading]) -> NounGroup:
        """``612, 95 và 1.040 người``, ``từ 150 lên 500 kỹ sư``: the noun stands behind the last only."""
        if not reading.is_open or reading.quantity.kind == "percent" or reading.index + 1 >= len(readings):
            return reading.noun
        following = readings[reading.index + 1]
        gap = [
            token.key
            for token in self.view.tokens[reading.quantity.last : following.quantity.first]
            if token.start < following.quantity.hedge_start
        ]
        alike = following.quantity.kind == reading.quantity.kind
        changed = self._changes_from(reading) and len(gap) == 1 and gap[0] in linking("changed_to")
        joined = bool(gap) and all(key in linking("joins") for key in gap)
        return (
            reading.noun.of(following)
            if alike and (joined or changed) and following.counted
            else reading.noun
        )

    def _changes_from(self, reading: Reading) -> bool:
        return self.view.key(reading.quantity.first - 1) in linking("from_word")

    def find(self, reading: Reading, readings: list[Reading]) -> NounGroup:
        """The noun stands before (``số lớp: 12``), or is that of an earlier number."""
        before = [r for r in earlier(readings, reading) if r.counted]
        if (taken_up := self._taken_up_again(reading, before)) is not None:
            topic = self._topic(reading) if taken_up.family == "people" else ()
            same = reading.noun.of(taken_up)
            return same.but(terms=topic, label=(topic[0].first, reading.quantity.first)) if topic else same
        label, unknown = self._label_noun(reading, before)
        owner = next((r for r in reversed(before) if label is not None and label in r.counted), None)
        if label is not None and owner is None:
            if self._behind_quantity(label, before):
                owner = before[-1]
            else:
                behind, _ = self.nouns.group(label.first)
                terms = tuple(dict.fromkeys([*label_group(self.view, label), *behind]))
                places = _places(before) if label.is_a("degree_word") else ()
                label_span = (terms[0].first, reading.quantity.first)
                return reading.noun.but(terms=(*places, *terms), label=label_span)
        if unknown is None and self._stands_in_row(reading):
            unknown = "…"
        if unknown is None and owner is None and self._may_be_day(reading):
            unknown = self.view.key(reading.quantity.first - 1)
        if unknown is not None:
            return reading.noun.but(unknown=unknown)
        if owner is None and before:
            owner = before[-1]
        if owner is None and reading.quantity.kind == "percent" and self._opens_predicate(reading):
            # "Xét theo bằng cấp, 52,5% có trình độ đại học": of those counted in the sentence before.
            people = [r for r in self.context.previous if r.family == "people"]
            owner = people[0] if people else None
        goes_on = phrases("continues").longest(self.view.tokens, 0) or self._is_of_those(reading)
        goes_on = goes_on or self.view.begins_in(phrases("ranks"), 0, reading.quantity.first)
        for others in (self.context.intro, self.context.previous if goes_on else []):
            if owner is None:
                owner = next((r for r in reversed(others) if r.counted), None)
        return reading.noun.of(owner) if owner is not None else reading.noun

    def _is_of_those(self, reading: Reading) -> bool:
        """``Phần cứng chiếm 70% số lao động này``: a share of those counted in the sentence before."""
        behind = self.view.term_at.get(reading.quantity.last)
        return behind is not None and behind.is_a("workers") and behind.is_a("field_again")

    def _stands_in_row(self, reading: Reading) -> bool:
        """``Máy tính 48 5 Kỹ thuật 51``: cells of a table that a page has run together count nothing."""
        view, quantity = self.view, reading.quantity
        behind, before = view.quantity_at.get(quantity.last), view.quantity_at.get(quantity.first - 1)
        joined_behind = behind is not None and behind.is_candidate and behind.first == quantity.last
        return joined_behind or (before is not None and before.is_candidate and before.last == quantity.first)

    def _may_be_day(self, reading: Reading) -> bool:
        """``tuyển đến 15``: a small number without a noun behind such a word is a day or an hour."""
        small = reading.quantity.kind == "count" and reading.quantity.value <= _LARGEST_DAY
        return small and self.view.key(reading.quantity.first - 1) in linking("as_far_as")

    def _opens_predicate(self, reading: Reading) -> bool:
        following = self.view.term_at.get(reading.quantity.last)
        if following is None or not (following.word.kind == "verb" or following.is_a("diploma")):
            return False
        opened = self.view.mark_before(";:", reading.quantity.first) + 1
        before = self.view.between(opened, reading.quantity.first)
        return not any(term.word.family == "things" for term in before)  # "Số hồ sơ lỗi từ 18% còn 6%"

    def _taken_up_again(self, reading: Reading, before: list[Reading]) -> Reading | None:
        """``tỷ lệ này là 91%``: of the same as the number before, in this sentence or the last."""
        if self._again_before(reading) is None:
            return None
        kind = reading.quantity.kind
        owners = (r for r in [*reversed(before), *reversed(self.context.previous)] if r.counted)
        return next((owner for owner in owners if owner.quantity.kind == kind), None)

    def _again_before(self, reading: Reading) -> int | None:
        """Where words end that take a number up again (``con số này``)."""
        near = range(max(reading.quantity.first - _AGAIN, 0), reading.quantity.first)
        found = (phrases("again").longest(self.view.tokens, index) for index in near)
        return next((hit[0] for hit in found if hit is not None), None)

    def _topic(self, reading: Reading) -> tuple[Term, ...]:
        """``…; trong nhóm học sinh, tỷ lệ này là 91%``: of whom the same is told, before or behind."""
        view, first = self.view, reading.quantity.first
        starts = (view.mark_before(";:.", first) + 1, self._again_before(reading))
        start = next((at for at in starts if at is not None and view.key(at) in linking("topics")), None)
        if start is None:
            return ()
        nouns = (t for t in view.between(start, first) if t.word.kind == "noun" and not view.is_named(t))
        return tuple(term for term in nouns if term.word.family == "people")

    def _label_noun(self, reading: Reading, before: list[Reading]) -> tuple[Term | None, str | None]:
        """The noun before a number that it counts: behind ``số`` or ``tỷ lệ``, else the nearest.

        Beside it the word that such an opener has for a noun, where the pack doesn't know it.

        A body does so only when nothing else can: before a number it is mostly the subject.
        """
        view, first = self.view, reading.quantity.first
        shares = reading.quantity.kind == "percent"
        nouns, opener = self._nouns_before(reading, before)
        if opener is not None and not nouns:
            return None, view.key(first - 1)
        told = view.term_at.get(opener.last) if opener is not None and shares else None
        whose = any(term.word.family == "people" for term in nouns)
        if told is not None and (told.word.kind == "subject" or told.word.family == "things") and not whose:
            return None, view.key(told.first)  # "tỷ lệ hồ sơ trực tuyến của huyện": of no people
        # Not "chuyên ngành số gồm …", an attribute.
        if opener is not None and nouns[-1].first - opener.last <= _LONGEST_OPENER:
            return nouns[-1], None
        for degree, quota in pairwise(nouns):
            if quota.is_a("quota") and quota.last == degree.first:
                return quota, None  # "chỉ tiêu đại học của khoa là 560"
        if not self._is_labelled(reading):
            nouns = [term for term in nouns if term.last == reading.hedge_first]
        near = [term for term in nouns if shares or first - term.last <= LONGEST_LABEL]
        people = [term for term in near if term.word.family != "body"]
        if shares and (having := next((t for t in near if self._has_what_follows(t)), None)) is not None:
            return having, None
        # "thiếu 29 biên chế, riêng các huyện thiếu 8": bodies that lack some are none of those counted.
        leans = before and (shares or (near and self._lacks_or_meets(near[0].last, first)))
        found = people or ([] if leans else near)
        return (found[0] if found else None), None

    def _has_what_follows(self, body: Term) -> bool:
        """``Bản, tổ dân phố có tổ công nghệ số: 100%``: a share of those that have something."""
        behind = self.view.term_at.get(body.last)
        opens = body.first == 0 or not self.view.tokens[body.first - 1].text[0].isalpha()
        return body.word.family == "body" and opens and behind is not None and behind.is_a("have", "lacks")

    def _lacks_or_meets(self, start: int, first: int) -> bool:
        return any(t.is_a("needs", "lacks", "meets") for t in self.view.between(start, first))

    def _nouns_before(self, reading: Reading, before: list[Reading]) -> tuple[list[Term], Term | None]:
        """Nouns before a number that may label it, nearest first, and the word that opens its label."""
        view, first = self.view, reading.quantity.first
        floor = max((r.quantity.last for r in before if r.family != "body"), default=0)
        nouns: list[Term] = []
        for term in reversed(view.between(view.mark_before(";!?", first) + 1, first)):
            if term.is_a("share_opener" if reading.quantity.kind == "percent" else "count_opener"):
                if view.key(term.last) == "|":
                    break  # "du lịch số | 23%": the name of a row
                if not nouns and (self._is_topic(term) or self._goes_on_sharing(term, before)):
                    continue
                return nouns, term
            if not term.word.is_counted:
                continue
            if term.is_a("quota") and reading.quantity.kind == "percent" and before:
                break  # "…, chỉ tiêu đến năm 2025 là 60%": a goal for those counted before
            if self.view.is_named(term) or self.nouns.is_a_name(term):
                continue
            if not self._reaches(term, first):
                break
            if term.first < floor and not any(term in r.counted for r in before):
                break
            nouns.append(term)
            if term.first < floor:
                break
        return nouns, None

    def _is_labelled(self, reading: Reading) -> bool:
        """Whether a verb, a mark or a place joins a number to the noun before it."""
        view, at = self.view, reading.hedge_first
        before = view.ending_at(at)
        return (
            (before is not None and before.word.kind in ("verb", "modifier", "subject"))
            or view.key(at - 1) in linking("label_links")
            or not view.key(at - 1)[:1].isalpha()
            or view.mention_ending(at) is not None
            or (at > 0 and view.is_dated(at - 1))
        )

    def _reaches(self, label: Term, first: int) -> bool:
        """Whether a label stands in the number's clause, or right before the colon that opens it."""
        if self.view.same_clause(label.first, first):
            return True
        colon = self.view.mark_before(":", first)
        return colon >= label.last and self.view.same_clause(label.first, colon)

    def _is_topic(self, opener: Term) -> bool:
        """``Với công chức cấp xã, tỷ lệ được tập huấn là 96%``: whose share it is stands before."""
        view = self.view
        following = view.term_at.get(opener.last)
        said = following is not None and following.word.kind == "verb"
        topic = view.key(view.mark_before(";:", opener.first) + 1) in linking("topics")
        return said and topic and view.key(opener.first - 1) == ","

    def _goes_on_sharing(self, opener: Term, before: list[Reading]) -> bool:
        """``80% người dân có kỹ năng số, tỷ lệ được xác nhận là 40%``: of those counted before."""
        following = self.view.term_at.get(opener.last)
        said = following is not None and following.word.kind == "verb"
        return said and any(r.family == "people" and r.quantity.kind == "percent" for r in before)

    def _behind_quantity(self, term: Term, before: list[Reading]) -> bool:
        """Whether ``term`` stands in the phrase of an before number."""
        return any(r.span[0] <= term.first < r.span[1] for r in before)


def _places(before: list[Reading]) -> tuple[Term, ...]:
    """``1.100 chỉ tiêu; trong đó cao đẳng 150``: of places to be filled a degree tells the level of study."""
    quotas = (r.counted for r in reversed(before) if any(term.is_a("quota") for term in r.counted))
    return next(quotas, ())
