"""Our articles and examples are written by us: no run of words of the shared real texts stands in them."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import REPOSITORY

LONGEST = 11  # words that a phrase everybody uses may run
# Wherever a sentence may stand: articles, lines of docs, examples of frames, tests; lexicons hold words.
OURS = (
    "seeds/**/*.txt",
    "*.md",
    "docs/**/*.md",
    "rules/*.toml",
    "tests/**/*.txt",
    "tests/**/*.py",
    "tests/**/*.csv",
)

Run = tuple[str, ...]


def runs(text: str) -> Iterator[Run]:
    words = re.findall(r"\w+", text.lower())
    return (tuple(words[i : i + LONGEST + 1]) for i in range(len(words) - LONGEST))


def real_texts(shared: Path) -> Iterator[str]:
    for path in sorted([*shared.glob("real/**/*.txt"), *shared.glob("seeds/**/*.txt")]):
        yield path.read_text(encoding="utf-8")
    for path in sorted(shared.glob("html/**/*.html")):
        yield html.unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8", errors="replace")))
    with gzip.open(shared / "news" / "ordinary.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def test_no_run_of_words_of_a_real_article_stands_in_ours(shared: Path) -> None:
    where: dict[Run, set[str]] = {}
    for path in sorted(path for pattern in OURS for path in REPOSITORY.glob(pattern)):
        for run in runs(path.read_text(encoding="utf-8")):
            where.setdefault(run, set()).add(str(path.relative_to(REPOSITORY)))
    # The names alone: those of blind articles are shown without their text.
    assert not {name for text in real_texts(shared) for run in runs(text) for name in where.get(run, ())}
