"""What an announcement says once for all that it lists, and who is to be taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.datings import governing_periods
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie

_YEAR = re.compile(r"20[0-5]\d")


def _headings(fields: Fields, claim: Claim) -> list[View]:
    """The heading above a claim, if there is one."""
    heading = claim.reading.view.sentence.heading
    return [fields.discourse.views[heading]] if heading is not None else []


def _notices(fields: Fields, claim: Claim) -> Iterator[View]:
    """The heading above a claim, the headline and the lead, where they announce what its frame lists."""
    # "trường tuyển 140 sinh viên" is announced, "trường có 140 sinh viên" is not.
    planned = "status" in claim.frame.set or any(t.is_a("recruits") for t in claim.reading.trigger)
    if not claim.frame.notice or not planned:
        return
    own = claim.reading.view.sentence
    for view in (*_headings(fields, claim), *fields.discourse.announcing):
        if view.sentence.index < own.index and not view.classes.isdisjoint(claim.frame.notice):
            yield view


def status_of_notice(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """How many an announcement says are to be taken in is a goal."""
    got = claim.reading.view.key(claim.reading.hedge_first - 1) in linking("got")  # "tuyển được 43 sinh viên"
    announced = found.source == "unsaid" and not got and any(True for _ in _notices(fields, claim))
    return Settled("target", "notice") if announced else None


def status_of_places(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``kỳ tuyển dụng có 26 chỉ tiêu cán bộ CNTT``: places to be filled are a goal."""
    places = any(term.is_a("quota") for term in claim.reading.phrase_terms)
    return Settled("target", "quota") if places and found.source == "unsaid" else None


def status_of_admission(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Năm nay, trường tuyển 2.000 sinh viên``: whom a school takes in this year it plans to.

    So does a firm in a headline (``Hãng A tuyển 300 kỹ sư``).
    """
    published, reading = fields.discourse.document.published, claim.reading
    taken = reading.trigger[-1] if reading.trigger else None
    if found.source != "unsaid" or taken is None or not taken.is_a("recruits"):
        return None
    hit = _admitting().longest(reading.view.tokens, taken.first)
    if hit is None or hit[0] != reading.hedge_first:
        return None
    wanted = claim.indicator.to_recruit
    if wanted is not None and reading.view.sentence.zone == "title":
        return Settled(wanted, "admission")
    students = any(term.is_a("student_noun") for term in reading.counted)
    own = [period.iso for period in claim.setting.periods]
    this_year = published is not None and str(published.year) in own
    return Settled("target", "admission") if students and this_year else None


@cache
def _admitting() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(language("status")["admitting"])


def year_of_notice(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """The year that is announced, in its own sentence (``Mùa tuyển sinh 2024, …``) or before."""
    if found.value is not None:
        return None
    own, first = claim.reading.view, claim.reading.quantity.first
    announced = claim.frame.notice
    if announced and any(not term.classes.isdisjoint(announced) for term in own.between(0, first)):
        bare = (token for i, token in enumerate(own.tokens[:first]) if not own.is_dated(i))
        years = [token.text for token in bare if _YEAR.fullmatch(token.text)]
        if years:
            return Settled(years[0], "notice")
    for view in _notices(fields, claim):
        years = [period.iso for period in governing_periods(view)]
        years += [token.text for token in view.tokens if _YEAR.fullmatch(token.text)]
        if years:
            return Settled(years[0], "notice")
    return None


def degree_of_notice(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """The level of study that the announcement is for."""
    if found.value is not None:
        return None
    notices = list(_notices(fields, claim))
    # "I. Hệ cao đẳng (2,5 năm)": a heading of an announcement names the level of what stands below it
    above = [*_headings(fields, claim), *notices] if notices else []
    for terms in (_told_before(claim), *(view.terms for view in above)):
        degrees = {term.word.degree for term in terms if term.word.degree}
        if len(degrees) == 1:
            return Settled(degrees.pop(), "notice")
    return None


def _told_before(claim: Claim) -> Sequence[Term]:
    """``Tuyển sinh đại học năm 2025, trường tuyển 120 chỉ tiêu``: its own sentence announces it too."""
    terms = claim.reading.view.between(0, claim.reading.quantity.first)
    announced = (not term.classes.isdisjoint(claim.frame.notice) for term in terms)
    pairs = zip(pairwise(terms), announced, strict=False)
    return [level for (word, level), is_notice in pairs if is_notice and word.last == level.first]
