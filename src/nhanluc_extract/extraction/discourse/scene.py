"""Whose total a number is: scope, place and province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nhanluc_extract.extraction.discourse.national import is_ministry_acting, is_national, names_country
from nhanluc_extract.extraction.discourse.speakers import Speaker
from nhanluc_extract.extraction.discourse.where import (
    Where,
    describes_place,
    kinds_of,
    kinds_taken_up,
    located_inside,
    opening_date,
    province_of_heading,
    tells_of_case,
)
from nhanluc_extract.extraction.sentence.connectors import continues_list
from nhanluc_extract.extraction.sentence.firms import acts_before, named_subject, organiser, subject_behind
from nhanluc_extract.extraction.sentence.placing import (
    follows_noun,
    has_itself,
    head_places,
    helps,
    is_aside,
    is_asked,
    is_bracketed,
    is_companion,
    is_level_of_counted,
    is_of_school,
    is_one_counted,
    is_site,
    is_source,
    is_we,
    is_whole,
    level_of_office,
    lies_in,
    noted_place,
    place_in_list,
    province_told,
)
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.several_places import (
    above_both,
    are_listed,
    first_listed,
    is_one_of_several,
    names_several,
)
from nhanluc_extract.extraction.sentence.taking_up import is_owned, named_before, named_behind, named_beside
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.article import ArticlePlaces
from nhanluc_extract.places.gazetteer import gazetteer, place_words
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.words import keys
from nhanluc_extract.text.tokens import SurfaceTrie

_DIRECT_GAP = 1  # tokens between a place and the number said of it ("cả nước là 68%")
_NEAREST = 70  # places before a number of which it may be: more than there ever were provinces
_LEADING = 18  # tokens of a sentence in which a place is its subject


@dataclass(frozen=True, slots=True)
class Scene:
    """The places an article has told of when a sentence begins.

    ``current`` is the one that the paragraph goes on about, ``section`` that of the heading above,
    ``speaker`` that for which somebody says the sentence, ``last`` the place last named of each level,
    ``line`` the line read last, ``country_on`` the one that last named the country.
    """

    places: ArticlePlaces
    national: Mapping[str, SurfaceTrie[bool]]
    last: Mapping[str, Where] = field(default_factory=dict)
    independent: frozenset[str] = frozenset()
    territorial: frozenset[str] = frozenset()
    seen_on: int = -1
    current: Where | None = None
    section: Where | None = None
    speaker: Where | None = None
    line: int = -1
    country_on: int = -1

    @property
    def default(self) -> Where:
        if self.section is not None:
            return replace(self.section, inferred=True)
        if (titled := self.places.titled) is not None:
            return Where(titled.level, titled.name, titled.province or self.places.home, inferred=True)
        if self.places.local:
            return Where("province", None, self.places.home, inferred=True)
        return Where("national", inferred=True)

    def enter(self, view: View, opened: Where | None, speaker: Speaker | None) -> Scene:
        """The scene in a sentence: a new paragraph forgets the place of the one before.

        An item of a list goes back to ``opened``, the place of its opening line, a ``speaker`` to his own.
        """
        sentence = view.sentence
        spoken = self._by_kinds(speaker.view, speaker.mention) if speaker is not None else {}
        goes_on = sentence.line == self.line or continues_list(view.tokens)
        section = province_of_heading(view) if sentence.is_heading else self.section
        known = self.last if None in (section, self.section) or section == self.section else {}
        return replace(
            self,
            current=self.current if goes_on else opened,
            section=section,
            speaker=None if speaker is None or speaker.answers else next(iter(spoken.values())),
            last={**known, **spoken} if spoken else known,
            line=sentence.line,
        )

    def leave(self, view: View, told: Where | None) -> Scene:
        """The scene behind a sentence: a place that led it stays for the next one of the paragraph.

        ``told`` is the province, or the institution, of which its last count was told.
        """
        named = [mention for mention in view.mentions if not mention.again]
        last = dict(self.last)
        for mention in named:
            last |= self._by_kinds(view, mention)
        behind = replace(
            self,
            last=last,
            seen_on=self.line if any(m.level == "province" for m in named) else self.seen_on,
            country_on=self.line if names_country(view) else self.country_on,
            territorial=self.territorial | {m.name for m in named if m.territorial},
            independent=self.independent | {m.name for m in named if m.independent},
        )
        return replace(behind, current=behind._led_by(view, told))

    def _by_kinds(self, view: View, mention: Mention) -> dict[str, Where]:
        """A place or body under each of the kinds by which later words take it up."""
        told = dict.fromkeys(kinds_of(view, mention), self._where(view, mention))
        if mention.inner in ("district", "commune") and mention.territory is not None:
            told[mention.inner] = Where(mention.inner, mention.territory, self.province())  # "Phường có …"
        return told

    def _led_by(self, view: View, told: Where | None) -> Where | None:
        """The place that leads a sentence, as the next one goes on about it."""
        head = _LEADING + opening_date(view)
        leading = [
            m
            for m in ([] if tells_of_case(view) else view.mentions)
            if m.first < head
            and not (m.territorial or m.former)
            and not is_source(view, m)
            and not is_aside(view, m)
            and not self._is_elsewhere(view, m)
            and not (self.current is not None and is_we(view, m))
            and not (m.level == "organisation" and (helps(view, m) or describes_place(view, m)))
        ]
        office = view.mentions[0] if view.mentions and view.mentions[0].first < head else None
        if told is not None and told.scope == "organisation":
            return told  # "Giữa sân trường ở quận A, 312 kỹ sư của Trường B nhận bằng"
        if leading:
            led = self._resolve(view, head_places(view, leading)[-1]) or self.current
            return None if led is not None and names_several(view, led.scope) else led
        if office is not None and office.territorial and not is_source(view, office):
            # "Sở A đã mở 6 lớp. Sang năm, dự kiến mở 10 lớp": its office leads for the province.
            return self._territory(view, office) or self.current
        below = self.current is not None and self.current.scope in ("district", "commune")
        # "Chuyện ở xã A không lạ. Theo Sở B, 71 xã trong tỉnh …. Tổng số công chức …"
        return told if told is not None and told.scope == "province" and below else self.current

    def going_on(self, reading: Reading, owner: str | None) -> Where:
        """What the paragraph or the article goes on about, for a number that names no place of its own.

        ``owner`` is the kind of body that has such people for itself.
        """
        if owner == "institution" and is_national(reading, self.national, leads=self.places.leads):
            return Where("national", inferred=True)
        current = self.speaker or self.current
        school = self.last.get("school")
        if school is not None and owner == "institution" and is_of_school(reading):
            return current if current is not None and current.scope == "organisation" else school
        if current is not None:
            own = owner == "institution" or current.place in self.independent  # "BHXH Việt Nam"
            if current.scope != "organisation" or own:
                return current
        if (told := self.places.institution if owner == "institution" else None) is not None:
            return Where("organisation", told.name, told.province or self.province(), inferred=True)
        return self.default

    def tells_of_country(self, reading: Reading) -> bool:
        """Whether the paragraph up to a number, or its own clause, tells of the country or an industry."""
        named = self.country_on == self.line or names_country(reading.view)
        return named or is_national(reading, self.national, leads=self.places.leads)

    def named(self, reading: Reading, owner: str | None) -> Where | None:
        """The place or body beside a number whose count it is."""
        if (subject := named_subject(reading) if owner == "institution" else None) is not None:
            return Where("organisation", subject, self.province())
        if (held_by := organiser(reading) if owner != "institution" else None) is not None:
            return self._where(reading.view, held_by)
        candidates = self._candidates(reading)
        if owner == "institution":
            view, first = reading.view, reading.quantity.first
            candidates.sort(key=lambda m: is_site(view, m))
            candidates.sort(key=lambda m: not acts_before(view, m, first))
            # "hơn 2.000 nhân sự MISA"; "Với 300 kỹ sư, FPT đã …"
            behind = {subject_behind(view, first), max(t.last for t in reading.counted)}
            candidates = [m for m in view.mentions if m.first in behind] + candidates
            candidates = [m for m in candidates if not (m.level == "organisation" and helps(view, m))]
        for mention in candidates:
            if is_source(reading.view, mention):
                continue
            if mention.level == "organisation" and not self._owns(reading, mention, owner):
                if is_ministry_acting(reading, mention):
                    return Where("national")
                if (territory := self._territory(reading.view, mention)) is not None:
                    return territory
                continue
            if (where := self._resolve(reading.view, mention)) is not None:
                return where
        return None

    def _territory(self, view: View, mention: Mention) -> Where | None:
        """Whose office a body is: of the place in its name, of the one last named of its level."""
        level = level_of_office(view, mention)
        if level == "province":
            return Where("province", None, mention.province or self.province())
        if level in ("district", "commune") and mention.territory is not None:
            return Where(level, mention.territory, province_told(view, mention) or self.province())
        return self.last.get(level or "")

    def _owns(self, reading: Reading, mention: Mention, owner: str | None) -> bool:
        """Whether a body counts for itself, not for the territory it works for."""
        if mention.is_team:
            return True
        if owner == "institution" or follows_noun(reading, mention):
            known = self._taken_up(reading.view, mention) if is_we(reading.view, mention) else None
            return not mention.territorial and (known is None or known.place not in self.territorial)
        if mention.again:
            known = self._taken_up(reading.view, mention)
            if known is None or is_owned(reading, mention):
                # "công ty … để toàn bộ 3.180 nhân viên học": a firm's own, whatever its name
                firm = reading.view.key(mention.first) in keys("organisations", "firms")
                return known is not None or firm
            return known.place not in self.territorial if owner else known.place in self.independent
        if owner == "body":
            return not mention.territorial or has_itself(reading, mention)
        view = reading.view
        before = [m for m in view.mentions if m.first < mention.first and not helps(view, m)]
        leads = all(m.again and m.level == "organisation" for m in before)
        return mention.independent and leads and not helps(view, mention)

    def _taken_up(self, view: View, mention: Mention) -> Where | None:
        """``Sở Y tế … Bệnh viện có 3 người``: the body named last of its kind, else the one named last."""
        if mention.is_team:
            return self.last.get("team")
        told = (m for m in reversed(view.mentions) if m.last <= mention.first and m.level == "organisation")
        alike = next((m for m in told if view.key(m.first) == view.key(mention.first) and not m.again), None)
        if alike is not None:
            return self._where(view, alike)  # "Công ty A cho biết mỗi năm công ty cần 200 người"
        return next((self.last[kind] for kind in kinds_taken_up(view, mention) if kind in self.last), None)

    def _candidates(self, reading: Reading) -> list[Mention]:
        view, first = reading.view, reading.quantity.first
        inside = [m for m in located_inside(reading) if not self._is_elsewhere(view, m)]
        before = [
            m
            for m in view.mentions_in(0, first)[-_NEAREST:]
            if m.last <= first
            and not is_bracketed(view, m, first)
            and not is_aside(view, m)
            and not (is_companion(view, m) or is_asked(view, m, first))
            and not is_one_counted(reading, m)
            and not is_level_of_counted(reading, m)
        ]
        listed = place_in_list(reading, before) or noted_place(reading)
        heads = head_places(view, [m for m in before if not is_one_of_several(view, m)])
        heads = heads or above_both(view, before)
        if not listed and len(heads) > 1 and are_listed(view, heads[-2], heads[-1]):
            return [replace(heads[-1], level="region", again=True)]
        inside = inside[:1]
        if inside and any(are_listed(view, inside[0], m) for m in view.mentions if m.first > inside[0].first):
            inside = [replace(inside[0], level="region", again=True)]
        body = bool(heads) and heads[-1].level == "organisation"
        # "phần mềm dùng chung của tỉnh": the province is that of the thing, not of the count.
        thing = body and not (heads[-1].again or heads[-1].territorial) and any(m.again for m in inside)
        if thing or (heads and not body and first - heads[-1].last <= _DIRECT_GAP):
            return [*listed, *reversed(heads), *inside]
        return [*inside, *listed, *reversed(heads)]

    def _is_elsewhere(self, view: View, mention: Mention) -> bool:
        """``cử đi học tại Hà Nội``: where people of this province go, not whose they are."""
        other = mention.level == "province" and mention.province not in (None, self.places.home)
        at = view.key(first_listed(view, mention).first - 1) in keys("names", "at")
        return other and self.places.home is not None and at

    def _resolve(self, view: View, mention: Mention) -> Where | None:
        if not mention.again:
            return self._where(view, mention)
        named = named_beside(view, mention)
        if named is not None:
            return self._resolve(view, named)
        if mention.level == "territory":
            current = self.current
            if current is None and self.country_on == self.line:
                return Where("national", inferred=True)  # "Cả nước cần 700.000 người. Các trường mỗi năm …"
            return current if current is not None and current.scope != "organisation" else self.default
        if mention.level in ("national", "region"):
            return Where(mention.level)
        if mention.level == "province":
            led = self.current if self.current is not None and self.current.scope == "province" else None
            return Where("province", None, (led and led.province) or self.province())
        if mention.level == "city":
            cities = place_words()["types"]
            central = [*cities["central"], *cities["central_since_2025"]]
            if self.places.home in central or self.last.get("district") is None:
                return Where("province", None, self.province())
            return self.last.get("district")
        if mention.is_team or mention.level == "organisation":
            known = self._taken_up(view, mention) or Where("organisation", None, self.province())
            # "Công ty, trụ sở ở A, có 45 kỹ sư"
            return replace(known, province=lies_in(view, mention, behind=True) or known.province)
        return self._below_province(view, mention)

    def _below_province(self, view: View, mention: Mention) -> Where | None:
        """``toàn xã``: the one named before it, spoken for or named last or, at the latest, behind it."""
        if (beside := named_before(view, mention)) is not None:
            return self._where(view, beside)
        if mention.level in self.last:
            return self.last[mention.level]
        if (behind := named_behind(view, mention)) is not None:
            return self._where(view, behind)
        return Where(mention.level, None, self.province()) if is_whole(view, mention) else None

    def _where(self, view: View, mention: Mention) -> Where:
        if mention.level in ("national", "region"):
            return Where(mention.level)
        if mention.level == "province":
            return Where("province", None, mention.province)
        province = province_told(view, mention)
        if mention.level == "commune" and (district := self.last.get("district")) is not None:
            province = province or gazetteer().merged_into(self.places.home, district.province)
        province = province or (None if mention.nationwide else self.province())
        return Where(mention.level, mention.name, province, named_level=mention.level_of_team)

    def province(self) -> str | None:
        """The province that what is told here lies in, where nothing beside it says so."""
        if self.places.home is not None:
            return self.places.home
        if self.section is not None:
            return self.section.province
        seen = self.last.get("province")
        return seen.province if seen and self.seen_on == self.line else None
