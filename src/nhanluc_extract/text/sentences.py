"""Lines cut into sentences."""

from __future__ import annotations

import re
from functools import cache

from nhanluc_extract.text.language import language

# A number broken at its point (``1. 292 tổ``).
_BEFORE_POINT = re.compile(r"(?<![\w.,/])\d{1,3}$")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(language("sentences")["abbreviations"])


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
    abbreviation or initial stands before it. The number of a list item is part of its sentence.
    """
    number = _numbered().match(line)
    first_end = number.end() if number else 0
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _ends().finditer(line):
        if match.end() <= first_end or not _is_end(line, match):
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


def _is_end(line: str, match: re.Match[str]) -> bool:
    rest = line[match.end() :].lstrip()
    if not rest:
        return True
    if not (rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"'“‘«(-–+•*["):
        return False
    if match.group()[0] == ".":
        if _BEFORE_POINT.search(line, 0, match.start()) and _behind_point().match(line, match.end()):
            return False
        word = _LAST_WORD.search(line, 0, match.start())
        if word and (word.group(1) in _abbreviations() or _is_initial(word.group(1))):
            return False
    return True


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()
