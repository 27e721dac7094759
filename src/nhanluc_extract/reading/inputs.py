"""From the arguments of a run to the articles in them, in a stable order."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.content import InputOptions
from nhanluc_extract.reading.formats import ANNOTATION, is_known
from nhanluc_extract.reading.opened import Input, read_input
from nhanluc_extract.reading.streams import open_file, standard_input
from nhanluc_extract.storage import Place, StorageError, is_address

STANDARD_INPUT = "-"
_GLOB_MARKS = frozenset("*?[")


class InputError(Exception):
    """An argument that names nothing; the message says which and what to do."""


@dataclass(slots=True)
class Inputs:
    """Files to read with the names they have in the tables.

    ``named`` are those that an argument names, not only its folder. ``skipped`` have no known ending;
    while the inputs are read, those join it in which there is no column of text.
    """

    files: list[tuple[str, Path | Place | None]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    options: InputOptions = field(default_factory=InputOptions)


@dataclass(slots=True)
class _Found:
    """What the arguments reach, by the file itself or its address; standard input is None."""

    files: dict[Path | str | None, tuple[str, Path | Place | None]] = field(default_factory=dict)
    skipped: dict[Path | str, str] = field(default_factory=dict)
    named: set[Path | str | None] = field(default_factory=set)

    def add(self, name: str, path: Path | Place | None, *, named: bool) -> None:
        """Of the names of one file keep the shortest, so that the order of arguments says nothing."""
        file = _itself(path) if path is not None else None
        self.files[file] = min(self.files.get(file, (name, path)), (name, path), key=_preferred)
        if named:
            self.named.add(file)

    def skip(self, name: str, path: Path | Place) -> None:
        file = _itself(path)
        self.skipped[file] = min(self.skipped.get(file, name), name)


def _itself(path: Path | Place) -> Path | str:
    """The file that ``path`` leads to; a link that leads nowhere is itself."""
    if isinstance(path, Place):
        return path.address
    return Path(os.path.realpath(path)) if path.exists() else path.absolute()


def _preferred(entry: tuple[str, Path | Place | None]) -> tuple[int, str]:
    return len(entry[0]), entry[0]


def find_inputs(
    arguments: Iterable[str], out: Path | Place | None = None, options: InputOptions | None = None
) -> Inputs:
    """Resolve files, folders, globs, addresses of other file systems and ``-``.

    In a folder known endings are read, at any depth; hidden files, ``*.facts.csv`` and the folder
    ``out`` below it are passed over. A folder that is ``out`` itself was asked for, so it is read. A
    file reached twice is read once, and so is standard input. What is there but cannot be opened is
    an input too: reading it tells why.

    Raises:
        InputError: an argument names nothing that exists.
    """
    found = _Found()
    for argument in arguments:
        if argument == STANDARD_INPUT:
            found.add(STANDARD_INPUT, None, named=True)
            continue
        if is_address(argument):
            _add_place(found, argument, out if isinstance(out, Place) else None)
            continue
        for name, path in _expand(argument):
            if path.is_dir():
                _add_folder(found, name.rstrip("/"), path, out if isinstance(out, Path) else None)
            else:
                found.add(name, path, named=True)
    skipped = [_printable(name) for file, name in found.skipped.items() if file not in found.files]
    files = [(_printable(name), path) for name, path in found.files.values() if path is not None]
    files.sort(key=lambda file: file[0])
    named = {_printable(found.files[file][0]) for file in found.named}
    standard: list[tuple[str, Path | Place | None]] = [(STANDARD_INPUT, None)] if None in found.files else []
    return Inputs([*standard, *files], sorted(skipped), named, options or InputOptions())


def _add_place(found: _Found, argument: str, out: Place | None) -> None:
    """Add the file at an address, or those below it that have a known ending."""
    try:
        place = Place.of(argument)
        files = place.files()
    except StorageError as error:
        raise InputError(str(error)) from None
    if files is None:
        raise InputError(f"{place.address}: there is no such file or folder. Check the spelling.")
    results = f"{out.address}/" if out is not None and out.address != place.address else None
    for file in files:
        below = file.path[len(place.path) :].strip("/")
        hidden = any(part.startswith(".") for part in below.split("/"))
        if hidden or file.name.endswith(ANNOTATION) or (results and file.address.startswith(results)):
            continue
        if not below or is_known(file.name):
            found.add(file.address, file, named=not below)
        else:
            found.skip(file.address, file)


def _expand(argument: str) -> Iterator[tuple[str, Path]]:
    if not argument:
        raise InputError(
            "An empty argument names no file or folder. Check the quotes and variables before it."
        )
    path = Path(argument)
    if _is_there(path):
        yield argument, path
        return
    if not _GLOB_MARKS.isdisjoint(argument):
        # Path.glob() raises on `**x`, and tells nothing of a link that leads nowhere.
        matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207
        if not matches:
            raise InputError(f"{argument}: no file matches this pattern. Check the folder and the ending.")
        for match in matches:
            yield Path(match).as_posix(), Path(match)
        return
    raise InputError(f"{argument}: there is no such file or folder. Check the spelling.")


def _is_there(path: Path) -> bool:
    """Whether there is something, if only a link that leads nowhere or what may not be looked at."""
    try:
        path.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise InputError(f"{path}: {error.strerror}. Check the argument.") from None
        return error.errno == errno.EACCES
    return True


def _add_folder(found: _Found, name: str, folder: Path, out: Path | None) -> None:
    results = os.path.realpath(out) if out is not None else None
    if results == os.path.realpath(folder):
        results = None
    _walk(found, name, folder, results, (os.path.realpath(folder),))


def _walk(found: _Found, name: str, folder: Path, results: str | None, above: tuple[str, ...]) -> None:
    """Add what is below ``folder``; ``above`` are the folders on the way to it, and itself."""
    try:
        entries = sorted(entry.name for entry in folder.iterdir())
    except OSError:
        found.add(name, folder, named=True)
        return
    for entry in entries:
        path, source = folder / entry, f"{name}/{entry}"
        if entry.startswith(".") or entry.endswith(ANNOTATION):
            continue
        if path.is_dir():
            real = os.path.realpath(path)
            if real in above:
                found.skip(source, path)  # a link back up: what it leads to is read already
            elif real != results:
                _walk(found, source, path, results, (*above, real))
        elif is_known(entry):
            found.add(source, path, named=False)
        else:
            found.skip(source, path)


def _printable(name: str) -> str:
    """``name`` with the bytes that are not UTF-8 written out: no table can hold them."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_inputs(inputs: Inputs) -> Iterator[Article | Rejected]:
    """Articles of the inputs, one after the other; what cannot be read is told, not raised.

    Of a table, only the rows around the present one are held.
    """
    for source, path in inputs.files:
        if isinstance(path, Path) and _has_odd_name(path):
            yield Rejected(source, "Its name is not UTF-8. Rename it and run again.")
            continue
        name = path.name if path is not None else ""
        given = Input(source, name, _opener(path), source in inputs.named, inputs.options)
        yield from read_input(given, inputs.skipped)


def _opener(path: Path | Place | None) -> Callable[[], BinaryIO]:
    if path is None:
        return standard_input
    return partial(open_file, path) if isinstance(path, Path) else path.open


def _has_odd_name(path: Path) -> bool:
    try:
        os.fspath(path).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
