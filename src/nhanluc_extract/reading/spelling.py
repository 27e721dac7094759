"""How Vietnamese is spelt, as far as reading needs it: marks taken off, syllables told from rubbish."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHAPES = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn
_SYLLABLE = re.compile(
    "(?:ngh?|gh?|gi|nh|kh|ph|th|tr|ch|qu|[bcdhklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)


@cache
def _without_marks() -> dict[int, str]:
    path = resources.files("nhanluc_extract.reading") / "data" / "spelling.toml"
    letters: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["without_marks"]
    return str.maketrans(letters)


def without_marks(text: str) -> str:
    """``text`` in bare letters."""
    parts = unicodedata.normalize("NFD", text.translate(_without_marks()))
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=20_000)
def is_vietnamese_syllable(word: str) -> bool:
    """Whether ``word``, which has a letter outside ASCII, is spelt like a syllable of the language."""
    parts = unicodedata.normalize("NFD", word.translate(_without_marks()))
    marks = [part for part in parts if unicodedata.combining(part)]
    tones = sum(mark in _TONES for mark in marks)
    if tones > 1 or any(mark not in _TONES and mark not in _SHAPES for mark in marks):
        return False
    if any(one.islower() and two.isupper() for one, two in pairwise(word)):
        return False
    bare = "".join(part for part in parts if part not in marks)
    return _SYLLABLE.fullmatch(bare.lower()) is not None
