"""How words are spelt: as syllables of the language, or as names from elsewhere."""

from __future__ import annotations

import re

# One that ends in c, ch, p or t has a tone, and so a mark.
_SYLLABLE = re.compile("(?:ngh?|gh?|gi|nh|kh|ph|th|tr|ch|qu|[bcdhklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|[mn])?")
_LETTERS = 4  # of a name; shorter words are abbreviations of anything


def is_no_syllable(word: str) -> bool:
    """Whether a word without marks is no syllable (``Katalon``, ``Tech``), and no abbreviation."""
    letters = len(word) >= _LETTERS and word.isascii() and word.isalpha() and not word.isupper()
    return letters and _SYLLABLE.fullmatch(word.lower()) is None
