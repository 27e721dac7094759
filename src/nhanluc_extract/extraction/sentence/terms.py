"""Sentences as the rule pack sees them: the words of its lexicon, the numbers, the places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nhanluc_extract.model import Quantity, Token
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.rulepack.model import RulePack, WordClass
from nhanluc_extract.text.document import Sentence
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, is_quote, tokenize

_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_GLUE = 1  # a mark or word between a place and the country it lies in


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the lexicon at tokens ``[first, last)``."""

    first: int
    last: int
    word: WordClass
    classes: frozenset[str]

    def is_a(self, *names: str) -> bool:
        return not self.classes.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class View:
    """One sentence with its terms and places; indices are token indices.

    ``abroad`` are the token ranges of places abroad, ``clauses`` the number of each token's clause,
    ``attributed`` the tokens that only say who says it.
    """

    sentence: Sentence
    terms: Sequence[Term]
    mentions: Sequence[Mention]
    abroad: Sequence[tuple[int, int]]
    clauses: Sequence[int]
    attributed: frozenset[int]
    term_at: Mapping[int, Term]
    quantity_at: Mapping[int, Quantity]

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        terms: Sequence[Term],
        mentions: Sequence[Mention],
        *,
        abroad: Sequence[tuple[int, int]],
        clauses: Sequence[int],
        attributed: frozenset[int],
    ) -> View:
        """The view of a sentence; a name of ours beside theirs is theirs, one of theirs in ours is ours."""
        at_home = [m for m in mentions if not any(first - _GLUE <= m.last <= first for first, _ in abroad)]
        return cls(
            sentence,
            terms,
            at_home,
            [span for span in abroad if not any(m.first < span[1] and span[0] < m.last for m in at_home)],
            clauses,
            attributed,
            {term.first: term for term in terms},
            {i: q for q in sentence.quantities for i in range(q.first, q.last)},
        )

    @property
    def tokens(self) -> list[Token]:
        return self.sentence.tokens

    def key(self, index: int) -> str:
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def same_clause(self, one: int, other: int) -> bool:
        """Whether two tokens stand in one clause."""
        return self.clauses[one] == self.clauses[other]

    def in_bracket(self, index: int) -> bool:
        """Whether a bracket opened before a token is still open there."""
        before = [token.text for token in self.tokens[:index]]
        return sum(mark in _OPENING for mark in before) > sum(mark in _CLOSING for mark in before)

    @property
    def told(self) -> list[Term]:
        """Terms of what the sentence tells, without those that say who says it."""
        return [t for t in self.terms if t.first not in self.attributed and not self._is_inside_name(t)]

    def _is_inside_name(self, term: Term) -> bool:
        """``Trường Sĩ quan Thông tin``, ``Trường Đại học FPT``, ``Học viện Bưu chính viễn thông``.

        Neither people nor, in the name of a school, firms and subjects are told of.
        """
        inside = [m for m in self.mentions if m.first < term.first < m.last and not m.again]
        if term.word.family == "people":
            return bool(inside)
        heads = [self.term_at.get(m.first) for m in inside]
        told = term.is_a("firms", "faculty") or term.word.kind == "subject"
        schools = (head for head in heads if head is not None and not head.is_a("faculty"))
        return told and any(head.is_a("schools") for head in schools)

    def is_number(self, index: int) -> bool:
        """Whether a token belongs to a number or to its hedge."""
        start = self.tokens[index].start
        return any(q.hedge_start <= start < q.end for q in self.sentence.quantities)

    def counts_at(self, index: int) -> bool:
        """Whether a number begins there that stands before a noun which is counted."""
        quantity = self.quantity_at.get(index)
        if quantity is None or not quantity.is_candidate or quantity.first != index:
            return False
        noun = self.term_at.get(quantity.last)
        return noun is not None and noun.word.family not in (None, "things")

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


def in_context(pack: RulePack, tokens: Sequence[Token], terms: Sequence[Term]) -> list[Term]:
    """``terms`` as what they mean with and without a name behind them, and behind a plural word.

    ``Công ty có 34 người`` takes up a firm that was named before; ``đại học Bách khoa`` is a school and
    no degree.
    """
    begun = {term.first for term in terms}

    def is_bare(term: Term) -> bool:
        if term.last >= len(tokens) or term.last in begun:
            return True
        behind = tokens[term.last]
        return not behind.text[0].isalpha() or behind.key in _functions() or behind.key in _pronouns()

    def is_named(term: Term) -> bool:
        behind = tokens[term.last] if term.last < len(tokens) and term.last not in begun else None
        return behind is not None and behind.text[0].isupper() and not behind.text.isupper()

    meant: list[Term] = []
    for term in terms:
        several = term.first > 0 and tokens[term.first - 1].key in _several() and term.word.plural
        name = several or (term.word.bare if is_bare(term) else term.word.named if is_named(term) else None)
        meant.append(Term(term.first, term.last, pack.classes[name], pack.ancestors[name]) if name else term)
    return meant


