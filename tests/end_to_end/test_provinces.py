"""How facts are settled into one row per province, year and status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest

from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.writing.provinces import ProvinceTable
from tests.commands import Row, invoke, rows, run

MAY, JUNE = date(2024, 5, 20), date(2024, 6, 20)
TEAMS = "Toàn tỉnh Bắc Kạn hiện có {} tổ công nghệ số cộng đồng."
TEAMS_OF_2024 = "Năm 2024, toàn tỉnh Bắc Kạn có {} tổ công nghệ số cộng đồng."
KEY = ("province", "province_code", "province_list", "province_now", "province_now_code", "year", "status")
LISTS = ("articles", "fact_ids", "conflicts")


def facts_of(extractor: Extractor, *articles: str | tuple[str, date | None]) -> list[Row]:
    """Facts of articles, each a text published in May 2024 or a text with its date."""
    dated = [entry if isinstance(entry, tuple) else (entry, MAY) for entry in articles]
    inputs = [Article(f"{n}.txt", text, None, published) for n, (text, published) in enumerate(dated)]
    return [fact for row in run(extractor, inputs) for fact in row["facts"]]


def province_records(pack: RulePack, facts: Iterable[Row]) -> list[Row]:
    table = ProvinceTable(pack)
    for fact in facts:
        table.add(fact)
    return table.rows()


def settled(extractor: Extractor, *articles: str | tuple[str, date | None]) -> list[Row]:
    """Rows of the provinces table of small articles; each must give a fact."""
    facts = facts_of(extractor, *articles)
    assert {fact["source"] for fact in facts} == {f"{n}.txt" for n in range(len(articles))}
    return province_records(extractor.pack, facts)


def only_row(found: Sequence[Row]) -> Row:
    assert len(found) == 1, [[row[name] for name in KEY] for row in found]
    return found[0]


def filled(row: Row) -> dict[str, float]:
    """Headline columns of a row that have a value."""
    return {
        name: value
        for name, value in row.items()
        if value is not None and name not in KEY and name not in LISTS
    }


def disputed(row: Row) -> list[tuple[str, float]]:
    return [(conflict["column"], conflict["value"]) for conflict in row["conflicts"]]


def test_equal_values_are_one_and_all_their_facts_are_named(extractor: Extractor) -> None:
    second = f"Chiều nay, Sở Thông tin và Truyền thông họp báo. {TEAMS.format(108)}"
    facts = facts_of(extractor, TEAMS.format(108), second)
    row = only_row(province_records(extractor.pack, facts))
    assert filled(row) == {"digital_team": 108}
    assert row["conflicts"] == []
    assert row["fact_ids"] == [fact["fact_id"] for fact in facts]
    assert row["articles"] == [fact["article_id"] for fact in facts]


@pytest.mark.parametrize("bounded", ["hơn 100", "gần 120", "khoảng 110", "ít nhất 90"])
def test_an_exact_value_comes_before_a_bounded_one(extractor: Extractor, bounded: str) -> None:
    row = only_row(settled(extractor, TEAMS.format(bounded), (TEAMS.format(108), date(2024, 1, 5))))
    assert filled(row) == {"digital_team": 108}
    assert row["conflicts"] == []
    assert len(row["fact_ids"]) == 2


def test_a_bounded_value_stands_where_nothing_better_is_known(extractor: Extractor) -> None:
    assert filled(only_row(settled(extractor, TEAMS.format("hơn 100")))) == {"digital_team": 100}


def test_a_dated_value_comes_before_an_undated_one_published_later(extractor: Extractor) -> None:
    row = only_row(settled(extractor, TEAMS_OF_2024.format(110), (TEAMS.format(108), JUNE)))
    assert filled(row) == {"digital_team": 110}


def test_an_exact_value_without_a_date_comes_before_a_dated_bounded_one(extractor: Extractor) -> None:
    row = only_row(settled(extractor, TEAMS_OF_2024.format("hơn 100"), TEAMS.format(108)))
    assert filled(row) == {"digital_team": 108}


def test_of_values_equally_exact_and_dated_the_one_published_later_counts(extractor: Extractor) -> None:
    row = only_row(settled(extractor, (TEAMS.format(112), JUNE), (TEAMS.format(108), MAY)))
    assert filled(row) == {"digital_team": 112}
    assert row["conflicts"] == []


def test_values_that_still_differ_leave_the_cell_empty_and_are_all_listed(extractor: Extractor) -> None:
    facts = facts_of(extractor, TEAMS.format("hơn 100"), TEAMS.format(108), TEAMS.format(112))
    row = only_row(province_records(extractor.pack, facts))
    assert filled(row) == {}
    assert row["conflicts"] == [
        {"column": "digital_team", "fact_id": fact["fact_id"], "value": fact["value"]} for fact in facts
    ]
    assert [fact["value"] for fact in facts] == [100, 108, 112]


def test_a_conflict_in_one_column_leaves_the_others_alone(extractor: Extractor) -> None:
    staff = "Toàn tỉnh Bắc Kạn có 3.100 cán bộ phụ trách chuyển đổi số."
    row = only_row(settled(extractor, TEAMS.format(108), TEAMS.format(112), staff))
    assert filled(row) == {"dx_staff": 3100}
    assert disputed(row) == [("digital_team", 108), ("digital_team", 112)]


def test_districts_are_never_summed_into_a_province(extractor: Extractor) -> None:
    text = (
        "Bắc Kạn đẩy mạnh chuyển đổi số\n\nHuyện Ba Bể có 15 tổ công nghệ số cộng đồng.\n\n"
        "Huyện Na Rì có 17 tổ công nghệ số cộng đồng.\n"
    )
    facts = facts_of(extractor, text)
    assert [(fact["value"], fact["scope"]) for fact in facts] == [(15, "district"), (17, "district")]
    assert province_records(extractor.pack, facts) == []


def test_parts_go_into_the_column_of_their_level_and_do_not_touch_the_total(extractor: Extractor) -> None:
    text = TEAMS.format("1.400")[:-1] + ", gồm 108 tổ cấp xã và 1.292 tổ cấp thôn."
    row = only_row(settled(extractor, text))
    assert filled(row) == {
        "digital_team": 1400,
        "digital_team_commune": 108,
        "digital_team_village": 1292,
    }


def test_a_total_is_not_made_up_from_its_parts(extractor: Extractor) -> None:
    text = "Tỉnh Bắc Kạn có 108 tổ công nghệ số cấp xã và 1.292 tổ cấp thôn."
    row = only_row(settled(extractor, text))
    assert filled(row) == {"digital_team_commune": 108, "digital_team_village": 1292}


def test_a_part_without_a_dimension_fills_no_column(extractor: Extractor) -> None:
    text = TEAMS.format("1.400")[:-1] + ", trong đó 900 tổ hoạt động hiệu quả."
    facts = facts_of(extractor, text)
    total, part = facts
    assert (part["value"], part["parent_id"], part["level"]) == (900, total["fact_id"], None)
    row = only_row(province_records(extractor.pack, facts))
    assert filled(row) == {"digital_team": 1400}
    assert row["conflicts"] == []
    assert row["fact_ids"] == [total["fact_id"]]


def test_a_part_of_another_indicator_without_a_dimension_fills_no_column(extractor: Extractor) -> None:
    text = "Tỉnh Bắc Kạn có 100 cán bộ phụ trách công nghệ thông tin, trong đó 60 người có chứng chỉ tin học."
    facts = facts_of(extractor, text)
    assert [fact["parent_id"] for fact in facts] == [None, facts[0]["fact_id"]]
    assert filled(only_row(province_records(extractor.pack, facts))) == {"it_staff": 100}


def test_both_roles_together_count_as_none(extractor: Extractor) -> None:
    text = "Toàn tỉnh Bắc Kạn có 3.100 cán bộ làm chuyên trách và kiêm nhiệm chuyển đổi số."
    assert filled(only_row(settled(extractor, text))) == {"dx_staff": 3100}


def test_joined_groups_count_as_none(extractor: Extractor) -> None:
    text = "Toàn tỉnh Bắc Kạn đã tập huấn về chuyển đổi số cho 300 cán bộ, công chức và giáo viên."
    (fact,) = facts_of(extractor, text)
    assert fact["group"] == "official+teacher"
    assert filled(only_row(settled(extractor, text))) == {"trainee": 300}


def test_a_joined_degree_fills_no_column(extractor: Extractor) -> None:
    text = "Toàn tỉnh Bắc Kạn có 17 công chức có trình độ cao đẳng và trung cấp công nghệ thông tin."
    (fact,) = facts_of(extractor, text)
    assert fact["degree"] == "college+intermediate"
    assert settled(extractor, text) == []


def test_two_dimensions_at_once_fill_no_column(extractor: Extractor) -> None:
    (fact,) = facts_of(extractor, TEAMS.format(108))
    staff = fact | {"indicator": "it_staff", "unit": "person", "level": "commune"}
    assert filled(only_row(province_records(extractor.pack, [staff]))) == {"it_staff_commune": 108}
    assert province_records(extractor.pack, [staff | {"role": "dedicated"}]) == []
    joined = staff | {"role": "dedicated", "level": "district+commune"}
    assert filled(only_row(province_records(extractor.pack, [joined]))) == {"it_staff_dedicated": 108}


@pytest.mark.parametrize(
    "change",
    [
        {"scope": "national"},
        {"scope": "region"},
        {"scope": "district"},
        {"scope": "commune"},
        {"scope": "organisation"},
        {"per": "commune"},
        {"status": "norm"},
    ],
    ids=lambda change: "-".join(f"{name}-{value}" for name, value in change.items()),
)
def test_only_a_total_of_the_province_that_is_no_norm_fills_a_cell(
    extractor: Extractor, change: dict[str, str]
) -> None:
    (fact,) = facts_of(extractor, TEAMS.format(108))
    assert province_records(extractor.pack, [fact])
    assert province_records(extractor.pack, [fact | change]) == []


def test_a_distributive_number_and_a_rule_fill_no_cell(extractor: Extractor) -> None:
    each = "Tại tỉnh Bắc Kạn, mỗi xã có 1 tổ công nghệ số cộng đồng."
    rule = "Tỉnh Bắc Kạn quy định mỗi tổ công nghệ số cộng đồng có tối đa 10 thành viên."
    assert settled(extractor, each, rule) == []


def test_a_range_gives_its_lower_end(extractor: Extractor) -> None:
    assert filled(only_row(settled(extractor, TEAMS.format("từ 100 đến 120")))) == {"digital_team": 100}


def test_persons_participations_and_shares_have_columns_of_their_own(extractor: Extractor) -> None:
    persons = "Toàn tỉnh Bắc Kạn đã tập huấn kỹ năng số cho 9.000 người dân."
    turns = "Toàn tỉnh Bắc Kạn đã tập huấn kỹ năng số cho 9.850 lượt người dân."
    share = "Toàn tỉnh Bắc Kạn có 90% người dân được tập huấn kỹ năng số."
    assert filled(only_row(settled(extractor, persons, turns, share))) == {
        "trainee_citizen": 9000,
        "trainee_citizen_turns": 9850,
        "trainee_citizen_percent": 90,
    }


def test_actual_figures_targets_and_needs_have_rows_of_their_own(extractor: Extractor) -> None:
    target = "Đến năm 2030, tỉnh Bắc Kạn phấn đấu có 200 tổ công nghệ số cộng đồng."
    need = "Tỉnh Bắc Kạn còn thiếu 40 cán bộ chuyên trách công nghệ thông tin."
    found = settled(extractor, TEAMS.format(108), target, need)
    assert [(row["year"], row["status"], filled(row)) for row in found] == [
        (2024, "actual", {"digital_team": 108}),
        (2024, "need", {"it_staff_dedicated": 40}),
        (2030, "target", {"digital_team": 200}),
    ]


def test_the_year_is_the_last_of_the_period_and_else_that_of_publication(extractor: Extractor) -> None:
    span = "Giai đoạn 2021-2023, toàn tỉnh Bắc Kạn đã tập huấn kỹ năng số cho 9.850 lượt người dân."
    found = settled(extractor, span, TEAMS.format(108), (TEAMS.format(112), None))
    assert [(row["year"], list(filled(row))) for row in found] == [
        (None, ["digital_team"]),
        (2023, ["trainee_citizen_turns"]),
        (2024, ["digital_team"]),
    ]


def test_a_target_without_a_horizon_has_no_year(extractor: Extractor) -> None:
    row = only_row(settled(extractor, "Tỉnh Bắc Kạn phấn đấu có 200 tổ công nghệ số cộng đồng."))
    assert (row["year"], row["status"]) == (None, "target")


def test_a_province_of_both_lists_has_a_row_for_each(extractor: Extractor) -> None:
    text = "Toàn tỉnh Quảng Ngãi hiện có {} tổ công nghệ số cộng đồng."
    found = settled(extractor, (text.format(1141), date(2025, 6, 30)), (text.format(2000), date(2025, 7, 1)))
    assert [(row["province"], row["province_list"], row["year"]) for row in found] == [
        ("Quảng Ngãi", "2004", 2025),
        ("Quảng Ngãi", "2025", 2025),
    ]
    assert [row["province_now"] for row in found] == ["Quảng Ngãi", "Quảng Ngãi"]
    assert [filled(row) for row in found] == [{"digital_team": 1141}, {"digital_team": 2000}]


def test_rows_and_conflicts_do_not_depend_on_the_order_of_the_articles(extractor: Extractor) -> None:
    texts = [TEAMS.format(108), TEAMS.format(112), "Toàn tỉnh Lào Cai có 212 tổ công nghệ số cộng đồng."]
    inputs = [Article(f"{n}.txt", text, None, MAY) for n, text in enumerate(texts)]
    forth, back = (
        [fact for row in run(extractor, order) for fact in row["facts"]] for order in (inputs, inputs[::-1])
    )
    assert province_records(extractor.pack, forth) == province_records(extractor.pack, back)


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Row], list[Row]]:
    """Rows of the provinces and the facts table of the real articles."""
    out = tmp_path_factory.mktemp("real")
    assert invoke(shared / "seeds", "--out", out, "-q").code == 0
    return rows(out, "provinces"), rows(out, "facts")


def row_of(real: tuple[list[Row], list[Row]], province: str, year: int | None) -> Row:
    wanted = (province, year, "actual")
    return only_row([row for row in real[0] if (row["province"], row["year"], row["status"]) == wanted])


def test_quang_ninh_in_2019_has_its_staff_by_degree_and_the_sum_was_checked(
    real: tuple[list[Row], list[Row]],
) -> None:
    assert filled(row_of(real, "Quảng Ninh", 2019)) == {
        "it_qualified_staff": 241,
        "it_qualified_staff_master": 7,
        "it_qualified_staff_bachelor": 188,
        "it_qualified_staff_college": 32,
        "it_qualified_staff_intermediate": 14,
    }
    total = next(fact for fact in real[1] if fact["value"] == 241)
    assert "sum_checked" in total["flags"]


def test_the_courses_of_quang_ninh_in_2018_are_neither_summed_nor_chosen_from(
    real: tuple[list[Row], list[Row]],
) -> None:
    row = row_of(real, "Quảng Ninh", 2018)
    assert not [name for name in filled(row) if name.startswith("training_course")]
    courses = [value for column, value in disputed(row) if column.startswith("training_course")]
    assert courses == [266, 24]
    assert 290 not in [value for row in real[0] for value in filled(row).values()]


def test_the_teams_of_bac_kan_stand_by_level_and_are_not_added_up(
    real: tuple[list[Row], list[Row]],
) -> None:
    row = row_of(real, "Bắc Kạn", None)
    assert row["it_qualified_staff_master"] == 5
    assert row["digital_team_commune"] == 108
    assert row["digital_team_village"] == 1292
    assert row["digital_team"] is None
    assert row["it_staff"] != 1
    assert disputed(row) == []


def test_the_training_of_quang_ngai_in_2023_stands_by_group(real: tuple[list[Row], list[Row]]) -> None:
    row = row_of(real, "Quảng Ngãi", 2023)
    assert row["trainee_turns"] == 519000
    assert row["trainee_official"] == 23000
    assert row["trainee_citizen_percent"] == 71.27


def test_the_courses_of_vinh_phuc_in_2024_stand_by_group_alone(real: tuple[list[Row], list[Row]]) -> None:
    row = row_of(real, "Vĩnh Phúc", 2024)
    assert row["trainee_official"] == 300
    assert row["trainee_it_staff"] == 30
    assert row["training_course"] is None
