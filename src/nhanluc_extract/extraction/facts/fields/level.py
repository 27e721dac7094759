"""The administrative level of the teams, bodies and staff that are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from nhanluc_extract.extraction.discourse.where import Where
from nhanluc_extract.extraction.facts.fields.headline import filled_from_body
from nhanluc_extract.extraction.facts.fields.level_of_teams import (
    of_team_told,
    of_teams,
    of_teams_again,
    of_teams_before,
)
from nhanluc_extract.extraction.facts.fields.named import (
    by_words,
    filled,
    is_staff,
    of_all_parts,
    of_noun_behind,
    of_total,
    subject_of,
    values_of,
    without_names,
)
from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import joined, linking
from nhanluc_extract.extraction.sentence.placing import is_one_of_several
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.gazetteer import place_words
from nhanluc_extract.places.words import keys

_LEVELS = frozenset({"province", "district", "commune"})
_LOCATED_REACH = 3  # tokens from *ở* to the bodies where something is (ở khắp các ấp)
_NAME_REACH = 3  # tokens from the name of a team to whose it is


def _level(fields: Fields, claim: Claim) -> set[str] | None:
    indicator, reading = claim.indicator, claim.reading
    if "organisation" in indicator.units:
        return _body_level(reading)
    said = [t for t in reading.phrase_terms if not _is_reached(reading.view, t)]
    phrase = without_names(reading, [*said, *_joined_behind(reading)])
    if any(term.is_a("every_level") for term in phrase):
        return None
    values = values_of(phrase, "level")
    if not values and is_staff(indicator):
        values = _level_of_named_team(fields, reading)
    if values:
        return None if _mixed(reading, phrase) else values
    item = _item_with_joined(reading)
    values = named_levels(item)
    if values:
        joined_to = (t for t in item if t.first < reading.left or _goes_on_naming(reading.view, t))
        return values | values_of(joined_to, "level")
    subject = without_names(reading, subject_of(reading))
    lowest = {t for t in subject if _is_lowest(fields, reading.view, t)}
    subject = [
        t for t in subject if t in lowest or _is_of_team(reading.view, t) or not _is_single(reading, t)
    ]
    if "team" in indicator.units or not is_staff(indicator):
        subject = [
            t
            for t in subject
            if t in lowest
            or _is_distributed(reading, t)
            or _is_located(reading, t)
            or _is_of_team(reading.view, t)
        ]
    return values_of(subject, "level")


def _is_reached(view: View, term: Term) -> bool:
    """``241.400 đoàn viên về xã, phường``: where they go says not whose they are."""
    return term.is_a("body") and view.key(term.first - 1) in linking("as_far_as")


def _joined_behind(reading: Reading) -> list[Term]:
    """``1.046 tổ cấp xã và cấp thôn``: levels joined to the last of the phrase."""
    view, end = reading.view, reading.span[1]
    last = view.ending_at(end)
    behind = view.term_at.get(end + 1) if view.key(end) in linking("conjunctions") else None
    levels = last is not None and behind is not None and last.is_a("level_words")
    return [behind] if levels and behind is not None and behind.is_a("level_words") else []


def _item_with_joined(reading: Reading) -> list[Term]:
    """``các cơ quan cấp tỉnh, cấp huyện cần 31 cán bộ``: levels joined before the item are its own."""
    view, left = reading.view, reading.left
    while left > 1 and view.key(left - 1) in linking("joins"):
        joined = view.ending_at(left - 1)
        if joined is None or not _names_level(view, joined) or _is_of_other(reading, joined):
            break
        left = joined.first
    return view.between(left, reading.quantity.first)


def _is_of_other(reading: Reading, level: Term) -> bool:
    """``75 đội cấp xã và 3 đội của các trường``: a level behind other teams in number is of those."""
    teams = reading.view.ending_at(level.first)
    if teams is None or not teams.word.family == reading.family == "team":
        return False
    return reading.view.is_number(teams.first - 1)


def _names_level(view: View, term: Term) -> bool:
    """``cấp huyện``, ``cơ quan cấp tỉnh``: not only a body that has a level."""
    named = (view.key(index) in keys("names", "of_level") for index in range(term.first, term.last))
    return term.word.level is not None and any(named)


def _is_of_team(view: View, term: Term) -> bool:
    """``Tổ ấp, khu phố``: bodies right behind teams say of what kind these are."""
    before = view.ending_at(term.first)
    if before is None and view.key(term.first - 1) == ",":
        bodies = view.ending_at(term.first - 1)
        return bodies is not None and bodies.is_a("body") and _is_of_team(view, bodies)
    return before is not None and before.word.family == "team" and not view.is_number(before.first - 1)


def _is_lowest(fields: Fields, view: View, term: Term) -> bool:
    """``ấp, khu phố có 954 tổ``: what a village has is of villages; the counted ones only have it below."""
    if term.word.level != fields.pack.order["level"][-1]:
        return False
    before = view.ending_at(term.first - 1) if view.key(term.first - 1) in linking("joins") else None
    if before is not None and before.word.level == term.word.level:
        return _is_lowest(fields, view, before)
    return not view.is_number(term.first - 1)


def _goes_on_naming(view: View, term: Term) -> bool:
    """``khối sở, ngành và UBND cấp huyện``: bodies joined to a word of level."""
    before = view.ending_at(term.first - 1)
    joined = view.key(term.first - 1) in linking("conjunctions")
    return term.is_a("body") and joined and before is not None and before.is_a("level_words")


def _is_single(reading: Reading, term: Term) -> bool:
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


def _level_of_named_team(fields: Fields, reading: Reading) -> set[str]:
    """``Đội ứng cứu sự cố mạng tỉnh có 38 thành viên``: whose team it is stands in its name."""
    view = reading.view
    teams = [t for t in view.between(0, reading.quantity.first) if t.word.family == "team"]
    if not teams:
        return set()
    near = range(teams[-1].last, min(teams[-1].last + _NAME_REACH, reading.quantity.first))
    named = {m.level for m in view.mentions if m.first in near} & _LEVELS
    bodies = [t for t in view.between(near.start, near.stop) if t.is_a("body")]
    if any(view.key(t.last - 1) in keys("names", "of_city") for t in bodies) and _is_central(fields):
        return {"province"}
    return named or values_of(bodies, "level")


def _is_central(fields: Fields) -> bool:
    """Whether the article is of a city that is a province."""
    return fields.discourse.places.home in place_words()["types"]["central"]


def named_levels(terms: Iterable[Term]) -> set[str]:
    """Levels that words such as *cấp huyện* name."""
    return values_of((term for term in terms if term.is_a("level_words")), "level")


def _body_level(reading: Reading) -> set[str] | None:
    if reading.source is not None and (own := named_levels(reading.item_terms)):
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
        several = [t for t in led if _is_located(reading, t) and not _is_single(reading, t)] or counted
        named = named or values_of(several, "level")
        return named or (set() if not values else None)
    return values


def _levels_behind(view: View, bodies: list[Term]) -> Iterator[Term]:
    """``cơ quan cấp tỉnh, cấp huyện``: levels joined to that of the bodies."""
    term = bodies[-1] if bodies and _names_level(view, bodies[-1]) else None
    while term is not None and view.key(term.last) in linking("joins"):
        term = view.term_at.get(term.last + 1)
        if term is None or not term.is_a("level_words"):
            break
        yield term


def _mixed(reading: Reading, terms: list[Term]) -> bool:
    """Whether a coordination of named levels holds a body without one."""
    unnamed = any(t.is_a("unnamed_bodies") for t in terms)
    return unnamed and any(t.word.level and t.is_a("body") for t in terms)


def _is_distributed(reading: Reading, term: Term) -> bool:
    return reading.view.key(term.first - 1) in linking("strictly_each")


def _is_located(reading: Reading, term: Term) -> bool:
    """``ở thôn, bản``: the bodies the counted teams are in."""
    view, first = reading.view, term.first
    near = takewhile(lambda at: not view.is_number(at), range(first - 1, first - 1 - _LOCATED_REACH, -1))
    return not linking("located").isdisjoint(map(view.key, near))


def _of_place(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """Whose people or teams they are tells their level, where no word does."""
    if found.value is not None:
        return None
    if is_staff(claim.indicator):
        return filled(_level_of_staff(fields, claim), "place")
    if claim.reading.family == "body" or claim.owner is not None:
        return None
    where: Where = fields.value(claim, "where", "several")
    if where.named_level is not None:
        return Settled(where.named_level, "place")  # "Tổ công nghệ số khóm A …. Tổ có 7 người"
    return filled(_level_of_bodies(fields, claim), "bodies")


def _level_of_staff(fields: Fields, claim: Claim) -> str | None:
    """Level of staff said of one commune, or of those named by the line that opens a list."""
    reading = claim.reading
    where: Where = fields.value(claim, "where", "several")
    if where.scope == "commune" and not where.inferred:
        return "commune"
    before = [m for m in reading.view.mentions if m.last <= reading.quantity.first and not m.again]
    if before and before[-1].level == "commune" and any(is_one_of_several(reading.view, m) for m in before):
        return "commune"  # "Tại các xã A, B, C không có ai …"
    if where.scope == "district" and any(
        m.level == "district" and reading.view.key(m.first) in linking("offices")
        for m in reading.view.mentions
        if m.last <= reading.quantity.first
    ):
        return "district"
    intro = fields.discourse.intro(reading)
    return fields.pack.joined("level", named_levels(intro.terms)) if intro is not None else None


def _level_of_bodies(fields: Fields, claim: Claim) -> str | None:
    """``100% thôn đã có tổ, tổng cộng 3.801 tổ``, ``124 tổ tại 124 xã``: whose teams they are."""
    reading = claim.reading
    behind = fields.discourse.neighbour(reading, 1)
    if (
        reading.family == "team"
        and behind is not None
        and behind.is_located
        and behind.quantity.value == reading.quantity.value
    ):
        return fields.pack.joined("level", values_of(behind.counted, "level"))
    levels: set[str] = set()
    for other in fields.before(claim):
        if other.reading.view is not reading.view or (claim.unit == "person" and other.unit == "team"):
            break  # members are of the level of their teams
        level = fields.value(other, "level", "taken_up") if other.reading.family == "body" else None
        if level:
            # "100% quận, huyện đã lập tổ, tổng cộng 219 tổ": those lie somewhere below.
            levels.update({*level.split("+")} - {"province", "district"})
    return fields.pack.joined("level", levels)


def _taken_up(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``vẫn còn 02 đơn vị``: bodies without a name are those of the sentence before."""
    reading, before = claim.reading, claim.setting.before
    if found.value is not None or claim.unit != "organisation":
        return None
    if reading.counted_classes.isdisjoint({"unnamed_bodies"}) or reading.source is not None:
        return None
    named = next((other for other in fields.before(claim) if other.sentence == claim.sentence), None)
    named = named or (fields.claim_of(before[-1]) if before else None)
    return filled(fields.value(named, "level", "row"), "before") if named is not None else None


