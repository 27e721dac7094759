"""A commit of three tables that dies, or is refused, at a chosen step."""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

import pyarrow as pa
import pyarrow.parquet as pq

from nhanluc_extract.writing.folder import ResultsFolder
from tests.commands import TABLES

NAMES = [f"{name}.parquet" for name in TABLES]
# What the interpreter tells of before it asks the system for it.
_STEPS = frozenset({"open", "os.mkdir", "os.rename", "os.symlink", "os.remove", "os.rmdir", "fcntl.flock"})


def commit(out: Path, run: str) -> None:
    """Write three tables that each say which ``run`` they are of."""

    def write(folder: Path) -> None:
        for name in NAMES:
            pq.write_table(pa.table({"run": [run]}), folder / name)

    with ResultsFolder(out, NAMES) as folder:
        folder.commit(write)


def steps_of_a_commit(out: Path, run: str) -> int:
    """How many steps a commit into ``out`` takes."""
    count = _in_child(out, run, at=sys.maxsize, refuse=False)
    assert count >= 0
    return count


def die_at(out: Path, run: str, step: int) -> None:
    """A commit killed right before its ``step``."""
    assert _in_child(out, run, at=step, refuse=False) == -signal.SIGKILL


def refuse_at(out: Path, run: str, step: int) -> None:
    """A commit whose ``step`` the system refuses, as for want of space."""
    assert _in_child(out, run, at=step, refuse=True) == 0


def shown(out: Path) -> list[str | None]:
    """The run that each table in ``out`` is of; None where there is none."""
    return [pq.read_table(out / name)["run"][0].as_py() if (out / name).exists() else None for name in NAMES]


def _in_child(out: Path, run: str, *, at: int, refuse: bool) -> int:
    """Exit code of a child that commits; the number of its steps where nothing happens to it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _commit_with_a_fault(out, run, at, writing, refuse=refuse)
    os.close(writing)
    with os.fdopen(reading) as told:
        steps = told.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return int(steps) if at == sys.maxsize and code == 0 else code


def _commit_with_a_fault(out: Path, run: str, at: int, told: int, *, refuse: bool) -> NoReturn:
    step = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal step
        if event not in _STEPS or (event == "open" and str(out) not in str(arguments[0])):
            return
        step += 1
        if step == at and refuse:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if step == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    code = 0
    try:
        commit(out, run)
    except OSError:
        code = 0 if refuse else 1
    os.write(told, str(step).encode())
    os._exit(code)
