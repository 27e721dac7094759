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


class Patterns:
    """Patterns in their order."""

    def __init__(self, entries: Sequence[Mapping[str, Any]]) -> None:
        self._patterns = list(map(Pattern.of, entries))
        self._by_needs: dict[tuple[str, ...], list[int]] = {}
        for number, pattern in enumerate(self._patterns):
            self._by_needs.setdefault(pattern.needs, []).append(number)

    def find(self, text: str) -> Iterator[tuple[Pattern, re.Match[str]]]:
        """All matches in ``text``, pattern by pattern; those of one don't overlap."""
        lowered, has_figure = text.lower(), _FIGURE.search(text) is not None
        tried: list[int] = []
        for needs, numbers in self._by_needs.items():
            for need in needs:
                if has_figure if need == r"\d" else need in lowered:
                    tried += numbers
                    break
        for number in sorted(tried):
            pattern = self._patterns[number]
            for match in pattern.expression.finditer(text):
                yield pattern, match
