"""Parts and their totals, shares and their wholes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from nhanluc_extract.extraction.sentence.connectors import linking, pairs, phrases, ratio_words
from nhanluc_extract.extraction.sentence.reading import Context, Reading, earlier, later
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import Quantity

_BRACKETS = "(["
_LONGEST_SUM = 14  # tokens from the words for a sum to it (``cộng lại, cả năm tỉnh tuyển``)
_MOST_ADDED = 5  # parts of a total that nothing but their sum tells
_LONGEST_OPENER = 3  # tokens of words for parts that belong together (``trong đó, riêng``)


def join_wholes(view: View, candidates: Sequence[Quantity]) -> tuple[list[Quantity], frozenset[int]]:
    """``2 trong số 22 xã``: the second number is the denominator of the first.

    Returns the numbers that are left and, of those, the first tokens of what one is only picked out of.
    """
    kept: list[Quantity] = []
    picked_from: set[int] = set()
    index = 0
    while index < len(candidates):
        quantity = candidates[index]
        following = candidates[index + 1] if index + 1 < len(candidates) else None
        index += 1
        if following is not None and quantity.of is None and following.kind == "count":
            gap, inside = _gap(view, quantity, following)
            is_ratio = gap in ratio_words() and gap != ("/",)
            if quantity.kind == "percent":
                quantity = replace(quantity, of=following.value) if is_ratio else quantity
            elif quantity.value == 1 and gap in ratio_words():
                # "1 trong 11 lớp": eleven are counted, the one is only picked out
                picked_from.add(following.first)
                continue
            elif is_ratio and following.value >= quantity.value:
                last = quantity.last if inside else following.last
                quantity = replace(quantity, of=following.value, last=last)
                index += 1
        kept.append(quantity)
    return kept, frozenset(picked_from)


def _gap(view: View, quantity: Quantity, following: Quantity) -> tuple[tuple[str, ...], bool]:
    """Words between two numbers, without the noun of the first (``142 xã trên tổng số 156 xã``)."""
    noun = view.term_at.get(quantity.last)
    inside = noun is not None and noun.word.family == "body"
    first = noun.last if noun is not None and inside else quantity.last
    tokens = view.tokens[first : following.first]
    return tuple(token.key for token in tokens if token.start < following.hedge_start), inside


class Totals:
    """Finds what a number is a part of."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.view
        self.openers = list(_openers(self.view))
        self.named_degrees: dict[int, bool] = {}
        self.sums: dict[int, Decimal | int] = {}

    def parts_of(self, reading: Reading, readings: list[Reading]) -> list[Reading]:
        """``Trong số 22 xã, chỉ 2 xã có …``: the first number is the denominator of the second.

        People, teams or courses that are parted in more than one way are a total of parts.
        """
        if reading.index + 1 == len(readings):
            return []
        part = readings[reading.index + 1]
        if self._before(reading.quantity.first) is None and not self._turns_to(reading, part):
            return []
        fits = part.family == reading.family and part.quantity.value <= reading.quantity.value
        others = (o for o in later(readings, part) if o.family == part.family)
        if part.family != "body" and any(other.quantity.kind == "count" for other in others):
            return []
        if fits and part.quantity.of is None and part.quantity.kind == "count":
            return [part, *self._alike(part, readings)]
        return []

    def _turns_to(self, whole: Reading, part: Reading) -> bool:
        """``Xã có 8 bản thì 7 bản đã có tổ``: bodies in number, of which some are told next."""
        if whole.family != "body":
            return False
        view, first = self.view, part.hedge_first
        have = view.ending_at(first)
        first = have.first if have is not None and have.is_a("have") else first  # "… thì có tới 12 xã"
        return view.key(first - 1) in linking("so_that") and self._reaches(whole, first - 1)

    def _reaches(self, whole: Reading, index: int) -> bool:
        """``17 xã của huyện``: whether up to a token nothing but whose they are is told of bodies."""
        behind = range(max(term.last for term in whole.counted), index)
        told = any(t.word.kind == "verb" for t in self.view.between(behind.start, behind.stop))
        return not told and not any(self.view.tokens[i].text in ",;:" for i in behind)

    def _alike(self, part: Reading, readings: list[Reading]) -> list[Reading]:
        """``Trong 94 xã, 21 nơi có, 58 nơi kiêm nhiệm``: bodies without a name are of the same whole."""
        names = {term.word.name for term in part.counted}
        if part.family != "body" or not any(term.is_a("unnamed_bodies") for term in part.counted):
            return []
        return [
            other
            for other in later(readings, part)
            if {term.word.name for term in other.counted} == names
            and other.quantity.kind == "count"
            and other.quantity.of is None
            and self.view.key(max(term.last for term in other.counted)) not in linking("rest")
        ]

    def summed(self, readings: list[Reading]) -> dict[int, Reading]:
        """``43 người chuyên trách, 58 kiêm nhiệm, cộng lại là 101``: the sum told behind them, by part."""
        sums = {}
        for total in readings:
            parts = self._adding_up(total, readings) if self._tells_sum(total) else []
            sums.update(dict.fromkeys((part.index for part in parts), total))
        return sums

    def _tells_sum(self, total: Reading) -> bool:
        """``tổng cộng là 101 người``, ``tức 41 người cả thảy``."""
        first = total.hedge_first
        told = self.view.begins_in(phrases("sums"), max(first - _LONGEST_SUM, 0), first)
        return told or phrases("sums").longest(self.view.tokens, total.span[1]) is not None

    def _adding_up(self, total: Reading, readings: list[Reading]) -> list[Reading]:
        """The counts right before one whose sum it is."""
        parts: list[Reading] = []
        left = total.quantity.value
        for part in reversed(readings[: total.index]):
            if part.family != total.family or part.quantity.kind != "count" or left < part.quantity.value:
                break
            parts.append(part)
            left -= part.quantity.value
            if not left:
                return parts if len(parts) > 1 else []
        return []

    def total_of(self, reading: Reading, readings: list[Reading]) -> Reading | None:
        """The total a number is a part of: opened by a word, a bracket, a colon, a list or a diploma."""
        if self._is_beside(reading):
            return None
        before = [r for r in earlier(readings, reading) if r.counted or r.parent]
        return (
            self._opened_by_whole(reading, before)
            or self._opened_by_word(reading, before, readings)
            or self._opened_by_mark(reading, before)
            or self._opened_by_degree(reading, readings)
            or self._opened_by_sum(reading, readings)
        )

    def _is_beside(self, reading: Reading) -> bool:
        """``chưa kể 10.000 kỹ thuật viên``: what the total does without."""
        return self.view.phrase_before(phrases("beside"), reading.hedge_first) is not None

    def _opened_by_whole(self, reading: Reading, before: list[Reading]) -> Reading | None:
        """``Trong 148 kỹ sư, 112 người làm thiết kế, 36 người …``: the first is parted in several ways."""
        whole = before[0] if before else None
        if whole is None or whole.family == "body" or self._before(whole.quantity.first) is None:
            return None
        return (
            self._total([whole], reading) if whole.quantity.kind == reading.quantity.kind == "count" else None
        )

    def _before(self, first: int) -> tuple[str, ...] | None:
        """The words before a number that make a whole of it (``trong``, ``trong số``)."""
        keys = [self.view.key(i) for i in range(max(first - 3, 0), first)]
        ends = (tuple(keys[-length:]) for length in range(1, len(keys) + 1))
        return next((end for end in ends if end in pairs("whole")), None)

    def _opened_by_word(
        self, reading: Reading, before: list[Reading], readings: list[Reading]
    ) -> Reading | None:
        """``trong đó``: what follows is a part of what stands before it, or in the sentence before."""
        at = bisect_left(self.openers, (reading.quantity.first,))
        if not at:
            return None
        opened, opener = self.openers[at - 1]
        shared = reading.source if reading.quantity.kind == "percent" else None
        if shared is not None and opened < shared.quantity.first and shared in before:
            return self._opened_by_word(shared, before[: before.index(shared)], readings)
        opening = [r for r in before if r.quantity.first < opener]
        if opening and reading.family == "people" and self._makes_up_teams(opening[-1], opener):
            return None
        # "153 công chức (7 thạc sĩ, 118 đại học); trong đó 61 người …": not of those in the bracket.
        outside = [r for r in opening if not self.view.in_bracket(r.quantity.first)]
        total = None
        if not self.view.in_bracket(reading.quantity.first):
            total = self._total(self._held_by(opened, outside, readings), reading)
            total = total or self._total(outside, reading)
        total = total or self._total(opening, reading)
        if total is not None or opening or self._counts_anew(reading) or self._is_of_team(reading):
            return total
        held = self._holding(reading, readings)
        return held or self._total(self.context.intro, reading)

    def _held_by(self, opened: int, before: list[Reading], readings: list[Reading]) -> list[Reading]:
        """``372 người, trong đó cấp xã 93; số này gồm 31 sau đại học, 341 đại học``: whose sum they are."""
        if opened not in self.sums:
            parts = (r for r in readings if r.quantity.first > opened and r.quantity.kind == "count")
            self.sums[opened] = sum(part.quantity.value for part in parts)
        return [total for total in before if total.quantity.value == self.sums[opened]]

    def _makes_up_teams(self, teams: Reading, opener: int) -> bool:
        """``1.860 đoàn viên; các trường góp thêm 6 đội gồm 148 bạn``: of those teams, not of all before."""
        made_up = phrases("made_up").longest(self.view.tokens, opener) is not None
        return made_up and teams.family == "team" and teams.span[1] >= opener

    def _holding(self, reading: Reading, readings: list[Reading]) -> Reading | None:
        """``83 người ở tỉnh, 84 ở xã. Trong số này, 9 thạc sĩ, 148 đại học``: what can hold all the parts.

        Best is a total that is the sum of them.
        """
        previous = self.context.previous
        told = [*(r.parent for r in previous if r.parent is not None), *previous]
        parts = [r for r in readings if r.family == reading.family and r.quantity.kind == "count"]
        largest = max([reading, *parts], key=lambda r: r.quantity.value)
        whole = sum(part.quantity.value for part in parts)
        sums = [total for total in told if len(parts) > 1 and total.quantity.value == whole]
        return self._total(sums, largest) or self._total(told, largest) or self._total(previous, reading)

    def _opened_by_mark(self, reading: Reading, before: list[Reading]) -> Reading | None:
        """A bracket, a colon, or the item of a list."""
        view, first = self.view, reading.quantity.first
        total = None
        if self.view.in_bracket(first):
            opened = view.mark_before(_BRACKETS, first)
            total = self._total([r for r in before if r.quantity.first < opened], reading)
        colon = view.mark_before(":", first)
        if total is None and colon >= 0:
            item = view.mark_before(";", colon)
            opening = [r for r in before if item < r.quantity.first < colon]
            total = self._total(opening[-1:], reading)
        if total is None and view.sentence.is_bullet and self.context.intro and not before:
            return self._total(self.context.intro, reading)
        return total

    def _opened_by_degree(self, reading: Reading, readings: list[Reading]) -> Reading | None:
        """``73 cán bộ, thạc sĩ 11 người``: a diploma makes a part of the head-count before."""
        listed = self.view.sentence.is_bullet and self.context.intro
        first_of_item = not any(r.counted or r.parent for r in earlier(readings, reading))
        if (listed and first_of_item) or not self._names_degree(reading):
            return None
        first = reading.quantity.first
        start = self.view.mark_before(";", first)
        counted = [
            r
            for r in earlier(readings, reading)
            if r.counted and r.quantity.first > start and not self._names_degree(r)
        ]
        total = self._total(counted, reading)
        if total is not None and not self._names_degree(total):
            return total
        neighbour = readings[reading.index - 1] if reading.index else None
        return neighbour.parent if neighbour is not None and self._names_degree(neighbour) else None

    def _opened_by_sum(self, reading: Reading, readings: list[Reading]) -> Reading | None:
        """``165 cán bộ, 39 chuyên trách và 126 người kiêm nhiệm``: the counts behind one add up to it."""
        for total in reversed(readings[max(reading.index - _MOST_ADDED, 0) : reading.index]):
            left, number = total.quantity.value, 0
            for part in readings[total.index + 1 : total.index + 1 + _MOST_ADDED]:
                if part.family != total.family or part.quantity.kind != "count" or not part.counted:
                    break
                left, number = left - part.quantity.value, number + 1
                if left <= 0:
                    break
            if (
                not left
                and number > 1
                and total.counted
                and total.family != "body"
                and total.index + number >= reading.index
            ):
                return total
        return None

    @cached_property
    def _named_again(self) -> int:
        """Where the first place that is taken up again ends; behind the last token without one."""
        return next((m.last for m in self.view.mentions if m.again), len(self.view.tokens) + 1)

    def _counts_anew(self, reading: Reading) -> bool:
        """``Về bằng cấp, toàn tỉnh có 88 công chức …``: a head-count of its own, of a whole named anew."""
        people = any(
            not t.word.generic and not t.is_a("degree_word", "degree_holder") for t in reading.counted
        )
        return people and reading.family == "people" and self._named_again <= reading.quantity.first

    def _is_of_team(self, reading: Reading) -> bool:
        """``Theo đó, mỗi tổ có 7 thành viên``: of a team, and of nobody counted before."""
        told = self.view.between(0, reading.hedge_first)
        return reading.family == "people" and any(term.word.family == "team" for term in told)

    def _names_degree(self, reading: Reading) -> bool:
        """``73 cán bộ, thạc sĩ 11 người, đại học 58``: a diploma makes a part of the head-count before."""
        if reading.index not in self.named_degrees:
            named = any(term.is_a("degree_word") for term in (*reading.counted, *reading.item_terms))
            apart = not reading.counted_classes.isdisjoint({"course_people", "quota"})
            self.named_degrees[reading.index] = named and reading.family == "people" and not apart
        return self.named_degrees[reading.index]

    def _total(self, candidates: list[Reading], part: Reading) -> Reading | None:
        """The nearest earlier count of the same kind that is large enough to hold the part."""
        for total in reversed(candidates):
            if not total.counted or total.quantity.kind == "percent":
                continue
            if part.counted and total.family != part.family:
                continue
            if part.quantity.kind == "count" and total.quantity.value < part.quantity.value:
                continue
            if part.quantity.kind == "percent" and not part.source:
                continue
            return total
        return None


def _openers(view: View) -> Iterator[tuple[int, int]]:
    """Tokens at which words for parts begin, each with the first of those it belongs together with."""
    opener, behind = None, 0
    for index in view.begun(phrases("parts")):
        behind = max(behind, _end_of_aside(view, index))
        if index < behind:
            continue
        opener = index if opener is None or index - opener > _LONGEST_OPENER else opener
        yield index, opener


def _end_of_aside(view: View, index: int) -> int:
    """``4 người trong số này là thạc sĩ, 51 người …``: where words end that only say whose part it is."""
    noun, hit = view.ending_at(index), phrases("parts_behind").longest(view.tokens, index)
    if noun is None or hit is None or not view.is_number(noun.first - 1):
        return 0
    parted = any(view.counts_at(at) for at in range(hit[0], hit[0] + _LONGEST_OPENER))
    return 0 if parted else hit[0]
