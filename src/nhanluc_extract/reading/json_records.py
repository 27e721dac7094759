"""Articles in JSON: an object a line, or a document with an array of objects or a single one."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.content import Content, UnreadableError
from nhanluc_extract.reading.limits import LARGEST_ARTICLE, in_words
from nhanluc_extract.reading.records import articles_of

_Row = tuple[str, Mapping[str, Any] | Rejected]
_PIECE = 1 << 20
_SPACE = " \t\r\n"


def read_json_lines(content: Content) -> Iterator[Article | Rejected]:
    """The articles of a file, each with ``#`` and its line (from 1) behind its source; blank lines count.

    A line that holds none is rejected by itself, and the rest is read.
    """
    return articles_of(_lines(content), content.columns)


def read_json(content: Content) -> Iterator[Article | Rejected]:
    """The articles of a document, each with ``#`` and its place in the array (from 1) behind its source."""
    return articles_of(_values(content), content.columns)


def _lines(content: Content) -> Iterator[_Row]:
    number = 0
    while line := content.stream.readline(LARGEST_ARTICLE + 1):
        number += 1
        source = f"{content.source}#{number}"
        if len(line) > LARGEST_ARTICLE:
            _skip_line(content.stream, line)
            reason = f"A line larger than {in_words(LARGEST_ARTICLE)}, so no article. Split it and run again."
            yield source, Rejected(source, reason)
        elif line.strip():
            yield source, _record(source, line.decode("utf-8", "surrogateescape"))


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_PIECE)


def _record(source: str, line: str) -> Mapping[str, Any] | Rejected:
    try:
        return _object(source, json.loads(line))
    except (ValueError, RecursionError) as error:
        return Rejected(source, f"No JSON: {error}. Each line must hold one whole object.")


def _object(source: str, value: object) -> Mapping[str, Any] | Rejected:
    if isinstance(value, dict):
        return value
    return Rejected(source, f"A JSON {type(value).__name__}. Each article must be an object with a text.")


def _values(content: Content) -> Iterator[_Row]:
    """Objects one after the other; what follows a broken one cannot be found again."""
    text = _Text(content.stream)
    in_array = text.skip("[")
    number = 0
    while not text.at_end():
        if in_array and text.skip("]"):
            if not text.at_end():
                raise UnreadableError(
                    "More JSON behind the end of its array. Write one array, or JSON Lines."
                )
            return
        number += 1
        source = f"{content.source}#{number}"
        try:
            value = text.value()
        except ValueError as error:
            yield source, Rejected(source, f"No JSON: {error}. The rest of the file is not read.")
            return
        yield source, _object(source, value)
        text.skip(",")
    if in_array:
        raise UnreadableError("The JSON ends inside its array. Fetch or write it again.")


class _Text:
    """The text of a JSON document, of which only the part around one value is held."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._json = json.JSONDecoder()
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._text, self._start = "", 0

    def _more(self, size: int) -> bool:
        piece = self._stream.read(size)
        self._text = self._text[self._start :] + self._decoder.decode(piece, final=not piece)
        self._start = 0
        return bool(piece)

    def at_end(self) -> bool:
        """Whether nothing but white space follows."""
        while True:
            while self._start < len(self._text) and self._text[self._start] in _SPACE:
                self._start += 1
            if self._start < len(self._text):
                return False
            if not self._more(_PIECE):
                return True

    def skip(self, mark: str) -> bool:
        """Go past ``mark`` if it is next."""
        found = not self.at_end() and self._text[self._start] == mark
        self._start += found
        return found

    def value(self) -> object:
        """The next value.

        Raises:
            ValueError: there is none, or it is larger than an article.
        """
        size = _PIECE
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._start)
            except RecursionError as error:
                raise ValueError(str(error)) from None
            except ValueError:
                if len(self._text) - self._start > LARGEST_ARTICLE:
                    raise ValueError(f"a value larger than {in_words(LARGEST_ARTICLE)}") from None
                if not self._more(size):
                    raise
                size *= 2
            else:
                self._start = end
                return value
