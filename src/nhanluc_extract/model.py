"""What flows through the program: articles, sentences, quantities, facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Zone = Literal["title", "lead", "body", "caption", "furniture"]
Qualifier = Literal["exact", "over", "under", "about", "at_least", "at_most", "range"]
FactStatus = Literal["actual", "target", "need", "norm"]


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it was read; ``text`` is the decoded text all offsets point into."""

    source: str
    text: str
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that could not be read, and what to do about it."""

    source: str
    reason: str


class Token(NamedTuple):
    """A syllable, a run of digits or one mark of punctuation, with offsets in the clean text.

    ``key`` is what it is found by; ``short`` too, where it may be an abbreviation.
    """

    start: int
    end: int
    text: str
    key: str
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the clean text, its offsets and what it is on the page."""

    start: int
    end: int
    text: str
    zone: Zone
    is_heading: bool = False
    is_bullet: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number expression: its value and its tokens ``[first, last)`` within a sentence.

    ``kind`` is ``count``, ``percent`` or ``zero`` for what may be a fact; any other kind names what
    the number is instead (``date``, ``document``, ``money`` ...). ``start`` and ``end`` are clean
    offsets of the number itself, ``hedge_start`` of its hedge. One that ``needs_noun`` is the name of
    the noun before it (``lớp 11``) unless a noun that is counted stands right behind it.
    """

    kind: str
    start: int
    end: int
    first: int
    last: int
    hedge_start: int
    value: Decimal = Decimal(0)
    high: Decimal | None = None
    of: Decimal | None = None
    of_end: int | None = None
    qualifier: Qualifier = "exact"
    in_words: bool = False
    needs_noun: bool = False

    @property
    def is_candidate(self) -> bool:
        return self.kind in ("count", "percent", "zero")


@dataclass(frozen=True, slots=True)
class Period:
    """An ISO 8601 period, and the clean span it stands at."""

    iso: str
    start: int
    end: int
    kind: str = "date"


@dataclass(frozen=True, slots=True)
class Fact:
    """One count in an article, as ANNOTATION calls for it; ``start`` and ``end`` are raw offsets.

    ``sources`` says of each field where it was found: in its own ``words``, with its ``total`` …
    """

    start: int
    end: int
    quote: str
    sentence: str
    zone: Zone
    indicator: str
    value: Decimal
    unit: str
    rule: str
    high: Decimal | None = None
    of: Decimal | None = None
    per: str | None = None
    qualifier: Qualifier = "exact"
    status: FactStatus = "actual"
    degree: str | None = None
    role: str | None = None
    level: str | None = None
    group: str | None = None
    scope: str = "province"
    place: str | None = None
    province: str | None = None
    province_code: str | None = None
    province_list: str | None = None
    province_now: str | None = None
    province_now_code: str | None = None
    period: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    parent: int | None = None
    evidence: str = "phrase"
    flags: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
