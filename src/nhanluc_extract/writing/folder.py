"""The folder of results: its tables belong together, and are replaced at one instant.

The names in the folder are links through ``.tables/current``, itself a link to the folder of one
run. A run writes a folder of its own and then turns that one link: before it all names show the old
tables, behind it all show the new ones, whenever the machine dies.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

_HIDDEN = ".tables"
_CURRENT = "current"
_NEXT = "next"
_LOCK = "lock"
_SPACE = "space"
_SEEN = "seen.sqlite"
SEEN = f"{_HIDDEN}/{_SEEN}"  # what the next run may use again, beside the tables


class FolderBusyError(Exception):
    """Another run writes into the folder; the message says which."""


class ResultsFolder:
    """The results in ``out``, held by one run from its first read to its commit.

    Raises on entering:
        FolderBusyError: another run holds the folder.
        OSError: it cannot be made or written, or a folder has the name of a table.
    """

    def __init__(self, out: Path, names: Iterable[str]) -> None:
        self.out = out
        self.names = sorted(names)
        self._hidden = out / _HIDDEN
        self._lock: int | None = None
        self._made: list[Path] = []

    @property
    def space(self) -> Path:
        """A folder for what a run must put by, gone when it ends; whoever needs it makes it."""
        return self._hidden / _SPACE

    @property
    def seen(self) -> Path:
        """A file for what the next run may use again; as long as it is there, so is the folder."""
        return self._hidden / _SEEN

    def __enter__(self) -> ResultsFolder:
        for name in self.names:
            path = self.out / name
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, f"{name} is a folder", str(path))
        try:
            self._make_folders()
            self._take_lock()
        except BaseException:
            self._leave()
            raise
        self._remove_left_overs()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._remove_left_overs()
        self._leave()

    def commit(self, write: Callable[[Path], None]) -> None:
        """Let ``write`` fill a new folder, then show its files under their names.

        Raises:
            OSError: something cannot be written; the earlier results stand.
        """
        folder = self._hidden / str(self._last_number() + 1)
        folder.mkdir()
        write(folder)
        for path in (*folder.iterdir(), folder):
            _flush(path)
        self._adopt()
        for name in self.names:
            if (folder / name).exists():
                self._link(self.out / name, Path(_HIDDEN, _CURRENT, name))
        _flush(self.out)
        self._turn_to(folder)

    def _make_folders(self) -> None:
        for folder in (*reversed([self.out, *self.out.parents]), self._hidden):
            if folder.exists() and not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, f"{folder} is a file", str(folder))
            if not folder.is_dir():
                folder.mkdir(exist_ok=True)
                self._made.append(folder)

    def _take_lock(self) -> None:
        path = self._hidden / _LOCK
        while self._lock is None:
            self._lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._made.clear()
                told = "another run writes into this folder. Wait for it, or choose another --out."
                raise FolderBusyError(f"{self.out}: {told}") from None
            if not path.exists() or not os.path.samestat(os.fstat(self._lock), path.stat()):
                os.close(self._lock)  # a run that came to nothing took the file away meanwhile
                self._lock = None

    def _leave(self) -> None:
        """Give the lock back; of folders made for nothing none stays."""
        held = self._lock
        if self._made and not (self._hidden / _CURRENT).is_symlink():
            with contextlib.suppress(OSError):
                (self._hidden / _LOCK).unlink(missing_ok=True)
                for folder in reversed(self._made):
                    folder.rmdir()
        if held is not None:
            os.close(held)
            self._lock = None

    def _last_number(self) -> int:
        return max((int(path.name) for path in self._hidden.iterdir() if path.name.isdecimal()), default=0)

    def _adopt(self) -> None:
        """Let files that stand under the names of tables be the folder that is replaced."""
        files = [self.out / name for name in self.names if (self.out / name).is_file()]
        files = [path for path in files if not path.is_symlink()]
        if not files or (self._hidden / _CURRENT).is_symlink():
            return
        folder = self._hidden / str(self._last_number() + 1)
        folder.mkdir()
        for path in files:
            shutil.copy2(path, folder / path.name)
            _flush(folder / path.name)
        _flush(folder)
        self._turn_to(folder)

    def _turn_to(self, folder: Path) -> None:
        self._link(self._hidden / _CURRENT, Path(folder.name))
        _flush(self._hidden)

    def _link(self, path: Path, target: Path) -> None:
        """Make ``path`` a link to ``target`` in one step, whatever stood there."""
        if path.is_symlink() and path.readlink() == target:
            return
        new = self._hidden / _NEXT
        new.unlink(missing_ok=True)
        new.symlink_to(target)
        new.replace(path)

    def _remove_left_overs(self) -> None:
        """Remove folders of runs that came to no commit, or that a later one replaced, and their names."""
        current = self._hidden / _CURRENT
        kept = {_LOCK, _CURRENT, current.readlink().name} if current.is_symlink() else {_LOCK}
        for path in self._hidden.iterdir():
            if path.name not in kept and not path.name.startswith(_SEEN):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        for path in (self.out / name for name in self.names):
            if path.is_symlink() and not path.exists():
                path.unlink()


def _flush(path: Path) -> None:
    """Have ``path`` on the disk, not only in the machine's memory."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
