"""How the report stands 10,000 facts, in a browser: ``python benchmarks/report.py``.

Prints its size, the seconds until it is drawn, those that a search takes to answer, and what axe-core finds,
in light and in dark; the exit code is 1 where a bar is missed. Needs Chromium, playwright and
axe-playwright-python.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if __package__:
    from benchmarks.corpus import on_topic
else:
    from corpus import on_topic

if TYPE_CHECKING:
    from playwright.sync_api import Page

LARGEST = 15 * 10**6  # bytes
SLOWEST_OPENING, SLOWEST_SEARCH = 2.0, 0.1  # seconds
WIDTH, HEIGHT = 1360, 1600
SERIOUS = ("serious", "critical")
SEARCHES = ("dien bien", "tap huan", "ky su", "108", "cong dong")
ARTICLES_AT_ONCE = 100
# From a key stroke until the page, which waits 30 ms for the next, has drawn what is left.
_SEARCH = """text => new Promise(done => {
    const box = document.querySelector('#search'), start = performance.now();
    box.value = text;
    box.dispatchEvent(new Event('input', {bubbles: true}));
    const drawn = () => setTimeout(() => done((performance.now() - start) / 1000), 0);
    setTimeout(() => requestAnimationFrame(drawn), 31);
})"""


def report_of(folder: Path, facts: int) -> Path:
    """A report of at least so many facts, of fixtures with changed numbers and names."""
    import pyarrow.parquet as pq

    texts = iter(on_topic(facts))
    articles = folder / "articles"
    articles.mkdir()
    found = number = 0
    while found < facts:
        for _ in range(ARTICLES_AT_ONCE):
            (articles / f"{number:05d}.txt").write_text(next(texts), encoding="utf-8")
            number += 1
        run("extract", "run", str(articles), "--out", str(folder / "out"), "-q")
        found = pq.ParquetFile(folder / "out/facts.parquet").metadata.num_rows
    run("extract", "report", str(folder / "out"))
    print(f"{found:,} facts of {number:,} articles")
    return folder / "out/report.html"


def run(*command: str) -> None:
    """Run a command of this environment; what it prints is passed over."""
    program = Path(sys.executable).with_name(command[0])
    subprocess.run([str(program), *command[1:]], check=True, capture_output=True)


def seconds_to_open(page: Page, file: Path) -> float:
    """Seconds from asking for the page until its table is drawn."""
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_selector("#facts .tabulator-row")
    return float(page.evaluate("performance.now() / 1000"))


def faults(page: Page) -> list[str]:
    """The serious faults that axe-core finds."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['help']}" for each in found if each["impact"] in SERIOUS]


def is_within(name: str, measured: float, bar: float, unit: str) -> bool:
    """Print a figure beside its bar."""
    print(f"{name}: {measured:.3f} {unit}, bar {bar:g}")
    return measured < bar


def measure(file: Path, rounds: int) -> bool:
    """Whether all bars hold."""
    from playwright.sync_api import sync_playwright

    held = [is_within("size", file.stat().st_size / 10**6, LARGEST / 10**6, "MB")]
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        opened, searched = [], []
        for _ in range(rounds):
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            opened.append(seconds_to_open(page, file))
            searched += [float(page.evaluate(_SEARCH, text)) for text in (*SEARCHES, "")]
            page.close()
        held.append(is_within("opening, median", statistics.median(opened), SLOWEST_OPENING, "s"))
        held.append(is_within("search, median", statistics.median(searched), SLOWEST_SEARCH, "s"))
        held.append(is_within("search, slowest", max(searched), SLOWEST_SEARCH, "s"))
        for scheme in ("light", "dark"):
            page = browser.new_page(color_scheme=scheme)
            seconds_to_open(page, file)
            found = faults(page)
            print(f"axe-core, {scheme}: {len(found)} serious faults", *found, sep="\n  ")
            held.append(not found)
            page.close()
        browser.close()
    return all(held)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a report and measure it, or measure the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", nargs="?", type=Path, help="a report.html that is there")
    parser.add_argument("--facts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        file = given.report.resolve() if given.report else report_of(Path(folder), given.facts)
        return 0 if measure(file, given.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
