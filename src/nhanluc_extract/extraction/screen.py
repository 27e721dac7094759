"""The cheap tests that spare an article its reading: what they drop, no frame could have matched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nhanluc_extract.extraction.outline import Outline, Roles, Word
from nhanluc_extract.extraction.sentence.abbreviations import introduced
from nhanluc_extract.extraction.vocabulary import Needs, Vocabulary, union
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.text.dates import find_periods
from nhanluc_extract.text.document import Document, Sentence
from nhanluc_extract.text.numerals import number_words
from nhanluc_extract.text.quantities import find_quantities
from nhanluc_extract.text.sentences import split_sentences
from nhanluc_extract.text.tokens import LONGEST, surface_keys, tokenize, word_keys
from nhanluc_extract.text.zones import may_be_item

_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_BRACKETED = re.compile(r"\(\s*[^\W\d_]{2,6}\s*\)")
_LONG = 60  # blanks of a line that is no caption
_INTRODUCED = 100  # characters before an abbreviation that may hold what it stands for

# Behind words of these classes stand the nouns of labels, however long, and those of columns.
_HEADS = frozenset({"count_opener", "quota"})
# Under verbs of these classes *một* is a number.
_ORGANISED = frozenset({"holds", "set_up", "assigns", "recruits", "needs", "lacks"})


@dataclass(frozen=True, slots=True)
class _Article:
    """A clean text, all that its words may mean, what the frames need that may match there."""

    clean: str
    named: int
    needs: Sequence[Needs]
    abbreviations: Mapping[str, int]

    def meets(self, counted: int, named: int) -> bool:
        """Whether some frame could match if numbers count ``counted`` where so much is ``named``."""
        return any(needs.are_met(counted, named) for needs in self.needs)


@dataclass(frozen=True, slots=True)
class _Lent:
    """What else than its own words the numbers of a sentence may count and be about, as bits.

    ``heads`` are the nouns at the head of columns, for the numbers of a row.
    """

    nouns: int
    named: int
    heads: int

    def lets(self, article: _Article, counted: int, named: int) -> bool:
        """Whether some frame could match a sentence of which so much is known by itself."""
        return article.meets(counted | self.nouns | self.heads, named | self.named | self.heads)


class Screen:
    """Built from a rule pack: where an article may tell a fact, and which sentences need the tokenizer."""

    def __init__(self, pack: RulePack) -> None:
        self._pack = pack
        self._vocabulary = vocabulary = Vocabulary(pack)
        self._needs = [vocabulary.needs_of(frame) for frame in pack.frames]
        counted = {name: word for name, word in pack.classes.items() if word.is_counted}
        self._roles = Roles(
            heads=vocabulary.mask(_HEADS),
            organised=vocabulary.mask(_ORGANISED),
            counted=vocabulary.mask(counted),
            own=vocabulary.mask(name for name, word in counted.items() if not word.generic),
        )
        self._again = vocabulary.mask(["field_again"])
        fields = frozenset().union(
            *(slot.classes for f in pack.frames for slot in f.slots if slot.name == "field")
        )
        of_field = {name: each for name, each in pack.ancestors.items() if not each.isdisjoint(fields)}
        # Words that take a body up again, and bodies that have the field by their kind.
        self._bodies_again = [
            (
                vocabulary.mask(name for name, each in pack.ancestors.items() if again & each),
                vocabulary.mask(name for name, each in of_field.items() if kind in each),
            )
            for again, kind in (
                ({"school_again", "schools", "we"}, "schools"),
                ({"firm_again", "enterprises", "we"}, "firms"),
                ({"team_word"}, "teams"),
            )
        ]
        self._people = vocabulary.mask(name for name, word in counted.items() if word.family == "people")
        asked = vocabulary.mask(name for frame in pack.frames for name in frame.count)
        self._openers = frozenset(
            tokenize(surface)[0].key
            for surface, name in pack.surfaces.items()
            if vocabulary.meant[name] & asked
        )

    def promising(self, document: Document) -> Iterator[tuple[int, int]]:
        """Where in the clean text the sentences stand of which one, if any, tells an article's first fact.

        Such a sentence tells it by itself, or under the line that opens its list, or the head of its column.
        """
        clean = document.text.clean
        lines = [(first, clean[first:last]) for first, last in document.spans]
        named = [self._vocabulary.named(line) for _, line in lines]
        everything = union(named)
        needs = [each for each in self._needs if each.are_met(everything, everything)]
        if not needs:
            return
        article = _Article(clean, everything, needs, self._abbreviations(clean))
        for (first, line), own, above in zip(lines, named, _opening(lines, named), strict=True):
            yield from self._promising(article, first, line, own, above)

    def _abbreviations(self, clean: str) -> dict[str, int]:
        """What the abbreviations mean that an article introduces, as bits."""
        near = (
            tokenize(clean[max(found.start() - _INTRODUCED, 0) : found.end()])
            for found in _BRACKETED.finditer(clean)
        )
        return {
            surface_keys(short)[0]: self._vocabulary.meant[name]
            for short, name in introduced(self._pack, near)
        }

    def _promising(
        self, article: _Article, first: int, line: str, named: int, above: int
    ) -> Iterator[tuple[int, int]]:
        """The sentences of a line that may tell a fact; the lines that may open its list name ``above``."""
        if not may_be_item(line):
            above = 0
        elif "|" in line or article.abbreviations:
            above = article.named
        if article.abbreviations:
            named = article.named
        if not self._lent(article, named, above).lets(article, named, named):
            return
        for start, end in split_sentences(line):
            text = line[start:end]
            if _FIGURE.search(text) is None and number_words().isdisjoint(word_keys(_WORD.findall(text))):
                continue
            own = self._vocabulary.named(text, article.abbreviations)
            lent = self._lent(article, own, above)
            if lent.lets(article, own, own) and self._counts(article, first + start, text, own, lent):
                yield first + start, first + end

    def _lent(self, article: _Article, own: int, above: int) -> _Lent:
        """The line that opens a list may lend anything to an item, the head of a column a noun to a row.

        So may the whole article where a field, or a body that has it by its kind, is taken up again.
        """
        body = any(own & again and article.named & bodies for again, bodies in self._bodies_again)
        named = above | (article.named if own & self._again or body else 0)
        people = article.named & self._people if article.named & self._roles.heads else 0
        return _Lent(above, named, people)

    def _counts(self, article: _Article, start: int, text: str, own: int, lent: _Lent) -> bool:
        """Whether a number of a sentence may count what a frame asks for."""
        tokens = tokenize(text, start)
        if len(tokens) > LONGEST:
            return True
        meant, trie, abbreviations = self._vocabulary.meant, self._pack.trie, article.abbreviations
        words = [Word(first, last, meant[name]) for first, last, (name, *_) in trie.every(tokens)]
        keys = enumerate(token.short or token.key for token in tokens) if abbreviations else ()
        words += [Word(at, at + 1, abbreviations[key]) for at, key in keys if key in abbreviations]
        quantities = find_quantities(article.clean, tokens, find_periods(text, start, None))
        outline = Outline(tokens, words, quantities, self._roles)
        if not outline.is_row:
            lent = replace(lent, heads=0)
        counted = outline.counted(in_row=outline.is_row and bool(lent.nouns | lent.heads))
        return counted is not None and lent.lets(article, counted, own)

    def keeps_sentence(self, sentence: Sentence) -> bool:
        """Whether a noun that some rule counts can begin in the sentence."""
        return any(token.key in self._openers for token in sentence.tokens)


def _opening(lines: Sequence[tuple[int, str]], named: Sequence[int]) -> Iterator[int]:
    """What is named, for each line, by those before it that may open a list which it is an item of.

    A long line ends what stands above it; a shorter one may be a caption or stand beside the text.
    """
    above = 0
    for (_, line), own in zip(lines, named, strict=True):
        yield above
        above = own if line.count(" ") >= _LONG and not may_be_item(line) else above | own
