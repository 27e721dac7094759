"""What is known of one number: the noun it counts and its company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from nhanluc_extract.extraction.sentence.terms import Term, merged
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import Quantity

_FARTHEST = 200  # numbers between one and what it leans on: no sentence of a newspaper holds as many


@dataclass(slots=True)
class Reading:
    """One number, the noun it counts and its company.

    ``counted`` are the terms of the noun group; ``span`` the tokens of the phrase; ``verb`` what
    governs from the left, ``after`` what is said behind the noun; ``parent`` the total it is a part
    of; ``source`` the number whose noun it shares; ``object`` the number its predicate counts;
    ``is_denominator`` says that the share before is of it;
    ``joined_to`` the count whose words behind it hold for both (``131 sinh viên và 5 thạc sĩ ngành A``).
    """

    quantity: Quantity
    view: View
    index: int
    counted: list[Term] = field(default_factory=list)
    span: tuple[int, int] = (0, 0)
    left: int = 0
    verb: list[Term] = field(default_factory=list)
    after: list[Term] = field(default_factory=list)
    parent: Reading | None = None
    source: Reading | None = None
    unknown: str | None = None
    label: tuple[int, int] | None = None
    is_whole: bool = False
    is_denominator: bool = False
    whole: Reading | None = None
    object: Reading | None = None
    joined_to: Reading | None = None
    is_located: bool = False
    in_list: bool = False
    is_row: bool = False
    column: Sequence[Term] = ()
    across: bool = False

    def take_noun_of(self, owner: Reading) -> None:
        """Count what ``owner`` counts."""
        self.counted = owner.counted
        self.source = owner

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
        terms += self.column
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
        return [*self.verb, *self.after, *(t for t in self.column if t.word.kind == "verb")]

    @property
    def hedge_first(self) -> int:
        """First token of the number's hedge, or of the number."""
        first = self.quantity.first
        while first > 0 and self.view.tokens[first - 1].start >= self.quantity.hedge_start:
            first -= 1
        return first

    @property
    def item_terms(self) -> list[Term]:
        """Terms between the mark before the number and the number (``cấp xã: 12 người``)."""
        return self.view.between(self.left, self.quantity.first)


def earlier(readings: list[Reading], reading: Reading) -> list[Reading]:
    """The numbers before one on which it may lean, in text order."""
    return readings[max(reading.index - _FARTHEST, 0) : reading.index]


def later(readings: list[Reading], reading: Reading) -> list[Reading]:
    """The numbers behind one that may say something of it, in text order."""
    return readings[reading.index + 1 : reading.index + 1 + _FARTHEST]


@dataclass
class Context:
    """One sentence while it is read.

    ``previous`` are the readings of the sentence before in the paragraph, ``intro`` those of the
    sentence that opens the list this one is an item of; ``before`` the terms of the sentences before, nearest
    first; ``picked_from`` are the first tokens of those that one is picked out of (``1 trong 11 lớp``).
    """

    view: View
    previous: list[Reading]
    intro: list[Reading]
    before: Sequence[Sequence[Term]] = ()
    candidates: list[Quantity] = field(default_factory=list)
    picked_from: set[int] = field(default_factory=set)

    @cached_property
    def firsts(self) -> frozenset[int]:
        """First tokens of the candidate numbers."""
        return frozenset(quantity.first for quantity in self.candidates)
