"""Lines cut into sentences."""

from __future__ import annotations

import re
from functools import cache

from nhanluc_extract.text.language import language

# A number broken at its point (``1. 292 tổ``).
_BEFORE_POINT = re.compile(r"(?<![\w.,/])\d{1,3}$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_LONGEST_BEFORE_POINT = 3
_NO_SPACE = re.compile(r"\S")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(language("sentences")["abbreviations"])


@cache
def _lower_abbreviations() -> frozenset[str]:
    return frozenset(word.lower() for word in _abbreviations())


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(language("sentences")["ends"])


@cache
def _behind_point() -> re.Pattern[str]:
    return re.compile(language("sentences")["behind_point"])


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(language("sentences")["numbered"])


def split_sentences(line: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one line, without surrounding spaces.

    A stop ends a sentence when a capital, a digit, a quotation mark or a bullet follows it and no
    abbreviation or initial stands before it. The number of a list item is part of its sentence. In a line
    that has no capitals at all a small letter is as good as one.
    """
    lower = line.islower()
    number = _numbered().match(line)
    first_end = number.end() if number else 0
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _ends().finditer(line):
        if match.end() <= first_end or not _is_end(line, match, lower=lower):
            continue
        _append(spans, line, start, match.end())
        start = match.end()
    _append(spans, line, start, len(line))
    return spans


def _append(spans: list[tuple[int, int]], line: str, start: int, end: int) -> None:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _is_end(line: str, match: re.Match[str], *, lower: bool) -> bool:
    behind = _NO_SPACE.search(line, match.end())
    if behind is None:
        return True
    opening, stop = behind.group(), match.start()
    capital = opening.isupper() or (lower and opening.isalpha())
    if not (capital or opening.isdigit() or opening in "\"'“‘«(-–+•*["):
        return False
    if line[stop] == ".":
        number = _BEFORE_POINT.search(line, max(stop - _LONGEST_BEFORE_POINT, 0), stop)
        if number and _behind_point().match(line, match.end()):
            return False
        # One letter more than the longest abbreviation tells a longer word from all of them.
        word = _LAST_WORD.search(line, max(stop - max(map(len, _abbreviations())) - 1, 0), stop)
        if word and (_is_abbreviation(word.group(), lower=lower) or _is_initial(word.group())):
            return False
    return True


def _is_abbreviation(word: str, *, lower: bool) -> bool:
    return word in (_lower_abbreviations() if lower else _abbreviations())


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()