def merged(classes: Iterable[frozenset[str]]) -> frozenset[str]:
    """Union of sets of word classes."""
    return frozenset().union(*classes)


def find_terms(
    pack: RulePack,
    sentence: Sentence,
    words: Sequence[tuple[int, int]] | None = None,
    introduced: SurfaceTrie[str] | None = None,
) -> list[Term]:
    """Terms of ``sentence``, leftmost and longest; ``introduced`` are abbreviations of its article.

    A term of one syllable inside a longer ``word`` of the tokenizer is part of that word and none
    of ours (*xã* in *xã hội*), and so is one made of two halves (*hình thành* in *mô hình thành phố*).
    A number, a date or a document's number holds no term.
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
        if found is None and introduced is not None:
            found = introduced.longest(tokens, index)
        if found is None or any(i in taken for i in range(index, found[0])):
            index += 1
            continue
        last, (name, *_) = found
        following = tokens[last] if last < len(tokens) else None
        before = tokens[index - 1] if index else None
        if last - index == 1 and words and _inside_word(before, tokens[index], following, starts, words):
            index += 1
            continue
        if words and _straddles(tokens[index].start, tokens[last - 1].end, starts, words):
            index += 1
            continue
        if not _is_absorbed(pack, name, sentence, index, last, taken):
            terms.append(Term(index, last, pack.classes[name], pack.ancestors[name]))
        index = last
    return terms


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(language("connectors")["pronouns"])


@cache
def _several() -> frozenset[str]:
    return frozenset(language("connectors")["several"])


@cache
def _functions() -> frozenset[str]:
    return frozenset(language("connectors")["functions"])


@cache
def _heads(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(token.key for token in tokenize(head)) for head in language("clauses")[kind])


_LONGEST_SYLLABLE = 5  # letters from which a name without a mark is foreign
_OBJECT_REACH = 12  # tokens from a verb to those whom it is done for


def _is_absorbed(
    pack: RulePack, name: str, sentence: Sentence, first: int, last: int, taken: frozenset[int]
) -> bool:
    """Whether a noun before a verb takes it in, so that it governs nothing."""
    if pack.is_a(name, "guide"):
        return _stands_behind(sentence, first, "heads_of_skills")
    return pack.is_a(name, "train") and _is_in_compound(sentence, first, last, taken)


def _stands_behind(sentence: Sentence, first: int, heads: str) -> bool:
    return any(
        tuple(token.key for token in sentence.tokens[first - length : first]) in _heads(heads)
        for length in (1, 2, 3)
        if first >= length
    )


def _is_in_compound(sentence: Sentence, first: int, last: int, taken: frozenset[int]) -> bool:
    """``cơ sở đào tạo``: a noun right before a verb without a counted object takes it in."""
    tokens = sentence.tokens
    behind = range(last, min(last + _OBJECT_REACH, len(tokens)))
    objects = {q.hedge_start for q in sentence.quantities if q.is_candidate}
    if any(tokens[i].start in objects and (i == last or tokens[i - 1].key == "cho") for i in behind):
        return False
    return _stands_behind(sentence, first, "nominal_heads")


# Numbers no term may reach into; a document's number may be part of a name (Đề án 06).
_OPAQUE = frozenset({"count", "percent", "date", "money"})


def _taken(quantities: Iterable[Quantity]) -> frozenset[int]:
    return frozenset(i for q in quantities for i in range(q.first, q.last) if q.kind in _OPAQUE)


def _is_name(before: Token, token: Token) -> bool:
    """Whether the word before a verb is an acronym, or a name inside a sentence."""
    acronym = len(before.text) > 1 and before.text.isupper()
    return acronym or (before.start > 0 and before.text[0].isupper() and token.text.islower())


def _straddles(start: int, end: int, starts: list[int], words: Sequence[tuple[int, int]]) -> bool:
    """Whether a term begins within one word and ends within another."""
    one, other = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
    return 0 <= one < other and words[one][0] < start < words[one][1] and end < words[other][1]


def _inside_word(
    before: Token | None,
    token: Token,
    following: Token | None,
    starts: list[int],
    words: Sequence[tuple[int, int]],
) -> bool:
    if len(token.text) > 1 and token.text.isupper():
        return False  # the tokenizer glues acronyms to what follows ("CNTT đạt")
    if len(token.text) >= _LONGEST_SYLLABLE and token.text.isascii() and token.text[0].isupper():
        return False  # ... and foreign names ("Samsung Electronics")
    at = bisect_right(starts, token.start) - 1
    if at < 0:
        return False
    start, end = words[at]
    if before is not None and before.end > start and _is_name(before, token):
        return False  # ("HCM tuyển", "Vinh nhận")
    if (
        token.start == start
        and following is not None
        and following.text[0].isupper()
        and token.text.islower()
    ):
        return False  # it glues a name to its type ("thôn Đông")
    return start <= token.start and token.end <= end and (start, end) != (token.start, token.end)
