"""Places and bodies named in a sentence, and the province an article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from nhanluc_extract.model import Token
from nhanluc_extract.places.gazetteer import District, Gazetteer, gazetteer, place_words
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.document import Document
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize

_THROUGHOUT = 3  # mentions of one commune for each of its province that make it the subject
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_PLACE = 4  # syllables of a commune's name
_NAMED_LEVELS = ("province", "district", "commune", "city")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place or body at tokens ``[first, last)`` of a sentence.

    ``level`` is a scope of a fact; ``name`` is as written; ``province`` is canonical where the name
    itself tells it. ``inner`` is the level of the place in a body's name, ``bare`` a place's name without
    its type. ``again`` marks words that only take a place up again (*toàn huyện*).
    """

    level: str
    first: int
    last: int
    name: str
    province: str | None = None
    again: bool = False
    territorial: bool = False
    is_team: bool = False
    independent: bool = False
    former: bool = False
    inner: str | None = None
    bare: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    scopes: SurfaceTrie[str]
    types: SurfaceTrie[str]
    places: SurfaceTrie[bool]
    organisations: SurfaceTrie[bool]
    brands: SurfaceTrie[bool]
    again: SurfaceTrie[bool]
    not_after: frozenset[str]
    not_before: frozenset[str]
    name_ends: frozenset[str]
    former: SurfaceTrie[bool]
    plurals: frozenset[str]
    singular: SurfaceTrie[bool]
    capitalised: frozenset[str]
    heads: SurfaceTrie[str]
    joining: frozenset[str]
    listed: frozenset[str]
    teams: SurfaceTrie[bool]
    team_again: SurfaceTrie[bool]
    team_places: SurfaceTrie[bool]
    independent: SurfaceTrie[bool]
    speakers: SurfaceTrie[bool]
    unnamed: SurfaceTrie[bool]
    one: frozenset[str]
    clause_openers: frozenset[str]
    predicates: frozenset[str]
    compounds: frozenset[str]
    numbered: frozenset[str]
    whole: frozenset[str]


@cache
def _words() -> _Words:
    data = place_words()
    scopes: SurfaceTrie[str] = SurfaceTrie()
    for level, surfaces in data["words"].items():
        for surface in surfaces:
            scopes.add(surface, level)
    types: SurfaceTrie[str] = SurfaceTrie()
    for level in ("province", "district", "commune", "village"):
        for surface in data["types"][level]:
            types.add(surface, level)
    territorial = {fold(surface) for surface in data["organisations"]["territorial"]}
    organisations: SurfaceTrie[bool] = SurfaceTrie()
    for surface in data["organisations"]["words"]:
        organisations.add(surface, fold(surface) in territorial)
    heads: SurfaceTrie[str] = SurfaceTrie()
    for level, surfaces in data["heads"].items():
        for surface in surfaces:
            heads.add(surface, level)
    named = data["organisations"]
    for surface in (*named["singular"], *named["teams"], *named["brands"]):
        organisations.add(surface, False)
    return _Words(
        scopes=scopes,
        types=types,
        places=SurfaceTrie.of(data["types"]["place"]),
        organisations=organisations,
        brands=SurfaceTrie.of(named["brands"]),
        again=SurfaceTrie.of(named["again"]),
        not_after=frozenset(fold(word) for word in data["types"]["not_after"]),
        not_before=frozenset(fold(word) for word in data["types"]["not_before"]),
        name_ends=frozenset(fold(word) for word in data["names"]["name_ends"]),
        former=SurfaceTrie.of(data["types"]["former"]),
        singular=SurfaceTrie.of(data["organisations"]["singular"]),
        heads=heads,
        listed=frozenset(fold(word) for word in data["names"]["listed"]),
        joining=frozenset(fold(word) for word in data["names"]["not_heads"]),
        teams=SurfaceTrie.of(data["organisations"]["teams"]),
        team_places=SurfaceTrie.of(data["organisations"]["team_places"]),
        team_again=SurfaceTrie.of(data["organisations"]["team_again"]),
        independent=SurfaceTrie.of(data["organisations"]["independent"]),
        speakers=SurfaceTrie.of(data["organisations"]["speakers"]),
        unnamed=SurfaceTrie.of(data["organisations"]["unnamed"]),
        one=frozenset(fold(word) for word in data["organisations"]["one"]),
        whole=frozenset(fold(word) for word in data["names"]["whole"]),
        numbered=frozenset(fold(word) for word in data["types"]["numbered"]),
        compounds=frozenset(fold(word) for word in data["names"]["compounds"]),
        predicates=frozenset(fold(word) for word in data["names"]["predicates"]),
        clause_openers=frozenset(fold(word) for word in data["names"]["clause_openers"]),
        capitalised=frozenset(fold(word) for word in data["organisations"]["capitalised"]),
        plurals=frozenset(fold(word) for word in data["types"]["plurals"]),
    )


