"""Words that say something of the numbers or dates near them, and how far what they say reaches.

What there is of them is declared in ``text/data/operators.toml``; one algorithm finds them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from nhanluc_extract.model import Token
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
    closes: bool

    @classmethod
    def of(cls, rank: int, entry: dict[str, Any]) -> _Declared:
        return cls(
            rank,
            entry["value"],
            entry.get("direction") == "backward",
            entry.get("reach"),
            SurfaceTrie.of(entry.get("ends", [])),
            frozenset(entry.get("then_ends", [])),
            frozenset(entry.get("goes_on", [])),
            bool(entry.get("closes")),
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
                (heads if entry.get("opens") else others).add(surface, declared)
    return heads, others


def find_operators(tokens: Sequence[Token], category: str) -> list[Operator]:
    """Operators of a category in text order."""
    heads, others = _declared(category)
    found: list[Operator] = []
    opening = heads.longest(tokens, 0) if tokens else None
    if opening is not None:
        found.append(_operator(tokens, 0, *opening))
    begin = found[0].last if found else 0
    found += [
        _operator(tokens, first, last, entries)
        for first, last, entries in others.find(tokens)
        if first >= begin
    ]
    return [o for o in found if o.value != _LOOK_ALIKE and o.start < o.end]


def _operator(tokens: Sequence[Token], first: int, last: int, entries: Sequence[_Declared]) -> Operator:
    declared = min(entries, key=lambda entry: entry.rank)
    if declared.backward:
        closed = not declared.closes or last >= len(tokens) or not tokens[last].text[0].isalpha()
        start, end = (0, first + 1) if closed else (first, first)
    else:
        start, end = last, _end(tokens, last, declared)
    return Operator(declared.value, first, last, start, end)


def _end(tokens: Sequence[Token], last: int, declared: _Declared) -> int:
    """Where what an operator says ends behind it."""
    limit = len(tokens) if declared.reach is None else min(last + declared.reach, len(tokens))
    quoted = sum(_is_mark(token) for token in tokens[:last]) % 2 == 1
    comma = False
    for index in range(last, limit):
        quoted ^= _is_mark(tokens[index])
        behind = tokens[index + 1].key if index + 1 < len(tokens) else ""
        if quoted or (tokens[index].text == "," and behind in declared.goes_on):
            continue
        if declared.ends.longest(tokens, index) is not None:
            return index
        comma = comma or tokens[index].text == ","
        if comma and tokens[index].key in declared.then_ends:
            return index
    return limit


def _is_mark(token: Token) -> bool:
    return is_quote(token) and token.text in _QUOTES
