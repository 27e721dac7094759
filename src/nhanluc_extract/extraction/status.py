"""Fact, goal, need or norm."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from nhanluc_extract.extraction.reading import Reading
from nhanluc_extract.extraction.terms import View
from nhanluc_extract.model import FactStatus, Period
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize

Ground = Literal["said", "inherited", "unsaid"]

_NEED_REACH = 10  # tokens between a word of need and its number
_SECTION_NUMBER = re.compile(r"(?:\d{1,2}\.)+\d*")
_RANK = {"not": 0, "target": 1, "need": 2, "norm": 3, "actual": 4}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word at tokens ``[first, last)`` that says what the numbers behind it are."""

    first: int
    last: int
    status: str


@cache
def _cues() -> SurfaceTrie[str]:
    data = language("status")
    trie: SurfaceTrie[str] = SurfaceTrie()
    for status in ("target", "need", "norm", "actual"):
        for surface in data[status]:
            trie.add(surface, status)
    for surface in data["not_cues"]:
        trie.add(surface, "not")
    return trie


@cache
def _opening() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("status")["opening"])


@cache
def _heading_cues() -> SurfaceTrie[str]:
    trie: SurfaceTrie[str] = SurfaceTrie()
    for status, surfaces in language("status")["headings"].items():
        for surface in surfaces:
            trie.add(surface, status)
    return trie


def find_cues(view: View) -> list[Cue]:
    """Cues of a sentence in text order."""
    opening = _opening().longest(view.tokens, 0)
    said = [Cue(0, opening[0], "target")] if opening is not None else []
    return said + [
        Cue(first, last, min(statuses, key=_RANK.__getitem__))
        for first, last, statuses in _cues().find(view.tokens)
        if "not" not in statuses and (not said or first >= said[0].last)
    ]


def heading_status(text: str, view: View, published: date | None) -> FactStatus | None:
    """What a sub-heading says of the numbers under it, by its words or by a horizon to come."""
    tokens = tokenize(text)
    for first, _, (status, *_) in _heading_cues().find(tokens):
        # "Đầu ra và nhu cầu của thị trường" tells of needs among other things.
        if status != "need" or first <= 1 or _SECTION_NUMBER.match(text):
            return status  # type: ignore[return-value]
    return "target" if any(_is_future(period, published) for period in view.sentence.periods) else None


@dataclass(slots=True)
class Sections:
    """The statuses that the headings above a line give it: ``2.1`` stays under ``2``."""

    stack: list[tuple[int, FactStatus]] = field(default_factory=list)

    @property
    def status(self) -> FactStatus:
        return self.stack[-1][1] if self.stack else "actual"

    def enter(self, heading: str, said: FactStatus | None) -> None:
        """Enter the section of ``heading``, whose own words say ``said``."""
        number = _SECTION_NUMBER.match(heading)
        depth = len(number.group().strip(".").split(".")) if number else 0
        while self.stack and self.stack[-1][0] >= depth:
            self.stack.pop()
        if depth == 0:
            self.stack.clear()
        self.stack.append((depth, said or self.status))


@dataclass(slots=True)
class RunningStatus:
    """The status that runs on through a paragraph or list."""

    status: FactStatus = "actual"

    def after(self, view: View, cues: list[Cue], published: date | None) -> None:
        """Take the last cue of a sentence along; a list under a plan or a future year is a goal."""
        for cue in cues:
            if cue.status == "actual":
                self.status = "actual"
            elif cue.status == "target":
                self.status = "target"
        tokens = view.tokens
        if tokens and tokens[-1].text == ":":
            planned = any(_plans().longest(tokens, i) is not None for i in range(len(tokens)))
            done = any(cue.status == "actual" and cue.last - cue.first > 1 for cue in cues)
            future = any(_is_future(period, published) for period in view.sentence.periods)
            if (planned or future) and not done:
                self.status = "target"


@cache
def _plans() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("status")["plans"])


def goes_on(view: View) -> bool:
    """Whether a paragraph goes on with what the one before it lists (``Ngoài ra``, ``Về nhân lực``)."""
    return _continuing().longest(view.tokens, 0) is not None


@cache
def _continuing() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("status")["goes_on"])


