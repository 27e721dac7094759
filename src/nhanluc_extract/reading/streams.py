"""Inputs as streams of bytes: opened, looked into, unpacked; never more than a piece in memory."""

from __future__ import annotations

import codecs
import errno
import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from nhanluc_extract.reading.content import UnreadableError
from nhanluc_extract.reading.encodings import utf_16_of
from nhanluc_extract.reading.limits import FREE_OF_RATIO, LARGEST_HELD, LARGEST_RATIO, in_words

PIECE = 1 << 16
_GZIP, _ZSTANDARD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_MOST_LAYERS = 2  # of packing around one input
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class _Source(io.RawIOBase):
    """A stream over any function that gives the next bytes, none at the end."""

    def __init__(self, more: Callable[[int], bytes]) -> None:
        self._more = more

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._more(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def stream_of(more: Callable[[int], bytes]) -> BinaryIO:
    """A stream of what ``more`` gives; none is the end."""
    return io.BufferedReader(_Source(more), PIECE)


def open_file(path: Path) -> BinaryIO:
    """A regular file, opened.

    Raises:
        UnreadableError: it is none, or cannot be opened.
    """
    try:
        mode = path.stat().st_mode
        for is_kind, name in _KINDS:
            if is_kind(mode):
                raise UnreadableError(f"It is {name}, not a file. Give what it holds on standard input (-).")
        if stat.S_ISDIR(mode):
            list(path.iterdir())
        return path.open("rb")
    except OSError as error:
        raise UnreadableError(_why_closed(path, error)) from None


def _why_closed(path: Path, error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "The link leads in a circle. Remove it or let it lead to a file."
    if error.errno == errno.ENOENT and path.is_symlink():
        return f"The link leads nowhere: there is no {os.fsencode(path.readlink()).decode(errors='replace')}."
    if error.errno == errno.ENOENT:
        return "It is gone: it was there when the run began."
    return f"Cannot be opened: {error.strerror}. Check the permissions of the file and its folders."


def standard_input() -> BinaryIO:
    """Standard input, opened.

    Raises:
        UnreadableError: it is closed.
    """
    if sys.stdin is None:
        raise UnreadableError("Standard input is closed. Give it a file (< FILE) or a pipe.")
    return stream_of(sys.stdin.buffer.read)


def head_of(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes, and a stream that still begins with them."""
    head = b""
    while len(head) < PIECE and (piece := stream.read(PIECE - len(head))):
        head += piece
    if stream.seekable():
        stream.seek(0)
        return head, stream
    rest = [head]

    def more(size: int) -> bytes:
        if not rest[0]:
            return stream.read(size)
        piece, rest[0] = rest[0][:size], rest[0][size:]
        return piece

    return head, stream_of(more)


def unpacked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of ``stream`` without its gzip or Zstandard, and the stream itself.

    Raises:
        UnreadableError: it is packed more than twice; also while reading, where packed data is broken.
    """
    for _ in range(_MOST_LAYERS + 1):
        head, stream = head_of(stream)
        if head.startswith(_GZIP):
            stream = _expanded("gzip", stream, gzip.GzipFile(fileobj=stream).read)
        elif head.startswith(_ZSTANDARD):
            import pyarrow as pa

            packed = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")
            stream = _expanded("Zstandard", stream, packed.read)
        else:
            return head, stream
    raise UnreadableError(f"Packed more than {_MOST_LAYERS} times. Unpack it and run again.")


def _expanded(name: str, packed: BinaryIO, read: Callable[[int], bytes]) -> BinaryIO:
    expanded = 0

    def more(size: int) -> bytes:
        nonlocal expanded
        try:
            piece = read(size)
        except UnreadableError:
            raise
        except (EOFError, OSError, zlib.error) as error:
            raise UnreadableError(f"Broken {name} data: {error}. Fetch or pack it again.") from None
        expanded += len(piece)
        if packed.seekable():
            check_ratio(expanded, packed.tell())
        return piece

    return stream_of(more)


def check_ratio(expanded: int, packed: int) -> None:
    """Stop at what expands as no text does.

    Raises:
        UnreadableError: it does.
    """
    if expanded > FREE_OF_RATIO and expanded > LARGEST_RATIO * packed:
        raise UnreadableError(
            f"It expands more than {LARGEST_RATIO} times, as no text does. Unpack it yourself."
        )


def in_utf_8(head: bytes, stream: BinaryIO) -> BinaryIO:
    """``stream`` behind its byte-order mark; UTF-16 is recoded on the way.

    Raises:
        UnreadableError: while reading, where it is broken UTF-16.
    """
    codec = utf_16_of(head)
    if codec is None:
        if head.startswith(codecs.BOM_UTF8):
            stream.read(len(codecs.BOM_UTF8))
        return stream
    decoder = codecs.getincrementaldecoder(codec)()
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        stream.read(2)
    waiting = b""

    def more(size: int) -> bytes:
        nonlocal waiting
        while not waiting:
            piece = stream.read(PIECE)
            try:
                waiting = decoder.decode(piece, final=not piece).encode("utf-8")
            except UnicodeDecodeError as error:
                raise UnreadableError(
                    f"Broken {codec.upper()}: {error.reason}. Save it as UTF-8 and run again."
                ) from None
            if not piece:
                break
        piece, waiting = waiting[:size], waiting[size:]
        return piece

    return stream_of(more)


def held(stream: BinaryIO) -> BinaryIO:
    """``stream`` as one that can be searched: itself if it can, else in memory.

    Raises:
        UnreadableError: it is too large for that.
    """
    if stream.seekable():
        return stream
    data = stream.read(LARGEST_HELD + 1)
    if len(data) > LARGEST_HELD:
        raise UnreadableError(
            f"Larger than {in_words(LARGEST_HELD)} and packed or on a pipe. Give it as a file."
        )
    return io.BytesIO(data)
