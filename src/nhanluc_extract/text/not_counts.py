"""Numbers that count nothing: what stands around them says what they are instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.patterns import Patterns
from nhanluc_extract.text.syllables import is_no_syllable
from nhanluc_extract.text.tokens import is_abbreviation, tokenize

_LONGEST_LABEL = 3  # syllables
_LARGEST_NAME = 999
_SHORT_CODE = 3  # figures that may count what stands before them
_SHORTEST_CODE = 7  # figures without a mark: a code, not a count
_MONEY_REACH = 8  # tokens between a word of money and its amount
_WAGES_REACH = 24  # ... and between one of what people earn and theirs

# "4 tuổi" in "34,4 tuổi" is no age.
_INSIDE_NUMBER = re.compile(r"\d[.,]\d")

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch ``[start, end)`` of the text that holds no count, and what it is."""

    start: int
    end: int
    kind: str


@cache
def _patterns() -> Patterns:
    return Patterns(language("not_counts")["pattern"])


def claims(text: str, start: int, end: int) -> Iterator[Claim]:
    """Stretches of ``text[start:end]`` that a pattern says are no counts; they may overlap."""
    for pattern, match in _patterns().find(text[start:end]):
        group = "number" if match.groupdict().get("number") else 0
        first, last = match.start(group) + start, match.end(group) + start
        if not _INSIDE_NUMBER.match(text, max(first - 2, start)):
            yield Claim(first, last, pattern.kind)


def _keys(words: Sequence[str]) -> frozenset[Keys]:
    return frozenset(tuple(token.key for token in tokenize(word)) for word in words)


@dataclass(frozen=True, slots=True)
class _Labels:
    nouns: frozenset[Keys]
    other_words: frozenset[Keys]
    levels: frozenset[Keys]
    codes: frozenset[Keys]
    long_codes: frozenset[Keys]
    money: frozenset[Keys]
    wages: frozenset[Keys]
    counted_behind: frozenset[Keys]
    not_counted_behind: frozenset[Keys]
    ends: frozenset[str]


@cache
def _labels() -> _Labels:
    data = language("not_counts")
    labels = data["labels"]
    return _Labels(
        nouns=_keys(labels["nouns"]),
        other_words=_keys(labels["other_words"]),
        levels=_keys(labels["levels"]),
        codes=_keys(labels["codes"]),
        long_codes=_keys(labels["long_codes"]),
        money=_keys(data["money_words"]["words"]),
        wages=_keys(data["money_words"]["wages"]),
        counted_behind=_keys(labels["counted_behind"]),
        not_counted_behind=_keys(labels["not_counted_behind"]),
        ends=frozenset(fold(word) for word in labels["ends"]),
    )


def _ending(tokens: Sequence[Token], index: int, words: frozenset[Keys]) -> int | None:
    """First token of the longest of ``words`` that ends right before token ``index``."""
    for length in range(min(_LONGEST_LABEL, index), 0, -1):
        if tuple(token.key for token in tokens[index - length : index]) in words:
            return index - length
    return None


def is_named(tokens: Sequence[Token], first: int, value: Decimal) -> bool:
    """Whether the number ``value`` at token ``first`` stands behind a noun that it may be the name of."""
    if value > _LARGEST_NAME:
        return False
    label = _ending(tokens, first, _labels().nouns)
    if label is None or _ending(tokens, first, _labels().other_words) is not None:
        return False
    counted = _ending(tokens, label, _labels().counted_behind) is not None
    return not counted or _ending(tokens, label, _labels().not_counted_behind) is not None


def is_level(tokens: Sequence[Token], first: int, value: Decimal) -> bool:
    """Whether the number ``value`` at token ``first`` says which level is meant (dịch vụ công mức độ 4)."""
    return value <= _LARGEST_NAME and _ending(tokens, first, _labels().levels) is not None


def is_code(tokens: Sequence[Token], first: int) -> bool:
    """Whether the figures at token ``first`` are a code (mã ngành 7480101)."""
    figures = tokens[first].text
    return figures.isdecimal() and (
        len(figures) >= _SHORTEST_CODE
        or _ending(tokens, first, _labels().codes) is not None
        or (len(figures) > _SHORT_CODE and _ending(tokens, first, _labels().long_codes) is not None)
    )


def is_model(tokens: Sequence[Token], first: int) -> bool:
    """``máy in HP DeskJet GT 5820``: a number behind words in capitals that are no syllables."""
    before = [token.text for token in tokens[max(first - 2, 0) : first]]
    foreign = [word[0].isupper() and (is_no_syllable(word) or is_abbreviation(word)) for word in before]
    return len(before) == 2 and all(foreign) and any(map(is_no_syllable, before))


def is_money(tokens: Sequence[Token], first: int) -> bool:
    """Whether a word of money stands before an amount, in its own stretch between two marks.

    What people earn is told of one after the other (``Lương kỹ sư khoảng 15 triệu, nhân viên 8 triệu``).
    """
    near = range(first, max(first - _WAGES_REACH, 0), -1)
    if any(_ending(tokens, index, _labels().wages) is not None for index in near):
        return True
    for index in range(first, max(first - _MONEY_REACH, 0), -1):
        if tokens[index - 1].text in ",;:.()":
            return False
        if _ending(tokens, index, _labels().money) is not None:
            return True
    return False


def counts_nothing_behind(tokens: Sequence[Token], last: int) -> bool:
    """Whether no noun that the number before token ``last`` could count can begin there."""
    if last >= len(tokens):
        return True
    token = tokens[last]
    return not token.text[0].islower() or token.key in _labels().ends
