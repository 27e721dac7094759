"""``python -m tests.fuzz [RUNS]``: coverage-guided fuzzing of every target, bounded and seeded.

Each target runs in a process of its own, since the fuzzer ends the one that it runs in.
"""

from __future__ import annotations

import subprocess
import sys

_RUNS = {"numerals": 400_000, "dates": 400_000, "reading": 200_000}
_SEED = 1
_ONE_TARGET = 3  # words: the program, the target, the runs


def main() -> int:
    """Run all targets, or the one that is named; 1 where one of them found a fault."""
    if len(sys.argv) == _ONE_TARGET:
        _fuzz(sys.argv[1], int(sys.argv[2]))
    share = int(sys.argv[1]) / sum(_RUNS.values()) if len(sys.argv) > 1 else 1.0
    failed = []
    for name, runs in _RUNS.items():
        print(f"== {name}: {int(runs * share):,} inputs", flush=True)
        done = subprocess.run([sys.executable, "-m", "tests.fuzz", name, str(int(runs * share))], check=False)
        failed += [name] if done.returncode else []
    print(f"{len(failed)} of {len(_RUNS)} targets failed: {', '.join(failed) or 'none'}")
    return int(bool(failed))


def _fuzz(name: str, runs: int) -> None:
    import atheris

    with atheris.instrument_imports():
        from tests.fuzz.targets import TARGETS
    options = [f"-runs={runs}", f"-seed={_SEED}", "-max_len=64", "-print_final_stats=1", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
