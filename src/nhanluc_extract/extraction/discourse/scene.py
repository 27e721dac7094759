"""Whose total a number is: scope, place and province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from nhanluc_extract.extraction.sentence.connectors import continues_list, respectively_at
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import View
from nhanluc_extract.places.gazetteer import place_words
from nhanluc_extract.places.mentions import ArticlePlaces, Mention
from nhanluc_extract.text.tokens import SurfaceTrie

_SOURCE_GAP = 6  # tokens between "theo" and the body that says it
_OFFICE_GAP = 4  # tokens between a public office and its own count
_DIRECT_GAP = 1  # tokens between a place and the number said of it ("cả nước là 68%")
_BEHIND = 2  # tokens between a place and the province it lies in
_RANKS = {
    "organisation": 0, "commune": 1, "district": 2, "city": 2, "province": 3, "region": 4, "national": 5,
    "territory": 5,
}  # fmt: skip
_DAY = len("2025-08-22")
_LEADING = 14  # tokens of a sentence in which a place is its subject


@dataclass(frozen=True, slots=True)
class Where:
    """Scope of a fact, the name of what lies below the province, and the province."""

    scope: str
    place: str | None = None
    province: str | None = None
    inferred: bool = False


@cache
def _locatives() -> SurfaceTrie[bool]:
    return SurfaceTrie.of(place_words()["names"]["locative"])


@cache
def _keys(section: str, name: str) -> frozenset[str]:
    """Syllables listed under ``name`` in a section of the words about places."""
    return frozenset(place_words()[section][name])


@dataclass(frozen=True, slots=True)
class Scene:
    """The places an article has told of when a sentence begins.

    ``current`` is the one that the paragraph goes on about, ``section`` that of the heading above,
    ``last`` the place last named of each level, ``line`` the line read last.
    """

    places: ArticlePlaces
    last: Mapping[str, Where] = field(default_factory=dict)
    independent: frozenset[str] = frozenset()
    territorial: frozenset[str] = frozenset()
    seen_on: int = -1
    current: Where | None = None
    section: Where | None = None
    line: int = -1

    @property
    def default(self) -> Where:
        if self.section is not None:
            return replace(self.section, inferred=True)
        titled = self.places.titled
        if titled is not None:
            return Where(titled.level, titled.name, titled.province or self.places.home, inferred=True)
        if self.places.home is not None:
            return Where("province", None, self.places.home, inferred=True)
        return Where("province" if self.places.local else "national", inferred=True)

    def enter(self, view: View, opened: Where | None) -> Scene:
        """The scene in a sentence: a new paragraph forgets the place of the one before.

        An item of a list goes back to ``opened``, the place of the line that opens the list.
        """
        sentence = view.sentence
        goes_on = sentence.line == self.line or continues_list(view)
        return replace(
            self,
            current=self.current if goes_on else opened,
            section=_province_of_heading(view) if sentence.is_heading else self.section,
            line=sentence.line,
        )

    def leave(self, view: View, told: Where | None) -> Scene:
        """The scene behind a sentence: a place that led it stays for the next one of the paragraph.

        ``told`` is the institution whose own people its last count was told of.
        """
        last, seen_on = dict(self.last), self.seen_on
        named = [mention for mention in view.mentions if not mention.again]
        for mention in named:
            where = self._where(view, mention)
            last["team" if mention.is_team else mention.level] = where
            if mention.level == "province":
                seen_on = self.line
            if mention.level in ("district", "commune"):
                last["city"] = where
        behind = replace(
            self,
            last=last,
            seen_on=seen_on,
            territorial=self.territorial | {m.name for m in named if m.territorial},
            independent=self.independent | {m.name for m in named if m.independent},
        )
        return replace(behind, current=behind._led_by(view, told))

    def _led_by(self, view: View, told: Where | None) -> Where | None:
        """The place that leads a sentence, as the next one goes on about it."""
        leading = [
            m
            for m in view.mentions
            if m.first < _LEADING
            and not m.territorial
            and not _is_source(view, m)
            and not _is_origin(view, m)
            and not _is_venue(view, m)
        ]
        office = next((m for m in view.mentions if m.first < _LEADING), None)
        if leading:
            return self._resolve(view, _heads(view, leading)[-1]) or self.current
        if (
            office is not None
            and office.territorial
            and _level_of_office(view, office) == "province"
            and not _is_source(view, office)
        ):
            # "Sở A đã mở 6 lớp. Sang năm, dự kiến mở 10 lớp": its office leads for the province.
            return Where("province", None, self._province())
        if told is not None and told.scope == "organisation":
            return told
        return self.current

    def of(self, reading: Reading, owner: str | None) -> Where:
        """Scope of one number; ``owner``: the kind of body that has such people for itself."""
        named = self.named(reading, owner)
        if named is not None:
            return named
        current = self.current
        if current is not None and (current.scope != "organisation" or owner == "institution"):
            return current
        return self.default

    def named(self, reading: Reading, owner: str | None) -> Where | None:
        """The place or body beside a number whose count it is."""
        for mention in self._candidates(reading):
            if _is_source(reading.view, mention):
                continue
            if mention.level == "organisation" and not self._owns(reading, mention, owner):
                level = _level_of_office(reading.view, mention)
                territory = self.last.get(level or "")
                if level == "province":
                    territory = Where("province", None, self._province())
                if territory is not None:
                    return territory
                continue
            where = self._resolve(reading.view, mention)
            if where is not None:
                return where
        return None

    def _owns(self, reading: Reading, mention: Mention, owner: str | None) -> bool:
        """Whether a body counts for itself, not for the territory it works for."""
        if mention.is_team:
            return True
        if owner == "institution":
            return not mention.territorial
        if mention.again:
            known = self.last.get("organisation")
            if known is None:
                return False
            return known.place not in self.territorial if owner else known.place in self.independent
        if owner == "body":
            return not mention.territorial or _has_itself(reading, mention)
        before = [m for m in reading.view.mentions if m.first < mention.first]
        leads = all(m.again and m.level == "organisation" for m in before)
        return mention.independent and leads

    def lifted(self, where: Where, level: str | None) -> Where:
        """Districts in number lie in no single district, communes in no single commune."""
        inside = {"district": ("district", "commune"), "commune": ("commune",)}.get(level or "", ())
        if where.scope not in inside:
            return where
        district = self.last.get("district")
        default = self.default
        if default.scope in inside:
            default = Where("province", None, self._province(), inferred=True)
        if where.scope == "commune" and level == "commune" and district is not None:
            return district if self.current is None or self.current.scope == "district" else default
        return default

    def _candidates(self, reading: Reading) -> list[Mention]:
        view, (start, end) = reading.view, reading.span
        first = reading.quantity.first
        inside = [
            m
            for m in view.mentions
            if start <= m.first < end
            and self._is_located(view, m)
            and not _is_member(reading, m)
            and not _is_one_of_several(view, m)
            and not self._is_elsewhere(view, m)
        ]
        before = [
            m
            for m in view.mentions
            if m.last <= first
            and not _is_bracketed(view, m, first)
            and not _is_attribute(view, m)
            and not _is_rank(view, m)
            and not _is_one_of_several(view, m)
            and not _is_origin(view, m)
            and not _is_venue(view, m)
        ]
        listed = _listed(reading, before)
        heads = _heads(view, before)
        if not listed and len(heads) > 1 and _are_listed(view, heads[-2], heads[-1]):
            return [replace(heads[-1], level="region", again=True)]
        if len(inside) > 1 and _are_listed(view, inside[0], inside[1]):
            inside = [replace(inside[0], level="region", again=True)]
        inside = inside[:1]
        if any(m.again for m in inside) and any(
            m.level == "organisation" and not m.again and not m.territorial for m in heads[-1:]
        ):
            # "phần mềm dùng chung của tỉnh": the province is that of the thing, not of the count.
            return [*listed, *reversed(heads), *inside]
        if heads and first - heads[-1].last <= _DIRECT_GAP and heads[-1].level != "organisation":
            return [*listed, *reversed(heads), *inside]
        return [*inside, *listed, *reversed(heads)]

    def _is_elsewhere(self, view: View, mention: Mention) -> bool:
        """``cử đi học tại Hà Nội``: where people of this province go, not whose they are."""
        other = mention.level == "province" and mention.province not in (None, self.places.home)
        return other and self.places.home is not None and view.key(mention.first - 1) in _keys("names", "at")

    def _is_located(self, view: View, mention: Mention) -> bool:
        if mention.again:
            return True
        for length in range(1, min(mention.first, 3) + 1):
            found = _locatives().longest(view.tokens[: mention.first], mention.first - length)
            if found is not None and found[0] == mention.first:
                return True
        return mention.level in ("district", "commune", "province")

    def _resolve(self, view: View, mention: Mention) -> Where | None:
        if not mention.again:
            return self._where(view, mention)
        if mention.level == "territory":
            current = self.current
            return current if current is not None and current.scope != "organisation" else self.default
        if mention.level in ("national", "region"):
            return Where(mention.level)
        if mention.level == "province":
            return Where("province", None, self._province())
        if mention.level == "city":
            cities = place_words()["types"]
            central = [*cities["central"], *cities["central_since_2025"]]
            if self.places.home in central or self.last.get("district") is None:
                return Where("province", None, self._province())
            return self.last.get("district")
        if mention.is_team:
            return self.last.get("team")
        if mention.level == "organisation":
            return self.last.get("organisation", Where("organisation", None, self._province()))
        return self.last.get(mention.level)

    def _where(self, view: View, mention: Mention) -> Where:
        if mention.level in ("national", "region"):
            return Where(mention.level)
        if mention.level == "province":
            return Where("province", None, mention.province)
        province = (
            _lies_in(view, mention, behind=True) or mention.province or _lies_in(view, mention, behind=False)
        )
        return Where(mention.level, mention.name, province or self._province())

    def _province(self) -> str | None:
        if self.places.home is not None:
            return self.places.home
        if self.section is not None:
            return self.section.province
        seen = self.last.get("province")
        return seen.province if seen and self.seen_on == self.line else None


def _level_of_office(view: View, mention: Mention) -> str | None:
    """``Phòng Văn hóa và Thông tin huyện``, ``Sở Nội vụ``: whose office a body is, by its name."""
    last = view.key(mention.last - 1)
    heads: dict[str, list[str]] = place_words()["heads"]
    if view.key(mention.first) in heads["province"]:
        return "province"
    return next((level for level in ("district", "commune") if last in heads[level]), None)


def _province_of_heading(view: View) -> Where | None:
    """The one province a heading names: that of what stands under it."""
    provinces = {m.province for m in view.mentions if m.level == "province" and not m.again}
    return Where("province", None, provinces.pop()) if len(provinces) == 1 else None


def _lies_in(view: View, mention: Mention, *, behind: bool) -> str | None:
    """Province the sentence names right behind a place, or before it (``Ở A, Học viện B``)."""
    provinces = [m for m in view.mentions if m.level == "province" and m.province is not None]
    if behind:
        chosen = [m for m in provinces if 0 <= m.first - mention.last <= _BEHIND][:1]
    else:
        chosen = [m for m in provinces if m.last <= mention.first][-1:]
    return chosen[0].province if chosen else None


def _are_listed(view: View, one: Mention, other: Mention) -> bool:
    """``A, B và C``: a figure said of several provinces at once is none's alone."""
    if one.level != "province" or other.level != "province" or one.again or other.again:
        return False
    gap = view.tokens[one.last : other.first]
    return len(gap) == 1 and (gap[0].text == "," or gap[0].key in _keys("names", "and"))


