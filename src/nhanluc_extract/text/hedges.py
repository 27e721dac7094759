"""Words beside a number that qualify it: before it (hơn 300), or behind it (300 trở lên)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nhanluc_extract.model import Qualifier, Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie

_LONGEST_HEDGE = 5  # tokens
_NOUNS_BETWEEN = 3


@cache
def _before() -> SurfaceTrie[Qualifier]:
    trie: SurfaceTrie[Qualifier] = SurfaceTrie()
    for qualifier, surfaces in language("hedges")["before"].items():
        for surface in surfaces:
            trie.add(surface, qualifier)
    return trie


@cache
def _behind() -> SurfaceTrie[Qualifier]:
    trie: SurfaceTrie[Qualifier] = SurfaceTrie()
    for qualifier in ("at_least", "at_most"):
        for surface in language("hedges")["after"][qualifier]:
            trie.add(surface, qualifier)
    return trie


@cache
def _between() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("hedges")["after"]["between"])


@cache
def _other_words() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("hedges")["not_hedges"]["words"])


@cache
def _openers() -> frozenset[str]:
    return frozenset(fold(word) for word in language("hedges")["range"]["openers"])


def hedge_before(tokens: Sequence[Token], first: int, *, is_range: bool = False) -> tuple[int, Qualifier]:
    """First token of the hedge before token ``first``, ``first`` without one, and its meaning.

    The word that opens a range (``từ 3 đến 5``) belongs to it.
    """
    stop = first - 1 if first and tokens[first - 1].key in _openers() else first
    for begin in range(max(0, stop - _LONGEST_HEDGE), stop):
        found = _before().longest(tokens[begin:stop], 0)
        if found is None or begin + found[0] != stop or _in_other_word(tokens, begin, stop):
            continue
        if stop < first and found[1][0] == "exact":
            break  # "đến từ 23 xã" tells where from
        return begin, found[1][0]
    return stop if is_range else first, "exact"


def _in_other_word(tokens: Sequence[Token], begin: int, stop: int) -> bool:
    """``giáo viên mầm non 1.870``: the hedge is the end of another word."""
    found = _other_words().longest(tokens[begin - 1 : stop], 0) if begin else None
    return found is not None and begin - 1 + found[0] == stop


def hedge_behind(tokens: Sequence[Token], index: int) -> Qualifier | None:
    """Qualifier that stands at token ``index``, or behind the nouns there (``120 người trở lên``)."""
    for _ in range(_NOUNS_BETWEEN):
        found = trailing_qualifier(tokens, index)
        if found is not None:
            return found
        noun = _between().longest(tokens, index)
        if noun is None:
            return None
        index = noun[0]
    return None


def trailing_qualifier(tokens: Sequence[Token], index: int) -> Qualifier | None:
    """Qualifier right at token ``index`` (``10 người trở lên``)."""
    found = _behind().longest(tokens, index)
    return found[1][0] if found is not None else None
