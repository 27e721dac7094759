"""Ordinary news holds no facts: sentences of other subjects, drawn into articles, give almost none.

The sentences are the VLSP 2013 test text that ships inside underthesea's wheel (politics, society,
sport, health, farming). They are read where they are and are no part of the repository.
"""

from __future__ import annotations

import random
from importlib.resources import files

from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor

SENTENCES_IN_ARTICLE = 15
ARTICLES = 500
MOST_FALSE_FACTS = 1
SEED = 2026


def ordinary_sentences() -> list[str]:
    """The sentences of the tagger's test output: a word and its tags a line, blank lines between."""
    path = files("underthesea") / "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/test_output.txt"
    found: list[str] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        words = [line.split("\t")[0].replace("_", " ") for line in block.splitlines() if line.strip()]
        if words:
            found.append(" ".join(words))
    return found


def test_ordinary_articles_give_at_most_one_false_fact_in_five_hundred(extractor: Extractor) -> None:
    sentences = ordinary_sentences()
    assert len(sentences) > 1_500
    draw = random.Random(SEED)
    facts = []
    for number in range(ARTICLES):
        text = "\n".join(draw.sample(sentences, SENTENCES_IN_ARTICLE))
        facts += extractor.read(Article(f"ordinary-{number}", text)).facts
    assert len(facts) <= MOST_FALSE_FACTS, [(fact.rule, fact.sentence[:160]) for fact in facts]
