"""The cheap tests that spare an article its reading: what they drop, no frame could have matched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from nhanluc_extract.extraction.outline import Needs, Outline, Roles, Word
from nhanluc_extract.extraction.sentence.tables import PEOPLE_HEADS
from nhanluc_extract.rulepack.effects import EFFECTS
from nhanluc_extract.rulepack.model import Frame, RulePack, Slot, WordClass
from nhanluc_extract.text.document import Document, Sentence
from nhanluc_extract.text.tokens import SurfaceTrie, short_keys, surface_keys, tokenize, word_keys

_WORD = re.compile(r"[^\W\d_]+")

Pair = tuple[str, str]  # keys of two words side by side

# Behind words of these classes stand the nouns of labels, however long, and those of columns.
_HEADS = frozenset({"count_opener", "quota"})
# Under verbs of these classes *một* is a number.
_ORGANISED = frozenset({"holds", "set_up", "assigns", "recruits", "needs", "lacks"})


class Screen:
    """Built from a rule pack: which classes an article names at all, and which of them a frame needs.

    Sound because whatever fills a slot of a frame is a word of the lexicon in the same article, or the
    abbreviation of one that stands there too; and a word is not there of which two syllables stand nowhere
    side by side.
    """

    def __init__(self, pack: RulePack) -> None:
        names = sorted(EFFECTS.keys() | frozenset().union(*pack.ancestors.values()))
        self._pack = pack
        self._bits = {name: 1 << number for number, name in enumerate(names)}
        self._always = 0  # what words without a letter may be: they are not looked for
        self._words: dict[str, int] = {}
        self._pairs: dict[Pair, list[tuple[frozenset[Pair], frozenset[str], int]]] = {}
        self._meant = {name: self._may_mean(name) for name in pack.classes}
        for surface, name in pack.surfaces.items():
            self._add(surface, self._meant[name])
        self._needs = [self._needs_of(frame) for frame in pack.frames]
        self._counted = self._mask(name for frame in pack.frames for name in frame.count)
        self._roles = Roles(
            self._mask(_HEADS),
            self._mask(PEOPLE_HEADS),
            self._mask(name for name, word in pack.classes.items() if _takes_up(word)),
            self._mask(_ORGANISED),
            self._mask(name for name, word in pack.classes.items() if word.is_counted),
            self._mask(name for name, word in pack.classes.items() if word.is_counted and not word.generic),
        )
        self._openers = frozenset(
            tokenize(surface)[0].key
            for surface, name in pack.surfaces.items()
            if self._meant[name] & self._counted
        )

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

    def _mask(self, classes: Iterable[str]) -> int:
        mask = 0
        for name in classes:
            mask |= self._bits[name]
        return mask

    def _may_mean(self, name: str) -> int:
        """What a word of class ``name`` may be, with and without a name behind it or a plural before it."""
        word = self._pack.classes[name]
        others = (other for other in (word.bare, word.named, word.plural) if other is not None)
        return self._mask(
            self._pack.ancestors[name].union(*(self._pack.ancestors[other] for other in others))
        )

    def _needs_of(self, frame: Frame) -> Needs:
        others = [self._mask(_fills(self._pack, slot)) for slot in frame.slots]
        if "" not in frame.indicators:
            others.append(self._mask(frame.indicators))
        return Needs(self._mask(frame.count), tuple(others))

    def keeps_text(self, clean: str) -> bool:
        """Whether some frame could find all that it needs in the clean text of an article."""
        words = _WORD.findall(clean)
        keys, shorts = word_keys(words), short_keys(words)
        pairs = set(pairwise(keys))
        named = self._always
        for key in shorts.union(keys) & self._words.keys():
            named |= self._words[key]
        for pair in pairs & self._pairs.keys():
            for others, abbreviated, mask in self._pairs[pair]:
                if mask & ~named and others <= pairs and abbreviated <= shorts:
                    named |= mask
        return any(needs.are_met(named, named) for needs in self._needs)

    def outline(self, document: Document, abbreviations: SurfaceTrie[str]) -> Outline:
        """What the sentences of an article name, by itself: neither words nor numbers are known yet."""
        words = [
            [
                Word(first, last, self._meant[name])
                for surfaces in (self._pack.trie, abbreviations)
                for first, last, (name, *_) in surfaces.every(sentence.tokens)
            ]
            for sentence in document.sentences
        ]
        return Outline(document.sentences, words, self._needs, self._roles)

    def keeps_sentence(self, sentence: Sentence) -> bool:
        """Whether a noun that some rule counts can begin in the sentence."""
        return any(token.key in self._openers for token in sentence.tokens)


def _takes_up(word: WordClass) -> bool:
    """``ngành này``, ``124 đội hình``: words that stand for the field, or the team, named before."""
    return "field_again" in word.effects or word.family == "team"


def _fills(pack: RulePack, slot: Slot) -> frozenset[str]:
    """The classes of words that fill a slot; those of a referent are kinds of it."""
    referent = pack.referents.get(slot.name)
    if referent is None:
        return slot.classes
    return frozenset().union(*(referent.kinds[kind] for kind in slot.classes))
