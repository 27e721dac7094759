"""How far from a number its reading was found: the words around it, from its phrase outwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.rulepack.model import Referent

_SILENCE = 2  # sentences in which a text leaves its thread
# Words of these classes take up the training that the sentences before tell of.
_THREADS = frozenset({"courses", "train", "train_noun", "course_people"})
# ... but not what is said of schools, who train for years.
_LONG = frozenset({"long_training"})
# Who says these words was named where the article opens.
_SPEAKERS = frozenset({"we"})


def any_of(terms: Iterable[Term], classes: frozenset[str]) -> bool:
    """Whether a term belongs to one of ``classes``."""
    return any(not term.classes.isdisjoint(classes) for term in terms)


class Evidence(IntEnum):
    """Where a condition was satisfied, from strong to weak."""

    phrase = 0
    clause = 1
    list = 2
    sentence = 3
    paragraph = 4
    article = 5


@dataclass(frozen=True, slots=True)
class Before:
    """What the article says before a sentence.

    ``intro`` are the terms of the line that opens its list, ``sentences`` those of the sentences before
    it, nearest first, of which ``paragraph`` belong to its paragraph; ``heading`` are those of the headings
    it stands under, ``opening`` those of the article's first lines, ``theme`` the classes that it names again
    and again.
    """

    intro: Sequence[Term] = ()
    sentences: Sequence[Sequence[Term]] = ()
    paragraph: int = 0
    heading: Sequence[Term] = ()
    theme: frozenset[str] = frozenset()
    opening: Sequence[Term] = ()


class Around:
    """The terms around one number, by how far away they stand."""

    def __init__(self, reading: Reading, before: Before) -> None:
        self.reading = reading
        self.before = before

    @cached_property
    def chain(self) -> list[Reading]:
        """The counts this one is a part, a share or a row of, nearest first."""
        seen: list[Reading] = []
        own = (self.reading.parent, self.reading.source, self.reading.whole)
        waiting = [o for o in own if o is not None]
        while waiting:
            other = waiting.pop(0)
            if any(other is one for one in seen):
                continue
            seen.append(other)
            waiting += [o for o in (other.parent, other.source) if o is not None]
        return seen

    @cached_property
    def phrase(self) -> list[Term]:
        counted = self.reading.object
        if counted is None:
            return self.reading.phrase_terms
        return [*self.reading.phrase_terms, *counted.verb, *counted.phrase_terms]

    @property
    def shared(self) -> list[Term]:
        """What is said behind the next count for both."""
        return self.reading.joined_to.phrase_terms if self.reading.joined_to is not None else []

    @property
    def trigger(self) -> list[Term]:
        return self.reading.trigger

    @cached_property
    def complement(self) -> list[Term]:
        """What the verbs that govern the count say they are about (``tập huấn kỹ năng số cho 30 người``)."""
        view, first = self.reading.view, self.reading.quantity.first
        verbs = [t for t in self.reading.verb if view.term_at.get(t.first) is t and not t.word.weak]
        return [t for verb in verbs for t in view.between(verb.first, first)]

    @cached_property
    def clause(self) -> list[Term]:
        """Terms of the number's clause, of that of its verb, and of the item before its bracket."""
        view, reading = self.reading.view, self.reading
        clauses = {view.clauses[reading.quantity.first]}
        if view.key(reading.hedge_first - 1) == ":":
            clauses.add(view.clauses[reading.hedge_first - 1])  # "Ngành A: 110 chỉ tiêu"
        clauses |= {
            view.clauses[t.first] for t in self.trigger if view.term_at.get(t.first) is t and not t.word.weak
        }
        own = [t for t in view.told if view.clauses[t.first] in clauses]
        return [*own, *self._item_before_bracket()]

    def _item_before_bracket(self) -> list[Term]:
        """``công nghệ thông tin (2 chỉ tiêu)``: what a bracket with a bare count tells of."""
        view, reading = self.reading.view, self.reading
        if view.key(reading.hedge_first - 1) != "(":
            return []
        last = reading.hedge_first - 1
        marks = (i + 1 for i in range(last - 1, -1, -1) if view.tokens[i].text in ",;:()")
        return view.between(next(marks, 0), last)

    @cached_property
    def listed(self) -> list[Term]:
        """What the counts say that this one is a part or a row of, and the line that opens its list."""
        terms: list[Term] = []
        for other in self.chain:
            terms += [*other.phrase_terms, *other.verb, *other.after]
        joined = self.reading.joined_to
        if self.reading.family == "body" and joined is not None:
            # "17/20 sở và 9/9 huyện đã bố trí người": what is said of the second holds for both.
            own = any(t.first < joined.quantity.first for t in self.reading.after)
            terms += [] if own else self.shared
        return [*terms, *self._before_colon(), *self.before.intro]

    def _before_colon(self) -> list[Term]:
        """``Cán bộ CNTT gồm: cấp tỉnh 24 người, cấp huyện 13``: what opens the list in its sentence."""
        view, first = self.reading.view, self.reading.quantity.first
        colon = max((i for i in range(first) if view.tokens[i].text == ":"), default=None)
        if colon is None or any(t.word.kind == "verb" for t in view.between(colon, first)):
            return []
        return [t for t in view.between(0, colon) if view.same_clause(t.first, colon)]

    @cached_property
    def sentence(self) -> list[Term]:
        """Terms before the number; what is told behind its clause is told of something else."""
        return [t for t in self.reading.view.told if t.last <= self.reading.quantity.first]

    def at(self, level: Evidence) -> Iterable[Term]:
        match level:
            case Evidence.phrase:
                return self.phrase
            case Evidence.clause:
                first = self.reading.quantity.first
                view = self.reading.view
                behind = [t for t in self.clause if view.term_at.get(t.first) is t and t.first > first]
                return [*self.trigger, *(t for t in self.clause if t not in behind), *self.shared]
            case Evidence.list:
                return self.listed
            case Evidence.sentence:
                return self.sentence
        return ()

    @cached_property
    def thread(self) -> frozenset[str]:
        """Classes of what is counted and of its verb: sentences that go on with them go on with it."""
        own = [t for t in (*self.reading.counted, *self.trigger) if not t.word.weak and not t.word.generic]
        classes = frozenset(t.word.name for t in own)
        return classes.union(*(t.classes & _THREADS for t in own))

    def referent(self, referent: Referent) -> tuple[str | None, Evidence]:
        """The kind of a referent that is named nearest, and where."""
        for level in Evidence:
            if level is Evidence.paragraph:
                kind = self._in_mind(referent)
            elif level is Evidence.article:
                named = [
                    k for k, classes in referent.kinds.items() if not classes.isdisjoint(self.before.theme)
                ]
                kind = named[0] if len(named) == 1 else None
            else:
                kind = self._nearest(referent, self.at(level))
                if (
                    level is Evidence.sentence
                    and kind is None
                    and any_of(self.reading.counted, referent.goes_on)
                ):
                    # "Lào Cai có 5 tổ, Yên Bái có 7 tổ công nghệ số": named at the last of several.
                    kind = self._nearest(referent, self.reading.view.told)
            if kind is not None:
                return kind, level
        return None, Evidence.article

    def _nearest(self, referent: Referent, terms: Iterable[Term]) -> str | None:
        """The kind that is named last before the number, or first behind it."""
        named = [
            (not self._is_adjunct(term), term.first, kind)
            for term in terms
            if (kind := referent.kind_of(term.classes))
        ]
        first = self.reading.quantity.first
        before = [entry for entry in named if entry[1] < first]
        return (
            max(before)[2] if before else min(named, key=lambda entry: entry[1], default=(False, 0, None))[2]
        )

    def _is_adjunct(self, term: Term) -> bool:
        """``công ty ở Phường 7``: what stands behind a preposition only says where something is."""
        view = self.reading.view
        first = term.first
        while (before := view.ending_at(first)) is not None and before.is_a("fillers"):
            first = before.first
        return view.key(first - 1) in linking("placing")

    def _in_mind(self, referent: Referent) -> str | None:
        """The kind that the sentences before named last."""
        for terms in self._remembered(referent.goes_on | self.thread):
            named = [kind for term in terms if (kind := referent.kind_of(term.classes))]
            if named:
                return named[-1]
        return None

    def _remembered(self, goes_on: frozenset[str]) -> Iterator[Sequence[Term]]:
        """What was told before, nearest first, until the text leaves its thread; then what stands over it."""
        silent = 0
        for number, terms in enumerate(self.before.sentences, 1):
            yield terms
            silent = 0 if any_of(terms, goes_on) else silent + 1
            if silent >= _SILENCE and number >= self.before.paragraph:
                break
        yield self.before.heading
        if any_of(self.clause, _SPEAKERS):
            yield self.before.opening

    def _clauses_before(self) -> Iterator[Sequence[Term]]:
        view, first = self.reading.view, self.reading.quantity.first
        for clause in dict.fromkeys(view.clauses[:first]):
            yield [t for t in self.sentence if view.clauses[t.first] == clause]

    def _goes_on(self, terms: Sequence[Term]) -> bool:
        """Whether ``terms`` tell of training where the count is one of those trained or of courses."""
        training = self.thread & _THREADS and not any_of(self.trigger, _LONG)
        return not training or any_of(terms, _THREADS)

    def named(self, classes: frozenset[str], level: Evidence) -> Sequence[Term]:
        """Terms at ``level`` in text order; of a paragraph those of its nearest sentence that has any."""
        if level is not Evidence.paragraph:
            return sorted(self.at(level), key=lambda term: term.first)
        return next((terms for terms in self._remembered(self.thread) if any_of(terms, classes)), ())

    def narrowest(self, classes: frozenset[str], widest: Evidence) -> Evidence | None:
        """The nearest place where a term of ``classes`` stands, no farther than ``widest``."""
        for level in Evidence:
            if level > widest:
                return None
            if level is Evidence.sentence:
                if any(any_of(terms, classes) and self._goes_on(terms) for terms in self._clauses_before()):
                    return level
                continue
            if level is Evidence.paragraph:
                if any(
                    any_of(terms, classes) and (terms is self.before.heading or self._goes_on(terms))
                    for terms in self._remembered(self.thread)
                ):
                    return level
                continue
            if level is Evidence.article:
                return None if self.before.theme.isdisjoint(classes) else level
            if any_of(self.at(level), classes):
                return level
        return None
