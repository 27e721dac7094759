"""Inputs and results on other file systems: an S3 server on this machine, and addresses of files."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from pyarrow.fs import FileSystem

from tests.commands import ENVIRONMENT, contents, extract, rows, write

pytest.importorskip("moto", reason="the S3 server of the extra [dev] is not installed")

TEXT = "Đến hết năm 2024, tỉnh Lai Châu có {} tổ công nghệ số cộng đồng với {} thành viên."
OPTIONS = "endpoint_override=127.0.0.1:{}&scheme=http&region=us-east-1&allow_bucket_creation=true"


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What stands behind each address so that it leads to the server of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("s3") / "log"
    with log.open("wb") as told:
        server = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=told,
            stderr=told,
        )
    try:
        _wait_for(port)
        yield f"?{OPTIONS.format(port)}"
    finally:
        server.kill()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the S3 server does not start")


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setitem(ENVIRONMENT, name, "test")
        monkeypatch.setenv(name, "test")


def stored(address: str) -> bytes:
    filesystem, path = FileSystem.from_uri(address)
    with filesystem.open_input_stream(path) as file:
        return bytes(file.read())


def put(address: str, content: bytes) -> None:
    filesystem, path = FileSystem.from_uri(address)
    filesystem.create_dir(path.rpartition("/")[0], recursive=True)
    with filesystem.open_output_stream(path) as file:
        file.write(content)


def test_a_bucket_is_read_and_written_as_a_folder_is(tmp_path: Path, options: str) -> None:
    texts = {
        "a.txt": TEXT.format(108, 756),
        "b/c.txt": TEXT.format(97, 588),
        "b/note.doc": "x",
        ".d.txt": "x",
    }
    for name, text in texts.items():
        put(f"s3://tin/{name}{options}", text.encode())
    done = extract(f"s3://tin{options}", "-o", f"s3://tin/out{options}", "-v", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "reading  s3://tin/b/c.txt" in done.err
    assert "skipped  s3://tin/b/note.doc" in done.err
    assert "s3://tin/out/facts.parquet" in done.err
    assert "endpoint" not in done.err
    manifest = json.loads(stored(f"s3://tin/out/manifest.json{options}"))
    for name, told in manifest["tables"].items():
        table = stored(f"s3://tin/out/{name}{options}")
        assert told == {"bytes": len(table), "sha256": sha256(table).hexdigest()}
        (tmp_path / name).write_bytes(table)
    assert [row["source"] for row in rows(tmp_path, "articles")] == ["s3://tin/a.txt", "s3://tin/b/c.txt"]
    assert [row["value"] for row in rows(tmp_path, "facts")] == [108, 756, 97, 588]

    # A rerun reads no article again, and finds its own tables beside the articles no input.
    again = extract(f"s3://tin{options}", "-o", f"s3://tin/out{options}", "-v", cwd=tmp_path)
    assert "reused   2 articles" in again.err
    assert json.loads(stored(f"s3://tin/out/manifest.json{options}")) == manifest


def test_results_of_a_bucket_are_added_to(tmp_path: Path, options: str) -> None:
    for number in (5, 6):
        write(tmp_path / f"{number}.txt", TEXT.format(number, number * 10))
        to = ("-o", f"s3://them/out{options}", "--append", "-q")
        assert extract(f"{number}.txt", *to, cwd=tmp_path).code == 0
    (tmp_path / "facts.parquet").write_bytes(stored(f"s3://them/out/facts.parquet{options}"))
    assert [row["value"] for row in rows(tmp_path, "facts")] == [5, 50, 6, 60]


def test_an_address_of_this_machine_gives_the_same_tables(tmp_path: Path) -> None:
    write(tmp_path / "in/a.txt", TEXT.format(108, 756))
    assert extract("in", "-o", "near", "-q", cwd=tmp_path).code == 0
    done = extract("in", "-o", f"file://{tmp_path}/far", "-q", cwd=tmp_path)
    assert done.code == 0, done.err
    assert contents(tmp_path / "far") == contents(tmp_path / "near")
    assert extract(f"file://{tmp_path}/in", "-o", "named", "-q", cwd=tmp_path).code == 0
    assert [row["source"] for row in rows(tmp_path / "named", "articles")] == [f"file://{tmp_path}/in/a.txt"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["abc://x/y"], "Unrecognized filesystem type"),
        (["file:///nowhere/at/all"], "file:///nowhere/at/all: there is no such file or folder"),
        (["tin.txt", "-o", "abc://x"], "Unrecognized filesystem type"),
        (["tin.txt", "-o", "file:///proc/nowhere"], "the tables cannot be written"),
    ],
)
def test_what_cannot_be_reached_is_told(tmp_path: Path, arguments: list[str], told: str) -> None:
    write(tmp_path / "tin.txt", TEXT.format(108, 756))
    done = extract(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert told in done.err
    assert "Traceback" not in done.err


def test_a_bucket_that_is_not_there_is_told(tmp_path: Path, options: str) -> None:
    done = extract(f"s3://nowhere/a.txt{options}", cwd=tmp_path)
    assert done.code == 2
    assert "s3://nowhere/a.txt: there is no such file or folder" in done.err
