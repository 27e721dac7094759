"""How much of an input is held in memory, and how far a packed one may expand."""

from __future__ import annotations

from nhanluc_extract.limits import LONGEST

MEBIBYTE = 1 << 20

# One article, or one record of a table: bytes, so that it has no more characters than is read.
LARGEST_ARTICLE = LONGEST
# What has to be held whole because its index stands at its end, and comes from no file: bytes.
LARGEST_HELD = 256 * MEBIBYTE
# Text packs to a tenth; nothing that is read here packs to a two-hundredth.
LARGEST_RATIO = 200
FREE_OF_RATIO = LARGEST_ARTICLE


def in_words(size: int) -> str:
    """A limit the way messages give it.

    >>> in_words(LARGEST_ARTICLE)
    '16 MiB'
    """
    return f"{size // MEBIBYTE} MiB"
