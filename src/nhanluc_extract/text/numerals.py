"""Vietnamese numerals: digits in both styles, words, and the two mixed.

    numeral   = part { part }            with falling scales: 2 nghìn 500, một triệu hai trăm nghìn
    part      = group { scale } [half]   1,3 triệu; ba nghìn rưỡi; 5 nghìn tỷ
    group     = digits | hundreds | "nửa" before a scale
    hundreds  = digit "trăm" [tens] | tens | digit
    tens      = ("mười" | digit "mươi") [digit] | "linh" digit

The grammar works on tokens; ``parse`` reads the longest numeral that begins at one place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language

# All figures that marks hold together; a run of them that is no number in either style is none at all.
_RUN = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?![.,]?\d|[/%-])")
# Broken by a space: "1. 292", "1.2 92", and a share, "71, 27%".
_BROKEN = re.compile(r"([1-9]\d{0,2}\.(?: \d{3}|\d \d{2}|\d{2} \d))(?![\d.,])(?= [^\W\d_A-Z\u0110]|$)")
_BROKEN_SHARE = re.compile(r"(\d{1,2}(?: ,|, | , )\d{1,2})(?= ?%)")
_HALF = Decimal("0.5")
_LONGEST_RUN = 24  # figures and marks; what is longer is no number of a newspaper


@dataclass(frozen=True, slots=True)
class Numeral:
    """A value and the tokens ``[first, last)`` that spell it."""

    value: Decimal
    first: int
    last: int
    in_words: bool


@dataclass(frozen=True)
class _Words:
    digits: dict[str, int]
    tens: frozenset[str]
    times_ten: frozenset[str]
    dozens: frozenset[str]
    short_tens: dict[str, int]
    scales: dict[str, int]
    zero_tens: frozenset[str]
    half: frozenset[str]
    half_of: frozenset[str]
    not_first: frozenset[str]
    never_unit: frozenset[str]
    no_unit_before: dict[str, frozenset[str]]
    no_scale_before: dict[str, frozenset[str]]

    @cached_property
    def all(self) -> frozenset[str]:
        """Whatever can stand in a numeral, but for what only ends one."""
        words = (self.digits, self.tens, self.times_ten, self.short_tens, self.scales, self.zero_tens)
        return self.half_of.union(*words)


@cache
def _words() -> _Words:
    data = language("numerals")

    def folded(words: Sequence[str]) -> frozenset[str]:
        return frozenset(fold(word) for word in words)

    return _Words(
        digits={fold(word): value for word, value in data["digits"].items()},
        tens=folded(data["tens"]["ten"]),
        times_ten=folded(data["tens"]["times_ten"]),
        dozens=folded(data["tens"]["behind_figure"]),
        short_tens={fold(word): value for word, value in data["short_tens"].items()},
        scales={fold(word): value for word, value in data["scales"].items()},
        zero_tens=folded(data["joining"]["zero_tens"]),
        half=folded(data["joining"]["half"]),
        half_of=folded(data["joining"]["half_of"]),
        not_first=folded(data["not_first"]["words"]),
        never_unit=folded(data["never_unit"]["words"]),
        no_unit_before={fold(word): folded(after) for word, after in data["no_unit_before"].items()},
        no_scale_before={fold(word): folded(after) for word, after in data["no_scale_before"].items()},
    )


def number_words() -> frozenset[str]:
    """The folded syllables that can stand in a numeral."""
    return _words().all


def is_number_word(key: str) -> bool:
    """Whether a folded syllable can stand in a numeral."""
    return key in _words().all


def parse(text: str, tokens: Sequence[Token], index: int, limit: int | None = None) -> Numeral | None:
    """The longest numeral that begins at token ``index`` and ends by ``limit``.

    Token offsets point into ``text``.
    """
    return _Parser(text, tokens, len(tokens) if limit is None else limit).numeral(index)


def read(surface: str) -> Decimal | None:
    """Value of a surface that is a numeral as a whole, else None."""
    from nhanluc_extract.text.tokens import tokenize

    tokens = tokenize(surface)
    if not tokens:
        return None
    numeral = parse(surface, tokens, 0)
    return numeral.value if numeral and numeral.last == len(tokens) else None


def as_whole(value: Decimal) -> Decimal:
    """Without the tenths that a scale has used up: 1,5 triệu is written in tenths, but is whole."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if value == whole else value


