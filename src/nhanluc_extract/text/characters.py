"""Raw text to clean text, with a way back.

Newspapers reach us in every Unicode form. Everything after this module reads *clean* text; every
offset that leaves the program is an offset of the *raw* text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from nhanluc_extract.text.columns import column_gaps

_INVISIBLE = frozenset(
    "\x00\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_REMOVED = _INVISIBLE | {"\r"}
_BLANKS = re.compile("[ \t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Raised figures behind a figure are the mark of a note.
_NOTE_MARKS = re.compile("(?<=\\d)[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
# Stand-ins for letters and spaces that Vietnamese text is often typed with.
_REPLACED = {
    "\u01a3": "\u01b0",  # gha for u-horn
    "\u01a2": "\u01af",
    "\u00f0": "\u0111",  # eth for d-bar
    "\u00d0": "\u0110",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
    "\u2010": "-",
    "\u2011": "-",
    "\u2212": "-",
    "\uff05": "%",
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    **{chr(half): "\ufffd" for half in range(0xD800, 0xE000)},  # surrogates, which no encoder takes
}
# Characters that are clean as they stand unless a mark follows: nearly all of most articles.
_CLEAN = (
    "\n!-~\u00c0-\u00cf\u00d1-\u00ef\u00f1-\u01a1\u01a4-\u024f\u1e00-\u1eff\u2013\u2014\u2018-\u201d\u2026"
)
_UNCLEAN = re.compile(f"[^ {_CLEAN}]|  ")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# The two vowels of a final oa, oe, uy with the tone on the second, and with it on the first.
_MOVED = {
    first + unicodedata.normalize("NFC", second + tone): unicodedata.normalize("NFC", first + tone) + second
    for pairs in (("o", "ae"), ("u", "y"))
    for first in (pairs[0], pairs[0].upper())
    for second in (*pairs[1], *pairs[1].upper())
    for tone in _TONES
}
_SECOND = "".join(sorted({couple[1] for couple in _MOVED}))
_MISPLACED = re.compile(f"[oOuU][{_SECOND}](?![^\\W\\d_]|[\u0300-\u036f])")  # at the end of a syllable


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of clean characters in text order: where each begins, and the raw span it came from.

    The characters of a run that is ``copied`` came from one raw character each, all of any other run from its
    whole span.
    """

    clean: array[int] = field(default_factory=lambda: array("q"))
    start: array[int] = field(default_factory=lambda: array("q"))
    end: array[int] = field(default_factory=lambda: array("q"))
    copied: bytearray = field(default_factory=bytearray)

    def add(self, clean: int, start: int, end: int, *, copied: bool) -> None:
        self.clean.append(clean)
        self.start.append(start)
        self.end.append(end)
        self.copied.append(copied)


@dataclass(frozen=True, slots=True)
class CleanText:
    """Clean text and, for each of its characters, the raw span it came from.

    Offsets are code points. ``raw`` is the text as decoded; ``clean`` is NFC with one style of tone
    marks, single spaces, ``\n`` line ends, bars between the cells of a typed table and nothing
    invisible. ``runs`` is None where nothing moved.
    """

    raw: str
    clean: str
    runs: _Runs | None

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw span of the non-empty clean span ``[start, end)``."""
        runs = self.runs
        if runs is None:
            return start, end
        first, last = bisect_right(runs.clean, start) - 1, bisect_right(runs.clean, end - 1) - 1
        return (
            runs.start[first] + (start - runs.clean[first]) * runs.copied[first],
            runs.start[last] + end - runs.clean[last] if runs.copied[last] else runs.end[last],
        )

    def to_clean(self, offset: int) -> int:
        """Index of the clean character that holds raw ``offset``, or follows it if it was removed."""
        runs = self.runs
        if runs is None:
            return offset
        run = bisect_right(runs.end, offset)
        if run == len(runs.end):
            return len(self.clean)
        return runs.clean[run] + max(offset - runs.start[run], 0) * runs.copied[run]


def clean_text(raw: str) -> CleanText:
    """Normalise ``raw`` (any Unicode form, any line ends)."""
    if _UNCLEAN.search(raw) is None:
        return CleanText(raw, unify_tone_marks(raw), None)
    pieces: list[str] = []
    runs = _Runs()
    index, written, length, moved = 0, 0, len(raw), False
    gaps = column_gaps(raw)
    while index < length:
        unclean = _UNCLEAN.search(raw, index)
        # A mark behind a clean run belongs to its last character.
        stop = length if unclean is None else unclean.start() - 1
        if stop > index:
            pieces.append(raw[index:stop])
            runs.add(written, index, stop, copied=True)
            written += stop - index
            index = stop
        if index == length:
            break
        blanks = _BLANKS.match(raw, index)
        note = _NOTE_MARKS.match(raw, index)
        stop = blanks.end() if blanks is not None else note.end() if note is not None else 0
        cluster = "" if blanks is None else " | " if index in gaps else " "
        if blanks is None and note is None:
            stop = _cluster_end(raw, index)
            cluster = _normalised(raw[index:stop], raw[stop : stop + 1])
        if cluster:
            pieces.append(cluster)
            runs.add(written, index, stop, copied=False)
            written += len(cluster)
        moved = moved or not len(cluster) == stop - index == 1
        index = stop
    return CleanText(raw, unify_tone_marks("".join(pieces)), runs if moved else None)


def _normalised(cluster: str, behind: str) -> str:
    """A character and its marks, which ``behind`` follows, in clean text."""
    if cluster == "\r" and behind != "\n":
        cluster = "\n"
    visible = "".join(_REPLACED.get(mark, mark) for mark in cluster if mark not in _REMOVED)
    return unicodedata.normalize("NFC", visible)


def _cluster_end(raw: str, index: int) -> int:
    """End of the character at ``index`` and its marks, which may stand behind invisible ones."""
    end = stop = index + 1
    if raw[index] in _REMOVED:
        return end
    while stop < len(raw):
        if unicodedata.combining(raw[stop]):
            end = stop + 1
        elif raw[stop] not in _INVISIBLE:
            break
        stop += 1
    return end


def _tone_and_base(character: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", character)
    tone = "".join(mark for mark in decomposed if mark in _TONES)
    base = "".join(mark for mark in decomposed if mark not in _TONES)
    return tone, unicodedata.normalize("NFC", base)


def unify_tone_marks(text: str) -> str:
    """Move the tone of a final ``oa oe uy`` from the second to the first vowel; length is kept.

    The older style, the one of most newspapers. After ``q`` the ``u`` belongs to the consonant.
    """
    pieces: list[str] = []
    written = 0
    for match in _MISPLACED.finditer(text):
        before = text[max(match.start() - 1, 0) : match.start()]
        moved = _MOVED.get(match.group())
        if moved and (before + match.group()[0]).lower() != "qu":
            pieces += (text[written : match.start()], moved)
            written = match.end()
    return "".join((*pieces, text[written:])) if pieces else text


def fold(syllable: str) -> str:
    """Key under which spellings of one syllable meet: lower case, ``y`` after a consonant as ``i``."""
    lowered = syllable.lower()
    if len(lowered) > 1 and _is_consonant(lowered[-2]):
        tone, base = _tone_and_base(lowered[-1])
        if base == "y":
            return lowered[:-1] + unicodedata.normalize("NFC", "i" + tone)
    return lowered


def _is_consonant(letter: str) -> bool:
    return letter.isalpha() and unicodedata.normalize("NFD", letter)[0] not in "aeiouy"
