"""Abbreviations that an article introduces itself: ``thành viên (TV)``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nhanluc_extract.model import Token
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.text.tokens import SurfaceTrie

_LONGEST = 6  # letters of an abbreviation, and syllables of what it stands for
_SHORTEST = 2


def abbreviations(pack: RulePack, sentences: Iterable[Sequence[Token]]) -> SurfaceTrie[str]:
    """Names of word classes by the abbreviations that an article introduces."""
    found: SurfaceTrie[str] = SurfaceTrie()
    for short, name in introduced(pack, sentences):
        found.add(short, name)
    return found


def introduced(pack: RulePack, sentences: Iterable[Sequence[Token]]) -> Iterator[tuple[str, str]]:
    """Abbreviations that stand in brackets behind a word of the pack, and the class of the word.

    The abbreviation is made of the first letters of the word's syllables.
    """
    for tokens in sentences:
        for index in [i for i, token in enumerate(tokens[:-2]) if token.text == "("]:
            short = tokens[index + 1].text
            bracketed = tokens[index + 2].text == ")"
            if bracketed and short.isalpha() and short.isupper() and _SHORTEST <= len(short) <= _LONGEST:
                first = index - len(short)
                word = pack.trie.longest(tokens, first) if first >= 0 else None
                initials = "".join(token.text[0] for token in tokens[max(first, 0) : index]).upper()
                if word is not None and word[0] == index and initials == short:
                    yield short, word[1][0]
