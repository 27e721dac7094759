"""The cheap tests that spare an article its reading: what they drop, no frame could have matched."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nhanluc_extract.rulepack.model import Frame, RulePack, Slot
from nhanluc_extract.text.document import Document, Sentence
from nhanluc_extract.text.tokens import key_of, surface_keys, tokenize, word_keys

_WORD = re.compile(r"[^\W\d_]+")


class Screen:
    """Built from a rule pack: which classes an article names at all, and which of them a frame needs.

    Sound because whatever fills a slot of a frame is a word of the lexicon in the same article, or the
    abbreviation of one that stands there too; and a word of which a syllable is missing is not there.
    """

    def __init__(self, pack: RulePack) -> None:
        names = sorted(frozenset().union(*pack.ancestors.values()))
        self._bits = {name: 1 << number for number, name in enumerate(names)}
        self._always = 0  # what words without a letter may be: they are not looked for
        self._surfaces: dict[str, list[tuple[frozenset[str], str, int]]] = {}
        counted = frozenset().union(*(frame.count for frame in pack.frames)) if pack.frames else frozenset()
        openers = set()
        for surface, name in pack.surfaces.items():
            needed = frozenset(key for key in surface_keys(surface) if any(map(str.isalpha, key)))
            mask = self._mask(_meant(pack, name))
            if needed:
                longest = max(sorted(needed), key=len)
                self._surfaces.setdefault(longest, []).append((needed, _in_a_row(surface), mask))
            else:
                self._always |= mask
            if not _meant(pack, name).isdisjoint(counted):
                openers.add(tokenize(surface)[0].key)
        self.openers = frozenset(openers)
        self._frames = [[self._mask(classes) for classes in _needs(pack, frame)] for frame in pack.frames]

    def _mask(self, classes: Iterable[str]) -> int:
        mask = 0
        for name in classes:
            mask |= self._bits.get(name, 0)
        return mask

    def keeps_text(self, clean: str) -> bool:
        """Whether some frame could find all that it needs in the clean text of an article."""
        there, text = word_keys(set(_WORD.findall(clean))), _in_a_row(clean)
        named = self._always
        for key in there & self._surfaces.keys():
            for needed, surface, mask in self._surfaces[key]:
                if mask & ~named and needed <= there and surface in text:
                    named |= mask
        return any(all(named & mask for mask in needs) for needs in self._frames)

    def keeps_article(self, document: Document) -> bool:
        """Whether the article has a candidate number and a counted noun at all."""
        has_number = any(q.is_candidate for sentence in document.sentences for q in sentence.quantities)
        return has_number and any(self.keeps_sentence(s) for s in document.sentences)

    def keeps_sentence(self, sentence: Sentence) -> bool:
        """Whether a noun that some rule counts can begin in the sentence."""
        return any(token.key in self.openers for token in sentence.tokens)


def _in_a_row(text: str) -> str:
    """The words of a text by their keys, without what stands between them."""
    return f" {' '.join(key_of(word) for word in _WORD.findall(text))} "


def _meant(pack: RulePack, name: str) -> frozenset[str]:
    """What a word of class ``name`` may be, with and without a name behind it or a plural before it."""
    word = pack.classes[name]
    others = (other for other in (word.bare, word.named, word.plural) if other is not None)
    return pack.ancestors[name].union(*(pack.ancestors[other] for other in others))


def _needs(pack: RulePack, frame: Frame) -> list[frozenset[str]]:
    """Of each of these sets of classes an article must name one."""
    needs = [frame.count, *(_fills(pack, slot) for slot in frame.slots)]
    return needs if "" in frame.indicators else [*needs, frozenset(frame.indicators)]


def _fills(pack: RulePack, slot: Slot) -> frozenset[str]:
    """The classes of words that fill a slot; those of a referent are kinds of it."""
    referent = pack.referents.get(slot.name)
    if referent is None:
        return slot.classes
    return frozenset().union(*(referent.kinds[kind] for kind in slot.classes))
