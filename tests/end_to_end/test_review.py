"""From a fact marked in the report to a fixture: what the command makes of a saved review."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands import invoke, rows, write

TEXT = (
    "Điện Biên, 21/5/2024\n\nTỉnh Điện Biên có 1.400 tổ công nghệ số cộng đồng với 9.200 thành viên.\n\n"
    "Tỉnh đã mở 12 lớp tập huấn kỹ năng số cho 700 cán bộ xã."
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of one article."""
    folder = tmp_path_factory.mktemp("review")
    write(folder / "in/Điện Biên.txt", TEXT)
    assert invoke("in", "-q", cwd=folder).code == 0
    return folder / "out"


@pytest.fixture
def folder(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a command is typed in, with the results in it."""
    shutil.copytree(results, tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fact_id(folder: Path, value: float) -> str:
    """The id of the fact with a value."""
    return next(str(fact["fact_id"]) for fact in rows(folder / "out", "facts") if fact["value"] == value)


def save(folder: Path, *marks: dict[str, Any]) -> None:
    """A review as the report saves it."""
    write(folder / "corrections.json", json.dumps({"marks": marks}))


def test_a_review_becomes_a_fixture(folder: Path) -> None:
    save(
        folder,
        {
            "fact_id": fact_id(folder, 1400),
            "verdict": "corrected",
            "fields": {"value": "1410", "level": "village"},
        },
        {"fact_id": fact_id(folder, 9200), "verdict": "wrong"},
        {"fact_id": fact_id(folder, 12), "verdict": "right"},
    )
    done = invoke("review", "corrections.json", "--fixtures", "fixtures", cwd=folder)
    assert done.code == 0, done.err
    assert "fixtures/dien-bien.facts.csv" in done.out
    assert "value: 1400 → 1410" in done.out
    assert "by rule digital_team\n" in done.out
    assert "1 not marked, taken as right" in done.out
    assert (folder / "fixtures/dien-bien.txt").read_text(encoding="utf-8") == TEXT
    written = (folder / "fixtures/dien-bien.facts.csv").read_text(encoding="utf-8")
    assert "1410" in written
    assert "9.200" not in written
    checked = invoke("check", "fixtures", cwd=folder)
    assert "gold 3  predicted 4  matched 2" in checked.out


def test_nothing_is_overwritten(folder: Path) -> None:
    save(folder, {"fact_id": fact_id(folder, 12), "verdict": "right"})
    assert invoke("review", "corrections.json", "--fixtures", "fixtures").code == 0
    again = invoke("review", "corrections.json", "--fixtures", "fixtures")
    assert again.code == 2
    assert "it is there already" in again.err


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{", "not JSON"),
        ("[]", "no marks in it"),
        ('{"marks": []}', "no marks in it"),
        ('{"marks": [{"verdict": "right"}]}', "mark 1: it has no fact_id"),
        ('{"marks": [{"fact_id": "a-1-1", "verdict": "maybe"}]}', "`verdict` is 'maybe'"),
        (
            '{"marks": [{"fact_id": "a-1-1", "verdict": "right", "fields": 3}]}',
            "`fields` is no table of texts",
        ),
        (
            '{"marks": [{"fact_id": "a-1-1", "verdict": "corrected", "fields": {"colour": "x"}}]}',
            "`colour` is no field",
        ),
        ('{"marks": [{"fact_id": "a-1-1", "verdict": "right"}]}', "no fact a-1-1"),
    ],
)
def test_a_faulty_review_is_told(folder: Path, written: str, told: str) -> None:
    write(folder / "corrections.json", written)
    done = invoke("review", "corrections.json", "--fixtures", "fixtures")
    assert done.code == 2
    assert told in done.err
    assert not (folder / "fixtures").exists()


def test_a_correction_that_is_no_annotation_is_told(folder: Path) -> None:
    save(folder, {"fact_id": fact_id(folder, 12), "verdict": "corrected", "fields": {"value": "twelve"}})
    done = invoke("review", "corrections.json", "--fixtures", "fixtures")
    assert done.code == 2
    assert "`value` is 'twelve'; write digits" in done.err


def test_missing_files_are_told(folder: Path) -> None:
    assert "nowhere.json: cannot be read" in invoke("review", "nowhere.json").err
    save(folder, {"fact_id": fact_id(folder, 12), "verdict": "right"})
    done = invoke("review", "corrections.json", "--results", "nowhere")
    assert done.code == 2
    assert "Name the results of this version with --results" in done.err
