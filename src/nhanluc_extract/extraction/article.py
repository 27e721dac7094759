"""One article, from its text to its facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nhanluc_extract.extraction.abbreviations import introduced
from nhanluc_extract.extraction.about import is_about
from nhanluc_extract.extraction.clauses import attributions, cut
from nhanluc_extract.extraction.connectors import connectors, continues_list, joined
from nhanluc_extract.extraction.country import is_foreign
from nhanluc_extract.extraction.dimensions import (
    Dimensions,
    dimensions_of,
    groups,
    is_staff,
    levels_of,
    named_levels,
    reading_is_course,
)
from nhanluc_extract.extraction.distribution import joined_to, per_of, per_of_any
from nhanluc_extract.extraction.evidence import Around, Before, Evidence
from nhanluc_extract.extraction.links import link_facts, repeat_goals
from nhanluc_extract.extraction.matching import Candidate, candidates, is_count, last_team
from nhanluc_extract.extraction.periods import governing_periods, period_of
from nhanluc_extract.extraction.reading import Reading
from nhanluc_extract.extraction.screen import Screen
from nhanluc_extract.extraction.sentence import read_sentence
from nhanluc_extract.extraction.status import (
    Cue,
    Ground,
    RunningStatus,
    Sections,
    find_cues,
    goes_on,
    heading_status,
    status_of,
)
from nhanluc_extract.extraction.tables import Columns, columns_of
from nhanluc_extract.extraction.terms import View, find_terms, in_context, merged
from nhanluc_extract.extraction.whereabouts import Where, Whereabouts
from nhanluc_extract.model import Article, Fact, FactStatus, Period, Qualifier, Quantity
from nhanluc_extract.places.foreign import find_foreign
from nhanluc_extract.places.lists import ProvinceList, province_list
from nhanluc_extract.places.mentions import article_places, find_mentions
from nhanluc_extract.rulepack.model import DIMENSIONS, Frame, Indicator, RulePack
from nhanluc_extract.text.dates import bounds
from nhanluc_extract.text.document import (
    Document,
    Sentence,
    find_numbers,
    find_words,
    read_document,
)
from nhanluc_extract.text.hedges import trailing_qualifier

_TOPIC_SENTENCES = 2  # sentences before that tell what a sentence of a long paragraph is about
_LONG_PARAGRAPH = 5
_COLUMN_HEAD = 12  # sentences before that may hold the head of a table's column
_OPENING = 4  # sentences that introduce who speaks in an article
_THEME_SENTENCES = 2  # sentences that make a class of words a theme of the article
_LONGEST_SENTENCE_SHOWN = 600


@dataclass(slots=True)
class Decision:
    """What one number of the article was taken for: a fact, or why it is none.

    Of the frames that fit (``candidates``) the first decided.
    """

    quantity: Quantity
    sentence: Sentence
    fact: Fact | None
    reason: str
    candidates: Sequence[Candidate] = ()


@dataclass(slots=True)
class Extraction:
    """All that was read in one article."""

    document: Document
    facts: list[Fact]
    decisions: list[Decision]


@dataclass(slots=True)
class _Found:
    """A reading that became a fact, kept until the article is read to its end."""

    reading: Reading
    fact: Fact
    dimensions: Dimensions
    where: Where
    sentence: int
    ground: Ground
    referents: set[tuple[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says of all its numbers, and what those before it leave to it."""

    cues: list[Cue]
    periods: list[Period]
    inherited: str | None
    running: FactStatus


@dataclass(slots=True)
class _State:
    running: RunningStatus = field(default_factory=RunningStatus)
    sections: Sections = field(default_factory=Sections)
    after: dict[int, FactStatus] = field(default_factory=dict)
    line: int = -1
    period: str | None = None
    readings: list[Reading] = field(default_factory=list)
    columns: Columns = ()


def extract_article(
    pack: RulePack, article: Article, screen: Screen | None, *, use_words: bool = True
) -> Extraction:
    """Read one article. ``screen`` None reads every sentence (the result is the same)."""
    return _ArticleReader(pack, article, screen, use_words).read()


