"""What a rerun saves: ``python benchmarks/rerun.py [--number N] [--rounds N]``.

Reads so many articles on topic in one process, reads them again with nothing changed, and then with one in a
hundred changed. Prints how many times faster the reruns are, the start of a process not counted; ends with 1
where that is less than the project asks for.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

if __package__:
    from benchmarks.corpus import on_topic
else:
    from corpus import on_topic

COMMAND = Path(sys.executable).with_name("extract")
_UNCHANGED, _CHANGED = 20, 10  # times faster than the first run
_ONE_IN = 100


def seconds(folder: Path, texts: Sequence[str], out: str) -> float:
    """Seconds of a run over ``texts`` into ``out``."""
    lines = (json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    begin = time.perf_counter()
    command = [COMMAND, "articles.jsonl", "--jobs", "1", "-q", "--out", out]
    subprocess.run(command, cwd=folder, check=True)
    return time.perf_counter() - begin


def main() -> int:
    """Measure the first run and the reruns; 1 where they save too little."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    texts, rounds = on_topic(arguments.number), range(arguments.rounds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = median(seconds(folder, texts[:1], f"out-start-{i}") for i in rounds)
        first = seconds(folder, texts, "out") - start
        unchanged = median(seconds(folder, texts, "out") for _ in rounds) - start
        changed: list[float] = []
        for i in rounds:
            for index in range(i, len(texts), _ONE_IN):
                texts[index] = f"Tin số {i}.\n{texts[index]}"
            changed.append(seconds(folder, texts, "out") - start)
    saved = first / unchanged, first / median(changed)
    print(f"{arguments.number:,} articles: start {start:.2f} s, first run {first:.1f} s")
    print(f"nothing changed: {saved[0]:.1f} times faster (bar {_UNCHANGED})")
    print(f"one in {_ONE_IN} changed: {saved[1]:.1f} times faster (bar {_CHANGED})")
    return int(saved[0] < _UNCHANGED or saved[1] < _CHANGED)


if __name__ == "__main__":
    sys.exit(main())
