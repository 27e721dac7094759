"""Which articles count once: equal ones, and syndicated ones with the same numbers in other frames."""

from __future__ import annotations

from typing import Any

import pytest

from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from tests.commands import Row, run

BODY = (
    "Theo Sở Khoa học và Công nghệ, tính đến hết tháng 6/2025, toàn tỉnh Lai Châu đã thành lập 956 tổ "
    "công nghệ số cộng đồng ở các bản, khu phố. Các tổ hướng dẫn bà con nộp hồ sơ trực tuyến, thanh "
    "toán không dùng tiền mặt và cài đặt định danh điện tử. Thời gian tới, tỉnh tiếp tục củng cố các tổ "
    "ở vùng cao, nơi sóng di động còn yếu và nhiều người chưa quen với điện thoại thông minh, đồng thời "
    "bổ sung kinh phí cho cán bộ cơ sở."
)


def results(extractor: Extractor, *texts: str) -> list[Row]:
    return run(extractor, [Article(f"{number}.txt", text) for number, text in enumerate(texts, 1)])


def statuses(found: list[Row]) -> list[tuple[Any, Any]]:
    return [(row["status"], row["duplicate_of"]) for row in found]


@pytest.mark.parametrize(
    "syndicated",
    [
        f"(LC) - {BODY}",
        f"{BODY} Nguồn: TTXVN",
        BODY.replace("củng cố", "kiện toàn"),
        BODY.replace(" đồng thời ", " "),
    ],
)
def test_nearly_all_words_and_the_same_numbers_make_a_duplicate(
    extractor: Extractor, syndicated: str
) -> None:
    found = results(extractor, BODY, syndicated)
    assert statuses(found) == [("ok", None), ("duplicate", "1.txt")]
    assert sum(len(row["facts"]) for row in found) == 1


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("956", "959"),
        BODY.replace("tháng 6", "tháng 7"),
        "Toàn tỉnh Lai Châu đã thành lập 956 tổ công nghệ số cộng đồng, theo báo cáo tháng 6/2025.",
    ],
)
def test_other_numbers_or_other_words_make_another_article(extractor: Extractor, other: str) -> None:
    assert statuses(results(extractor, BODY, other)) == [("ok", None), ("ok", None)]


def test_articles_without_a_fact_are_duplicates_only_when_their_text_is_equal(extractor: Extractor) -> None:
    calm = "Sáng nay trời nắng đẹp trên khắp thành phố Đà Lạt, du khách đông hơn hôm qua."
    assert statuses(results(extractor, calm, f"{calm} Ảnh: Tư liệu", calm.replace(" trên", "\n trên"))) == [
        ("ok", None),
        ("ok", None),
        ("duplicate", "1.txt"),
    ]


def test_a_copy_of_a_copy_points_to_the_original(extractor: Extractor) -> None:
    found = results(extractor, BODY, f"(LC) - {BODY}", f"(LC) -  {BODY}")
    assert statuses(found) == [("ok", None), ("duplicate", "1.txt"), ("duplicate", "1.txt")]


def test_rows_of_a_table_stand_in_its_order(extractor: Extractor) -> None:
    found = run(extractor, [Article(f"a.jsonl#{row}", f"Bài {row}") for row in (10, 9, 1)])
    assert [row["source"] for row in found] == ["a.jsonl#1", "a.jsonl#9", "a.jsonl#10"]
