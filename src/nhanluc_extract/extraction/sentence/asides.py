"""Asides between commas: read as if they stood in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie

_LONGEST = 14  # tokens of an aside


@cache
def _words() -> tuple[SurfaceTrie[bool], frozenset[str], frozenset[str]]:
    data = language("clauses")["asides"]
    marks = frozenset([*language("clauses")["marks"], ",", "(", ")", "."])
    return SurfaceTrie.of(data["openers"]), frozenset(fold(word) for word in data["predicates"]), marks


def with_asides_in_brackets(tokens: Sequence[Token]) -> Sequence[Token]:
    """``52/52 công chức, tức 100%, hoàn thành lớp``: a subject and its predicate, what is between set aside.

    Offsets and number of the tokens stay.
    """
    openers, predicates, marks = _words()
    number = next((index for index, token in enumerate(tokens) if token.text.isdecimal()), len(tokens))
    commas = [index for index in range(number, len(tokens) - 1) if tokens[index].text == ","]
    read: list[Token] | None = None
    for opening in commas:
        if openers.longest(tokens, opening + 1) is None:
            continue
        inside = range(opening + 1, min(opening + 1 + _LONGEST, len(tokens) - 1))
        closing = next((index for index in inside if tokens[index].text in marks), None)
        if closing is None or tokens[closing].text != "," or tokens[closing + 1].key not in predicates:
            continue
        read = read if read is not None else list(tokens)
        for index, mark in ((opening, "("), (closing, ")")):
            read[index] = tokens[index]._replace(text=mark, key=mark)
    return read if read is not None else tokens
