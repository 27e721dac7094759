"""Every command's `--help` ends with an example, and the example runs."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.commands import extract, invoke, rows, write

ROOT = Path(__file__).parents[2]
COMMANDS = (
    ["run"],
    ["check"],
    ["diff"],
    ["explain"],
    ["draft"],
    ["report"],
    ["review"],
    ["rules", "check"],
    ["rules", "list"],
)
FIXTURE = "an-giang-la-chan-so"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the things lie that the examples name."""
    made = tmp_path_factory.mktemp("help")
    shutil.copytree(ROOT / "seeds", made / "seeds")
    shutil.copytree(ROOT / "tests/packs/health", made / "tests/packs/health")
    for ending in (".txt", ".facts.csv"):
        name = f"tests/fixtures/open/{FIXTURE}{ending}"
        write(made / name, (ROOT / name).read_text(encoding="utf-8"))
    assert extract("seeds", "-q", cwd=made).code == 0
    shutil.copytree(made / "out", made / "out-before")
    mark = {"fact_id": rows(made / "out", "facts")[0]["fact_id"], "verdict": "wrong"}
    write(made / "corrections.json", json.dumps({"marks": [mark]}))
    return made


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_example_of_a_command_runs(
    command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    told = " ".join(invoke(*command, "--help").out.split())
    (example,) = re.findall(r"Example: extract (.*)$", told)
    words = example.split()
    assert words[: len(command)] == command
    done = invoke(*words)
    assert done.code == 0, done.err


def test_every_command_has_an_example() -> None:
    told = invoke("--help").out.partition("Commands:")[2]
    named = set(re.findall(r"^  (\w+)", told, re.MULTILINE))
    assert named == {command[0] for command in COMMANDS}
