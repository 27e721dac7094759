"""Connecting words of the language, as the readers of a sentence need them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nhanluc_extract.extraction.sentence.terms import View
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize


@dataclass(frozen=True, slots=True)
class Connectors:
    """Words that hold a sentence together, ready to be looked up."""

    parts: SurfaceTrie[bool]
    continues: SurfaceTrie[bool]
    respectively: SurfaceTrie[bool]
    again: SurfaceTrie[bool]
    each: SurfaceTrie[bool]
    new_clause: SurfaceTrie[bool]
    consisting: SurfaceTrie[bool]
    definite: SurfaceTrie[bool]
    again_words: frozenset[str]
    all_alike: frozenset[str]
    as_far_as: frozenset[str]
    attending: frozenset[str]
    beneficiary: frozenset[str]
    conjunctions: frozenset[str]
    coordinators: frozenset[str]
    equals: frozenset[str]
    exists: frozenset[str]
    from_word: frozenset[str]
    functions: frozenset[str]
    here: frozenset[tuple[str, ...]]
    joins: frozenset[str]
    label_breaks: frozenset[str]
    label_links: frozenset[str]
    located: frozenset[str]
    majors: frozenset[str]
    marks: frozenset[str]
    offices: frozenset[str]
    particles: frozenset[str]
    placing: frozenset[str]
    compared_time: frozenset[str]
    plural: frozenset[str]
    possessive: frozenset[str]
    prepositions: frozenset[str]
    purpose: frozenset[str]
    rest: frozenset[str]
    several: frozenset[str]
    strictly_each: frozenset[str]
    summing: frozenset[str]
    topics: frozenset[str]
    turns: frozenset[str]
    with_words: frozenset[str]
    year: frozenset[str]
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
        again=SurfaceTrie.of(data["again"]),
        each=SurfaceTrie.of(data["each"]),
        new_clause=SurfaceTrie.of(data["new_clause"]),
        consisting=SurfaceTrie.of(data["consisting"]),
        definite=SurfaceTrie.of(data["definite"]),
        again_words=frozenset(data["again_words"]),
        all_alike=frozenset(data["all_alike"]),
        as_far_as=frozenset(data["as_far_as"]),
        attending=frozenset(data["attending"]),
        beneficiary=frozenset(data["beneficiary"]),
        conjunctions=frozenset(data["conjunctions"]),
        coordinators=frozenset(data["coordinators"]),
        equals=frozenset(data["equals"]),
        exists=frozenset(data["exists"]),
        from_word=frozenset(data["from_word"]),
        functions=frozenset(data["functions"]),
        here=frozenset(tuple(t.key for t in tokenize(word)) for word in data["here"]),
        joins=frozenset([*data["conjunctions"], ","]),
        label_breaks=frozenset(data["label_breaks"]),
        label_links=frozenset(data["label_links"]),
        located=frozenset(data["located"]),
        majors=frozenset(fold(word) for word in language("subjects")["fields"]),
        marks=frozenset(data["clause_marks"]),
        offices=frozenset(data["offices"]),
        particles=frozenset(data["particles"]),
        placing=frozenset(data["placing"]),
        compared_time=frozenset(data["compared_time"]),
        plural=frozenset(data["plural"]),
        possessive=frozenset(data["possessive"]),
        prepositions=frozenset(data["prepositions"]),
        purpose=frozenset(data["purpose"]),
        rest=frozenset(data["rest"]),
        several=frozenset(data["several"]),
        strictly_each=frozenset(data["strictly_each"]),
        summing=frozenset(data["summing"]),
        topics=frozenset(data["topics"]),
        turns=frozenset(data["turns"]),
        with_words=frozenset(data["with_words"]),
        year=frozenset(data["year"]),
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
