"""What each line of a page is: title, lead, body, caption or furniture."""

from __future__ import annotations

from datetime import date

import pytest

from nhanluc_extract.model import Line, Zone
from nhanluc_extract.text.zones import find_lines, find_prefix_date

TITLE = "Huyện Vĩnh Tường đưa tổ công nghệ số về từng xóm"
LEAD = (
    "Sau ba tháng thử nghiệm, huyện đã kiện toàn 96 tổ công nghệ số cộng đồng với 512 thành viên, "
    "phủ kín mọi thôn và khu phố trên địa bàn."
)
BODY = (
    "Mỗi tổ có từ 5 đến 7 thành viên, gồm trưởng thôn, đoàn viên và cán bộ hội phụ nữ, "
    "họp hai tuần một lần để chia việc cho từng người."
)
MORE = (
    "Cán bộ xã Đại Đồng nói rằng người già cũng đã quen với việc nộp hồ sơ trên điện thoại, "
    "không còn phải đi lại nhiều lần như trước kia nữa."
)


def lines(*text: str) -> list[Line]:
    return find_lines("\n".join(text))


def zone_of(line: str) -> Zone:
    """Zone of ``line`` in the middle of an article."""
    (found,) = (each for each in lines(TITLE, LEAD, line, BODY, MORE) if each.text == line)
    return found.zone


def test_a_page_has_a_title_a_lead_and_a_body() -> None:
    assert [(line.text, line.zone) for line in lines(TITLE, LEAD, BODY)] == [
        (TITLE, "title"),
        (LEAD, "lead"),
        (BODY, "body"),
    ]


def test_offsets_of_lines_point_into_the_text() -> None:
    text = f"\n  {TITLE}  \n\n\t{LEAD}\n{BODY}"
    found = find_lines(text)
    assert [text[line.start : line.end] for line in found] == [TITLE, LEAD, BODY]
    assert [line.text for line in found] == [TITLE, LEAD, BODY]


def test_an_empty_text_has_no_lines() -> None:
    assert find_lines("") == []
    assert find_lines(" \n\n ") == []


def test_a_text_of_one_line_of_prose_has_no_title() -> None:
    assert [line.zone for line in lines(LEAD)] == ["lead"]


def test_a_title_said_twice_is_the_title_twice() -> None:
    assert [line.zone for line in lines(TITLE, TITLE, LEAD)] == ["title", "title", "lead"]


@pytest.mark.parametrize(
    "dateline",
    [
        "Thứ Hai, 15/04/2024 08:30 GMT+7",
        "15/04/2024",
        "Cập nhật lúc 08:30 ngày 15/4/2024",
        "15-04-2024 | 08:30",
    ],
)
def test_the_date_line_is_furniture(dateline: str) -> None:
    assert [line.zone for line in lines(TITLE, dateline, LEAD, BODY)] == [
        "title",
        "furniture",
        "lead",
        "body",
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "Ông Lê Văn Hải giúp người dân cài đặt ứng dụng. Ảnh: Minh Châu",
        "Buổi ra quân của tổ công nghệ số (Ảnh minh họa)",
        "Tổ công nghệ số xã Đại Đồng ra quân |",
        "Trong ảnh: Lớp học buổi tối ở nhà văn hóa",
        "Lớp học buổi tối. Nguồn ảnh: Trung tâm Văn hóa",
    ],
)
def test_a_line_under_a_picture_is_a_caption(caption: str) -> None:
    assert zone_of(caption) == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "Trang chủ | Chính trị | Kinh tế | Xã hội",
        "Trang chủ › Chuyển đổi số › Tin tức",
        "Bài, ảnh: THU HÀ",
        "Tác giả: Lê Minh",
        "Từ khóa: chuyển đổi số, tổ công nghệ",
        "#chuyendoiso #tocongnghe",
        "Chia sẻ bài viết",
        "Bản quyền thuộc Báo Ví Dụ",
        "Đường dây nóng: 0912345678",
        "03:25",
        "to-cong-nghe-so-2.jpg",
        "* * *",
        "Xem thêm: Xã vùng cao mở lớp cho người già",
    ],
)
def test_menus_bylines_and_page_tools_are_furniture(line: str) -> None:
    assert zone_of(line) == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "Xã đã mở 5 lớp, tin và bài liên quan đến lớp học được đăng trên trang của xã.",
        "Theo ông Hải, ảnh hưởng của việc thiếu người là rất lớn.",
        "Tỷ lệ đạt 25.736/36.845 người, cao hơn 18/42 xã của năm trước / quý trước.",
    ],
)
def test_prose_that_begins_or_reads_like_furniture_is_body(line: str) -> None:
    assert zone_of(line) == "body"


