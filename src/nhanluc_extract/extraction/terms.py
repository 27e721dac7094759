"""Sentences as the rule pack sees them: the words of its lexicon, the numbers, the places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nhanluc_extract.model import Quantity, Token
from nhanluc_extract.places.mentions import Mention
from nhanluc_extract.rulepack.model import RulePack, WordClass
from nhanluc_extract.text.document import Sentence
from nhanluc_extract.text.tokens import is_quote


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the lexicon at tokens ``[first, last)``."""

    first: int
    last: int
    word: WordClass
    classes: frozenset[str]

    def is_a(self, *names: str) -> bool:
        return not self.classes.isdisjoint(names)


@dataclass(slots=True)
class View:
    """One sentence with its terms and places; indices are token indices."""

    sentence: Sentence
    terms: list[Term]
    mentions: list[Mention]
    term_at: dict[int, Term] = field(default_factory=dict)
    quantity_at: dict[int, Quantity] = field(default_factory=dict)
    counting: set[int] = field(default_factory=set)

    @property
    def tokens(self) -> list[Token]:
        return self.sentence.tokens

    def key(self, index: int) -> str:
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def between(self, first: int, last: int) -> list[Term]:
        return [term for term in self.terms if first <= term.first and term.last <= last]

    def ending_at(self, index: int) -> Term | None:
        """The term whose last token is the one before ``index``."""
        return next((term for term in self.terms if term.last == index), None)

    def is_named(self, term: Term) -> bool:
        """Whether a term is part of the name of a place or body."""
        if any(m.first <= term.first < m.last and not m.again for m in self.mentions):
            return True
        return self._goes_on_name(term)

    def _goes_on_name(self, term: Term) -> bool:
        """``Quỹ Hỗ trợ nông dân``: a capital behind a capital, though what follows has none."""
        if term.first == 0 or term.last - term.first < 2:
            return False
        before, one, other = self.tokens[term.first - 1 : term.first + 2]
        capitals = all(token.text[0].isupper() and token.text[1:].islower() for token in (before, one))
        return capitals and other.text.islower() and one.start - before.end == 1

    def skip_fillers(self, index: int) -> int:
        """Pass quotation marks and words that may stand between a number and its noun."""
        while index < len(self.tokens):
            term = self.term_at.get(index)
            if is_quote(self.tokens[index]):
                index += 1
            elif term is not None and term.is_a("fillers"):
                index = term.last
            else:
                break
        return index

    def classes(self, first: int = 0, last: int | None = None) -> frozenset[str]:
        last = len(self.tokens) if last is None else last
        return merged(term.classes for term in self.between(first, last))


def merged(classes: Iterable[frozenset[str]]) -> frozenset[str]:
    """Union of sets of word classes."""
    return frozenset().union(*classes)


def find_terms(
    pack: RulePack, sentence: Sentence, words: Sequence[tuple[int, int]] | None = None
) -> list[Term]:
    """Terms of ``sentence``, leftmost and longest.

    A term of one syllable inside a longer ``word`` of the tokenizer is part of that word and none
    of ours (*xã* in *xã hội*). A number, a date or a document's number holds no term.
    """
    taken = _taken(sentence.quantities)
    starts = [start for start, _ in words] if words else []
    terms: list[Term] = []
    index = 0
    tokens = sentence.tokens
    while index < len(tokens):
        if index in taken:
            index += 1
            continue
        found = pack.trie.longest(tokens, index)
        if found is None or any(i in taken for i in range(index, found[0])):
            index += 1
            continue
        last, (name, *_) = found
        if last - index == 1 and words and _inside_word(tokens[index], starts, words):
            index += 1
            continue
        terms.append(Term(index, last, pack.classes[name], pack.ancestors[name]))
        index = last
    return terms


# Numbers no term may reach into; a document's number may be part of a name (Đề án 06).
_OPAQUE = frozenset({"count", "percent", "date", "money"})


def _taken(quantities: Iterable[Quantity]) -> frozenset[int]:
    return frozenset(i for q in quantities for i in range(q.first, q.last) if q.kind in _OPAQUE)


def _inside_word(token: Token, starts: list[int], words: Sequence[tuple[int, int]]) -> bool:
    if len(token.text) > 1 and token.text.isupper():
        return False  # the tokenizer glues acronyms to what follows ("CNTT đạt")
    at = bisect_right(starts, token.start) - 1
    if at < 0:
        return False
    start, end = words[at]
    return start <= token.start and token.end <= end and (start, end) != (token.start, token.end)
