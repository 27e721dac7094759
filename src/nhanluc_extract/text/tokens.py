"""Tokens of clean text, and the one way in which lists of surfaces are found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_QUOTES = frozenset("\"'\u201c\u201d\u2018\u2019\u00ab\u00bb")

Payload = TypeVar("Payload")


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """Split ``text`` into syllables, digit runs and single marks; ``offset`` is where it begins."""
    return [
        Token(offset + m.start(), offset + m.end(), m.group(), fold(m.group())) for m in _TOKEN.finditer(text)
    ]


def is_quote(token: Token) -> bool:
    """Whether a token is a quotation mark."""
    return token.text in _QUOTES


class SurfaceTrie(Generic[Payload]):
    """Surfaces found in token sequences, the longest at each place.

    A surface in capitals of at most five letters is an abbreviation and is matched as written; all
    others match in any case. Quotation marks inside a surface are passed over.
    """

    def __init__(self) -> None:
        self._root: dict[str, object] = {}

    @staticmethod
    def of(surfaces: Iterable[str]) -> SurfaceTrie[bool]:
        """A trie of surfaces that only are to be found."""
        trie: SurfaceTrie[bool] = SurfaceTrie()
        for surface in surfaces:
            trie.add(surface, True)
        return trie

    def add(self, surface: str, payload: Payload) -> None:
        node = self._root
        for token in tokenize(surface):
            key = _abbreviation_key(token) or token.key
            child = node.setdefault(key, {})
            assert isinstance(child, dict)
            node = child
        node.setdefault("", []).append(payload)  # type: ignore[attr-defined]

    def longest(self, tokens: Sequence[Token], index: int) -> tuple[int, list[Payload]] | None:
        """End index and payloads of the longest surface beginning at ``index``."""
        best: tuple[int, list[Payload]] | None = None
        for found in self._walk(self._root, tokens, index, index):
            if best is None or found[0] > best[0]:
                best = found
        return best

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, list[Payload]]]:
        """All ``(first, last, payloads)``, leftmost and longest, not overlapping."""
        index = 0
        while index < len(tokens):
            found = self.longest(tokens, index)
            if found is None:
                index += 1
                continue
            yield index, found[0], found[1]
            index = found[0]

    def _walk(
        self, node: dict[str, object], tokens: Sequence[Token], index: int, first: int
    ) -> Iterator[tuple[int, list[Payload]]]:
        payloads = node.get("")
        if payloads is not None:
            yield index, payloads  # type: ignore[misc]
        if index >= len(tokens):
            return
        token = tokens[index]
        if index > first and is_quote(token) and tokens[index - 1 : index]:
            yield from self._walk(node, tokens, index + 1, first)
        # An abbreviation as written comes before the word it looks like (AI, ai).
        for key in dict.fromkeys((_abbreviation_key(token) or token.key, token.key)):
            child = node.get(key)
            if isinstance(child, dict):
                yield from self._walk(child, tokens, index + 1, first)


def _abbreviation_key(token: Token) -> str | None:
    """Key of a capitalised abbreviation; no lower-case key begins with ``=``."""
    if 1 < len(token.text) <= 5 and token.text.isupper():
        return "=" + token.text
    return None