class _ArticleReader:
    def __init__(self, pack: RulePack, article: Article, screen: Screen | None, use_words: bool) -> None:
        self.pack = pack
        self.document = read_document(article)
        self.screen = screen
        self.use_words = use_words
        self.views: dict[int, View] = {}
        self.by_sentence: dict[int, list[Reading]] = {}
        self.periods: dict[int, str | None] = {}
        self.found: list[_Found] = []
        self.fact_of: dict[int, _Found] = {}
        self.decisions: list[Decision] = []

    def read(self) -> Extraction:
        document = self.document
        for sentence in document.sentences:
            find_numbers(document, sentence)
        if self.screen is not None and not self.screen.keeps_article(document):
            return Extraction(document, [], [])
        self.places = article_places(document)
        self.introduced = introduced(self.pack, (sentence.tokens for sentence in document.sentences))
        for sentence in document.sentences:
            self.views[sentence.index] = self._view(sentence)
        self.theme = self._theme()
        first = [i for i, view in self.views.items() if view.sentence.zone in ("title", "lead", "body")]
        self.opening = [term for index in first[:_OPENING] for term in self.views[index].told]
        self.is_about = is_about(self.pack, self.views.values())
        self.whereabouts = Whereabouts(self.places)
        state = _State()
        for sentence in document.sentences:
            self._read_sentence(self.views[sentence.index], state)
        self._read_headlines()
        self.found.sort(key=lambda found: (found.fact.start, found.sentence))
        facts = [found.fact for found in self.found]
        repeat_goals(
            told=[found.fact for found in self.found if found.ground != "unsaid"],
            unsaid=[found.fact for found in self.found if found.ground == "unsaid"],
        )
        link_facts(self.pack, [(f.fact, f.reading, f.sentence) for f in self.found], self.document)
        self._name_lists(facts)
        return Extraction(document, facts, self.decisions)

    def _read_headlines(self) -> None:
        """A headline drops what the body says: its number is read as the body's equal one."""
        read = {id(found.reading) for found in self.found}
        for index, readings in self.by_sentence.items():
            sentence = self.views[index].sentence
            if sentence.zone not in ("title", "lead") and not sentence.is_heading:
                continue
            for reading in readings:
                if id(reading) in read or not reading.counted or not is_count(reading):
                    continue
                if self._is_foreign(reading) or reading.is_row:
                    continue
                body = next((f for f in self.found if _is_same_count(f, reading)), None)
                if body is None:
                    continue
                frame = next(f for f in self.pack.frames if f.id == body.fact.rule)
                taken = Candidate(frame, body.fact.indicator, body.fact.unit, (("body", Evidence.paragraph),))
                fact = self._fact(reading, taken, _Said([], [], None, "actual"))
                for decision in self.decisions:
                    if decision.quantity is reading.quantity:
                        decision.fact, decision.reason = fact, fact.rule
                        decision.candidates = [taken]

    def _view(self, sentence: Sentence) -> View:
        document = self.document
        needs_words = self.use_words and any(q.is_candidate for q in sentence.quantities)
        if needs_words and self.screen is not None:
            needs_words = self.screen.keeps_sentence(sentence)
        words = find_words(document, sentence) if needs_words else None
        view = View(
            sentence,
            in_context(self.pack, sentence.tokens, find_terms(self.pack, sentence, words, self.introduced)),
            find_mentions(
                document.text.clean,
                sentence.tokens,
                document.published,
                self.places.home,
                self.places.known,
                self.places.provinces,
            ),
        )
        view.abroad = find_foreign(sentence.tokens)
        view.mentions = [m for m in view.mentions if not view.is_abroad(m)]
        view.abroad = [span for span in view.abroad if not view.is_at_home(span)]
        view.clauses = cut(sentence.tokens, view.terms)
        view.attributed = attributions(sentence.tokens)
        view.term_at = {term.first: term for term in view.terms}
        view.quantity_at = {i: q for q in sentence.quantities for i in range(q.first, q.last)}
        return view

    def _theme(self) -> frozenset[str]:
        seen: Counter[str] = Counter()
        for view in self.views.values():
            weight = _THEME_SENTENCES if view.sentence.zone == "title" else 1
            for name in view.classes():
                seen[name] += weight
        return frozenset(name for name, count in seen.items() if count >= _THEME_SENTENCES)

    def _before(self, sentence: Sentence) -> Before:
        """What the article says before ``sentence``."""
        first = sentence.index
        while first > 0 and self.views[first - 1].sentence.line == sentence.line:
            first -= 1
        last = sentence.index
        while last + 1 in self.views and self.views[last + 1].sentence.line == sentence.line:
            last += 1
        paragraph = sentence.index - first
        if last - first >= _LONG_PARAGRAPH or paragraph < _TOPIC_SENTENCES:
            paragraph = _TOPIC_SENTENCES
        sentences = [self.views[index].told for index in range(sentence.index - 1, -1, -1)]
        intro = self.views[sentence.intro].told if sentence.intro is not None else []
        heading = [t for view in self.views.values() if view.sentence.zone == "title" for t in view.terms]
        if sentence.heading is not None:
            heading = [*heading, *self.views[sentence.heading].terms]
        return Before(intro, sentences, paragraph, heading, self.theme, self.opening)

    def _owner_of(self, reading: Reading) -> Fact | None:
        """The fact this count is a part or a share of, or whose noun it shares."""
        for owner in (reading.parent, reading.source):
            found = self.fact_of.get(id(owner)) if owner is not None else None
            if found is not None:
                return found.fact
        return None

    def _is_foreign(self, reading: Reading) -> bool:
        before = self.views.get(reading.view.sentence.index - 1)
        if before is not None and before.sentence.line != reading.view.sentence.line:
            before = None
        return is_foreign(reading, before, self.views.values())

    def _team_before(self, reading: Reading) -> tuple[frozenset[str], Evidence]:
        """Classes of the nearest team named before a number, and how far away it stands."""
        view = reading.view
        team = last_team(view, reading.quantity.first)
        if team is not None:
            same = view.same_clause(team.first, reading.quantity.first)
            return team.classes, Evidence.clause if same else Evidence.sentence
        silent, at = 0, Evidence.paragraph
        for index in range(view.sentence.index - 1, -1, -1):
            other = self.views[index]
            team = last_team(other, len(other.tokens))
            if team is not None:
                return team.classes, at
            silent = 0 if any(t.word.family == "team" for t in other.terms) else silent + 1
            if silent > _TOPIC_SENTENCES:
                at = Evidence.article
        return frozenset(), Evidence.article

    def _read_sentence(self, view: View, state: _State) -> None:
        sentence = view.sentence
        self._enter(view, state)
        self.whereabouts.enter(view)
        before = self._before(sentence)
        intro = self.by_sentence.get(sentence.intro, []) if sentence.intro is not None else []
        same_paragraph = state.line == sentence.line or continues_list(view)
        state.columns = columns_of(view, state.columns)
        readings = read_sentence(
            view,
            state.readings if same_paragraph else [],
            intro,
            [*before.sentences[:_COLUMN_HEAD], before.heading],
            state.columns,
        )
        self.by_sentence[sentence.index] = readings
        cues = find_cues(view)
        own = governing_periods(view)
        inherited = self._inherited_period(view, state)
        said = _Said(cues, own, inherited, state.running.status)
        named = self._groups_of_intro(sentence)
        decided: dict[int, tuple[Fact, list[Candidate]]] = {}
        for reading in readings:
            team = self._team_before(reading)
            fitting = candidates(self.pack, Around(reading, before), self._owner_of(reading))
            if fitting and not self._is_foreign(reading):
                fact = self._fact(reading, fitting[0], said)
                if "group" in self.pack.indicators[fact.indicator].dimensions:
                    fact.group = fact.group or named or self._group_of_members(reading, team[0])
                self._take_up_bodies(reading, fact, state)
                decided[reading.quantity.first] = fact, fitting
        for reading in reversed(readings):
            self._fill_from_noun_behind(reading)
        self._share_level_of_row(readings)
        self._decide(sentence, readings, decided)
        state.running.after(view, cues, self.document.published)
        state.after[sentence.index] = state.running.status
        if sentence.zone != "caption":
            state.line = sentence.line
            state.period = own[0].iso if own else (inherited if continues_list(view) else None)
            self.periods[sentence.index] = own[0].iso if own else None
            if readings:
                state.readings = readings
        self.whereabouts.leave(view)

    def _fill_from_noun_behind(self, reading: Reading) -> None:
        """``25 và 24 tổ cấp xã``: what the shared noun says holds for the first number too."""
        own = self.fact_of.get(id(reading))
        owner = self.fact_of.get(id(reading.source)) if reading.source is not None else None
        if own is None or owner is None or owner.fact.start < own.fact.start:
            return
        for name in DIMENSIONS:
            if getattr(own.fact, name) is None:
                setattr(own.fact, name, getattr(owner.fact, name))

    def _share_level_of_row(self, readings: list[Reading]) -> None:
        """``cán bộ các sở gồm 8 thạc sĩ, 55 đại học``: the level named once is that of the whole row."""
        for before, reading in pairwise(readings):
            one, other = self.fact_of.get(id(before)), self.fact_of.get(id(reading))
            if one is None or other is None or one.fact.indicator != other.fact.indicator:
                continue
            row = joined(reading.view, before.span[1], reading.hedge_first)
            if row and "degree" in self.pack.indicators[other.fact.indicator].dimensions:
                other.fact.level = other.fact.level or one.fact.level

    def _groups_of_intro(self, sentence: Sentence) -> str | None:
        """Group named by the line that opens a list (``Đối với cán bộ, công chức:``)."""
        if sentence.intro is None:
            return None
        return self.pack.joined("group", groups(self.pack, self.views[sentence.intro].terms))

    def _group_of_members(self, reading: Reading, team: frozenset[str]) -> str | None:
        """Bare ``thành viên`` are those of the team the sentences before name."""
        classes = reading.counted_classes
        if reading_is_course(reading):
            classes = classes | merged(t.classes for t in reading.view.between(*reading.span))
        values = {
            composed.value
            for composed in self.pack.composed
            if composed.classes[0] in classes and team.issuperset(composed.classes[1:])
        }
        return self.pack.joined("group", values)

    def _take_up_bodies(self, reading: Reading, fact: Fact, state: _State) -> None:
        """``vẫn còn 02 đơn vị``: bodies without a name are those of the sentence before."""
        if fact.unit != "organisation" or fact.level is not None or not state.readings:
            return
        if reading.counted_classes.isdisjoint({"unnamed_bodies"}) or reading.source is not None:
            return
        before = self.fact_of.get(id(state.readings[-1]))
        if before is not None and state.line == reading.view.sentence.line:
            fact.level = before.fact.level

    def _enter(self, view: View, state: _State) -> None:
        sentence = view.sentence
        if sentence.is_heading:
            surface = self.document.text.clean[sentence.start : sentence.end]
            state.sections.enter(surface, heading_status(surface, view, self.document.published))
            state.running = RunningStatus(state.sections.status)
        elif sentence.is_bullet and sentence.line != state.line:
            opened = state.after.get(sentence.intro) if sentence.intro is not None else None
            state.running = RunningStatus(opened or state.sections.status)
        elif sentence.line != state.line and not _begins_with_verb(view) and not goes_on(view):
            state.running = RunningStatus(state.sections.status)

    def _inherited_period(self, view: View, state: _State) -> str | None:
        sentence = view.sentence
        if sentence.intro is not None:
            return self.periods.get(sentence.intro)
        return state.period if continues_list(view) else None

    def _fact(self, reading: Reading, matched: Candidate, said: _Said) -> Fact:
        """Build the fact of a matched reading and keep it."""
        indicator = self.pack.indicators[matched.indicator]
        owner = reading.parent or (None if reading.across else reading.source)
        owned = self.fact_of.get(id(owner)) if owner is not None else None
        dimensions = dimensions_of(self.pack, indicator, reading, owned.dimensions if owned else None)
        per = self._per(reading, owned) if matched.unit != "percent" else None
        status, ground = status_of(
            reading,
            said.cues,
            said.running,
            self.document.published,
            said.periods,
            per=per,
        )
        if owned is not None and reading.parent is not None and not _has_own_cue(reading, said.cues):
            status, ground = owned.fact.status, "inherited"
        elif self._goes_on_lacking(reading, matched, status, said.cues):
            status, ground = "need", "said"
        inherited = said.inherited
        if reading.parent is not None and owned is not None:
            inherited = inherited or owned.fact.period
        period, period_inherited = period_of(reading, said.periods, inherited)
        where = self._where(reading, indicator, owned, dimensions)
        if (
            per is not None
            and status in ("target", "actual")
            and (qualifier := _qualifier(reading)) in ("at_least", "at_most")
            and (
                (per == "team" and "level" in indicator.dimensions)
                or (per == "course" and qualifier == "at_most")
            )
        ):
            status = "norm"
        if "level" in indicator.dimensions and dimensions["level"] is None:
            if is_staff(indicator):
                dimensions["level"] = self._level_of_staff(reading, where)
            elif reading.family != "body" and owned is None:
                dimensions["level"] = self._level_of_bodies(reading, matched)
        fact = self._build(reading, matched, dimensions, where)
        fact.status, fact.per = status, per
        fact.period = period
        fact.period_start, fact.period_end = bounds(period)
        flags = []
        if matched.evidence > self._limit(matched.frame):
            flags.append("weak_evidence")
        if where.inferred:
            flags.append("scope_inferred")
        if period_inherited:
            flags.append("period_inherited")
        if ground == "inherited":
            flags.append("status_inherited")
        fact.flags = flags
        for key, value in matched.frame.set.items():
            setattr(fact, key, value or None)
        taken_up = self._referents(matched.frame)
        found = _Found(reading, fact, dimensions, where, reading.view.sentence.index, ground, taken_up)
        self.found.append(found)
        self.fact_of[id(reading)] = found
        return fact

    def _limit(self, frame: Frame) -> Evidence:
        """The widest evidence that is stated: a head taken up again needs no article about the field."""
        slots = {slot.name for slot in frame.slots}
        taken_up = bool(slots & self.pack.referents.keys()) and "field" not in slots
        return Evidence.paragraph if self.is_about or taken_up else Evidence.sentence

    def _where(
        self, reading: Reading, indicator: Indicator, owned: _Found | None, dimensions: Dimensions
    ) -> Where:
        """Whose count it is; a part is its total's, unless it names a place of its own."""
        where = self.whereabouts.of(reading, indicator.owner)
        if owned is not None and reading.parent is not None:
            # "Đội có 36 người, trong đó 23 người thuộc các sở": a body's own people stay its own.
            own = _names_place(reading) and owned.where.scope != "organisation"
            where = where if own else owned.where
        if "organisation" in indicator.units:
            where = self.whereabouts.lifted(where, dimensions.get("level"))
        return where

    def _per(self, reading: Reading, owned: _Found | None) -> str | None:
        """For each of what a count is given: said of it, of the one it is joined to, or of its total."""
        per = per_of(reading)
        if per is None and self.found and joined_to(reading, self.found[-1].reading):
            per = self.found[-1].fact.per
        per = per or self._per_of_subject(reading)
        if per is None and _qualifier(reading) in ("at_least", "at_most"):
            per = per_of_any(reading)
        if per == "organisation":
            per = self._per_of_taken_up(reading) or per
        same = reading.parent is not None and reading.parent.view is reading.view
        return owned.fact.per if per is None and same and owned is not None else per

    def _per_of_taken_up(self, reading: Reading) -> str | None:
        """``99/99 xã đã cử công chức, mỗi nơi 01 người``: bodies without a name are those before."""
        before = reading.view.between(0, reading.hedge_first)[-1:]
        readings = self.by_sentence[reading.view.sentence.index][: reading.index]
        bodies = [other for other in readings if other.family == "body"]
        if not bodies or not any(term.is_a("unnamed_bodies") for term in before):
            return None
        return next((term.word.per for term in bodies[-1].counted if term.word.per), None)

    def _per_of_subject(self, reading: Reading) -> str | None:
        """``100% xã bố trí ít nhất 01 công chức``: what each of the bodies has."""
        subject = self._neighbour(reading, -1)
        if subject is None or subject.object is not reading or subject.family != "body":
            return None
        if subject.quantity.kind != "percent" and subject.quantity.of is None:
            return None
        return next((t.word.per for t in subject.counted if t.word.per), None)

    def _goes_on_lacking(self, reading: Reading, matched: Candidate, status: str, cues: list[Cue]) -> bool:
        """``cần 15.000 kỹ sư … và 35.000 kỹ sư …``: a need governs the whole row of counts."""
        if status == "norm" or not self.found:
            return False
        before = self.found[-1]
        return (
            before.fact.status == "need"
            and before.reading.view is reading.view
            and (before.fact.indicator, before.fact.unit) == (matched.indicator, matched.unit)
            and not any(before.reading.quantity.first < cue.first < reading.quantity.first for cue in cues)
        )

    def _level_of_staff(self, reading: Reading, where: Where) -> str | None:
        """Level of staff said of one commune, or of those named by the line that opens a list."""
        if where.scope == "commune" and not where.inferred:
            return "commune"
        if where.scope == "district" and any(
            m.level == "district" and reading.view.key(m.first) in connectors().offices
            for m in reading.view.mentions
            if m.last <= reading.quantity.first
        ):
            return "district"
        intro = reading.view.sentence.intro
        if intro is None:
            return None
        return self.pack.joined("level", named_levels(self.views[intro].terms))

    def _neighbour(self, reading: Reading, step: int) -> Reading | None:
        """The reading ``step`` numbers behind one in its sentence."""
        at = reading.index + step
        readings = self.by_sentence[reading.view.sentence.index]
        return readings[at] if 0 <= at < len(readings) else None

    def _level_of_bodies(self, reading: Reading, matched: Candidate) -> str | None:
        """``100% thôn đã có tổ, tổng cộng 3.801 tổ``, ``124 tổ tại 124 xã``: whose teams they are."""
        behind = self._neighbour(reading, 1)
        if (
            reading.family == "team"
            and behind is not None
            and behind.is_located
            and behind.quantity.value == reading.quantity.value
        ):
            return self.pack.joined("level", levels_of(behind.counted))
        taken_up = self._referents(matched.frame)
        levels: set[str] = set()
        for found in reversed(self.found):
            if found.reading.view is not reading.view:
                break
            if found.reading.family == "body" and found.fact.level and taken_up & found.referents:
                # "100% quận, huyện đã lập tổ, tổng cộng 219 tổ": those lie somewhere below.
                levels.update({*found.fact.level.split("+")} - {"province", "district"})
        return self.pack.joined("level", levels)

    def _referents(self, frame: Frame) -> set[tuple[str, frozenset[str]]]:
        """What a frame takes up: the names of referents and the kinds of them."""
        return {(slot.name, slot.classes) for slot in frame.slots if slot.name in self.pack.referents}

    def _build(self, reading: Reading, matched: Candidate, dimensions: Dimensions, where: Where) -> Fact:
        text = self.document.text
        quantity, sentence = reading.quantity, reading.view.sentence
        start, end = text.to_raw(quantity.start, quantity.end)
        quote_start = quantity.hedge_start
        quote_end = quantity.end
        behind = [t for t in reading.counted if t.first >= quantity.last]
        if behind and reading.source is None:
            quote_end = reading.view.tokens[behind[-1].last - 1].end
        quote = slice(*text.to_raw(quote_start, quote_end))
        shown = slice(*text.to_raw(sentence.start, sentence.end))
        return Fact(
            start=start,
            end=end,
            quote=text.raw[quote],
            sentence=text.raw[shown],
            zone=sentence.zone,
            indicator=matched.indicator,
            value=quantity.value,
            unit=matched.unit,
            rule=matched.frame.id,
            high=quantity.high,
            of=quantity.of,
            qualifier=_qualifier(reading),
            scope=where.scope,
            place=where.place,
            province=where.province,
            degree=dimensions.get("degree"),
            role=dimensions.get("role"),
            level=dimensions.get("level"),
            group=dimensions.get("group"),
            evidence=matched.evidence.name,
        )

    def _decide(
        self,
        sentence: Sentence,
        readings: list[Reading],
        decided: dict[int, tuple[Fact, list[Candidate]]],
    ) -> None:
        by_first = {reading.quantity.first: reading for reading in readings}
        for quantity in sentence.quantities:
            reading = by_first.get(quantity.first)
            fact, fitting = decided.get(quantity.first, (None, []))
            if not quantity.is_candidate:
                reason = quantity.kind
            elif fact is not None:
                reason = fact.rule
            elif reading is None or reading.is_whole:
                reason = "denominator"
            elif reading.unknown:
                reason = f"counts {reading.unknown!r}, a word of no rule"
            elif not reading.counted:
                reason = "no counted noun"
            else:
                names = ", ".join(dict.fromkeys(t.word.name for t in reading.counted))
                reason = f"counts {names}, but no frame asks for it here"
            self.decisions.append(Decision(quantity, sentence, fact, reason, fitting))

    def _name_lists(self, facts: list[Fact]) -> None:
        chooser = ProvinceList(self.document, [v.mentions for v in self.views.values()])
        for fact in facts:
            named = province_list(chooser, fact.province)
            fact.province_list = named.list
            fact.province_code = named.code
            fact.province_now = named.now
            fact.province_now_code = named.now_code


