"""The same articles make the same tables, byte for byte, wherever and however the command runs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands import COMMAND, ENVIRONMENT, contents


@pytest.fixture(scope="module")
def expected(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("expected")
    subprocess.run([COMMAND, "-q", "seeds", "-o", out], cwd=repository, env=ENVIRONMENT, check=True)
    return contents(out)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C", "PYTHONUTF8": "0"},
    ],
    ids=["another hash seed, zone and locale", "a locale that knows no accent"],
)
def test_hash_seed_time_zone_and_locale_change_nothing(
    repository: Path, tmp_path: Path, expected: dict[str, bytes], environment: dict[str, str]
) -> None:
    words = [COMMAND, "-q", "seeds", "-o", tmp_path / "out"]
    subprocess.run(words, cwd=repository, env={**ENVIRONMENT, **environment}, check=True)
    assert contents(tmp_path / "out") == expected
