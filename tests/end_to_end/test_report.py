"""The report: what the page holds, and what a browser makes of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands import invoke, rows, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
TEXTS = {
    "lai-chau.txt": (
        "Lai Châu, 20/5/2024\n\nTỉnh Lai Châu hiện có 1.108 tổ công nghệ số cộng đồng với 7.560 thành viên."
    ),
    "lai-chau-2023.txt": (
        "Lai Châu, 20/5/2023\n\nNăm 2022, tỉnh Lai Châu có 106 tổ công nghệ số cộng đồng cấp xã "
        "và 874 tổ công nghệ số cộng đồng cấp thôn.\n\n"
        "Năm 2022, tỉnh Lai Châu có 980 tổ công nghệ số cộng đồng. Đến năm 2030, toàn tỉnh phấn đấu có "
        "1.300 tổ công nghệ số cộng đồng.\n\nNăm 2023, tỉnh Lai Châu có 1.050 tổ công nghệ số cộng đồng."
    ),
    "lai-chau-2.txt": "Lai Châu, 20/5/2024\n\nTheo Sở, tỉnh Lai Châu có 1.120 tổ công nghệ số cộng đồng.",
    "dien-bien.txt": (
        "Điện Biên, 21/5/2024\n\nTỉnh Điện Biên có 1.400 tổ công nghệ số cộng đồng </script><b>&amp; 😀."
    ),
    "lao-cai.txt": "Lào Cai, 2/8/2025\n\nTỉnh Lào Cai đã mở 45 lớp tập huấn kỹ năng số cho 3.200 cán bộ.",
}


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a few articles."""
    folder = tmp_path_factory.mktemp("report")
    for name, text in TEXTS.items():
        write(folder / "in" / name, text)
    assert invoke("in", "-q", cwd=folder).code == 0
    done = invoke("report", "out", cwd=folder)
    assert done.code == 0, done.err
    assert "wrote  out/report.html" in done.err
    return folder / "out/report.html"


