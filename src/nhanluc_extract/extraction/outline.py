"""What the numbers of one sentence may count, before its words are known for sure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.nouns import is_year
from nhanluc_extract.extraction.vocabulary import union
from nhanluc_extract.model import Quantity, Token

_LABEL = 24  # tokens before a number that its noun begins in; a label has 20
_BEHIND = 10  # tokens behind it
_FILLERS = 4  # tokens between a number and its noun
_OPENER = 3  # tokens between a word that opens a label and the noun of the label


@dataclass(frozen=True, slots=True)
class Roles:
    """Words that tell where numbers have their nouns, as bits.

    ``heads`` open labels and columns; under the verbs ``organised`` *một* is a number; ``counted`` are the
    nouns, ``own`` those that say enough for a number before them to have no other.
    """

    heads: int
    organised: int
    counted: int
    own: int


class Word(NamedTuple):
    """A surface at tokens ``[first, last)`` and what it may mean, as bits."""

    first: int
    last: int
    mask: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The numbers of a sentence among all that its words may be."""

    tokens: Sequence[Token]
    words: Sequence[Word]
    quantities: Sequence[Quantity]
    roles: Roles

    @property
    def is_row(self) -> bool:
        """Whether the sentence may hold rows of a table: numbers without a noun behind them, or bars."""
        return self.has_bar or sum(map(self._is_bare, self.quantities)) > 1

    @property
    def has_bar(self) -> bool:
        return any(token.text == "|" for token in self.tokens)

    def counted(self, *, in_row: bool) -> int | None:
        """What its numbers may count, as bits; None where it has none that may count anything.

        Only what stands near them is; the numbers of a row, or a list, may have their noun elsewhere.
        """
        numbers = self._counts(in_row=in_row)
        if not numbers:
            return None
        reach = [(word.last, word.last + _OPENER) for word in self.words if word.mask & self.roles.heads]
        for number in numbers:
            label = 0 if number.kind == "percent" else number.first - _LABEL
            own = any(word.first == number.last and word.mask & self.roles.own for word in self.words)
            reach.append((number.last if own else label, number.last + _BEHIND))
        return union(word.mask for word in self.words if any(a <= word.first < b for a, b in reach))

    def _counts(self, *, in_row: bool) -> list[Quantity]:
        """The numbers that may count something: no articles, and no years."""
        numbers = [quantity for quantity in self.quantities if quantity.is_candidate]
        organised = any(word.mask & self.roles.organised for word in self.words)
        if len(numbers) == 1 and _is_one(numbers[0]) and not organised:
            distributed = (phrases("each"), phrases("parts"))
            shared = any(token.text == "/" for token in self.tokens)
            if not shared and not any(trie.begun(self.tokens) for trie in distributed):
                return []
        if not in_row:
            begun = {word.first for word in self.words}
            numbers = [number for number in numbers if not self._counts_unknown(number, begun)]
        return [
            number
            for number in numbers
            if not is_year(self.tokens, number)
            or any(
                0 <= word.first - number.last < _FILLERS and word.mask & self.roles.counted
                for word in self.words
            )
        ]

    def _counts_unknown(self, number: Quantity, begun: Collection[int]) -> bool:
        """``ba trận``: a word that begins none of the lexicon's, right behind a number, is what it counts."""
        if number.kind == "zero" or number.last >= len(self.tokens) or number.last in begun:
            return False
        token = self.tokens[number.last]
        numbered = token.text.isdecimal() or any(q.first <= number.last < q.last for q in self.quantities)
        return token.text[0].isalpha() and token.key not in linking("functions") and not numbered

    def _is_bare(self, number: Quantity) -> bool:
        """Whether a number may end the item of a row: no word follows that it could count."""
        token = self.tokens[number.last] if number.last < len(self.tokens) else None
        joined = token is not None and token.key in linking("conjunctions")
        return number.is_candidate and (token is None or joined or not token.text[0].isalpha())


def _is_one(number: Quantity) -> bool:
    """``một``: mostly an article."""
    plain = number.in_words and number.kind == "count" and number.hedge_start == number.start
    return plain and number.value == 1 and number.of is None
