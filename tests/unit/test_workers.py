"""Several processes: the same rows in the same order, and a process that dies takes one article along."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pytest

from nhanluc_extract.model import Article
from nhanluc_extract.records import Record, article_record
from nhanluc_extract.running.workers import Workers
from nhanluc_extract.schema import ARTICLES_WITH_FACTS
from tests.commands import COMMAND, ENVIRONMENT, contents, invoke, rows, write

POISON = "giết tiến trình"
FACT = "Toàn tỉnh Bắc Kạn hiện có {} tổ công nghệ số cộng đồng."


def begin(folder: str) -> None:
    """Nothing to load: what a worker needs is the folder it is told of."""
    os.environ["TEST_WORKERS"] = folder


def work(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Rows as the extraction makes them; one text ends the process, another only the first that meets it."""
    found: list[Record] = []
    for row in batch.to_pylist():
        met = Path(os.environ["TEST_WORKERS"], row["source"])
        if row["text"] == POISON or (row["text"] == f"{POISON} một lần" and not met.exists()):
            met.touch()
            os._exit(1)
        found.append(article_record(Article(row["source"], row["text"]), None, None, []))
    return pa.RecordBatch.from_pylist(found, schema=ARTICLES_WITH_FACTS)


def modules(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The names of the packages that the process has imported when it has made an array."""
    pa.array([batch.num_rows])
    names = {name.partition(".")[0] for name in sys.modules}
    return pa.RecordBatch.from_pylist([{"name": name} for name in sorted(names)])


def batches(texts: Iterable[str], size: int) -> Iterable[pa.RecordBatch]:
    told = [{"source": f"{number:03}", "text": text} for number, text in enumerate(texts)]
    for start in range(0, len(told), size):
        yield pa.RecordBatch.from_pylist(told[start : start + size])


@pytest.mark.parametrize(
    ("text", "status"), [("Tin thường", "ok"), (POISON, "rejected"), (f"{POISON} một lần", "ok")]
)
def test_every_article_has_its_row_in_its_place(tmp_path: Path, text: str, status: str) -> None:
    texts = ["Tin vắn"] * 7 + [text] + ["Tin vắn"] * 12
    found = list(Workers(begin, (str(tmp_path),), work, 2).map(batches(texts, 3)))
    told = [(row["source"], row["status"]) for each in found for row in each]
    assert told == [(f"{n:03}", status if n == 7 else "ok") for n in range(len(texts))]
    reasons = [row["reason"] for each in found for row in each if row["reason"]]
    assert reasons == ["A process ended while it was read. Please report this article."] * (status != "ok")


def test_a_process_leaves_pandas_alone(tmp_path: Path) -> None:
    (found,) = Workers(begin, (str(tmp_path),), modules, 1).map(batches(["Tin vắn"], 1))
    names = {row["name"] for row in found}
    assert "pyarrow" in names
    assert "pandas" not in names


def test_a_death_among_many_batches_that_are_handed_out_loses_none(tmp_path: Path) -> None:
    texts = [POISON if number in (3, 150) else "Tin vắn" for number in range(300)]
    found = list(Workers(begin, (str(tmp_path),), work, 2).map(batches(texts, 10)))
    told = [row["source"] for each in found for row in each if row["status"] == "rejected"]
    assert told == ["003", "150"]
    assert sum(map(len, found)) == len(texts)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="/proc is absent: children can't be looked up")
def test_the_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    records = (json.dumps({"text": FACT.format(number)}) for number in range(4000))
    path = write(tmp_path / "a.jsonl", "\n".join(records))
    words = [COMMAND, "-q", path, "--jobs", "2", "-o", tmp_path / "out"]
    with subprocess.Popen(words, env=ENVIRONMENT) as process:
        children: list[str] = []
        while len(children) < 3:  # two and the tracker of their resources
            time.sleep(0.05)
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        time.sleep(1)
        process.kill()
    waited = 0.0
    while any(is_running(child) for child in children) and waited < 10:
        time.sleep(0.1)
        waited += 0.1
    assert not [child for child in children if is_running(child)]


def is_running(number: str) -> bool:
    state = Path("/proc", number, "stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_tables_are_byte_identical_for_any_number_of_jobs(tmp_path: Path) -> None:
    texts = (FACT.format(number + 2) if number % 9 else "" for number in range(400))
    path = write(tmp_path / "a.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))
    for jobs in ("1", "2"):
        assert invoke("-q", path, "--jobs", jobs, "-o", tmp_path / jobs).code == 0
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert len(rows(tmp_path / "2", "articles")) == 400


def test_no_process_at_all_is_wrong_usage(tmp_path: Path) -> None:
    path = write(tmp_path / "1.txt", "Tin vắn")
    done = invoke(path, "--jobs", "0", "-o", tmp_path / "out")
    assert done.code == 2
    assert "--jobs" in done.err
