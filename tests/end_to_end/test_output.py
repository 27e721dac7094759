"""What the command prints where a terminal, a pipe or a name is odd."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from functools import partial
from pathlib import Path

import pytest

from tests.commands import COMMAND, ENVIRONMENT, extract, write

BAC_KAN = "Toàn tỉnh Bắc Kạn hiện có 108 tổ công nghệ số cộng đồng.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is absent: nothing is always full here")
def test_a_full_standard_output_is_told_and_ends_with_code_2() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "rules", "list"], stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False
        )
    assert done.returncode == 2
    assert done.stderr == b"extract: standard output cannot be written (No space left on device).\n"


def test_a_reader_that_went_away_is_no_fault_to_tell() -> None:
    with subprocess.Popen(
        [COMMAND, "rules", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_control_characters_of_a_name_are_written_out(tmp_path: Path) -> None:
    write(tmp_path / "a\x1b[2J.txt", BAC_KAN)
    (tmp_path / "b\x1b[2J.txt").write_bytes(b"D\xf2ng hai")
    done = extract("-v", ".", "-o", "r\x1b[2J", cwd=tmp_path)
    assert done.code == 0
    assert "\x1b" not in done.err
    assert "reading  ./a\\x1b[2J.txt" in done.err
    assert "rejected  ./b\\x1b[2J.txt" in done.err
    assert "wrote  r\\x1b[2J/facts.parquet" in done.err


def test_a_folder_of_results_may_have_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    done = extract("1.txt", "-o", os.fsdecode(b"o\xff"), cwd=tmp_path)
    assert done.code == 0
    assert "wrote  o\\udcff/articles.parquet" in done.err


def test_quiet_still_tells_that_everything_was_rejected(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(b"D\xf2ng hai")
    done = extract("-q", "1.txt", cwd=tmp_path)
    assert done.code == 0
    assert done.err == "extract: all 1 inputs were rejected; out/articles.parquet says why.\n"


def test_explain_asks_for_one_file_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "a/1.txt", BAC_KAN)
    write(tmp_path / "a/2.txt", BAC_KAN)
    done = extract("explain", "a", cwd=tmp_path)
    assert (done.code, done.err) == (2, "extract: a: 2 files are in it. Name one of them.\n")


def test_on_a_terminal_it_is_told_how_far_a_run_is(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path / f"tin/{number}.txt", f"Toàn xã có {number} tổ công nghệ số cộng đồng.")
    ours, theirs = pty.openpty()
    with subprocess.Popen([COMMAND, "tin"], cwd=tmp_path, env=ENVIRONMENT, stderr=theirs) as process:
        os.close(theirs)
        told = b"".join(iter(partial(read_terminal, ours), b""))
    os.close(ours)
    assert process.returncode == 0
    assert re.search(rb"\d+ articles.*30 articles read", told, re.DOTALL)
    assert extract("tin", cwd=tmp_path).err.startswith("30 articles read")


def read_terminal(descriptor: int) -> bytes:
    """What a terminal was sent; nothing when whoever wrote to it has ended."""
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:
        return b""


def test_a_run_without_a_standard_error_writes_its_tables(tmp_path: Path) -> None:
    write(tmp_path / "tin.txt", BAC_KAN)
    done = subprocess.run(
        ["sh", "-c", f"exec '{COMMAND}' tin.txt 2>&-"], cwd=tmp_path, env=ENVIRONMENT, check=False
    )
    assert done.returncode == 0
    assert (tmp_path / "out/facts.parquet").exists()
