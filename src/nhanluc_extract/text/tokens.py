"""Tokens of clean text, and the one way in which lists of surfaces are found in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_QUOTES = frozenset("\"'`\u00b4\u201c\u201d\u2018\u2019\u00ab\u00bb")

_WORDS, _LONGEST_WORD = 1 << 14, 32  # of those kept: more than there are syllables, and longer ones
_SHORT = 5  # letters of an abbreviation
LONGEST = 1500  # tokens of a sentence: what is longer is none, and is read in pieces

Payload = TypeVar("Payload")
Value = TypeVar("Value")


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """Split ``text`` into syllables, digit runs and single marks; ``offset`` is where it begins."""
    return [Token(offset + m.start(), offset + m.end(), *_SPELLED[m.group()]) for m in _TOKEN.finditer(text)]


class _Kept(dict[str, Value]):
    """What is found of words: the same objects each time, few for many texts."""

    def __init__(self, find: Callable[[str], Value]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Value:
        value = self._find(word)
        if len(word) <= _LONGEST_WORD:
            if len(self) >= _WORDS:
                self.clear()
            self[word] = value
        return value


def is_abbreviation(word: str) -> bool:
    """Whether a word is in capitals and short enough to be read only as it is written."""
    return 1 < len(word) <= _SHORT and word.isupper()


def _spelled(word: str) -> tuple[str, str, str | None]:
    """A word, its key, and its key as an abbreviation."""
    # No key of a word in lower case begins with the mark of an abbreviation.
    short = f"={word}" if is_abbreviation(word) else None
    return word, _KEYS[word], short


_KEYS = _Kept(fold)  # by themselves: they are asked for oftener than anything else
_SPELLED = _Kept(_spelled)


def in_pieces(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """``tokens`` in pieces of at most ``LONGEST``, cut at a space, behind a comma where there is one.

    Of 25,680 sentences of articles the longest, a list of names, has 1,142.
    """
    first = 0
    while len(tokens) - first > LONGEST:
        near = range(first + LONGEST, first + LONGEST // 2, -1)
        spaces = [i for i in near if tokens[i - 1].end < tokens[i].start]
        commas = (i for i in spaces if tokens[i - 1].text in ",;")
        stop = next(commas, spaces[0] if spaces else near[0])
        yield tokens[first:stop]
        first = stop
    yield tokens[first:] if first else tokens


@lru_cache(_WORDS)
def surface_keys(surface: str) -> tuple[str, ...]:
    """The keys of a surface's tokens, as ``SurfaceTrie`` looks for them."""
    return tuple(short or key for _, key, short in map(_SPELLED.__getitem__, _TOKEN.findall(surface)))


def word_keys(words: Iterable[str]) -> list[str]:
    """The key of each of ``words``."""
    return list(map(_KEYS.__getitem__, words))


def is_quote(token: Token) -> bool:
    """Whether a token is a quotation mark."""
    return token.text in _QUOTES


class _Node(Generic[Payload]):
    """What may stand behind some keys, and what surfaces that end there mean."""

    __slots__ = ("following", "payloads")

    def __init__(self) -> None:
        self.following: dict[str | None, _Node[Payload]] = {}
        self.payloads: list[Payload] = []


class SurfaceTrie(Generic[Payload]):
    """Surfaces found in token sequences, the longest at each place.

    A surface in capitals of at most five letters is an abbreviation and is matched as written; all
    others match in any case. Quotation marks inside a surface are passed over.
    """

    def __init__(self) -> None:
        self._root: _Node[Payload] = _Node()

    @staticmethod
    def of(surfaces: Iterable[str]) -> SurfaceTrie[bool]:
        """A trie of surfaces that only are to be found."""
        trie: SurfaceTrie[bool] = SurfaceTrie()
        for surface in surfaces:
            trie.add(surface, True)
        return trie

    @property
    def openers(self) -> frozenset[str]:
        """What a token's key, or its key as an abbreviation, must be where a surface begins."""
        return frozenset(key for key in self._root.following if key is not None)

    def opens(self, token: Token) -> bool:
        """Whether a surface may begin with ``token``."""
        begun = self._root.following
        return token.key in begun or token.short in begun

    def add(self, surface: str, payload: Payload) -> None:
        node = self._root
        for key in surface_keys(surface):
            node = node.following.setdefault(key, _Node())
        node.payloads.append(payload)

    def longest(
        self, tokens: Sequence[Token], index: int, limit: int | None = None
    ) -> tuple[int, list[Payload]] | None:
        """End index and payloads of the longest surface beginning at ``index`` and ending by ``limit``."""
        limit = len(tokens) if limit is None else limit
        best: tuple[int, list[Payload]] | None = None
        node, at = self._root, index
        # As long as there is one way only: nearly always there is.
        while at < limit and tokens[at].short is None and tokens[at].text not in _QUOTES:
            following = node.following.get(tokens[at].key)
            if following is None:
                return best
            node, at = following, at + 1
            if node.payloads:
                best = at, node.payloads
        nodes = [node]
        while at < limit and (nodes := _behind(nodes, tokens[at], is_first=at == index)):
            at += 1
            payloads = next((node.payloads for node in nodes if node.payloads), None)
            best = (at, payloads) if payloads is not None else best
        return best

    def begun(self, tokens: Sequence[Token]) -> list[int]:
        """The tokens that a surface may begin with, in text order."""
        begun = self._root.following
        return [i for i, token in enumerate(tokens) if token.key in begun or token.short in begun]

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, list[Payload]]]:
        """All ``(first, last, payloads)``, leftmost and longest, not overlapping."""
        behind = 0
        for index in self.begun(tokens):
            found = self.longest(tokens, index) if index >= behind else None
            if found is not None:
                behind = found[0]
                yield index, found[0], found[1]

    def every(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, list[Payload]]]:
        """All ``(first, last, payloads)``, wherever they begin and end."""
        for first in self.begun(tokens):
            nodes, at = [self._root], first
            while at < len(tokens) and (nodes := _behind(nodes, tokens[at], is_first=at == first)):
                at += 1
                yield from ((first, at, node.payloads) for node in nodes if node.payloads)


def _behind(nodes: Sequence[_Node[Payload]], token: Token, *, is_first: bool) -> list[_Node[Payload]]:
    """The nodes behind ``token``, the likeliest first."""
    following: list[_Node[Payload]] = []
    for node in nodes:
        if not is_first and is_quote(token):
            following.append(node)
        # An abbreviation as written comes before the word it looks like (AI, ai).
        for key in (token.short, token.key) if token.short is not None else (token.key,):
            child = node.following.get(key)
            if child is not None:
                following.append(child)
    return following
