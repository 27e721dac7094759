"""The five real articles beside the repository, scored by the scorer that came with them."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import Row, extract, invoke, rows

FIGURES = re.compile(r"precision ([\d.]+)  recall ([\d.]+)  F1 ([\d.]+)  strict F1 ([\d.]+)")


@dataclass(frozen=True, slots=True)
class Scored:
    """Facts of the real articles and the last line of the scorer."""

    facts: list[Row]
    line: str

    @property
    def figures(self) -> tuple[float, ...]:
        return figures(self.line)


def figures(line: str) -> tuple[float, ...]:
    """Precision, recall, F1 and strict F1 as printed."""
    found = FIGURES.search(line)
    assert found is not None, line
    return tuple(float(figure) for figure in found.groups())


def last_line(printed: str) -> str:
    return printed.rstrip().splitlines()[-1]


@pytest.fixture(scope="module")
def scored(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Scored:
    out = tmp_path_factory.mktemp("real")
    assert extract(shared / "seeds", "--out", out, "-q").code == 0
    words: list[str | Path] = [sys.executable, shared / "score.py", out / "facts.parquet", shared / "gold"]
    done = subprocess.run(words, capture_output=True, check=True, encoding="utf-8")
    return Scored(rows(out, "facts"), last_line(done.stdout))


def test_the_real_articles_are_read_almost_without_fault(scored: Scored) -> None:
    _, _, f1, strict_f1 = scored.figures
    assert f1 >= 0.97, scored.line
    assert strict_f1 >= 0.93, scored.line


def test_a_page_full_of_menus_and_related_links_gives_its_one_fact(scored: Scored) -> None:
    (fact,) = [fact for fact in scored.facts if Path(fact["source"]).name.startswith("004_")]
    assert (fact["indicator"], fact["value"], fact["unit"]) == ("unit_with_it_staff", 2, "organisation")
    assert (fact["province"], fact["scope"]) == ("Lào Cai", "district")


def test_check_prints_the_figures_of_the_scorer(shared: Path, scored: Scored) -> None:
    done = invoke("check", shared / "gold", "--texts", shared / "seeds", "--totals")
    assert done.code == 0
    assert figures(last_line(done.out)) == scored.figures
