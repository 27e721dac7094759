"""Places outside Vietnam named in a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.tokens import SurfaceTrie

_LONGEST_ATTRIBUTE = 3  # syllables of a noun that a name is an attribute of


@dataclass(frozen=True)
class _Words:
    names: SurfaceTrie[bool]
    firms: SurfaceTrie[bool]
    short: frozenset[str]
    before: frozenset[str]
    heading: frozenset[str]
    words: SurfaceTrie[bool]
    several: SurfaceTrie[bool]
    attributes: SurfaceTrie[bool]
    joining: frozenset[str]
    looking: frozenset[str]
    where: frozenset[str]

    @cached_property
    def openers(self) -> frozenset[str]:
        """What the key of a token, or its key as an abbreviation, must be where a place abroad begins."""
        short = frozenset(fold(word) for word in self.short)
        return short.union(*(trie.openers for trie in (self.names, self.words, self.several)))


@cache
def _words() -> _Words:
    text = resources.files("nhanluc_extract.places").joinpath("data/foreign.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return _Words(
        firms=SurfaceTrie.of(data["firms"]),
        names=SurfaceTrie.of(data["names"]),
        short=frozenset(data["short"]),
        before=frozenset(fold(word) for word in data["before"]),
        heading=frozenset(fold(word) for word in data["heading"]),
        words=SurfaceTrie.of(data["words"]),
        several=SurfaceTrie.of(data["several"]),
        attributes=SurfaceTrie.of(data["attributes"]),
        joining=frozenset(data["joining"]),
        looking=frozenset(fold(word) for word in data["looking"]),
        where=frozenset(fold(word) for word in data["where"]),
    )


def find_foreign(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Token ranges ``[first, last)`` of the places abroad where something is or is done.

    A name that is only an attribute (``doanh nghiệp Nhật Bản``) or a direction (``sang Nhật Bản``) is none.
    """
    found: list[tuple[int, int]] = []
    behind, attribute, openers = 0, -1, _words().openers
    for index in [i for i, token in enumerate(tokens) if token.key in openers or token.short in openers]:
        last = _name(tokens, index) if index >= behind else None
        if last is None:
            continue
        joined = index - 1 == attribute and tokens[index - 1].key in _words().joining
        if (joined or _is_attribute(tokens, index)) and not _is_gone_on_with(tokens, last):
            attribute = last
        else:
            found.append((index, last))
        behind = last
    return found


def find_foreign_firms(tokens: Sequence[Token]) -> list[int]:
    """First tokens of the names of firms that have their seat abroad."""
    return [index for index in range(len(tokens)) if names_foreign_firm(tokens, index)]


def names_foreign_firm(tokens: Sequence[Token], index: int) -> bool:
    """Whether the name of one begins at token ``index``."""
    capital = index < len(tokens) and tokens[index].text[0].isupper()
    return capital and _words().firms.longest(tokens, index) is not None


def _name(tokens: Sequence[Token], index: int) -> int | None:
    words = _words()
    named = words.names.longest(tokens, index)
    if named is not None and any(token.text[0].isupper() for token in tokens[index : named[0]]):
        return named[0]
    told = words.words.longest(tokens, index)
    if told is not None:
        return told[0]
    several = words.several.longest(tokens, index)
    if several is not None and index and tokens[index - 1].text.isdecimal():
        return several[0]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if tokens[index].text not in words.short or (following is not None and following.text[0].isupper()):
        return None
    if index and tokens[index - 1].key in words.before:
        return index + 1
    opens = index == 0 or not tokens[index - 1].text[0].isalnum()
    return index + 1 if opens and following is not None and following.key in words.heading else None


def _is_gone_on_with(tokens: Sequence[Token], last: int) -> bool:
    """``so với Malaysia, nơi có 60.000 người``: what is told next is told of the place."""
    behind = tokens[last : last + 2]
    return len(behind) > 1 and behind[0].text == "," and behind[1].key in _words().where


def _is_attribute(tokens: Sequence[Token], index: int) -> bool:
    """``doanh nghiệp Nhật Bản``, ``tốt nhất châu Á``, ``Top 10 thế giới``: what no place is told by."""
    index -= index > 1 and tokens[index - 1].text.isdecimal() and tokens[index - 2].key == "top"
    for first in range(max(index - _LONGEST_ATTRIBUTE, 0), index):
        found = _words().attributes.longest(tokens, first)
        looked = first > 0 and tokens[first - 1].key in _words().looking  # "Nhìn sang Ấn Độ, mỗi năm họ …"
        if found is not None and found[0] == index and not looked:
            return True
    return False
