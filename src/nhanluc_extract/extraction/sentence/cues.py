"""Words that say fact, goal, need or norm, and how far the status they give runs on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.operators import Operator
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import FactStatus, Period
from nhanluc_extract.text.dates import bounds
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize

_MONTH = len("2024-10")
_SOON = timedelta(days=183)  # a month farther off is rather that of the year before

_SECTION_NUMBER = re.compile(r"(?:\d{1,2}\.)+\d*")
_PART_NUMBER = re.compile(r"[IVX]{1,5}\s*[.)]")  # over the sections of figures
_UNNUMBERED = 9  # deeper than any number


@cache
def _heading_cues() -> SurfaceTrie[str]:
    trie: SurfaceTrie[str] = SurfaceTrie()
    for status, surfaces in language("status")["headings"].items():
        for surface in surfaces:
            trie.add(surface, status)
    return trie


def find_cues(view: View) -> list[Operator]:
    """Words of a sentence that say what its numbers are, in text order."""
    told = (o for o in view.operators("status") if not (_is_in_name(view, o.first) or _opens_name(view, o)))
    return [o for o in told if not _is_of_source(view, o)]


def _is_of_source(view: View, cue: Operator) -> bool:
    """``Theo đề án vừa được tỉnh phê duyệt, đến năm 2026 …``: what was done with a plan, not what it says."""
    opened = 0 in view.attributed and cue.first > 0
    return cue.value == "actual" and opened and cue.last in view.attributed


def _is_in_name(view: View, first: int) -> bool:
    """``Cần Thơ``, ``Phạm Văn Sắp``: a capital inside the name of a place or behind another of its name."""
    token = view.tokens[first]
    if not token.text[0].isupper():
        return False
    name = view.mention_at(first)
    placed = name is not None and not name.again
    before = view.tokens[first - 1] if first else None
    named = before is not None and before.text[0].isupper() and before.end + 1 == token.start
    return placed or (named and not token.text.isupper())


def _opens_name(view: View, need: Operator) -> bool:
    """``Cần Giờ mở 2 lớp``: a word of need with a capital, in front of another that opens no name itself."""
    if need.value != "need" or need.last != 1 or len(view.tokens) == 1:
        return False
    word, behind = view.tokens[:2]
    return behind.text.istitle() and behind.start == word.end + 1 and view.mention_at(1) is None


def heading_status(text: str, view: View, published: date | None) -> FactStatus | None:
    """What a sub-heading says of the numbers under it, by its words or by a horizon to come."""
    tokens = tokenize(text)
    for first, _, (status, *_) in _heading_cues().find(tokens):
        # "Đầu ra và nhu cầu của thị trường" tells of needs among other things.
        if status != "need" or first <= 1 or _SECTION_NUMBER.match(text):
            return status  # type: ignore[return-value]
    return "target" if any(is_future(period, published) for period in view.sentence.periods) else None


@dataclass(slots=True)
class Sections:
    """The statuses that the headings above a line give it: ``2.1`` stays under ``2``, and ``2`` under ``II``.

    Where sections are numbered, a heading without a number stands under them.
    """

    stack: list[tuple[int, FactStatus]] = field(default_factory=list)

    @property
    def status(self) -> FactStatus:
        return self.stack[-1][1] if self.stack else "actual"

    def enter(self, heading: str, said: FactStatus | None) -> None:
        """Enter the section of ``heading``, whose own words say ``said``."""
        depth = _depth(heading)
        if depth == 0 and any(level for level, _ in self.stack):
            depth = _UNNUMBERED
        while self.stack and self.stack[-1][0] >= depth:
            self.stack.pop()
        self.stack.append((depth, said or self.status))


def _depth(heading: str) -> int:
    """How deep a numbered heading stands; 0 for one without a number."""
    if _PART_NUMBER.match(heading):
        return 1
    number = _SECTION_NUMBER.match(heading)
    return 1 + len(number.group().strip(".").split(".")) if number else 0


@dataclass(slots=True)
class RunningStatus:
    """The status that runs on through a paragraph or list."""

    status: FactStatus = "actual"

    def after(self, view: View, cues: list[Operator], published: date | None) -> None:
        """Take the last cue of a sentence along; a list under a plan or a future year is a goal."""
        tokens = view.tokens
        for cue in cues:
            # "(mục tiêu nâng lên 700 người)": an aside runs on nowhere.
            aside = view.in_bracket(cue.last - 1) and view.has_mark(")", cue.last, len(tokens))
            if cue.value == "actual":
                self.status = "actual"
            elif cue.value == "target" and not (aside or _is_of_figure(view, cue)):
                self.status = "target"
        if tokens and tokens[-1].text == ":":
            planned = any(view.key(at - 1) not in _compared() for at in view.begun(_plans()))
            done = any(cue.value == "actual" and cue.last - cue.first > 1 for cue in cues)
            future = any(is_future(period, published) for period in view.sentence.periods)
            if (planned or future) and not done:
                self.status = "target"


def _is_of_figure(view: View, cue: Operator) -> bool:
    """``còn xa mức 60% mà kế hoạch năm nay đặt ra``: the goal that a figure before it is."""
    ends = all(not token.text[0].isalnum() for token in view.tokens[cue.last :])
    return ends or view.key(cue.first - 1) in linking("relative")


@cache
def _plans() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("status")["plans"])


@cache
def _compared() -> frozenset[str]:
    return frozenset(language("status")["compared"])


def goes_on(view: View) -> bool:
    """Whether a paragraph goes on with what the one before it lists (``Ngoài ra``, ``Về nhân lực``)."""
    return _continuing().longest(view.tokens, 0) is not None


@cache
def _continuing() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("status")["goes_on"])


def is_future(period: Period, published: date | None) -> bool:
    """Whether a period ends, or a horizon lies, behind the article's own date."""
    if not period.iso:
        return False
    begin, end = int(period.iso[:4]), int(period.iso.split("/")[-1][:4])
    if published is None:
        return period.kind == "horizon"
    first = bounds(period.iso)[0] if len(period.iso) == _MONTH else None
    return (
        begin > published.year
        or (first is not None and published < first <= published + _SOON)
        or (period.kind == "horizon" and end >= published.year)
        or (end > published.year and end - begin > 1)
    )
