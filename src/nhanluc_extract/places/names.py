"""The places and bodies that the sentences of one article name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from nhanluc_extract.places.article import ArticlePlaces, article_places
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.mentions import Found, find_mentions
from nhanluc_extract.text.document import Document, Sentence


class Names:
    """Looks for the names of a sentence when they are first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._plain: dict[int, Found] = {}

    @cached_property
    def of_article(self) -> ArticlePlaces:
        """The places the article is about."""
        return article_places(self._document, self._by_themselves)

    def in_sentence(self, sentence: Sentence) -> Sequence[Mention]:
        """Those of a sentence, as the article's places let them be read."""
        places, plain = self.of_article, self._by_themselves(sentence)
        if not plain.leans and not any(map(places.known.opens, sentence.tokens)):
            return plain.mentions
        return find_mentions(
            self._document.text.clean,
            sentence.tokens,
            self._document.published,
            places.home,
            places.known,
            places.provinces,
        ).mentions

    def _by_themselves(self, sentence: Sentence) -> Found:
        """Those of a sentence without regard to the others."""
        if sentence.index not in self._plain:
            self._plain[sentence.index] = find_mentions(
                self._document.text.clean, sentence.tokens, self._document.published
            )
        return self._plain[sentence.index]
