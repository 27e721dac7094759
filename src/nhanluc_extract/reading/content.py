"""What a reader is handed: an opened input, its name, and what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from nhanluc_extract.model import Article, Rejected


class UnreadableError(Exception):
    """An input that holds no article that can be read; the message says why and what to do."""


class NoTextColumnError(UnreadableError):
    """A table in which nothing looks like the text of articles."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns (or keys) to read; those left out are guessed."""

    text: str | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class InputOptions:
    """How inputs are to be read; ``format`` holds for all of them, whatever their ending and content."""

    format: str | None = None
    columns: Columns = Columns()


@dataclass(frozen=True, slots=True)
class Content:
    """An opened input: unpacked, without byte-order mark, and in UTF-8 where it was UTF-16."""

    source: str
    stream: BinaryIO
    columns: Columns = Columns()


Reader = Callable[[Content], Iterator[Article | Rejected]]
