"""An unchanged article under an unchanged pack is not read again, whatever became of the earlier run."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands import COMMAND, ENVIRONMENT, Finished, contents, extract, invoke, write

TEXT = "Đến hết năm 2024, tỉnh Lai Châu có {} tổ công nghệ số cộng đồng với {} thành viên."


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    for number in range(1, 9):
        write(tmp_path / f"tin/{number}.txt", TEXT.format(100 + number, 700 + number))
    return tmp_path / "tin"


def reused(done: Finished) -> int:
    assert done.code == 0, done.err
    told = re.search(r"reused\s+(\d+) articles", done.err)
    assert told is not None, done.err
    return int(told[1])


def run(articles: Path, out: Path, *options: str | Path) -> Finished:
    return invoke("run", articles, "--out", out, "-v", *options)


def test_a_rerun_reads_nothing_and_writes_the_same_tables(tmp_path: Path, articles: Path) -> None:
    assert reused(run(articles, tmp_path / "out")) == 0
    first = contents(tmp_path / "out")
    assert reused(run(articles, tmp_path / "out")) == 8
    assert contents(tmp_path / "out") == first


def test_what_changed_is_read_and_what_moved_is_known(tmp_path: Path, articles: Path) -> None:
    run(articles, tmp_path / "out")
    write(articles / "1.txt", TEXT.format(555, 777))
    (articles / "2.txt").rename(articles / "hai.txt")
    assert reused(run(articles, tmp_path / "out")) == 7
    run(articles, tmp_path / "anew")
    assert contents(tmp_path / "out") == contents(tmp_path / "anew")


def test_a_headline_that_changed_makes_another_article(tmp_path: Path) -> None:
    def table(title: str) -> Path:
        line = json.dumps({"title": title, "text": TEXT.format(108, 700)})
        return write(tmp_path / "tin.jsonl", f"{line}\n{line}\n")

    run(table("Tổ công nghệ số về bản"), tmp_path / "out")
    assert reused(run(table("Tổ công nghệ số về bản"), tmp_path / "out")) == 2
    assert reused(run(table("Công nghệ số về bản"), tmp_path / "out")) == 0


def test_articles_that_are_added_are_read_alone(tmp_path: Path, articles: Path) -> None:
    run(articles, tmp_path / "out")
    write(articles / "9.txt", TEXT.format(109, 709))
    assert reused(run(articles, tmp_path / "out", "--append")) == 8


def test_another_pack_reads_all_again(tmp_path: Path, articles: Path, repository: Path) -> None:
    rules = Path(shutil.copytree(repository / "rules", tmp_path / "rules"))
    run(articles, tmp_path / "out", "--rules", rules)
    assert reused(run(articles, tmp_path / "out", "--rules", rules)) == 8
    with (rules / "teams.toml").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert reused(run(articles, tmp_path / "out", "--rules", rules)) == 0


def test_what_a_run_did_not_meet_is_forgotten(tmp_path: Path, articles: Path) -> None:
    run(articles, tmp_path / "out")
    run(articles / "1.txt", tmp_path / "out")
    assert reused(run(articles, tmp_path / "out")) == 1


@pytest.mark.parametrize("content", [b"", b"no database" * 1000])
def test_a_broken_file_is_begun_anew(tmp_path: Path, articles: Path, content: bytes) -> None:
    run(articles, tmp_path / "out")
    first = contents(tmp_path / "out")
    (tmp_path / "out/.tables/seen.sqlite").write_bytes(content)
    assert reused(run(articles, tmp_path / "out")) == 0
    assert contents(tmp_path / "out") == first
    assert reused(run(articles, tmp_path / "out")) == 8


def test_a_run_that_was_killed_is_not_lost(tmp_path: Path) -> None:
    lines = (json.dumps({"text": TEXT.format(n, 9 * n)}) for n in range(100, 1300))
    write(tmp_path / "tin.jsonl", "\n".join(lines))
    command = [COMMAND, "tin.jsonl", "--out", "out", "--jobs", "1", "-q"]
    with subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT) as process:
        journal = tmp_path / "out/.tables/seen.sqlite-wal"
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > 200_000):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL, "it ended before it could be killed"
    done = extract("tin.jsonl", "--out", "out", "-v", cwd=tmp_path)
    assert 0 < reused(done) < 1200
    extract("tin.jsonl", "--out", "anew", cwd=tmp_path)
    assert contents(tmp_path / "out") == contents(tmp_path / "anew")
