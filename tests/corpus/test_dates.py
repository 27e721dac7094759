"""Dates and periods as newspapers write them; the article of these tests is of 15 June 2024."""

from __future__ import annotations

from datetime import date

import pytest

from nhanluc_extract.model import Period
from nhanluc_extract.text.dates import bounds, dateline_before, find_dateline, find_periods

PUBLISHED = date(2024, 6, 15)

PERIODS: dict[str, tuple[str, ...]] = {
    "2023": (
        "năm 2023",
        "Năm 2023",
        "trong năm 2023",
        "cuối năm 2023",
        "đầu năm 2023",
        "hết năm 2023",
        "tính đến hết năm 2023",
        "năm ngoái",
        "năm trước",
        "hè 2023",
        "tuyển sinh 2023",
    ),
    "1998": ("năm 1998",),
    "2024": ("năm nay", "từ đầu năm đến nay", "từ đầu năm", "năm 2024"),
    "2024-06": ("tháng này",),
    "2024-07": ("tháng tới",),
    "2025": (
        "sang năm",
        "năm sau",
        "năm tới",
        "đến năm 2025",
        "đến hết năm 2025",
        "vào năm 2025",
        "trước năm 2025",
    ),
    "2030": ("đến năm 2030", "từ nay đến năm 2030", "tầm nhìn 2030", "tầm nhìn đến năm 2030"),
    "2021/2025": (
        "giai đoạn 2021 đến 2025",
        "giai đoạn 2021~2025",
        "từ 2021 đến 2025",
        "nhiệm kỳ 2021 tới 2025",
    ),
    "2021/2023": ("các năm 2021, 2022 và 2023", "ba năm 2021, 2022, 2023", "năm 2021, 2022 và năm 2023"),
    "2018/2020": ("giai đoạn 2018-2020", "giai đoạn 2018 – 2020", "2018-2020", "từ năm 2018 đến năm 2020"),
    "2020/2025": ("nhiệm kỳ 2020 - 2025", "từ năm 2020 đến 2025", "các năm 2020-2025"),
    "2022/2023": (
        "năm học 2022-2023",
        "năm học 2022 - 2023",
        "năm học 2022/2023",
        "các năm 2022, 2023",
        "hai năm 2022 và 2023",
        "2 năm 2022 và 2023",
        "năm 2022 và 2023",
    ),
    "2021/2024": (
        "từ năm 2021 đến nay",
        "từ 2021 đến nay",
        "kể từ năm 2021 tới nay",
        "từ tháng 3/2021 đến nay",
    ),
    "2021-07": ("tháng 7.2021", "tháng 7/2021", "tháng 07-2021", "tháng 7 năm 2021", "tháng 7, năm 2021"),
    "2024-05": ("tháng 5", "tháng 5 năm nay", "tháng 05", "tháng trước"),
    "2023-12": ("tháng 12 năm ngoái", "tháng 12/2023", "tháng 12 năm trước"),
    "2023-01/2023-06": ("nửa đầu năm 2023", "nửa đầu của năm 2023"),
    "2023-01/2023-09": (
        "9 tháng đầu năm 2023",
        "chín tháng đầu năm 2023",
        "9 tháng năm 2023",
        "9 tháng đầu 2023",
        "từ tháng 1 đến tháng 9/2023",
        "từ tháng 1 đến tháng 9 năm 2023",
        "từ tháng 1 đến 9/2023",
    ),
    "2024-01/2024-06": ("6 tháng đầu năm", "sáu tháng đầu năm nay", "6 tháng đầu năm 2024", "nửa đầu năm"),
    "2023-07/2023-12": ("6 tháng cuối năm 2023", "sáu tháng cuối năm 2023", "nửa cuối năm 2023"),
    "2024-01/2024-03": ("quý I/2024", "quý 1/2024", "quý I năm 2024", "quý I", "quý 1 năm nay"),
    "2023-10/2023-12": ("quý IV/2023", "quý 4 năm 2023", "quý IV-2023"),
    "2024-07/2024-12": ("quý III và quý IV/2024", "quý III, IV/2024", "quý 3 và 4 năm 2024"),
    "2024-04": ("T4/2024", "T04/2024", "T.4/2024"),
    "2023-10/2023-11": ("tháng 10 và 11/2023", "tháng 10, 11/2023", "tháng 10-11/2023"),
    "2022-11/2023-03": ("từ tháng 11/2022 đến tháng 3/2023", "từ tháng 11 đến tháng 3/2023"),
    "2024-03/2024-05": ("từ tháng 3 đến tháng 5", "từ tháng 3 đến hết tháng 5"),
    "2023-05-12": (
        "12/5/2023",
        "12-5-2023",
        "12.5.2023",
        "ngày 12/05/2023",
        "ngày 12 tháng 5 năm 2023",
        "hôm 12/5/2023",
        "2023-05-12",
        "ngày 2023-05-12",
    ),
    "2024-06-14": ("ngày 14/6", "ngày 14-6", "ngày 14.6", "ngày 14 tháng 6", "sáng 14/6", "hết 14/6"),
    "2024-03-29": ("ngày 29.3", "chiều 29-3"),
    "2024-07-10/2024-07-15": ("từ ngày 10 đến 15/7/2024", "ngày 10-15/7", "từ ngày 10/7 đến ngày 15/7/2024"),
    "2024-03-05/2024-03-06": ("ngày 5 và 6/3/2024", "ngày 5-6/3/2024"),
}

