"""Every number of a sentence: what it says, or what it is instead of a count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from nhanluc_extract.model import Period, Qualifier, Quantity, Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.hedges import hedge_before, hedge_behind
from nhanluc_extract.text.language import language
from nhanluc_extract.text.not_counts import (
    claims,
    counts_nothing_behind,
    is_code,
    is_level,
    is_money,
    is_named,
)
from nhanluc_extract.text.numerals import Numeral, is_number_word, parse
from nhanluc_extract.text.tokens import SurfaceTrie

_LARGEST_SPOKEN = 20
_LARGEST = Decimal(10**13)  # no newspaper counts further
_MONEY_FROM = 10**6
_BEFORE_ITEM = frozenset({"", ".", ";", ":", ")", "…"})
_LARGEST_ITEM = 99
_LAST_DAY, _LAST_MONTH = 31, 12
_MEASURED = frozenset({"money", "measure", "duration", "rank", "age"})
_FIRST_YEAR, _LAST_YEAR = 1950, 2060
_LONGEST_NOUN_INSIDE = 3  # tokens of a noun that stands at both ends of a range
_WIDEST_CHOICE = 5  # "5 hoặc 7" is a range, "5 hoặc 70" are two numbers


@dataclass(frozen=True, slots=True)
class _Language:
    behind: SurfaceTrie[str]
    not_behind: frozenset[str]
    connectors: frozenset[str]
    choices: frozenset[str]
    changes: frozenset[str]
    ratio: frozenset[str]
    vague: SurfaceTrie[bool]
    vague_scales: frozenset[str]
    percent: SurfaceTrie[bool]
    homographs: dict[str, tuple[frozenset[str], frozenset[str]]]
    joining: frozenset[str]
    glued: frozenset[str]
    zero: tuple[re.Pattern[str], ...]


@cache
def _language() -> _Language:
    hedges, numerals, other = language("hedges"), language("numerals"), language("not_counts")
    behind: SurfaceTrie[str] = SurfaceTrie()
    for kind, surfaces in other["behind"].items():
        for surface in surfaces:
            behind.add(surface, kind)

    def folded(words: Sequence[str]) -> frozenset[str]:
        return frozenset(fold(word) for word in words)

    return _Language(
        behind=behind,
        not_behind=folded(other["not_behind"]["words"]),
        connectors=folded(hedges["range"]["connectors"]),
        choices=folded(hedges["range"]["choices"]),
        changes=folded(hedges["range"]["changes"]),
        ratio=frozenset(hedges["ratio"]["connectors"]),
        vague=SurfaceTrie.of(numerals["vague_before"]["words"]),
        vague_scales=folded(numerals["vague_before"]["vague_scales"]),
        percent=SurfaceTrie.of(numerals["percent"]["words"]),
        homographs={
            fold(word): (folded(entry["not_after"]), folded(entry["not_before"]))
            for word, entry in numerals["homographs"].items()
        },
        joining=folded(hedges["range"]["joining"]),
        glued=folded(numerals["glued"]["words"]),
        zero=tuple(re.compile(expression, re.I) for expression in numerals["zero"]["expressions"]),
    )


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
        self.language = _language()
        self.zeros, self.negated = self._zeros()
        self.claimed = self._claims(periods)
        self.next_claim = self._next_claim()

    def _claims(self, periods: Sequence[Period]) -> dict[int, Quantity]:
        """What is no count, by each of its tokens."""
        found: dict[int, Quantity] = {}
        start, end = self.tokens[0].start, self.tokens[-1].end
        taken = [(p.start, p.end, "date") for p in periods]
        taken += [(claim.start, claim.end, claim.kind) for claim in claims(self.text, start, end)]
        at = {token.start: index for index, token in enumerate(self.tokens)}
        for first, last, kind in taken:
            index = at.get(first) or self._inside(first)
            stop = index
            while stop < len(self.tokens) and self.tokens[stop].start < last:
                stop += 1
            inside = self.tokens[index:stop]
            numbers = any(token.text.isdecimal() or is_number_word(token.key) for token in inside)
            if any(i in found for i in range(index, stop)) or not (numbers or kind == "date"):
                continue
            claim = Quantity(kind, first, last, index, stop, first)
            found |= dict.fromkeys(range(index, stop), claim)
        return found

    def _inside(self, offset: int) -> int:
        """Token that begins at ``offset`` or holds it."""
        return next((i for i, t in enumerate(self.tokens) if t.end > offset), len(self.tokens))

    def _next_claim(self) -> list[int]:
        """For each token the first claimed one at or behind it."""
        following = [len(self.tokens)] * (len(self.tokens) + 1)
        for index in range(len(self.tokens) - 1, -1, -1):
            following[index] = index if index in self.claimed else following[index + 1]
        return following

    def _zeros(self) -> tuple[dict[int, Quantity], frozenset[int]]:
        """Zeros in words by their first token, and the tokens of what each of them negates."""
        start, end = self.tokens[0].start, self.tokens[-1].end
        zeros: dict[int, Quantity] = {}
        negated: set[int] = set()
        for expression in self.language.zero:
            for match in expression.finditer(self.text[start:end]):
                a, b = match.start("zero") + start, match.end("zero") + start
                first, last = self._inside(a), self._inside(b)
                negated.update(range(last, self._inside(match.end() + start)))
                zeros[first] = Quantity("zero", a, b, first, last, a, in_words=True)
        return zeros, frozenset(negated)

    def key(self, index: int) -> str:
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def find(self) -> list[Quantity]:
        found: list[Quantity] = []
        index = 0
        while index < len(self.tokens):
            quantity = self.claimed.get(index) or self.zeros.get(index) or self._quantity(index, found)
            if quantity is None:
                index += 1
                continue
            found.append(quantity)
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
        numeral = self._numeral(index)
        if numeral is None:
            return self._plain("identifier", index, index + 1) if token.text.isdecimal() else None
        if numeral.in_words:
            if self._is_other_word(numeral):
                return None
            if last := self._spoken_pair(numeral):
                return self._plain("vague", index, last)
        elif (
            self._glued_to_letters(index)
            or is_code(self.tokens, index)
            or numeral.value > _LARGEST
            or self._opens_item(numeral)
        ):
            return self._plain("identifier", index, numeral.last)
        elif (month := self._month_behind(numeral)) is not None:
            return self._plain("date", index, month.last)
        return self._as_name(self._build(numeral), found)

    def _as_name(self, quantity: Quantity, found: list[Quantity]) -> Quantity:
        """A number that is the name of the noun before it, or may be (``lớp 11``)."""
        if quantity.kind != "count" or quantity.of is not None:
            return quantity
        if is_level(self.tokens, quantity.first, int(quantity.value)) or self._joins(
            quantity, found, {"level"}
        ):
            return replace(quantity, kind="level")
        if quantity.value >= _MONEY_FROM and (
            is_money(self.tokens, quantity.first) or any(before.kind == "money" for before in found)
        ):
            named = True
        else:
            named = is_named(self.tokens, quantity.first, int(quantity.value)) or self._joins_name(
                quantity, found
            )
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
        found = self.language.vague.longest(self.tokens, index)
        if found is None:
            return None
        last = found[0]
        has_number = last > index + 1 and is_number_word(self.key(last - 1))
        while self.key(last) in self.language.vague_scales:
            last, has_number = last + 1, True
        return last if has_number else None

    def _numeral(self, index: int) -> Numeral | None:
        if index >= len(self.tokens) or index in self.claimed or index in self.negated:
            return None
        token = self.tokens[index]
        if not token.text.isdecimal() and not is_number_word(token.key):
            return None
        # A numeral ends before what is claimed: "một trăm linh | năm 2024".
        limit = self.next_claim[index]
        if token.text.isdecimal() and is_named(self.tokens, index, int(token.text)):
            # "vùng 1 100": a name and a number, no thousand.
            limit = min(limit, self._end_of_run(index))
        return parse(self.text, self.tokens if limit == len(self.tokens) else self.tokens[:limit], index)

    def _end_of_run(self, index: int) -> int:
        """End of the tokens that are written together with token ``index``."""
        last = index + 1
        while last < len(self.tokens) and self.tokens[last].start == self.tokens[last - 1].end:
            last += 1
        return last

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
        if numeral.first == 0 and self.key(numeral.last) == "|":
            return True  # the number of a row
        before, behind = self.key(numeral.first - 1), self.tokens[numeral.last + 1 : numeral.last + 2]
        opened = before == "." or (before in _BEFORE_ITEM and bool(behind))
        return (
            opened
            and numeral.last == numeral.first + 1
            and numeral.value <= _LARGEST_ITEM
            and self.key(numeral.last) == "."
            and all(token.text[0].isupper() for token in behind)
        )

    def _month_behind(self, numeral: Numeral) -> Numeral | None:
        """``tối nay 19/11``: the month behind a day; a share is no larger than its whole."""
        month = self._numeral(numeral.last + 1) if self.key(numeral.last) == "/" else None
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
        if numeral.last - numeral.first > 1 or self._opens_spoken_range(numeral):
            return False
        following = self.key(numeral.last)
        if following == "," and self._spoken_pair(numeral):
            return False
        if following != "%" and not following[:1].isalpha():
            return True
        forbidden = self.language.homographs.get(first.key)
        if forbidden is not None:
            not_after, not_before = forbidden
            if "*" in not_after or following in not_before or self.key(numeral.first - 1) in not_after:
                return True
        return self.word_starts is not None and first.start not in self.word_starts

    def _opens_spoken_range(self, numeral: Numeral) -> bool:
        """Whether another small number word is its upper end (năm đến bảy)."""
        upper = self._upper_end(numeral.last, numeral.value)
        return upper is not None and upper.in_words and self._mantissa(upper) <= _LARGEST_SPOKEN

    def _spoken_pair(self, numeral: Numeral) -> int | None:
        """End of a spoken guess (ba, bốn người; năm bảy lớp), which has no definite value."""
        index = numeral.last
        if numeral.last - numeral.first != 1:
            return None
        if self.key(index) == ",":
            index += 1
        following = self._numeral(index)
        if following is None or following.last - following.first != 1 or not following.in_words:
            return None
        step = following.value - numeral.value
        return following.last if step in (1, 2) and following.value <= 10 else None

    def _build(self, numeral: Numeral) -> Quantity:
        quantity = Quantity(
            kind="count",
            start=self.tokens[numeral.first].start,
            end=self.tokens[numeral.last - 1].end,
            first=numeral.first,
            last=numeral.last,
            hedge_start=self.tokens[numeral.first].start,
            value=numeral.value,
            in_words=numeral.in_words,
        )
        quantity = self._with_sign(quantity)
        quantity = self._as_range(quantity, numeral) or self._as_ratio(quantity) or quantity
        quantity = self._without_note(quantity)
        if quantity.kind == "count":
            behind = self.language.behind.longest(self.tokens, quantity.last)
            if behind is not None and self.key(behind[0]) not in self.language.not_behind:
                quantity = replace(quantity, kind=behind[1][0])
        return self._qualified(quantity)

    def _with_sign(self, quantity: Quantity) -> Quantity:
        """``quantity`` with the percent sign behind it."""
        sign = self.language.percent.longest(self.tokens, quantity.last)
        if sign is None:
            return quantity
        return replace(quantity, kind="percent", last=sign[0], end=self.tokens[sign[0] - 1].end)

    def _as_range(self, quantity: Quantity, numeral: Numeral) -> Quantity | None:
        upper = self._upper_end(quantity.last, quantity.value) or self._upper_end_behind_noun(quantity)
        if upper is None:
            return None
        ranged = self._with_sign(replace(quantity, last=upper.last, end=self.tokens[upper.last - 1].end))
        if upper.value <= quantity.value:
            return ranged
        value = quantity.value
        if self._scaled_alike(numeral, upper):
            value = value * (upper.value / self._mantissa(upper))
        return replace(ranged, value=value, high=upper.value, qualifier="range")

    def _as_ratio(self, quantity: Quantity) -> Quantity | None:
        if quantity.kind == "percent" or self.key(quantity.last) not in self.language.ratio:
            return None
        whole = self._numeral(quantity.last + 1)
        if whole is None or whole.value < quantity.value:
            return None
        end = self.tokens[whole.last - 1].end
        return replace(quantity, of=whole.value, last=whole.last, end=end, of_end=end)

    def _without_note(self, quantity: Quantity) -> Quantity:
        """Pass what only comments the number: ``108(1)``, ``300*``, ``300 (ba trăm)``, ``300±10``."""
        last, tokens = quantity.last, self.tokens
        if self.key(last) == "*":
            return replace(quantity, last=last + 1)
        if self.key(last) == "±" and self.key(last + 1).isdecimal():
            return replace(quantity, last=last + 2)
        if self.key(last) != "(" or self.key(last + 1) in ("", ")"):
            return quantity
        note = parse(self.text, tokens, last + 1)
        if note is None or self.key(note.last) != ")":
            return quantity
        glued = tokens[last].start == quantity.end and tokens[last + 1].end == tokens[note.last].start
        if glued or (note.value == quantity.value and note.in_words != quantity.in_words):
            return replace(quantity, last=note.last + 1)
        return quantity

    def _qualified(self, quantity: Quantity) -> Quantity:
        hedge_first, hedged = hedge_before(self.tokens, quantity.first)
        qualifier: Qualifier = quantity.qualifier if quantity.qualifier != "exact" else hedged
        if qualifier in ("exact", "under", "over", "about"):
            qualifier = hedge_behind(self.tokens, quantity.last) or qualifier
        return replace(quantity, qualifier=qualifier, hedge_start=self.tokens[hedge_first].start)

    def _upper_end(self, index: int, low: Decimal) -> Numeral | None:
        key = self.key(index)
        if key not in self.language.connectors and key not in self.language.choices:
            return None
        upper = self._numeral(index + 1)
        if upper is None or (upper.value <= low and not self._mantissa(upper) > low):
            return None
        if key in self.language.choices and upper.value - low > _WIDEST_CHOICE:
            return None
        return upper

    def _upper_end_behind_noun(self, quantity: Quantity) -> Numeral | None:
        """``từ 5 thành viên đến 7 thành viên``: the noun stands at both ends."""
        for length in range(1, _LONGEST_NOUN_INSIDE + 1):
            at = quantity.last + length
            if self.key(at) not in self.language.connectors or not self.key(at).isalpha():
                continue
            upper = self._upper_end(at, quantity.value)
            noun = [token.key for token in self.tokens[quantity.last : at]]
            if upper is not None and noun == [
                token.key for token in self.tokens[upper.last : upper.last + length]
            ]:
                return upper
        return None

    def _mantissa(self, numeral: Numeral) -> Decimal:
        """The figure before the scale words: 7 of ``7 nghìn``."""
        for last in range(numeral.last - 1, numeral.first, -1):
            part = parse(self.text, self.tokens[:last], numeral.first)
            if part is not None and part.last == last and not self._is_scale(last - 1):
                return part.value
        return numeral.value

    def _is_scale(self, index: int) -> bool:
        return self.key(index) in self.language.vague_scales

    def _scaled_alike(self, lower: Numeral, upper: Numeral) -> bool:
        # "5-7 nghìn": the scale belongs to both ends.
        if not self._is_scale(upper.last - 1) or self._is_scale(lower.last - 1):
            return False
        return lower.value < self._mantissa(upper) < upper.value
