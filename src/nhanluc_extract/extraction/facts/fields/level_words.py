"""Words that name an administrative level, and how they stand to what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from nhanluc_extract.extraction.facts.fields.named import subject_of, values_of, without_names
from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.words import keys

_LOCATED_REACH = 3  # tokens from *ở* to the bodies where something is (ở khắp các ấp)


def is_reached(view: View, term: Term) -> bool:
    """``241.400 đoàn viên về xã, phường``: where they go says not whose they are."""
    first = term.first - (view.key(term.first - 1) in linking("several"))
    return term.is_a("body") and view.key(first - 1) in linking("as_far_as")


def joined_behind(reading: Reading) -> list[Term]:
    """``1.046 tổ cấp xã và cấp thôn``: levels joined to the last of the phrase.

    So are bodies in number, or their offices (``tại các sở và UBND 7 huyện``).
    """
    view, end = reading.view, reading.span[1]
    if view.key(end) not in linking("conjunctions"):
        return []
    at = end + 1 + (view.key(end + 1) in linking("offices"))
    number = view.quantity_at.get(at)
    last, behind = view.ending_at(end), view.term_at.get(at if number is None else number.last)
    kind = "level_words" if number is None else "body"
    joins = last is not None and behind is not None and last.is_a(kind) and behind.is_a(kind)
    return [behind] if behind is not None and joins else []


def item_with_joined(reading: Reading) -> list[Term]:
    """``các cơ quan cấp tỉnh, cấp huyện cần 31 cán bộ``: levels joined before the item are its own."""
    view, left = reading.view, reading.left
    while left > 1 and view.key(left - 1) in linking("joins"):
        joined = view.ending_at(left - 1)
        if joined is None or is_of_other(reading, joined):
            break
        several = joined.is_a("body") and view.key(joined.first - 1) in linking("several")
        if not (_names_level(view, joined) or several):
            break
        left = joined.first
    return view.between(left, reading.quantity.first)


def is_of_other(reading: Reading, level: Term) -> bool:
    """``75 đội cấp xã và 3 đội``, ``75 đội ở xã, phường, 3 đội``: a level behind teams is that of these."""
    view, first = reading.view, level.first
    while view.key(first - 1) in linking("joins") and (body := view.ending_at(first - 1)) is not None:
        if not body.is_a("body", "level_words"):
            break
        first = body.first
    teams = view.ending_at(first - (view.key(first - 1) in linking("located")))
    if teams is None or not teams.word.family == reading.family == "team":
        return False
    return view.is_number(teams.first - 1)


def _names_level(view: View, term: Term) -> bool:
    """``cấp huyện``, ``cơ quan cấp tỉnh``: not only a body that has a level."""
    named = (view.key(index) in keys("names", "of_level") for index in range(term.first, term.last))
    return term.word.level is not None and any(named)


def is_of_team(view: View, term: Term) -> bool:
    """``Tổ ấp, khu phố``: bodies right behind teams say of what kind these are."""
    before = view.ending_at(term.first)
    if before is None and view.key(term.first - 1) == ",":
        bodies = view.ending_at(term.first - 1)
        return bodies is not None and bodies.is_a("body") and is_of_team(view, bodies)
    if before is None or before.first in view.attributed:
        return False  # "Theo Ban Chỉ đạo tỉnh, …"
    return before.word.family == "team" and not view.is_number(before.first - 1)


def goes_on_naming(view: View, term: Term) -> bool:
    """``khối sở, ngành và UBND cấp huyện``: bodies joined to a word of level."""
    before = view.ending_at(term.first - 1)
    joined = view.key(term.first - 1) in linking("conjunctions")
    return term.is_a("body") and joined and before is not None and before.is_a("level_words")


def is_single(reading: Reading, term: Term) -> bool:
    """``huyện tôi``: one body, a place rather than a level."""
    if not term.is_a("body") or term.last - term.first > 1 + term.is_a("place_body"):
        return False
    opening = reading.view.tokens[term.first].text
    if len(opening) > 1 and opening.isupper():
        return False  # "UBND huyện": the office of a level
    before = reading.view.tokens[term.first - 1] if term.first else None
    if before is None:
        return True
    each = before.key in linking("strictly_each")
    return not (before.text.isdigit() or before.text in "%,/" or each or before.key in linking("plural"))


def named_levels(terms: Iterable[Term]) -> set[str]:
    """Levels that words such as *cấp huyện* name."""
    return values_of((term for term in terms if term.is_a("level_words")), "level")


def body_level(reading: Reading) -> set[str] | None:
    """Levels of the bodies that are counted; None where a coordination holds one without a level."""
    if reading.source is not None and (own := named_levels(reading.item_terms) or _levels_set_off(reading)):
        return own  # "16/19 sở đã có, con số này ở cấp huyện là 6/13"
    bodies = [term for term in reading.counted if term.is_a("body")]
    values = values_of([*bodies, *_levels_behind(reading.view, bodies)], "level")
    if any(term.is_a("unnamed_bodies") for term in bodies):
        # "3 đơn vị cấp xã" names its level, "các xã và đơn vị" does not.
        named = named_levels(reading.view.between(*reading.span))
        if reading.whole is not None:
            named = named or values_of(without_names(reading.whole, reading.whole.phrase_terms), "level")
        # "Tại các sở, ban, ngành, 17/20 cơ quan": bodies that lead are those counted.
        led = without_names(reading, subject_of(reading))
        counted = (t for t in led if reading.view.is_number(t.first - 1))  # "14 xã thì 11 nơi chưa có"
        several = [t for t in led if is_located(reading, t) and not is_single(reading, t)] or counted
        named = named or values_of(several, "level")
        return named or (set() if not values else None)
    return values


def _levels_set_off(reading: Reading) -> set[str]:
    """``…; ở ấp, khóm, con số này là 118/124``: where those are whose number is taken up."""
    view, first = reading.view, reading.quantity.first
    start = view.mark_before(";:", first) + 1
    if start == 0 or view.key(start) not in linking("located"):
        return set()
    return values_of((t for t in view.between(start, first) if t.is_a("body")), "level")


def _levels_behind(view: View, bodies: list[Term]) -> Iterator[Term]:
    """``cơ quan cấp tỉnh, cấp huyện``, ``bệnh viện tuyến huyện``: levels joined to bodies or behind them."""
    term = bodies[-1] if bodies and _names_level(view, bodies[-1]) else None
    behind = view.term_at.get(bodies[-1].last) if bodies and bodies[-1].word.level is None else None
    if behind is not None and behind.is_a("level_words"):
        term = behind
        yield term
    while term is not None and view.key(term.last) in linking("joins"):
        term = view.term_at.get(term.last + 1)
        if term is None or not term.is_a("level_words"):
            break
        yield term


def mixed(reading: Reading, terms: list[Term]) -> bool:
    """Whether a coordination of named levels holds a body without one."""
    unnamed = any(t.is_a("unnamed_bodies") for t in terms)
    return unnamed and any(t.word.level and t.is_a("body") for t in terms)


def is_distributed(reading: Reading, term: Term) -> bool:
    """``mỗi xã``: whether something is told for each of the bodies."""
    return reading.view.key(term.first - 1) in linking("strictly_each")


def is_located(reading: Reading, term: Term) -> bool:
    """``ở thôn, bản``: the bodies the counted teams are in."""
    view, first = reading.view, term.first
    near = takewhile(lambda at: not view.is_number(at), range(first - 1, first - 1 - _LOCATED_REACH, -1))
    return not linking("located").isdisjoint(map(view.key, near))
