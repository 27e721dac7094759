"""Articles to measure on, as many as are asked for, none like another; seeded: all runs read the same."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path

from nhanluc_extract.places.gazetteer import gazetteer

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
_SENTENCES = 20  # of an article made of the tokenizer's own test sentences
# A number that is no year and no part of a date.
_NUMBER = re.compile(r"(?<![\d/.,-])(?!(?:19|20)\d\d\b)\d{2,3}(?![\d/])")


def on_topic(number: int) -> list[str]:
    """The fixtures again and again, each time with other numbers and other provinces."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.rglob("*.txt"))]
    return list(islice(_varied(texts), number))


def ordinary(number: int, news: Path | None) -> list[str]:
    """News of any topic, from JSON Lines with a ``text``, or from sentences that come with the tokenizer.

    A file whose name ends in ``.gz`` is unpacked.
    """
    if news is not None:
        opener = gzip.open if news.suffix == ".gz" else open
        with opener(news, "rt", encoding="utf-8") as file:
            texts = [json.loads(line)["text"] for line in file]
    else:
        sentences = _sentences()
        starts = range(0, len(sentences), _SENTENCES)
        texts = ["\n".join(sentences[start : start + _SENTENCES]) for start in starts]
    return list(islice(_varied(texts), number))


def mixed(number: int, news: Path | None, one_in: int = 50) -> list[str]:
    """Ordinary news, one in so many of it on topic."""
    topical = iter(on_topic(number // one_in + 1))
    texts = ordinary(number, news)
    return [next(topical) if i % one_in == one_in // 2 else text for i, text in enumerate(texts)]


def _varied(texts: Sequence[str]) -> Iterator[str]:
    chance = random.Random(2013)
    names = sorted(gazetteer().provinces)
    name = re.compile("|".join(map(re.escape, names)))
    for text in cycle(texts):
        others = dict(zip(names, chance.sample(names, len(names)), strict=True))
        renamed = name.sub(lambda found, others=others: others[found[0]], text)
        yield _NUMBER.sub(
            lambda found: str(chance.randrange(10 ** (len(found[0]) - 1), 10 ** len(found[0]))), renamed
        )


def _sentences() -> list[str]:
    package = find_spec("underthesea")
    assert package is not None and package.origin is not None
    model = Path(package.origin).parent / "pipeline" / "pos_tag" / "models" / "pos_crf_vlsp2013_20230303"
    blocks = (model / "test_output.txt").read_text(encoding="utf-8").split("\n\n")
    return [" ".join(line.split("\t")[0] for line in block.splitlines()) for block in blocks if block]
