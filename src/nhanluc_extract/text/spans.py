"""How far a number reaches: its scale, its range, its ratio, its hedges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

from nhanluc_extract.model import Qualifier, Quantity, Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.hedges import hedge_before, hedge_behind
from nhanluc_extract.text.language import language
from nhanluc_extract.text.not_counts import is_named
from nhanluc_extract.text.numerals import Numeral, as_whole, is_number_word, number_words, parse
from nhanluc_extract.text.patterns import Patterns
from nhanluc_extract.text.tokens import SurfaceTrie

LARGEST = Decimal(10**13)  # no newspaper counts further
_LARGEST_SPOKEN = 20
_LONGEST_NOUN_INSIDE = 3  # tokens of a noun that stands at both ends of a range
_WIDEST_CHOICE = 5  # "5 hoặc 7" is a range, "5 hoặc 70" are two numbers


@dataclass(frozen=True)
class Language:
    """Words around numbers, ready to be looked up."""

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
    zero: Patterns

    @cached_property
    def openers(self) -> frozenset[str]:
        """The keys of words with which an amount may begin."""
        return number_words() | self.vague_scales | self.vague.openers


@cache
def language_of_numbers() -> Language:
    """The words around numbers, read once."""
    hedges, numerals, other = language("hedges"), language("numerals"), language("not_counts")
    behind: SurfaceTrie[str] = SurfaceTrie()
    for kind, surfaces in other["behind"].items():
        for surface in surfaces:
            behind.add(surface, kind)

    def folded(words: Sequence[str]) -> frozenset[str]:
        return frozenset(fold(word) for word in words)

    return Language(
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
        zero=Patterns(numerals["zero"]),
    )


class Spans:
    """Reads the numbers of one sentence where nothing else is ``claimed`` or ``negated``."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        claimed: Mapping[int, Quantity],
        negated: frozenset[int],
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.claimed = claimed
        self.negated = negated
        self.language = language_of_numbers()
        self.next_claim = self._next_claim()

    def _next_claim(self) -> list[int]:
        """For each token the first claimed one at or behind it."""
        following = [len(self.tokens)] * (len(self.tokens) + 1)
        for index in range(len(self.tokens) - 1, -1, -1):
            following[index] = index if index in self.claimed else following[index + 1]
        return following

    def key(self, index: int) -> str:
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def numeral(self, index: int) -> Numeral | None:
        """The number that begins at a token."""
        if index >= len(self.tokens) or index in self.claimed or index in self.negated:
            return None
        token = self.tokens[index]
        if not token.text.isdecimal() and not is_number_word(token.key):
            return None
        # A numeral ends before what is claimed: "một trăm linh | năm 2024".
        limit = self.next_claim[index]
        if token.text.isdecimal() and is_named(self.tokens, index, Decimal(token.text)):
            # "vùng 1 100": a name and a number, no thousand.
            limit = min(limit, self._end_of_run(index))
        return parse(self.text, self.tokens, index, limit)

    def _end_of_run(self, index: int) -> int:
        """End of the tokens that are written together with token ``index``."""
        last = index + 1
        while last < len(self.tokens) and self.tokens[last].start == self.tokens[last - 1].end:
            last += 1
        return last

    def opens_spoken_range(self, numeral: Numeral) -> bool:
        """Whether another small number word is its upper end (năm đến bảy)."""
        upper = self._upper_end(numeral.last, numeral.value)
        return upper is not None and upper.in_words and self._mantissa(upper) <= _LARGEST_SPOKEN

    def spoken_pair(self, numeral: Numeral) -> int | None:
        """End of a spoken guess (ba, bốn người; năm bảy lớp), which has no definite value."""
        index = numeral.last
        if numeral.last - numeral.first != 1:
            return None
        if self.key(index) == ",":
            index += 1
        following = self.numeral(index)
        if following is None or following.last - following.first != 1 or not following.in_words:
            return None
        step = following.value - numeral.value
        return following.last if step in (1, 2) and following.value <= 10 else None

    def build(self, numeral: Numeral) -> Quantity:
        """A number with all that belongs to it."""
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
            value = as_whole(value * (upper.value / self._mantissa(upper)))
        return replace(ranged, value=value, high=upper.value, qualifier="range")

    def _as_ratio(self, quantity: Quantity) -> Quantity | None:
        if quantity.kind == "percent" or self.key(quantity.last) not in self.language.ratio:
            return None
        whole = self.numeral(quantity.last + 1)
        if whole is None or not quantity.value <= whole.value <= LARGEST:
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
        is_range = quantity.qualifier == "range"
        hedge_first, hedged = hedge_before(self.tokens, quantity.first, is_range=is_range)
        if self.next_claim[hedge_first] < quantity.first:
            hedge_first, hedged = quantity.first, "exact"  # what looks like a hedge ends an address
        qualifier: Qualifier = quantity.qualifier if quantity.qualifier != "exact" else hedged
        if qualifier in ("exact", "under", "over", "about"):
            qualifier = hedge_behind(self.tokens, quantity.last) or qualifier
        return replace(quantity, qualifier=qualifier, hedge_start=self.tokens[hedge_first].start)

    def _upper_end(self, index: int, low: Decimal) -> Numeral | None:
        key = self.key(index)
        if key not in self.language.connectors and key not in self.language.choices:
            return None
        upper = self.numeral(index + 1)
        if upper is None or upper.value > LARGEST or max(upper.value, self._mantissa(upper)) <= low:
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
            part = parse(self.text, self.tokens, numeral.first, last)
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
