"""Word boundaries as underthesea finds them, aligned to offsets.

The tokenizer returns rewritten strings without offsets and glues numbers to their nouns, so numbers
are masked by plain integers of the same length first. Its tokens are tagged over its own weights; where
those are others than the ones known here, it is asked itself and its words are walked along the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock

from nhanluc_extract.text.segmenter import Segmenter

_MODEL = "models/ws_crf_vlsp2013_20230727"
# It hands its model to other threads before it is loaded.
_TOKENIZER = Lock()
# The tokenizer's own patterns are quadratic on long runs of one kind.
_LONGEST_SENTENCE = 4000

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
    from underthesea.pipeline import word_tokenize

    try:
        segmenter = Segmenter(Path(word_tokenize.__file__).parent / _MODEL)
    except (OSError, ValueError):
        return _asked
    return lambda text: _tagged(text, segmenter)


def _tagged(text: str, segmenter: Segmenter) -> list[Span] | None:
    from underthesea.pipeline.text_normalize.character_normalize import normalize_characters_in_text
    from underthesea.pipeline.word_tokenize.regex_tokenize import patterns

    if normalize_characters_in_text(text) != text:
        return _asked(text)
    tokens = [match.span() for match in patterns.finditer(text)]
    words: list[Span] = []
    goes_on = segmenter.goes_on([text[start:end] for start, end in tokens])
    for (start, end), inside in zip(tokens, goes_on, strict=True):
        if inside and words:
            words[-1] = words[-1][0], end
        else:
            words.append((start, end))
    return words


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
