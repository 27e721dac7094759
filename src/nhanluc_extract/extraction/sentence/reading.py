"""What is known of one number: the noun it counts and its company."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from nhanluc_extract.extraction.sentence.said import Said
from nhanluc_extract.extraction.sentence.terms import Term, merged
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import Quantity

_FARTHEST = 200  # numbers between one and what it leans on: no sentence of a newspaper holds as many
_LONGEST_CHAIN = 70  # counts that one can be taken from: more parts than there ever were provinces


@dataclass(frozen=True, slots=True)
class NounGroup:
    """What a number counts, or why nothing: its ``terms``, or the word ``unknown`` to the pack.

    ``span`` are the tokens of the phrase, ``label`` those of a noun that stands before the number;
    ``source`` is the number whose noun it shares, in the sentence before if ``across``; ``column``
    are the words at the head of the column, where the number stands in a row of a table (``is_row``), and
    ``column_status`` is what they say of its figures.
    """

    terms: tuple[Term, ...] = ()
    span: tuple[int, int] = (0, 0)
    unknown: str | None = None
    label: tuple[int, int] | None = None
    source: Reading | None = None
    across: bool = False
    column: Sequence[Term] = ()
    column_status: str | None = None
    is_row: bool = False

    def but(self, **changes: Any) -> NounGroup:
        """The same with some of it otherwise."""
        return replace(self, **changes)

    def of(self, owner: Reading) -> NounGroup:
        """The same, counting what ``owner`` counts."""
        return replace(self, terms=owner.counted, source=owner)


@dataclass(frozen=True, slots=True)
class Predicate:
    """What is said of what a number counts.

    ``verb`` governs it from the left, ``after`` stands behind the noun; ``object`` is the number that
    its predicate counts; ``joined_to`` the count whose words behind it hold for both (``131 sinh viên
    và 5 thạc sĩ ngành A``).
    """

    verb: Sequence[Term] = ()
    after: Sequence[Term] = ()
    object: Reading | None = None
    joined_to: Reading | None = None


@dataclass(slots=True)
class Reading:
    """One number, the noun it counts and its company.

    ``left`` is the token at which its item begins; ``parent`` the total it is a part of, ``whole`` the
    number that it is so many of; ``is_whole`` says that it only tells of how many another one is,
    ``is_denominator`` that the share before is of it. Only ``read_sentence`` fills it in.
    """

    quantity: Quantity
    view: View
    index: int
    noun: NounGroup = NounGroup()
    predicate: Predicate = Predicate()
    left: int = 0
    parent: Reading | None = None
    whole: Reading | None = None
    is_whole: bool = False
    is_denominator: bool = False
    is_located: bool = False
    in_list: bool = False

    @property
    def counted(self) -> tuple[Term, ...]:
        return self.noun.terms

    @property
    def span(self) -> tuple[int, int]:
        return self.noun.span

    @property
    def unknown(self) -> str | None:
        return self.noun.unknown

    @property
    def label(self) -> tuple[int, int] | None:
        return self.noun.label

    @property
    def source(self) -> Reading | None:
        return self.noun.source

    @property
    def verb(self) -> Sequence[Term]:
        return self.predicate.verb

    @property
    def after(self) -> Sequence[Term]:
        return self.predicate.after

    @property
    def object(self) -> Reading | None:
        return self.predicate.object

    @property
    def joined_to(self) -> Reading | None:
        return self.predicate.joined_to

    @property
    def is_open(self) -> bool:
        """Whether it is not known yet what the number counts."""
        return not self.counted and self.unknown is None

    @property
    def counted_classes(self) -> frozenset[str]:
        return merged(term.classes for term in self.counted)

    @property
    def family(self) -> str | None:
        return next((term.word.family for term in self.counted if term.word.family), None)

    @property
    def phrase_terms(self) -> list[Term]:
        """Terms of the noun group, the label before the number and what follows to the comma."""
        terms = list(self.counted) + [t for t in self.view.between(*self.span) if not self._is_trade(t)]
        if self.label is not None:
            terms += self.view.between(*self.label)
        terms += self.noun.column
        return list(dict.fromkeys(terms))

    def _is_trade(self, term: Term) -> bool:
        """``công nhân chế biến mủ cao su``: what people live by is no subject of their training."""
        return (
            term.is_a("other_subject")
            and self.family == "people"
            and any(
                noun.last == term.first and noun.first >= self.quantity.last and not noun.word.generic
                for noun in self.counted
            )
        )

    @property
    def trigger(self) -> list[Term]:
        """The verbs that govern the count and those that are said of it."""
        return [*self.verb, *self.after, *(t for t in self.noun.column if t.word.kind == "verb")]

    @property
    def hedge_first(self) -> int:
        """First token of the number's hedge, or of the number."""
        first = self.quantity.first
        while first > 0 and self.view.tokens[first - 1].start >= self.quantity.hedge_start:
            first -= 1
        return first

    def chain(self) -> list[Reading]:
        """The counts this one is a part, a share or a row of, nearest first."""
        seen: dict[int, Reading] = {}
        waiting = deque(o for o in (self.parent, self.source, self.whole) if o is not None)
        while waiting and len(seen) < _LONGEST_CHAIN:
            other = waiting.popleft()
            if id(other) not in seen:
                seen[id(other)] = other
                waiting += (o for o in (other.parent, other.source) if o is not None)
        return list(seen.values())

    @property
    def item_terms(self) -> list[Term]:
        """Terms between the mark before the number and the number (``cấp xã: 12 người``)."""
        return self.view.between(self.left, self.quantity.first)

    @property
    def opening_terms(self) -> list[Term]:
        """What opens the list in its sentence: ``Cán bộ CNTT gồm: cấp tỉnh 24 người, cấp huyện 13``.

        Where the items have verbs it is a label (not ``Sở nêu: cấp tỉnh có 24 người``).
        """
        view, first = self.view, self.quantity.first
        colon = view.mark_before(":", first)
        if colon < 0:
            return []
        opening = [t for t in view.between(0, colon) if view.same_clause(t.first, colon)]
        verbs = [t for t in view.between(colon, first) if t.word.kind == "verb"]
        label = all(t.word.weak for t in verbs) and not any(t.word.kind == "verb" for t in opening)
        return opening if label or not verbs else []


def earlier(readings: list[Reading], reading: Reading) -> list[Reading]:
    """The numbers before one on which it may lean, in text order."""
    return readings[max(reading.index - _FARTHEST, 0) : reading.index]


def later(readings: list[Reading], reading: Reading) -> list[Reading]:
    """The numbers behind one that may say something of it, in text order."""
    return readings[reading.index + 1 : reading.index + 1 + _FARTHEST]


@dataclass(frozen=True)
class Context:
    """One sentence while it is read.

    ``previous`` are the readings of the sentence before in the paragraph, ``intro`` those of the
    sentence that opens the list this one is an item of; ``before`` what the sentences before tell, nearest
    first; ``picked_from`` are the first tokens of those that one is picked out of (``1 trong 11 lớp``).
    """

    view: View
    previous: list[Reading]
    intro: list[Reading]
    before: Sequence[Said]
    candidates: Sequence[Quantity]
    picked_from: frozenset[int]

    @cached_property
    def firsts(self) -> frozenset[int]:
        """First tokens of the candidate numbers."""
        return frozenset(quantity.first for quantity in self.candidates)
