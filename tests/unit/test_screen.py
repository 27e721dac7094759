"""The screen is sound: what it drops, no frame would have matched."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from itertools import islice
from pathlib import Path

import pytest

from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.text.document import read_document

# One in so many of a folder; SOAK=1 takes all.
FOLDERS = {"tests/fixtures/open": 6, "tests/fixtures/blind": 3, "tests/fixtures/openings": 3, "seeds": 1}


def articles_of(folder: Path) -> list[Article]:
    return [
        Article(path.name, path.read_bytes().decode("utf-8-sig")) for path in sorted(folder.rglob("*.txt"))
    ]


def is_screened_wrongly(extractor: Extractor, article: Article) -> bool:
    whole = extractor.read_unscreened(article)
    return extractor.read(article).facts != (whole.facts if whole.tells else [])


@pytest.mark.parametrize("folder", FOLDERS)
def test_facts_are_the_same_with_and_without_the_screen(
    extractor: Extractor, repository: Path, folder: str
) -> None:
    articles = articles_of(repository / folder)[:: 1 if "SOAK" in os.environ else FOLDERS[folder]]
    assert articles
    assert [article.source for article in articles if is_screened_wrongly(extractor, article)] == []


@pytest.mark.skipif("SOAK" not in os.environ, reason="takes minutes: make soak")
def test_they_are_for_ordinary_news(extractor: Extractor, shared: Path) -> None:
    with gzip.open(shared / "news" / "ordinary.jsonl.gz", "rt", encoding="utf-8") as file:
        news = [json.loads(line) for line in islice(file, 5_000)]
    articles = [Article(each["id"], each["text"], each.get("title")) for each in news]
    assert [article.source for article in articles if is_screened_wrongly(extractor, article)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Giá lúa tươi sáng nay ở mức 7.200 đồng, tăng 300 đồng so với hôm qua.",
        "Mưa 120 mm.",
        "Toàn tỉnh có nhiều tổ công nghệ số cộng đồng.",
    ],
)
def test_the_screen_drops_articles_without_a_number_or_a_counted_noun(
    extractor: Extractor, text: str
) -> None:
    assert extractor.read(Article("", text)).discourse is None
    assert extractor.read_unscreened(Article("", text)).facts == []


def test_the_screen_drops_no_example_of_the_pack(extractor: Extractor) -> None:
    examples = [example for frame in extractor.pack.frames for example in frame.examples]
    wrong = [each.written for each in examples if is_screened_wrongly(extractor, Article("", each.text))]
    assert wrong == []


def test_an_article_whose_sentences_tell_nothing_by_themselves_has_no_fact(extractor: Extractor) -> None:
    apart = Article(
        "", "Kỹ năng số là trọng tâm tập huấn của năm. Đến nay, huyện đã tập huấn cho 1.200 người."
    )
    assert extractor.read(apart).facts == []
    assert [fact.value for fact in extractor.read_unscreened(apart).facts] == [1200]
    told = Article("", f"Huyện có 12 tổ công nghệ số cộng đồng. {apart.text}")
    assert [fact.value for fact in extractor.read(told).facts] == [12, 1200]


def test_a_surface_without_a_letter_is_never_missed(repository: Path, tmp_path: Path) -> None:
    rules = Path(shutil.copytree(repository / "rules", tmp_path / "rules"))
    teams = rules / "lexicon/teams.toml"
    probe = '[[class]]\nname = "probe"\nkind = "noun"\nis = ["digital_team"]\nwords = ["24/7"]\n'
    teams.write_text(teams.read_text(encoding="utf-8") + probe, encoding="utf-8")
    screen = Extractor.from_directory(rules).screen
    assert list(screen.promising(read_document(Article("", "Toàn tỉnh hiện có 108 24/7."))))
