"""Every number of a sentence: what it says, or what it is instead of a count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from nhanluc_extract.model import Period, Qualifier, Quantity, Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.numerals import Numeral, is_number_word, parse
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize

_LARGEST_SPOKEN = 20
# "4 tuổi" in "34,4 tuổi" is no age.
_INSIDE_NUMBER = re.compile(r"\d[.,]\d")


@dataclass(frozen=True, slots=True)
class _Language:
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    behind: SurfaceTrie[str]
    not_behind: frozenset[str]
    not_hedges: SurfaceTrie[bool]
    before: SurfaceTrie[str]
    after: SurfaceTrie[str]
    between: SurfaceTrie[bool]
    connectors: frozenset[str]
    openers: frozenset[str]
    ratio: frozenset[str]
    of: frozenset[tuple[str, ...]]
    vague: SurfaceTrie[bool]
    vague_scales: frozenset[str]
    percent: SurfaceTrie[bool]
    homographs: dict[str, tuple[frozenset[str], frozenset[str]]]
    digits: dict[str, int]
    zero: tuple[re.Pattern[str], ...]


@cache
def _language() -> _Language:
    hedges, numerals, other = language("hedges"), language("numerals"), language("not_counts")
    before: SurfaceTrie[str] = SurfaceTrie()
    after: SurfaceTrie[str] = SurfaceTrie()
    behind: SurfaceTrie[str] = SurfaceTrie()
    for qualifier, surfaces in hedges["before"].items():
        for surface in surfaces:
            before.add(surface, qualifier)
    for qualifier in ("at_least", "at_most"):
        for surface in hedges["after"][qualifier]:
            after.add(surface, qualifier)
    for kind, surfaces in other["behind"].items():
        for surface in surfaces:
            behind.add(surface, kind)
    return _Language(
        patterns=tuple(
            (
                entry["kind"],
                re.compile(r"(?<!\w)(?:" + entry["expression"] + ")", 0 if entry.get("cased") else re.I),
            )
            for entry in other["pattern"]
        ),
        behind=behind,
        not_hedges=SurfaceTrie.of(hedges["not_hedges"]["words"]),
        not_behind=frozenset(fold(word) for word in other["not_behind"]["words"]),
        before=before,
        after=after,
        between=SurfaceTrie.of(hedges["after"]["between"]),
        connectors=frozenset(fold(word) for word in hedges["range"]["connectors"]),
        openers=frozenset(fold(word) for word in hedges["range"]["openers"]),
        ratio=frozenset(hedges["ratio"]["connectors"]),
        of=frozenset(tuple(token.key for token in tokenize(words)) for words in hedges["ratio"]["of"]),
        vague=SurfaceTrie.of(numerals["vague_before"]["words"]),
        vague_scales=frozenset(fold(word) for word in numerals["vague_before"]["vague_scales"]),
        percent=SurfaceTrie.of(numerals["percent"]["words"]),
        homographs={
            fold(word): (
                frozenset(fold(neighbour) for neighbour in entry["not_after"]),
                frozenset(fold(neighbour) for neighbour in entry["not_before"]),
            )
            for word, entry in numerals["homographs"].items()
        },
        digits={fold(word): value for word, value in numerals["digits"].items()},
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
        self.taken: list[tuple[int, int, str]] = [(p.start, p.end, "date") for p in periods]
        self.negated: list[tuple[int, int]] = []
        self._claim_patterns()
        self.taken.sort()

    def _claim_patterns(self) -> None:
        start, end = self.tokens[0].start, self.tokens[-1].end
        sentence = self.text[start:end]
        for kind, expression in self.language.patterns:
            for match in expression.finditer(sentence):
                group = "number" if match.groupdict().get("number") else 0
                first, last = match.start(group) + start, match.end(group) + start
                if _INSIDE_NUMBER.match(self.text, max(first - 2, start)):
                    continue
                if not any(first < b and a < last for a, b, _ in self.taken):
                    self.taken.append((first, last, kind))

    def key(self, index: int) -> str:
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def find(self) -> list[Quantity]:
        found: list[Quantity] = []
        zero_at = self._zeros()
        index = 0
        while index < len(self.tokens):
            claimed = self._claimed(index)
            quantity = zero_at.get(index)
            if claimed is not None:
                quantity = claimed
            elif quantity is None:
                quantity = self._quantity(index, found)
            if quantity is None:
                index += 1
                continue
            found.append(quantity)
            index = quantity.last
        return found

    def _claimed(self, index: int) -> Quantity | None:
        token = self.tokens[index]
        for start, end, kind in self.taken:
            if start <= token.start < end:
                last = index + 1
                while last < len(self.tokens) and self.tokens[last].start < end:
                    last += 1
                inside = self.tokens[index:last]
                if kind != "date" and not any(t.text.isdecimal() or is_number_word(t.key) for t in inside):
                    return None
                return Quantity(kind, start, end, index, last, start)
        return None

    def _zeros(self) -> dict[int, Quantity]:
        start, end = self.tokens[0].start, self.tokens[-1].end
        zeros: dict[int, Quantity] = {}
        for expression in self.language.zero:
            for match in expression.finditer(self.text[start:end]):
                a, b = match.start("zero") + start, match.end("zero") + start
                first = next((i for i, t in enumerate(self.tokens) if t.start == a), None)
                if first is None:
                    continue
                last = next((i for i, t in enumerate(self.tokens) if t.start >= b), len(self.tokens))
                self.negated.append((b, match.end() + start))
                zeros[first] = Quantity("zero", a, b, first, last, a, in_words=True)
        return zeros

    def _quantity(self, index: int, found: list[Quantity]) -> Quantity | None:
        token = self.tokens[index]
        if (last := self._vague(index)) is not None:
            return self._plain("vague", index, last)
        numeral = self._numeral(index)
        if numeral is None:
            return None
        if token.text.isdecimal() and index and self._glued_to_letters(index):
            return self._plain("identifier", index, numeral.last)
        if not token.text.isdecimal() and self._is_other_word(numeral):
            return None
        if not token.text.isdecimal() and (last := self._spoken_pair(numeral)):
            return self._plain("vague", index, last)
        return self._build(numeral, found)

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
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if not token.text.isdecimal() and not is_number_word(token.key):
            return None
        if self._claimed(index) is not None:
            return None
        if any(start <= token.start < end for start, end in self.negated):
            return None
        # A numeral ends before what is claimed: "một trăm linh | năm 2024".
        limit = next((start for start, _, _ in self.taken if start > token.start), None)
        if limit is None:
            return parse(self.text, self.tokens, index)
        last = next((i for i in range(index, len(self.tokens)) if self.tokens[i].start >= limit), None)
        return parse(self.text, self.tokens[:last], index)

    def _plain(self, kind: str, first: int, last: int) -> Quantity:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Quantity(kind, start, end, first, last, start)

    def _glued_to_letters(self, index: int) -> bool:
        before = self.tokens[index - 1]
        return before.end == self.tokens[index].start and before.text.isalpha()

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
            if "*" in not_after or self.key(numeral.last) in not_before:
                return True
            if self.key(numeral.first - 1) in not_after:
                return True
        return bool(self.word_starts is not None and first.start not in self.word_starts)

    def _opens_spoken_range(self, numeral: Numeral) -> bool:
        """Whether another small number word is its upper end (năm đến bảy)."""
        upper = self._upper_end(numeral.last, numeral.value)
        return upper is not None and upper.in_words and upper.value <= _LARGEST_SPOKEN

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

    def _build(self, numeral: Numeral, found: list[Quantity]) -> Quantity:
        value, high, of, of_end = numeral.value, None, None, None
        last, end_of_number = numeral.last, self.tokens[numeral.last - 1].end
        qualifier: Qualifier = "exact"
        sign = self.language.percent.longest(self.tokens, last)
        percent = sign is not None
        if sign is not None:
            last = sign[0]
            end_of_number = self.tokens[last - 1].end
        upper = self._upper_end(last, value)
        if upper is not None:
            high, last = upper.value, upper.last
            qualifier = "range"
            if (sign := self.language.percent.longest(self.tokens, last)) is not None:
                percent, last = True, sign[0]
            if high <= value:
                high, qualifier = None, "exact"
            elif self._scaled_alike(numeral, upper):
                value = value * (high / self._mantissa(upper))
            end_of_number = self.tokens[last - 1].end
        elif self.key(last) in self.language.ratio and not percent:
            whole = self._numeral(last + 1)
            if whole is not None and whole.value >= value:
                of, last = whole.value, whole.last
                end_of_number = self.tokens[last - 1].end
                of_end = end_of_number
        start = self.tokens[numeral.first].start
        kind = "percent" if percent else "count"
        if not percent:
            behind = self.language.behind.longest(self.tokens, last)
            if behind is not None and self.key(behind[0]) not in self.language.not_behind:
                kind = behind[1][0]
        hedge_first, hedged = self._hedge(numeral.first)
        if qualifier == "exact" and hedged is not None:
            qualifier = hedged
        if qualifier in ("exact", "under", "over", "about"):
            trailing = self._trailing(last)
            qualifier = trailing or qualifier
        return Quantity(
            kind,
            start,
            end_of_number,
            numeral.first,
            last,
            self.tokens[hedge_first].start,
            value,
            high,
            of,
            of_end,
            qualifier,
            numeral.in_words,
        )

    def _upper_end(self, index: int, low: Decimal) -> Numeral | None:
        if self.key(index) not in self.language.connectors:
            return None
        upper = self._numeral(index + 1)
        if upper is None or (upper.value <= low and not self._mantissa(upper) > low):
            return None
        if self.tokens[index].text == "/":
            return None
        return upper

    def _mantissa(self, numeral: Numeral) -> Decimal:
        """The figure before the scale words: 7 of ``7 nghìn``."""
        first = self.tokens[numeral.first : numeral.first + 1]
        if first and first[0].text.isdecimal():
            for last in range(numeral.last, numeral.first, -1):
                part = parse(self.text, self.tokens[:last], numeral.first)
                if part is not None and part.last == last and self.tokens[last - 1].text.isdecimal():
                    return part.value
        return numeral.value

    def _scaled_alike(self, lower: Numeral, upper: Numeral) -> bool:
        # "5-7 nghìn": the scale belongs to both ends.
        has_scale = not self.tokens[upper.last - 1].text.isdecimal()
        lower_bare = self.tokens[lower.last - 1].text.isdecimal()
        mantissa = self._mantissa(upper)
        return bool(has_scale and lower_bare and lower.value < mantissa < upper.value)

    def _hedge(self, first: int) -> tuple[int, Qualifier | None]:
        """First token of the hedge before token ``first``, and its meaning."""
        stop = first
        if self.key(first - 1) in self.language.openers:
            stop = first - 1
        for begin in range(max(0, stop - 5), stop):
            found = self.language.before.longest(self.tokens[:stop], begin)
            if found is not None and found[0] == stop and not self._in_other_word(begin, stop):
                meaning = found[1][0]
                return begin, None if meaning == "exact" else meaning  # type: ignore[return-value]
        return first, None

    def _in_other_word(self, begin: int, stop: int) -> bool:
        """``giáo viên mầm non 1.870``: the hedge is the end of another word."""
        found = self.language.not_hedges.longest(self.tokens, begin - 1) if begin else None
        return found is not None and found[0] == stop

    def _trailing(self, index: int) -> Qualifier | None:
        for _ in range(3):
            found = self.language.after.longest(self.tokens, index)
            if found is not None:
                return found[1][0]  # type: ignore[return-value]
            noun = self.language.between.longest(self.tokens, index)
            if noun is None:
                return None
            index = noun[0]
        return None


def trailing_qualifier(tokens: Sequence[Token], index: int) -> Qualifier | None:
    """Qualifier behind a counted noun that ends before ``index`` (``10 người trở lên``)."""
    found = _language().after.longest(tokens, index)
    return found[1][0] if found is not None else None  # type: ignore[return-value]
