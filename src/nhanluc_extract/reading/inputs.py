"""From the arguments of a run to the articles in them, in a stable order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.plain_text import read_plain_text
from nhanluc_extract.reading.registry import READERS, reader_for

STANDARD_INPUT = "-"
_GLOB_MARKS = frozenset("*?[")


class InputError(Exception):
    """An argument that names nothing; the message says which and what to do."""


@dataclass(slots=True)
class Inputs:
    """Files to read with the names they have in the tables; ``skipped`` have no known ending."""

    files: list[tuple[str, Path | None]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """What the arguments reach, by the file itself; standard input is None."""

    files: dict[Path | None, tuple[str, Path | None]] = field(default_factory=dict)
    skipped: dict[Path, str] = field(default_factory=dict)

    def add(self, name: str, path: Path | None) -> None:
        """Of the names of one file keep the shortest, so that the order of arguments says nothing."""
        file = path.resolve() if path is not None else None
        self.files[file] = min(self.files.get(file, (name, path)), (name, path), key=_preferred)

    def skip(self, name: str, path: Path) -> None:
        file = path.resolve()
        self.skipped[file] = min(self.skipped.get(file, name), name)


def _preferred(entry: tuple[str, Path | None]) -> tuple[int, str]:
    return len(entry[0]), entry[0]


def find_inputs(arguments: Iterable[str], out: Path | None = None) -> Inputs:
    """Resolve files, folders, globs and ``-``.

    In a folder known endings are read, at any depth; hidden files, ``*.facts.csv`` and the folder
    ``out`` below it are passed over. A folder that is ``out`` itself was asked for, so it is read. A
    file reached twice is read once, and so is standard input.

    Raises:
        InputError: an argument names nothing that exists.
    """
    found = _Found()
    for argument in arguments:
        if argument == STANDARD_INPUT:
            found.add(STANDARD_INPUT, None)
            continue
        for name, path in _expand(argument):
            if path.is_dir():
                _add_folder(found, name, path, out)
            else:
                found.add(name, path)
    skipped = [_printable(name) for file, name in found.skipped.items() if file not in found.files]
    files = [(_printable(name), path) for name, path in found.files.values()]
    return Inputs(sorted(files, key=lambda entry: entry[0]), sorted(skipped))


def _expand(argument: str) -> Iterator[tuple[str, Path]]:
    path = Path(argument)
    if path.exists():
        yield argument, path
        return
    if not _GLOB_MARKS.isdisjoint(argument):
        anchor = Path(path.anchor) if path.is_absolute() else Path()
        pattern = argument[len(path.anchor) :]
        found = sorted(anchor.glob(pattern))
        if found:
            for match in found:
                yield match.as_posix(), match
            return
        raise InputError(f"{argument}: no file matches this pattern. Check the folder and the ending.")
    raise InputError(f"{argument}: there is no such file or folder. Check the spelling.")


def _add_folder(found: _Found, name: str, folder: Path, out: Path | None) -> None:
    results = out.resolve() if out is not None else None
    if results is not None and folder.resolve() not in results.parents:
        results = None
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if any(part.startswith(".") for part in below.parts) or not path.is_file():
            continue
        if results in path.resolve().parents or path.name.endswith(".facts.csv"):
            continue
        source = f"{name.rstrip('/')}/{below.as_posix()}"
        if reader_for(path.name) is None:
            found.skip(source, path)
        else:
            found.add(source, path)


def _printable(name: str) -> str:
    """``name`` with the bytes that are not UTF-8 written out: no table can hold them."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _has_odd_name(path: Path) -> bool:
    try:
        os.fspath(path).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def read_inputs(inputs: Inputs) -> Iterator[Article | Rejected]:
    """Articles of the inputs, one after the other; what cannot be read is told, not raised."""
    for source, path in inputs.files:
        if path is None:
            yield from read_plain_text(source, sys.stdin.buffer.read())
            continue
        if _has_odd_name(path):
            yield Rejected(source, "Its name is not UTF-8. Rename it and run again.")
            continue
        reader = reader_for(path.name)
        if reader is None:
            known = ", ".join(sorted(READERS))
            yield Rejected(source, f"No reader for the ending {path.suffix!r}; known are {known}.")
            continue
        try:
            data = path.read_bytes()
        except OSError as error:
            yield Rejected(source, f"Cannot be read: {error.strerror}. Check the file's permissions.")
            continue
        yield from reader(source, data)
