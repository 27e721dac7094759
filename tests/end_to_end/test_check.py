"""`extract check`: figures, bars, misses in their sentences, and faults of the fixtures themselves."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from nhanluc_extract.checking.fixtures import COLUMNS
from tests.commands import Finished, extract, invoke, write

TEAMS = "Toàn tỉnh Bắc Kạn hiện có 108 tổ công nghệ số cộng đồng."
STAFF = "Toàn tỉnh Bắc Kạn hiện có 40 công chức có trình độ công nghệ thông tin."
GUESTS = "Đêm hội hoa ban thu hút 75 nghệ nhân hát then."

ANNOTATED: dict[str, dict[str, str]] = {
    TEAMS: {"quote": "108 tổ", "indicator": "digital_team", "value": "108", "unit": "team"},
    STAFF: {"quote": "40 công chức", "indicator": "it_qualified_staff", "value": "40", "unit": "person"},
    # No fact at all, so annotating it makes a miss.
    GUESTS: {"quote": "75 nghệ nhân", "indicator": "it_staff", "value": "75", "unit": "person"},
}
ALWAYS = {"qualifier": "exact", "status": "actual", "scope": "province", "province": "Bắc Kạn"}


def line(fields: dict[str, str]) -> str:
    return ",".join(fields.get(name, "") for name in COLUMNS)


def write_fixture(folder: Path, name: str, *sentences: str, **changes: str) -> None:
    """An article of the sentences, a paragraph each, with every one of them annotated."""
    write(folder / f"{name}.txt", "\n\n".join(sentences) + "\n")
    annotated = [line(ALWAYS | ANNOTATED[sentence] | changes) for sentence in sentences]
    write_annotation(folder, name, *annotated)


def write_annotation(folder: Path, name: str, *lines: str) -> Path:
    return write(folder / f"{name}.facts.csv", "\n".join([",".join(COLUMNS), *lines]) + "\n")


def as_json(*arguments: str | Path) -> dict[str, Any]:
    done = invoke("check", *arguments, "--output", "json")
    assert done.code == 0
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_a_fixture_that_is_read_as_annotated_passes_any_bar(tmp_path: Path) -> None:
    write_fixture(tmp_path, "bac-kan", TEAMS, STAFF)
    done = extract("check", tmp_path, "--min-f1", "1.0")
    assert (done.code, done.err) == (0, "")
    assert "gold 2  predicted 2  matched 2" in done.out
    assert "precision 1.000  recall 1.000  F1 1.000  strict F1 1.000" in done.out
    assert "missed" not in done.out
    assert "spurious" not in done.out


def test_below_the_bar_it_fails_and_shows_the_missed_sentence(tmp_path: Path) -> None:
    write_fixture(tmp_path, "a/bac-kan", TEAMS, GUESTS)
    done = invoke("check", tmp_path, "--min-f1", "0.9")
    assert done.code == 1
    assert "0.667" in done.err
    assert "0.900" in done.err
    assert "a/bac-kan" in done.out
    assert "'75 nghệ nhân' it_staff 75 person" in done.out
    assert GUESTS in done.out
    assert "precision 1.000  recall 0.500  F1 0.667" in done.out


def test_without_a_bar_a_miss_is_shown_but_is_no_failure(tmp_path: Path) -> None:
    write_fixture(tmp_path, "bac-kan", GUESTS)
    done = invoke("check", tmp_path)
    assert done.code == 0
    assert GUESTS in done.out


def test_a_false_alarm_is_shown_with_its_rule_and_its_sentence(tmp_path: Path) -> None:
    write(tmp_path / "bac-kan.txt", TEAMS)
    write_annotation(tmp_path, "bac-kan")
    done = invoke("check", tmp_path)
    assert "spurious" in done.out
    assert TEAMS in done.out
    assert "rule digital_team" in done.out
    assert "precision 0.000  recall 0.000" in done.out


def test_a_header_alone_means_that_there_is_no_fact(tmp_path: Path) -> None:
    write(tmp_path / "weather.txt", "Trời nắng đẹp, 30 độ.\n")
    write_annotation(tmp_path, "weather")
    found = as_json(tmp_path)
    assert (found["gold"], found["predicted"], found["f1"]) == (0, 0, 1.0)


def test_a_differing_field_costs_strict_f1_alone_and_is_named(tmp_path: Path) -> None:
    write_fixture(tmp_path, "bac-kan", TEAMS, status="target")
    done = invoke("check", tmp_path)
    assert "status: annotated 'target', found 'actual'" in done.out
    assert "F1 1.000  strict F1 0.000" in done.out


def test_totals_show_no_misses(tmp_path: Path) -> None:
    write_fixture(tmp_path, "bac-kan", TEAMS, GUESTS, status="target")
    done = invoke("check", tmp_path, "--totals")
    assert "nghệ nhân" not in done.out
    assert "annotated" not in done.out
    assert "F1 0.667" in done.out


def shows_nothing_of_its_articles(done: Finished) -> bool:
    return not any(word in done.out + done.err for word in ("nghệ nhân", "108 tổ", "bac-kan"))


@pytest.mark.parametrize("given", [".", "blind"])
def test_misses_of_blind_articles_count_but_are_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    write_fixture(tmp_path / "blind/deep", "bac-kan", TEAMS, GUESTS, status="target")
    monkeypatch.chdir(tmp_path)
    for by in ([], ["--by", "article"], ["--by", "rule"], ["--by", "indicator"]):
        done = invoke("check", given, *by)
        assert shows_nothing_of_its_articles(done), by
        assert "gold 2  predicted 1  matched 1" in done.out
    assert shows_nothing_of_its_articles(invoke("check", given, "--by", "article", "--output", "json"))


@pytest.mark.parametrize(("inside", "given"), [("blind", "."), ("", "blind/deep"), ("", "blind/deep/..")])
def test_misses_of_blind_articles_are_not_shown_however_their_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str, given: str
) -> None:
    write_fixture(tmp_path / "blind/deep", "bac-kan", GUESTS)
    monkeypatch.chdir(tmp_path / inside)
    assert shows_nothing_of_its_articles(invoke("check", given))


def test_misses_beside_a_blind_folder_are_shown(tmp_path: Path) -> None:
    write_fixture(tmp_path / "open", "lang-son", TEAMS, GUESTS)
    write_fixture(tmp_path / "blind", "bac-kan", STAFF, status="target")
    done = invoke("check", tmp_path)
    assert GUESTS in done.out
    assert "40 công chức" not in done.out
    assert "gold 3  predicted 2  matched 2" in done.out


def test_articles_may_lie_in_another_folder(tmp_path: Path) -> None:
    write_fixture(tmp_path / "texts", "bac-kan", TEAMS)
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts/bac-kan.facts.csv").rename(tmp_path / "gold/bac-kan.facts.csv")
    assert as_json(tmp_path / "gold", "--texts", tmp_path / "texts")["f1"] == 1.0


def test_figures_are_given_by_indicator_by_rule_and_by_article(tmp_path: Path) -> None:
    write_fixture(tmp_path, "one", TEAMS, GUESTS)
    write_fixture(tmp_path, "two", STAFF)
    by_indicator = as_json(tmp_path, "--by", "indicator")["by"]
    assert {name: (part["gold"], part["matched"]) for name, part in by_indicator.items()} == {
        "digital_team": (1, 1),
        "it_qualified_staff": (1, 1),
        "it_staff": (1, 0),
    }
    by_article = as_json(tmp_path, "--by", "article")["by"]
    assert {name: part["recall"] for name, part in by_article.items()} == {"one": 0.5, "two": 1.0}
    by_rule = as_json(tmp_path, "--by", "rule")["by"]
    assert by_rule["digital_team"]["matched"] == 1
    assert sum(part["gold"] for part in by_rule.values()) == 3
    printed = invoke("check", tmp_path, "--by", "indicator", "--totals").out
    assert re.search(r"^it_staff +gold +1 +hits +0 +misses +1 +false alarms +0", printed, re.M)


def test_json_holds_all_figures_and_nothing_else(tmp_path: Path) -> None:
    write_fixture(tmp_path, "bac-kan", TEAMS, GUESTS)
    found = as_json(tmp_path)
    assert (found["gold"], found["predicted"], found["matched"]) == (2, 1, 1)
    assert (found["precision"], found["recall"]) == (1.0, 0.5)
    assert found["f1"] == pytest.approx(2 / 3)
    assert found["strict_f1"] == pytest.approx(2 / 3)
    assert set(found["fields"]) == set(COLUMNS) - {"quote", "nth", "indicator", "value", "unit"}
    assert set(found["fields"].values()) == {1.0}


def test_a_broken_frame_makes_the_check_fail_with_the_sentence_it_misses(
    repository: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "rules"
    shutil.copytree(repository / "rules", pack)
    whole = (pack / "teams.toml").read_text(encoding="utf-8")
    broken, changes = re.subn(r'(id = "digital_team"\n[^\[]*?\ncount = )"[^"]*"', r'\1"turn"', whole, count=1)
    assert changes == 1
    fixtures = tmp_path / "fixtures"
    write_fixture(fixtures, "bac-kan", TEAMS, STAFF)
    assert invoke("check", fixtures, "--min-f1", "1.0", "--rules", pack).code == 0
    write(pack / "teams.toml", broken)
    done = invoke("check", fixtures, "--min-f1", "1.0", "--rules", pack)
    assert done.code == 1
    assert "missed" in done.out
    assert TEAMS in done.out


def test_a_pack_that_cannot_be_read_ends_with_code_2(tmp_path: Path) -> None:
    write_fixture(tmp_path, "bac-kan", TEAMS)
    done = invoke("check", tmp_path, "--rules", tmp_path / "no-pack")
    assert (done.code, done.out) == (2, "")
    assert "no-pack" in done.err


def faulty(tmp_path: Path, annotation: str) -> Finished:
    """The check of one article with the lines of ``annotation`` as its CSV."""
    write(tmp_path / "bac-kan.txt", TEAMS)
    write(tmp_path / "bac-kan.facts.csv", annotation)
    done = invoke("check", tmp_path)
    assert (done.code, done.out) == (2, "")
    return done


def test_a_wrong_header_is_named_with_file_and_line(tmp_path: Path) -> None:
    done = faulty(tmp_path, ",".join(COLUMNS).replace("indicator", "indicater") + "\n")
    assert f"{tmp_path / 'bac-kan.facts.csv'}:1:" in done.err
    assert ",".join(COLUMNS) in done.err


@pytest.mark.parametrize(("quote", "nth"), [("109 tổ", ""), ("108 tổ", "2")])
def test_a_quote_that_is_not_in_the_article_is_named_with_file_and_line(
    tmp_path: Path, quote: str, nth: str
) -> None:
    good = ALWAYS | ANNOTATED[TEAMS]
    lines = [",".join(COLUMNS), line(good), line(good | {"quote": quote, "nth": nth})]
    done = faulty(tmp_path, "\n".join(lines) + "\n")
    assert f"{tmp_path / 'bac-kan.facts.csv'}:3:" in done.err
    assert quote in done.err


@pytest.mark.parametrize(
    "change",
    [
        {"nth": "hai"},
        {"nth": "0"},
        {"quote": ""},
        {"value": "một trăm"},
        {"value": ""},
        {"indicator": "digital_teams"},
        {"unit": "teams"},
        {"status": "goal"},
    ],
    ids=lambda change: "-".join(f"{name}-{value}" for name, value in change.items()),
)
def test_a_wrong_field_is_named_with_file_and_line(tmp_path: Path, change: dict[str, str]) -> None:
    written = line(ALWAYS | ANNOTATED[TEAMS] | change)
    done = faulty(tmp_path, f"{','.join(COLUMNS)}\n{written}\n")
    assert f"{tmp_path / 'bac-kan.facts.csv'}:2:" in done.err


@pytest.mark.parametrize("name", ["bac-kan.txt", "bac-kan.facts.csv"])
def test_a_fixture_that_is_not_utf_8_is_named(tmp_path: Path, name: str) -> None:
    write_fixture(tmp_path, "bac-kan", TEAMS)
    with (tmp_path / name).open("ab") as file:
        file.write(b"\xff\n")
    done = invoke("check", tmp_path)
    assert done.code == 2
    assert name in done.err


def test_an_annotation_without_its_article_is_named(tmp_path: Path) -> None:
    written = write_annotation(tmp_path, "bac-kan")
    done = invoke("check", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert str(written) in done.err
    assert "bac-kan.txt" in done.err


@pytest.mark.parametrize("folder", ["no-such-folder", "."])
def test_a_folder_without_fixtures_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = invoke("check", folder)
    assert (done.code, done.out) == (2, "")
    assert folder in done.err


def test_junit_has_a_case_for_each_article_and_keeps_blind_ones_to_itself(tmp_path: Path) -> None:
    write_fixture(tmp_path, "bac-kan", TEAMS)
    write_fixture(tmp_path, "hoa-ban", GUESTS)
    write_fixture(tmp_path / "blind", "khac", GUESTS)
    suite = ElementTree.fromstring(invoke("check", tmp_path, "--output", "junit").out)
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    failed = [case for case in suite if case.find("failure") is not None]
    assert [case.get("name") for case in failed] == ["hoa-ban"]
    assert "missed    hoa-ban: '75 nghệ nhân'" in str(failed[0].findtext("failure"))


def test_github_is_told_file_and_line(tmp_path: Path) -> None:
    write_fixture(tmp_path, "hai-cau", TEAMS, GUESTS)
    done = invoke("check", tmp_path, "--output", "github")
    told = f"::warning file={tmp_path}/hai-cau.txt,line=3,title=missed::'75 nghệ nhân' it_staff 75 person"
    assert told in done.out.splitlines()
    assert "articles 1" in done.out
