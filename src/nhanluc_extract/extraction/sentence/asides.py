"""Asides between commas: read as if they stood in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie

_LONGEST = 14  # tokens of an aside


class _Words(NamedTuple):
    """What opens an aside behind a count, or behind a body; predicates; marks that end what is set aside."""

    behind_counts: SurfaceTrie[bool]
    behind_bodies: SurfaceTrie[bool]
    predicates: frozenset[str]
    marks: frozenset[str]


@cache
def _words() -> _Words:
    data = language("clauses")["asides"]
    marks = frozenset([*language("clauses")["marks"], "(", ")", "."])
    return _Words(
        SurfaceTrie.of(data["openers"]),
        SurfaceTrie.of(data["of_bodies"]),
        frozenset(fold(word) for word in data["predicates"]),
        marks,
    )


def with_asides_in_brackets(tokens: Sequence[Token]) -> Sequence[Token]:
    """``52/52 công chức, tức 100%, hoàn thành lớp``: a subject and its predicate, what is between set aside.

    Offsets and number of the tokens stay.
    """
    words = _words()
    number = next((index for index, token in enumerate(tokens) if token.text.isdecimal()), len(tokens))
    commas = [index for index in range(1, len(tokens) - 1) if tokens[index].text == ","]
    read: list[Token] | None = None
    for opening in commas:
        openers = words.behind_counts if opening > number else words.behind_bodies
        if openers.longest(tokens, opening + 1) is None:
            continue
        closing = _closing(tokens, opening, parts=openers is words.behind_bodies)
        if closing is None:
            continue
        read = read if read is not None else list(tokens)
        for index, mark in ((opening, "("), (closing, ")")):
            read[index] = tokens[index]._replace(text=mark, key=mark)
    return read if read is not None else tokens


def _closing(tokens: Sequence[Token], opening: int, *, parts: bool) -> int | None:
    """The comma before the predicate that goes on behind an aside.

    One may list names, or have ``parts`` of an address.
    """
    words = _words()
    for index in range(opening + 1, min(opening + 1 + _LONGEST, len(tokens) - 1)):
        if tokens[index].text in words.marks:
            return None
        if tokens[index].text != ",":
            continue
        if tokens[index + 1].key in words.predicates:
            return index
        if not (parts or tokens[index + 1].text[0].isupper()):
            return None
    return None
