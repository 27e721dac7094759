"""The extraction as one function: articles in, their facts out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nhanluc_extract.extraction.article import Extraction, extract_article
from nhanluc_extract.extraction.facts.build import moved
from nhanluc_extract.extraction.screen import Screen
from nhanluc_extract.limits import OverLimitError, limited, pieces
from nhanluc_extract.model import Article, Fact
from nhanluc_extract.records import Record, article_record, fact_records, rejected_record
from nhanluc_extract.rulepack.load import load_rule_pack
from nhanluc_extract.rulepack.model import RulePack

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class _Whole:
    """What was read in all pieces of an article."""

    title: str | None
    published: date | None
    facts: list[Fact]


class Extractor:
    """A loaded rule pack with what is generated from it; one is enough for a process."""

    def __init__(self, pack: RulePack) -> None:
        self.pack = pack
        self.screen = Screen(pack)

    @classmethod
    def from_directory(cls, directory: Path | None = None) -> Extractor:
        """Extractor of the pack in ``directory``, or of the one that ships with the project.

        Raises:
            RulePackError: the pack is wrong; the message says where.
        """
        return cls(load_rule_pack(directory))

    def read(self, article: Article) -> Extraction:
        """Facts of ``article`` with what every number was taken for, if it tells any by a sentence."""
        return extract_article(self.pack, article, self.screen)

    def read_unscreened(self, article: Article) -> Extraction:
        """As ``read``, with a decision for every number, of an article that tells no fact too."""
        return extract_article(self.pack, article, None)

    def facts(self, article: Article) -> list[Fact]:
        return self._read_whole(article).facts

    def _read_whole(self, article: Article) -> _Whole:
        """An article piece by piece; the pieces behind the first go on under its title and date."""
        title, published = article.title, article.published
        facts: list[Fact] = []
        for start, end in pieces(article.text):
            text = article.text[start:end]
            extraction = self.read(Article(article.source, text, title, published))
            title, published = extraction.document.title, extraction.document.published
            facts += moved(extraction.facts, start, len(facts))
        return _Whole(title, published, facts)

    def record(self, article: Article) -> Record:
        """Row of the articles table with the facts inside.

        Whatever goes wrong with an article, it is rejected alone.
        """
        try:
            with limited(len(article.text)):
                whole = self._read_whole(article)
                facts = fact_records(article, whole.published, whole.facts)
                return article_record(article, whole.title, whole.published, facts)
        except OverLimitError as error:
            return rejected_record(article.source, str(error))
        except Exception as error:
            if isinstance(error.__cause__, KeyboardInterrupt | SystemExit):
                raise error.__cause__ from None  # a signal that came while a module was being imported
            told = f"{type(error).__name__}: {error}"
            return rejected_record(
                article.source, f"The extraction failed on it ({told}). Please report this article."
            )

    def batch(self, articles: pa.RecordBatch) -> pa.RecordBatch:
        """Map articles (``source text title published``) to rows of the articles table with facts.

        ``title`` and ``published`` may be missing or null; a row without a text is rejected.
        """
        import pyarrow as pa

        from nhanluc_extract.schema import ARTICLES_WITH_FACTS

        records = [
            rejected_record(row["source"], "It has no text.")
            if row["text"] is None
            else self.record(Article(row["source"], row["text"], row.get("title"), row.get("published")))
            for row in articles.to_pylist()
        ]
        return pa.RecordBatch.from_pylist(records, schema=ARTICLES_WITH_FACTS)