def find_mentions(
    clean: str,
    tokens: Sequence[Token],
    published: date | None,
    home: str | None = None,
    known: SurfaceTrie[Mention] | None = None,
    provinces: frozenset[str] = frozenset(),
) -> list[Mention]:
    """Places of one sentence in text order.

    ``home`` is the province bare district names lie in; ``known`` the places that the article names
    with their type, by their names alone; ``provinces`` those an article about none alone names.
    """
    return _Finder(clean, tokens, published, home, known, provinces).find()


class _Finder:
    def __init__(
        self,
        clean: str,
        tokens: Sequence[Token],
        published: date | None,
        home: str | None,
        known: SurfaceTrie[Mention] | None,
        provinces: frozenset[str],
    ) -> None:
        self.clean = clean
        self.tokens = tokens
        self.published = published
        self.home = home
        self.known = known
        self.provinces = provinces
        self.words = _words()
        self.gazetteer: Gazetteer = gazetteer()

    def find(self) -> list[Mention]:
        found: list[Mention] = []
        index = 0
        while index < len(self.tokens):
            mention = (
                self._organisation(index)
                or self._typed(index)
                or self._bare(index, found)
                or self._scope_word(index)
            )
            if mention is None:
                index += 1
                continue
            found.append(mention)
            index = max(mention.last, index + 1)
        return found

    def _surface(self, first: int, last: int) -> str:
        return self.clean[self.tokens[first].start : self.tokens[last - 1].end]

    def _is_capital(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].text[0].isupper()

    def _is_team_name(self, index: int, last: int) -> bool:
        """``tổ công nghệ số cộng đồng thôn A``, not ``62 tổ công nghệ số cộng đồng``."""
        if self._is_plural(index, ["organisation"]):
            return False
        typed = self.words.types.longest(self.tokens, last) or self.words.team_places.longest(
            self.tokens, last
        )
        if typed is not None:
            last = typed[0]
        return self._is_capital(last) or self._is_digit(last)

    def _is_digit(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].text.isdigit()

    def _organisation(self, index: int) -> Mention | None:
        hit = self.words.organisations.longest(self.tokens, index)
        if hit is None:
            return None
        last, (territorial, *_) = hit
        start = last
        singular = self.words.singular.longest(self.tokens, index) is not None
        if singular and self._is_plural(index, ["organisation"]):
            return None
        limit = index + place_words()["names"]["longest_name"]
        if self.tokens[index].key in self.words.capitalised and not self._is_capital(index):
            return None
        inside = self.tokens[index + 1 : last] if last - index > 1 else self.tokens[index:last]
        capital = any(token.text[0].isupper() for token in inside) and (
            last - index > 1 or self.tokens[index].text.isupper()
        )
        is_team = self.words.teams.longest(self.tokens, index) is not None
        if is_team and not self._is_team_name(index, last):
            return None
        is_brand = self.words.brands.longest(self.tokens, index) is not None
        while last < min(limit, len(self.tokens)):
            token = self.tokens[last]
            if is_brand and token.text[0].islower():
                break
            if not (token.text[0].isalpha() or token.text in "-&" or (is_team and token.text.isdigit())) or (
                token.key in self.words.name_ends and token.text[0].islower()
            ):
                break
            capital = capital or token.text[0].isupper()
            last += 1
        if singular and not any(token.text[0].isupper() for token in self.tokens[start:last]):
            last = start
        numbered = is_team or (self._is_digit(last) and self._is_capital(index))
        while last > index and self.tokens[last - 1].text in "-&":
            last -= 1
        if not capital and not singular and not numbered:
            return None
        return Mention(
            "organisation",
            index,
            last,
            self._surface(index, last),
            province=self._province_inside(index, last),
            territorial=territorial,
            is_team=is_team or singular,
            independent=self.words.independent.longest(self.tokens, index) is not None,
            inner=self._level_inside(index + 1, last),
        )

    def _level_inside(self, first: int, last: int) -> str | None:
        for index in range(first, last):
            hit = self.words.types.longest(self.tokens[:last], index)
            if hit is not None and hit[0] < last and (self._is_capital(hit[0]) or self._is_digit(hit[0])):
                return hit[1][0]
        return None

    def _province_inside(self, first: int, last: int) -> str | None:
        for index in range(first, last):
            hit = self.gazetteer.province_trie.longest(self.tokens[:last], index)
            if hit is not None and self._all_capital(index, hit[0]):
                return hit[1][0]
        return None

    def _all_capital(self, first: int, last: int) -> bool:
        return all(token.text[0].isupper() for token in self.tokens[first:last] if token.text[0].isalpha())

    def _typed(self, index: int) -> Mention | None:
        hit = self.words.types.longest(self.tokens, index)
        if hit is None:
            return None
        start, levels = hit
        if not self._is_capital(start):
            return self._numbered(index, start, levels)
        province = self.gazetteer.province_trie.longest(self.tokens, start)
        if "province" in levels and province is not None:
            name = province[1][0]
            if "district" not in levels or self._is_central_city(name):
                return self._finish(
                    Mention("province", index, province[0], self._surface(index, province[0]), name)
                )
        if "district" in levels:
            district = self.gazetteer.district_trie.longest(self.tokens, start)
            if district is not None and self._all_capital(start, district[0]):
                province_name = self._province_of(district[1])
                return self._finish(
                    Mention(
                        "district",
                        index,
                        district[0],
                        self._place_name(index, start, district[0]),
                        province_name,
                        bare=self._surface(start, district[0]),
                    )
                )
        level = next(level for level in ("commune", "village", "district", "province") if level in levels)
        if level == "province":
            return None
        last = start
        while last < len(self.tokens) and last - start < _LONGEST_PLACE and self._is_capital(last):
            if last > start and self.clean[self.tokens[last - 1].end : self.tokens[last].start] != " ":
                break
            last += 1
        scope = "commune" if level == "village" else level
        name = self._place_name(index, start, last)
        return Mention(scope, index, last, name, bare=self._surface(start, last))

    def _numbered(self, index: int, start: int, levels: Sequence[str]) -> Mention | None:
        """``phường 7``, ``quận 1``: a number for a name, where no counted noun follows."""
        if self.tokens[index].key not in self.words.numbered or not self._is_digit(start):
            return None
        behind = self.tokens[start + 1] if start + 1 < len(self.tokens) else None
        named = (
            self._is_capital(index) or behind is None or behind.text[0].isupper() or behind.text in ",.;:()"
        )
        if not named or len(self.tokens[start].text) > 2:
            return None
        return Mention(levels[0], index, start + 1, self._surface(index, start + 1))

    def _is_central_city(self, name: str) -> bool:
        cities = place_words()["types"]["central"]
        if name in cities:
            return True
        since = place_words()["types"]["central_since_2025"]
        return name in since and (self.published is None or self.published.year >= 2025)

    def _province_of(self, districts: Sequence[District]) -> str | None:
        names = {name for district in districts for name in district.provinces}
        if self.home in names:
            return self.home
        return names.pop() if len(names) == 1 else None

    def _bare(self, index: int, found: Sequence[Mention]) -> Mention | None:
        if not self._is_capital(index) or self._inside_other_name(index):
            return None
        hit = self.gazetteer.province_trie.longest(self.tokens, index)
        if hit is not None and self._all_capital(index, hit[0]):
            if self._is_capital(hit[0]) and self.tokens[hit[0]].key in self.words.not_before:
                return None
            return self._finish(Mention("province", index, hit[0], self._surface(index, hit[0]), hit[1][0]))
        named = self._named_before(index)
        if named is not None:
            return named
        district = self.gazetteer.district_trie.longest(self.tokens, index)
        if district is None or not self._all_capital(index, district[0]) or district[0] - index < 2:
            return None
        name = self._province_of(district[1])
        around = self.home is None and (self._lies_around(index, found) or name in self.provinces)
        if name is None or (name != self.home and not around):
            return None
        return Mention("district", index, district[0], self._surface(index, district[0]), name)

    def _named_before(self, index: int) -> Mention | None:
        """``Ở Bum Nưa``: a place the article names elsewhere with its type."""
        hit = self.known.longest(self.tokens, index) if self.known is not None else None
        if hit is None or hit[0] - index < 2 or not self._all_capital(index, hit[0]):
            return None
        place = hit[1][0]
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
            (i for i in range(index, start) if self.words.places.longest(self.tokens, i) is not None), index
        )
        return self._surface(begin, last)

    def _inside_other_name(self, index: int) -> bool:
        if index == 0:
            return False
        before = self.tokens[index - 1]
        if before.key in self.words.not_after:
            return True
        # A capital directly before belongs to the same name (Nguyễn Thái Bình, Đại học Huế).
        return (
            before.text[0].isupper()
            and before.text.isalpha()
            and not before.text.isupper()
            and index > 1
            and self.clean[before.end : self.tokens[index].start] == " "
            and self.tokens[index - 2].text[-1] not in ".:"
        )

    def _head_word(self, index: int) -> Mention | None:
        """``…, huyện vẫn thiếu``: the bare type of a place at the head of a clause."""
        if index and self.tokens[index - 1].text not in ',;:"“(':
            return None
        before = self.tokens[max(index - 2, 0) : index]
        if len(before) == 2 and before[1].text == "," and before[0].key in self.words.listed:
            return None
        hit = self.words.heads.longest(self.tokens, index)
        if hit is None or hit[0] >= len(self.tokens):
            return None
        following = self.tokens[hit[0]]
        if not following.text[0].islower() or following.key in self.words.joining:
            return None
        return Mention(hit[1][0], index, hit[0], self._surface(index, hit[0]), again=True)

    def _is_plural(self, index: int, levels: Sequence[str]) -> bool:
        """``các huyện đã``, ``11 xã có``: bodies in number, no place taken up again."""
        if index == 0:
            return False
        before = self.tokens[index - 1]
        if before.text == ",":
            return levels[0] in ("district", "commune", "city")
        counted = before.text.isdigit() and not _YEAR.fullmatch(before.text)
        return counted or before.text == "%" or before.key in self.words.plurals

    def _finish(self, mention: Mention) -> Mention:
        last = mention.last
        if last < len(self.tokens) and self.tokens[last].text == "(":
            last += 1
        former = self.words.former.longest(self.tokens, last) is not None
        return replace(mention, former=former)

    def _scope_word(self, index: int) -> Mention | None:
        hit = self.words.scopes.longest(self.tokens, index)
        if hit is not None and hit[1][0] in _NAMED_LEVELS and self._is_capital(hit[0]):
            hit = None  # "của tỉnh Bắc Kạn": the name behind says which
        if hit is not None and hit[1][0] == "territory" and self._is_digit(hit[0]):
            return None  # "trên địa bàn 3.321 xã"
        whole = self.tokens[index].key in self.words.whole
        if hit is not None and (whole or not self._is_plural(index, hit[1])):
            level = "city" if "city" in hit[1] else hit[1][0]
            return Mention(level, index, hit[0], self._surface(index, hit[0]), again=True)
        head = self._head_word(index)
        if head is not None:
            return head
        return self._body_again(index)

    def _body_again(self, index: int) -> Mention | None:
        """``Nhà trường có``, ``chúng tôi cần``, ``một công ty phần mềm``: a body without its name."""
        for trie, fits in (
            (self.words.speakers, True),
            (self.words.unnamed, index > 0 and self.tokens[index - 1].key in self.words.one),
            (self.words.again, self._opens_clause(index) or self._begins_predicate(index)),
        ):
            hit = trie.longest(self.tokens, index) if fits else None
            if hit is not None and self._is_single(index, hit[0]):
                return Mention("organisation", index, hit[0], self._surface(index, hit[0]), again=True)
        named = self.words.teams.longest(self.tokens, index) is not None
        again = not named and self._opens_clause(index)
        hit = self.words.team_again.longest(self.tokens, index) if again else None
        if hit is None or not self._is_single(index, hit[0]) or self._names_kind(hit[0]):
            return None
        return Mention("organisation", index, hit[0], self._surface(index, hit[0]), again=True, is_team=True)

    def _names_kind(self, index: int) -> bool:
        """``Tổ cấp xã``, ``Tổ ấp, khu phố``: teams of a kind rather than the one named before."""
        if index == len(self.tokens):
            return False
        kind = self.words.types.longest(self.tokens, index)
        if kind is None:
            return self.tokens[index].key in self.words.plurals
        return not (self._is_capital(kind[0]) or self._is_digit(kind[0]))

    def _is_single(self, index: int, last: int) -> bool:
        """One body, and no syllable of another word (``đội ngũ``, ``trường hợp``)."""
        following = self.tokens[last].key if last < len(self.tokens) else ""
        return not self._is_plural(index, ["organisation"]) and following not in self.words.compounds

    def _begins_predicate(self, index: int) -> bool:
        """``năm 2025 trường được giao``: a bare body with a word of predication behind it."""
        hit = self.words.again.longest(self.tokens, index)
        return (
            hit is not None and hit[0] < len(self.tokens) and self.tokens[hit[0]].key in self.words.predicates
        )

    def _opens_clause(self, index: int) -> bool:
        if index == 0:
            return True
        before = self.tokens[index - 1]
        return before.text in ',;:"“(-–' or before.key in self.words.clause_openers


