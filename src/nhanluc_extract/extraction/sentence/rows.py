"""Rows of a table or list that a page ran together: a name, a number, the next name, the next number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise

from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.reading import Context, NounGroup, Reading, earlier
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.rulepack.model import DIMENSIONS

_MARKS_LIST = 2  # decimals that make a list of marks
_FEWEST = 3  # rows that make a table
_LONGEST_NAME = 3  # tokens of a row's name that may be a verb too (xây dựng)
_MARKS = frozenset(",;:|")
_PEOPLE = frozenset({"people"})
_COUNTED = frozenset({"people", "team", "course"})  # families of nouns that a list may tell of


class Rows:
    """Finds numbers that count, row by row, what the head of their column or the first row counts."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.view

    def find(self, readings: list[Reading]) -> Iterator[tuple[Reading, NounGroup]]:
        """The bare numbers of rows, each with the noun of its column, and the name of its row for a label."""
        if sum(r.quantity.kind == "count" and bool(r.quantity.value % 1) for r in readings) >= _MARKS_LIST:
            return  # "khoa học máy tính 28,05, trí tuệ nhân tạo 27": marks
        numbered = list(self._numbered(readings))
        head = self._head(numbered[0][0].quantity.first) if numbered else None
        for first, figure in numbered if head is not None else ():
            yield (
                figure,
                _entry(figure, (first.quantity.last, figure.quantity.first), (head,) if head else ()),
            )
        codes = [reading for reading in readings if self._is_code(reading)]
        listed = self._listed(readings)
        if listed is not None and (noun := self._head(0, _COUNTED)) is not None:
            yield listed, _entry(listed, (0, listed.hedge_first), (noun,))
        for run in self._runs(readings):
            owner = next((r for r in reversed(earlier(readings, run[0])) if r.family == "people"), None)
            noun = self._head(run[0].quantity.first) if owner is None else None
            if owner is None and noun is None:
                continue
            while codes:
                code = codes.pop()
                yield code, code.noun.but(unknown=code.unknown or self.view.key(code.quantity.first))
            for reading in run:
                terms = owner.counted if owner else (noun,) if noun else ()
                yield reading, _entry(reading, self._label(reading), terms).but(source=owner)

    def _listed(self, readings: Sequence[Reading]) -> Reading | None:
        """``- Công nghệ thông tin (7480201): 320``: the one count of an item that only says of what."""
        view = self.view
        if not view.sentence.is_bullet or view.sentence.intro is None:
            return None
        bare = [reading for reading in readings if self._ends(reading) and not self._is_code(reading)]
        first = bare[0].hedge_first if len(bare) == 1 else 0
        if view.key(first - 1) != ":":
            return None
        named = [t for t in view.between(0, first) if view.mention_at(t.first) is None]
        whose = any(t.word.kind == "subject" for t in named) or bool(view.mentions_in(0, first))
        return bare[0] if whose and not any(t.word.kind in ("noun", "verb") for t in named) else None

    def _ends(self, reading: Reading) -> bool:
        """Whether nothing is said behind a bare count."""
        tokens, last = self.view.tokens, reading.quantity.last
        if reading.counted or reading.quantity.kind != "count" or reading.noun.is_row:
            return False
        return last >= len(tokens) or not tokens[last].text[0].isalnum() or self._is_joined(last)

    def _numbered(self, readings: Sequence[Reading]) -> Iterator[tuple[Reading, Reading]]:
        """Rows that are numbered one after the other, each with its only figure."""
        chain: list[Reading] = []
        for reading in readings:
            expected = chain[-1].quantity.value + 1 if chain else reading.quantity.value
            if reading.quantity.value == expected and self._is_number_of_row(reading):
                chain.append(reading)
        if len(chain) < _FEWEST:
            return
        for row, following in pairwise([*chain, None]):
            if row is None:
                break
            last = following.index if following is not None else len(readings)
            figures = [r for r in readings[row.index + 1 : last] if not r.counted]
            if len(figures) == 1 and figures[0].quantity.kind == "count":
                yield row, figures[0]

    def _is_number_of_row(self, reading: Reading) -> bool:
        """A bare number before a name."""
        tokens, quantity = self.view.tokens, reading.quantity
        if reading.counted or quantity.of is not None or quantity.hedge_start != quantity.start:
            return False
        return quantity.last < len(tokens) and tokens[quantity.last].text[0].isupper()

    def _head(self, first: int, families: frozenset[str] = _PEOPLE) -> Term | None:
        """The noun that people are counted by nearest before token ``first``: the head of the column."""
        before = (said.terms for said in self.context.before)
        for terms in chain([self.view.between(0, first)], before):
            heads = [t for t in terms if t.is_a("quota")]
            heads += [
                two for one, two in pairwise(terms) if one.is_a("count_opener") and one.last == two.first
            ]
            counted = [t for t in heads if t.word.family in families]
            if counted:
                return counted[-1]
        return None

    def _runs(self, readings: Sequence[Reading]) -> Iterator[list[Reading]]:
        """Items that each end in a bare number (``kế toán 36, công nghệ thông tin 31, cơ khí 40``)."""
        run: list[Reading] = []
        for reading in [*readings, None]:
            if reading is not None and self._is_code(reading):
                continue
            if reading is not None and self._ends_item(reading):
                run.append(reading)
                continue
            if len(run) >= _FEWEST - 1 and self._names_subjects(run):
                yield run
            run = []

    def _names_subjects(self, run: Sequence[Reading]) -> bool:
        """Whether rows are named by subjects; levels, degrees and duties make parts of a total."""
        terms = [t for reading in run for t in self.view.between(*self._label(reading))]
        told = any(getattr(t.word, name) for t in terms for name in DIMENSIONS)
        return not told and any(t.word.kind == "subject" for t in terms)

    def _ends_item(self, reading: Reading) -> bool:
        if not self._ends(reading):
            return False
        start, end = self._label(reading)
        at = bisect_left(self._letters, start)
        named = at < len(self._letters) and self._letters[at] < end
        placed = bool(self.view.mentions_in(start, end))
        verbs = [t for t in self.view.between(start, end) if t.word.kind == "verb" and not t.word.weak]
        said = bool(verbs) and end - start > _LONGEST_NAME
        noun = self.view.term_at.get(start)
        return named and not placed and not said and (noun is None or noun.word.kind != "noun")

    def _is_joined(self, index: int) -> bool:
        return self.view.key(index) in linking("conjunctions")

    def _is_code(self, reading: Reading) -> bool:
        """``tin học (102) 180``: a number in brackets before another is the code of its row."""
        view, last = self.view, reading.quantity.last
        return (
            view.key(reading.quantity.first - 1) == "("
            and view.key(last) == ")"
            and last + 1 in view.quantity_at
        )

    def _label(self, reading: Reading) -> tuple[int, int]:
        """Tokens of the name of the item that a number ends, in brackets or not."""
        view, last = self.view, reading.hedge_first
        if view.key(last - 1) == "(":
            last -= 1
        return self._names[bisect_right(self._names, last) - 1], last

    @cached_property
    def _letters(self) -> list[int]:
        """The tokens that are words."""
        return [index for index, token in enumerate(self.view.tokens) if token.text[0].isalpha()]

    @cached_property
    def _names(self) -> list[int]:
        """Where the name of an item may begin: behind a mark, a conjunction or a verb that says nothing."""
        view = self.view
        marks = (i + 1 for i in range(len(view.tokens)) if view.key(i) in _MARKS or self._is_joined(i))
        verbs = (t.last for t in view.terms if t.word.kind == "verb" and t.word.weak)
        return sorted({0, *marks, *verbs})


def _entry(reading: Reading, label: tuple[int, int], terms: tuple[Term, ...]) -> NounGroup:
    behind = (reading.quantity.last, reading.quantity.last)
    return reading.noun.but(terms=terms, unknown=None, label=label, span=behind, is_row=True)
