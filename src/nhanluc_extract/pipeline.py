"""The extraction as one function: an article in, its facts out."""

from __future__ import annotations

from pathlib import Path

from nhanluc_extract.extraction.article import Extraction, extract_article
from nhanluc_extract.extraction.screen import Screen
from nhanluc_extract.model import Article, Fact
from nhanluc_extract.rulepack.load import load_rule_pack
from nhanluc_extract.rulepack.model import RulePack


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
        """Facts of ``article`` with what every number was taken for."""
        return extract_article(self.pack, article, self.screen)

    def facts(self, article: Article) -> list[Fact]:
        return self.read(article).facts
