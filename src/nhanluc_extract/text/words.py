"""Word boundaries from underthesea, aligned to offsets.

The tokenizer returns rewritten strings without offsets and glues numbers to their nouns, so numbers
are masked by plain integers of the same length first, and its words are walked along the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from threading import Lock

# It hands its model to other threads before it is loaded.
_TOKENIZER = Lock()
# The tokenizer's own patterns are quadratic on long runs of one kind.
_LONGEST_SENTENCE = 4000


def word_bounds(text: str, masked: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Spans of the words of one sentence; ``masked`` are the spans of its numbers.

    Spaces inside a word belong to it. A sentence too long to tokenize, or one that cannot be
    aligned, is cut at spaces instead.
    """
    if len(text) > _LONGEST_SENTENCE:
        return _by_spaces(text)
    plain = list(text)
    for start, end in masked:
        plain[start:end] = "0" * (end - start - 1) + "1"
    words = _tokenized("".join(plain))
    spans: list[tuple[int, int]] = []
    position = 0
    for word in words:
        first: int | None = None
        for character in word:
            if character.isspace():
                continue
            while position < len(plain) and plain[position].isspace():
                position += 1
            if position >= len(plain) or plain[position] != character:
                return _by_spaces(text)
            first = position if first is None else first
            position += 1
        if first is not None:
            spans.append((first, position))
    return spans


def _tokenized(text: str) -> list[str]:
    with _TOKENIZER:
        from underthesea import word_tokenize

        words: list[str] = word_tokenize(text, use_token_normalize=False)
    return words


def _by_spaces(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S+", text)]
