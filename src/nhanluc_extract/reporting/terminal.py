"""Text on its way to a terminal."""

from __future__ import annotations

import unicodedata

_LAID_OUT = frozenset("\n\t")


def printable(text: str) -> str:
    """``text`` with what would command a terminal, or could not be encoded, written out.

    >>> printable("a\\x1b[2Jb")
    'a\\\\x1b[2Jb'
    """
    return "".join(
        character
        if character in _LAID_OUT or unicodedata.category(character) not in ("Cc", "Cs")
        else character.encode("unicode_escape").decode()
        for character in text
    )
