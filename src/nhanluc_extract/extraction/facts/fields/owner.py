"""Whose count it is: scope, place and province."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from nhanluc_extract.extraction.discourse.reader import Discourse
from nhanluc_extract.extraction.discourse.scene import Scene
from nhanluc_extract.extraction.discourse.speakers import speakers_of
from nhanluc_extract.extraction.discourse.where import Where
from nhanluc_extract.extraction.facts.fields.headline import place_of_body
from nhanluc_extract.extraction.facts.fields.level_of_teams import takes_up_teams
from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.placing import is_source
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.several_places import are_listed
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.words import keys

_TEAMS_NEAR = 2  # sentences back to the teams that are taken up
_LARGEST_TEAM = 40  # people: those of more are the members of several
_LARGEST_FIRM = 150_000  # people: those of more are all of a trade
_LARGEST_SCHOOL = 40_000  # people taught in one field
_TERRITORIAL = frozenset({"district", "commune", "village"})


def scenes_of(discourse: Discourse, claims: Sequence[Claim]) -> dict[int, Scene]:
    """The places an article has told of when each of its sentences begins."""
    if not claims:
        return {}
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.sentence, []).append(claim)
    scene = Scene(discourse.places, discourse.pack.national)
    speakers = speakers_of(discourse.views.values())
    scenes: dict[int, Scene] = {}
    after: dict[int, Where | None] = {}
    for index, view in discourse.views.items():
        intro = view.sentence.intro
        opened = after.get(intro) if intro is not None else None
        scene = scenes[index] = scene.enter(view, opened, speakers.get(index))
        told: Where | None = None
        for claim in by_sentence.get(index, []):
            named = scene.named(claim.reading, claim.indicator.owner)
            if named is not None:
                own = claim.indicator.owner == "institution" or named.scope == "province"
                told = named if own else None
        scene = scene.leave(view, told)
        after[index] = scene.current
    return scenes


def _by_words(fields: Fields, claim: Claim, found: Settled) -> Settled:
    """The place or body beside it, or the one that the paragraph or the article goes on about."""
    scene, owner = fields.scene(claim), claim.indicator.owner
    named = scene.named(claim.reading, owner)
    where = named or scene.going_on(claim.reading, owner)
    return Settled(where, "words" if named is not None else "default" if where.inferred else "paragraph")


def _of_sites(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``có 850 nhân sự tại Hà Nội, Đà Nẵng và Huế``: a body's people in several provinces are of none.

    So are those whose parts are told by their sites.
    """
    where: Where = found.value
    if where.scope != "organisation" or where.province is None:
        return None
    if len({_site(part.reading) for part in fields.parts(claim)} - {None}) > 1:
        return Settled(replace(where, province=None), "sites")
    view, (first, last) = claim.reading.view, claim.reading.span
    behind = view.mentions_in(first, len(view.tokens))
    several = any(are_listed(view, one, other) for one, other in pairwise(behind) if one.first < last)
    return Settled(replace(where, province=None), "sites") if several else None


