"""The places an article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.mentions import find_mentions
from nhanluc_extract.text.document import Document
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize

_THROUGHOUT = 3  # mentions of one commune for each of its province that make it the subject


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
