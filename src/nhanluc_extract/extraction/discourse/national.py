"""Whether a figure is the country's own, or an industry's."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.firms import acts_before
from nhanluc_extract.extraction.sentence.placing import is_of_school
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.gazetteer import place_words
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.words import words_of
from nhanluc_extract.text.tokens import SurfaceTrie


def names_country(view: View) -> bool:
    """Whether a sentence names the country."""
    return any(mention.level == "national" for mention in view.mentions)


def is_national(reading: Reading, national: Mapping[str, SurfaceTrie[bool]], *, leads: bool) -> bool:
    """Whether the country's own is told of, or an industry.

    Where a province ``leads`` the article, an industry is the country's only if its name says so.
    """
    industries = national["industries"]
    if _tells_of(reading, words_of("names", "government")) or _tells_of(reading, national["schemes"]):
        return True
    if is_of_school(reading):
        return False  # "ngành Công nghệ thông tin lấy 270 chỉ tiêu": a major
    return _is_of_country(reading, industries) if leads else _tells_of(reading, industries)


def is_ministry_acting(reading: Reading, body: Mention) -> bool:
    """``Cục A đã tổ chức 47 lớp``: a ministry or one of its departments, as the subject of a number."""
    view = reading.view
    owns = view.key(body.first - 1) in linking("possessive")  # "khóa học của Bộ A được tỉnh khai thác"
    named = view.key(body.first) in place_words()["heads"]["national"]
    return named and not owns and acts_before(view, body, reading.quantity.first)


def _tells_of(reading: Reading, words: SurfaceTrie[bool]) -> bool:
    """``Thị trường cần 20.000 kỹ sư``: whether the clause names one of ``words`` before the number."""
    view, first = reading.view, reading.quantity.first
    named = takewhile(lambda index: index < first, view.begun(words))
    return any(view.same_clause(index, first) for index in named)


def _is_of_country(reading: Reading, industries: SurfaceTrie[bool]) -> bool:
    """``Công nghiệp công nghệ số Việt Nam có``: an industry with the country's name behind it."""
    view, first = reading.view, reading.quantity.first
    return any(
        mention.level == "national"
        and mention.last <= first
        and view.same_clause(mention.first, first)
        and view.phrase_before(industries, mention.first) is not None
        for mention in view.mentions
    )
