"""The annotated articles: how many there are, and that every frame of the pack is needed by them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from tests.corpus.test_coverage import statements

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


def test_every_frame_fires_on_the_fixtures_or_the_table_of_constructions(
    folder: Path, extractor: Extractor
) -> None:
    fired: Counter[str] = Counter()
    for text in sorted(folder.rglob("*.txt")):
        article = Article(text.stem, text.read_text(encoding="utf-8"))
        fired.update(fact.rule for fact in extractor.read(article).facts)
    for statement in statements():
        fired.update(fact.rule for fact in extractor.read(Article("coverage", statement.text)).facts)
    assert [frame.id for frame in extractor.pack.frames if frame.id not in fired] == []
