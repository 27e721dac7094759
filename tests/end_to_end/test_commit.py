"""The three tables belong together, whatever happens to the run that writes them."""

from __future__ import annotations

import itertools
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import COMMAND, ENVIRONMENT, TABLES, contents, invoke, rows, write
from tests.faults import NAMES, commit, die_at, refuse_at, shown, steps_of_a_commit

SOAK = "SOAK" in os.environ
KILLS = 60 if SOAK else 1
# The system calls by which a commit changes names, or has them on the disk; no machine has them all.
CALLS = "mkdir,mkdirat,rename,renameat,renameat2,symlink,symlinkat,unlink,unlinkat,fsync,rmdir,flock"
COMMIT = (
    "import sys; from pathlib import Path; from tests.faults import commit; commit(Path(sys.argv[1]), 'new')"
)
BAC_KAN = "Toàn tỉnh Bắc Kạn hiện có 108 tổ công nghệ số cộng đồng.\n"
LAO_CAI = "Toàn tỉnh Lào Cai hiện có 212 tổ công nghệ số cộng đồng.\n"
NOTHING = [None, None, None]
OLD, NEW = ["old"] * 3, ["new"] * 3


def left_in(out: Path) -> set[str]:
    """What lies in the hidden folder of ``out``, its current tables counted once."""
    return {path.name for path in (out / ".tables").iterdir()}


@pytest.mark.parametrize("earlier", [NOTHING, OLD])
@pytest.mark.parametrize("fault", [die_at, refuse_at])
def test_a_fault_at_any_step_leaves_the_old_tables_or_the_new_ones(
    tmp_path: Path, earlier: list[str | None], fault: Callable[[Path, str, int], None]
) -> None:
    def prepared(name: str) -> Path:
        out = tmp_path / name
        if earlier == OLD:
            commit(out, "old")
        return out

    steps = steps_of_a_commit(prepared("counted"), "new")
    assert steps > len(NAMES)
    for step in range(1, steps + 1):
        out = prepared(f"{step}")
        fault(out, "new", step)
        assert shown(out) in (earlier, NEW), step
        commit(out, "next")
        assert shown(out) == ["next"] * 3
        assert len(left_in(out) - {"lock", "current"}) == 1, step


@pytest.mark.parametrize("fault", [die_at, refuse_at])
def test_files_of_another_origin_under_the_names_are_replaced_at_one_instant(
    tmp_path: Path, fault: Callable[[Path, str, int], None]
) -> None:
    def prepared(name: str) -> Path:
        out, kept = tmp_path / name, tmp_path / f"{name}-kept"
        commit(kept, "old")
        out.mkdir()
        for table in NAMES:
            (out / table).write_bytes((kept / table).read_bytes())
        return out

    for step in range(1, steps_of_a_commit(prepared("counted"), "new") + 1):
        out = prepared(f"{step}")
        fault(out, "new", step)
        assert shown(out) in (OLD, NEW), step


@pytest.mark.skipif(not SOAK, reason="half a minute; SOAK=1 runs it")
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is absent: no kill at a system call")
@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC"])
def test_a_fault_at_each_system_call_leaves_the_old_tables_or_the_new_ones(
    tmp_path: Path, repository: Path, fault: str
) -> None:
    faults = 0
    for call in CALLS:
        for number in itertools.count(1):
            out, log = tmp_path / f"{call}{number}", tmp_path / "log"
            commit(out, "old")
            words = ["strace", "-f", "-qq", "-o", log, "-e", f"trace=?{call}"]
            words += ["-e", f"inject=?{call}:{fault}:when={number}", sys.executable, "-c", COMMIT, out]
            subprocess.run(words, cwd=repository, capture_output=True, check=False)
            assert shown(out) in (OLD, NEW), (call, number)
            told = log.read_bytes() if log.exists() else b""
            if b"INJECTED" not in told and b"killed by SIGKILL" not in told:
                break
            faults += 1
    assert faults > len(NAMES)


