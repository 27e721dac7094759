"""The cheap tests that spare an article its reading: what they drop, no frame could have matched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from nhanluc_extract.extraction.sentence.abbreviations import introduced
from nhanluc_extract.model import Quantity
from nhanluc_extract.rulepack.model import Frame, RulePack, Slot
from nhanluc_extract.text.document import Document, Sentence
from nhanluc_extract.text.numerals import is_number_word
from nhanluc_extract.text.tokens import SurfaceTrie, short_keys, surface_keys, tokenize, word_keys

_WORD = re.compile(r"[^\W\d_]+")
_LABEL = 24  # tokens before a number that its noun begins in; a label has 20
_BEHIND = 10  # tokens behind it
_LENT = 3  # sentences before from which a count takes noun, verb or field
_COLUMN = 13  # sentences before that may hold the head of a column

Pair = tuple[str, str]  # keys of two words side by side

_NEAR = frozenset({"phrase", "clause", "list", "sentence"})
_IN_SENTENCE = frozenset({"count", "modifier", "trigger", "clause"})
# Behind words of these classes stand the nouns of labels, however long, and those of columns.
_HEADS = frozenset({"count_opener", "quota"})


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a frame asks for, as bits: a word of each of ``near`` where the count stands, of each of ``told``
    anywhere before it."""

    count: int
    near: tuple[int, ...]
    told: tuple[int, ...]

    def are_in(self, named: int) -> bool:
        return bool(named & self.count) and all(named & mask for mask in (*self.near, *self.told))


class Screen:
    """Built from a rule pack: which classes an article names at all, and which of them a frame needs.

    Sound because whatever fills a slot of a frame is a word of the lexicon in the same article, or the
    abbreviation of one that stands there too; and a word is not there of which two syllables stand nowhere
    side by side.
    """

    def __init__(self, pack: RulePack) -> None:
        names = sorted(frozenset().union(*pack.ancestors.values()))
        self._pack = pack
        self._bits = {name: 1 << number for number, name in enumerate(names)}
        self._always = 0  # what words without a letter may be: they are not looked for
        self._words: dict[str, int] = {}
        self._pairs: dict[Pair, list[tuple[frozenset[Pair], frozenset[str], int]]] = {}
        self._trie: SurfaceTrie[int] = SurfaceTrie()
        for surface, name in pack.surfaces.items():
            mask = self._meant(name)
            self._trie.add(surface, mask)
            self._add(surface, mask)
        self._needs = [self._needs_of(frame) for frame in pack.frames]
        self._counted = self._mask(name for frame in pack.frames for name in frame.count)
        self._heads = self._mask(_HEADS)
        self._openers = frozenset(
            tokenize(surface)[0].key
            for surface, name in pack.surfaces.items()
            if self._meant(name) & self._counted
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
            mask |= self._bits.get(name, 0)
        return mask

    def _meant(self, name: str) -> int:
        """What a word of class ``name`` may be, with and without a name behind it or a plural before it."""
        word = self._pack.classes[name]
        others = (other for other in (word.bare, word.named, word.plural) if other is not None)
        return self._mask(
            self._pack.ancestors[name].union(*(self._pack.ancestors[other] for other in others))
        )

    def _needs_of(self, frame: Frame) -> _Needs:
        near: list[int] = []
        told: list[int] = []
        for slot in frame.slots:
            close = slot.within in _NEAR or slot.name in _IN_SENTENCE
            (near if close else told).append(self._mask(_fills(self._pack, slot)))
        if "" not in frame.indicators:
            told.append(self._mask(frame.indicators))
        return _Needs(self._mask(frame.count), tuple(near), tuple(told))

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
        return any(needs.are_in(named) for needs in self._needs)

    def outline(self, document: Document) -> Outline:
        """What the sentences of an article name, by itself: neither words nor numbers are known yet."""
        sentences = document.sentences
        abbreviations = introduced(self._pack, (sentence.tokens for sentence in sentences))
        terms = [
            [
                *((first, mask) for first, _, (mask, *_) in self._trie.every(sentence.tokens)),
                *(
                    (first, self._meant(name))
                    for first, _, (name, *_) in abbreviations.every(sentence.tokens)
                ),
            ]
            for sentence in sentences
        ]
        return Outline(sentences, terms, self._needs, self._heads)

    def keeps_sentence(self, sentence: Sentence) -> bool:
        """Whether a noun that some rule counts can begin in the sentence."""
        return any(token.key in self._openers for token in sentence.tokens)


class Outline:
    """The sentences of an article with all that their words may be: by first token, as bits."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        terms: Sequence[Sequence[tuple[int, int]]],
        needs: Sequence[_Needs],
        heads: int,
    ) -> None:
        self._sentences = sentences
        self._terms = terms
        self._heads = heads
        self._named = [_union(mask for _, mask in each) for each in terms]
        everywhere = _union(self._named)
        self._needs = [each for each in needs if each.are_in(everywhere)]

    def keeps_words(self) -> bool:
        """Whether some frame could find what it needs around something that may be a number."""
        numbered = [
            any(token.text.isdecimal() or is_number_word(token.key) for token in sentence.tokens)
            for sentence in self._sentences
        ]
        return self._keeps(numbered, self._named)

    def keeps_numbers(self) -> bool:
        """The same, where the numbers are known, for the nouns near them."""
        numbers = [[q for q in sentence.quantities if q.is_candidate] for sentence in self._sentences]
        near = [self._near(index, each) for index, each in enumerate(numbers)]
        return self._keeps([bool(each) for each in numbers], near)

    def _near(self, index: int, numbers: Sequence[Quantity]) -> int:
        """What the numbers of a sentence may count by themselves."""
        if self._named[index] & self._heads:
            return self._named[index]
        return _union(
            mask
            for first, mask in self._terms[index]
            if any(number.first - _LABEL <= first < number.last + _BEHIND for number in numbers)
        )

    def _keeps(self, numbered: Sequence[bool], counted: Sequence[int]) -> bool:
        """Whether a frame finds a noun that is ``counted`` where a sentence is ``numbered``, and all else."""
        before = 0
        for index, sentence in enumerate(self._sentences):
            before |= self._named[index]
            if not numbered[index]:
                continue
            lenders = [*range(max(index - _LENT, 0), index + 1)]
            lenders += [sentence.intro] if sentence.intro is not None else []
            nouns = _union(counted[i] for i in lenders if numbered[i]) | self._columns(index)
            near = _union(self._named[i] for i in lenders)
            if any(
                needs.count & nouns
                and all(near & mask for mask in needs.near)
                and all((before | self._theme) & mask for mask in needs.told)
                for needs in self._needs
            ):
                return True
        return False

    def _columns(self, index: int) -> int:
        """What the heads of columns name that a row in this sentence may belong to."""
        near = _union(self._named[max(index - _COLUMN, 0) : index])
        return near if near & self._heads else 0

    @cached_property
    def _theme(self) -> int:
        """What headlines name, or more sentences than one."""
        once = again = 0
        for sentence, named in zip(self._sentences, self._named, strict=True):
            again |= named if sentence.zone == "title" else once & named
            once |= named
        return again


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _fills(pack: RulePack, slot: Slot) -> frozenset[str]:
    """The classes of words that fill a slot; those of a referent are kinds of it."""
    referent = pack.referents.get(slot.name)
    if referent is None:
        return slot.classes
    return frozenset().union(*(referent.kinds[kind] for kind in slot.classes))
