"""The administrative level of the teams, bodies and staff that are counted."""

from __future__ import annotations

from itertools import islice

from nhanluc_extract.extraction.discourse.evidence import made_up_of
from nhanluc_extract.extraction.discourse.where import Where
from nhanluc_extract.extraction.facts.fields.headline import filled_from_body
from nhanluc_extract.extraction.facts.fields.level_of_teams import (
    of_team_told,
    of_teams,
    of_teams_before,
)
from nhanluc_extract.extraction.facts.fields.level_words import (
    body_level,
    goes_on_naming,
    is_distributed,
    is_located,
    is_of_other,
    is_of_team,
    is_reached,
    is_single,
    item_with_joined,
    joined_behind,
    mixed,
    named_levels,
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
from nhanluc_extract.extraction.frames.matching import is_summed
from nhanluc_extract.extraction.sentence.connectors import joined, linking, phrases
from nhanluc_extract.extraction.sentence.placing import is_whole
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.several_places import is_one_of_several
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.gazetteer import place_words
from nhanluc_extract.places.words import keys

_LEVELS = frozenset({"province", "district", "commune"})
_ALL = 100  # per cent
_NEAREST = 40  # claims before one among which the bodies stand whose teams it counts
_AGAIN = 6  # tokens from words that take a number up to the next one
_NAME_REACH = 3  # tokens from the name of a team to whose it is


def _level(fields: Fields, claim: Claim) -> set[str] | None:
    indicator, reading = claim.indicator, claim.reading
    if "organisation" in indicator.units:
        return body_level(reading)
    said = reading.phrase_terms
    if not is_staff(indicator):
        end = made_up_of(reading)
        said = [t for t in said if not (is_reached(reading.view, t) or (end is not None and t.first >= end))]
    phrase = without_names(reading, [*said, *joined_behind(reading)])
    if any(term.is_a("every_level") for term in phrase):
        return None
    values = values_of(phrase, "level")
    if not values and is_staff(indicator):
        values = _level_of_named_team(fields, reading) or _level_of_bodies_behind(fields, reading)
    if values:
        return None if mixed(reading, phrase) else values
    item = [t for t in item_with_joined(reading) if not _is_past(reading.view, t)]
    values = named_levels(item)
    if values:
        joined_to = (t for t in item if t.first < reading.left or goes_on_naming(reading.view, t))
        return values | values_of(joined_to, "level")
    subject = without_names(reading, subject_of(reading))
    subject = [t for t in subject if not (_is_past(reading.view, t) or is_of_other(reading, t))]
    each = next((t.first for t in subject if t.word.level and is_distributed(reading, t)), 0)
    subject = [t for t in subject if t.first >= each]  # "UBND thành phố cho mỗi xã, phường 01 người"
    lowest = {t for t in subject if _is_lowest(fields, reading.view, t)}
    subject = [t for t in subject if t in lowest or is_of_team(reading.view, t) or not is_single(reading, t)]
    if "team" in indicator.units or not is_staff(indicator):
        subject = [
            t
            for t in subject
            if t in lowest
            or is_distributed(reading, t)
            or is_located(reading, t)
            or is_of_team(reading.view, t)
        ]
    return values_of(subject, "level")


def _of_total(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """Parts are of the level of their total; ``toàn tỉnh có 5 thạc sĩ`` is told of all levels again."""
    view, first = claim.reading.view, claim.reading.quantity.first
    anew = any(is_whole(view, mention) for mention in view.mentions_in(0, first))
    if anew and claim.owner is not None and claim.owner.sentence != claim.sentence:
        return None
    return of_total("level", "place")(fields, claim, found)


def _of_counts_again(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``1.812 tổ ở khối, xóm; đến nay, con số ấy là 3.650 tổ``: the same teams, or staff, at another time."""
    if found.value is not None or claim.unit not in ("team", "person"):
        return None
    view, first = claim.reading.view, claim.reading.hedge_first
    again = view.begins_in(phrases("again"), max(first - _AGAIN, 0), first)
    before = next((o for o in fields.before(claim) if o.taken.indicator == claim.taken.indicator), None)
    if not again or before is None or claim.sentence - before.sentence > 1:
        return None
    return filled(fields.value(before, "level"), "before")


def _is_past(view: View, term: Term) -> bool:
    """``Sau khi bỏ cấp huyện, toàn tỉnh còn 210 người``: what a sentence says of before."""
    opened = phrases("time_clauses").longest(view.tokens, 0)
    return opened is not None and term.first < view.mark_from(",", 0) < len(view.tokens)


def _is_lowest(fields: Fields, view: View, term: Term) -> bool:
    """``ấp, khu phố có 954 tổ``: what a village has is of villages; the counted ones only have it below."""
    if term.word.level != fields.pack.order["level"][-1]:
        return False
    before = view.ending_at(term.first - 1) if view.key(term.first - 1) in linking("joins") else None
    if before is not None and before.word.level == term.word.level:
        return _is_lowest(fields, view, before)
    return not view.is_number(term.first - 1)


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


def _level_of_bodies_behind(fields: Fields, reading: Reading) -> set[str]:
    """``tuyển 36 công chức CNTT cho 9 huyện``: those whom bodies in number get are of these."""
    bodies, end = fields.discourse.neighbour(reading, 1), reading.span[1]
    if bodies is None or bodies.family != "body" or bodies.hedge_first not in (end, end + 1):
        return set()
    served = reading.view.key(bodies.hedge_first - 1) in linking("beneficiary")
    return values_of(bodies.counted, "level") if served else set()


def _is_central(fields: Fields) -> bool:
    """Whether the article is of a city that is a province."""
    return fields.discourse.places.home in place_words()["types"]["central"]


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
    if where.scope == "organisation" and where.named_level is not None:
        return where.named_level  # "Đội ứng cứu sự cố mạng tỉnh …. Đội có 22 người"
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
    listed = fields.pack.joined("level", named_levels(intro.terms)) if intro is not None else None
    return listed or _level_of_their_bodies(fields, claim)


def _level_of_their_bodies(fields: Fields, claim: Claim) -> str | None:
    """``151 xã đã phân công công chức; trong đó, 38 người có bằng``: they are those whom the bodies have."""
    reading, view = claim.reading, claim.reading.view
    bodies = next((o for o in fields.before(claim) if o.unit == "organisation"), None)
    if bodies is None or bodies.sentence != claim.sentence or "role" not in bodies.indicator.dimensions:
        return None
    if claim.owner not in (None, bodies):
        return None
    behind = max(term.last for term in reading.counted)
    parted = view.begins_in(phrases("parts"), bodies.reading.span[1], reading.hedge_first)
    parted = parted or phrases("whole").longest(view.tokens, behind) is not None
    level: str | None = fields.value(bodies, "level", "words") if parted else None
    return level


def _level_of_bodies(fields: Fields, claim: Claim) -> str | None:
    """``100% thôn đã có tổ, tổng cộng 3.801 tổ``, ``124 tổ tại 124 xã``: whose teams they are."""
    reading = claim.reading
    behind = fields.discourse.neighbour(reading, 1)
    if reading.family == "team" and behind is not None and _is_where_all_are(reading, behind):
        return fields.pack.joined("level", values_of(behind.counted, "level"))
    levels: set[str] = set()
    for other in islice(fields.before(claim), _NEAREST):
        if other.reading.view is not reading.view or (claim.unit == "person" and other.unit == "team"):
            break  # members are of the level of their teams
        if levels and reading.view.has_mark(";", other.reading.quantity.first, reading.quantity.first):
            break  # "13 xã có tổ; 87 ấp cũng lập được tổ, quy tụ 614 người"
        level = fields.value(other, "level", "taken_up") if other.reading.family == "body" else None
        if level:
            # "100% quận, huyện đã lập tổ, tổng cộng 219 tổ": those lie somewhere below.
            levels.update({*level.split("+")} - {"province", "district"})
    return fields.pack.joined("level", levels)


def _is_where_all_are(teams: Reading, bodies: Reading) -> bool:
    """``124 tổ tại 124 xã``, ``3.790 tổ tại 100% thôn``: as many bodies as teams, or all there are."""
    all_there_are = bodies.quantity.kind == "percent" and bodies.quantity.value == _ALL
    return bodies.is_located and (all_there_are or bodies.quantity.value == teams.quantity.value)


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
    """``130 kỹ sư (mỗi xã 01 người)``, ``26 tổ, mỗi bản một tổ``: those for each of a level are of it."""
    if found.value is not None:
        return None
    if claim.unit == "team":
        dealt = fields.claim_of(fields.discourse.neighbour(claim.reading, 1))
        one_each = dealt is not None and dealt.unit == "team" and dealt.reading.quantity.value == 1
        given = {fields.value(dealt, "per")} if dealt is not None and one_each else set()
    elif is_staff(claim.indicator):
        given = {fields.value(other, "per") for other in (claim, *fields.parts(claim))}
    else:
        return None
    levels = given & {*fields.pack.order["level"]}
    return Settled(levels.pop(), "each") if len(levels) == 1 else None


def _of_unclaimed(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Cấp tỉnh: 80 người (6 thạc sĩ, 70 đại học)``: the total's level, though it is no fact itself."""
    total = claim.reading.parent if found.value is None and claim.owner is None else None
    return filled(fields.pack.joined("level", named_levels(total.item_terms)), "total") if total else None


def _of_sum(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``7 thạc sĩ, 86 cử nhân, cộng lại là 93 cán bộ ở các sở``: parts have the level of their sum."""
    total = fields.sum_of(claim) if found.value is None else None
    return filled(fields.value(total, "level", "place"), "total") if total is not None else None


def _of_parts(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """A total takes the levels of its parts when they name all of it, beside those that its words name."""
    levels = of_all_parts(fields, claim, "level", "words", reach=1)  # "… có 187 người. Trong đó, cấp tỉnh 64"
    own = {*(found.value or "").split("+")} - {""}
    summed = any(is_summed(part.reading) for part in fields.parts(claim))
    return filled(fields.pack.joined("level", levels), "parts") if summed or own <= levels else None


LAYERS = {
    "words": by_words("level", _level),
    "again": _of_counts_again,
    "total": _of_total,
    "unclaimed": _of_unclaimed,
    "parts": _of_parts,
    "each": _of_each,
    "place": _of_place,
    "taken_up": _taken_up,
    "behind": of_noun_behind("level"),
    "row": _of_row,
    "members": _of_members,
    "team_told": of_team_told,
    "teams": of_teams,
    "teams_before": of_teams_before,
    "sum": _of_sum,
    "headline": filled_from_body("level"),
}
