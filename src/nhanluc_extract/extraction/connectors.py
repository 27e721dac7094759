"""Connecting words of the language, as the readers of a sentence need them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nhanluc_extract.extraction.terms import View
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize


@dataclass(frozen=True, slots=True)
class Connectors:
    """Words that hold a sentence together, ready to be looked up."""

    parts: SurfaceTrie[bool]
    continues: SurfaceTrie[bool]
    respectively: SurfaceTrie[bool]
    coordinators: frozenset[str]
    functions: frozenset[str]
    marks: frozenset[str]
    conjunctions: frozenset[str]
    joins: frozenset[str]
    prepositions: frozenset[str]
    label_breaks: frozenset[str]
    again: SurfaceTrie[bool]
    whole: frozenset[tuple[str, ...]]
    of: tuple[tuple[str, ...], ...]


@cache
def connectors() -> Connectors:
    """The connectors of the language, read once."""
    data = language("connectors")
    return Connectors(
        parts=SurfaceTrie.of(data["parts"]),
        continues=SurfaceTrie.of(data["continues"]),
        respectively=SurfaceTrie.of(data["respectively"]),
        coordinators=frozenset(data["coordinators"]),
        functions=frozenset(data["functions"]),
        marks=frozenset(data["clause_marks"]),
        conjunctions=frozenset(data["conjunctions"]),
        joins=frozenset([*data["conjunctions"], ","]),
        prepositions=frozenset(data["prepositions"]),
        label_breaks=frozenset(data["label_breaks"]),
        again=SurfaceTrie.of(data["again"]),
        whole=frozenset(tuple(t.key for t in tokenize(words)) for words in data["whole"]),
        of=tuple(
            tuple(token.key for token in tokenize(words))
            for words in sorted(language("hedges")["ratio"]["of"], key=len, reverse=True)
        ),
    )


def respectively_at(view: View, before: int) -> int | None:
    """Index of the word that deals out a list of names to a list of numbers, if one governs."""
    for index in range(before - 1, -1, -1):
        if view.tokens[index].text == ";":
            return None
        if connectors().respectively.longest(view.tokens, index) is not None:
            return index
    return None


def joined(view: View, first: int, last: int) -> bool:
    """Whether only a comma or *và* stands between two tokens, and something does."""
    gap = view.tokens[first:last]
    return bool(gap) and all(token.key in connectors().joins for token in gap)


def continues_list(view: View) -> bool:
    """Whether a sentence goes on with the list of the one before (``Trong đó``)."""
    return any(connectors().continues.longest(view.tokens, index) for index in (0, 1) if view.tokens[index:])
