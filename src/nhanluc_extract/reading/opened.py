"""One input, unpacked, its format told, and read; an archive member by member."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.archives import members
from nhanluc_extract.reading.content import Content, InputOptions, NoTextColumnError, UnreadableError
from nhanluc_extract.reading.formats import ANNOTATION, ZIP, format_of, is_known, known_endings
from nhanluc_extract.reading.registry import READERS
from nhanluc_extract.reading.streams import PIECE, in_utf_8, unpacked

INSIDE = "!/"  # between an archive and the name of its member


@dataclass(frozen=True, slots=True)
class Input:
    """What is to be read: its name in the tables, the name that has its ending, how it is opened.

    ``named`` says that the user named it, not only a folder or an archive that it is in.
    """

    source: str
    name: str
    opened: Callable[[], BinaryIO]
    named: bool
    options: InputOptions


def read_input(given: Input, skipped: list[str]) -> Iterator[Article | Rejected]:
    """The articles of one input; what cannot be read is told, not raised.

    A table without a column of text is rejected where it was named, else its name joins ``skipped``.
    """
    last: str | None = None
    try:
        with given.opened() as stream:
            for entry in _read(given, stream, skipped):
                last = entry.source
                yield entry
    except NoTextColumnError as error:
        if given.named:
            yield Rejected(given.source, str(error))
        else:
            skipped.append(given.source)
    except UnreadableError as error:
        behind = f" What follows {last} is not read." if last is not None else ""
        yield Rejected(given.source, f"{error}{behind}")
    except OSError as error:
        yield Rejected(
            given.source, f"Cannot be read: {error.strerror or error}. Try again, or copy it first."
        )


def _read(given: Input, packed: BinaryIO, skipped: list[str]) -> Iterator[Article | Rejected]:
    head, stream = unpacked(packed)
    if not head.strip() and len(head) < PIECE:
        yield Article(given.source, head.decode("ascii"))
        return
    form = format_of(head, given.name, given.options.format)
    if form == ZIP:
        yield from _read_archive(given, stream, skipped)
        return
    if form != "parquet":
        stream = in_utf_8(head, stream)
    articles = READERS[form](Content(given.source, stream, given.options.columns))
    first = next(articles, None)
    if first is None:  # a table without a row
        yield Article(given.source, "")
        return
    yield first
    yield from articles


def _read_archive(given: Input, stream: BinaryIO, skipped: list[str]) -> Iterator[Article | Rejected]:
    if INSIDE in given.source:
        raise UnreadableError("An archive inside an archive is not read. Unpack the outer one and run again.")
    known = False
    for name, opened in members(stream):
        source = f"{given.source}{INSIDE}{name}"
        if name.endswith(ANNOTATION):
            continue
        if is_known(name):
            known = True
            yield from read_input(Input(source, name, opened, named=False, options=given.options), skipped)
        else:
            skipped.append(source)
    if not known:
        raise UnreadableError(f"No file in it has a known ending. Known are {known_endings()}.")
