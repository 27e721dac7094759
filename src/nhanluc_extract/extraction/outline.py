"""What the sentences of an article may mean, before words and numbers are known, and what that rules out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.nouns import is_year
from nhanluc_extract.model import Quantity
from nhanluc_extract.text.document import Sentence
from nhanluc_extract.text.numerals import number_words

_LABEL = 24  # tokens before a number that its noun begins in; a label has 20
_BEHIND = 10  # tokens behind it
_FILLERS = 4  # tokens between a number and its noun
_OPENER = 3  # tokens between a word that opens a label and the noun of the label
_COLUMN = 13  # sentences before that may hold the head of a column


@dataclass(frozen=True, slots=True)
class Needs:
    """What a frame asks for, as bits.

    A noun of ``count`` is what a number counts; of each of ``others`` a word must stand in its sentence.
    """

    count: int
    others: tuple[int, ...]

    def are_met(self, counted: int, named: int) -> bool:
        return bool(counted & self.count) and all(named & mask for mask in self.others)


@dataclass(frozen=True, slots=True)
class Roles:
    """Words that tell where numbers have their nouns, as bits.

    ``heads`` open labels and columns, ``people`` the columns of a table between bars; ``again`` takes up what
    was named before; under the verbs ``organised`` *một* is a number; ``counted`` are the nouns, ``own`` those
    that say enough for a number before them to have no other.
    """

    heads: int
    people: int
    again: int
    organised: int
    counted: int
    own: int


class Word(NamedTuple):
    """A surface at tokens ``[first, last)`` and what it may mean, as bits."""

    first: int
    last: int
    mask: int


class Outline:
    """The sentences of an article with all that their words may be: by first token, as bits."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        words: Sequence[Sequence[Word]],
        needs: Sequence[Needs],
        roles: Roles,
    ) -> None:
        self._sentences = sentences
        self._roles = roles
        self._words = words
        self._named = [_union(word.mask for word in each) for each in words]
        everywhere = _union(self._named)
        self._needs = [each for each in needs if each.are_met(everywhere, everywhere)]

    def promising(self) -> list[int]:
        """The sentences of which some could tell a fact by itself, or under the line that opens its list.

        Only numbers are looked at that stand where it could do so if whatever may be a number were one.
        """
        numbered = list(self._holding(self._figures, self._named, self._rows))
        figures, counted, rows = list(self._figures), list(self._named), list(self._rows)
        for index in numbered:
            sentence = self._sentences[index]
            bare = sum(_is_bare(sentence, quantity) for quantity in sentence.quantities)
            rows[index] = rows[index] and (bare > 1 or _has_bar(sentence))
            numbers = self._counts(index, in_row=rows[index])
            figures[index], counted[index] = len(numbers), self._near(index, numbers)
        known = frozenset(numbered)
        return [index for index in self._holding(figures, counted, rows) if index in known]

    @cached_property
    def _rows(self) -> list[bool]:
        """Whether a sentence may hold rows, or cells, of a table."""
        return [
            figures > 1 or _has_bar(sentence)
            for figures, sentence in zip(self._figures, self._sentences, strict=True)
        ]

    @cached_property
    def _figures(self) -> list[int]:
        """How many tokens of each sentence may belong to numbers."""
        words = number_words()
        return [
            sum(1 for token in sentence.tokens if token.key in words or token.text.isdecimal())
            for sentence in self._sentences
        ]

    def _counts(self, index: int, *, in_row: bool) -> list[Quantity]:
        """The numbers of a sentence that may count something: no articles, and no years."""
        sentence, words = self._sentences[index], self._words[index]
        numbers = [quantity for quantity in sentence.quantities if quantity.is_candidate]
        if len(numbers) == 1 and _is_one(numbers[0]) and not self._named[index] & self._roles.organised:
            distributed = (phrases("each"), phrases("parts"))
            shared = any(token.text == "/" for token in sentence.tokens)
            if not shared and not any(trie.begun(sentence.tokens) for trie in distributed):
                return []
        if not in_row or not self._columns(index):
            begun = {word.first for word in words}
            numbers = [number for number in numbers if not _counts_unknown(sentence, number, begun)]
        return [
            number
            for number in numbers
            if not is_year(sentence.tokens, number)
            or any(
                0 <= word.first - number.last < _FILLERS and word.mask & self._roles.counted for word in words
            )
        ]

    def _near(self, index: int, numbers: Sequence[Quantity]) -> int:
        """What the numbers of a sentence may count by themselves."""
        words = self._words[index]
        reach = [(word.last, word.last + _OPENER) for word in words if word.mask & self._roles.heads]
        for number in numbers:
            label = 0 if number.kind == "percent" else number.first - _LABEL
            own = any(word.first == number.last and word.mask & self._roles.own for word in words)
            reach.append((number.last if own else label, number.last + _BEHIND))
        return _union(word.mask for word in words if any(a <= word.first < b for a, b in reach))

    def _holding(self, numbers: Sequence[int], counted: Sequence[int], rows: Sequence[bool]) -> Iterator[int]:
        """The sentences with so many ``numbers`` each in which some frame finds all it needs.

        ``counted`` is what the numbers of each may count by themselves; in ``rows`` the heads of columns too.
        """
        before = 0
        for index, sentence in enumerate(self._sentences):
            own = self._named[index]
            before |= own
            if not numbers[index]:
                continue
            nouns = counted[index]
            named = before if own & self._roles.again else own
            if sentence.intro is not None:
                nouns |= counted[sentence.intro] if numbers[sentence.intro] else 0
                named |= self._named[sentence.intro]
            if rows[index]:
                nouns |= self._columns(index)
                named |= self._columns(index)
            if any(needs.are_met(nouns, named) for needs in self._needs):
                yield index

    def _columns(self, index: int) -> int:
        """What the heads of columns name that a row in this sentence may belong to."""
        over = self._sentences[index].heading
        near = _union((*self._named[max(index - _COLUMN, 0) : index], *self._titles))
        near |= self._named[over] if over is not None else 0
        people = self._roles.people if _has_bar(self._sentences[index]) else 0
        return near if near & (self._roles.heads | people) else 0

    @cached_property
    def _titles(self) -> list[int]:
        named = zip(self._sentences, self._named, strict=True)
        return [each for sentence, each in named if sentence.zone == "title"]


def _counts_unknown(sentence: Sentence, number: Quantity, begun: Collection[int]) -> bool:
    """``ba trận``: a word that begins none of the lexicon's, right behind a number, is what it counts."""
    if number.kind == "zero" or number.last >= len(sentence.tokens) or number.last in begun:
        return False
    token = sentence.tokens[number.last]
    numbered = token.text.isdecimal() or any(q.first <= number.last < q.last for q in sentence.quantities)
    return token.text[0].isalpha() and token.key not in linking("functions") and not numbered


def _has_bar(sentence: Sentence) -> bool:
    return any(token.text == "|" for token in sentence.tokens)


def _is_bare(sentence: Sentence, number: Quantity) -> bool:
    """Whether a number may end the item of a row: no word follows that it could count."""
    token = sentence.tokens[number.last] if number.last < len(sentence.tokens) else None
    joined = token is not None and token.key in linking("conjunctions")
    return token is None or joined or not token.text[0].isalpha()


def _is_one(number: Quantity) -> bool:
    """``một``: mostly an article."""
    plain = number.in_words and number.kind == "count" and number.hedge_start == number.start
    return plain and number.value == 1 and number.of is None


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
