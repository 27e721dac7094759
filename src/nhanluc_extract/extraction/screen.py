"""The cheap test that spares the tokenizer: what it drops, no rule could have matched."""

from __future__ import annotations

from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.text.document import Document, Sentence
from nhanluc_extract.text.tokens import tokenize


class Screen:
    """Built from a rule pack: the first syllables of every noun a rule can count.

    Sound because a fact needs a counted noun in its own sentence or in one it takes the noun from,
    and all of these lie in the same article.
    """

    def __init__(self, pack: RulePack) -> None:
        counted = frozenset().union(*(frame.count for frame in pack.frames)) if pack.frames else frozenset()
        openers = set()
        for surface, name in pack.surfaces.items():
            if not pack.ancestors[name].isdisjoint(counted):
                openers.add(tokenize(surface)[0].key)
        self.openers = frozenset(openers)

    def keeps_article(self, document: Document) -> bool:
        """Whether the article has a candidate number and a counted noun at all."""
        has_number = any(q.is_candidate for sentence in document.sentences for q in sentence.quantities)
        return has_number and any(self.keeps_sentence(s) for s in document.sentences)

    def keeps_sentence(self, sentence: Sentence) -> bool:
        """Whether a noun that some rule counts can begin in the sentence."""
        return any(token.key in self.openers for token in sentence.tokens)