def _of_members(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``1.000 tổ với 7.800 thành viên ở các thôn``: where the members are, their teams are."""
    members = fields.claim_of(fields.discourse.neighbour(claim.reading, 1)) if found.value is None else None
    if members is None or (claim.unit, members.unit) != ("team", "person"):
        return None
    joined_by = claim.reading.view.key(members.reading.hedge_first - 1)
    return (
        filled(fields.value(members, "level", "words"), "members")
        if joined_by in linking("with_words")
        else None
    )


def _of_row(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``cán bộ các sở gồm 8 thạc sĩ, 55 đại học``: the level named once is that of the whole row."""
    before = fields.claim_of(fields.discourse.neighbour(claim.reading, -1)) if found.value is None else None
    if before is None or before.taken.indicator != claim.taken.indicator:
        return None
    if "degree" not in claim.indicator.dimensions:
        return None
    row = joined(claim.reading.view, before.reading.span[1], claim.reading.hedge_first)
    return filled(fields.value(before, "level", "row"), "row") if row else None


def _of_each(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``130 kỹ sư (mỗi xã 01 người)``: staff given for each body of a level are of that level."""
    if found.value is not None or not is_staff(claim.indicator):
        return None
    given = {fields.value(other, "per") for other in (claim, *fields.parts(claim))}
    levels = given & {*fields.pack.order["level"]}
    return Settled(levels.pop(), "each") if len(levels) == 1 else None


def _of_unclaimed(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Cấp tỉnh: 80 người (6 thạc sĩ, 70 đại học)``: the total's level, though it is no fact itself."""
    total = claim.reading.parent if found.value is None and claim.owner is None else None
    return filled(fields.pack.joined("level", named_levels(total.item_terms)), "total") if total else None


def _of_parts(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """A total takes the levels of its parts when they name all of it."""
    levels = of_all_parts(fields, claim, "level", "words") if found.value is None else set()
    return filled(fields.pack.joined("level", {v for level in levels for v in level.split("+")}), "parts")


LAYERS = {
    "words": by_words("level", _level),
    "total": of_total("level", "place"),
    "unclaimed": _of_unclaimed,
    "parts": _of_parts,
    "each": _of_each,
    "place": _of_place,
    "taken_up": _taken_up,
    "behind": of_noun_behind("level"),
    "row": _of_row,
    "members": _of_members,
    "team_told": of_team_told,
    "team_again": of_teams_again,
    "teams": of_teams,
    "teams_before": of_teams_before,
    "headline": filled_from_body("level"),
}
