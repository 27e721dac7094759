"""What the tokens of a sentence look like, as those who look for names in it ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nhanluc_extract.model import Token
from nhanluc_extract.places.words import keys
from nhanluc_extract.text.tokens import is_quote

_KIND_BEFORE = 2  # tokens from a type of place back to the one it is joined to (thôn, bản)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Surfaces:
    """The tokens of a sentence and the clean text they point into."""

    clean: str
    tokens: Sequence[Token]

    def surface(self, first: int, last: int) -> str:
        """The text of tokens ``[first, last)``."""
        return self.clean[self.tokens[first].start : self.tokens[last - 1].end]

    def is_capital(self, index: int) -> bool:
        """Whether a token begins with a capital."""
        return index < len(self.tokens) and self.tokens[index].text[0].isupper()

    def is_digit(self, index: int) -> bool:
        """Whether a token is a number in figures."""
        return index < len(self.tokens) and self.tokens[index].text.isdigit()

    def all_capital(self, first: int, last: int) -> bool:
        """Whether all words of a stretch begin with a capital; of ``H'leo`` only the first part does."""
        return all(
            token.text[0].isupper() or (index > first and is_quote(self.tokens[index - 1]))
            for index, token in enumerate(self.tokens[first:last], first)
            if token.text[0].isalpha()
        )

    def is_plural(self, index: int, levels: Sequence[str]) -> bool:
        """``các huyện đã``, ``11 xã có``: bodies in number, no place taken up again."""
        if index == 0:
            return False
        before = self.tokens[index - 1]
        if before.text == ",":
            return levels[0] == "city" or (levels[0] in ("district", "commune") and self.is_listed(index))
        counted = before.text.isdigit() and not _YEAR.fullmatch(before.text)
        return counted or before.text == "%" or before.key in keys("types", "plurals")

    def closes_kinds(self, index: int) -> bool:
        """``phủ kín xã, phường, thôn, bản Quảng Ninh``: the last of several kinds, not one of a name."""
        if index < _KIND_BEFORE:
            return False
        kind, mark = self.tokens[index - _KIND_BEFORE : index]
        joined = mark.text == "," or mark.key in keys("names", "and")
        return joined and kind.text.islower() and kind.key in keys("names", "listed")

    def is_listed(self, index: int) -> bool:
        """``65 xã, phường, đặc khu còn thiếu``: the last of several types."""
        before = self.tokens[max(index - 2, 0) : index]
        return len(before) == 2 and before[1].text == "," and before[0].key in keys("names", "listed")

    def is_domain(self, index: int) -> bool:
        """``bao.vn``: what is glued to a full stop."""
        before = self.tokens[index - 1] if index else None
        return before is not None and before.text == "." and before.end == self.tokens[index].start
