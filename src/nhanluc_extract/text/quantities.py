"""Every number of a sentence: what it says, or what it is instead of a count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_DOWN
from itertools import pairwise

from nhanluc_extract.model import Period, Quantity, Token
from nhanluc_extract.text.not_counts import (
    claims,
    counts_nothing_behind,
    is_code,
    is_level,
    is_model,
    is_money,
    is_named,
)
from nhanluc_extract.text.numerals import Numeral, is_number_word
from nhanluc_extract.text.spans import LARGEST, Spans, language_of_numbers

_MONEY_FROM = 10**6
_BEFORE_ITEM = frozenset({"", ".", ";", ":", ")", "…"})
_LARGEST_ITEM = 99
_LAST_DAY, _LAST_MONTH = 31, 12
_MEASURED = frozenset({"money", "measure", "duration", "rank", "age"})
_FIRST_YEAR, _LAST_YEAR = 1950, 2060


def find_quantities(
    text: str,
    tokens: Sequence[Token],
    periods: Sequence[Period],
    word_starts: frozenset[int] | None = None,
) -> list[Quantity]:
    """Quantities of one sentence in text order, none overlapping another.

    ``text`` is the whole clean text the tokens point into. ``word_starts`` are the offsets at which
    a word of the tokenizer begins; a number word that does not begin one is part of another word.
    """
    if not tokens:
        return []
    return _Finder(text, tokens, periods, word_starts).find()


class _Finder:
    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        periods: Sequence[Period],
        word_starts: frozenset[int] | None,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.word_starts = word_starts
        self.language = language_of_numbers()
        self.starts = [token.start for token in tokens]
        self.ends = [token.end for token in tokens]
        self.has_money = False
        openers = self.language.openers
        self.begun = {i for i, token in enumerate(tokens) if token.key in openers or token.text.isdecimal()}
        self.zeros, self.negated = self._zeros()
        self.claimed = self._claims(periods)
        self.spans = Spans(text, tokens, self.claimed, self.negated)

    def _claims(self, periods: Sequence[Period]) -> dict[int, Quantity]:
        """What is no count, by each of its tokens."""
        found: dict[int, Quantity] = {}
        start, end = self.tokens[0].start, self.tokens[-1].end
        taken = [(p.start, p.end, "date") for p in periods]
        if self.begun:
            taken += [(claim.start, claim.end, claim.kind) for claim in claims(self.text, start, end)]
        for first, last, kind in taken:
            index = self._inside(first)
            stop = bisect_left(self.starts, last, index)
            inside = self.tokens[index:stop]
            numbers = any(token.text.isdecimal() or is_number_word(token.key) for token in inside)
            if any(i in found for i in range(index, stop)) or not (numbers or kind == "date"):
                continue
            claim = Quantity(kind, first, last, index, stop, first)
            found |= dict.fromkeys(range(index, stop), claim)
        return found

    def _inside(self, offset: int) -> int:
        """Token that begins at ``offset`` or holds it."""
        return bisect_right(self.ends, offset)

    def _zeros(self) -> tuple[dict[int, Quantity], frozenset[int]]:
        """Zeros in words by their first token, and the tokens of what each of them negates."""
        start, end = self.tokens[0].start, self.tokens[-1].end
        zeros: dict[int, Quantity] = {}
        negated: set[int] = set()
        for pattern, match in self.language.zero.find(self.text[start:end]):
            a, b = match.start("zero") + start, match.end("zero") + start
            first, last = self._inside(a), self._inside(b)
            negated.update(range(last, self._inside(match.end() + start)))
            zeros[first] = Quantity(pattern.kind, a, b, first, last, a, in_words=True)
        return zeros, frozenset(negated)

    def find(self) -> list[Quantity]:
        found: list[Quantity] = []
        index = 0
        while index < len(self.tokens):
            quantity = self.claimed.get(index) or self.zeros.get(index)
            if quantity is None and index in self.begun:
                quantity = self._quantity(index, found)
            if quantity is None:
                index += 1
                continue
            found.append(quantity)
            self.has_money = self.has_money or quantity.kind == "money"
            index = quantity.last
        return self._with_shared_units(found)

    def _with_shared_units(self, found: list[Quantity]) -> list[Quantity]:
        """``từ 4 lên 10 Mbps``: the unit behind the second number is that of the first."""
        for index, (one, other) in enumerate(pairwise(found)):
            gap = [token.key for token in self.tokens[one.last : other.first]]
            if (
                one.kind == "count"
                and other.kind in _MEASURED
                and len(gap) == 1
                and gap[0] in self.language.changes | self.language.joining
            ):
                found[index] = replace(one, kind=other.kind)
        return found

    def _quantity(self, index: int, found: list[Quantity]) -> Quantity | None:
        token = self.tokens[index]
        if (last := self._vague(index)) is not None:
            return self._plain("vague", index, last)
        numeral = self.spans.numeral(index)
        if numeral is None:
            return self._plain("identifier", index, index + 1) if token.text.isdecimal() else None
        if numeral.value > LARGEST:
            return self._plain("identifier", index, numeral.last)
        if numeral.in_words:
            if self._is_other_word(numeral):
                return None
            if last := self.spans.spoken_pair(numeral):
                return self._plain("vague", index, last)
        elif self._glued_to_letters(index) or is_code(self.tokens, index) or self._opens_item(numeral):
            return self._plain("identifier", index, numeral.last)
        elif (month := self._month_behind(numeral)) is not None:
            return self._plain("date", index, month.last)
        return self._as_name(self.spans.build(numeral), found)

    def _as_name(self, quantity: Quantity, found: list[Quantity]) -> Quantity:
        """A number that is the name of the noun before it, or may be (``lớp 11``)."""
        if quantity.kind != "count" or quantity.of is not None:
            return quantity
        whole = quantity.value.to_integral_value(ROUND_DOWN)
        if is_level(self.tokens, quantity.first, whole) or self._joins(quantity, found, {"level"}):
            return replace(quantity, kind="level")
        if quantity.value >= _MONEY_FROM and (self.has_money or is_money(self.tokens, quantity.first)):
            named = True
        else:
            named = is_named(self.tokens, quantity.first, whole) or self._joins_name(quantity, found)
            named = named or is_model(self.tokens, quantity.first)
        if not named:
            return quantity
        if counts_nothing_behind(self.tokens, quantity.last):
            return replace(quantity, kind="name")
        return replace(quantity, needs_noun=True)

    def _joins_name(self, quantity: Quantity, found: list[Quantity]) -> bool:
        """``lớp 10, 11 và 12``, ``năm 2021, 2022``: bare numbers joined to a name are names too."""
        kinds = {"name", "rank"}
        if _FIRST_YEAR <= quantity.value <= _LAST_YEAR:
            kinds.add("date")
        if found and found[-1].needs_noun:
            kinds.add(found[-1].kind)
        return self._joins(quantity, found, kinds)

    def _joins(self, quantity: Quantity, found: list[Quantity], kinds: set[str]) -> bool:
        """Whether a number is joined to one of ``kinds`` right before it."""
        if not found or found[-1].kind not in kinds:
            return False
        gap = self.tokens[found[-1].last : quantity.first]
        return bool(gap) and all(token.key in self.language.joining for token in gap)

    def _vague(self, index: int) -> int | None:
        """End of an amount without a definite value (hàng chục nghìn, vài trăm, dăm ba)."""
        limit = self.spans.next_claim[index]  # "vài | ba năm"
        found = self.language.vague.longest(self.tokens, index, limit)
        if found is None:
            return None
        last = found[0]
        has_number = last > index + 1 and is_number_word(self.spans.key(last - 1))
        while last < limit and self.spans.key(last) in self.language.vague_scales:
            last, has_number = last + 1, True
        return last if has_number else None

    def _plain(self, kind: str, first: int, last: int) -> Quantity:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Quantity(kind, start, end, first, last, start)

    def _glued_to_letters(self, index: int) -> bool:
        """``A12`` is a name, ``có12`` a missing space."""
        before = self.tokens[index - 1] if index else None
        if before is None or before.end != self.tokens[index].start or not before.text.isalpha():
            return False
        return before.key not in self.language.glued or not before.text.islower()

    def _opens_item(self, numeral: Numeral) -> bool:
        """``… phát triển.3. Năm 2012``: the number of an item inside a line."""
        if numeral.first == 0 and self.spans.key(numeral.last) == "|":
            return True  # the number of a row
        before, behind = self.spans.key(numeral.first - 1), self.tokens[numeral.last + 1 : numeral.last + 2]
        opened = before == "." or (before in _BEFORE_ITEM and bool(behind))
        return (
            opened
            and numeral.last == numeral.first + 1
            and numeral.value <= _LARGEST_ITEM
            and self.spans.key(numeral.last) == "."
            and all(token.text[0].isupper() for token in behind)
        )

    def _month_behind(self, numeral: Numeral) -> Numeral | None:
        """``tối nay 19/11``: the month behind a day; a share is no larger than its whole."""
        month = self.spans.numeral(numeral.last + 1) if self.spans.key(numeral.last) == "/" else None
        if month is None or not month.value < numeral.value <= _LAST_DAY:
            return None
        return month if month.value <= _LAST_MONTH else None

    def _is_other_word(self, numeral: Numeral) -> bool:
        """Whether a number word is another word here (năm 2024, một số, Ba Đình, thứ hai)."""
        first = self.tokens[numeral.first]
        if numeral.first > 0 and first.text[0].isupper():
            return True
        if first.text[0].isupper() and numeral.last - numeral.first == 1:
            behind = self.tokens[numeral.last] if numeral.last < len(self.tokens) else None
            if behind is not None and behind.text[0].isupper():
                return True
        if numeral.last - numeral.first > 1 or self.spans.opens_spoken_range(numeral):
            return False
        following = self.spans.key(numeral.last)
        if following == "," and self.spans.spoken_pair(numeral):
            return False
        if following != "%" and not following[:1].isalpha():
            return True
        forbidden = self.language.homographs.get(first.key)
        if forbidden is not None:
            not_after, not_before = forbidden
            if "*" in not_after or following in not_before or self.spans.key(numeral.first - 1) in not_after:
                return True
        return self.word_starts is not None and first.start not in self.word_starts
