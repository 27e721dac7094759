"""An article as its sentences leave things to each other: read once from the top, then only asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby, islice

from nhanluc_extract.extraction.discourse.about import is_about
from nhanluc_extract.extraction.discourse.country import is_foreign, plays_abroad
from nhanluc_extract.extraction.discourse.evidence import Before
from nhanluc_extract.extraction.discourse.numbers import Numbers
from nhanluc_extract.extraction.discourse.team import teams_before
from nhanluc_extract.extraction.discourse.views import Views
from nhanluc_extract.extraction.screen import Screen
from nhanluc_extract.extraction.sentence.connectors import is_of_same_time
from nhanluc_extract.extraction.sentence.cues import (
    RunningStatus,
    Sections,
    find_cues,
    goes_on,
    heading_status,
)
from nhanluc_extract.extraction.sentence.datings import governing_periods, period_told
from nhanluc_extract.extraction.sentence.operators import Operator
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.said import NOTHING, Said
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import FactStatus, Period
from nhanluc_extract.places.article import ArticlePlaces
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.text.document import Document, Sentence
from nhanluc_extract.text.tokens import SurfaceTrie

_TOPIC_SENTENCES = 2  # sentences before that tell what a sentence of a long paragraph is about
_LONG_PARAGRAPH = 5
_COLUMN_HEAD = 12  # sentences before that may hold the head of a table's column
_OPENING = 4  # sentences that introduce who speaks in an article
_ANNOUNCING = 20  # sentences of headline and lead that may announce what is listed
_THEME_SENTENCES = 2  # sentences that make a class of words a theme of the article


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence says of all its numbers, and what those before it leave to it.

    ``before`` are the readings of the last sentence with numbers, where it stands in the same line.
    """

    cues: Sequence[Operator]
    periods: Sequence[Period]
    inherited_period: str | None
    running: FactStatus
    before: Sequence[Reading]


@dataclass(frozen=True, eq=False)
class Discourse:
    """The sentences of an article with words and numbers, by their index; each is read when asked for."""

    pack: RulePack
    document: Document
    views: Views
    told: Sequence[Before]
    readings: Numbers

    @property
    def places(self) -> ArticlePlaces:
        """The places the article is about."""
        return self.views.names.of_article

    @cached_property
    def settings(self) -> Mapping[int, Setting]:
        """What each sentence says of all its numbers, and what those before it leave to it."""
        pages = _Pages(self.document, self.readings)
        return {index: pages.turn(view) for index, view in self.views.items()}

    @cached_property
    def is_about(self) -> bool:
        """Whether the article is about the field of the pack."""
        return is_about(self.pack, self.views.values())

    @cached_property
    def plays_abroad(self) -> bool:
        """Whether the article mostly tells of somewhere abroad."""
        return plays_abroad(self.views.values())

    @cached_property
    def announcing(self) -> Sequence[View]:
        """The sentences of headline and lead."""
        announcing = (view for view in self.views.values() if view.sentence.zone in ("title", "lead"))
        return list(islice(announcing, _ANNOUNCING))

    @cached_property
    def teams(self) -> Mapping[int, Term | None]:
        """The team named last before each sentence."""
        return teams_before(self.views)

    def before(self, sentence: Sentence) -> Before:
        """What the article says before ``sentence``."""
        return self.told[sentence.index]

    def is_foreign(self, reading: Reading) -> bool:
        """Whether a figure is told of somewhere abroad."""
        before = self.views.get(reading.view.sentence.index - 1)
        if before is not None and before.sentence.line != reading.view.sentence.line:
            before = None
        return is_foreign(reading, before, plays_abroad=self.plays_abroad)

    def neighbour(self, reading: Reading, step: int) -> Reading | None:
        """The reading ``step`` numbers behind one in its sentence."""
        at = reading.index + step
        readings = self.readings[reading.view.sentence.index]
        return readings[at] if 0 <= at < len(readings) else None

    def intro(self, reading: Reading) -> View | None:
        """The line that opens the list a number's sentence is an item of."""
        index = reading.view.sentence.intro
        return self.views[index] if index is not None else None


def read_discourse(
    pack: RulePack,
    document: Document,
    abbreviations: SurfaceTrie[str],
    screen: Screen | None,
    use_words: bool,
) -> Discourse:
    """Begin to read an article; ``use_words`` asks the tokenizer, of the sentences that ``screen`` keeps."""
    views = Views(pack, document, abbreviations, screen, use_words)
    told = list(_told_before(views))
    return Discourse(pack, document, views, told, Numbers(views, told))


