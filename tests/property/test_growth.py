"""The time for an article grows with its length alone, whatever it repeats."""

from __future__ import annotations

import math
import os

import pytest
from benchmarks.growth import seconds
from benchmarks.patterns import PATTERNS

from nhanluc_extract.pipeline import Extractor

SHORT, LONG = 2_000, 6_000
LARGEST_EXPONENT = 1.5  # of a short measurement; benchmarks/growth.py asks for less over longer texts
EVERY = 3  # of the patterns is tried here; SOAK=1 tries all
QUICK = 0.03  # seconds that are too few to tell anything


@pytest.mark.parametrize("name", [*PATTERNS][:: 1 if "SOAK" in os.environ else EVERY])
def test_time_grows_with_length_alone(extractor: Extractor, name: str) -> None:
    pattern = PATTERNS[name]
    for runs in (1, 3, 9):  # a single run may have been disturbed
        short, long = (seconds(extractor, pattern(length), runs) for length in (SHORT, LONG))
        if math.log(long / max(short, QUICK)) <= LARGEST_EXPONENT * math.log(LONG / SHORT):
            return
    pytest.fail(f"{short:.3f} s for {SHORT} characters, {long:.3f} s for {LONG}")