def _is_source(view: View, mention: Mention) -> bool:
    """``Theo thống kê của Trung tâm A``: who says it, not whose it is."""
    if mention.level != "organisation":
        return False
    before = view.tokens[max(mention.first - _SOURCE_GAP, 0) : mention.first]
    return any(t.key in _keys("names", "sources") for t in before) and not any(
        t.text in ",;:." for t in before
    )


def _is_origin(view: View, mention: Mention) -> bool:
    """``mời chuyên gia từ Đà Nẵng về``: where someone comes from."""
    return (
        mention.level == "province"
        and not mention.again
        and view.key(mention.first - 1) in _keys("names", "from")
    )


def _is_venue(view: View, mention: Mention) -> bool:
    """``Sáng 22/8, tại phường A, Sở B khai mạc …``: where something takes place, not whose it is."""
    if mention.level not in ("district", "commune") or mention.again:
        return False
    start = view.tokens[mention.first].start
    if not any(len(period.iso or "") == _DAY and period.end <= start for period in view.sentence.periods):
        return False
    if view.key(mention.first - 1) not in _keys("names", "at") or view.key(mention.last) != ",":
        return False
    return any(m.first == mention.last + 1 and m.territorial for m in view.mentions)


def _is_attribute(view: View, mention: Mention) -> bool:
    """``kỹ sư Việt Nam``: the country's name only says of what kind the noun before it is."""
    if mention.level != "national" or not mention.name[0].isupper() or mention.first == 0:
        return False
    before = view.tokens[mention.first - 1]
    return (
        before.text.isalpha() and before.text.islower() and before.key not in _keys("names", "before_country")
    )