def _theme(views: Mapping[int, View]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    for view in views.values():
        weight = _THEME_SENTENCES if view.sentence.zone == "title" else 1
        for name in view.classes:
            seen[name] += weight
    return frozenset(name for name, count in seen.items() if count >= _THEME_SENTENCES)


def _told_before(views: Views) -> Iterator[Before]:
    """What the article says before each of its sentences."""
    sentences = views.sentences
    said = [
        Said(partial(_told, views, each.index), partial(_classes, views, each.index)) for each in sentences
    ]
    titles = [each.index for each in sentences if each.zone == "title"]
    first = [each.index for each in sentences if each.zone in ("title", "lead", "body")][:_OPENING]
    opening = Said(lambda: [term for index in first for term in views[index].told])
    theme = Said(tuple, lambda: _theme(views))
    headings: dict[int | None, Said] = {None: Said(partial(_terms, views, titles))}
    for _, line in groupby(sentences, key=lambda sentence: sentence.line):
        for number, sentence in enumerate(together := list(line)):
            above = sentence.heading
            if above is not None and above not in headings:
                headings[above] = Said(partial(_terms, views, [*titles, above]))
            is_long = len(together) > _LONG_PARAGRAPH or number < _TOPIC_SENTENCES
            yield Before(
                intro=said[sentence.intro] if sentence.intro is not None else NOTHING,
                said=said,
                number=sentence.index,
                paragraph=_TOPIC_SENTENCES if is_long else number,
                heading=headings[above],
                opening=opening,
                theme=theme,
            )


def _told(views: Views, index: int) -> Sequence[Term]:
    return views[index].told


def _classes(views: Views, index: int) -> frozenset[str]:
    return views[index].classes_told()


def _terms(views: Views, indices: Sequence[int]) -> list[Term]:
    return [term for index in indices for term in views[index].terms]


@dataclass(slots=True)
class _Pages:
    """Goes through an article from the top and keeps what each sentence leaves to the next."""

    document: Document
    numbers: Numbers
    running: RunningStatus = field(default_factory=RunningStatus)
    sections: Sections = field(default_factory=Sections)
    after: dict[int, FactStatus] = field(default_factory=dict)
    own_periods: dict[int, str | None] = field(default_factory=dict)
    line: int = -1
    period: str | None = None
    goal_period: str | None = None  # of the line that opens goals told line by line, without marks

    def turn(self, view: View) -> Setting:
        """What the next sentence says of all its numbers."""
        sentence = view.sentence
        self._enter(view)
        cues, own = find_cues(view), governing_periods(view)
        inherited = self._inherited_period(view)
        setting = Setting(cues, own, inherited, self.running.status, self.numbers.previous(sentence))
        self.running.after(view, cues, self.document.published)
        self.after[sentence.index] = self.running.status
        if sentence.is_running:
            self.line = sentence.line
            told = period_told(view, own)
            self.period = told or (inherited if is_of_same_time(view.tokens) else None)
            self.own_periods[sentence.index] = self.period
        if sentence.surface.endswith(":"):
            self.goal_period = period_told(view, own) if self.running.status == "target" else None
        return setting

    def _enter(self, view: View) -> None:
        sentence = view.sentence
        if sentence.is_heading:
            surface = sentence.surface
            self.sections.enter(surface, heading_status(surface, view, self.document.published))
            self.running = RunningStatus(self.sections.status)
        elif sentence.is_bullet and sentence.line != self.line:
            opened = self.after.get(sentence.intro) if sentence.intro is not None else None
            self.running = RunningStatus(opened or self.sections.status)
        elif sentence.line != self.line and not _begins_with_verb(view) and not goes_on(view):
            self.running = RunningStatus(self.sections.status)
            self.goal_period = None

    def _inherited_period(self, view: View) -> str | None:
        if view.sentence.intro is not None:
            return self.own_periods.get(view.sentence.intro)
        if _begins_with_verb(view):
            return self.goal_period
        return self.period if is_of_same_time(view.tokens) else None


def _begins_with_verb(view: View) -> bool:
    """A paragraph without a subject goes on with the list of tasks before it."""
    first = view.terms[0] if view.terms else None
    return first is not None and first.first == 0 and first.word.kind == "verb" and not first.word.weak
