"""One article, from its text to its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from nhanluc_extract.extraction.discourse.reader import Discourse, read_discourse
from nhanluc_extract.extraction.facts.build import build_facts
from nhanluc_extract.extraction.facts.fields.owner import scenes_of
from nhanluc_extract.extraction.facts.fields.resolver import Fields
from nhanluc_extract.extraction.facts.fields.table import LAYERS
from nhanluc_extract.extraction.frames.claims import Claim, take_claims
from nhanluc_extract.extraction.frames.matching import Candidate
from nhanluc_extract.extraction.screen import Screen
from nhanluc_extract.extraction.sentence.abbreviations import abbreviations
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.model import Article, Fact, Quantity
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.text.document import Document, read_document


@dataclass(frozen=True, slots=True)
class Decision:
    """What one number of the article was taken for: a fact, or why it is none.

    Of the frames that fit (``candidates``) the first decided.
    """

    quantity: Quantity
    fact: Fact | None
    reason: str
    candidates: Sequence[Candidate] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one article, and what its numbers were taken for where it was read at all."""

    document: Document
    facts: list[Fact]
    discourse: Discourse | None = None
    claims: Sequence[Claim] = ()

    @property
    def tells(self) -> bool:
        """Whether some sentence tells a fact by itself; what several tell together is left out."""
        return _tell(self.claims)

    @property
    def decisions(self) -> list[Decision]:
        """What each number was taken for, in text order."""
        return _decisions(self.discourse, self.claims, self.facts) if self.discourse is not None else []


def extract_article(
    pack: RulePack, article: Article, screen: Screen | None, *, use_words: bool = True
) -> Extraction:
    """Read one article.

    With a ``screen`` only one that tells something; the facts of such an article are the same without it.
    """
    document = read_document(article)
    promising: Iterator[tuple[int, int]] | None = None
    if screen is not None:
        found = screen.promising(document)
        first = next(found, None)
        if first is None:
            return Extraction(document, [])
        promising = chain([first], found)
    known = abbreviations(pack, (sentence.tokens for sentence in document.sentences))
    discourse = read_discourse(pack, document, known, screen, use_words)
    claims = take_claims(discourse, promising)
    if screen is not None and not _tell(claims):
        return Extraction(document, [])
    fields = Fields(discourse, claims, scenes_of(discourse, claims), LAYERS)
    return Extraction(document, build_facts(fields), discourse, claims)


def _tell(claims: Sequence[Claim]) -> bool:
    return any(claim.stands_alone for claim in claims)


def _decisions(discourse: Discourse, claims: Sequence[Claim], facts: Sequence[Fact]) -> list[Decision]:
    of_number = {
        claim.reading.quantity.start: (claim, fact) for claim, fact in zip(claims, facts, strict=True)
    }
    decisions = []
    for index, readings in discourse.readings.items():
        by_first = {reading.quantity.first: reading for reading in readings}
        for quantity in discourse.views[index].sentence.quantities:
            claim, fact = of_number.get(quantity.start, (None, None))
            if claim is not None and fact is not None:
                decisions.append(Decision(quantity, fact, fact.rule, claim.candidates))
            else:
                decisions.append(Decision(quantity, None, _why_none(quantity, by_first.get(quantity.first))))
    return decisions


def _why_none(quantity: Quantity, reading: Reading | None) -> str:
    if not quantity.is_candidate:
        return quantity.kind
    if reading is None or reading.is_whole:
        return "denominator"
    if reading.unknown:
        return f"counts {reading.unknown!r}, a word of no rule"
    if not reading.counted:
        return "no counted noun"
    names = ", ".join(dict.fromkeys(t.word.name for t in reading.counted))
    return f"counts {names}, but no frame asks for it here"
