"""Tables that are typed with tabs or blanks: where one cell ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

_GAP = re.compile("(?<=\\S)(?:[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{3,})(?=\\S)")
_BLANK = re.compile("\t|[ \u00a0]{3}")  # in any gap
_FEWEST_GAPS = 2  # of a line
_FEWEST_LINES = 3


def column_gaps(raw: str) -> frozenset[int]:
    """Where the blanks between two cells begin, in lines one after the other that have as many cells."""
    if _BLANK.search(raw) is None:
        return frozenset()
    return frozenset(gap for rows in _tables(raw) for row in rows for gap in row)


def _tables(raw: str) -> Iterator[list[list[int]]]:
    lines: list[list[int]] = []
    start = 0
    for line in raw.splitlines(keepends=True):
        lines.append([start + match.start() for match in _GAP.finditer(line)])
        start += len(line)
    for gaps, rows in groupby(lines, key=len):
        table = list(rows)
        if gaps >= _FEWEST_GAPS and len(table) >= _FEWEST_LINES:
            yield table
