"""The places an article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nhanluc_extract.model import Token, Zone
from nhanluc_extract.places.bodies import abbreviated, brand_of
from nhanluc_extract.places.gazetteer import gazetteer, place_words
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.mentions import Found, find_mentions
from nhanluc_extract.places.words import keys, words_of
from nhanluc_extract.text.document import Document, Sentence
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize

_ELSEWHERE = 4  # mentions of the country for each of a province that make it no home
_LINES_OF_HEAD = 4  # those in which the text may begin
_LONGEST_SIGN = 60  # characters that name the paper
# The site of a provincial paper, and the short name of one: in brackets, or before a dash.
_SITE = re.compile(r"\(?bao(?P<province>[a-z]+)\.(?:com\.)?vn\)?(?=[\s,])", re.I)
_SIGN = re.compile(r"(?P<bracket>\()?(?P<paper>[^\W\da-z_]{3,5})(?(bracket)\)\s?[-–]?|\s?[-–])(?=\s)")
_OFTENER = 2  # mentions of a district for each of its province
_THROUGHOUT = 3  # mentions of one commune for each of its province that make it the subject


@dataclass(frozen=True, slots=True)
class ArticlePlaces:
    """The province an article is about (None: several, or none named), and whether it names any.

    ``local`` says that it speaks for a province, named or not (*trên địa bàn tỉnh*, *Thành phố đã …*):
    one that a report only comes from does not own what it tells. ``titled`` is the district or commune
    that its title alone speaks of; ``known`` are the places below the province that it names with their
    type. ``leads`` says that the headline or the lead names ``home``; ``institution`` is the body with
    people of its own that the headline begins with.
    """

    home: str | None
    local: bool
    titled: Mention | None
    known: SurfaceTrie[Mention]
    provinces: frozenset[str] = frozenset()
    leads: bool = True
    institution: Mention | None = None


def article_places(document: Document, named_in: Callable[[Sentence], Found]) -> ArticlePlaces:
    """Weigh the places an article names: its title most, then its lead.

    ``named_in`` tells what a sentence names without regard to the others.
    """
    weighed = _Weighed(document, named_in)
    home = weighed.home()
    headline = _headline(document, home, weighed.known)
    home = home or _told_by(headline)
    institution = next((m for m in headline if m.first == 0 and _is_institution(m)), None)
    below = _only_below_province(headline, weighed)
    subject = weighed.named.get(below.name.lower(), below) if below is not None else weighed.told_of()
    if len(weighed.titled) == 1:
        return ArticlePlaces(home, True, subject, weighed.known, institution=institution)
    signed = home is not None and weighed.signed == home
    speaks = (
        weighed.local or weighed.cities or weighed.below.total() > 1 or weighed.offices == {home} or signed
    )
    local = bool(speaks) if home is not None else weighed.local > weighed.national
    leads = home in weighed.leading
    return ArticlePlaces(home, local, subject, weighed.known, frozenset(weighed.weights), leads, institution)


class _Weighed:
    """The places of an article: how often, where and with what weight they are named."""

    def __init__(self, document: Document, named_in: Callable[[Sentence], Found]) -> None:
        self.weights: Counter[str] = Counter()
        self.national = self.local = self.cities = self.provincial = 0
        self.titled: set[str] = set()
        self.offices: set[str] = set()
        self.leading: set[str] = set()
        self.below: Counter[str] = Counter()
        self.named: dict[str, Mention] = {}
        self.led = False
        self.known: SurfaceTrie[Mention] = SurfaceTrie()
        self.document = document
        title = document.article.title
        if title:
            found = find_mentions(title, tokenize(title), document.published).mentions
            self.titled.update(mention.province for mention in found if mention.province)
        above = next((s.index for s in document.sentences if s.zone == "title"), 0)
        for sentence in document.sentences:
            # The site's name above the headline tells the province as well as the headline.
            weight = 6 if sentence.index < above else {"title": 6, "lead": 3}.get(sentence.zone, 1)
            for mention in named_in(sentence).mentions:
                self._weigh(mention, sentence.zone, weight)
                if mention.province and mention.first:
                    # A figure of *toàn tỉnh Cao Bằng* tells more than a son at work in Bắc Ninh.
                    whole = sentence.tokens[mention.first - 1].key in keys("names", "wholes")
                    self.weights[mention.province] += whole
                for short in (abbreviated(sentence.tokens, mention), brand_of(sentence.tokens, mention)):
                    if short is not None:
                        self.known.add(short, mention)

        self.signed = _stamp(document) or _signed(document)
        if self.signed is not None:
            self.weights[self.signed] += 3
            self.leading.add(self.signed)

    def _weigh(self, mention: Mention, zone: Zone, weight: int) -> None:
        if mention.bare is not None:
            self.known.add(mention.bare, mention)
        if zone != "title" and mention.level in ("district", "commune"):
            name = mention.name.lower()
            self.below[mention.level if mention.again else name] += 1
            if not mention.again:
                if name not in self.named or self.named[name].name.isupper():
                    self.named[name] = mention
                self.led |= zone == "lead" and mention.level == "district"
        self.national += weight if mention.level == "national" else 0
        self.local += mention.level == "province" and mention.again
        self.cities += mention.level == "city"
        self.provincial += mention.level == "province"
        if mention.province is None:
            return
        if zone in ("title", "lead"):
            self.leading.add(mention.province)
        if mention.territorial:
            self.offices.add(mention.province)
        if not mention.former:
            # A district with its type tells more than a province or a town named in passing.
            below = 2 if mention.bare is not None else 1
            self.weights[mention.province] += weight if mention.level == "province" else below
            if zone == "title":
                self.titled.add(mention.province)

    def home(self) -> str | None:
        """The one province of the title, or the one that outweighs all others, by the name it has by then."""
        name = self._most_told()
        now = gazetteer().in_force(name, self.document.published) if name is not None else None
        return now if now in self.weights else name

    def _most_told(self) -> str | None:
        if len(self.titled) == 1:
            return next(iter(self.titled))
        if not self.weights:
            told = self.local or self.below
            return self._dated_in() or self._paper() or self._only_district() if told else None
        name, weight = self.weights.most_common(1)[0]
        told = weight >= 3 or self.local or not self.national
        elsewhere = not self.local and self.national > _ELSEWHERE * weight
        leads = (name in self.leading or weight >= self.national) and not elsewhere
        outweighs = weight * 2 > sum(self.weights.values())
        if self.local and not self.cities and name in _cities() and (province := self._only_province()):
            return province
        if self.local and not outweighs:
            # "Hà Giang, 12/7/2023": of several told of alike, the one that a text of "toàn tỉnh" comes from.
            dated = self._dated_in()
            if dated is not None and self.weights[dated] == weight:
                return dated
            return self._merged() or self._only_province()
        return name if outweighs and told and leads else None

    def _merged(self) -> str | None:
        """``Sau khi Bến Tre, Trà Vinh và Vĩnh Long về chung một nhà``: what most that are named are now."""
        now: Counter[str] = Counter()
        for name, weight in self.weights.items():
            now[gazetteer().in_force(name, self.document.published)] += weight
        name, weight = now.most_common(1)[0]
        return name if weight * 2 > now.total() and name in self.weights else None

    def _only_province(self) -> str | None:
        """``Toàn tỉnh có …``, said beside the name of a city: the one named that is no city."""
        provinces = self.weights.keys() - _cities()
        return provinces.pop() if len(provinces) == 1 else None

    def _dated_in(self) -> str | None:
        """``Hưng Yên, 01/12/2025``, ``Cổng TTĐT Sở Nội vụ Hưng Yên, ngày 1/12``: the one of the date line."""
        line = self.document.dateline[0] if self.document.dateline is not None else ""
        named = find_mentions(line, tokenize(line), self.document.published).mentions
        provinces = {m.province for m in named if m.level == "province" or (m.territorial and m.province)}
        return provinces.pop() if len(provinces) == 1 else None

    def _paper(self) -> str | None:
        """``Phóng viên Báo Khánh Hòa``: the province of the paper that a text of *toàn tỉnh* names."""
        papers = words_of("names", "papers")
        told = [sentence.tokens for sentence in self.document.sentences]
        if self.document.dateline is not None:
            told.append(tokenize(self.document.dateline[0]))
        found = {
            name
            for tokens in told
            for _, last, _ in papers.find(tokens)
            if (name := _province_at(tokens, last)) is not None
        }
        return found.pop() if len(found) == 1 else None

    def _only_district(self) -> str | None:
        """``Ninh Phước có 9 xã … Toàn huyện có …``: the province of the districts that lie in one alone."""
        if not self.below["district"]:
            return None
        found: Counter[str] = Counter()
        for sentence in self.document.sentences:
            for first, last, districts in gazetteer().district_trie.find(sentence.tokens):
                named = all(token.text[0].isupper() for token in sentence.tokens[first:last])
                provinces = {province for district in districts for province in district.provinces}
                if named and last - first > 1 and len(provinces) == 1:
                    found.update(provinces)
        return next(iter(found)) if len(found) == 1 and found.total() > 1 else None

    def told_of(self) -> Mention | None:
        """The one commune that a text tells of throughout, though its headline names none; or the one
        district that its lead names, where nothing tells of a province."""
        communes = [mention for mention in self.named.values() if mention.level == "commune"]
        districts = [mention for mention in self.named.values() if mention.level == "district"]
        if len(districts) == 1 and self.led and not self.national:
            told = self.told(districts[0])
            return districts[0] if told >= _THROUGHOUT * self.provincial else None
        if len(communes) != 1:
            return None
        return communes[0] if self.told(communes[0]) >= _THROUGHOUT * max(self.local, 1) else None

    def told(self, place: Mention) -> int:
        """How often the text names a district or commune, or takes one up again."""
        return self.below[place.level] + self.below[place.name.lower()]


def _cities() -> frozenset[str]:
    """Provinces that are no *tỉnh*."""
    return frozenset(place_words()["types"]["central"])


def _stamp(document: Document) -> str | None:
    """``Đà NẵngGiám đốc công ty cho rằng …``: the province that a page sets before the text, glued to it."""
    for line in document.lines[:_LINES_OF_HEAD]:
        for name in gazetteer().provinces:
            if line.text.startswith(name) and line.text[len(name) :][:1].isupper():
                return name
    return None


def _signed(document: Document) -> str | None:
    """``ĐBP - Bảy giờ tối``, ``(Baonghean.vn) - …``, ``(Báo Lào Cai) - …``: the province of the paper."""
    for line in document.lines[:_LINES_OF_HEAD]:
        named = _paper_at(tokenize(line.text[:_LONGEST_SIGN]))
        if named is not None:
            return named
        site = _SITE.match(line.text)
        if site is not None:
            return gazetteer().by_site.get(site["province"].lower())
        opening = _SIGN.match(line.text)
        if opening is not None:
            papers: dict[str, str] = place_words()["papers"]
            return papers.get(opening["paper"])
    return None


def _paper_at(tokens: Sequence[Token]) -> str | None:
    """The province of the paper whose name opens a line, in brackets or not."""
    first = 1 if tokens and tokens[0].text == "(" else 0
    paper = words_of("names", "papers").longest(tokens, first)
    return _province_at(tokens, paper[0]) if paper is not None else None


def _province_at(tokens: Sequence[Token], index: int) -> str | None:
    """The province whose name begins at a token."""
    named = gazetteer().province_trie.longest(tokens, index)
    return named[1][0] if named is not None else None


def _headline(document: Document, home: str | None, known: SurfaceTrie[Mention]) -> list[Mention]:
    """Places of the headline, those that only the text names with their type among them."""
    return [
        mention
        for sentence in document.sentences
        if sentence.zone == "title"
        for mention in find_mentions(
            document.text.clean, sentence.tokens, document.published, home, known
        ).mentions
    ]


def _told_by(headline: Sequence[Mention]) -> str | None:
    """The province of the one place that a headline names and the text locates."""
    provinces = {mention.province for mention in headline if not mention.again and mention.province}
    return provinces.pop() if len(provinces) == 1 else None


def _is_institution(mention: Mention) -> bool:
    """A named body that has people for itself."""
    known = mention.again or mention.territorial or mention.is_team
    return mention.level == "organisation" and not known


def _only_below_province(headline: Sequence[Mention], weighed: _Weighed) -> Mention | None:
    """The one district or commune of a headline that names no province beside it, but to say where it lies.

    Where the text speaks of the province too, only a district that is the headline's subject is, or one that
    it speaks of much oftener.
    """
    headline = [m for m in headline if not (m.again and m.level == "organisation")]
    ends = {m.last + 1 for m in headline if m.level == "district"}
    headline = [m for m in headline if not (m.level == "province" and m.first in ends)]  # "Ba Tri (Bến Tre)"
    names = {(m.level, m.name) for m in headline}
    if len(names) == 1 and headline[0].level in ("district", "commune") and not headline[0].again:
        of_district = headline[0].level == "district"
        oftener = of_district and weighed.told(headline[0]) >= _OFTENER * weighed.local
        leads = of_district and headline[0].first == 0
        return headline[0] if leads or oftener or not weighed.local else None
    return None
