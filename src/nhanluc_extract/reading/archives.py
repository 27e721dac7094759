"""Archives of inputs. What is in them is read where it lies; nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from nhanluc_extract.reading.content import UnreadableError
from nhanluc_extract.reading.streams import check_ratio, held, stream_of

_ENCRYPTED, _NAME_IN_UTF_8 = 0x1, 0x800
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def members(stream: BinaryIO) -> Iterator[tuple[str, Callable[[], BinaryIO]]]:
    """Names of the files in a zip, and how each is opened; hidden ones are passed over.

    Raises:
        UnreadableError: it is no whole archive, or one of a document; also when a member is opened or read.
    """
    try:
        archive = zipfile.ZipFile(held(stream))
    except _BROKEN as error:
        raise _broken(error) from None
    names = archive.namelist()
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise UnreadableError("It is an office document. Save it as text or HTML and run again.")
    total = _Total(sum(member.compress_size for member in archive.infolist()))
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        name = _name(member)
        parts = [part for part in name.split("/") if part not in ("", ".", "..")]
        hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
        if not member.is_dir() and not hidden:
            yield name, partial(_opened, archive, member, total)


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; programs that write it in UTF-8 do not always say so."""
    if member.flag_bits & _NAME_IN_UTF_8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


@dataclass(slots=True)
class _Total:
    """Bytes of all members of one archive, packed and as far as they were read."""

    packed: int
    expanded: int = 0


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, total: _Total) -> BinaryIO:
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableError("It is encrypted. Unpack it with its password and run again.")
    expanded = 0

    def more(size: int) -> bytes:
        nonlocal expanded
        try:
            piece = stream.read(size)
        except _BROKEN as error:
            raise _broken(error) from None
        expanded += len(piece)
        total.expanded += len(piece)
        check_ratio(expanded, member.compress_size)
        check_ratio(total.expanded, total.packed)
        return piece

    try:
        stream = archive.open(member)
    except _BROKEN as error:
        raise _broken(error) from None
    return stream_of(more)


def _broken(error: Exception) -> UnreadableError:
    return UnreadableError(f"Broken zip: {error}. Fetch or pack it again.")
