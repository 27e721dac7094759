"""The command starts at once: what only the work needs is not imported for its help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("underthesea", "pandas", "pyarrow", "trafilatura", "lxml")
PROGRAM = """
import sys
from pathlib import Path
from nhanluc_extract.__main__ import main
sys.argv = ["extract", *{words!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("imported:", *sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def imported_by(program: str) -> set[str]:
    """Packages a fresh interpreter has imported when ``program`` ends."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    return set(done.stdout.rpartition("imported:")[2].split())


@pytest.mark.parametrize("words", [("--help",), ("run", "--help"), ("check", "--help"), ("--version",)])
def test_help_and_version_import_no_heavy_package(words: tuple[str, ...]) -> None:
    found = imported_by(PROGRAM.format(words=words))
    assert "nhanluc_extract" in found
    assert found.isdisjoint(HEAVY)


def test_importing_the_package_imports_no_heavy_package() -> None:
    program = "import sys, nhanluc_extract\nprint('imported:', *{n.partition('.')[0] for n in sys.modules})"
    assert imported_by(program).isdisjoint(HEAVY)


def test_a_run_leaves_numpy_and_pandas_alone(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Tỉnh Hà Nam có 747 tổ công nghệ số cộng đồng.", encoding="utf-8")
    found = imported_by(PROGRAM.format(words=("-q", "--out", str(tmp_path / "out"), str(article))))
    assert "pyarrow" in found
    assert found.isdisjoint({"numpy", "pandas"})


def test_a_text_that_the_tokenizer_reads_itself_has_its_numpy(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Tỉnh Hà Nam có 747 tổ công nghệ số cộng đồng ǅ.", encoding="utf-8")
    found = imported_by(PROGRAM.format(words=("-q", "--out", str(tmp_path / "out"), str(article))))
    assert {"pyarrow", "underthesea", "numpy"} <= found
