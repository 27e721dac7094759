"""How a run grows: ``python benchmarks/scale.py NUMBER... [--jobs N] [--news FILE]``.

For each NUMBER of articles in one JSON Lines file, one in fifty on topic, prints the wall time, the peak of
the memory of all processes together, and the time of a rerun.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

if __package__:
    from benchmarks.corpus import mixed
else:
    from corpus import mixed

COMMAND = Path(sys.executable).with_name("extract")
_DIFFERENT = 2_000  # articles that are made; of each copy of them the first line is another
_STEP = 0.2  # seconds between two looks at the memory


def articles(number: int, characters: int | None, news: Path | None) -> Iterator[str]:
    """Lines of a file of so many articles, none like another."""
    texts = [text[:characters] for text in mixed(min(number, _DIFFERENT), news)]
    for count, text in enumerate(islice(cycle(texts), number)):
        yield json.dumps({"text": f"Tin số {count}.\n{text}"}, ensure_ascii=False)


def run(folder: Path, jobs: int) -> tuple[float, float]:
    """Seconds of a run, and the megabytes that its processes held at their most."""
    begin, most = time.perf_counter(), 0.0
    command = [COMMAND, "articles.jsonl", "--jobs", str(jobs), "-q"]
    with subprocess.Popen(command, cwd=folder) as process:
        while process.poll() is None:
            most = max(most, sum(map(_proportional, _tree(process.pid))))
            time.sleep(_STEP)
    if process.returncode:
        sys.exit(process.returncode)
    return time.perf_counter() - begin, most


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _proportional(process: int) -> float:
    """Megabytes of a process; what several share counts once."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    """Measure each number of articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", nargs="+", type=int, metavar="NUMBER")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--characters", type=int, help="of each article, to measure more of them")
    parser.add_argument("--news", type=Path, help="JSON Lines of ordinary news, instead of sentences")
    arguments = parser.parse_args()
    for number in arguments.numbers:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
                file.writelines(
                    f"{line}\n" for line in articles(number, arguments.characters, arguments.news)
                )
            taken, most = run(folder, arguments.jobs)
            again, _ = run(folder, arguments.jobs)
        rates = f"{taken:7.1f} s, {number / taken:6.0f}/s, {most:5.0f} MB"
        print(f"{number:9,} articles: {rates}; rerun {again:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
