"""Inputs that are broken, odd or no articles: each is a row with its reason, or counted as skipped.

`docs/inputs.md` lists them all.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import socket
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading import streams
from nhanluc_extract.reading.inputs import find_inputs, read_inputs
from tests.commands import COMMAND, ENVIRONMENT, Row, invoke, rows, write

TEXT = "Toàn tỉnh Bắc Kạn hiện có 108 tổ công nghệ số cộng đồng.\n"
NOISE = bytes((7 * number * number + number // 3) % 256 for number in range(20_000))
MEBIBYTE = 1 << 20


def json_line(text: str = TEXT) -> str:
    return json.dumps({"text": text}, ensure_ascii=False) + "\n"


def zipped(members: dict[str, bytes | str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def encrypted_zip() -> bytes:
    """An archive whose member says that it is encrypted, in its own header and in the index."""
    data = bytearray(zipped({"a.txt": TEXT}))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + flags] |= 1
    return bytes(data)


def parquet(columns: dict[str, Any]) -> bytes:
    data = io.BytesIO()
    pq.write_table(pa.table(columns), data)
    return data.getvalue()


def zstandard(data: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(data, asbytes=True)
    return packed


LEGACY = pa.array([b"D\xf2ng", b"Tin"]).view(pa.string())  # as programs write that do not check
BROKEN_ZIP = zipped({"a.txt": NOISE})
BROKEN_ZIP = BROKEN_ZIP[:90] + b"\xff" * 20 + BROKEN_ZIP[110:]
REJECTED: dict[str, tuple[bytes | str, str, str]] = {
    # File: its content, the row, what is told of it.
    "noise.txt": (NOISE, "", "It is binary data, not text."),
    "image.txt": (b"\x89PNG\r\n\x1a\n" + NOISE, "", "It is a PNG image (ending '.txt'), not text."),
    "document.html": (b"%PDF-1.7\n" + NOISE, "", "It is a PDF document (ending '.html'), not text."),
    "latin.txt": (
        "Hôtel près du château, déjà fermé.".encode("latin-1"),
        "", "Not UTF-8: byte 0xf4 in line 1.",
    ),
    "cut-utf-16.jsonl": (json_line().encode("utf-16")[:-1], "", "Broken UTF-16-LE:"),
    "cut-utf-16.txt": (TEXT.encode("utf-16")[:-1], "", "Broken UTF-16-LE: truncated data."),
    "cut.txt.gz": (gzip.compress(NOISE)[:-9], "", "Broken gzip data:"),
    "wrong.txt.gz": (b"\x1f\x8b" + NOISE, "", "Broken gzip data:"),
    "cut.txt.zst": (zstandard(NOISE)[:-9], "", "Broken Zstandard data:"),
    "thrice.txt.gz": (
        gzip.compress(gzip.compress(gzip.compress(TEXT.encode()))),
        "", "Packed more than 2 times.",
    ),
    "bomb.jsonl.gz": (gzip.compress(b" " * 40 * MEBIBYTE), "", "It expands more than 200 times"),
    "cut.zip": (zipped({"a.txt": TEXT})[:-9], "", "Broken zip:"),
    "broken.zip": (
        BROKEN_ZIP,
        "!/a.txt", "Broken zip:",
    ),
    "encrypted.zip": (encrypted_zip(), "!/a.txt", "It is encrypted."),
    "nested.zip": (zipped({"b.zip": zipped({"a.txt": TEXT})}), "!/b.zip", "An archive inside an archive"),
    "bomb.zip": (zipped({"a.jsonl": b" " * 40 * MEBIBYTE}), "!/a.jsonl", "It expands more than 200 times"),
    "nothing.zip": (zipped({"readme.md": "x"}), "", "No file in it has a known ending."),
    "office.zip": (
        zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}),
        "", "It is an office document.",
    ),
    "text.parquet": (TEXT, "", "The ending '.parquet' is that of Parquet or zip, the content is not."),
    "cut.parquet": (parquet({"text": [TEXT] * 9})[:-9], "", "Broken Parquet:"),
    "blank-page.html": (
        "<html><body><img src='/a.jpg'></body></html>",
        "", "No running text in this page.",
    ),
    "comment.html": ("<!-- Tin -->", "", "No HTML: Document is empty."),
    "deep.html": ("<div>" * 50_000 + TEXT, "", "No running text in this page."),
    "large.txt": (b"a b " * (4 * MEBIBYTE + 1), "", "Larger than 16 MiB, so no article."),
    "large.jsonl": (
        b'{"text": "' + b"a" * 17 * MEBIBYTE + b'"}\n' + json_line().encode(),
        "#1", "A line larger than 16 MiB",
    ),
    "large.csv": (b"text\n" + b"a" * 17 * MEBIBYTE, "", "A line larger than 16 MiB"),
    "large-value.json": (b'[{"text": "' + b"a" * 17 * MEBIBYTE, "#1", "No JSON: a value larger than 16 MiB."),
    "large-cell.parquet": (
        parquet({"text": [TEXT, "a" * 17 * MEBIBYTE]}),
        "#2", "Its text is larger than 16 MiB",
    ),
    "cut-line.jsonl": ('{"text": "Tin\n' + json_line(), "#1", "No JSON: "),
    "deep.jsonl": ('{"a":' * 50_000 + "\n" + json_line(), "#1", "No JSON: maximum recursion depth"),
    "list.jsonl": ('["Tin"]\n' + json_line(), "#1", "A JSON list. Each article must be an object"),
    "bytes.jsonl": (b'{"text": "\xff"}\n' + json_line().encode(), "#1", "Not UTF-8: byte 0xff in line 1."),
    "no-text.jsonl": (
        '{"title": "Tin"}\n' + json_line(),
        "#1", "No text in it: it has no text or content or body.",
    ),
    "deep.json": ("[" * 50_000, "#1", "No JSON: maximum recursion depth"),
    "cut-value.json": ('[{"text": "Một"}, {"text": "Hai', "#2", "No JSON: Unterminated string"),
    "cut-array.json": ('[{"text": "Một"},\n', "", "The JSON ends inside its array."),
    "two-arrays.json": ('[{"text": "Một"}]\n[{"text": "Hai"}]', "", "More JSON behind the end of its array."),
    "names.csv": ('"text"a,b\n', "", "No CSV: ',' expected after '\"' in the row of names."),
    "short-row.csv": (f"title,text\nTin\nTin,{TEXT}", "#1", "Fields: 1, but the table has 2. Check line 2"),
    "long-row.csv": (f"title,text\na,b,c\nTin,{TEXT}", "#1", "Fields: 3, but the table has 2. Check line 2"),
    "quotes.csv": (f'title,text\n"a"b,c\nTin,{TEXT}', "#1", "No CSV in line 2: ',' expected after '\"'."),
    "open-quote.csv": ('title,text\nTin,"một\nhai\n', "#1", "No CSV in lines 2-3: unexpected end of data."),
    "legacy.parquet": (
        parquet({"text": LEGACY}),
        "#1",
        "Not UTF-8: byte 0xf2 in line 1.",
    ),
    "names.parquet": (
        parquet({"text": ["Tin"], "xyz": ["Tin"]}).replace(b"xyz", b"x\xf3z"),
        "",
        "Broken Parquet:",
    ),
    "legacy.csv": (b"text\nD\xf2ng\n", "#1", "Not UTF-8: byte 0xf2 in line 1."),
}  # fmt: skip
EMPTY = {
    "nothing.txt": b"",
    "spaces.html": b" \n\t\n",
    "nothing.jsonl": b"",
    "nothing.csv": b"",
    "header.csv": b"title,text\n",
    "blank-cell.csv": b"title,text\nTin,\n",
    "blank-value.jsonl": b'{"text": ""}\n',
    "nothing.json": b"[]",
    "nothing.parquet": b"",
    "no-row.parquet": parquet({"text": []}),
    "nothing.zip.gz": gzip.compress(b""),
    "mark.txt": b"\xef\xbb\xbf",
}
SKIPPED = {
    "prices.csv": b"item,price\nrice,3\n",
    "prices.parquet": parquet({"item": ["rice"]}),
    "settings.json": b'{"name": "x"}',
    "log.jsonl": b'{"level": "info"}\n' * 300,
    "tables.zip": zipped({"a.txt": TEXT, "prices.csv": "item\nrice\n", "notes.md": "x"}),
    "notes.md": TEXT.encode(),
}
# Files whose good rows are read although others of theirs are rejected.
READ_ON = (
    "large.jsonl", "cut-line.jsonl", "deep.jsonl", "list.jsonl", "bytes.jsonl", "no-text.jsonl",
    "short-row.csv", "long-row.csv", "quotes.csv",
)  # fmt: skip


class FolderRun:
    """One run over a folder of such inputs."""

    def __init__(self, root: Path) -> None:
        done = invoke("bai", "-o", "out", "-v", cwd=root)
        self.code, self.err = done.code, done.err
        self.articles: dict[str, Row] = {row["source"]: row for row in rows(root / "out", "articles")}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> FolderRun:
    root = tmp_path_factory.mktemp("inputs")
    folder = root / "bai"
    folder.mkdir()
    contents = {name: content for name, (content, _, _) in REJECTED.items()} | EMPTY | SKIPPED
    for name, content in contents.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(1 << 30)
    os.mkfifo(folder / "pipe.txt")
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "below").mkdir()
    (folder / "below" / "up").symlink_to("..")
    (folder / "linked").symlink_to("../elsewhere")
    write(root / "elsewhere" / "far.txt", TEXT)
    at = Path.cwd()
    os.chdir(folder)  # the name of a socket may have 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind("socket.txt")
    finally:
        os.chdir(at)
    return FolderRun(root)


def test_the_run_ends_well_and_says_nothing_unforeseen(run: FolderRun) -> None:
    assert run.code == 0
    assert "Traceback" not in run.err


@pytest.mark.parametrize("name", REJECTED)
def test_what_cannot_be_read_is_rejected_with_its_reason(run: FolderRun, name: str) -> None:
    _, row, told = REJECTED[name]
    article = run.articles[f"bai/{name}{row}"]
    assert article["status"] == "rejected"
    assert told in article["reason"]
    assert article["reason"].count(". ") >= 1, "what to do is told too"


@pytest.mark.parametrize("name", READ_ON)
def test_the_rows_beside_a_broken_one_are_read(run: FolderRun, name: str) -> None:
    assert run.articles[f"bai/{name}#2"]["status"] in ("ok", "duplicate")


@pytest.mark.parametrize("name", EMPTY)
def test_what_holds_nothing_is_empty(run: FolderRun, name: str) -> None:
    found = [row for source, row in run.articles.items() if re.fullmatch(rf"bai/{name}(#1)?", source)]
    assert [row["status"] for row in found] == ["empty"]


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_no_article_is_counted_as_skipped(run: FolderRun, name: str) -> None:
    assert f"bai/{name}" not in run.articles
    assert f"{len(SKIPPED) + 3} files of other kinds skipped" in run.err  # three in archives, a link up


def test_links_to_other_folders_are_followed_and_those_back_up_are_not(run: FolderRun) -> None:
    assert run.articles["bai/linked/far.txt"]["status"] in ("ok", "duplicate")
    assert not any("below/up" in source for source in run.articles)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("huge.txt", "It is binary data, not text."),
        ("pipe.txt", "It is a named pipe, not a file."),
        ("socket.txt", "It is a socket, not a file."),
        ("dangling.txt", "The link leads nowhere: there is no nowhere.txt."),
        ("circle.txt", "The link leads in a circle."),
    ],
)
def test_what_is_no_file_is_rejected_by_its_kind(run: FolderRun, name: str, told: str) -> None:
    assert run.articles[f"bai/{name}"]["reason"].startswith(told)


def test_what_stands_before_a_break_is_read_and_the_row_says_where_it_ended(tmp_path: Path) -> None:
    lines = "".join(json_line(f"Tin {number}: {NOISE[:400].hex()}{number}") for number in range(400))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-200])
    *read, last = read_inputs(find_inputs([str(tmp_path / "a.jsonl.gz")]))
    assert len(read) > 300
    assert all(isinstance(entry, Article) for entry in read)
    assert isinstance(last, Rejected)
    assert last.source.endswith("a.jsonl.gz")
    assert last.reason.endswith(f"What follows {read[-1].source} is not read.")


def test_tables_without_a_column_of_text_are_rejected_where_they_are_named(tmp_path: Path) -> None:
    write(tmp_path / "prices.csv", "item,price\nrice,3\n")
    write(tmp_path / "settings.json", '{"name": "x"}')
    done = invoke("prices.csv", "settings.json", cwd=tmp_path)
    assert done.code == 0
    assert [row["reason"] for row in rows(tmp_path / "out", "articles")] == [
        "No column of text; there is: item, price. Name one by --text-column.",
        "No column of text; there is: name. Name one by --text-column.",
    ]


def test_a_column_asked_for_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    write(tmp_path / "tin.csv", f"title,text\nTin,{TEXT}")
    invoke("tin.csv", "--title-column", "ten", cwd=tmp_path)
    (article,) = rows(tmp_path / "out", "articles")
    assert article["reason"] == "No column 'ten'; there is: title, text. Check the spelling."


def test_nothing_of_an_archive_is_written_and_its_names_are_only_names(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    members: dict[str, bytes | str] = {"../../evil.txt": TEXT, "/abs.txt": TEXT, "__MACOSX/x.txt": ""}
    (tmp_path / "a" / "up.zip").write_bytes(zipped(members))
    before = set(tmp_path.rglob("*"))
    invoke("a", "-o", "out", cwd=tmp_path)
    found = [row["source"] for row in rows(tmp_path / "out", "articles")]
    assert found == ["a/up.zip!/../../evil.txt", "a/up.zip!//abs.txt"]
    assert {path for path in tmp_path.rglob("*") if "out" not in path.parts} == before
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_file_that_is_gone_when_its_turn_comes_is_rejected(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    inputs = find_inputs([str(path)])
    path.unlink()
    (gone,) = read_inputs(inputs)
    assert gone == Rejected(str(path), "It is gone: it was there when the run began.")


def test_what_may_not_be_opened_is_rejected_files_and_folders_alike(tmp_path: Path) -> None:
    write(tmp_path / "a/file.txt", TEXT).chmod(0)
    write(tmp_path / "a/closed/b.txt", TEXT)
    (tmp_path / "a/closed").chmod(0)
    command: list[str | Path] = [COMMAND, "a"]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may open everything")
        command = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=ENVIRONMENT, check=False)
    (tmp_path / "a/closed").chmod(0o700)
    assert done.returncode == 0, done.stderr.decode()
    told = "Cannot be opened: Permission denied. Check the permissions of the file and its folders."
    found = [(row["source"], row["reason"]) for row in rows(tmp_path / "out", "articles")]
    assert found == [("a/closed", told), ("a/file.txt", told)]


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        ("", "An empty argument names no file or folder."),
        ("x" * 300, "File name too long."),
        ("s/**x.txt", "s/**x.txt: no file matches this pattern."),
        ("nowhere.txt", "nowhere.txt: there is no such file or folder."),
    ],
)
def test_an_argument_that_names_nothing_is_wrong_usage(tmp_path: Path, argument: str, told: str) -> None:
    done = invoke(argument, "-o", tmp_path / "out")
    assert done.code == 2
    assert told in done.err
    assert not (tmp_path / "out").exists()


def test_closed_standard_input_is_rejected(tmp_path: Path) -> None:
    line = f'exec "{COMMAND}" - <&-'
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, env=ENVIRONMENT, check=False)
    assert done.returncode == 0, done.stderr.decode()
    (article,) = rows(tmp_path / "out", "articles")
    assert article["reason"].startswith("Standard input is closed.")


def test_a_file_that_fails_while_it_is_read_is_rejected(tmp_path: Path) -> None:
    memory = Path("/proc/self/mem")
    if not memory.exists():
        pytest.skip("there is no file at hand that opens and fails")
    (tmp_path / "a.txt").symlink_to(memory)
    (failed,) = read_inputs(find_inputs([str(tmp_path / "a.txt")]))
    assert isinstance(failed, Rejected)
    assert failed.reason == "Cannot be read: Input/output error. Try again, or copy it first."


def test_a_name_that_is_not_utf_8_is_rejected_with_its_bytes_written_out(tmp_path: Path) -> None:
    try:
        write(tmp_path / "a" / os.fsdecode(b"t\xean.txt"), TEXT)
    except OSError:
        pytest.skip("this file system has no such names")
    (refused,) = read_inputs(find_inputs([str(tmp_path / "a")]))
    assert refused == Rejected(f"{tmp_path}/a/t\\xean.txt", "Its name is not UTF-8. Rename it and run again.")


def test_a_device_is_rejected_by_its_kind() -> None:
    (refused,) = read_inputs(find_inputs(["/dev/null"]))
    assert isinstance(refused, Rejected)
    assert refused.reason.startswith("It is a device, not a file.")


def test_what_has_its_index_at_the_end_has_a_limit_on_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LARGEST_HELD", MEBIBYTE)
    data = zipped({"a.txt": TEXT}) + b" " * 2 * MEBIBYTE
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    (refused,) = read_inputs(find_inputs(["-"]))
    assert refused == Rejected("-", "Larger than 1 MiB and packed or on a pipe. Give it as a file.")


@pytest.mark.parametrize("name", ["tin\x1b[2J.txt", "dòng\nhai.txt", "é" * 120 + ".txt"])
def test_odd_names_are_read_like_others(tmp_path: Path, name: str) -> None:
    write(tmp_path / "a" / name, TEXT)
    (article,) = read_inputs(find_inputs([str(tmp_path / "a")]))
    assert article == Article(f"{tmp_path}/a/{name}", TEXT)


def test_a_page_fetches_nothing_and_expands_no_entity(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    page = f"<html><head><link rel=stylesheet href='http://127.0.0.1:9/'></head><body><p>{TEXT} &b; &x;</p>"
    path = write(tmp_path / "a.html", f"{bomb}{page}<img src='http://127.0.0.1:9/x'></body></html>")
    (article,) = read_inputs(find_inputs([str(path)]))
    assert isinstance(article, Article)
    assert TEXT.strip() in article.text
    assert "root:" not in article.text
    assert "haha" not in article.text


def test_every_case_is_in_the_manual(repository: Path) -> None:
    manual = (repository / "docs" / "inputs.md").read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for path in (repository / "tests").rglob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", manual)
    assert named
    assert [name for name in named if f"def {name}(" not in tests] == []
    assert [name for name in REJECTED if f"`{name}`" not in manual] == []