def _is_future(period: Period, published: date | None) -> bool:
    if not period.iso:
        return False
    begin, end = int(period.iso[:4]), int(period.iso.split("/")[-1][:4])
    if published is None:
        return period.kind == "horizon"
    return (
        begin > published.year
        or (period.kind == "horizon" and end >= published.year)
        or (end > published.year and end - begin > 1)
    )


def status_of(
    reading: Reading,
    cues: list[Cue],
    running: FactStatus,
    published: date | None,
    own: list[Period],
    *,
    per: str | None,
) -> tuple[FactStatus, Ground]:
    """Status of a number, and whether its sentence says so, an earlier one does, or none.

    ``per``: for each of what it is given; a rule then makes it a norm.
    """
    distributed = per is not None
    first = reading.quantity.first
    end = reading.span[1]
    ruled = [cue.status for cue in cues if cue.last <= first and cue.status in ("norm", "actual")]
    if distributed and ruled[-1:] == ["norm"]:
        return "norm", "said"
    before = [cue for cue in cues if cue.last <= first]
    inside = [cue for cue in cues if first <= cue.first < end]
    goal = _horizon(reading, published, own)
    if before and any(cue.status == "need" for cue in before[-3:]):
        last_need = max(i for i, cue in enumerate(before) if cue.status == "need")
        later = before[last_need + 1 :]
        if all(cue.status == "target" for cue in later) and _reaches(
            reading.view, before[last_need], first, _NEED_REACH + 8 * bool(later)
        ):
            return "need", "said"
    for cue in reversed(before):
        if cue.status == "actual":
            planned = goal is not None and goal > cue.last and published is not None
            return ("target" if planned else "actual"), "said"
        if cue.status == "target":
            return "target", "said"
    if any(cue.status == "need" for cue in inside):
        return "need", "said"
    if goal is not None or any(cue.status == "target" for cue in inside[:1] or _behind(reading, cues)):
        return "target", "said"
    if distributed and _follows(reading.view) and not any(cue.status == "actual" for cue in cues):
        return "target", "said"
    if per == "year" and not reading.view.sentence.is_bullet:
        return "actual", "said"  # "Hằng năm, cả tỉnh có 300 sinh viên tốt nghiệp" among goals
    if running != "actual":
        return running, "inherited"
    return running, "said" if any(cue.status == "actual" for cue in cues) else "unsaid"


@cache
def _following() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("status")["following"])


def _follows(view: View) -> bool:
    """``Theo đó, mỗi xã lập 01 tổ``: what a plan just named has everybody do."""
    return _following().longest(view.tokens, 0) is not None


def _behind(reading: Reading, cues: list[Cue]) -> list[Cue]:
    """``500.000 lao động ở doanh nghiệp nhỏ sẽ được học``: the first cue behind a count in its clause."""
    view, last = reading.view, reading.span[1]
    told = [cue for cue in cues if cue.first >= last and view.same_clause(cue.first, reading.quantity.first)]
    if not told:
        return []
    between = range(last, told[0].first)
    apart = any(view.key(i) == "," or i in view.quantity_at for i in between)
    done = any(term.word.kind == "verb" for term in view.between(last, between.stop))
    return [] if apart or done else told[:1]


def _reaches(view: View, cue: Cue, first: int, reach: int) -> bool:
    gap = view.tokens[cue.last : first]
    if len(gap) > reach or any(token.text in ";:" for token in gap):
        return False
    # "nhân lực còn thiếu, toàn tỉnh có 116 cán bộ": a new clause says what there is.
    comma = max((i for i, token in enumerate(gap) if token.text == ","), default=None)
    return comma is None or not any(token.key in language("status")["states"] for token in gap[comma:])


def _horizon(reading: Reading, published: date | None, own: list[Period]) -> int | None:
    """Token index of a future horizon that stands before the number in its sentence."""
    sentence = reading.view.sentence
    for period in reversed(own):
        if not _is_future(period, published):
            continue
        if period.start > reading.quantity.start and not _closes(reading, period.start):
            continue
        return next((i for i, t in enumerate(sentence.tokens) if t.start >= period.start), None)
    return None


def _closes(reading: Reading, start: int) -> bool:
    """Whether a horizon behind the number stands in its own phrase."""
    tokens = reading.view.tokens
    end = tokens[reading.span[1] - 1].end if reading.span[1] > 0 else 0
    return start < end + 2
