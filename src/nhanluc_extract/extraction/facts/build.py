"""Facts out of claims and their settled fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from nhanluc_extract.extraction.discourse.evidence import Evidence
from nhanluc_extract.extraction.discourse.where import Where
from nhanluc_extract.extraction.facts.fields.period import INHERITED
from nhanluc_extract.extraction.facts.fields.resolver import Fields
from nhanluc_extract.extraction.facts.links import flags_between
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.qualifiers import qualifier_of
from nhanluc_extract.model import Fact
from nhanluc_extract.places.lists import ProvinceList, province_list
from nhanluc_extract.text.dates import bounds

_TOLD_MUCH = 3  # facts of an article that it tells in so many words, from which on it is of the field


def build_facts(fields: Fields) -> list[Fact]:
    """The facts of all claims, in text order."""
    discourse = fields.discourse
    chooser = ProvinceList(discourse.document, [view.mentions for view in discourse.views.values()])
    facts = [_fact(fields, claim, chooser) for claim in fields.claims]
    flags = flags_between(facts, fields.claims)
    return [replace(fact, flags=(*fact.flags, *flags[index])) for index, fact in enumerate(facts)]


def moved(facts: Sequence[Fact], characters: int, number: int) -> list[Fact]:
    """``facts`` of a piece as those of the article in which so many characters and facts stand before it."""
    return [
        replace(
            fact,
            start=fact.start + characters,
            end=fact.end + characters,
            parent=None if fact.parent is None else fact.parent + number,
        )
        for fact in facts
    ]


def _fact(fields: Fields, claim: Claim, chooser: ProvinceList) -> Fact:
    text, reading = fields.discourse.document.text, claim.reading
    quantity, sentence = reading.quantity, reading.view.sentence
    start, end = text.to_raw(quantity.start, quantity.end)
    shown = slice(*text.to_raw(sentence.start, sentence.end))
    where: Where = fields.value(claim, "where")
    named = province_list(chooser, where.province)
    period = fields.value(claim, "period")
    period_start, period_end = bounds(period)
    total = fields.total(claim)
    return Fact(
        start=start,
        end=end,
        quote=_quote(fields, claim),
        sentence=text.raw[shown],
        zone=sentence.zone,
        indicator=claim.taken.indicator,
        value=quantity.value,
        unit=claim.unit,
        rule=claim.frame.id,
        high=quantity.high,
        of=quantity.of,
        per=fields.value(claim, "per"),
        qualifier=qualifier_of(reading),
        status=fields.value(claim, "status"),
        degree=fields.value(claim, "degree"),
        role=fields.value(claim, "role"),
        level=fields.value(claim, "level"),
        group=fields.value(claim, "group"),
        scope=where.scope,
        place=where.place,
        province=where.province,
        province_code=named.code,
        province_list=named.list,
        province_now=named.now,
        province_now_code=named.now_code,
        period=period,
        period_start=period_start,
        period_end=period_end,
        parent=fields.position(total) if total is not None else None,
        evidence=claim.taken.evidence.name,
        flags=tuple(_flags(fields, claim)),
        sources=fields.sources(claim),
    )


def _quote(fields: Fields, claim: Claim) -> str:
    text, reading = fields.discourse.document.text, claim.reading
    end = reading.quantity.end
    own = (term for term in reading.counted if reading.view.term_at.get(term.first) is term)
    behind = [term for term in own if term.first >= reading.quantity.last]
    if behind and reading.source is None:
        end = reading.view.tokens[behind[-1].last - 1].end
    return text.raw[slice(*text.to_raw(reading.quantity.hedge_start, end))]


def _flags(fields: Fields, claim: Claim) -> list[str]:
    where: Where = fields.value(claim, "where", "several")
    flags = {
        "weak_evidence": claim.rests_on > _widest_stated(fields, claim),
        "scope_inferred": where.inferred,
        "period_inherited": fields.get(claim, "period").source in INHERITED,
        "status_inherited": fields.get(claim, "status", "row").source in ("running", "total"),
    }
    return [name for name, is_set in flags.items() if is_set]


def _widest_stated(fields: Fields, claim: Claim) -> Evidence:
    """The widest evidence that is stated: an article that tells a fact in so many words may tell more.

    One that tells many, or is about the field, may leave them to its theme.
    """
    told = (other for other in fields.claims if other.rests_on <= Evidence.list)
    number = sum(1 for _ in islice(told, _TOLD_MUCH))
    if number == _TOLD_MUCH or (number and fields.discourse.is_about):
        return Evidence.article
    return Evidence.paragraph if number else Evidence.sentence