class _Parser:
    def __init__(self, text: str, tokens: Sequence[Token], limit: int) -> None:
        self.text = text
        self.tokens = tokens
        self.limit = limit
        self.words = _words()

    def key(self, index: int) -> str:
        return self.tokens[index].key if index < self.limit else ""

    def numeral(self, first: int) -> Numeral | None:
        if self.key(first) in self.words.not_first:
            return None
        in_words = not self.key(first).isdecimal()
        total, index, last_scale = Decimal(0), first, 0
        while (group := self.group(index)) is not None:
            value, after = group
            if last_scale and not self.joined(index):
                break
            scale, after_scale = self.scale(after)
            if scale is None:
                if not last_scale:
                    return Numeral(value, first, after, in_words)
                rest = self.rest_below(last_scale, value, index, after, in_words)
                return (
                    Numeral(total + rest, first, after, in_words)
                    if rest
                    else Numeral(total, first, index, in_words)
                )
            if last_scale and scale >= last_scale:
                break
            total, index, last_scale = total + as_whole(value * scale), after_scale, scale
            if self.key(index) in self.words.half:
                return Numeral(total + Decimal(scale) / 2, first, index + 1, in_words)
        if last_scale and (small := self.after_zeros(index)):
            return Numeral(total + small, first, index + 2, in_words)
        return Numeral(total, first, index, in_words) if last_scale else None

    def rest_below(
        self, scale: int, value: Decimal, index: int, after: int, in_words: bool
    ) -> Decimal | None:
        """What ``value`` adds when it stands bare behind ``scale`` (2 nghìn 500); None if nothing."""
        if value >= scale or value != int(value):
            return None
        if self.key(index).isdecimal():
            if len(self.tokens[index].text) == 1:
                return value * scale / 10  # "2 triệu 3" is 2.3 million
            return value if value >= 100 or scale == 100 else None
        if not in_words:
            return None
        if after == index + 1 and value < 10:
            # "một triệu hai" is 1.2 million; "năm" there is a year.
            return None if self.key(index) in self.words.never_unit else value * scale / 10
        return value

    def after_zeros(self, index: int) -> int | None:
        """The digit of ``linh năm`` directly behind a thousand or a million."""
        if self.key(index) in self.words.zero_tens:
            return self.words.digits.get(self.key(index + 1))
        return None

    def joined(self, index: int) -> bool:
        """Whether only a space parts token ``index`` from the one before."""
        gap = self.text[self.tokens[index - 1].end : self.tokens[index].start]
        return gap.strip(" ") == "" and "\n" not in gap

    def scale(self, index: int) -> tuple[int | None, int]:
        """Product of the scale words at ``index`` (``nghìn tỷ``) and the index behind them."""
        product: int | None = None
        while True:
            key = self.key(index)
            factor = self.words.scales.get(key)
            if factor is None or (factor == 100 and product is not None):
                return product, index
            if self.key(index + 1) in self.words.no_scale_before.get(key, frozenset()):
                return product, index
            if product is not None and factor <= product:
                return product, index
            product = factor * (product or 1)
            index += 1

    def group(self, index: int) -> tuple[Decimal, int] | None:
        if self.key(index) in self.words.half_of and self.words.scales.get(self.key(index + 1), 0) > 100:
            return _HALF, index + 1
        if not self.key(index).isdecimal():
            return self.hundreds(index)
        group = self.digits(index)
        if group is not None and group[0] < 10 and self.key(group[1]) in self.words.dozens:
            return group[0] * 10, group[1] + 1
        return group

    def digits(self, index: int) -> tuple[Decimal, int] | None:
        start = self.tokens[index].start
        # What is longer than any number need not be read to its end.
        end = min(self.tokens[self.limit - 1].end, start + _LONGEST_RUN + len(" 999") + 1)
        for pattern in (_SPACED, _BROKEN, _BROKEN_SHARE):
            match = pattern.match(self.text, start, end)
            if match is not None and len(match.group()) > _LONGEST_RUN:
                return None
            if match is not None:
                joined = match.group().replace(" ", "")
                value = joined.replace(",", ".") if pattern is _BROKEN_SHARE else joined.replace(".", "")
                return Decimal(value), self.index_at(match.end(), index)
        run = _RUN.match(self.text, start, end)
        assert run is not None, "a digit token is a number"
        last = self.index_at(run.end(), index)
        surface = run.group()
        if len(surface) > _LONGEST_RUN:
            return None
        if _GROUPED.fullmatch(surface):
            return Decimal(surface.replace(".", "").replace(",", ".")), last
        if _ENGLISH.fullmatch(surface) and not self._percent_or_scale(last, surface):
            return Decimal(surface.replace(",", "")), last
        if _DECIMAL.fullmatch(surface):
            return Decimal(surface.replace(",", ".")), last
        return (Decimal(surface), last) if surface.isdecimal() else None

    def _percent_or_scale(self, last: int, surface: str) -> bool:
        # "1,086 tổ" is the English style, "85,125%" and "1,286 triệu" are decimals.
        return surface.count(",") == 1 and (self.key(last) == "%" or self.key(last) in self.words.scales)

    def index_at(self, offset: int, index: int) -> int:
        while index < self.limit and self.tokens[index].start < offset:
            index += 1
        return index

    def hundreds(self, index: int) -> tuple[Decimal, int] | None:
        words = self.words
        digit = words.digits.get(self.key(index))
        if digit is not None and words.scales.get(self.key(index + 1)) == 100:
            value, after = digit * 100, index + 2
            if self.key(after) in words.half:
                return Decimal(value + 50), after + 1
            rest = self.tens(after, after_hundred=True)
            if rest is not None:
                return Decimal(value + rest[0]), rest[1]
            return Decimal(value), after
        below = self.tens(index, after_hundred=False)
        return (Decimal(below[0]), below[1]) if below else None

    def tens(self, index: int, *, after_hundred: bool) -> tuple[int, int] | None:
        words = self.words
        key = self.key(index)
        if after_hundred and key in words.zero_tens:
            digit = words.digits.get(self.key(index + 1))
            return (digit, index + 2) if digit is not None else None
        if key in words.tens:
            value, after = 10, index + 1
        elif key in words.short_tens and self.unit(index + 1):
            value, after = words.short_tens[key], index + 1
        elif key in words.digits and self.key(index + 1) in words.times_ten:
            value, after = words.digits[key] * 10, index + 2
        elif key in words.digits:
            digit = words.digits[key]
            following = self.unit(index + 1)
            if following is not None and self.key(index + 1) in words.not_first:
                # "ba lăm": thirty-five, the tens word dropped.
                return digit * 10 + following, index + 2
            return (digit, index + 1) if not after_hundred else None
        else:
            return None
        unit = self.unit(after)
        # Behind a ten five is "lăm"; "mười năm" are ten years.
        if unit and self.key(after) not in words.never_unit and not self._opens_scale(after):
            return value + unit, after + 1
        return value, after

    def unit(self, index: int) -> int | None:
        """The digit at ``index`` behind a ten, unless its syllable begins another word there."""
        key = self.key(index)
        if self.key(index + 1) in self.words.no_unit_before.get(key, frozenset()):
            return None
        return self.words.digits.get(key)

    def _opens_scale(self, index: int) -> bool:
        # "hai mươi ba nghìn" is 23,000, but in "hai mươi ba trăm" the hundred has its own digit.
        return self.words.scales.get(self.key(index + 1)) == 100
