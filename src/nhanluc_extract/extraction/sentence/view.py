"""Sentences as the rule pack sees them: the words of its lexicon, the numbers, the places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from nhanluc_extract.extraction.sentence.asides import with_asides_in_brackets
from nhanluc_extract.extraction.sentence.clauses import cut
from nhanluc_extract.extraction.sentence.operators import Operator, find_operators
from nhanluc_extract.extraction.sentence.terms import Term, merged
from nhanluc_extract.model import Quantity, Token
from nhanluc_extract.places.foreign import find_foreign
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.names import Names
from nhanluc_extract.text.document import Sentence
from nhanluc_extract.text.tokens import SurfaceTrie, is_quote

_OPENING, _CLOSING = frozenset("(["), frozenset(")]")


@dataclass(frozen=True, eq=False)
class View:
    """One sentence with its terms; all else is found when first asked for. Indices are token indices.

    Neither terms nor mentions overlap: what stands where is looked up in tables of where they begin and end.
    """

    sentence: Sentence
    terms: Sequence[Term]
    names: Names

    @cached_property
    def tokens(self) -> Sequence[Token]:
        return with_asides_in_brackets(self.sentence.tokens)

    @cached_property
    def _placed(self) -> tuple[Sequence[Mention], Sequence[tuple[int, int]]]:
        """A name of ours beside one abroad is theirs, one of theirs inside one of ours is ours."""
        abroad = find_foreign(self.tokens)
        glued = {first for first, _ in abroad}
        glued |= {first - 1 for first, _ in abroad if not self.key(first - 1).isalpha()}  # "Thái Bình, Mỹ"
        at_home = [m for m in self.names.in_sentence(self.sentence) if m.last not in glued]
        ours = {i for m in at_home for i in range(m.first, m.last)}
        return at_home, [(first, last) for first, last in abroad if ours.isdisjoint(range(first, last))]

    @property
    def mentions(self) -> Sequence[Mention]:
        """The places and bodies it names."""
        return self._placed[0]

    @property
    def abroad(self) -> Sequence[tuple[int, int]]:
        """The token ranges of places abroad."""
        return self._placed[1]

    @cached_property
    def clauses(self) -> Sequence[int]:
        """The number of each token's clause."""
        return cut(self.tokens, self.terms)

    @cached_property
    def attributed(self) -> frozenset[int]:
        """The tokens that only say who says it."""
        return _covered((*self.operators("source"), *self.operators("speaker")))

    @cached_property
    def _tellers(self) -> frozenset[int]:
        """The tokens that only say which public office tells it."""
        tellers = self.operators("teller")
        offices = [m.first for m in self.mentions if m.territorial] if tellers else []
        return _covered(o for o in tellers if any(o.start <= first < o.first for first in offices))

    @cached_property
    def term_at(self) -> Mapping[int, Term]:
        """The term that begins at a token."""
        return {term.first: term for term in self.terms}

    @cached_property
    def quantity_at(self) -> Mapping[int, Quantity]:
        """The number that a token belongs to."""
        return {i: q for q in self.sentence.quantities for i in range(q.first, q.last)}

    def key(self, index: int) -> str:
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def same_clause(self, one: int, other: int) -> bool:
        """Whether two tokens stand in one clause."""
        return self.clauses[one] == self.clauses[other]

    @cached_property
    def clause_starts(self) -> dict[int, int]:
        """The first token of each clause."""
        return {clause: index for index, clause in reversed([*enumerate(self.clauses)])}

    @cached_property
    def _depths(self) -> list[int]:
        steps = ((token.text in _OPENING) - (token.text in _CLOSING) for token in self.tokens)
        return list(accumulate(steps, initial=0))

    def in_bracket(self, index: int) -> bool:
        """Whether a bracket opened before a token is still open there."""
        return self._depths[index] > 0

    @cached_property
    def _marks(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, token in enumerate(self.tokens):
            if not token.text[0].isalnum():
                found.setdefault(token.text, []).append(index)
        return found

    def mark_before(self, marks: str, index: int) -> int:
        """The last token before one that is one of ``marks``; -1 without one."""
        found = (self._marks.get(mark, ()) for mark in marks)
        return max((at[i - 1] for at in found if (i := bisect_left(at, index))), default=-1)

    def mark_from(self, marks: str, index: int) -> int:
        """The first token from one on that is one of ``marks``; behind the last without one."""
        found = (self._marks.get(mark, ()) for mark in marks)
        behind = (at[i] for at in found if (i := bisect_left(at, index)) < len(at))
        return min(behind, default=len(self.tokens))

    def count_marks(self, mark: str, index: int) -> int:
        """How often ``mark`` stands before a token."""
        return bisect_left(self._marks.get(mark, ()), index)

    def has_mark(self, marks: str, first: int, last: int) -> bool:
        """Whether one of ``marks`` stands at tokens ``[first, last)``."""
        return self.mark_from(marks, first) < last

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def token_from(self, offset: int) -> int:
        """The first token that begins at an offset of the clean text or behind it."""
        return bisect_left(self._token_starts, offset)

    @cached_property
    def _operators(self) -> dict[str, list[Operator]]:
        return {}

    def operators(self, category: str) -> list[Operator]:
        """Words of a category that say something of the numbers or dates near them, in text order."""
        if category not in self._operators:
            self._operators[category] = find_operators(self.tokens, category)
        return self._operators[category]

    @cached_property
    def _begun(self) -> dict[SurfaceTrie[bool], list[int]]:
        return {}

    def begun(self, surfaces: SurfaceTrie[bool]) -> list[int]:
        """The tokens at which one of ``surfaces`` begins, in text order."""
        if surfaces not in self._begun:
            begun = surfaces.begun(self.tokens)
            self._begun[surfaces] = [i for i in begun if surfaces.longest(self.tokens, i) is not None]
        return self._begun[surfaces]

    def phrase_before(self, surfaces: SurfaceTrie[bool], index: int) -> int | None:
        """Where one of ``surfaces`` begins whose last token is the one before ``index``."""
        ends = ((at, surfaces.longest(self.tokens, at)) for at in self.begun(surfaces))
        return next((at for at, hit in ends if hit is not None and hit[0] == index), None)

    def begins_in(self, surfaces: SurfaceTrie[bool], first: int, last: int) -> bool:
        """Whether one of ``surfaces`` begins at tokens ``[first, last)``."""
        begun = self.begun(surfaces)
        at = bisect_left(begun, first)
        return at < len(begun) and begun[at] < last

    @cached_property
    def told(self) -> list[Term]:
        """Terms of what the sentence tells, without those that say who says it."""
        said = self.attributed | self._tellers
        return [t for t in self.terms if t.first not in said and not self._is_inside_name(t)]

    @cached_property
    def _classes_told(self) -> list[frozenset[str]]:
        classes: frozenset[str] = frozenset()
        return [classes, *(classes := classes | term.classes for term in self.told)]

    def classes_told(self, number: int | None = None) -> frozenset[str]:
        """Classes of the first ``number`` words of what the sentence tells, or of all of it."""
        return merged(t.classes for t in self.told) if number is None else self._classes_told[number]

    @cached_property
    def told_in(self) -> dict[int, list[Term]]:
        """What each clause tells, in text order."""
        found: dict[int, list[Term]] = {}
        for term in self.told:
            found.setdefault(self.clauses[term.first], []).append(term)
        return found

    def _is_inside_name(self, term: Term) -> bool:
        """``Trường Sĩ quan Thông tin``, ``Trường Đại học FPT``, ``Học viện Bưu chính viễn thông``.

        Neither people nor, in the name of a school, firms and subjects are told of.
        """
        people = term.word.family == "people"
        if not people and not term.is_a("firms", "faculty") and term.word.kind != "subject":
            return False
        name = self.mention_at(term.first)
        if name is None or name.again or name.first == term.first:
            return False
        head = self.term_at.get(name.first)
        return people or (head is not None and head.is_a("schools") and not head.is_a("faculty"))

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.first for mention in self.mentions]

    @cached_property
    def provinces(self) -> list[Mention]:
        """The provinces that are named."""
        return [m for m in self.mentions if m.level == "province" and m.province is not None]

    def mentions_in(self, first: int, last: int) -> Sequence[Mention]:
        """The places and bodies whose names begin at tokens ``[first, last)``."""
        starts = self._mention_starts
        return self.mentions[bisect_left(starts, first) : bisect_left(starts, last)]

    def mention_ending(self, index: int) -> Mention | None:
        """The place or body whose name ends right before a token."""
        found = self.mention_at(index - 1)
        return found if found is not None and found.last == index else None

    def mention_at(self, index: int) -> Mention | None:
        """The place or body whose name holds a token."""
        at = bisect_right(self._mention_starts, index) - 1
        return self.mentions[at] if at >= 0 and index < self.mentions[at].last else None

    @cached_property
    def _numbered(self) -> frozenset[int]:
        return frozenset(
            index
            for q in self.sentence.quantities
            for index in range(self.token_from(q.hedge_start), self.token_from(q.end))
        )

    def is_number(self, index: int) -> bool:
        """Whether a token belongs to a number or to its hedge."""
        return index % len(self.tokens) in self._numbered

    def is_dated(self, index: int) -> bool:
        """Whether a token belongs to a date."""
        start = self.tokens[index].start
        at = bisect_right(self._period_starts, start) - 1
        return at >= 0 and start < self.sentence.periods[at].end

    @cached_property
    def _period_starts(self) -> list[int]:
        return [period.start for period in self.sentence.periods]

    @cached_property
    def _candidate_tokens(self) -> list[int]:
        return [i for q in self.sentence.quantities if q.is_candidate for i in range(q.first, q.last)]

    def candidate_before(self, index: int) -> int:
        """The last token before one that belongs to a number which may be a fact; -1 without one."""
        at = bisect_left(self._candidate_tokens, index)
        return self._candidate_tokens[at - 1] if at else -1

    def counts_at(self, index: int) -> bool:
        """Whether a number begins there that stands before a noun which is counted."""
        quantity = self.quantity_at.get(index)
        if quantity is None or not quantity.is_candidate or quantity.first != index:
            return False
        noun = self.term_at.get(quantity.last)
        return noun is not None and noun.word.family not in (None, "things")

    def between(self, first: int, last: int) -> list[Term]:
        """The terms that stand in tokens ``[first, last)``."""
        return list(self.terms[bisect_left(self._term_starts, first) : bisect_right(self._term_ends, last)])

    @cached_property
    def _term_starts(self) -> list[int]:
        return [term.first for term in self.terms]

    @cached_property
    def _term_ends(self) -> list[int]:
        return [term.last for term in self.terms]

    def ending_at(self, index: int) -> Term | None:
        """The term whose last token is the one before ``index``."""
        at = bisect_left(self._term_ends, index)
        return self.terms[at] if at < len(self.terms) and self.terms[at].last == index else None

    def term_over(self, index: int) -> Term | None:
        """The term that holds a token."""
        at = bisect_right(self._term_starts, index) - 1
        return self.terms[at] if at >= 0 and index < self.terms[at].last else None

    def is_named(self, term: Term) -> bool:
        """Whether a term is part of the name of a place or body."""
        name = self.mention_at(term.first)
        return (name is not None and not name.again) or self._goes_on_name(term)

    def _goes_on_name(self, term: Term) -> bool:
        """``Quỹ Hỗ trợ nông dân``: a capital behind a capital, though what follows has none."""
        if term.first == 0 or term.last - term.first < 2:
            return False
        before, one, other = self.tokens[term.first - 1 : term.first + 2]
        capitals = all(token.text[0].isupper() and token.text[1:].islower() for token in (before, one))
        return capitals and other.text.islower() and one.start - before.end == 1

    def skip_fillers(self, index: int) -> int:
        """Pass quotation marks and words that may stand between a number and its noun."""
        while index < len(self.tokens):
            term = self.term_at.get(index)
            if is_quote(self.tokens[index]):
                index += 1
            elif term is not None and term.is_a("fillers"):
                index = term.last
            else:
                break
        return index

    @cached_property
    def classes(self) -> frozenset[str]:
        """Classes of all its terms."""
        return merged(term.classes for term in self.terms)


def _covered(operators: Iterable[Operator]) -> frozenset[int]:
    """The tokens of operators and of what these say something of."""
    return frozenset(i for o in operators for i in range(min(o.first, o.start), o.end))