@pytest.mark.parametrize(
    "heading",
    [
        "Tin liên quan",
        "TIN, BÀI LIÊN QUAN",
        "Có thể bạn quan tâm",
        "Cùng chuyên mục",
        "Tin cùng chuyên mục:",
        "Các tin khác",
        "Bài viết liên quan",
        "Đọc nhiều nhất",
    ],
)
def test_headlines_under_a_heading_of_links_are_furniture_to_the_end(heading: str) -> None:
    found = lines(TITLE, LEAD, BODY, heading, "Hơn 2.000 cán bộ dự lớp trực tuyến", "Xã biên giới có 12 tổ")
    assert [line.zone for line in found] == ["title", "lead", "body", "furniture", "furniture", "furniture"]


def test_the_article_goes_on_behind_links_with_two_lines_of_long_prose() -> None:
    found = lines(TITLE, LEAD, "Tin liên quan", "Xã biên giới có 12 tổ", BODY, MORE)
    assert [line.zone for line in found] == ["title", "lead", "furniture", "furniture", "body", "body"]


def test_one_line_of_prose_between_links_is_furniture() -> None:
    found = lines(
        TITLE, LEAD, BODY, "Tin liên quan", "Xã biên giới có 12 tổ", MORE, "Hơn 2.000 cán bộ dự lớp"
    )
    assert {line.zone for line in found[3:]} == {"furniture"}


def test_short_lines_behind_the_last_prose_are_furniture() -> None:
    found = lines(TITLE, LEAD, BODY, "THU HÀ", "Xã vùng cao có 12 tổ công nghệ")
    assert [line.zone for line in found[3:]] == ["furniture", "furniture"]


def test_a_list_at_the_end_belongs_to_the_article() -> None:
    found = lines(TITLE, LEAD, "Kết quả cụ thể như sau:", "- 96 tổ cấp thôn", "- 12 tổ cấp xã")
    assert [line.zone for line in found[2:]] == ["body", "body", "body"]


@pytest.mark.parametrize(
    "item",
    [
        "- Mở 20 lớp tập huấn.",
        "+ 100% thôn có tổ;",
        "• Mỗi xã một tổ.",
        "1. Kiện toàn tổ.",
        "a) Mở lớp.",
    ],
)
def test_a_line_with_a_mark_or_a_number_is_an_item(item: str) -> None:
    (found,) = (line for line in lines(TITLE, LEAD, item, BODY) if line.text == item)
    assert found.is_bullet
    assert not found.is_heading


@pytest.mark.parametrize("heading", ["II. Mục tiêu", "1. Thực trạng", "3) Kết quả đạt được"])
def test_a_short_numbered_line_above_prose_is_a_heading(heading: str) -> None:
    (found,) = (line for line in lines(TITLE, LEAD, heading, BODY) if line.text == heading)
    assert found.is_heading and not found.is_bullet


def test_a_short_line_between_prose_is_a_heading() -> None:
    found = {line.text: line.is_heading for line in lines(TITLE, LEAD, "Cách làm ở cơ sở", BODY)}
    assert found == {TITLE: False, LEAD: False, "Cách làm ở cơ sở": True, BODY: False}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("date 2024-05-06 Huyện ra mắt tổ", date(2024, 5, 6)),
        ("date 2024-05 Huyện ra mắt tổ", date(2024, 5, 1)),
        ("date 2024 Huyện ra mắt tổ", date(2024, 1, 1)),
        ("date 2024-13-45 Huyện ra mắt tổ", None),
        ("Huyện ra mắt tổ, date 2024-05-06", None),
        ("", None),
    ],
)
def test_the_prefix_of_a_crawler_dates_the_text(text: str, day: date | None) -> None:
    assert find_prefix_date(text) == day


def test_the_prefix_of_a_crawler_is_no_part_of_the_first_line() -> None:
    text = f"date 2024-05-06 {TITLE}\n{LEAD}"
    first = find_lines(text)[0]
    assert (first.text, first.zone) == (TITLE, "title")
    assert text[first.start : first.end] == TITLE
