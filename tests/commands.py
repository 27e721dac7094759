"""The command as the tests run it, and the tables it leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
from typer.testing import CliRunner

from nhanluc_extract.cli.app import app, with_command
from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.running.batch import Run
from nhanluc_extract.running.reuse import Seen

COMMAND = Path(sys.executable).with_name("extract")
TABLES = ("articles", "facts", "provinces")
ENVIRONMENT = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "PYTHONUTF8": "1"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finished:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


def extract(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> Finished:
    """The installed command in a process of its own."""
    done = subprocess.run(
        [COMMAND, *arguments], cwd=cwd, input=stdin, capture_output=True, env=ENVIRONMENT, check=False
    )
    return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())


def invoke(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> Finished:
    """The same command inside this process, which spares its start."""
    words = with_command([str(argument) for argument in arguments])
    with chdir(cwd or Path()):
        done = CliRunner().invoke(app, words, input=stdin, prog_name="extract", catch_exceptions=False)
    return Finished(done.exit_code, done.stdout, done.stderr)


def rows(out: Path, table: str) -> list[Row]:
    """Rows of a table in the folder of results ``out``."""
    found: list[Row] = pq.read_table(out / f"{table}.parquet").to_pylist()
    return found


def run(extractor: Extractor, inputs: Iterable[Article | Rejected]) -> list[Row]:
    """Rows of the articles table with their facts inside, as a run of this process settles them."""
    with TemporaryDirectory() as folder, Seen(Path(folder) / "seen.sqlite", b"") as seen:
        return list(Run(extractor, Path(folder) / "space", seen).rows(inputs))


def contents(out: Path) -> dict[str, bytes]:
    """The three tables of ``out``, byte by byte."""
    return {name: (out / f"{name}.parquet").read_bytes() for name in TABLES}


def write(path: Path, text: str) -> Path:
    """Write ``text`` as it stands, in UTF-8, and make the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path
