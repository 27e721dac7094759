"""How far from a number its reading was found: the words around it, from its phrase outwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from operator import attrgetter

from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.firms import subject_behind
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.said import Said
from nhanluc_extract.extraction.sentence.terms import Term, merged
from nhanluc_extract.rulepack.model import Referent

_MEMORY = 150  # sentences before that a text may go on about: more than most articles have
_SILENCE = 2  # sentences in which a text leaves its thread
# Words of these classes take up the training that the sentences before tell of.
_THREADS = frozenset({"courses", "train", "train_noun", "course_people"})
# ... but not what is said of schools, who train for years.
_LONG = frozenset({"long_training"})
# Who says these words was named where the article opens.
_SPEAKERS = frozenset({"we"})
_BODIES = frozenset({"body", "things"})  # families of nouns


def any_of(terms: Iterable[Term], classes: frozenset[str]) -> bool:
    """Whether a term belongs to one of ``classes``."""
    return any(not term.classes.isdisjoint(classes) for term in terms)


def made_up_of(reading: Reading) -> int | None:
    """``mỗi tổ có 5 người gồm trưởng thôn, …``: the token from which it is told who those are."""
    if reading.family != "people" or not reading.counted[0].word.generic:
        return None
    behind = reading.counted[0].last
    behind += reading.view.key(behind) == ","
    opened = phrases("made_up").longest(reading.view.tokens, behind)
    return behind if opened is not None else None


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

    ``intro`` is what the line tells that opens its list, ``said`` what all sentences tell, of which
    ``number`` stand before it, and of these ``paragraph`` in its paragraph; ``heading`` is what the headings
    tell that it stands under, ``opening`` what the article's first lines do, ``theme`` the classes that it
    names again and again.
    """

    intro: Said
    said: Sequence[Said]
    number: int
    paragraph: int
    heading: Said
    opening: Said
    theme: Said

    @property
    def sentences(self) -> Sequence[Said]:
        """What the sentences near before it tell, nearest first."""
        return self.said[max(self.number - _MEMORY, 0) : self.number][::-1]


