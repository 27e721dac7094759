"""The command starts at once: what only the work needs is not imported for its help."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("underthesea", "pandas", "pyarrow", "trafilatura", "lxml")
PROGRAM = """
import sys
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
