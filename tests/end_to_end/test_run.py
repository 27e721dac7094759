"""`extract PATH...` as it is used: the installed command, in a process of its own, on temporary folders."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.commands import TABLES, Row, contents, invoke, rows, write

BAC_KAN = "Toàn tỉnh Bắc Kạn hiện có 108 tổ công nghệ số cộng đồng.\n"
QUANG_NGAI = "Toàn tỉnh Quảng Ngãi hiện có 1.141 tổ công nghệ số cộng đồng.\n"
LAO_CAI = "Tin vắn\r\n\r\nToàn tỉnh Lào Cai hiện có 212 tổ công nghệ số cộng đồng.\r\n"
VINH_PHUC = "Toàn tỉnh Vĩnh Phúc hiện có 1.240 tổ công nghệ số cộng đồng.\n"
YEN_BAI = "Toàn tỉnh Yên Bái hiện có 173 tổ công nghệ số cộng đồng.\n"
NO_FACT = "Sáng nay trời nắng đẹp trên khắp thành phố Đà Lạt.\n"
NOT_UTF_8 = b"D\xc3\xb2ng m\xe1\xbb\x99t\nD\xf2ng hai"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class FolderRun:
    """One run over a folder that holds a bit of everything."""

    code: int
    out: str
    err: str
    articles: list[Row]
    facts: list[Row]

    def article(self, name: str) -> Row:
        return next(row for row in self.articles if row["source"] == f"bai/{name}")

    def facts_of(self, name: str) -> list[Row]:
        return [row for row in self.facts if row["source"] == f"bai/{name}"]


@pytest.fixture(scope="module")
def folder_run(tmp_path_factory: pytest.TempPathFactory) -> FolderRun:
    root = tmp_path_factory.mktemp("folder")
    folder = root / "bai"
    write(folder / "bac-kan.txt", BAC_KAN)
    write(folder / "bac-kan.facts.csv", "quote,nth\n")
    write(folder / "Z/1.txt", BAC_KAN)
    write(folder / "nam/10/crlf.txt", LAO_CAI)
    write(folder / "nam/9/nfd.TXT", unicodedata.normalize("NFD", VINH_PHUC))
    write(folder / "bom.txt", "").write_bytes(BYTE_ORDER_MARK + QUANG_NGAI.encode())
    write(folder / "broken.txt", "").write_bytes(NOT_UTF_8)
    write(folder / "nothing.txt", "")
    write(folder / "signs.txt", "*** 2024 – 123 ***\n")
    write(folder / "weather.txt", NO_FACT)
    write(folder / "photo.jpg", "")
    write(folder / "nam/notes.md", BAC_KAN)
    write(folder / ".hidden.txt", YEN_BAI)
    write(folder / ".git/objects.txt", YEN_BAI)
    write(folder / "out/earlier.txt", YEN_BAI)
    done = invoke("bai", "--out", "bai/out", "-v", cwd=root)
    out = folder / "out"
    return FolderRun(done.code, done.out, done.err, rows(out, "articles"), rows(out, "facts"))


def test_a_folder_is_read_at_any_depth_and_rows_are_sorted_by_source(folder_run: FolderRun) -> None:
    names = [
        "Z/1.txt", "bac-kan.txt", "bom.txt", "broken.txt", "nam/10/crlf.txt", "nam/9/nfd.TXT",
        "nothing.txt", "signs.txt", "weather.txt",
    ]  # fmt: skip
    assert [row["source"] for row in folder_run.articles] == [f"bai/{name}" for name in names]
    assert folder_run.facts == sorted(folder_run.facts, key=lambda row: (row["source"], row["start"]))


def test_hidden_files_annotations_and_the_output_folder_are_passed_over(folder_run: FolderRun) -> None:
    for name in (".hidden.txt", "objects.txt", "facts.csv", "earlier.txt"):
        assert name not in folder_run.err
        assert not any(name in row["source"] for row in folder_run.articles)


def test_files_of_other_endings_are_counted_as_skipped_and_named_under_v(folder_run: FolderRun) -> None:
    assert "2 files of other kinds skipped" in folder_run.err
    assert re.findall(r"^skipped +(.+)$", folder_run.err, re.M) == ["bai/nam/notes.md", "bai/photo.jpg"]


def test_the_summary_goes_to_standard_error_and_nothing_to_standard_output(folder_run: FolderRun) -> None:
    assert folder_run.out == ""
    assert "8 articles read, 4 facts found, 2 empty, 1 duplicate, 1 rejected" in folder_run.err
    assert "Quảng Ngãi" in folder_run.err
    assert "1.141" in folder_run.err
    for table in TABLES:
        assert str(Path("bai/out", f"{table}.parquet")) in folder_run.err


def test_a_byte_order_mark_is_no_part_of_the_text(folder_run: FolderRun) -> None:
    article, (fact,) = folder_run.article("bom.txt"), folder_run.facts_of("bom.txt")
    assert article["text"] == QUANG_NGAI
    assert article["characters"] == len(QUANG_NGAI)
    assert QUANG_NGAI[fact["start"] : fact["end"]] == "1.141"


def test_carriage_returns_stay_in_the_text_and_count_in_the_offsets(folder_run: FolderRun) -> None:
    article, (fact,) = folder_run.article("nam/10/crlf.txt"), folder_run.facts_of("nam/10/crlf.txt")
    assert article["text"] == LAO_CAI
    assert article["characters"] == len(LAO_CAI)
    assert LAO_CAI[fact["start"] : fact["end"]] == "212"


def test_decomposed_text_stays_decomposed_and_is_read_like_composed_text(folder_run: FolderRun) -> None:
    article, (fact,) = folder_run.article("nam/9/nfd.TXT"), folder_run.facts_of("nam/9/nfd.TXT")
    raw = unicodedata.normalize("NFD", VINH_PHUC)
    assert article["text"] == raw
    assert raw[fact["start"] : fact["end"]] == "1.240"
    assert fact["quote"] in raw
    assert fact["province"] == "Vĩnh Phúc"
    folded = re.sub(r"\s+", " ", VINH_PHUC)
    assert article["article_id"] == hashlib.sha256(folded.encode()).hexdigest()[:16]


def test_an_undecodable_file_is_rejected_with_its_line_and_the_run_goes_on(folder_run: FolderRun) -> None:
    assert folder_run.code == 0
    article = folder_run.article("broken.txt")
    assert article["status"] == "rejected"
    assert "line 2" in article["reason"]
    assert "UTF-8" in article["reason"]
    assert {article[name] for name in ("article_id", "text", "characters", "duplicate_of")} == {None}
    assert article["facts"] == 0
    assert f"bai/broken.txt: {article['reason']}" in folder_run.err


def test_an_article_without_a_letter_is_empty(folder_run: FolderRun) -> None:
    for name in ("nothing.txt", "signs.txt"):
        article = folder_run.article(name)
        assert article["status"] == "empty"
        assert article["reason"]
        assert article["facts"] == 0
    assert folder_run.article("nothing.txt")["characters"] == 0


def test_an_article_without_a_fact_is_ok_and_keeps_no_text(folder_run: FolderRun) -> None:
    article = folder_run.article("weather.txt")
    assert (article["status"], article["facts"], article["text"]) == ("ok", 0, None)
    assert article["characters"] == len(NO_FACT)


def test_the_second_of_two_equal_articles_is_a_duplicate_without_facts(folder_run: FolderRun) -> None:
    original, copy = folder_run.article("Z/1.txt"), folder_run.article("bac-kan.txt")
    assert (original["status"], original["facts"], original["duplicate_of"]) == ("ok", 1, None)
    assert (copy["status"], copy["facts"], copy["duplicate_of"]) == ("duplicate", 0, "bai/Z/1.txt")
    assert copy["article_id"] == original["article_id"]
    assert copy["text"] is None
    assert not folder_run.facts_of("bac-kan.txt")


def test_equal_texts_in_another_unicode_form_or_with_other_white_space_are_duplicates(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", LAO_CAI)
    write(tmp_path / "b.txt", unicodedata.normalize("NFD", LAO_CAI).replace("\r\n", "\n"))
    assert invoke("a.txt", "b.txt", cwd=tmp_path).code == 0
    assert [row["duplicate_of"] for row in rows(tmp_path / "out", "articles")] == [None, "a.txt"]


def test_strict_ends_with_code_1_for_a_rejected_input_but_writes_the_tables(tmp_path: Path) -> None:
    write(tmp_path / "a/good.txt", BAC_KAN)
    write(tmp_path / "a/broken.txt", "").write_bytes(NOT_UTF_8)
    assert invoke("--strict", "a", cwd=tmp_path).code == 1
    assert [row["status"] for row in rows(tmp_path / "out", "articles")] == ["rejected", "ok"]
    assert [row["value"] for row in rows(tmp_path / "out", "facts")] == [108]


def test_a_file_named_explicitly_that_has_no_reader_is_rejected_not_skipped(tmp_path: Path) -> None:
    write(tmp_path / "scan.pdf", "%PDF-1.7")
    done = invoke("scan.pdf", cwd=tmp_path)
    assert done.code == 0
    (article,) = rows(tmp_path / "out", "articles")
    assert (article["source"], article["status"]) == ("scan.pdf", "rejected")
    assert ".pdf" in article["reason"]
    assert ".txt" in article["reason"]


@pytest.mark.parametrize("missing", ["khong-co.txt", "khong-co/*.txt"])
def test_a_path_that_does_not_exist_ends_with_code_2_and_is_named(tmp_path: Path, missing: str) -> None:
    write(tmp_path / "good.txt", BAC_KAN)
    done = invoke("good.txt", missing, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert missing in done.err
    assert not (tmp_path / "out").exists()


def test_a_folder_without_an_article_is_wrong_usage(tmp_path: Path) -> None:
    write(tmp_path / "a/notes.md", BAC_KAN)
    done = invoke("a", cwd=tmp_path)
    assert done.code == 2
    assert "a: no article" in done.err
    assert not (tmp_path / "out").exists()


def test_globs_paths_and_standard_input_are_read_in_one_run_and_each_file_once(tmp_path: Path) -> None:
    write(tmp_path / "a/1.txt", BAC_KAN)
    write(tmp_path / "a/2.txt", QUANG_NGAI)
    write(tmp_path / "a/2.md", YEN_BAI)
    write(tmp_path / "b/deep/3.txt", LAO_CAI)
    stdin = BYTE_ORDER_MARK + VINH_PHUC.encode()
    done = invoke("a/*.txt", "b", "-", "a/1.txt", "b/deep", cwd=tmp_path, stdin=stdin)
    assert done.code == 0
    found = [(row["source"], row["facts"]) for row in rows(tmp_path / "out", "articles")]
    assert found == [("-", 1), ("a/1.txt", 1), ("a/2.txt", 1), ("b/deep/3.txt", 1)]


def test_tables_are_byte_identical_for_any_order_of_files_arguments_and_options(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    articles = {"a/1.txt": BAC_KAN, "a/b/2.txt": LAO_CAI, "3.txt": QUANG_NGAI, "4.txt": BAC_KAN}
    for name, text in articles.items():
        write(first / name, text)
    for name, text in reversed(articles.items()):
        write(second / name, text)
    invoke("--out", "r", "-q", "3.txt", "a", "4.txt", cwd=first)
    invoke("4.txt", "a", "3.txt", "-o", "r", "-q", cwd=second)
    assert contents(first / "r") == contents(second / "r")
    assert len(rows(first / "r", "facts")) == 3


def test_run_may_be_said_and_options_may_stand_between_the_paths(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    write(tmp_path / "2.txt", LAO_CAI)
    done = invoke("-q", "run", "1.txt", "--out", "r", "2.txt", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert len(rows(tmp_path / "r", "articles")) == 2


@pytest.mark.parametrize("words", [("./check",), ("--", "check")])
def test_a_folder_named_like_a_subcommand_is_an_input_when_written_as_a_path(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    write(tmp_path / "check/1.txt", BAC_KAN)
    assert invoke("-q", "--out", "draft", *words, cwd=tmp_path).code == 0
    (article,) = rows(tmp_path / "draft", "articles")
    assert article["source"] == f"{words[-1]}/1.txt"


def test_version_is_printed_alone() -> None:
    done = invoke("--version")
    assert (done.code, done.out, done.err) == (0, f"extract {version('nhanluc-extract')}\n", "")


def test_a_rerun_replaces_the_tables_and_touches_nothing_else_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    write(tmp_path / "2.txt", LAO_CAI)
    invoke("-q", "2.txt", cwd=tmp_path)
    others = {"notes.txt": "của tôi", "facts.csv": "", ".articles.parquet.0": "?", "report/index.html": "<p>"}
    for name, text in others.items():
        write(tmp_path / "out" / name, text)
    invoke("-q", "1.txt", cwd=tmp_path)
    for table in ("articles", "facts"):
        assert [row["source"] for row in rows(tmp_path / "out", table)] == ["1.txt"]
    assert [row["province"] for row in rows(tmp_path / "out", "provinces")] == ["Bắc Kạn"]
    files = {path for path in (tmp_path / "out").rglob("*") if path.is_file() and ".tables" not in path.parts}
    tables = {tmp_path / "out" / f"{table}.parquet" for table in TABLES}
    tables.add(tmp_path / "out/datapackage.json")
    assert files - tables == {tmp_path / "out" / name for name in others}
    for name, text in others.items():
        assert (tmp_path / "out" / name).read_bytes() == text.encode()


def test_an_output_folder_that_cannot_be_made_ends_with_code_2_and_is_named(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", BAC_KAN)
    write(tmp_path / "taken", "a file")
    done = invoke("1.txt", "-o", "taken", cwd=tmp_path)
    assert done.code == 2
    assert "taken" in done.err
    assert (tmp_path / "taken").read_bytes() == b"a file"


def test_the_name_of_a_file_reached_twice_does_not_depend_on_the_order_of_the_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a/1.txt", BAC_KAN)
    monkeypatch.chdir(tmp_path)
    invoke("-q", "./a", "a/1.txt", "-o", "r1")
    invoke("-q", "a/1.txt", "./a", "-o", "r2")
    assert contents(tmp_path / "r1") == contents(tmp_path / "r2")


@pytest.mark.parametrize("name", ["tin[moi].txt", "tin[/moi].txt"])
def test_square_brackets_in_the_name_of_a_rejected_file_are_shown_as_they_are(
    tmp_path: Path, name: str
) -> None:
    path = write(tmp_path / name, "")
    path.write_bytes(NOT_UTF_8)
    assert str(path) in invoke(path, "-o", tmp_path / "out").err


def test_a_file_whose_name_is_not_utf_8_does_not_stop_the_run(tmp_path: Path) -> None:
    write(tmp_path / "a/good.txt", BAC_KAN)
    try:
        write(tmp_path / "a" / os.fsdecode(b"t\xean.txt"), LAO_CAI)
    except OSError:
        pytest.skip("this file system has no such names")
    assert invoke(tmp_path / "a", "-o", tmp_path / "out").code == 0
    assert [row["status"] for row in rows(tmp_path / "out", "articles")].count("ok") >= 1


def test_standard_input_named_twice_is_read_once(tmp_path: Path) -> None:
    invoke("-q", "-", "-", cwd=tmp_path, stdin=BAC_KAN.encode())
    assert len(rows(tmp_path / "out", "articles")) == 1


def test_the_folder_of_the_results_is_read_when_it_is_the_folder_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a/1.txt", BAC_KAN)
    monkeypatch.chdir(tmp_path)
    assert invoke("-q", ".", "-o", ".").code == 0
    assert [row["source"] for row in rows(tmp_path, "articles")] == ["./a/1.txt"]
    assert "[108]" in invoke("explain", "a").out


@pytest.mark.parametrize("words", [("-q", "--version"), ("check", "--version"), ("rules", "check", "-q")])
def test_options_of_every_command_may_stand_before_and_after(words: tuple[str, ...]) -> None:
    assert invoke(*words).code == 0


def test_a_file_named_in_a_folder_and_by_itself_is_not_counted_as_skipped(tmp_path: Path) -> None:
    notes = write(tmp_path / "a/notes.md", BAC_KAN)
    assert "skipped" not in invoke(tmp_path / "a", notes, "-o", tmp_path / "out").err
