"""Word boundaries as underthesea finds them, aligned to offsets.

The tokenizer returns rewritten strings without offsets and glues numbers to their nouns, so numbers
are masked by plain integers of the same length first. Its tokens are tagged over its own weights; where
those are others than the ones known here, it is asked itself and its words are walked along the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from unicodedata import is_normalized

from nhanluc_extract.text.segmenter import Segmenter

# It hands its model to other threads before it is loaded.
_TOKENIZER = Lock()
# The tokenizer's own patterns are quadratic on long runs of one kind.
_LONGEST_SENTENCE = 4000

# Characters that it reads as others, and letters that are neither small nor capital to it.
_ODD = frozenset("\u00f0\u00d0\u01c5\u01c8\u01cb\u01f2")

Span = tuple[int, int]


def word_bounds(text: str, masked: Sequence[Span] = ()) -> list[Span]:
    """Spans of the words of one sentence; ``masked`` are the spans of its numbers.

    Spaces inside a word belong to it. A sentence too long to tokenize, or one that cannot be
    aligned, is cut at spaces instead.
    """
    if len(text) > _LONGEST_SENTENCE:
        return _by_spaces(text)
    plain = list(text)
    for start, end in masked:
        plain[start:end] = "0" * (end - start - 1) + "1"
    with _TOKENIZER:
        spans = _tokenizer()("".join(plain))
    return spans if spans is not None else _by_spaces(text)


@cache
def _tokenizer() -> Callable[[str], list[Span] | None]:
    """What finds the spans of the words of a text, or None where they cannot be aligned."""
    package = find_spec("underthesea")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("underthesea is not installed.")
    try:
        segmenter = Segmenter(Path(package.origin).parent / "pipeline" / "word_tokenize")
    except (OSError, ValueError):
        return _asked
    return lambda text: segmenter.words(text) if _is_settled(text) else _asked(text)


def _is_settled(text: str) -> bool:
    """Whether the package would tokenize a text as it stands."""
    return is_normalized("NFC", text) and _ODD.isdisjoint(text)


def _asked(text: str) -> list[Span] | None:
    """The words that the package itself finds, walked along the text."""
    from underthesea import word_tokenize

    spans: list[Span] = []
    position = 0
    for word in word_tokenize(text, use_token_normalize=False):
        first: int | None = None
        for character in word:
            if character.isspace():
                continue
            while position < len(text) and text[position].isspace():
                position += 1
            if position >= len(text) or text[position] != character:
                return None
            first = position if first is None else first
            position += 1
        if first is not None:
            spans.append((first, position))
    return spans


def _by_spaces(text: str) -> list[Span]:
    return [match.span() for match in re.finditer(r"\S+", text)]
