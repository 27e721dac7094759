"""The tables in other formats: what a spreadsheet, a reader of CSV and Frictionless make of them."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from tests.commands import invoke, rows, write

TEXT = "=Bắc Kạn, 20/5/2024\n\nTỉnh Bắc Kạn hiện có hơn 1.292 tổ công nghệ số cộng đồng với 7.500 thành viên."


def test_csv_holds_the_same_rows_and_opens_with_its_accents(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    done = invoke("--format", "csv", "a.txt", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "wrote  out/facts.csv" in done.err
    assert (tmp_path / "out/facts.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out/facts.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    facts = rows(tmp_path / "out", "facts")
    assert [row["quote"] for row in told] == [fact["quote"] for fact in facts]
    assert [float(row["value"]) for row in told] == [fact["value"] for fact in facts]
    with (tmp_path / "out/articles.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["text"].startswith(" =Bắc Kạn")  # no formula


def test_a_workbook_has_a_sheet_for_each_table_and_the_catalogue(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    assert invoke("a.txt", "--format", "parquet,xlsx", "-q", cwd=tmp_path).code == 0
    with zipfile.ZipFile(tmp_path / "out/tables.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
        sheets = [book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, 5)]
    assert all(f'name="{name}"' in names for name in ("catalogue", "provinces", "facts", "articles"))
    assert all('state="frozen"' in sheet and "<autoFilter" in sheet for sheet in sheets)
    assert "<v>1292</v>" in sheets[2]
    assert "'articles'!A2" in sheets[2]
    assert not any("<f>" in sheet for sheet in sheets)


def test_what_is_written_is_described(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    write(tmp_path / "a.txt", TEXT)
    assert invoke("a.txt", "--format", "csv,xlsx,sdmx", "-q", cwd=tmp_path).code == 0
    report = frictionless.Package(str(tmp_path / "out/datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])
    package = json.loads((tmp_path / "out/datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {
        f"{table}.{form}" for table in ("articles", "facts", "provinces") for form in ("csv", "parquet")
    } | {"tables.xlsx", "provinces.sdmx.csv"}


def test_a_run_takes_away_the_formats_it_does_not_write(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    assert invoke("a.txt", "--format", "csv", "-q", cwd=tmp_path).code == 0
    assert invoke("a.txt", "-q", cwd=tmp_path).code == 0
    shown = {path.name for path in (tmp_path / "out").iterdir()}
    assert shown == {".tables", "articles.parquet", "facts.parquet", "provinces.parquet", "datapackage.json"}


def test_a_format_that_is_unknown_is_told(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    done = invoke("a.txt", "--format", "parquet,ods", cwd=tmp_path)
    assert done.code == 2
    assert "there is no format 'ods'. Known are parquet, csv, xlsx, sdmx." in done.err


def test_sdmx_has_an_observation_for_each_figure_of_a_year(tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    pysdmx_io = pytest.importorskip("pysdmx.io", reason="pysdmx is not installed")
    other = "Bắc Kạn, 20/5/2024\n\nTỉnh Bắc Kạn hiện có 1.300 tổ công nghệ số cộng đồng. Có 12 lớp tập huấn."
    write(tmp_path / "in/a.txt", TEXT.lstrip("=").replace("hiện có hơn", "năm 2024 có"))
    write(tmp_path / "in/b.txt", other.replace("hiện", "năm 2024"))
    assert invoke("in", "--format", "sdmx", "-q", cwd=tmp_path).code == 0
    (dataset,) = pysdmx_io.read_sdmx(tmp_path / "out/provinces.sdmx.csv").data
    told = {row["INDICATOR"]: row for row in dataset.data.to_dict("records")}
    members, teams = told["DIGITAL_TEAM_MEMBER"], told["DIGITAL_TEAM"]
    assert (str(members["OBS_VALUE"]), members["UNIT_MEASURE"], members["OBS_STATUS"]) == (
        "7500",
        "PERSON",
        "A",
    )
    assert (str(members["TIME_PERIOD"]), members["REF_AREA"]) == ("2024", "VN_2004_06")
    assert teams["OBS_STATUS"] == "O"  # 1.292 in one article, 1.300 in the other


def test_sdmx_leaves_out_a_province_of_an_unknown_list(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Năm 2024, tỉnh Bắc Kạn có 108 tổ công nghệ số cộng đồng.")
    write(tmp_path / "b.txt", "Đến năm 2030, tỉnh Cao Bằng phấn đấu có 108 tổ công nghệ số cộng đồng.")
    assert invoke("a.txt", "b.txt", "--format", "sdmx", "-q", cwd=tmp_path).code == 0
    told = {
        (row["province"], row["year"], row["province_code"]) for row in rows(tmp_path / "out", "provinces")
    }
    with (tmp_path / "out/provinces.sdmx.csv").open(encoding="utf-8", newline="") as file:
        areas = [row["REF_AREA"] for row in csv.DictReader(file)]
    assert told == {("Bắc Kạn", 2024, "06"), ("Cao Bằng", 2030, None)}
    assert areas == ["VN_2004_06"]
