"""Which reader reads which ending: the one place a new format is entered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.json_lines import read_json_lines
from nhanluc_extract.reading.plain_text import read_plain_text

Reader = Callable[[str, bytes], list[Article | Rejected]]

READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}


def reader_for(name: str) -> Reader | None:
    """Reader of a file by its ending, or None."""
    return READERS.get(PurePath(name).suffix.lower())