class Around:
    """The terms around one number, by how far away they stand."""

    def __init__(self, reading: Reading, before: Before) -> None:
        self.reading = reading
        self.before = before
        self._said: dict[Evidence, Said] = {}
        self._referents: dict[str, tuple[str | None, Evidence]] = {}

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
        own = sorted((t for clause in clauses for t in view.told_in.get(clause, ())), key=attrgetter("first"))
        return [*own, *self._item_before_bracket()]

    @cached_property
    def clause_classes(self) -> frozenset[str]:
        return merged(term.classes for term in self.clause)

    @cached_property
    def classes_beside(self) -> frozenset[str]:
        """Those of the clause without what a number behind counts (``21 tổ công nghệ số, 4 tổ công tác``).

        Nor who the people of a team are (``tổ có 5 người gồm trưởng thôn, cán bộ phụ trách văn hóa``).
        """
        view, family, last = self.reading.view, self.reading.family, self.reading.span[1]
        end = made_up_of(self.reading)
        told = (
            term.classes
            for term in self.clause
            if (end is None or term.first < end)
            and (term.word.family != family or term.first <= last or not view.is_number(term.first - 1))
        )
        return merged(told)

    def _item_before_bracket(self) -> list[Term]:
        """``công nghệ thông tin (2 chỉ tiêu)``: what a bracket with a bare count tells of."""
        view, reading = self.reading.view, self.reading
        if view.key(reading.hedge_first - 1) != "(":
            return []
        last = reading.hedge_first - 1
        return view.between(view.mark_before(",;:()", last) + 1, last)

    @cached_property
    def listed(self) -> list[Term]:
        """What the counts say that this one is a part or a row of, and the line that opens its list."""
        terms: list[Term] = []
        for other in self.reading.chain():
            terms += [*other.phrase_terms, *other.verb, *other.after]
        joined = self.reading.joined_to
        if self.reading.family == "body" and joined is not None:
            # "17/20 sở và 9/9 huyện đã bố trí người": what is said of the second holds for both.
            own = any(t.first < joined.quantity.first for t in self.reading.after)
            terms += [] if own else self.shared
        return list(dict.fromkeys([*terms, *self.reading.opening_terms, *self.before.intro.terms]))

    @cached_property
    def sentence(self) -> list[Term]:
        """Terms before the number; what is told behind its clause is told of something else."""
        told = self.reading.view.told
        return told[: bisect_right(told, self.reading.quantity.first, key=lambda term: term.last)]

    def at(self, level: Evidence) -> Said:
        """What is said at one of the levels up to the sentence."""
        if level not in self._said:
            told = self.reading.view.classes_told
            known = (lambda: told(len(self.sentence))) if level is Evidence.sentence else None
            self._said[level] = Said(lambda: self._terms_at(level), known)
        return self._said[level]

    def _terms_at(self, level: Evidence) -> Sequence[Term]:
        match level:
            case Evidence.phrase:
                return self.phrase
            case Evidence.clause:
                first = self.reading.quantity.first
                view = self.reading.view
                before = (t for t in self.clause if t.first <= first or view.term_at.get(t.first) is not t)
                # "Với 350 kỹ sư, công ty phần mềm A …"
                subject = view.term_at.get(subject_behind(view, first) or -1)
                return [*self.trigger, *before, *self.shared, *([subject] if subject is not None else [])]
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
        if referent.name not in self._referents:
            self._referents[referent.name] = self._find(referent)
        return self._referents[referent.name]

    def _find(self, referent: Referent) -> tuple[str | None, Evidence]:
        where: tuple[str | None, Evidence] | None = None
        for level in Evidence:
            if level is Evidence.paragraph and where is not None:
                return where
            if level is Evidence.paragraph:
                kind = self._in_mind(referent)
            elif level is Evidence.article:
                named = [
                    k
                    for k, classes in referent.kinds.items()
                    if not classes.isdisjoint(self.before.theme.classes)
                ]
                kind = named[0] if len(named) == 1 else None
            else:
                said = self.at(level)
                named_here = not said.classes.isdisjoint(referent.classes)
                kind = self._nearest(referent, said.terms) if named_here else None
                at_last = level is Evidence.sentence and any_of(self.reading.counted, referent.goes_on)
                if kind is None and at_last:
                    # "Lào Cai có 5 tổ, Yên Bái có 7 tổ công nghệ số": named at the last of several.
                    kind = self._nearest(referent, self.reading.view.told)
            if kind is not None and level < Evidence.paragraph and self._is_where_only(referent, level):
                where = where or (kind, level)
            elif kind is not None:
                return kind, level
        return None, Evidence.article

    def _is_where_only(self, referent: Referent, level: Evidence) -> bool:
        """``Công ty A có 300 kỹ sư làm việc tại khu công nghiệp``: whether all that is named is adjuncts.

        One that opens the sentence (``Tại khu A có …``) is as good as a subject.
        """
        named = [t for t in self.at(level).terms if not t.classes.isdisjoint(referent.classes)]
        return bool(named) and all(t.first > 1 and self._is_adjunct(t) for t in named)

    def _nearest(self, referent: Referent, terms: Iterable[Term]) -> str | None:
        """The kind that is named last before the number, or first behind it."""
        asked = referent.classes
        named = [
            (not self._is_adjunct(term), term.first, kind)
            for term in terms
            if not term.classes.isdisjoint(asked) and (kind := referent.kind_of(term.classes))
        ]
        first = self.reading.quantity.first
        before = [entry for entry in named if entry[1] < first]
        again = (
            t for t in self.clause if t.is_a("firm_again", "school_again", "we") and not self._is_adjunct(t)
        )
        if before and any(max(before)[1] < term.first < first for term in again):
            return None  # "Trưởng phòng A cho hay nhà máy có 300 người": of the firm told of before
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
        for said in self._remembered(referent.goes_on | self.thread):
            if said.classes.isdisjoint(referent.classes):
                continue
            named = [term for term in said.terms if referent.kind_of(term.classes)]
            bodies = [term for term in named if term.word.family in _BODIES]
            if named:  # "Công ty phần mềm A có 420 kỹ sư viết phần mềm"
                return referent.kind_of((bodies or named)[-1].classes)
        return self._only_one_named(referent) if any_of(self.reading.counted, referent.goes_on) else None

    def _only_one_named(self, referent: Referent) -> str | None:
        """``Toàn huyện có 48 tổ``, in an article that names teams of one kind alone: that kind."""
        if not any(term.word.family == "team" for term in (*self.reading.counted, *self.sentence)):
            return None
        told = (said for said in self.before.sentences if not said.classes.isdisjoint(referent.classes))
        kinds = {kind for said in told for term in said.terms if (kind := referent.kind_of(term.classes))}
        return kinds.pop() if len(kinds) == 1 else None

    def _remembered(self, goes_on: frozenset[str]) -> Iterator[Said]:
        """What was told before, nearest first, until the text leaves its thread; then what stands over it."""
        silent = 0
        for number, said in enumerate(self.before.sentences, 1):
            yield said
            silent = silent + 1 if said.classes.isdisjoint(goes_on) else 0
            if silent >= _SILENCE and number >= self.before.paragraph:
                break
        yield self.before.heading
        if not self.clause_classes.isdisjoint(_SPEAKERS):
            yield self.before.opening

    @cached_property
    def _clauses_before(self) -> list[frozenset[str]]:
        """Classes of what each clause tells before the number."""
        clauses: dict[int, list[Term]] = {}
        for term in self.sentence:
            clauses.setdefault(self.reading.view.clauses[term.first], []).append(term)
        return [merged(term.classes for term in terms) for terms in clauses.values()]

    def _goes_on(self, classes: frozenset[str]) -> bool:
        """Whether ``classes`` tell of training where the count is one of those trained or of courses."""
        training = self.thread & _THREADS and not any_of(self.trigger, _LONG)
        return not training or not classes.isdisjoint(_THREADS)

    def named(self, classes: frozenset[str], level: Evidence) -> Sequence[Term]:
        """Terms at ``level`` in text order; of a paragraph those of its nearest sentence that has any."""
        if level is not Evidence.paragraph:
            return sorted(self.at(level).terms, key=attrgetter("first"))
        remembered = self._remembered(self.thread)
        return next((said.terms for said in remembered if not said.classes.isdisjoint(classes)), ())

    def narrowest(self, classes: frozenset[str], widest: Evidence) -> Evidence | None:
        """The nearest place where a term of ``classes`` stands, no farther than ``widest``."""
        for level in Evidence:
            if level > widest:
                return None
            if level is Evidence.sentence:
                if not self.at(level).classes.isdisjoint(classes) and any(
                    not named.isdisjoint(classes) and self._goes_on(named) for named in self._clauses_before
                ):
                    return level
                continue
            if level is Evidence.paragraph:
                if any(
                    not said.classes.isdisjoint(classes)
                    and (said is self.before.heading or self._goes_on(said.classes))
                    for said in self._remembered(self.thread)
                ):
                    return level
                continue
            if level is Evidence.article:
                return None if self.before.theme.classes.isdisjoint(classes) else level
            if not self.at(level).classes.isdisjoint(classes):
                return level
        return None
