"""A cluster of processes that were started by hand: the same tables, whichever of them ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import COMMAND, ENVIRONMENT, contents, extract, write

Client = pytest.importorskip("distributed", reason="the extra [cluster] is not installed").Client

TEXT = "Đến hết năm 2024, tỉnh Lai Châu có {} tổ công nghệ số cộng đồng với {} thành viên."


def started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with (folder / f"{arguments[0]}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
            cwd=folder,
            env=ENVIRONMENT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler on this machine, and its two workers, which have begun to wait for work."""
    told = tmp_path / "scheduler.json"
    alone = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / "dask"))
    at = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    processes = [started(tmp_path, "scheduler", *at)]
    try:
        address = address_in(told)
        workers = [started(tmp_path, "worker", address, *alone) for _ in range(2)]
        processes += workers
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, workers
    finally:
        for process in processes:
            process.kill()
            process.wait()
        for log in tmp_path.glob("*.log"):  # printed where the test fails
            print(log.name, log.read_text(encoding="utf-8")[-4000:], sep="\n")


def address_in(file: Path) -> str:
    """The address that a scheduler writes into a file once it listens."""
    for _ in range(600):
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise TimeoutError(f"{file}: no scheduler has written its address")


def test_a_worker_that_is_killed_changes_no_table(
    repository: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    lines = [json.dumps({"text": TEXT.format(n, 9 * n)}) for n in range(100, 450)]
    write(tmp_path / "tin.jsonl", "\n".join(lines))
    command = [COMMAND, "tin.jsonl", "--engine", "dask", "--scheduler", address, "-o", "far", "-q"]
    with subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT) as process:
        journal = tmp_path / "far/.tables/seen.sqlite-wal"
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > 100_000):
            time.sleep(0.02)
        os.kill(workers[0].pid, signal.SIGKILL)
    assert process.returncode == 0
    assert workers[0].wait() == -signal.SIGKILL
    assert extract("tin.jsonl", "-o", "near", "-q", cwd=tmp_path).code == 0
    assert contents(tmp_path / "far") == contents(tmp_path / "near")

    # The worker that is left reads by whatever pack it is asked for, though it holds another one.
    write(tmp_path / "few.jsonl", "\n".join(lines[:60]))
    assert extract("few.jsonl", "-o", "few", "-q", cwd=tmp_path).code == 0
    rules = Path(shutil.copytree(repository / "rules", tmp_path / "rules"))
    for out, change in (("first", ""), ("second", "\n# changed\n")):
        with (rules / "teams.toml").open("a", encoding="utf-8") as file:
            file.write(change)
        far = ("--engine", "dask", "--scheduler", address, "--rules", "rules", "-o", out, "-q")
        done = extract("few.jsonl", *far, cwd=tmp_path)
        assert done.code == 0, done.err
        assert contents(tmp_path / out) == contents(tmp_path / "few")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--engine", "dask"], "belong together"),
        (["--scheduler", "tcp://127.0.0.1:1"], "belong together"),
        (["--engine", "dask", "--scheduler", "nowhere://x"], "no scheduler answers there"),
    ],
)
def test_what_is_missing_is_told(tmp_path: Path, options: list[str], told: str) -> None:
    write(tmp_path / "tin.txt", TEXT.format(108, 756))
    done = extract("tin.txt", *options, cwd=tmp_path)
    assert done.code == 2
    assert told in done.err
    assert not (tmp_path / "out").exists()
