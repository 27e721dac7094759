"""Connecting words of the language, as the readers of a sentence need them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize


@cache
def linking(name: str) -> frozenset[str]:
    """Single syllables that link, by the name under which they are listed."""
    return frozenset(language("connectors")[name])


@cache
def phrases(name: str) -> SurfaceTrie[bool]:
    """Phrases that link, by the name under which they are listed."""
    return SurfaceTrie.of(language("connectors")[name])


@cache
def pairs(name: str) -> frozenset[tuple[str, ...]]:
    """Phrases that link, each as its syllables."""
    return frozenset(tuple(t.key for t in tokenize(words)) for words in language("connectors")[name])


@cache
def majors() -> frozenset[str]:
    """Words for a field of study."""
    return frozenset(fold(word) for word in language("subjects")["fields"])


@cache
def ratio_words() -> tuple[tuple[str, ...], ...]:
    """What stands between a part and its whole, the longest first."""
    written = sorted(language("hedges")["ratio"]["of"], key=len, reverse=True)
    return tuple(tuple(token.key for token in tokenize(words)) for words in written)


def respectively_at(view: View, before: int) -> int | None:
    """Index of the word that deals out a list of names to a list of numbers, if one governs."""
    begun = view.begun(phrases("respectively"))
    at = bisect_left(begun, before)
    return begun[at - 1] if at and begun[at - 1] > view.mark_before(";", before) else None


def joined(view: View, first: int, last: int) -> bool:
    """Whether only a comma or *và* stands between two tokens, and something does."""
    gap = view.tokens[first:last]
    return bool(gap) and all(token.key in linking("joins") for token in gap)


@cache
def saying() -> SurfaceTrie[bool]:
    """Verbs behind which stands what somebody says, or before it who does (``“…”, ông A nói``)."""
    return SurfaceTrie.of(language("clauses")["openers_behind"])


def continues_list(tokens: Sequence[Token]) -> bool:
    """Whether a sentence goes on with the list of the one before (``Trong đó``)."""
    return any(phrases("continues").longest(tokens, index) for index in (0, 1) if tokens[index:])


def is_of_same_time(tokens: Sequence[Token]) -> bool:
    """Whether a sentence tells of the time of the one before (``Trong đó``, ``Cùng thời gian``)."""
    return continues_list(tokens) or phrases("same_time").longest(tokens, 0) is not None
