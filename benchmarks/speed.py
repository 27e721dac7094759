"""How fast articles are read: ``python benchmarks/speed.py [--news FILE] [--write]``.

Each round reads the same articles in turn with the tokenizer alone (every sentence, as a plain program would
begin), with all of ours, and with one compiled expression, the floor. Seconds of CPU, the median of the
rounds; the ratios are those within a round. ``--write`` puts the table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import platform
import re
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.text.document import read_document

if __package__:
    from benchmarks.corpus import mixed, on_topic, ordinary
    from benchmarks.peers import installed
else:
    from peers import installed

    from corpus import mixed, on_topic, ordinary

RESULTS = Path(__file__).with_name("RESULTS.md")
ROUNDS = 5
_COUNT = re.compile(
    r"\d[\d.,]*\s+(?:[^\W\d_]+\s+){0,3}?(?:người|tổ|lớp|sinh viên|cán bộ|công chức|thành viên)"
)


def seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Seconds of CPU that ``work`` takes for all ``texts``."""
    begin = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - begin


def row(name: str, texts: Sequence[str], extractor: Extractor) -> str:
    """One row of the table."""
    from underthesea import word_tokenize

    sentences: dict[str, list[str]] = {}
    for text in texts:
        document = read_document(Article("", text))
        sentences[text] = [document.text.clean[s.start : s.end] for s in document.sentences]

    def plain(text: str) -> None:
        for sentence in sentences[text]:
            word_tokenize(sentence)

    def ours(text: str) -> None:
        extractor.record(Article("", text))

    for work in (plain, ours):
        seconds(work, texts[:20])
    rounds = [
        (seconds(plain, texts), seconds(ours, texts), seconds(_COUNT.findall, texts)) for _ in range(ROUNDS)
    ]
    words, own, floor = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(one[1] / one[0] for one in rounds)
    facts = sum(len(extractor.facts(Article("", text))) for text in texts)
    size = sum(len(text.encode()) for text in texts) / 1e6
    rates = " | ".join(f"{len(texts) / taken:,.0f}" for taken in (own, words, floor))
    return f"| {name} | {len(texts)} | {rates} | {size / own:.2f} | {ratio:.2f} | {facts} |"


def peers(texts: Sequence[str], extractor: Extractor) -> list[str]:
    """A table of what other tools take for the same articles, on the part of the work they can do."""

    def ours(text: str) -> None:
        extractor.record(Article("", text))

    table = [f"| for {len(texts)} articles on topic | articles/s | time : ours |", "| --- | ---: | ---: |"]
    for name, work in installed():
        seconds(work, texts[:5])
        rounds = [(seconds(work, texts), seconds(ours, texts)) for _ in range(ROUNDS)]
        taken = statistics.median(one[0] for one in rounds)
        ratio = statistics.median(one[0] / one[1] for one in rounds)
        table.append(f"| {name} | {len(texts) / taken:,.0f} | {ratio:.2f} |")
    return table if len(table) > 2 else []


def main() -> None:
    """Measure, print and perhaps write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, help="JSON Lines of ordinary news, instead of sentences")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    extractor = Extractor.from_directory()
    table = [
        "| articles | number | ours, articles/s | `word_tokenize` alone | one expression | ours, MB/s "
        "| ours : `word_tokenize` | facts |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        row("on topic", on_topic(60), extractor),
        row("ordinary news", ordinary(500, arguments.news), extractor),
        row("mixed, 2 in 100 on topic", mixed(500, arguments.news), extractor),
    ]
    if others := peers(on_topic(20), extractor):
        table += ["", *others]
    print("\n".join(table))
    if arguments.write:
        source = "given news" if arguments.news else "sentences that come with the tokenizer"
        told = f"{platform.machine()}, Python {platform.python_version()}; ordinary news: {source}"
        head = (
            f"# How fast\n\nMedians of {ROUNDS} rounds on one core ({told}).\n"
            "Seconds of CPU on a shared machine: compare the ratios, which are those within a round.\n"
            "`python benchmarks/speed.py --write` makes this page.\n\n"
        )
        RESULTS.write_text(head + "\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
