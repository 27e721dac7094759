"""Letters of the encodings from before Unicode: TCVN3 (ABC), VPS and VNI."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from itertools import count
from typing import Any

# What Windows-1252 shows of the codes that Latin-1 has for controls; five it leaves undefined.
_SHOWN = {code: shown for code in range(0x80, 0xA0) if (shown := bytes([code]).decode("cp1252", "ignore"))}
_CODES = {ord(shown): code for code, shown in _SHOWN.items()}


def as_windows_1252(data: bytes) -> str:
    """Each byte as one character, the way browsers read what is not UTF-8."""
    return data.decode("latin-1").translate(_SHOWN)


def to_windows_1252(text: str) -> bytes:
    """The bytes that ``as_windows_1252`` (or Latin-1) makes ``text`` of.

    Raises:
        UnicodeEncodeError: a character is in neither.
    """
    return text.translate(_CODES).encode("latin-1")


_WORD = re.compile(r"[^\W\d_]+")


@cache
def legacy_readers() -> dict[str, Callable[[str], str]]:
    """How text in each encoding is read, from what Windows-1252 shows of it."""
    path = resources.files("nhanluc_extract.reading") / "data" / "legacy.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        "TCVN3 (ABC)": _with_capitals(_by_code(data["tcvn3"])),
        "VNI": _by_marks(data["vni"]),
        "VPS": _by_code(data["vps"]),
    }


def _by_code(table: dict[str, Any]) -> Callable[[str], str]:
    letters: dict[int, str] = {}
    for row in table["rows"]:
        for code, letter in zip(count(row["first"]), row["letters"], strict=False):
            letters[code] = letters[ord(as_windows_1252(bytes([code])))] = letter
    return lambda text: text.translate(letters)


def _by_marks(table: dict[str, Any]) -> Callable[[str], str]:
    letters: dict[str, str] = {}
    for entry in table["letters"]:
        marked, letter = entry.split("=")
        letters |= {marked: letter, marked.upper(): letter.upper(), marked.capitalize(): letter.upper()}
    pattern = re.compile("|".join(sorted(map(re.escape, letters), key=len, reverse=True)))
    return lambda text: pattern.sub(lambda match: letters[match.group()], text)


def _with_capitals(read: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: _WORD.sub(_in_capitals, read(text))


def _in_capitals(word: re.Match[str]) -> str:
    """TCVN3 has no capital letters with marks: a font of capitals shows the small ones as such."""
    letters = word.group()
    bare = [letter for letter in letters if letter.isascii()]
    return letters.upper() if len(bare) > 1 and all(map(str.isupper, bare)) else letters