HORIZONS = (
    "đến năm 2030",
    "đến hết năm 2025",
    "tầm nhìn 2030",
    "từ nay đến năm 2026",
    "trước năm 2027",
)

WITHOUT_A_YEAR = (
    "ngày 14/6",
    "tháng 5",
    "năm nay",
    "năm ngoái",
    "6 tháng đầu năm",
    "quý II",
    "từ đầu năm đến nay",
)

MISPRINTS = (
    "03/6/20022",
    "tháng 13/2023",
    "ngày 5/13/2023",
    "ngày 31/2/2024",
    "30-02-2024",
    "20/5/0224",
    "ngày 2024-02-30",
    "ngày 30/2/2024",
    "giai đoạn 2025-2021",
    "từ ngày 30/2/2024 đến ngày 31/4/2024",
    "từ ngày 5/11/2024 đến ngày 3/10/2024",
)

NO_PERIODS = (
    "Có 2000 người dự lớp.",
    "Đã cấp 2.023 chứng thư.",
    "Lớp có 12 người, 5 nhóm.",
    "Tỷ lệ đạt 29.3%.",
    "Kéo dài 4 tháng.",
    "Cách đây 3 năm trước khi sáp nhập.",
    "Những năm sau, phong trào lan rộng.",
    "Các năm trước chưa có lớp.",
    "Mỗi năm mở một lớp.",
    "Có 25/63 tỉnh tham gia.",
    "Điểm số là 0,6077.",
    "Quyết định số 812/QĐ-TTg.",
    "",
)

DATELINES: dict[date, tuple[str, ...]] = {
    date(2024, 4, 15): (
        "Thứ Hai, 15/04/2024 08:30 GMT+7",
        "Thứ hai, ngày 15/4/2024, 08:30",
        "15/04/2024",
        "15-04-2024 | 08:30",
        "Cập nhật: 15.4.2024",
        "Đăng lúc 08:30 ngày 15/4/2024",
        "Ngày 15 tháng 4 năm 2024",
        "2024-04-15",
        "Báo Ví Dụ - 15/04/2024",
        "Cổng thông tin điện tử của một Bộ có tên rất dài | 15/04/2024 | 14:30 GMT+7",
        "Trang thông tin điện tử huyện - Ngày đăng: 15/04/2024 - Lượt xem: 1.042",
        "Báo và phát thanh, truyền hình của một tỉnh - Thứ Hai, 15/04/2024, 07:20",
    ),
}

OPENINGS = (
    "HƯNG YÊN, 15/4/2024 - Giữa trưa, sân nhà văn hóa vẫn đông.",
    "HƯNG YÊN (15/4/2024) - Giữa trưa, sân nhà văn hóa vẫn đông.",
    "Hưng Yên, 15/4/2024. Giữa trưa, sân nhà văn hóa vẫn đông.",
    "Hưng Yên (TTXVN 15/4/2024) - Giữa trưa, sân nhà văn hóa vẫn đông.",
    "(15/04/2024) - Giữa trưa, sân nhà văn hóa vẫn đông.",
    "(Cập nhật: 15/04/2024) Giữa trưa, sân nhà văn hóa vẫn đông.",
    "15/4/2024 - Giữa trưa, sân nhà văn hóa vẫn đông.",
)

