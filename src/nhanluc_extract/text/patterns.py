"""Regular expressions that are only tried on a text that holds what all their matches hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Pattern:
    """An expression, what it finds, and what every match holds one of: words in lower case, or ``\\d``."""

    name: str
    kind: str
    expression: re.Pattern[str]
    needs: tuple[str, ...]

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Pattern:
        """The pattern of an entry of a data file; it begins no match inside a word."""
        expression = re.compile(rf"(?<!\w)(?:{entry['expression']})", 0 if entry.get("cased") else re.I)
        return cls(entry.get("id", ""), entry["kind"], expression, tuple(entry["needs"]))


def find_patterns(patterns: Sequence[Pattern], text: str) -> Iterator[tuple[Pattern, re.Match[str]]]:
    """All matches in ``text``, pattern by pattern; those of one don't overlap."""
    lowered, has_figure = text.lower(), _FIGURE.search(text) is not None
    for pattern in patterns:
        if any(has_figure if need == r"\d" else need in lowered for need in pattern.needs):
            for match in pattern.expression.finditer(text):
                yield pattern, match