@dataclass(frozen=True, slots=True)
class ArticlePlaces:
    """The province an article is about (None: several, or none named), and whether it names any.

    ``local`` says that it speaks of a province at all, named or not (*trên địa bàn tỉnh*); ``titled``
    is the district or commune that its title alone speaks of; ``known`` are the places below the
    province that it names with their type.
    """

    home: str | None
    local: bool
    titled: Mention | None = None
    known: SurfaceTrie[Mention] | None = None
    provinces: frozenset[str] = frozenset()


def article_places(document: Document) -> ArticlePlaces:
    """Weigh the places an article names: its title most, then its lead."""
    weights: Counter[str] = Counter()
    national = local = 0
    clean = document.text.clean
    titled: set[str] = set()
    home: str | None
    leading: set[str] = set()
    below: Counter[str] = Counter()
    named: dict[str, Mention] = {}
    known: SurfaceTrie[Mention] = SurfaceTrie()
    title = document.article.title
    if title:
        for mention in find_mentions(title, tokenize(title), document.published):
            if mention.province:
                titled.add(mention.province)
    above = next((s.index for s in document.sentences if s.zone == "title"), 0)
    for sentence in document.sentences:
        # The site's name above the headline tells the province as well as the headline.
        weight = 6 if sentence.index < above else {"title": 6, "lead": 3}.get(sentence.zone, 1)
        mentions = find_mentions(clean, sentence.tokens, document.published)
        for mention in mentions:
            if mention.bare is not None:
                known.add(mention.bare, mention)
            if sentence.zone != "title" and mention.level in ("district", "commune"):
                below[mention.level if mention.again else mention.name] += 1
                if not mention.again:
                    named.setdefault(mention.name, mention)
            if mention.level == "national":
                national += weight
            elif mention.level == "province" and mention.again:
                local += 1
            if mention.province and sentence.zone in ("title", "lead"):
                leading.add(mention.province)
            if mention.province and not mention.former:
                weights[mention.province] += weight if mention.level == "province" else 1
                if sentence.zone == "title":
                    titled.add(mention.province)
    if len(titled) == 1:
        home = next(iter(titled))
        subject = _only_below_province(_headline(document, home, known), local) or _told_of(
            below, named, local
        )
        return ArticlePlaces(home, True, subject, known)
    home = None
    if weights:
        name, weight = weights.most_common(1)[0]
        told = weight >= 3 or local or not national
        if weight * 2 > sum(weights.values()) and told and (name in leading or weight >= national):
            home = name
    subject = _only_below_province(_headline(document, home, known), local) or _told_of(below, named, local)
    return ArticlePlaces(home, home is not None or local > national, subject, known, frozenset(weights))


def _headline(document: Document, home: str | None, known: SurfaceTrie[Mention]) -> list[Mention]:
    """Places of the headline, those that only the text names with their type among them."""
    return [
        mention
        for sentence in document.sentences
        if sentence.zone == "title"
        for mention in find_mentions(document.text.clean, sentence.tokens, document.published, home, known)
    ]


def _told_of(below: Counter[str], named: dict[str, Mention], local: int) -> Mention | None:
    """The one commune a text tells of throughout, though its headline names none."""
    communes = [name for name, mention in named.items() if mention.level == "commune"]
    if len(communes) != 1:
        return None
    told = below["commune"] + below[communes[0]]
    return named[communes[0]] if told >= _THROUGHOUT * max(local, 1) else None


def _only_below_province(headline: Sequence[Mention], local: int) -> Mention | None:
    """The one district or commune of a headline that names no province beside it.

    Where the text speaks of the province too, only a district that is the headline's subject is.
    """
    headline = [m for m in headline if not (m.again and m.level == "organisation")]
    names = {(m.level, m.name) for m in headline}
    if len(names) == 1 and headline[0].level in ("district", "commune") and not headline[0].again:
        leads = headline[0].first == 0 and headline[0].level == "district"
        return headline[0] if leads or not local else None
    return None