def _of_team(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Tổ công nghệ số của bản gồm 5 người``: the people of one team, though it has no name."""
    view, first = claim.reading.view, claim.reading.hedge_first
    where: Where = found.value
    if claim.unit != "person" or where.scope == "organisation" or fields.value(claim, "per", "words"):
        return None
    if claim.reading.quantity.value > _LARGEST_TEAM or claim.reading.label is not None:
        return None
    before = reversed(view.between(0, first))
    team = next((t for t in before if t.is_a("teams", "team_word", "volunteer_teams")), None)
    if team is None or view.candidate_before(first) >= team.last or not _is_one(view, team):
        return None
    have = view.ending_at(first)
    joined = view.phrase_before(phrases("made_up"), first) is not None or view.key(first - 1) in ("(", ":")
    joined = joined or (have is not None and have.is_a("have"))
    return Settled(Where("organisation", None, where.province), "team") if joined else None


def _is_one(view: View, team: Term) -> bool:
    """Whether a team is no one of several (``mỗi tổ``, ``24 tổ``)."""
    before = view.quantity_at.get(team.first - 1)
    several = before is not None and before.value != 1
    return not several and view.key(team.first - 1) not in keys("types", "plurals")


def _of_scheme(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``chung tay đào tạo 50.000 kỹ sư``: whoever joins in it, the figure of a national scheme is its own."""
    reading = claim.reading
    figure = fields.pack.national["figures"].longest(reading.view.tokens, reading.quantity.first)
    own = figure is not None and claim.indicator.owner == "institution"
    return Settled(Where("national"), "scheme") if own else None


def _of_market(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Theo giảng viên Đại học A, năm 2020 thiếu 90.000 nhân lực``: that is no lack of the school."""
    scene, reading = fields.scene(claim), claim.reading
    if found.value != scene.last.get("school") or any(m.again for m in reading.view.mentions):
        return None
    lacking = any(term.is_a("lacks", "needs") for term in reading.trigger)
    of_trade = lacking and any(term.is_a("manpower") for term in reading.counted)
    return Settled(scene.default, "market") if of_trade else None


def _of_trade(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Đào tạo 50.000-100.000 kỹ sư bán dẫn``: more than any school or province, said of none by name."""
    where: Where = found.value
    named = found.source == "words" and (where.scope != "organisation" or where.place is not None)
    if named or claim.indicator.owner != "institution" or claim.unit != "person":
        return None
    return Settled(Where("national"), "trade") if _is_of_all(claim.reading) else None


def _is_of_all(reading: Reading) -> bool:
    """Whether there are more of those counted than any one body has."""
    named = [term for term in reading.counted if not term.word.generic]
    at_work = not named or any(term.is_a("workers", "manpower", "technical") for term in named)
    taught = not at_work or any(verb.is_a("train", "train_noun") for verb in reading.trigger)
    return reading.quantity.value > (_LARGEST_SCHOOL if taught else _LARGEST_FIRM)


def _of_total(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Đội có 36 người, trong đó 23 người thuộc các sở``: parts of a body's own people stay its own.

    So are parts of whom nothing else is told: ``Cả nước có 1,2 triệu lao động. Trong đó, phần mềm 200.000``.
    """
    if claim.owner is None:
        return None
    total: Where = fields.value(claim.owner, "where", "several")
    site = _site(claim.reading) if total.scope == "organisation" else None
    if site is not None:
        return Settled(replace(total, province=site), "site")
    return Settled(total, "total") if total.scope == "organisation" or found.source == "default" else None


def _site(reading: Reading) -> str | None:
    """``260 người tại văn phòng Đà Nẵng, chi nhánh Huế 345``: the province of those of a body's people."""
    view, first = reading.view, reading.hedge_first
    before = reversed(view.mentions_in(max(view.candidate_before(first), 0), first))
    near = [*view.mentions_in(*reading.span), *(m for m in before if not is_source(view, m))]
    return next((m.province for m in near if m.province), None)


def _of_unit(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Phòng CNTT của bệnh viện có 21 người. … Phòng đang thiếu bảy người``: a unit's are its body's."""
    taken_up = any(name == "division" for name, _ in claim.taken.conditions)
    if found.source != "default" or not taken_up:
        return None
    before = next((o for o in fields.before(claim) if o.taken.indicator == claim.taken.indicator), None)
    where: Where | None = fields.value(before, "where", "several") if before is not None else None
    return Settled(where, "unit") if where is not None and where.scope == "organisation" else None


def _of_course(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Bộ mở 24 lớp tại A và B, mỗi lớp 50 học viên``: those in each course are of whom the courses are."""
    before = fields.previous(claim) if fields.value(claim, "per", "words") == "course" else None
    if before is None or before.unit != "course" or before.sentence != claim.sentence:
        return None
    return Settled(fields.value(before, "where", "several"), "course")


def _of_sum(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``7 thạc sĩ, 86 cử nhân, cộng lại là 93 cán bộ của tỉnh``: parts are of whom their sum is told."""
    total = fields.sum_of(claim) if found.source == "default" else None
    return Settled(fields.value(total, "where", "several"), "total") if total is not None else None


def _of_somebody(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``đội ngũ hơn 400 nhân sự``: staff of whom nothing tells that they are the country's is a firm's."""
    where: Where = found.value
    if found.source != "default" or where.scope != "national" or claim.indicator.owner != "institution":
        return None
    if any(term.is_a("student_noun", "learner") for term in claim.reading.counted):
        return None
    if _may_be_national(fields, claim):
        return None
    return Settled(Where("organisation", inferred=True), "default")


@lru_cache(maxsize=1)
def _gone_on_about(discourse: Discourse) -> frozenset[str | None]:
    """The bodies that open a sentence, and None where one is taken up again without its name.

    Others only tell where something is, or who speaks.
    """
    named = (m for view in discourse.views.values() for m in view.mentions if m.level == "organisation")
    return frozenset(None if m.again else m.name for m in named if m.again or m.first == 0)


def _may_be_national(fields: Fields, claim: Claim) -> bool:
    """Whether those counted may be all of a trade, or of the country."""
    reading = claim.reading
    of_all = (
        _is_of_all(reading)
        or _counts_a_trade(reading)
        or _is_of_industry(fields, reading)
        or _is_of_many(reading)
    )
    planned = fields.value(claim, "status") != "actual"
    return of_all or planned or fields.scene(claim).tells_of_country(reading)


def _counts_a_trade(reading: Reading) -> bool:
    """``Số nhân lực thiết kế vi mạch hiện khoảng 5.000``: all who are in a trade."""
    if reading.label is None:
        return False
    first = reading.label[0]
    return any(reading.view.key(index) in linking("all_of_trade") for index in (first - 1, first))


def _is_of_industry(fields: Fields, reading: Reading) -> bool:
    """``1,5 triệu lao động ngành công nghiệp CNTT``: an industry right behind those counted."""
    behind = max(term.last for term in reading.counted)
    return fields.pack.national["industries"].longest(reading.view.tokens, behind) is not None


def _is_of_many(reading: Reading) -> bool:
    """``153 trường đào tạo CNTT, mỗi năm cung cấp 150.000 sinh viên``: of schools or firms in number."""
    view, first = reading.view, reading.quantity.first
    counted = (q for q in view.sentence.quantities if q.last <= first and q.is_candidate and q.value > 1)
    bodies = (view.term_at.get(q.last) for q in counted)
    return any(body is not None and body.word.per == "organisation" for body in bodies)


def _of_several(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """Districts in number lie in no single district, communes in no single commune.

    What is of the province (``5 sở chưa có cán bộ``) is of no district that the paragraph goes on about,
    what is of the districts of no commune.
    """
    level, carried = fields.value(claim, "level", "total"), found.source in ("default", "paragraph")
    if not carried and "organisation" not in claim.indicator.units:
        return None
    above = level == "province" or (level == "district" and found.value.scope == "commune")
    if carried and not above and "organisation" not in claim.indicator.units:
        level = _level_of_several(fields, claim)
    scene, where = fields.scene(claim), found.value
    if where.scope == "organisation" and claim.unit == "organisation" and level in _TERRITORIAL:
        # "Đội ứng cứu của tỉnh A … 5 xã chưa có ai"
        where = Where("province", None, where.province) if where.province else scene.default
    where = _lifted(scene, where, level)
    return None if where is found.value else Settled(where, "level")


def _lifted(scene: Scene, where: Where, level: str | None) -> Where:
    """Where what bodies of a level have is, of whom ``where`` is carried over: above them all."""
    below = ("district", "commune")
    inside = {"province": below, "district": below, "commune": ("commune",)}.get(level or "", ())
    if where.scope not in inside:
        return where
    district = scene.last.get("district")
    default = scene.default
    if default.scope in inside:
        default = Where("province", None, scene.province(), inferred=True)
    if where.scope == "commune" and level == "commune" and district is not None:
        return district if scene.current is None or scene.current.scope == "district" else default
    return default


def _level_of_several(fields: Fields, claim: Claim) -> str | None:
    """``cán bộ của 23 xã được xếp vào 11 lớp``: the level of the bodies in number of its sentence.

    Bodies without a level of their own (``học viên của 12 địa phương``) are of that which is told of.
    """
    several = _bodies_in_number(fields.discourse, claim.sentence)
    levels = [term.word.level for term in several if term.word.level]
    unnamed = any(term.is_a("unnamed_bodies") for term in several)
    told: Where = fields.value(claim, "where", "somebody")
    return next(iter(levels), told.scope if unnamed else None)


@lru_cache(maxsize=1)
def _bodies_in_number(discourse: Discourse, sentence: int) -> tuple[Term, ...]:
    """The nouns of the bodies that a sentence counts more than one of."""
    several = (r for r in discourse.readings[sentence] if r.family == "body" and r.quantity.value > 1)
    return tuple(term for reading in several for term in reading.counted)


def _of_teams_again(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Huyện A có 21 đội. ⏎ Các đội đã giúp 6.000 người dân``: what the teams told of last did is theirs."""
    if found.source != "default" or not takes_up_teams(claim):
        return None
    teams = next((other for other in fields.before(claim) if other.unit == "team"), None)
    if teams is None or claim.sentence - teams.sentence > _TEAMS_NEAR:
        return None
    return Settled(fields.value(teams, "where", "several"), "before")


def _of_institution(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Bệnh viện A … Lo máy móc là tổ CNTT, 5 người``: a body's, where nothing is told of a territory."""
    scene = fields.scene(claim)
    body = scene.last.get("organisation")
    firm = claim.indicator.owner == "institution" and body == scene.last.get("firm")
    if found.source != "default" or body is None or not (firm or body.place in scene.independent):
        return None
    if _names_territory(fields) or not {body.place, None} & _gone_on_about(fields.discourse):
        return None
    if claim.indicator.owner == "institution" and _may_be_national(fields, claim):
        return None
    return Settled(body, "institution")


@lru_cache(maxsize=1)
def _names_territory(fields: Fields) -> bool:
    """Whether some count of an article is told of a territory."""
    told = (fields.get(claim, "where", "words") for claim in fields.claims)
    return any(where.source != "default" and where.value.scope != "organisation" for where in told)


LAYERS = {
    "words": _by_words,
    "sites": _of_sites,
    "team": _of_team,
    "scheme": _of_scheme,
    "market": _of_market,
    "trade": _of_trade,
    "total": _of_total,
    "sum": _of_sum,
    "course": _of_course,
    "unit": _of_unit,
    "teams_again": _of_teams_again,
    "institution": _of_institution,
    "somebody": _of_somebody,
    "several": _of_several,
    "headline": place_of_body,
}
