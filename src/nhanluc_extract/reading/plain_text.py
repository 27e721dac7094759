"""Articles in text files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.content import Content, UnreadableError
from nhanluc_extract.reading.encodings import decode
from nhanluc_extract.reading.limits import LARGEST_ARTICLE, in_words


def read_plain_text(content: Content) -> Iterator[Article | Rejected]:
    """The one article of a text file."""
    yield Article(content.source, decode(whole(content.stream)))


def whole(stream: BinaryIO) -> bytes:
    """All bytes of one article.

    Raises:
        UnreadableError: there are more than an article has.
    """
    data = stream.read(LARGEST_ARTICLE + 1)
    if len(data) > LARGEST_ARTICLE:
        raise UnreadableError(
            f"Larger than {in_words(LARGEST_ARTICLE)}, so no article. Split it and run again."
        )
    return data
