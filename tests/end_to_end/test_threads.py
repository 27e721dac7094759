"""Many threads may read at once, from the first call on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
THREADS = 8
SCRIPT = f"""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from nhanluc_extract import extract

start = Barrier({THREADS})

def read(_):
    start.wait()
    facts = extract("Tỉnh có 2.500 tổ công nghệ số cộng đồng với 12.000 thành viên.")
    return [str(fact.value) for fact in facts]

with ThreadPoolExecutor({THREADS}) as pool:
    assert list(pool.map(read, range({THREADS}))) == [["2500", "12000"]] * {THREADS}
"""


def test_the_first_call_may_come_from_many_threads() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert (done.returncode, done.stderr) == (0, "")