def _has_own_cue(reading: Reading, cues: Sequence[Cue]) -> bool:
    """Whether a word of fact or goal stands between a total and its part."""
    total = reading.parent
    start = total.quantity.last if total is not None and total.view is reading.view else 0
    return any(start <= cue.first < reading.quantity.first for cue in cues)


def _qualifier(reading: Reading) -> Qualifier:
    """Qualifier of a number; ``trở lên`` may stand behind its noun and the noun's subject."""
    quantity, view = reading.quantity, reading.view
    if quantity.qualifier != "exact" or reading.source is not None or not reading.counted:
        return quantity.qualifier
    end = max(t.last for t in reading.counted)
    while (term := view.term_at.get(end)) is not None and term.word.kind == "subject":
        end = term.last
    return trailing_qualifier(view.tokens, end) or "exact"


def _names_place(reading: Reading) -> bool:
    """Whether a part names a place of its own, behind the phrase of its total."""
    total, view, first = reading.parent, reading.view, reading.quantity.first
    start = total.span[1] if total is not None and total.view is view else 0
    if view.key(reading.hedge_first - 1) == "(" and any(
        m.last == reading.hedge_first - 1 for m in view.mentions
    ):
        return True  # "Trong đó: Đại học A (6.200 người)"
    opened = max((i for i in range(start, first) if view.key(i) == "("), default=start)
    start = opened if view.same_clause(first, min(opened + 1, first)) else start
    return any(start <= m.first < reading.span[1] for m in view.mentions)


def _is_same_count(found: _Found, reading: Reading) -> bool:
    same_noun = {t.word.name for t in found.reading.counted} & {t.word.name for t in reading.counted}
    return (
        found.fact.value == reading.quantity.value
        and found.reading.quantity.kind == reading.quantity.kind
        and found.fact.value > 1
        and bool(same_noun)
    )


def _begins_with_verb(view: View) -> bool:
    """A paragraph without a subject goes on with the list of tasks before it."""
    return (
        bool(view.terms)
        and view.terms[0].first == 0
        and (view.terms[0].word.kind == "verb" and not view.terms[0].word.weak)
    )
