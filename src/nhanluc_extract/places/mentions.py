"""Places and bodies named in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from nhanluc_extract.model import Token
from nhanluc_extract.places.bodies import body_again, named_body, town_at
from nhanluc_extract.places.gazetteer import District, Gazetteer, gazetteer, place_words
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.surfaces import Surfaces
from nhanluc_extract.places.words import body_names, by_level, keys, words_of
from nhanluc_extract.text.tokens import SurfaceTrie

_TITLE = 4  # syllables at most of what stands before a name that is no place's (quảng trường Ninh Thuận)
_LONGEST_PLACE, _USUAL_PLACE = 4, 2  # syllables of a commune's name; with more somebody's follows
_LED_BY_TIME = 4  # tokens from the time that opens a sentence to the place it was so in
_SHOUTED = 2  # of those in capitals that no verb follows
_ALL_PROVINCES = frozenset({"63", "64", "34"})
_NAMED_LEVELS = ("province", "district", "commune", "city")


@dataclass(frozen=True, slots=True)
class Found:
    """What a sentence names; ``leans`` says that what else the article names may change it."""

    mentions: Sequence[Mention]
    leans: bool


def find_mentions(
    clean: str,
    tokens: Sequence[Token],
    published: date | None,
    home: str | None = None,
    known: SurfaceTrie[Mention] | None = None,
    provinces: frozenset[str] = frozenset(),
) -> Found:
    """Places of one sentence in text order.

    ``home`` is the province bare district names lie in; ``known`` the places that the article names
    with their type, by their names alone; ``provinces`` those an article about none alone names.
    """
    return _Finder(Surfaces(clean, tokens), published, home, known, provinces).find()


@cache
def _openers() -> tuple[frozenset[str], frozenset[str]]:
    """The keys with which words for places and bodies begin, and those with which names of places do."""
    offices = words_of("heads", "offices").openers
    sections = (by_level("types"), by_level("heads"), by_level("words"))
    again = (words_of("organisations", name) for name in ("speakers", "unnamed", "again", "team_again"))
    words = body_names().openers.union(
        offices, *(trie.openers for trie in sections), *(trie.openers for trie in again)
    )
    return words, gazetteer().province_trie.openers | gazetteer().district_trie.openers


class _Finder:
    def __init__(
        self,
        text: Surfaces,
        published: date | None,
        home: str | None,
        known: SurfaceTrie[Mention] | None,
        provinces: frozenset[str],
    ) -> None:
        self.text = text
        self.tokens = text.tokens
        self.published = published
        self.home = home
        self.known = known
        self.provinces = provinces
        self.gazetteer: Gazetteer = gazetteer()
        self.leans = False

    def find(self) -> Found:
        found: list[Mention] = []
        index = 0
        while index < len(self.tokens):
            if not self._may_begin(self.tokens[index]):
                index += 1
                continue
            mention = (
                named_body(self.text, index)
                or self._typed(index)
                or self._bare(index, found)
                or self._several_provinces(index)
                or self._scope_word(index)
            )
            if mention is None:
                index += 1
                continue
            found.append(mention)
            index = max(mention.last, index + 1)
        return Found(found, self.leans)

    def _may_begin(self, token: Token) -> bool:
        """Whether a token is one with which any of the names or words for places and bodies begins."""
        words, names = _openers()
        if token.key in words or token.text.isdecimal() or token.short in words:
            return True
        if not token.text[0].isupper():
            return False
        known = self.known is not None and self.known.opens(token)
        return known or token.key in names or token.short in names

    def _typed(self, index: int) -> Mention | None:
        hit = by_level("types").longest(self.tokens, index)
        if hit is None:
            return None
        start, levels = hit
        if not self.text.is_capital(start):
            return self._numbered(index, start, levels)
        if self.tokens[start - 1].text == "." and len(self.tokens[start].text) == 1:
            return None  # "Ảnh: P.N Theo thống kê": whose picture it is
        province = self.gazetteer.province_trie.longest(self.tokens, start)
        surface = self.text.surface
        if "province" in levels and province is not None:
            name = province[1][0]
            central = self._is_central_city(name) and not self._lies_in_namesake(province[0], name)
            if "district" not in levels or central:
                return self._finish(
                    Mention("province", index, province[0], surface(index, province[0]), name)
                )
        if province is not None and self.text.closes_kinds(index):
            name = province[1][0]
            return self._finish(Mention("province", start, province[0], surface(start, province[0]), name))
        if "district" in levels:
            district = self.gazetteer.district_trie.longest(self.tokens, start)
            if district is not None and self.text.all_capital(start, district[0]):
                lies_in = self._province_of(self._of_type(index, start, district[1]))
                name, bare = self._place_name(index, start, district[0]), surface(start, district[0])
                return self._finish(Mention("district", index, district[0], name, lies_in, bare=bare))
        return self._unlisted(index, start, levels)

    def _unlisted(self, index: int, start: int, levels: Sequence[str]) -> Mention | None:
        """The place behind a type whose name no list knows, from token ``start`` on."""
        level = next(level for level in ("commune", "village", "district", "province") if level in levels)
        if level == "province":
            return None
        last = start + 1
        while last < len(self.tokens) and self._goes_on(start, last):
            last += 1
        if last - start > _LONGEST_PLACE:  # "chủ tịch xã Mường Tùng Lò Văn Pấng"
            last = start + (_LONGEST_PLACE if self.tokens[start].text.isupper() else _USUAL_PLACE)
        if level == "district" and last - start > 1 and self.tokens[start].key in keys("names", "surnames"):
            # "Chủ tịch UBND huyện Lê Văn A": no district that the gazetteer doesn't know is named so
            taken_up = "city" if "province" in levels else level
            return Mention(taken_up, index, start, self.text.surface(index, start), again=True)
        scope = "commune" if level == "village" else level
        name = self._place_name(index, start, last)
        # "Đường làng Quỳnh Phụ": Quỳnh Phụ by itself is the district.
        district = self.gazetteer.district_trie.longest(self.tokens, start) if level == "village" else None
        of_district = district is not None and district[0] == last
        return Mention(scope, index, last, name, bare=None if of_district else self.text.surface(start, last))

    def _goes_on(self, start: int, index: int) -> bool:
        """Whether the name of a place from ``start`` on goes on there; ``XÃ TÂN LẬP TỔ CHỨC`` ends it."""
        token = self.tokens[index]
        if (
            not self.text.is_capital(index)
            or self.text.clean[self.tokens[index - 1].end : token.start] != " "
        ):
            return False
        shouted = token.text.isupper() and index - start >= _SHOUTED
        return not (shouted and token.key in keys("names", "name_ends"))

    def _numbered(self, index: int, start: int, levels: Sequence[str]) -> Mention | None:
        """``phường 7``, ``quận 1``: a number for a name, where no counted noun follows."""
        if self.tokens[index].key not in keys("types", "numbered") or not self.text.is_digit(start):
            return None
        behind = self.tokens[start + 1] if start + 1 < len(self.tokens) else None
        named = (
            self.text.is_capital(index)
            or behind is None
            or behind.text[0].isupper()
            or behind.text in ",.;:()"
        )
        if not named or len(self.tokens[start].text) > 2:
            return None
        return Mention(levels[0], index, start + 1, self.text.surface(index, start + 1))

    def _is_central_city(self, name: str) -> bool:
        types = place_words()["types"]
        recent = self.published is None or self.published.year >= 2025
        return name in types["central"] or (recent and name in types["central_since_2025"])

    def _lies_in_namesake(self, last: int, name: str) -> bool:
        """``Thành phố Huế, tỉnh Thừa Thiên Huế``: a town that lies in the province of its name."""
        at = last + 1 if last < len(self.tokens) and self.tokens[last].text in ",(-" else last
        if at >= len(self.tokens) or self.tokens[at].key not in keys("types", "of_province"):
            return False
        province = self.gazetteer.province_trie.longest(self.tokens, at + 1)
        return province is not None and province[1][0] == name

    def _of_type(self, index: int, start: int, districts: Sequence[District]) -> Sequence[District]:
        """Those of the districts of one name that are of the type written before it."""
        written = self.text.surface(index, start).rstrip(".")
        kind = place_words()["abbreviated"].get(written, written.lower())
        return [district for district in districts if kind.endswith(district.type)] or districts

    def _province_of(self, districts: Sequence[District]) -> str | None:
        names = {name for district in districts for name in district.provinces}
        self.leans |= len(names) > 1
        if self.home in names:
            return self.home
        return names.pop() if len(names) == 1 else None

    def _bare(self, index: int, found: Sequence[Mention]) -> Mention | None:
        if not self.text.is_capital(index) or self._inside_other_name(index):
            return None
        hit = self.gazetteer.province_trie.longest(self.tokens, index)
        if hit is not None and self.text.all_capital(index, hit[0]):
            if self.text.is_capital(hit[0]) and self.tokens[hit[0]].key in keys("types", "not_before"):
                return None
            return self._finish(
                Mention("province", index, hit[0], self.text.surface(index, hit[0]), hit[1][0])
            )
        if (named := self._named_before(index)) is not None:
            return named
        town = town_at(self.text, index)
        if town is not None and not self.text.is_capital(town[0]):
            lies_in = self.gazetteer.in_force(town[1], self.published)
            return Mention("district", index, town[0], self.text.surface(index, town[0]), lies_in)
        district = self.gazetteer.district_trie.longest(self.tokens, index)
        if district is None or not self.text.all_capital(index, district[0]) or district[0] - index < 2:
            return None
        self.leans = True
        name = self._province_of(district[1])
        around = self.home is None and (self._lies_around(index, found) or name in self.provinces)
        if name is None or (name != self.home and not around):
            return None
        return Mention("district", index, district[0], self.text.surface(index, district[0]), name)

    def _named_before(self, index: int) -> Mention | None:
        """``Ở Bum Nưa``: a place the article names elsewhere with its type."""
        hit = self.known.longest(self.tokens, index) if self.known is not None else None
        if hit is None or not self.text.all_capital(index, hit[0]):
            return None
        place = hit[1][0]
        if place.level == "organisation":
            return replace(place, first=index, last=hit[0])
        if hit[0] - index < 2:
            return None
        return Mention(place.level, index, hit[0], place.name, place.province)

    def _lies_around(self, index: int, found: Sequence[Mention]) -> bool:
        """``xã A (B)``, ``xã A, B``: a district named only to say where the commune before it lies."""
        return (
            bool(found)
            and found[-1].level == "commune"
            and found[-1].last == index - 1
            and self.tokens[index - 1].text in "(,-"
        )

    def _place_name(self, index: int, start: int, last: int) -> str:
        """The place as written, without the office of it that was named (``UBND xã A``)."""
        begin = next(
            (
                i
                for i in range(index, start)
                if words_of("types", "place").longest(self.tokens, i) is not None
            ),
            index,
        )
        return self.text.surface(begin, last)

    def _inside_other_name(self, index: int) -> bool:
        if index == 0:
            return False
        before = self.tokens[index - 1]
        if self._stands_behind(index, words_of("types", "not_after")):
            return not self._stands_behind(index, words_of("names", "connected"))  # "điểm cầu Hà Nội"
        # A capital directly before belongs to the same name (Nguyễn Thái Bình, Đại học Huế).
        return (
            before.text[0].isupper()
            and before.text.isalpha()
            and not before.text.isupper()
            and index > 1
            and self.text.clean[before.end : self.tokens[index].start] == " "
            and self.tokens[index - 2].text[-1] not in ".:"
        )

    def _stands_behind(self, index: int, words: SurfaceTrie[bool]) -> bool:
        hits = (words.longest(self.tokens, first) for first in range(max(index - _TITLE, 0), index))
        return any(hit is not None and hit[0] == index for hit in hits)

    def _head_word(self, index: int) -> Mention | None:
        """``…, huyện vẫn thiếu``, ``UBND xã đã``: the bare type of a place that is a subject."""
        office = words_of("heads", "offices").longest(self.tokens, index)
        start = office[0] if office is not None else index
        hit = by_level("heads").longest(self.tokens, start) if start < len(self.tokens) else None
        if hit is None or hit[0] >= len(self.tokens):
            return None
        following = self.tokens[hit[0]]
        heads = self._opens_clause(index) and following.key not in keys("names", "not_heads")
        inside = index > 0 and self.tokens[index - 1].key in keys("heads", "not_behind")
        acts = following.key in keys("heads", "predicates") and not inside
        acts = acts and not self.text.is_plural(index, hit[1]) and not self.text.is_listed(index)
        if not following.text[0].islower() or not (heads or acts):
            return None
        return Mention(hit[1][0], index, hit[0], self.text.surface(index, hit[0]), again=True)

    def _opens_clause(self, index: int) -> bool:
        opens = index == 0 or self.tokens[index - 1].text in ',;:"“('
        return opens and not self.text.is_listed(index)

    def _finish(self, mention: Mention) -> Mention:
        last = mention.last
        if last < len(self.tokens) and self.tokens[last].text == "(":
            last += 1
        former = words_of("types", "former").longest(self.tokens, last) is not None
        return replace(mention, former=former or mention.first <= self._led_by_time)

    @cached_property
    def _led_by_time(self) -> int:
        """``Trước hợp nhất, tỉnh Trà Vinh có …``: the last token at which a place is named as it was."""
        begin = 0 if self.tokens[0].text[0].isalpha() else 1
        opening = words_of("types", "former_before").longest(self.tokens, begin)
        return opening[0] + _LED_BY_TIME if opening is not None else -1

    def _several_provinces(self, index: int) -> Mention | None:
        """``tại 6 tỉnh, thành phố``: a region; all of them are the country."""
        hit = words_of("names", "of_provinces").longest(self.tokens, index + 1)
        number = self.tokens[index].text
        if hit is None or not number.isdecimal() or number.lstrip("0") in ("", "1"):
            return None
        if index == 0 or self.tokens[index - 1].key not in keys("names", "in_several"):
            return None
        level = "national" if number in _ALL_PROVINCES else "region"
        return Mention(level, index, hit[0], self.text.surface(index, hit[0]), again=True)

    def _scope_word(self, index: int) -> Mention | None:
        hit = by_level("words").longest(self.tokens, index) if not self.text.is_domain(index) else None
        if hit is not None and hit[1][0] in _NAMED_LEVELS and self.text.is_capital(hit[0]):
            hit = None  # "của tỉnh Bắc Kạn": the name behind says which
        if hit is not None and hit[1][0] == "territory" and self.text.is_digit(hit[0]):
            return None  # "trên địa bàn 3.321 xã"
        whole = self.tokens[index].key in keys("names", "whole")
        if hit is not None and (whole or hit[1][0] == "national" or not self.text.is_plural(index, hit[1])):
            level = "city" if "city" in hit[1] else hit[1][0]
            return Mention(level, index, hit[0], self.text.surface(index, hit[0]), again=True)
        head = self._head_word(index)
        if head is not None:
            return head
        return body_again(self.text, index)
