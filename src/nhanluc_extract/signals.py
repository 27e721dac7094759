"""How a signal ends the command, wherever it falls."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

BY_SIGNAL = 128
"""Exit codes of commands that a signal ended count from here."""

_AGAIN = 0.005  # seconds


def end_by_signals() -> None:
    """Let an interrupt raise KeyboardInterrupt, SIGTERM and SIGHUP SystemExit with their codes.

    Python drops what is raised while an object is taken down, and prints it: there the signal comes again,
    and what half-made objects say as they go is left out.
    """
    came: list[int] = []

    def come(number: int, frame: FrameType | None) -> NoReturn:
        came.append(number)
        _end(number)

    def come_again(number: int, frame: FrameType | None) -> None:
        if came:
            _end(came[0])

    def dropped(what: sys.UnraisableHookArgs) -> None:
        if not came:
            sys.__unraisablehook__(what)
        elif isinstance(what.exc_value, KeyboardInterrupt | SystemExit):
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, come)
    signal.signal(signal.SIGALRM, come_again)
    sys.unraisablehook = dropped


def _end(number: int) -> NoReturn:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(BY_SIGNAL + number)