NO_OPENINGS = (
    "Ngày 15/4/2024, huyện ra mắt tổ công nghệ số.",
    "Đến 15/4/2024 huyện có 12 tổ công nghệ số.",
)

NO_DATELINES = (
    "Kế hoạch mà huyện ban hành hôm 15/4/2024 và các xã, phường, thị trấn đều đã nhận được",
    "Sáng 15/4/2024, huyện tổ chức ra mắt mô hình tổ công nghệ số tại nhà văn hóa.",
    "31/02/2024",
    "Tin trong ngày",
    "Năm 2024",
)


def only_period(text: str, published: date | None = PUBLISHED) -> Period:
    found = find_periods(text, 0, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("iso", "surface"), [(iso, surface) for iso, surfaces in PERIODS.items() for surface in surfaces]
)
@pytest.mark.parametrize("frame", ["{}", "Thống kê {}, xã có 5 tổ.", "Xã lập tổ ({})."])
def test_every_spelling_of_a_period_has_one_iso_form(iso: str, surface: str, frame: str) -> None:
    text = frame.format(surface)
    period = only_period(text)
    assert period.iso == iso
    assert text[period.start : period.end] in surface


@pytest.mark.parametrize("surface", HORIZONS)
def test_where_a_goal_ends_is_a_horizon(surface: str) -> None:
    assert only_period(f"Phấn đấu {surface} xã nào cũng có tổ.").kind == "horizon"


def test_a_bare_year_behind_until_is_a_horizon_unless_a_noun_follows() -> None:
    assert only_period("Cả nước đến 2030 cần thêm người.").iso == "2030"
    assert find_periods("Số tổ tăng đến 2030 người.", 0, None) == []


@pytest.mark.parametrize("surface", WITHOUT_A_YEAR)
def test_without_the_date_of_the_article_an_unnamed_year_stays_unknown(surface: str) -> None:
    assert only_period(surface, None).iso == ""


@pytest.mark.parametrize("surface", MISPRINTS)
def test_a_misprint_is_a_date_that_says_nothing(surface: str) -> None:
    assert only_period(surface).iso == ""


@pytest.mark.parametrize("text", NO_PERIODS)
def test_other_numbers_are_no_periods(text: str) -> None:
    assert find_periods(text, 0, PUBLISHED) == []


def test_several_periods_come_in_text_order_with_offsets_of_the_article() -> None:
    text = "Đến năm 2026, rồi đến năm 2035; riêng quý I/2024 đã xong."
    found = find_periods(text, 100, PUBLISHED)
    assert [period.iso for period in found] == ["2026", "2035", "2024-01/2024-03"]
    assert [text[period.start - 100 : period.end - 100] for period in found] == [
        "Đến năm 2026",
        "đến năm 2035",
        "quý I/2024",
    ]


def test_since_then_is_the_year_itself_where_nothing_tells_when_now_is() -> None:
    assert only_period("từ năm 2021 đến nay", None).iso == "2021"


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-06-30", date(2024, 6, 30), date(2024, 6, 30)),
        ("2023-01/2023-09", date(2023, 1, 1), date(2023, 9, 30)),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("2024-07-10/2024-07-15", date(2024, 7, 10), date(2024, 7, 15)),
        ("2024-02-31", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_period_has_a_first_and_a_last_day(iso: str | None, first: date | None, last: date | None) -> None:
    assert bounds(iso) == (first, last)


@pytest.mark.parametrize(("day", "line"), [(day, line) for day, lines in DATELINES.items() for line in lines])
def test_a_line_that_is_little_but_a_date_dates_the_article(day: date, line: str) -> None:
    assert find_dateline(["Huyện ra mắt tổ công nghệ số", line, "Tin liên quan 1/1/2020"]) == (1, day)


@pytest.mark.parametrize("line", OPENINGS)
def test_a_date_before_the_first_words_of_a_text_dates_it(line: str) -> None:
    opening = dateline_before(line)
    assert opening is not None
    assert find_dateline([opening]) == (0, date(2024, 4, 15))


@pytest.mark.parametrize("line", NO_OPENINGS)
def test_a_date_inside_the_first_sentence_dates_no_text(line: str) -> None:
    assert dateline_before(line) is None


@pytest.mark.parametrize("line", NO_DATELINES)
def test_a_date_among_other_words_dates_no_article(line: str) -> None:
    assert find_dateline([line]) is None