def test_a_run_killed_at_a_random_moment_leaves_tables_that_belong_together(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    write(tmp_path / "2.txt", LAO_CAI)
    began = time.monotonic()
    assert invoke("-q", "1.txt", cwd=tmp_path).code == 0
    lasts, draw = time.monotonic() - began, random.Random(1)
    states = [contents(tmp_path / "out")]
    assert invoke("-q", "2.txt", "-o", "other", cwd=tmp_path).code == 0
    states.append(contents(tmp_path / "other"))
    for number in range(KILLS):
        # The commit is the last tenth of a run: half of the kills fall into it.
        delay = draw.uniform(0.9, 1.05) if number % 2 else draw.uniform(0, 1)
        arguments = [COMMAND, "-q", f"{number % 2 + 1}.txt"]
        with subprocess.Popen(arguments, cwd=tmp_path, env=ENVIRONMENT) as process:
            time.sleep(delay * lasts)
            process.send_signal(draw.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGHUP]))
        assert contents(tmp_path / "out") in states


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_a_run_with_its_own_code_and_leaves_nothing(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    pipe = subprocess.PIPE
    arguments = [COMMAND, "-", "-v"]
    with subprocess.Popen(arguments, cwd=tmp_path, stdin=pipe, stderr=pipe, env=ENVIRONMENT) as process:
        assert process.stderr is not None
        assert b"reading" in process.stderr.readline()
        while not (tmp_path / "out/.tables/lock").exists():
            time.sleep(0.01)
        time.sleep(0.3)  # until it waits for its input
        process.send_signal(number)
        assert process.wait(timeout=20) == code
        assert process.stderr.read() == b""
    assert not (tmp_path / "out").exists()


def listens(process: subprocess.Popen[bytes]) -> bool:
    """Whether the command catches hangups: before it does, an interrupt is Python's own matter."""
    told = Path(f"/proc/{process.pid}/status").read_text()
    caught = int(told.partition("SigCgt:")[2].split()[0], base=16)
    return bool(caught >> (signal.SIGHUP - 1) & 1)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc: signals caught are not told")
@pytest.mark.parametrize("delay", [0, 0.05, 0.15, 0.3])
def test_an_interrupt_while_modules_are_imported_ends_like_any_other(tmp_path: Path, delay: float) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    with subprocess.Popen(
        [COMMAND, "-q", "1.txt"], cwd=tmp_path, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        while not listens(process):
            time.sleep(0.001)
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        assert process.wait() in (130, 0)  # a fast machine may be done
        assert process.stderr is not None
        assert process.stderr.read() == b""


DROPS = """
import signal, sys, time
from nhanluc_extract.signals import end_by_signals
class Raises:
    def __del__(self): signal.raise_signal(int(sys.argv[1]))
class Complains:
    def __del__(self): raise ValueError
end_by_signals()
object_of_ours, half_made = Raises(), Complains()
del object_of_ours
try: time.sleep(20)
except KeyboardInterrupt: sys.exit(130)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_python_drops_ends_the_command_nevertheless(number: signal.Signals) -> None:
    arguments = [sys.executable, "-c", DROPS, f"{number.value}"]
    done = subprocess.run(arguments, capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (128 + number, b"")


def test_a_second_run_into_the_same_folder_is_told_to_wait(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    pipe = subprocess.PIPE
    with subprocess.Popen([COMMAND, "-"], cwd=tmp_path, stdin=pipe, env=ENVIRONMENT) as first:
        while not (tmp_path / "out/.tables/lock").exists():
            time.sleep(0.01)
        second = invoke("1.txt", cwd=tmp_path)
        first.communicate(LAO_CAI.encode())
    assert second.code == 2
    assert second.err == (
        "extract: out: another run writes into this folder. Wait for it, or choose another --out.\n"
    )
    assert [row["province"] for row in rows(tmp_path / "out", "provinces")] == ["Lào Cai"]


def test_a_disk_without_room_leaves_the_earlier_tables(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    write(tmp_path / "2.txt", LAO_CAI)
    invoke("-q", "1.txt", cwd=tmp_path)
    earlier = contents(tmp_path / "out")

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    arguments = [COMMAND, "-q", "2.txt"]
    done = subprocess.run(
        arguments, cwd=tmp_path, env=ENVIRONMENT, preexec_fn=small, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"extract: out: the tables cannot be written" in done.stderr
    assert contents(tmp_path / "out") == earlier


def test_the_folder_of_results_is_tried_before_any_article_is_read(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    write(tmp_path / "taken", "a file")
    write(tmp_path / "folder/facts.parquet/in-the-way", "")
    for out, told in (
        ("taken", "taken is a file"),
        ("taken/b", "taken is a file"),
        ("folder", "is a folder"),
    ):
        done = invoke("-v", "1.txt", "-o", out, cwd=tmp_path)
        assert done.code == 2
        assert told in done.err
    assert invoke("1.txt", "-o", "", cwd=tmp_path).err == (
        "extract: --out '': the name of a folder is missing. Leave the option out for out/.\n"
    )
    assert (tmp_path / "taken").read_bytes() == b"a file"


def test_append_adds_new_articles_and_neither_loses_nor_doubles_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a/1.txt", BAC_KAN)
    write(tmp_path / "a/2.txt", LAO_CAI)
    whole = invoke("-q", "a", "-o", "whole")
    assert whole.code == 0
    for paths in (["a/2.txt"], ["a/1.txt"], ["a"]):
        assert invoke("-q", "--append", *paths).code == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_append_keeps_what_the_same_source_said_before(tmp_path: Path) -> None:
    for text in (BAC_KAN, LAO_CAI, BAC_KAN):
        assert invoke("-q", "--append", "-", cwd=tmp_path, stdin=text.encode()).code == 0
    found = rows(tmp_path / "out", "articles")
    assert [(row["source"], row["status"]) for row in found] == [("-", "ok"), ("-", "ok")]
    assert sorted(row["value"] for row in rows(tmp_path / "out", "facts")) == [108, 212]


def test_append_lets_the_first_of_equal_articles_be_the_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("2.txt", "3.txt", "1.txt"):
        write(tmp_path / name, BAC_KAN)
        assert invoke("-q", "--append", name).code == 0
    found = [(row["source"], row["duplicate_of"]) for row in rows(tmp_path / "out", "articles")]
    assert found == [("1.txt", None), ("2.txt", "1.txt"), ("3.txt", "1.txt")]
    assert [row["source"] for row in rows(tmp_path / "out", "facts")] == ["1.txt"]


def test_append_tries_a_rejected_input_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "1.txt", "")
    path.write_bytes(b"D\xf2ng hai")
    invoke("-q", "--append", "1.txt")
    write(path, BAC_KAN)
    invoke("-q", "--append", "1.txt")
    assert [row["status"] for row in rows(tmp_path / "out", "articles")] == ["ok"]


@pytest.mark.parametrize("table", TABLES[:2])
def test_append_to_tables_that_cannot_be_read_says_which_and_leaves_them(tmp_path: Path, table: str) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    invoke("-q", "1.txt", cwd=tmp_path)
    broken = tmp_path / "out" / f"{table}.parquet"
    for data, told in (
        (b"PAR1", "cannot be read"),
        ((tmp_path / "out/provinces.parquet").read_bytes(), "version"),
    ):
        broken.unlink()
        broken.write_bytes(data)
        done = invoke("--append", "1.txt", cwd=tmp_path)
        assert done.code == 2
        assert f"out/{table}.parquet: " in done.err
        assert told in done.err
        assert broken.read_bytes() == data
