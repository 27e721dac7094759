"""The level that teams and their members have from each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from nhanluc_extract.extraction.discourse.evidence import Evidence
from nhanluc_extract.extraction.facts.fields.named import filled, is_staff, values_of
from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import linking

_NAME_REACH = 3  # tokens from a team to whose it is
_OWNERS_NEAR = 3  # claims before members among which their teams stand


def of_team_told(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``tổ công nghệ số cộng đồng của ấp. Tổ có năm người``: whose team it is was told before."""
    if found.value is not None or claim.unit not in ("team", "person") or is_staff(claim.indicator):
        return None
    view = fields.discourse.views.get(claim.sentence - 1)
    taken_up = ("team", Evidence.paragraph) in claim.taken.conditions
    if not taken_up or view is None or view.sentence.line != claim.reading.view.sentence.line:
        return None
    near = islice(fields.before(claim), _OWNERS_NEAR)
    if any(other.unit == "team" and other.sentence == claim.sentence for other in near):
        return None  # "Tại các thôn có 9 tổ, mỗi tổ 6 thành viên"
    teams = [term for term in view.terms if term.word.family == "team"]
    if not teams or any(
        teams[-1] in reading.counted for reading in fields.discourse.readings[claim.sentence - 1]
    ):
        return None
    last = teams[-1].last
    named = [mention for mention in view.mentions if not mention.again]
    bodies = [
        term
        for term in view.between(last, last + _NAME_REACH)
        if term.is_a("body", "level_words")
        and not any(m.first < term.last and term.first < m.last for m in named)
    ]
    return filled(fields.pack.joined("level", values_of(bodies[:1], "level")), "before")


def of_teams(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """Members are of the level of the teams, teams of that of the bodies, their sentence names."""
    if claim.unit in ("organisation", "percent") or is_staff(claim.indicator) or claim.unit != "person":
        return None
    near = [o for o in islice(fields.before(claim), _OWNERS_NEAR) if o.sentence == claim.sentence][::-1]
    level = {id(other): fields.value(other, "level", "teams") for other in near}
    per = fields.value(claim, "per")
    teams = [other for other in near if other.unit == "team" and level[id(other)] is not None]
    own = found.value
    if per is None and teams and own == level[id(teams[-1])] and not _names_team(claim, teams[-1]):
        own = _joined_level(fields, [level[id(team)] for team in teams])
    if own is not None:
        return Settled(own, found.source if own == found.value else "teams")
    owners = [other for other in near if _is_owner(other, level[id(other)], fields.value(other, "per"), per)]
    alike = [level[id(other)] for other in owners if other.unit == owners[-1].unit]
    return filled(_joined_level(fields, alike), "teams") if alike else None


def _names_team(claim: Claim, teams: Claim) -> bool:
    """``102 tổ cấp thôn; riêng tổ cấp thôn có 594 thành viên``: they are of the teams named with them."""
    counted = teams.reading.counted
    return any(t.word.family == "team" and t not in counted for t in claim.reading.item_terms)


def of_teams_before(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``124 tổ cấp xã, 697 tổ cấp thôn. Các tổ có 5.600 người``: teams taken up have the level they had."""
    if found.value is not None or claim.unit != "person" or is_staff(claim.indicator):
        return None
    if claim.owner is not None and claim.owner.reading is claim.reading.parent:
        return filled(fields.value(claim.owner, "level", "teams_before"), "total")
    again = fields.value(claim, "per") == "team" or takes_up_teams(claim)
    if not again or ("team", Evidence.paragraph) not in claim.taken.conditions:
        return None
    view = fields.discourse.views.get(claim.sentence - 1)
    if view is None or view.sentence.line != claim.reading.view.sentence.line:
        return None
    counted = [o for o in fields.of_sentence(claim.sentence - 1) if o.unit == "team"]
    levels = [fields.value(o, "level", "teams") for o in counted]
    if None in levels:
        return None
    return filled(_joined_level(fields, levels), "before") if levels else None


def takes_up_teams(claim: Claim) -> bool:
    """``Các tổ có 7.400 thành viên``, ``thành viên của các tổ này``: of all teams told of before."""
    view = claim.reading.view
    teams = (t for t in view.between(0, claim.reading.span[1]) if t.word.family == "team")
    return any(view.key(team.first - 1) in linking("plural") for team in teams)


def _is_owner(other: Claim, level: str | None, others_per: str | None, per: str | None) -> bool:
    """Whether people are members of what another claim of their sentence counts."""
    has_members = other.unit == "team" or (
        other.unit == "organisation" and level not in ("province", "district")
    )
    return has_members and (others_per is None or (per == other.unit == "team"))


def _joined_level(fields: Fields, levels: Sequence[str | None]) -> str | None:
    """``124 tổ cấp xã, 697 tổ cấp thôn với 5.412 thành viên``: the members of both."""
    if any(level is None for level in levels):
        return levels[-1]
    return fields.pack.joined("level", {value for level in levels for value in (level or "").split("+")})
