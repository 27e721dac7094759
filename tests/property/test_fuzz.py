"""A hundredth of what ``python -m tests.fuzz`` tries: the same targets, seeded bytes without guidance."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.targets import TARGETS

INPUTS = 3_400
LONGEST = 64


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_bytes_say_nothing_is_raised_and_nothing_untrue(name: str) -> None:
    draw = random.Random(name)
    for _ in range(INPUTS):
        # Low bytes are words of the news: half of the inputs hold nothing else.
        highest = draw.choice((128, 256))
        TARGETS[name](bytes(draw.randrange(highest) for _ in range(draw.randint(1, LONGEST))))
