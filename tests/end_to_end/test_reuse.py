"""An unchanged article under an unchanged pack is not read again, whatever became of the earlier run."""

from __future__ import annotations

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from nhanluc_extract.rulepack import load
from nhanluc_extract.running.reuse import state_of
from tests.commands import COMMAND, ENVIRONMENT, Finished, contents, invoke, write

_FIRST_COMMIT = 700_000  # bytes that the first articles of a run take in the journal, and less than all
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


def test_words_that_a_pack_extends_are_part_of_it(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = Path(shutil.copytree(repository / "rules", tmp_path / "rules"))
    monkeypatch.setattr(load, "default_directory", lambda: shared)
    pack = repository / "tests/packs/traffic"
    before = state_of(load.load_rule_pack(pack))
    assert state_of(load.load_rule_pack(pack)) == before
    with next((shared / "base").glob("*.toml")).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert state_of(load.load_rule_pack(pack)) != before


def test_a_folder_may_be_named_like_an_address(tmp_path: Path, articles: Path) -> None:
    for name in ("file:a", "a"):
        assert reused(run(articles, tmp_path / name)) == 0
        assert (tmp_path / name / ".tables/seen.sqlite").is_file()
        assert reused(run(articles, tmp_path / name)) == 8


def test_a_row_that_is_none_is_not_taken(tmp_path: Path, articles: Path) -> None:
    run(articles, tmp_path / "out")
    first = contents(tmp_path / "out")
    with sqlite3.connect(tmp_path / "out/.tables/seen.sqlite") as seen:
        seen.execute("update seen set row = '{}'")
    seen.close()
    assert reused(run(articles, tmp_path / "out")) == 0
    assert contents(tmp_path / "out") == first


@pytest.mark.parametrize("content", [b"", b"no database" * 1000])
def test_a_broken_file_is_begun_anew(tmp_path: Path, articles: Path, content: bytes) -> None:
    run(articles, tmp_path / "out")
    first = contents(tmp_path / "out")
    (tmp_path / "out/.tables/seen.sqlite").write_bytes(content)
    assert reused(run(articles, tmp_path / "out")) == 0
    assert contents(tmp_path / "out") == first
    assert reused(run(articles, tmp_path / "out")) == 8


def many_articles(folder: Path) -> None:
    lines = (json.dumps({"text": TEXT.format(n, 9 * n)}) for n in range(100, 450))
    write(folder / "tin.jsonl", "\n".join(lines))


@pytest.fixture(scope="module")
def tables_of_many(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run that nobody ended writes of them."""
    folder = tmp_path_factory.mktemp("many")
    many_articles(folder)
    invoke("tin.jsonl", "--out", "out", cwd=folder)
    return contents(folder / "out")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_was_ended_is_not_lost(
    tmp_path: Path, tables_of_many: dict[str, bytes], how: signal.Signals
) -> None:
    many_articles(tmp_path)
    command = [COMMAND, "tin.jsonl", "--out", "out", "--jobs", "1", "-q"]
    with subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT) as process:
        journal = tmp_path / "out/.tables/seen.sqlite-wal"
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > _FIRST_COMMIT):
            time.sleep(0.01)
        process.send_signal(how)
    assert process.returncode in (-signal.SIGKILL, 128 + signal.SIGTERM), "it ended before it could be ended"
    done = invoke("tin.jsonl", "--out", "out", "-v", cwd=tmp_path)
    assert 0 < reused(done) < 350
    assert contents(tmp_path / "out") == tables_of_many
