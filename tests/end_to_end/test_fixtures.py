"""The annotated articles: how many there are, and that blanks in them say nothing."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from nhanluc_extract.model import Article, Fact
from nhanluc_extract.pipeline import Extractor

_AS_WRITTEN = frozenset({"start", "end", "quote", "sentence", "place"})  # by blanks too
LONG = 400  # words of a text of real length


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    return repository / "tests" / "fixtures"


def test_the_fixtures_are_many_and_long(folder: Path) -> None:
    texts = sorted(folder.rglob("*.txt"))
    tables = [path.with_suffix("").with_suffix(".facts.csv") for path in texts]
    rows = [table.read_text(encoding="utf-8").splitlines()[1:] for table in tables]
    assert len(texts) >= 80
    assert sum(map(len, rows)) >= 900
    assert sum(not row for row in rows) >= 20
    whole = [text for text in texts if text.parent.name != "openings"]
    assert sum(len(text.read_text(encoding="utf-8").split()) >= LONG for text in whole) * 2 >= len(whole)


def test_blanks_written_twice_change_no_fact(folder: Path, extractor: Extractor) -> None:
    for path in sorted((folder / "open").rglob("*.txt"))[::6]:
        text = path.read_text(encoding="utf-8")
        doubled = re.sub(r"(?<=\S) (?=\S)", "  ", text)
        assert _said(extractor, doubled) == _said(extractor, text), path.name


def _said(extractor: Extractor, text: str) -> list[tuple[object, ...]]:
    facts = extractor.read(Article("blanks", text)).facts
    shown = [field.name for field in fields(Fact) if field.name not in _AS_WRITTEN]
    return [tuple(getattr(fact, name) for name in shown) for fact in facts]