def data_of(page: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(
        re.findall('<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[0]
    )
    return told


def test_the_page_holds_every_fact_at_its_place(page_file: Path) -> None:
    data = data_of(page_file.read_text(encoding="utf-8"))
    facts = rows(page_file.parent, "facts")
    assert [fact["id"] for fact in data["facts"]] == [fact["fact_id"] for fact in facts]
    for fact, row in zip(data["facts"], facts, strict=True):
        units = data["articles"][fact["article"]]["text"].encode("utf-16-le")
        number = units[2 * fact["start"] : 2 * fact["end"]].decode("utf-16-le")
        sentence = fact["sentence"].encode("utf-16-le")
        assert sentence[2 * fact["at"][0] : 2 * fact["at"][1]].decode("utf-16-le") == number
        assert number in row["quote"]


def test_the_page_asks_for_nothing_outside_itself(page_file: Path) -> None:
    page = page_file.read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
    assert "sourceMappingURL" not in page


def test_what_is_no_folder_of_results_is_told(tmp_path: Path) -> None:
    done = invoke("report", "nowhere", cwd=tmp_path)
    assert done.code == 2
    assert "Name a folder with results of this version" in done.err


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that asks nobody for anything by itself."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as started:
        options = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
        ]
        try:
            browser = started.chromium.launch(executable_path=CHROMIUM, args=options)
        except playwright.Error as error:
            pytest.skip(f"chromium does not start here: {error}")
        yield browser
        browser.close()


@pytest.fixture
def page(page_file: Path, browser: Browser) -> Iterator[Page]:
    """The page, open in a browser; what it asks for beside itself is an error."""
    # Tall enough for the whole page: a table that scrolls into view draws its rows anew, and a
    # click that comes in between is lost.
    opened = browser.new_page(viewport={"width": 1360, "height": 4000})
    told: list[str] = []
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("request", lambda request: told.append(request.url))
    opened.goto(page_file.as_uri())
    opened.wait_for_selector("#facts .tabulator-row")
    yield opened
    opened.close()
    assert told == [page_file.as_uri()]


def wait_for_facts(page: Page, number: int) -> None:
    """Until so many facts are shown: a page that runs no code of others can only be looked at."""
    from playwright.sync_api import expect

    expect(page.locator("#facts .tabulator-row")).to_have_count(number)


def test_the_map_is_coloured_and_filters(page: Page) -> None:
    tile = page.locator("#map button[data-province='Điện Biên']")
    assert "1.400" in tile.inner_text()
    assert "rgb" in (tile.get_attribute("style") or "")
    tile.click()
    wait_for_facts(page, 1)
    page.locator("#chosen button").click()
    wait_for_facts(page, 11)
    page.select_option("#list", "2025")
    assert page.locator("#map button").count() == 34


def test_a_search_needs_no_accents(page: Page) -> None:
    page.fill("#search", "dien bien")
    wait_for_facts(page, 1)
    assert page.locator("#facts mark").all_inner_texts() == ["1.400"]


def test_an_article_shows_all_its_facts_and_no_markup_of_its_own(page: Page) -> None:
    page.fill("#search", "dien bien")
    wait_for_facts(page, 1)
    page.locator("#facts .link").click()
    page.locator("#article-text mark").wait_for()
    assert "</script><b>&amp; 😀" in page.locator("#article-text").inner_text()
    assert page.locator("#article-text mark").all_inner_texts() == ["1.400"]


def test_conflicts_stand_side_by_side(page: Page) -> None:
    told = page.locator(".conflict li .number").all_inner_texts()
    assert sorted(told) == ["1.108 tổ, đội", "1.120 tổ, đội"]


def test_charts_tell_in_words_what_they_show(page: Page) -> None:
    page.select_option("#figure", "digital_team")
    told = page.locator("#over-years canvas").get_attribute("aria-label") or ""
    assert told == "Lai Châu: 2022 980, 2023 1.050, 2030 1.300 (mục tiêu)"
    parts = page.locator("#by-part canvas").get_attribute("aria-label") or ""
    assert parts == "Lai Châu (2022): xã 106, thôn, tổ dân phố 874"
    page.locator("#map button[data-province='Điện Biên']").click()
    assert page.locator("#charts").is_hidden()


def test_both_languages(page: Page) -> None:
    page.click("button[data-language=en]")
    page.wait_for_selector("#facts .tabulator-row")
    assert page.locator("h1").inner_text() == "Digital workforce in the news"
    assert "1,400" in page.locator("#map button[data-province='Điện Biên']").inner_text()


def test_what_is_marked_becomes_a_fixture(page: Page, page_file: Path, tmp_path: Path) -> None:
    page.fill("#search", "dien bien")
    wait_for_facts(page, 1)
    page.locator("#facts .marks button").nth(2).click()
    page.select_option("#correction select[name=level]", "village")
    page.fill("#correction input[name=value]", "1410")
    page.locator("#correction button[value=keep]").click()
    with page.expect_download() as saved:
        page.click("#save")
    saved.value.save_as(tmp_path / "corrections.json")
    done = invoke(
        "review", "corrections.json", "--results", page_file.parent, "--fixtures", "fixtures", cwd=tmp_path
    )
    assert done.code == 0, done.err
    written = (tmp_path / "fixtures/dien-bien.facts.csv").read_text(encoding="utf-8")
    assert ",digital_team,1410," in written
    assert ",village," in written


def test_on_paper_stands_all_that_the_filters_left(page: Page) -> None:
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 at 96 dots per inch, less its margins
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    tables = page.locator("table.tabulator-print-table")
    rows = [tables.nth(at).locator("tbody tr").count() for at in range(tables.count())]
    assert rows[-1] == len(page.evaluate("JSON.parse(document.getElementById('data').textContent).facts"))
    assert not tables.locator("button").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.locator("#map").evaluate("map => map.offsetHeight") < 1000
