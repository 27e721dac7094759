"""Which format an input is in: by its ending, unless its content says otherwise."""

from __future__ import annotations

import re
from pathlib import PurePath

from nhanluc_extract.reading.content import UnreadableError
from nhanluc_extract.reading.encodings import utf_16_of

FORMATS = ("text", "html", "json", "jsonl", "csv", "tsv", "parquet")
ENDINGS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
PACKED = (".gz", ".zst")
ARCHIVE = ".zip"
ANNOTATION = ".facts.csv"  # what was found in an article, so no article itself

ZIP = "zip"
_PARQUET = b"PAR1"
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_OTHERS = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a SQLite database"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article)\b", re.I)
_BEFORE_HTML = (("<!--", "-->"), ("<?xml", "?>"))
_ANY_TAG = re.compile(r"<[a-z!/][^<>]*>", re.I)
_JSON_OBJECT = re.compile(r'\{\s*(?:"|\})')
_JSON_ARRAY = re.compile(r"\[\s*(?:\{|\])")
_WHOLE_LINE = re.compile(r"\{.*\}[ \t\r]*\n\s*\{")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
_MOST_CONTROLS = 0.02  # share of them in text; images and programs have a tenth


def ending_of(name: str) -> str:
    """The ending that tells the format, without those of packing; lower case.

    >>> ending_of("a/Tin.JSONL.gz")
    '.jsonl'
    """
    path = PurePath(name.lower())
    while path.suffix in PACKED:
        path = path.with_suffix("")
    return path.suffix


def is_known(name: str) -> bool:
    """Whether the ending of ``name`` is one of an input."""
    return ending_of(name) in ENDINGS or ending_of(name) == ARCHIVE


def known_endings() -> str:
    """All of them, for messages."""
    return f"{', '.join([*ENDINGS, ARCHIVE])}, each also with {' or '.join(PACKED)}"


def format_of(head: bytes, name: str, asked: str | None = None) -> str:
    """The format of what is called ``name`` and begins with ``head``, unless one was ``asked`` for.

    Raises:
        UnreadableError: it is of a kind that is not read.
    """
    if head.startswith(_ZIP_STARTS):
        return ZIP
    if asked is not None or head.startswith(_PARQUET):
        return asked or "parquet"
    _refuse_binary(head, name)
    said = ENDINGS.get(ending_of(name))
    shown = _format_shown(head.decode(utf_16_of(head) or "utf-8", "replace").removeprefix("\ufeff"), said)
    if shown is not None:
        return shown
    if said in ("parquet", None) and name and head:
        wrong = f"The ending {PurePath(name).suffix!r} is that of Parquet or zip, the content is not"
        unknown = f"No reader for the ending {PurePath(name).suffix!r}; known are {known_endings()}"
        raise UnreadableError(f"{wrong if is_known(name) else unknown}. Rename it, or say --format-in.")
    return said or "text"


def _refuse_binary(head: bytes, name: str) -> None:
    for start, kind in _OTHERS:
        if head.startswith(start):
            called = f" (ending {ending!r})" if (ending := PurePath(name).suffix) else ""
            raise UnreadableError(f"It is {kind}{called}, not text. Save it as one of {known_endings()}.")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(head) and utf_16_of(head) is None:
        raise UnreadableError("It is binary data, not text. Check what it is, or leave it out.")


def _format_shown(text: str, said: str | None) -> str | None:
    """The format that the content shows; None where any would do."""
    start = text.lstrip()
    if _HTML.match(_behind_prolog(start)):
        return "html"
    if _JSON_OBJECT.match(start):
        return "jsonl" if said == "jsonl" or _WHOLE_LINE.match(start) else "json"
    if _JSON_ARRAY.match(start):
        return "json"
    if said == "html" and not _ANY_TAG.search(start):
        return "text"
    return None


def _behind_prolog(text: str) -> str:
    while opened := next((pair for pair in _BEFORE_HTML if text.startswith(pair[0])), None):
        text = text.partition(opened[1])[2].lstrip()
    return text
