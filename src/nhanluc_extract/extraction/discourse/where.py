"""Whose a count is."""

from __future__ import annotations

from dataclasses import dataclass

from nhanluc_extract.extraction.sentence.placing import follows_noun, is_school, owns_none_inside
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.several_places import above_both, provinces_in
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.gazetteer import place_words
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.words import keys, words_of

_OPENING = 10  # tokens up to the end of a date that opens a sentence, a paper's name before it
_ORGANISATION = "organisation {}"  # the body last named whose name begins with a word (trường, bệnh)


@dataclass(frozen=True, slots=True)
class Where:
    """Scope of a fact, what lies below the province, the province, and the level that a team's name says."""

    scope: str
    place: str | None = None
    province: str | None = None
    inferred: bool = False
    named_level: str | None = None


def province_of_heading(view: View) -> Where | None:
    """The one province a heading names: that of what stands under it."""
    provinces = provinces_in(view)
    return Where("province", None, provinces.pop()) if len(provinces) == 1 else None


def kinds_of(view: View, mention: Mention) -> list[str]:
    """The kinds by which later words take a place or body up: no *cả xã* goes back to a village."""
    villages = tuple(place_words()["types"]["village"])
    if mention.level == "commune" and mention.name.lower().startswith(villages):
        return ["village"]
    kinds = ["team" if mention.is_team else mention.level]
    if mention.level == "organisation":
        kinds.append(_ORGANISATION.format(view.key(mention.first)))
        kinds.append("school" if is_school(view, mention) else "office" if mention.territorial else "firm")
    if mention.level in ("district", "commune"):
        kinds.append("city")
    return kinds


def kinds_taken_up(view: View, mention: Mention) -> list[str]:
    """The kinds that a bare word for a body may take up, likeliest first; *công ty* takes up no school."""
    kinds = [_ORGANISATION.format(view.key(at)) for at in range(mention.last - 1, mention.first - 1, -1)]
    if words_of("organisations", "firms_again").longest(view.tokens, mention.first) is not None:
        kinds.append("firm")
    alike = words_of("organisations", "of_their_kind").longest(view.tokens, mention.first) is not None
    return kinds if alike else [*kinds, "organisation"]


def tells_of_case(view: View) -> bool:
    """``“Có lớp ở huyện A học viên phải ngủ lại”, ông kể.``: a place of which nothing else is told."""
    first = next((i for i, token in enumerate(view.tokens) if token.text[0].isalpha()), 0)
    return words_of("names", "cases").longest(view.tokens, first) is not None


def opening_date(view: View) -> int:
    """``Sáng 20-7-2024, tại A, Trường B …``: how many tokens the date has that a sentence opens with."""
    dated = (view.token_from(period.end) for period in view.sentence.periods)
    return next((end for end in dated if end <= _OPENING), 0)


def describes_place(view: View, mention: Mention) -> bool:
    """``Bắc Ninh, nơi đặt nhà máy của A, là …``: what an aside says that a place has."""
    return view.key(view.mark_before(",", mention.first) + 1) in keys("names", "where")


def is_located(view: View, mention: Mention) -> bool:
    """Whether a place inside the phrase of a count says where those counted are."""
    if mention.again or mention.level in ("district", "commune", "province"):
        return True
    locative, first = words_of("names", "locative"), mention.first
    hits = (locative.longest(view.tokens, at, first) for at in range(max(first - 3, 0), first))
    return any(hit is not None and hit[0] == first for hit in hits)


def located_inside(reading: Reading) -> list[Mention]:
    """The places in the phrase of a count that say where those counted are; of two the one above both."""
    view, within = reading.view, reading.view.mentions_in(*reading.span)
    return above_both(view, within) or [
        mention
        for mention in within
        if (is_located(view, mention) or follows_noun(reading, mention))
        and not owns_none_inside(reading, mention)
    ]
