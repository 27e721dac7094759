"""The diploma of those who are counted."""

from __future__ import annotations

from nhanluc_extract.extraction.facts.fields.headline import filled_from_body
from nhanluc_extract.extraction.facts.fields.named import (
    by_words,
    filled,
    of_total,
    values_of,
    without_names,
)
from nhanluc_extract.extraction.facts.fields.notice import degree_of_notice
from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.text.hedges import trailing_qualifier

_ABOVE = "_or_above"  # what makes of a degree the open class above it
_TOPIC_REACH = 5  # tokens that a sentence opens with
_ABOVE_REACH = 8  # tokens from a diploma to the words that open its class


def _degree(fields: Fields, claim: Claim) -> set[str] | None:
    reading = claim.reading
    labelled = _labelling_degree(reading)
    if labelled:
        return labelled
    own = [] if _shares_noun_before(reading) else reading.counted
    said = without_names(reading, reading.view.between(*reading.span))
    said = [t for t in said if t.is_a("degree_word") or _is_predicate(reading.view, t)]
    values = _with_above(fields.pack, reading, [*own, *said])
    certified = any(t.is_a("diploma") for t in reading.view.between(*reading.span))
    if not values and certified and reading.parent is None:
        return None  # "12 người tốt nghiệp đại học, 30 người có chứng chỉ": no degree of their own
    item = [t for t in without_names(reading, reading.item_terms) if not _is_title(reading.view, t)]
    return values or _with_above(fields.pack, reading, item)


def _shares_noun_before(reading: Reading) -> bool:
    """Whether the noun is that of a number before; ``từ 150 lên 500 kỹ sư`` are engineers both."""
    source = reading.source
    if source is None or reading.counted is not source.counted:
        return False
    return source.view is not reading.view or source.index < reading.index


def _is_title(view: View, term: Term) -> bool:
    """``TS Phan Quốc Lân: Đến năm 2030 phải có 5.000 nhân lực``: what somebody's name begins with."""
    behind = view.tokens[term.last].text if term.last < len(view.tokens) else ""
    return term.is_a("degree_word") and behind[:1].isupper() and not behind.isupper()


def _is_predicate(view: View, term: Term) -> bool:
    """``60% trong số này là kỹ sư phần mềm``: what the counted are said to be."""
    return view.key(term.first - 1) in linking("copula")


def _with_above(pack: RulePack, reading: Reading, terms: list[Term]) -> set[str]:
    """``đại học CNTT trở lên``: a diploma with its subject between it and *trở lên*."""
    values = values_of(terms, "degree")
    tokens = reading.view.tokens
    for term in terms:
        open_end = f"{term.word.degree}{_ABOVE}"
        if open_end not in pack.order["degree"]:
            continue
        stop = next((i for i in range(term.last, len(tokens)) if not tokens[i].text.isalnum()), len(tokens))
        near = range(term.last, min(stop, term.last + _ABOVE_REACH))
        if any(trailing_qualifier(tokens, i) == "at_least" for i in near):
            values = values - {term.word.degree or ""} | {open_end}
    return values


def _labelling_degree(reading: Reading) -> set[str]:
    """Degree named right before a number of people (``thạc sĩ: 6 người``, ``đại học 112 người``)."""
    view = reading.view
    at = reading.hedge_first
    while at > 0 and view.key(at - 1) in linking("label_links"):
        at -= 1
    named: list[Term] = []
    while (term := next((t for t in view.between(0, at) if t.last == at), None)) and term.is_a("degree_word"):
        named.append(term)
        at = term.first
        if view.key(at - 1) in linking("conjunctions") or _joins_labels(view, at - 1):
            at -= 1
    return values_of(named, "degree")


def _joins_labels(view: View, index: int) -> bool:
    """``Cao đẳng, trung cấp: 34 người``: a comma behind a label that follows no number of its own."""
    before = view.ending_at(index)
    if view.key(index) != "," or before is None or not before.is_a("degree_word"):
        return False
    return before.first - 1 not in view.quantity_at


def _of_topic(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Ở bậc đại học, trường tuyển 400 sinh viên``: what a sentence opens with holds for what it counts."""
    view = claim.reading.view
    opens = view.key(0) in linking("topics") | linking("of_studies")
    if found.value is not None or not opens or any(map(view.is_number, range(_TOPIC_REACH))):
        return None
    opening = without_names(claim.reading, view.between(0, _TOPIC_REACH))
    return filled(fields.pack.joined("degree", values_of(opening, "degree")), "topic")


def _of_programme(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Chương trình thạc sĩ Kỹ thuật phần mềm đã đào tạo 100 học viên``: what those learn for."""
    view, first = claim.reading.view, claim.reading.quantity.first
    if found.value is not None or not any(
        t.is_a("course_people", "student_noun") for t in claim.reading.counted
    ):
        return None
    taught = (
        term
        for term in view.between(0, first)
        if term.is_a("degree_word") and view.phrase_before(phrases("programmes"), term.first) is not None
    )
    return filled(fields.pack.joined("degree", values_of(taught, "degree")), "programme")


LAYERS = {
    "words": by_words("degree", _degree),
    "topic": _of_topic,
    "programme": _of_programme,
    "total": of_total("degree"),
    "notice": degree_of_notice,
    "headline": filled_from_body("degree"),
}
