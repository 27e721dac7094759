"""The words of the lexicon in a sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from nhanluc_extract.model import Quantity, Token
from nhanluc_extract.rulepack.model import RulePack, WordClass
from nhanluc_extract.text.document import Sentence
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the lexicon at tokens ``[first, last)``."""

    first: int
    last: int
    word: WordClass
    classes: frozenset[str]

    def is_a(self, *names: str) -> bool:
        return not self.classes.isdisjoint(names)

    def __hash__(self) -> int:
        return hash((self.first, self.last, self.word.name))


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
    return _shared(frozenset().union(*classes))


@lru_cache(maxsize=1 << 12)
def _shared(classes: frozenset[str]) -> frozenset[str]:
    """The same object for equal sets: sentences of one article name few different ones."""
    return classes


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
    objects = frozenset(q.hedge_start for q in sentence.quantities if q.is_candidate)
    starts = [start for start, _ in words] if words else []
    terms: list[Term] = []
    behind = 0
    tokens = sentence.tokens
    for index in _begun(pack.trie, introduced, tokens):
        if index < behind or index in taken:
            continue
        found = pack.trie.longest(tokens, index)
        if found is None and introduced is not None:
            found = introduced.longest(tokens, index)
        if found is None or any(i in taken for i in range(index, found[0])):
            continue
        last, (name, *_) = found
        following = tokens[last] if last < len(tokens) else None
        before = tokens[index - 1] if index else None
        if last - index == 1 and words and _inside_word(before, tokens[index], following, starts, words):
            continue
        if words and _straddles(tokens[index].start, tokens[last - 1].end, starts, words):
            continue
        if not _is_absorbed(pack, name, sentence, index, last, objects):
            terms.append(Term(index, last, pack.classes[name], pack.ancestors[name]))
        behind = last
    return terms


def _begun(
    known: SurfaceTrie[str], introduced: SurfaceTrie[str] | None, tokens: Sequence[Token]
) -> Sequence[int]:
    """The tokens that a word of the pack or of the article itself may begin with."""
    own = introduced.begun(tokens) if introduced is not None else []
    begun = known.begun(tokens)
    return sorted({*begun, *own}) if own else begun


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(language("connectors")["pronouns"])


@cache
def _several() -> frozenset[str]:
    return frozenset(language("connectors")["several"])


@cache
def _functions() -> frozenset[str]:
    """What may stand right behind a noun without a name: the first syllables of predicates among them."""
    clauses = language("clauses")
    return frozenset([*language("connectors")["functions"], *clauses["auxiliaries"], *clauses["planning"]])


@cache
def _heads(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(token.key for token in tokenize(head)) for head in language("clauses")[kind])


_LONGEST_SYLLABLE = 5  # letters from which a name without a mark is foreign
_OBJECT_REACH = 12  # tokens from a verb to those whom it is done for


def _is_absorbed(
    pack: RulePack, name: str, sentence: Sentence, first: int, last: int, objects: frozenset[int]
) -> bool:
    """Whether a noun before a verb takes it in, so that it governs nothing."""
    if pack.is_a(name, "guide"):
        return _stands_behind(sentence, first, "heads_of_skills")
    return pack.is_a(name, "train") and _is_in_compound(sentence, first, last, objects)


def _stands_behind(sentence: Sentence, first: int, heads: str) -> bool:
    return any(
        tuple(token.key for token in sentence.tokens[first - length : first]) in _heads(heads)
        for length in (1, 2, 3)
        if first >= length
    )


def _is_in_compound(sentence: Sentence, first: int, last: int, objects: frozenset[int]) -> bool:
    """``cơ sở đào tạo``: a noun right before a verb without a counted object takes it in."""
    tokens = sentence.tokens
    if (tokens[first].key,) in _heads("taking_part"):
        return False
    behind = range(last, min(last + _OBJECT_REACH, len(tokens)))
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
    if token.start == start and (token.key,) in _heads("glued_units"):
        return False
    if (
        token.start == start
        and following is not None
        and following.text[0].isupper()
        and token.text.islower()
    ):
        return False  # it glues a name to its type ("thôn Đông")
    return start <= token.start and token.end <= end and (start, end) != (token.start, token.end)
