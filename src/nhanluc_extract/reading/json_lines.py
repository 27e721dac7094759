"""Articles in JSON Lines: an object a line."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from nhanluc_extract.model import Article, Rejected

# The names that crawlers give to what an article is made of, the likelier first.
TEXT_KEYS = ("text", "content", "body", "noi_dung")
TITLE_KEYS = ("title", "headline", "tieu_de")
PUBLISHED_KEYS = ("published", "published_at", "date", "ngay_dang")


def read_json_lines(source: str, data: bytes) -> list[Article | Rejected]:
    """The articles of a file, each with ``#`` and its line (from 1) behind its source; blank lines count.

    A line that holds none is rejected by itself.
    """
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [_read_line(f"{source}#{number}", line) for number, line in enumerate(lines, 1) if line.strip()]


def _read_line(source: str, line: bytes) -> Article | Rejected:
    try:
        record = json.loads(line)
    except UnicodeDecodeError as error:
        return Rejected(
            source, f"Not UTF-8: byte {line[error.start]:#04x}. Save the file as UTF-8 and run again."
        )
    except (ValueError, RecursionError) as error:
        return Rejected(source, f"No JSON: {error}. Each line must hold one whole object.")
    if not isinstance(record, dict):
        return Rejected(source, f"A JSON {type(record).__name__} where an object with a text is expected.")
    text = _first(record, TEXT_KEYS)
    if text is None:
        known = ", ".join(TEXT_KEYS)
        return Rejected(source, f"No text in it: none of the keys {known} holds one.")
    return Article(source, text, _first(record, TITLE_KEYS), _date(_first(record, PUBLISHED_KEYS)))


def _first(record: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((record[key] for key in keys if isinstance(record.get(key), str) and record[key]), None)


def _date(said: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None where it is none."""
    try:
        return date.fromisoformat(said[:10]) if said is not None else None
    except ValueError:
        return None
