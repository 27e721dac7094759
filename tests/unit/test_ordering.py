"""Rows come out in the order of the table, whatever does not fit into memory."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from nhanluc_extract.model import Article
from nhanluc_extract.records import Record, article_record
from nhanluc_extract.running import ordering
from nhanluc_extract.running.ordering import Ordered, position


def row(source: str) -> Record:
    return article_record(Article(source, f"Bài {source}"), None, None, [])


@pytest.mark.parametrize("number", [0, 1, 5, 6, 40])
@pytest.mark.parametrize("in_order", [True, False])
def test_rows_are_merged_from_stretches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, in_order: bool
) -> None:
    monkeypatch.setattr(ordering, "_HELD", 5)
    rows = [row(f"a.jsonl#{n}") for n in range(1, number + 1)]
    given = rows if in_order else Random(number).sample(rows, number)
    ordered = Ordered(tmp_path / "space")
    ordered.add(given)
    assert list(ordered.merged()) == sorted(rows, key=position)
    # In order there is one stretch, and none where all fits into memory.
    files = list((tmp_path / "space").glob("*")) if number >= 5 else []
    assert (tmp_path / "space").exists() is bool(files)
    if in_order:
        assert len(files) <= 1
