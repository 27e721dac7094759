"""What the words of a text may mean to the frames of a pack, as bits: known without reading a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from nhanluc_extract.rulepack.effects import EFFECTS
from nhanluc_extract.rulepack.model import Frame, RulePack, Slot
from nhanluc_extract.text.tokens import short_keys, surface_keys, word_keys

_WORD = re.compile(r"[^\W\d_]+")

Pair = tuple[str, str]  # keys of two words side by side


@dataclass(frozen=True, slots=True)
class Needs:
    """What a frame asks for, as bits.

    A noun of ``count`` is what a number counts; of each of ``others`` a word must stand in its sentence.
    """

    count: int
    others: tuple[int, ...]

    def are_met(self, counted: int, named: int) -> bool:
        """Whether a frame finds all it asks for, if numbers count ``counted`` where so much is ``named``."""
        return bool(counted & self.count) and all(named & mask for mask in self.others)


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
        self._pairs: dict[Pair, list[tuple[frozenset[Pair], frozenset[str], int]]] = {}
        self.meant = {name: self._may_mean(name) for name in pack.classes}
        for surface, name in pack.surfaces.items():
            self._add(surface, self.meant[name])

    def _add(self, surface: str, mask: int) -> None:
        keys = word_keys(_WORD.findall(surface))
        pairs = list(pairwise(keys))
        if pairs:
            shorts = frozenset(key for key in surface_keys(surface) if key.startswith("="))
            self._pairs.setdefault(pairs[-1], []).append((frozenset(pairs), shorts, mask))
        elif keys:
            key = next(key for key in surface_keys(surface) if any(map(str.isalpha, key)))
            self._words[key] = self._words.get(key, 0) | mask
        else:
            self._always |= mask

    def mask(self, classes: Iterable[str]) -> int:
        """The bits of ``classes``."""
        mask = 0
        for name in classes:
            mask |= self._bits[name]
        return mask

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
        keys, shorts = word_keys(words), short_keys(words)
        pairs, single = set(pairwise(keys)), shorts.union(keys)
        named = self._always
        for key in single & self._words.keys():
            named |= self._words[key]
        for key in single & abbreviations.keys():
            named |= abbreviations[key]
        for pair in pairs & self._pairs.keys():
            for others, abbreviated, mask in self._pairs[pair]:
                if mask & ~named and others <= pairs and abbreviated <= shorts:
                    named |= mask
        return named


def _fills(pack: RulePack, slot: Slot) -> frozenset[str]:
    """The classes of words that fill a slot; those of a referent are kinds of it."""
    referent = pack.referents.get(slot.name)
    if referent is None:
        return slot.classes
    return frozenset().union(*(referent.kinds[kind] for kind in slot.classes))
