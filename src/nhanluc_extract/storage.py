"""Files and folders on other file systems, told by an address (``s3://bucket/folder``, ``file:///folder``)."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


class StorageError(Exception):
    """An address cannot be used; the message says why and what to do."""


def is_address(argument: str) -> bool:
    """Whether an argument names a file system, not a path on this machine."""
    return _ADDRESS.match(argument) is not None


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder on a file system; ``address`` is its name, without options and secrets."""

    filesystem: FileSystem
    path: str
    address: str

    @classmethod
    def of(cls, argument: str) -> Place:
        """The place that an address names, whether there is anything or not.

        Raises:
            StorageError: it is no address of a file system that can be reached.
        """
        from pyarrow.fs import FileSystem

        scheme = _ADDRESS.match(argument)
        try:
            filesystem, path = FileSystem.from_uri(argument)
        except (ValueError, OSError) as error:
            raise StorageError(
                f"{argument}: {_first_line(error)}. Known are file, s3, gs and hdfs."
            ) from None
        path = path.rstrip("/")
        return cls(filesystem, path, f"{scheme[1].lower() if scheme else ''}://{path}")

    @property
    def name(self) -> str:
        """What stands behind the last slash."""
        return self.path.rpartition("/")[2]

    def inside(self, name: str) -> Place:
        """What has a name in this folder."""
        return replace(self, path=f"{self.path}/{name}", address=f"{self.address}/{name}")

    def files(self) -> Iterator[Place] | None:
        """The files in this folder at any depth, or the file itself; None where there is nothing.

        Raises:
            StorageError: it cannot be looked at.
        """
        from pyarrow.fs import FileSelector, FileType

        try:
            kind = self.filesystem.get_file_info(self.path).type
            if kind == FileType.NotFound:
                return None
            if kind == FileType.File:
                return iter([self])
            below = self.filesystem.get_file_info(FileSelector(self.path, recursive=True))
        except OSError as error:
            raise StorageError(
                f"{self.address}: {_first_line(error)}. Check the address and the keys."
            ) from None
        found = sorted(info.path for info in below if info.type == FileType.File)
        start = len(self.path) + 1
        return (self.inside(path[start:]) for path in found)

    def open(self) -> BinaryIO:
        """The file, opened; it can be searched.

        Raises:
            OSError: it cannot be.
        """
        return io.BufferedReader(cast(io.RawIOBase, self.filesystem.open_input_file(self.path)))

    def fetch(self, target: Path) -> bool:
        """Copy the file here, if there is one.

        Raises:
            OSError: it cannot be read, or not written here.
        """
        from pyarrow.fs import FileType

        if self.filesystem.get_file_info(self.path).type != FileType.File:
            return False
        with self.open() as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        return True

    def store(self, source: Path) -> None:
        """Copy a file of this machine there; whoever reads it sees all of it, or what was there before.

        Raises:
            OSError: it cannot be written.
        """
        self.filesystem.create_dir(self.path.rpartition("/")[0], recursive=True)
        written = self.filesystem.open_output_stream(self.path)
        with source.open("rb") as file, written as copy:
            shutil.copyfileobj(file, copy)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].rstrip(".")
