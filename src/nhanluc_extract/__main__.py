"""The command ``extract``: signals are told apart before anything heavy is imported."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

from nhanluc_extract.signals import BY_SIGNAL, end_by_signals
from nhanluc_extract.startup import prepare


def command() -> None:
    """Entry point of the command.

    It ends at once: some 100,000 objects that are held are not taken down one by one, a twentieth of a
    short run.
    """
    try:
        main()
    except SystemExit as end:
        if end.code is not None and not isinstance(end.code, int):
            raise
        _flush_output()
        if sys.stderr is not None:
            sys.stderr.flush()
        os._exit(end.code or 0)


def main() -> None:
    """The command, as a function that raises SystemExit when it is done."""
    prepare()
    try:
        end_by_signals()
        from nhanluc_extract.cli.app import run_app

        run_app(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(BY_SIGNAL + signal.SIGINT)
    except RuntimeError as error:
        # What a signal raises while a class is being made comes as the cause of this.
        if isinstance(error.__cause__, SystemExit):
            raise error.__cause__ from None
        if isinstance(error.__cause__, KeyboardInterrupt):
            sys.exit(BY_SIGNAL + signal.SIGINT)
        raise
    except OSError as error:
        if error.filename is not None:
            raise
        _without_output(error)


def _flush_output() -> None:
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError as error:
            _without_output(error)


def _without_output(error: OSError) -> NoReturn:
    """End where standard output is full or closed: what is still held for it is dropped."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if not isinstance(error, BrokenPipeError):
        print(f"extract: standard output cannot be written ({error.strerror}).", file=sys.stderr)
    sys.exit(1 if isinstance(error, BrokenPipeError) else 2)


if __name__ == "__main__":
    command()
