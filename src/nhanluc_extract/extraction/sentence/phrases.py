"""How far a number reaches: the phrase behind its noun and the item it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from nhanluc_extract.extraction.sentence.connectors import linking, majors, phrases
from nhanluc_extract.extraction.sentence.reading import Context, NounGroup, Reading, later
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import Quantity
from nhanluc_extract.text.tokens import is_abbreviation

_SHARE = 3  # tokens before a share in brackets (chiếm tỷ lệ 25%)
_OPENING = 2  # tokens before a count that opens its clause
_CLAUSE = ";:.!?()"
_SHORT_FORM = 2  # tokens of a bracket that holds one word before it closes


class Phrases:
    """Finds the phrase of each number."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.view

    def find(self, reading: Reading, readings: list[Reading]) -> NounGroup:
        """The noun group of a number with the phrase that it opens."""
        begin = max(reading.span[1], reading.quantity.last)
        end = self._end(reading, begin, self._limit(reading, readings, begin))
        return reading.noun.but(span=(reading.quantity.last, max(end, begin)))

    def _limit(self, reading: Reading, readings: list[Reading], begin: int) -> int:
        """Where the next number's phrase begins at the earliest."""
        following = [r for r in later(readings, reading) if r.quantity.first >= begin]
        if following and self._is_noted_share(following[0]):
            following = following[1:]
        if reading.family == "body":
            # "14 xã chưa có ai": nobody is no count of its own here.
            following = [r for r in following if r.quantity.kind != "zero" or r.quantity.first > begin + 1]
        if reading.family == "people":
            while following and (following[0].is_located or self._is_beside(following[0])):
                following = following[1:]
        if following:
            return self._cut(begin, reading, following[0].quantity)
        return len(self.view.tokens) - (self.view.tokens[-1].text in ".!?…")

    def _end(self, reading: Reading, begin: int, limit: int) -> int:
        view, index = self.view, begin
        while index < limit:
            term = view.term_at.get(index)
            if term is not None and term.last <= limit:
                index = term.last
                continue
            if not view.same_clause(index, begin - 1):
                break
            if view.tokens[index].text == "(":
                closed = self._closing(index)
                if closed is None or closed >= limit:
                    break
                index = closed + 1
                continue
            if self._closes(reading, index, begin, limit):
                break
            index += 1
        return index

    def _closes(self, reading: Reading, index: int, begin: int, limit: int) -> bool:
        """Whether the phrase ends before a token."""
        view, text = self.view, self.view.tokens[index].text
        noun = max((term.last for term in reading.counted), default=begin)  # "12 xã thì chưa có ai"
        turns = index > max(begin, noun) and view.key(index) in linking("turns")
        if text in ";:)[]" or text in linking("clause_marks") or turns:
            return True
        if text == "," and not self._goes_on(index, limit):
            return not self._lists_subject(reading, index, limit)
        rest = index == begin and view.key(index) in linking("rest")
        # "31 người trong đó có bằng": were a number behind it, another clause would begin here
        behind = index == noun and phrases("parts_behind").longest(view.tokens, index) is not None
        return phrases("parts").longest(view.tokens, index) is not None and not (rest or behind)

    def _is_beside(self, other: Reading) -> bool:
        """``300 công chức thuộc 2 dự án``: what things are behind a preposition belongs to the phrase.

        So do the subjects that a number only sums up (``240 sinh viên hai ngành A và B``).
        """
        if other.unknown in majors():
            return True
        things = not other.counted or other.family == "things"
        return things and self.view.key(other.hedge_first - 1) in linking("prepositions") | linking("topics")

    def _is_noted_share(self, other: Reading) -> bool:
        """``20/20 xã (đạt 100%) có tổ``, ``100% xã (20/20) có tổ``: the share in brackets is the number's."""
        opened = self.view.mark_before("(", other.quantity.first)
        return opened >= 0 and self._noted_share(opened) == other.quantity

    def _noted_share(self, index: int) -> Quantity | None:
        """The share (``100%``, ``20/20``) that is all the bracket at ``index`` counts."""
        view, near = self.view, range(index + 1, min(index + 2 + _SHARE, len(self.view.tokens)))
        share = next((view.quantity_at[at] for at in near if at in view.quantity_at), None)
        shared = share is not None and (share.kind == "percent" or share.of is not None)
        noted = share is not None and shared and view.key(share.last) == ")"
        return share if noted else None

    def _closing(self, index: int) -> int | None:
        """Index of the bracket that closes the one at ``index``, when it holds no count but a share."""
        if (share := self._noted_share(index)) is not None:
            return share.last
        for at in range(index + 1, len(self.view.tokens)):
            if at in self.context.firsts:
                return None
            if self.view.tokens[at].text == ")":
                return at
        return None

    def _cut(self, begin: int, reading: Reading, following: Quantity) -> int:
        """Where the phrase before ``following`` ends at the latest."""
        view = self.view
        first = following.first
        while first > begin and view.tokens[first - 1].start >= following.hedge_start:
            first -= 1
        if reading.family == "course" and view.key(first - 1) in linking("beneficiary"):
            return first - 1  # "lớp về dữ liệu và ký số cho 30 người"
        closed = 0  # "45 học sinh Trường A (Vĩnh Phúc) đã dự hai buổi": a bracket between cuts nothing
        for index in range(first - 1, begin - 1, -1):
            term = view.term_over(index)
            closed += (view.key(index) == ")") - (view.key(index) == "(")
            if (
                (term is not None and term.first < index)
                or closed > 0
                or (closed == 0 and view.key(index) == "(")
            ):
                continue
            if view.tokens[index].text in (",", ";", "(", ":") or view.key(index) in linking("conjunctions"):
                return index
        return first

    def _goes_on(self, index: int, limit: int) -> bool:
        """Whether a comma only joins two words of one kind (``đào tạo, bồi dưỡng``), or two names."""
        view = self.view
        one, other = view.mention_ending(index), view.mention_at(index + 1)
        if one is not None and other is not None and one.level == other.level:
            return other.first == index + 1 and not (one.again or other.again)
        before = view.ending_at(index)
        after = view.term_at.get(self.view.skip_fillers(index + 1))
        if before is None or after is None or after.first >= limit or after.is_a("per_year"):
            return False
        if before.word.family == "body" and after.is_a("level_words"):
            return True  # "cơ quan cấp tỉnh, cấp huyện"
        if before.word.generic and before.word is after.word:
            return False  # "năm người, người trẻ nhất 20 tuổi"
        if before.word.kind == after.word.kind and not after.word.weak:
            return before.word.kind != "noun" or before.word.family == after.word.family
        return False

    def _lists_subject(self, reading: Reading, index: int, limit: int) -> bool:
        """``100% công nhân trong doanh nghiệp, hợp tác xã … có kỹ năng số``: the subject goes on.

        It does where no verb stands before the number or behind it yet, and one comes before any
        other mark.
        """
        view = self.view
        shares = reading.family == "people" and reading.quantity.kind == "percent"
        if not shares and reading.family != "body":
            return False
        start = view.mark_before(_CLAUSE, reading.quantity.first) + 1
        opened = view.mark_before(",", reading.quantity.first) + 1
        opens = reading.hedge_first - max(start, opened) <= _OPENING
        if not shares and not opens:
            return False
        start = max(start, opened) if opens else start
        if any(t.word.kind == "verb" for t in view.between(start, reading.quantity.first)):
            return False
        if any(t.word.kind == "verb" for t in view.between(reading.quantity.last, index)):
            return False
        end = min(view.mark_from(_CLAUSE, index + 1), limit)
        return any(t.word.kind == "verb" for t in view.between(index + 1, end))

    def item_start(self, reading: Reading, readings: list[Reading]) -> int:
        """The token at which the item of a number begins."""
        view = self.view
        first = reading.quantity.first
        floor = readings[reading.index - 1].quantity.last if reading.index else 0
        for index in _back_from(view, first, floor):
            if view.tokens[index].text in ",;()" or view.key(index) in linking("conjunctions"):
                if index + 1 < first and view.tokens[index].text in ",":
                    # "cán bộ, công chức: 12": a comma inside the label.
                    before = view.ending_at(index)
                    after = view.term_at.get(index + 1)
                    if before and after and before.word.family and before.word.family == after.word.family:
                        continue
                return index + 1
        return floor


def _back_from(view: View, first: int, floor: int) -> Iterator[int]:
    """Tokens before ``first`` down to ``floor``, without those of a short form in brackets.

    ``có bằng về công nghệ thông tin (CNTT) chỉ được 12 người``: it parts nothing.
    """
    index = first - 1
    while index >= floor:
        opened = index - _SHORT_FORM
        closes = view.tokens[index].text == ")" and opened > floor and view.tokens[opened].text == "("
        if closes and is_abbreviation(view.tokens[index - 1].text):
            index = opened - 1
            continue
        yield index
        index -= 1