def _is_rank(view: View, mention: Mention) -> bool:
    """``xếp thứ 2 toàn quốc``: among whom something ranks, not whose the figures behind it are."""
    return any(q.kind == "rank" and q.last == mention.first for q in view.quantity_at.values())


def _is_one_of_several(view: View, mention: Mention) -> bool:
    """``các xã A, B, C``, ``các quận, huyện và thành phố D``: no single place's total."""
    if mention.again or mention.level not in ("district", "commune") or mention.first == 0:
        return False
    before = view.tokens[mention.first - 1]
    if before.key in _keys("types", "several"):
        return True
    joined = mention.first > 1 and (before.text == "," or before.key in _keys("names", "and"))
    return joined and view.tokens[mention.first - 2].key in _keys("names", "listed")


def _is_bracketed(view: View, mention: Mention, first: int) -> bool:
    """Whether a mention stands in a bracket that is closed before token ``first``."""
    opened = any(token.text == "(" for token in view.tokens[: mention.first])
    if not opened:
        return False
    depth = 0
    for token in view.tokens[: mention.first]:
        depth += (token.text == "(") - (token.text == ")")
    return depth > 0 and any(token.text == ")" for token in view.tokens[mention.last : first])


def _has_itself(reading: Reading, mention: Mention) -> bool:
    """Whether a public office is the subject right before its own count (``Sở có 12 cán bộ``)."""
    gap = reading.view.tokens[mention.last : reading.quantity.first]
    return len(gap) <= _OFFICE_GAP and not any(token.text in ",;:" for token in gap)


