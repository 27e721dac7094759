"""Articles in UTF-8 text files."""

from __future__ import annotations

from nhanluc_extract.model import Article, Rejected


def read_plain_text(source: str, data: bytes) -> list[Article | Rejected]:
    """The one article of a text file; a byte-order mark is no part of its text."""
    try:
        return [Article(source, data.decode("utf-8-sig"))]
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [
            Rejected(
                source,
                f"Not UTF-8: byte {data[error.start]:#04x} in line {line}. "
                "Save the file as UTF-8 and run again.",
            )
        ]
