"""From the arguments of a run to the articles in them, in a stable order."""

from __future__ import annotations

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


def find_inputs(arguments: Iterable[str], out: Path) -> Inputs:
    """Resolve files, folders, globs and ``-``.

    In a folder known endings are read, at any depth; hidden files, ``*.facts.csv`` and the folder
    ``out`` are passed over. A file reached twice is read once.

    Raises:
        InputError: an argument names nothing that exists.
    """
    inputs = Inputs()
    seen: set[Path] = set()
    for argument in arguments:
        if argument == STANDARD_INPUT:
            inputs.files.append((STANDARD_INPUT, None))
            continue
        for name, path in _expand(argument):
            if path.is_dir():
                _add_folder(inputs, seen, name, path, out.resolve())
            elif path.resolve() not in seen:
                seen.add(path.resolve())
                inputs.files.append((name, path))
    inputs.files.sort(key=lambda entry: entry[0])
    inputs.skipped.sort()
    return inputs


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


def _add_folder(inputs: Inputs, seen: set[Path], name: str, folder: Path, out: Path) -> None:
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if any(part.startswith(".") for part in below.parts) or not path.is_file():
            continue
        resolved = path.resolve()
        if resolved in seen or out in resolved.parents or path.name.endswith(".facts.csv"):
            continue
        source = f"{name.rstrip('/')}/{below.as_posix()}"
        if reader_for(path.name) is None:
            inputs.skipped.append(source)
            continue
        seen.add(resolved)
        inputs.files.append((source, path))


def read_inputs(inputs: Inputs) -> Iterator[Article | Rejected]:
    """Articles of the inputs, one after the other; what cannot be read is told, not raised."""
    for source, path in inputs.files:
        if path is None:
            yield from read_plain_text(source, sys.stdin.buffer.read())
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
