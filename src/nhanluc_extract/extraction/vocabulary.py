"""What the words of a text may mean to the frames of a pack, as bits: known without reading a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from nhanluc_extract.rulepack.effects import EFFECTS
from nhanluc_extract.rulepack.model import Frame, RulePack, Slot
from nhanluc_extract.text.tokens import is_abbreviation, tokenize, word_keys

# Latin letters: what is written in others is no word of a pack.
_WORD = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff]+")

Pair = tuple[str, str]  # keys of two words side by side


class _Surface(NamedTuple):
    """A surface of several syllables: all its pairs of them, its abbreviations and what it may mean."""

    pairs: frozenset[Pair]
    shorts: frozenset[str]
    mask: int


@dataclass(frozen=True, slots=True)
class Needs:
    """What a frame asks for, as bits.

    A noun of ``count`` is what a number counts; of each of ``others`` a word must stand in its sentence.
    """

    count: int
    others: tuple[int, ...]

    def are_met(self, counted: int, named: int) -> bool:
        """Whether a frame finds all it asks for, if numbers count ``counted`` where so much is ``named``."""
        return bool(counted & self.count) and 0 not in map(named.__and__, self.others)


class Vocabulary:
    """The surfaces of a pack by what they may mean, ready to be looked for in any text.

    Sound because whatever fills a slot of a frame is a word of the lexicon, or an abbreviation of one; and a
    word is not there of which two syllables stand nowhere side by side.
    """

    def __init__(self, pack: RulePack) -> None:
        names = sorted(EFFECTS.keys() | frozenset().union(*pack.ancestors.values()))
        self._pack = pack
        self._bits = {name: 1 << number for number, name in enumerate(names)}
        self._always = 0  # what words without a letter may be: they are not looked for
        self._words: dict[str, int] = {}
        self._shorts: dict[str, int] = {}  # abbreviations, as they are written
        self._couples: dict[Pair, int] = {}  # surfaces of two syllables
        self._last_pairs: dict[Pair, list[_Surface]] = {}
        self._pairs: set[Pair] = set()
        self.meant = {name: self._may_mean(name) for name in pack.classes}
        for surface, name in pack.surfaces.items():
            self._add(surface, self.meant[name])

    def _add(self, surface: str, mask: int) -> None:
        words = _WORD.findall(surface)
        shorts = [word for word in words if is_abbreviation(word)]
        pairs = list(pairwise(word_keys(words)))
        if pairs:
            self._pairs.update(pairs)
            self._shorts |= {short: self._shorts.get(short, 0) for short in shorts}
        if len(pairs) == 1 and not shorts:
            self._couples[pairs[0]] = self._couples.get(pairs[0], 0) | mask
        elif pairs:
            entry = _Surface(frozenset(pairs), frozenset(shorts), mask)
            self._last_pairs.setdefault(pairs[-1], []).append(entry)
        elif shorts:
            self._shorts[shorts[0]] = self._shorts.get(shorts[0], 0) | mask
        elif words:
            (key,) = word_keys(words)
            self._words[key] = self._words.get(key, 0) | mask
        else:
            self._always |= mask

    def mask(self, classes: Iterable[str]) -> int:
        """The bits of ``classes``."""
        return union(self._bits[name] for name in classes)

    def _may_mean(self, name: str) -> int:
        """What a word of class ``name`` may be, with and without a name behind it or a plural before it."""
        word = self._pack.classes[name]
        others = (other for other in (word.bare, word.named, word.plural) if other is not None)
        return self.mask(self._pack.ancestors[name].union(*(self._pack.ancestors[other] for other in others)))

    def needs_of(self, frame: Frame) -> Needs:
        """What ``frame`` asks for."""
        others = [self.mask(_fills(self._pack, slot)) for slot in frame.slots]
        if "" not in frame.indicators:
            others.append(self.mask(frame.indicators))
        return Needs(self.mask(frame.count), tuple(others))

    def named(self, text: str, abbreviations: Mapping[str, int] = MappingProxyType({})) -> int:
        """What the words of ``text`` may mean; ``abbreviations`` by their keys mean something too."""
        words = _WORD.findall(text)
        keys = word_keys(words)
        pairs, shorts = self._pairs.intersection(pairwise(keys)), self._shorts.keys() & words
        named = self._always
        for key in self._words.keys() & keys:
            named |= self._words[key]
        for short in shorts:
            named |= self._shorts[short]
        for pair in self._couples.keys() & pairs:
            named |= self._couples[pair]
        for pair in self._last_pairs.keys() & pairs:
            for surface in self._last_pairs[pair]:
                if surface.mask & ~named and surface.pairs <= pairs and surface.shorts <= shorts:
                    named |= surface.mask
        for token in tokenize(text) if abbreviations else ():
            named |= abbreviations.get(token.short or token.key, 0)
        return named


def _fills(pack: RulePack, slot: Slot) -> frozenset[str]:
    """The classes of words that fill a slot; those of a referent are kinds of it."""
    referent = pack.referents.get(slot.name)
    if referent is None:
        return slot.classes
    return frozenset().union(*(referent.kinds[kind] for kind in slot.classes))


def union(masks: Iterable[int]) -> int:
    """All bits of ``masks``."""
    union = 0
    for mask in masks:
        union |= mask
    return union