def _heads(view: View, mentions: list[Mention]) -> list[Mention]:
    """Without the places that only say where the one before them lies (``xã A, huyện B``)."""
    heads: list[Mention] = []
    previous: Mention | None = None
    for mention in mentions:
        if previous is not None and _is_owner_of(previous, mention):
            continue
        if (
            previous is not None
            and not mention.again
            and not _is_source(view, previous)
            and _RANKS[previous.level] < _RANKS[mention.level]
        ):
            gap = view.tokens[previous.last : mention.first]
            if len(gap) <= 2 and all(
                token.text in ",(-." or token.key in _keys("names", "joining") for token in gap
            ):
                previous = mention
                continue
        heads.append(mention)
        previous = mention
    return heads


def _is_owner_of(body: Mention, mention: Mention) -> bool:
    """``Đội ứng cứu sự cố của tỉnh``: the words behind a body only say whose it is."""
    return body.level == "organisation" and not body.again and mention.again and mention.first == body.last


def _is_member(reading: Reading, mention: Mention) -> bool:
    """A named body inside the counted noun is no place of it."""
    return any(t.first <= mention.first < t.last for t in reading.counted)


def _listed(reading: Reading, before: list[Mention]) -> list[Mention]:
    """``A, B và C lần lượt có 1, 2 và 3``: the place in the same position of its list."""
    view = reading.view
    at = respectively_at(view, reading.quantity.first)
    if at is None:
        return []
    places = [m for m in before if m.last <= at and not m.again and not _is_source(view, m)]
    numbers = [q.first for q in view.sentence.quantities if q.is_candidate and q.first > at]
    position = numbers.index(reading.quantity.first)
    if len(places) == len(numbers):
        return [places[position]]
    return []
