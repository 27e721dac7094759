"""Whether a figure is told of Vietnam or of somewhere abroad."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from nhanluc_extract.extraction.sentence.connectors import linking, pairs
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.foreign import find_foreign_firms, names_foreign_firm
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.words import by_level, keys, words_of

_TOPIC = 8  # tokens at the head of a sentence that tell where it plays
_MANY = 5  # places that an article names before they tell where it plays
_MOST = 0.75  # of them, abroad


def is_foreign(reading: Reading, before: View | None, *, plays_abroad: bool) -> bool:
    """Whether the place named nearest is abroad.

    It is looked for in the number's clause, then in its sentence. Where none is named there, the
    sentence ``before`` it tells if its head names a place, and none at home, and then the article if it
    opens abroad and mostly plays there, or tells of foreign firms.
    """
    if reading.noun.is_row:
        return False
    if _is_of_those_abroad(reading):
        return True
    if _is_staff_at_home(reading, before):
        return False
    view, first = reading.view, reading.quantity.first
    places = [
        (i, abroad)
        for i, abroad in _named(view)
        if not (_is_spread(view, i) and _has_firm_at_home(reading, before))
    ]
    own = [(i, abroad) for i, abroad in places if view.same_clause(i, first) and i < reading.span[1]]
    if own:
        return all(abroad for _, abroad in own)
    told = _nearest([(i, abroad) for i, abroad in places if not view.is_number(i - 1)], first)
    if told is not None:
        return told
    again = "firm_again" in view.classes and any(
        t.is_a("firm_again") and view.same_clause(t.first, first) for t in view.terms
    )
    if again and _has_firm_at_home(reading, before):
        return False
    named = _named_with_firms if again else _named
    said = named(before) if before is not None else []
    if said and (said[0][0] < _TOPIC or _takes_up_place(reading)):
        return all(abroad for _, abroad in said)
    return plays_abroad


def plays_abroad(views: Iterable[View]) -> bool:
    """Whether an article opens abroad and mostly plays there, or tells of foreign firms."""
    every = [abroad for view in views for _, abroad in _named_with_firms(view)]
    return len(every) >= _MANY and every[0] and sum(every) >= _MOST * len(every)


def _is_of_those_abroad(reading: Reading) -> bool:
    """``25.000 nhân viên (của) Huawei``, ``700 kỹ sư Hàn Quốc``: a firm or a country behind its people."""
    view = reading.view
    behind = max((t.last for t in reading.counted), default=reading.quantity.last)
    generic = bool(reading.counted) and all(term.word.generic for term in reading.counted)
    owned = view.key(behind) in linking("possessive")
    at = behind + (owned or (generic and view.key(behind) in keys("names", "at")))  # "20.000 người ở Mỹ"
    if any(first in (behind, at) for first, _ in view.abroad) or _live_overseas(reading):
        return True
    return names_foreign_firm(view.tokens, behind + owned)


def _live_overseas(reading: Reading) -> bool:
    """``4,5 triệu người Việt đang sống ở nước ngoài``: people who live abroad, wherever that is."""
    view, last = reading.view, reading.quantity.last
    own = [term for term in reading.counted if term.first >= last]
    if any(verb.is_a("train") for verb in reading.verb) or not all(term.word.generic for term in own):
        return False
    return any(
        view.key(i - 1) in keys("names", "at") and view.same_clause(i, last - 1)
        for i in view.begun(words_of("names", "overseas"))
        if i > last and not any(view.is_number(at) for at in range(last, i))
    )


def _is_staff_at_home(reading: Reading, before: View | None) -> bool:
    """``Viettel hiện có 300 kỹ sư``: who works for a firm of ours, wherever they are.

    ``Công ty có …`` is said of the firm that the sentence ``before`` names.
    """
    view, first = reading.view, reading.quantity.first
    works = not reading.counted_classes.isdisjoint(("manpower", "workers"))
    if not works or any(verb.is_a("train") for verb in reading.verb):
        return False
    own = [m for m in view.mentions if m.last <= first and view.same_clause(m.first, first)]
    taken_up = before.mentions if before is not None and any(m.again for m in own) else []
    return any(m.nationwide for m in (*own, *taken_up))


def _is_spread(view: View, index: int) -> bool:
    """``tại 6 quốc gia``, ``trên toàn cầu``: where the people of one firm may be."""
    return view.is_number(index - 1) or view.key(index - 1) in keys("names", "throughout")


def _has_firm_at_home(reading: Reading, before: View | None) -> bool:
    """``VNG có 4.200 nhân viên tại 6 quốc gia``: a firm of ours, in whatever countries its people are.

    ``Hiện công ty có …`` is said of the firm that the sentence ``before`` names.
    """
    view, first = reading.view, reading.quantity.first
    subjects = [t for t in view.terms if t.first < first and view.same_clause(t.first, first)]
    named = [t for t in subjects if t.is_a("firms")]
    if not named and before is not None and any(t.is_a("firm_again") for t in subjects):
        view, named = before, [t for t in before.terms if t.is_a("firms")]
    foreign = find_foreign_firms(view.tokens) if named else ()  # "hãng công nghệ Infosys" is one too
    return any(t.first not in foreign and t.last not in foreign for t in named)


def _takes_up_place(reading: Reading) -> bool:
    """``30 lao động Việt Nam đang làm việc tại đây``: where the sentence before plays."""
    view = reading.view
    keys = [token.key for token in view.tokens]
    return any(pair in pairs("here") for pair in pairwise(keys))


@lru_cache(maxsize=2)
def _named(view: View) -> list[tuple[int, bool]]:
    """Where a place is named, and whether it lies abroad, in the order of the text."""
    home = {
        m.first for m in view.mentions if m.province or m.level == "national" or _has_country_in_name(view, m)
    }
    origins = _origins(view)
    told = (first for first, _ in view.abroad if not _is_joined_to_home(view, first) and first not in origins)
    return sorted([*((first, False) for first in home), *((first, True) for first in told)])


def _origins(view: View) -> frozenset[int]:
    """``giáo sư từ Mỹ, Úc``: where somebody came from."""
    origins: set[int] = set()
    ends = {last: first for first, last in view.abroad}
    for first, _ in sorted(view.abroad):
        listed = view.key(first - 1) in linking("joins") and ends.get(first - 1) in origins
        if listed or view.key(first - 1) in keys("names", "from"):
            origins.add(first)
    return frozenset(origins)


def _is_joined_to_home(view: View, first: int) -> bool:
    """``hàng đầu Việt Nam và thế giới``: what is joined to a place at home goes with it."""
    home = view.mention_ending(first - 1) if view.key(first - 1) in linking("joins") else None
    return home is not None and (home.province is not None or home.level == "national")


def _has_country_in_name(view: View, mention: Mention) -> bool:
    """``Chính phủ Việt Nam``, ``Samsung Việt Nam``: a body with the country in its name."""
    levels = (
        by_level("words").longest(view.tokens, i, mention.last) for i in range(mention.first, mention.last)
    )
    return any(found is not None and "national" in found[1] for found in levels)


def _named_with_firms(view: View) -> list[tuple[int, bool]]:
    return sorted([*_named(view), *((first, True) for first in find_foreign_firms(view.tokens))])


def _nearest(places: Sequence[tuple[int, bool]], first: int) -> bool | None:
    before = [abroad for index, abroad in places if index < first]
    return before[-1] if before else next((abroad for index, abroad in places if index > first), None)
