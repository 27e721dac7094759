"""How a signal ends the command, wherever it falls."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

BY_SIGNAL = 128
"""Exit codes of commands that a signal ended count from here."""

_AGAIN = 0.005  # seconds


class _Ending:
    """The signal that ends this process, once one has come."""

    number: int | None = None

    def come(self, number: int, frame: FrameType | None) -> NoReturn:
        self.number = number
        self._end(number)

    def come_again(self, number: int, frame: FrameType | None) -> None:
        if self.number is not None:
            self._end(self.number)

    def dropped(self, what: sys.UnraisableHookArgs) -> None:
        if self.number is None:
            sys.__unraisablehook__(what)
        elif isinstance(what.exc_value, KeyboardInterrupt | SystemExit):
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)

    @staticmethod
    def _end(number: int) -> NoReturn:
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(BY_SIGNAL + number)


def end_by_signals() -> None:
    """Let an interrupt raise KeyboardInterrupt, SIGTERM and SIGHUP SystemExit with their codes.

    Python drops what is raised while an object is taken down, and prints it: there the signal comes again,
    and what half-made objects say as they go is left out.
    """
    ending = _Ending()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ending.come)
    signal.signal(signal.SIGALRM, ending.come_again)
    sys.unraisablehook = ending.dropped
