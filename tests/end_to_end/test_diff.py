"""What one run found and another did not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import invoke, write


@pytest.fixture
def results(tmp_path: Path) -> Path:
    write(tmp_path / "tin/1.txt", "Toàn tỉnh Lai Châu có 956 tổ công nghệ số cộng đồng.")
    write(tmp_path / "tin/2.txt", "Năm 2024, tỉnh Bắc Kạn mở 12 lớp tập huấn chuyển đổi số cho 640 cán bộ.")
    assert invoke("run", tmp_path / "tin", "-o", tmp_path / "out").code == 0
    return Path(shutil.copytree(tmp_path / "out", tmp_path / "before", symlinks=True))


def test_equal_results_have_no_difference(tmp_path: Path, results: Path) -> None:
    done = invoke("diff", results, tmp_path / "out")
    assert (done.code, done.out) == (0, "gained 0  lost 0  changed 0\n")


def test_facts_gained_lost_and_changed_are_told(tmp_path: Path, results: Path) -> None:
    write(tmp_path / "tin/1.txt", "Toàn tỉnh Lai Châu cần có 956 tổ công nghệ số cộng đồng.")
    write(tmp_path / "tin/2.txt", "Năm 2024, tỉnh Bắc Kạn mở 12 lớp tập huấn chuyển đổi số cho nhiều cán bộ.")
    write(tmp_path / "tin/3.txt", "Toàn tỉnh Hà Nam có 747 tổ công nghệ số cộng đồng.")
    invoke("run", tmp_path / "tin", "-o", tmp_path / "out")
    done = invoke("diff", results, tmp_path / "out" / "facts.parquet")
    assert done.code == 1
    assert "status: 'actual' before, 'need' now" in done.out
    assert done.out.endswith("gained 1  lost 1  changed 1\n")
    told = json.loads(invoke("diff", results, tmp_path / "out", "--output", "json").out)
    assert [(change["kind"], change["quote"]) for change in told["changes"]] == [
        ("changed", "956 tổ công nghệ số cộng đồng"),
        ("lost", "640 cán bộ"),
        ("gained", "747 tổ công nghệ số cộng đồng"),
    ]


@pytest.mark.parametrize("name", ["absent", "tin", "out/articles.parquet"])
def test_what_cannot_be_compared_is_told(tmp_path: Path, results: Path, name: str) -> None:
    done = invoke("diff", results, tmp_path / name)
    assert done.code == 2
    assert done.err.startswith(f"extract: {tmp_path / name}")
