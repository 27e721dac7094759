"""How the time for an article grows with its length: ``python benchmarks/growth.py [PATTERN...]``.

Prints for each pattern the seconds of CPU at three lengths and the exponent between the ends; an exponent
above 1.2 is a fault, and the exit code is 1. ``--length N`` sets the longest text (100,000 characters).
"""

from __future__ import annotations

import argparse
import math
import sys
import time

from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor

if __package__:
    from benchmarks.patterns import PATTERNS, Pattern
else:
    from patterns import PATTERNS, Pattern

LARGEST_EXPONENT = 1.2
LONGEST = 100_000
STEPS = (10, 3, 1)  # the lengths as parts of the longest
QUICK = 0.01  # seconds that are too few to tell anything
RUNS = 3  # of which the fastest counts


def seconds(extractor: Extractor, text: str, runs: int = RUNS) -> float:
    """Seconds of CPU for one article, screened and read through, those of the fastest of several runs."""
    best = math.inf
    for _ in range(runs):
        begin = time.process_time()
        extractor.read(Article("", text))
        extractor.read_unscreened(Article("", text))
        best = min(best, time.process_time() - begin)
        if best > 1:
            break
    return best


def growth(extractor: Extractor, pattern: Pattern, longest: int) -> tuple[list[float], float]:
    """Seconds at each length, and the exponent of their growth from the first to the last."""
    lengths = [longest // step for step in STEPS]
    taken = [seconds(extractor, pattern(length)) for length in lengths]
    first, last = max(taken[0], QUICK), max(taken[-1], QUICK)
    return taken, math.log(last / first) / math.log(lengths[-1] / lengths[0])


def main() -> int:
    """Measure the patterns named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*", choices=[[], *PATTERNS], metavar="PATTERN")
    parser.add_argument("--length", type=int, default=LONGEST)
    arguments = parser.parse_args()
    extractor = Extractor.from_directory()
    for pattern in PATTERNS.values():
        extractor.read(Article("", pattern(1000)))
    slow = 0
    for name in arguments.patterns or PATTERNS:
        taken, exponent = growth(extractor, PATTERNS[name], arguments.length)
        slow += exponent > LARGEST_EXPONENT
        figures = " ".join(f"{value:8.3f}" for value in taken)
        print(f"{name:34}{figures}  {exponent:5.2f}{' *' * (exponent > LARGEST_EXPONENT)}", flush=True)
    print(f"{slow} of {len(arguments.patterns or PATTERNS)} patterns grow faster than {LARGEST_EXPONENT}")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
