"""The last net: how long an article may be, and how long its reading may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PIECE = 50_000  # characters read at once: no news page seen is as long, and memory stays that of a piece
BOOK = 1 << 20  # characters; what is longer is no news, and is kept in no file beside the tables
LONGEST = 1 << 24  # characters; the longest news page seen has 40,000, a long book 3,000,000
_SECONDS = 60.0  # CPU time that any article may take
_SECONDS_A_CHARACTER = 0.0005  # six times what the slowest pattern of benchmarks/growth.py takes


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces of ``text`` begin and end, at the last line end or space that fits; one for news.

    >>> list(pieces("a short text"))
    [(0, 12)]
    """
    start = 0
    while len(text) - start > PIECE:
        cuts = (text.rfind(mark, start + PIECE // 2, start + PIECE) for mark in ("\n", ". ", " "))
        end = next((cut + 1 for cut in cuts if cut > 0), start + PIECE)
        yield start, end
        start = end
    yield start, len(text)


class OverLimitError(Exception):
    """An article is too long, or its reading takes too long; the message says which and how much."""


@contextmanager
def limited(characters: int) -> Iterator[None]:
    """Run the body for an article of so many ``characters``, for a limited CPU time.

    Outside the main thread no clock runs: signals reach no other.

    Raises:
        OverLimitError: the article is too long, or the time is over.
    """
    if characters > LONGEST:
        raise OverLimitError(f"It has {characters:,} characters, more than {LONGEST:,}. Split it.")
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seconds = _SECONDS + _SECONDS_A_CHARACTER * characters

    def stop(number: int, frame: FrameType | None) -> None:
        raise OverLimitError(f"Its reading took more than {seconds:,.0f} seconds. Split it.")

    earlier = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, earlier)
