"""Words that say something of the numbers or dates near them, and how far what they say reaches.

What there is of them is declared in ``text/data/operators.toml``; one algorithm finds them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, is_quote

_LOOK_ALIKE = "look_alike"
_QUOTES = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Operator:
    """A word at tokens ``[first, last)``, what it says, and the tokens ``[start, end)`` it says it of."""

    value: str
    first: int
    last: int
    start: int
    end: int

    def governs(self, index: int) -> bool:
        """Whether it says what it says of what begins at token ``index``."""
        return self.start <= index < self.end


@dataclass(frozen=True, slots=True)
class _Declared:
    """One entry of the data file."""

    rank: int
    value: str
    backward: bool
    reach: int | None
    ends: SurfaceTrie[bool]
    then_ends: frozenset[str]
    goes_on: frozenset[str]
    only_to: frozenset[str]
    over: frozenset[str]
    asked: SurfaceTrie[bool] | None
    opens_statement: bool
    closes: bool
    described: bool
    titles: frozenset[str]

    @classmethod
    def of(cls, rank: int, entry: dict[str, Any]) -> _Declared:
        return cls(
            rank,
            entry["value"],
            entry.get("direction") == "backward",
            entry.get("reach"),
            SurfaceTrie.of(entry.get("ends", [])),
            frozenset(map(fold, entry.get("then_ends", []))),
            frozenset(map(fold, entry.get("goes_on", []))),
            frozenset(entry.get("only_to", [])),
            frozenset(map(fold, entry.get("over", []))),
            SurfaceTrie.of(entry["asked"]) if "asked" in entry else None,
            entry.get("opens") == "statement",
            bool(entry.get("closes")),
            bool(entry.get("described")),
            frozenset(map(fold, entry.get("titles", []))),
        )


@cache
def _declared(category: str) -> tuple[SurfaceTrie[_Declared], SurfaceTrie[_Declared]]:
    """The words of a category: those that only count at the head of a sentence, and all others."""
    heads: SurfaceTrie[_Declared] = SurfaceTrie()
    others: SurfaceTrie[_Declared] = SurfaceTrie()
    for rank, entry in enumerate(language("operators")["operator"]):
        if entry["category"] == category:
            declared = _Declared.of(rank, entry)
            for surface in entry["words"]:
                (heads if entry.get("opens") == "sentence" else others).add(surface, declared)
    return heads, others


def find_operators(tokens: Sequence[Token], category: str) -> list[Operator]:
    """Operators of a category in text order."""
    heads, others = _declared(category)
    ends = _Ends(tokens)
    found: list[Operator] = []
    opening = heads.longest(tokens, 0) if tokens else None
    if opening is not None:
        found += _operators(ends, 0, *opening)
    begin = opening[0] if opening is not None else 0
    for first, last, entries in others.find(tokens):
        if first >= begin:
            found += _operators(ends, first, last, entries)
    return [o for o in found if o.value != _LOOK_ALIKE]


def _operators(ends: _Ends, first: int, last: int, entries: Sequence[_Declared]) -> list[Operator]:
    """What a word is: the first of its entries by which it says anything."""
    read = (_operator(ends, first, last, declared) for declared in sorted(entries, key=lambda e: e.rank))
    return [operator for operator in read if operator.start < operator.end][:1]


def _operator(ends: _Ends, first: int, last: int, declared: _Declared) -> Operator:
    tokens = ends.tokens
    inside = declared.opens_statement and first > 0 and tokens[first - 1].text[0].isalnum()
    followed = declared.closes and last < len(tokens) and tokens[last].text[0].isalpha()
    if inside or followed:
        start, end = first, first
    elif declared.backward:
        start, end = ends.before(first, declared), first
    else:
        end = ends.behind(last, declared)
        start = last if declared.asked is None else _behind_asked(tokens, last, end, declared.asked)
    return Operator(declared.value, first, last, start, end)


def _behind_asked(tokens: Sequence[Token], first: int, end: int, asked: SurfaceTrie[bool]) -> int:
    """Where what is asked for begins; ``end`` where nothing is."""
    found = (asked.longest(tokens, at, end) for at in range(first, end))
    return next((hit[0] for hit in found if hit is not None), end)


class _Ends:
    """Where what the operators of a sentence say ends: each kind of end is looked for once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._of: dict[int, tuple[list[int], list[int], list[int]]] = {}

    def before(self, first: int, declared: _Declared) -> int:
        """Where what is said of the tokens before ``first`` begins; ``first`` where that is out of reach."""
        ends, _, _ = self._found(declared)
        at = bisect_left(ends, first)
        start = ends[at - 1] + 1 if at else 0
        return start if declared.reach is None or first - start < declared.reach else first

    def behind(self, last: int, declared: _Declared) -> int:
        """Where what is said from token ``last`` on ends; ``last`` where nothing is."""
        limit, near = len(self.tokens), last
        while near < limit and self._is_passed_over(near, declared.over):
            near += 1
        limit = limit if declared.reach is None else min(near + declared.reach, limit)
        ends, commas, then = self._found(declared)
        comma = _next(commas, last, limit)
        end = min(_next(ends, last, limit), _next(then, comma, limit))
        if declared.only_to and (end == limit or self.tokens[end].text not in declared.only_to):
            return last
        return self._described(end, ends, limit, declared.titles) if declared.described else end

    def _is_passed_over(self, index: int, over: frozenset[str]) -> bool:
        """``nhiều hơn cuối năm 2022 …``: words of a comparison, and its year."""
        year = self.tokens[index].text.isdecimal() and self.tokens[index - 1].key in over
        return self.tokens[index].key in over or year

    def _described(self, end: int, ends: Sequence[int], limit: int, titles: frozenset[str]) -> int:
        """``Theo ông A, phó chủ tịch B, …``: who somebody is belongs to his name, unless it has figures."""
        title = self.tokens[min(end + 1, len(self.tokens) - 1)]
        if not (title.text[0].isupper() or title.key in titles):
            return end
        behind = _next(ends, end + 1, limit)
        figures = any(token.text.isdecimal() for token in self.tokens[end:behind])
        return end if figures or behind == limit else behind

    def _found(self, declared: _Declared) -> tuple[list[int], list[int], list[int]]:
        if declared.rank not in self._of:
            self._of[declared.rank] = self._read(declared)
        return self._of[declared.rank]

    def _read(self, declared: _Declared) -> tuple[list[int], list[int], list[int]]:
        """Its ends, the commas, and what ends it behind a comma, outside of quotation marks."""
        ends: list[int] = []
        commas: list[int] = []
        then: list[int] = []
        quoted = False
        begun = {i for i in declared.ends.begun(self.tokens) if declared.ends.longest(self.tokens, i)}
        for index, token in enumerate(self.tokens):
            quoted ^= _is_mark(token)
            behind = self.tokens[index + 1].key if index + 1 < len(self.tokens) else ""
            if quoted or (token.text == "," and behind in declared.goes_on):
                continue
            if index in begun:
                ends.append(index)
            if token.text == ",":
                commas.append(index)
            if token.key in declared.then_ends:
                then.append(index)
        return ends, commas, then


def _next(indices: Sequence[int], first: int, limit: int) -> int:
    """The first of ``indices`` from ``first`` on, ``limit`` without one below it."""
    at = bisect_left(indices, first)
    return min(indices[at], limit) if at < len(indices) else limit


def _is_mark(token: Token) -> bool:
    return is_quote(token) and token.text in _QUOTES
