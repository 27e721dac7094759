"""`extract draft` and `extract explain`: how a fixture is born, and why a number is a fact or none."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

from nhanluc_extract.checking.fixtures import COLUMNS
from tests.commands import extract, invoke, write

ARTICLE = """\
Lạng Sơn: Hơn 1.600 tổ công nghệ số cộng đồng đi từng ngõ

Ngày 12/4/2024, Sở Thông tin và Truyền thông tổ chức hội nghị sơ kết.

Đến nay, toàn tỉnh Lạng Sơn có 1.676 tổ công nghệ số cộng đồng với 8.900 thành viên. Trong năm 2023, tỉnh \
mở 12 lớp tập huấn kỹ năng số cho 1.150 lượt cán bộ, công chức và từ 2.000 đến 2.500 người dân.

Huyện Lộc Bình có 160 tổ công nghệ số cộng đồng.

Huyện Đình Lập cũng có 160 tổ công nghệ số cộng đồng.

Năm nay, 100% xã, phường, thị trấn có tổ công nghệ số cộng đồng. Lượng mưa đo được là 120 mm.
"""
SCREENED_OUT = "Giá lúa tươi sáng nay ở mức 7.200 đồng, tăng 300 đồng so với hôm qua.\n"
FORMS = {
    "as written": ARTICLE,
    "decomposed, CRLF": unicodedata.normalize("NFD", ARTICLE).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_draft_scores_1_against_the_extraction_it_came_from(tmp_path: Path, text: str) -> None:
    article = write(tmp_path / "lang-son.txt", text)
    drafted = invoke("draft", article)
    assert drafted.code == 0
    write(tmp_path / "lang-son.facts.csv", drafted.out)
    found = json.loads(invoke("check", tmp_path, "--output", "json", "--min-f1", "1").out)
    assert found["gold"] >= 8
    assert (found["f1"], found["strict_f1"], found["fields"]["place"]) == (1.0, 1.0, 1.0)


def test_a_draft_is_a_fixture_in_text_order_that_numbers_equal_quotes(tmp_path: Path) -> None:
    done = extract("draft", "-", stdin=ARTICLE.encode())
    assert (done.code, done.err) == (0, "")
    reader = csv.DictReader(io.StringIO(done.out))
    assert tuple(reader.fieldnames or ()) == COLUMNS
    found = {(row["quote"], row["nth"]): row for row in reader}
    assert found["1.676 tổ công nghệ số cộng đồng", ""]["value"] == "1676"
    assert found["160 tổ công nghệ số cộng đồng", ""]["place"] == "Huyện Lộc Bình"
    assert found["160 tổ công nghệ số cộng đồng", "2"]["place"] == "Huyện Đình Lập"
    ends = [(row["value"], row["high"]) for row in found.values() if row["qualifier"] == "range"]
    assert ends == [("2000", "2500")]


def test_a_draft_of_an_article_without_a_fact_is_a_header_alone(tmp_path: Path) -> None:
    done = invoke("draft", write(tmp_path / "gia-lua.txt", SCREENED_OUT))
    assert (done.code, done.out) == (0, ",".join(COLUMNS) + "\n")


def test_explain_names_the_rule_of_a_fact_and_the_reason_of_a_number_that_is_none(tmp_path: Path) -> None:
    done = invoke("explain", write(tmp_path / "lang-son.txt", ARTICLE))
    assert done.code == 0
    blocks = done.out.split("\n\n")
    (teams,) = [block for block in blocks if "[1.676]" in block]
    assert "digital_team = 1676, by frame digital_team" in teams
    assert "province Lạng Sơn" in teams
    (rain,) = [block for block in blocks if "[120]" in block]
    assert "no fact: " in rain
    assert "mm" in rain
    assert any("12/4/2024]" in block and "no fact: date" in block for block in blocks)
    assert "title      Lạng Sơn: Hơn 1.600 tổ" in blocks[0]


def test_explain_tells_why_the_numbers_of_a_screened_out_article_are_none(tmp_path: Path) -> None:
    done = invoke("explain", write(tmp_path / "gia-lua.txt", SCREENED_OUT))
    assert "[7.200]" in done.out
    assert done.out.count("no fact: ") == 2


def test_explain_shows_what_no_table_holds_where_no_sentence_tells_a_fact_by_itself(tmp_path: Path) -> None:
    text = "Kỹ năng số là trọng tâm tập huấn của năm. Đến nay, huyện đã tập huấn cho 1.200 người."
    done = invoke("explain", write(tmp_path / "tap-huan.txt", text))
    assert "in no table: none of its sentences tells a fact by itself" in done.out
    assert "trainee = 1200" in done.out


@pytest.mark.parametrize("command", ["draft", "explain"])
def test_a_file_that_is_missing_or_cannot_be_read_is_wrong_usage(tmp_path: Path, command: str) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"T\xf2a nh\xe0")
    for path in (broken, tmp_path / "khong-co.txt"):
        done = invoke(command, path)
        assert (done.code, done.out) == (2, "")
        assert str(path) in done.err
