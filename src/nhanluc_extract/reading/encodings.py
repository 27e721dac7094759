"""Bytes become text: UTF-8, UTF-16, Windows-1258, the encodings before Unicode, and text read wrongly.

What is not certain is not converted: each candidate is judged by how many of its words with marks are
spelt like Vietnamese syllables, and the best has to be plainly better than the rest.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from nhanluc_extract.reading.content import UnreadableError
from nhanluc_extract.reading.legacy import as_windows_1252, legacy_readers, to_windows_1252
from nhanluc_extract.reading.spelling import is_vietnamese_syllable

_READS_WELL, _READS_BADLY = 0.85, 0.6  # shares of the words with marks
_FEWEST_WORDS = 2
_MARGIN = 0.1
_SAMPLE = 200_000  # characters judged
_SUSPICIOUS_SHARE = 0.003
_MOST_PAIRS = 3  # of letters that are two bytes of one, in text in which they are meant
_MOJIBAKE, _WINDOWS_1258 = "UTF-8 read as Windows-1252", "Windows-1258"
# What Windows-1252 shows of other encodings and Vietnamese has no use for.
_SUSPICIOUS = re.compile(
    r"[\x80-\x9f\u00a1-\u00a6\u00a8\u00aa\u00ac\u00ae\u00af\u00b1\u00b4-\u00b6\u00b8-\u00ba\u00bc-\u00bf"
    r"\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1"
    r"\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    r"\u2020\u2021]"
)
# The first of two or three bytes of a Vietnamese letter in UTF-8, and what may come behind it.
_MOJIBAKE_PAIR = re.compile(r"[\u00c3-\u00c6][^\x00-\x7f]|\u00c3 |\u00e1[\u00ba\u00bb]")
# Letters that no encoding of one byte shows: text that has them was read rightly, at least in part.
_OWN_LETTER = re.compile(
    r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
)
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
_ESCAPED_BYTE = re.compile(r"[\udc80-\udcff]")
_BETWEEN_WORDS = re.compile(r"[\s\x00-@\[-`{-~\u2013\u2014\u2018-\u201d\u2026\u00b7\u00a0]+")


def decode(data: bytes) -> str:
    """The text of an article in anything but UTF-16, which streams recode.

    Raises:
        UnreadableError: no encoding gives readable text.
    """
    return settle(data.decode("utf-8", "surrogateescape"))


def utf_16_of(head: bytes) -> str | None:
    """The codec of what begins like UTF-16, by its mark or by the zeros beside ASCII letters."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    start = head[:4096]
    if len(start) < 4:
        return None
    for codec, high, low in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        # Vietnamese lies below U+0200, in U+03xx (marks) and U+1Exx; punctuation in U+20xx.
        in_blocks = sum(byte in b"\x00\x01\x03\x1e\x20" for byte in high)
        if (
            in_blocks >= 0.97 * len(high)
            and high.count(0) > 0.3 * len(high)
            and low.count(0) < 0.05 * len(low)
        ):
            return codec
    return None


def settle(text: str) -> str:
    """``text``, or what it was before it was read in another encoding than its own.

    Bytes that are no UTF-8 stand in it as ``surrogateescape`` leaves them. Half characters, which
    JSON can hold, become U+FFFD.

    Raises:
        UnreadableError: it is no text as it stands, and nothing certain can be made of it.
    """
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _settle_bytes(text)
    return _mend(text)


def _settle_bytes(text: str) -> str:
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return settle(_HALF_CHARACTER.sub("\ufffd", text))
    shown = as_windows_1252(data)
    name, best = _best(dict(_conversions(shown)))
    if best is not None:
        return best
    bad = _ESCAPED_BYTE.search(text)
    assert bad is not None
    line = text.count("\n", 0, bad.start()) + 1
    looks = f" It looks like {name}." if name else ""
    raise UnreadableError(
        f"Not UTF-8: byte {ord(bad.group()) - 0xDC00:#04x} in line {line}.{looks} "
        "Save it as UTF-8 and run again."
    )


def _mend(text: str) -> str:
    suspicious = len(_SUSPICIOUS.findall(text))
    if suspicious < 2:
        return text
    pairs = len(_MOJIBAKE_PAIR.findall(text))
    own = len(_OWN_LETTER.findall(text))
    rare = suspicious < max(own, _SUSPICIOUS_SHARE * len(text))
    if rare or _quality(text) >= _READS_WELL:
        return _mend_lines(text) if pairs else text
    name, best = _best(dict(_conversions(text)))
    if best is not None:
        return best
    if name is None and pairs >= _MOST_PAIRS and not own:
        name = _MOJIBAKE
    if name is not None:
        raise UnreadableError(f"It looks like {name}. Convert it to UTF-8 and run again.")
    return _mend_lines(text) if pairs else text


def _mend_lines(text: str) -> str:
    """Lines that were read wrongly in a text that was not: a page put together from two sources."""
    return "\n".join(_mended_line(line) if _MOJIBAKE_PAIR.search(line) else line for line in text.split("\n"))


def _mended_line(line: str) -> str:
    if _quality(line) >= _READS_BADLY:
        return line
    mended = next((text for name, text in _conversions(line) if name == _MOJIBAKE), line)
    return mended if _quality(mended) >= _READS_WELL else line


def _conversions(shown: str) -> Iterator[tuple[str, str]]:
    """What ``shown`` may have been, by the name of the encoding."""
    try:
        data = to_windows_1252(shown)
    except UnicodeEncodeError:
        pass
    else:
        yield _MOJIBAKE, _unread(data)
        yield _WINDOWS_1258, data.decode("cp1258", "replace")
    for name, read in legacy_readers().items():
        yield name, read(shown)


def _unread(data: bytes) -> str:
    """The UTF-8 that ``data`` was, also where it was read wrongly twice."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        # The second byte of a letter is a no-break space, which often became a plain one on the way.
        text = data.replace(b"\xc3 ", b"\xc3\xa0").decode("utf-8", "replace")
    if _MOJIBAKE_PAIR.search(text) and _quality(text) < _READS_BADLY:
        with suppress(UnicodeError):
            return to_windows_1252(text).decode("utf-8")
    return text


def _best(candidates: dict[str, str]) -> tuple[str | None, str | None]:
    """The encoding that reads best, if any does, and its text if that is certain."""
    ranked = sorted(((_quality(text), name) for name, text in candidates.items()), reverse=True)
    (quality, name), (second, _) = ranked[:2]
    if quality < _READS_BADLY or quality - second < _MARGIN:
        return None, None
    certain = quality >= _READS_WELL and "\ufffd" not in candidates[name]
    return name, candidates[name] if certain else None


def _quality(text: str) -> float:
    """Share of the words with marks that are spelt like syllables; 0 of too few words."""
    words = [word for word in _BETWEEN_WORDS.split(text[:_SAMPLE]) if word and not word.isascii()]
    if len(words) < _FEWEST_WORDS:
        return 0.0
    return sum(map(is_vietnamese_syllable, words)) / len(words)
