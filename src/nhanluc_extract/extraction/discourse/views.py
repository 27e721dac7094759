"""The sentences of an article with their words, each read when it is first asked for: most are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nhanluc_extract.extraction.screen import Screen
from nhanluc_extract.extraction.sentence.terms import find_terms, in_context
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.names import Names
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.text.document import Document, Sentence
from nhanluc_extract.text.tokens import SurfaceTrie


class Views(Mapping[int, View]):
    """Views by the index of their sentence.

    ``use_words`` asks the tokenizer, of the sentences that ``screen`` keeps.
    """

    def __init__(
        self,
        pack: RulePack,
        document: Document,
        abbreviations: SurfaceTrie[str],
        screen: Screen | None,
        use_words: bool,
    ) -> None:
        self.sentences = document.sentences
        self.names = Names(document)
        self._pack = pack
        self._abbreviations = abbreviations
        self._screen = screen
        self._use_words = use_words
        self._seen: dict[int, View] = {}

    def __getitem__(self, index: int) -> View:
        if index not in self._seen:
            if not 0 <= index < len(self.sentences):
                raise KeyError(index)
            self._seen[index] = self._view(self.sentences[index])
        return self._seen[index]

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.sentences)))

    def __len__(self) -> int:
        return len(self.sentences)

    def _view(self, sentence: Sentence) -> View:
        words = sentence.words() if self._needs_words(sentence) else None
        terms = find_terms(self._pack, sentence, words, self._abbreviations)
        return View(sentence, in_context(self._pack, sentence.tokens, terms), self.names)

    def _needs_words(self, sentence: Sentence) -> bool:
        if not self._use_words or not any(q.is_candidate for q in sentence.quantities):
            return False
        return self._screen is None or self._screen.keeps_sentence(sentence)
