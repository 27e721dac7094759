"""How fast a batch is read: ``python benchmarks/throughput.py FOLDER [REPEAT]``.

Prints articles per second of CPU over the texts below FOLDER, read REPEAT times after one warm-up.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor


def main(folder: str, repeat: int) -> None:
    """Read every text below ``folder`` ``repeat`` times and print the rate."""
    extractor = Extractor.from_directory()
    articles = [
        Article(path.stem, path.read_text(encoding="utf-8")) for path in sorted(Path(folder).rglob("*.txt"))
    ]
    for article in articles:
        extractor.read(article)
    begin = time.process_time()
    facts = sum(len(extractor.read(article).facts) for _ in range(repeat) for article in articles)
    seconds = time.process_time() - begin
    count = len(articles) * repeat
    print(f"{count} articles, {facts} facts, {seconds:.2f} s of CPU, {count / seconds:.1f} articles/s")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
