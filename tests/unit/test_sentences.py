"""Where a line ends a sentence, and where a full stop is part of one."""

from __future__ import annotations

import pytest

from nhanluc_extract.text.sentences import split_sentences

SPLIT: tuple[tuple[str, ...], ...] = (
    ("Xã có 5 tổ.", "Huyện có 96 tổ."),
    ("Đã đủ người chưa?", "Chưa!", "Còn thiếu hai cán bộ."),
    ("Xã có 5 tổ…", "Huyện có 96 tổ."),
    ("Tỷ lệ đạt 92,5%.", "100% xã đã có tổ."),
    ("Tổng số thành viên là 7.500.", "Mỗi tổ có 7 người."),
    ("Xã có 5 tổ.", "“Chúng tôi sẽ lập thêm”, ông Hải nói."),
    ("Ông Hải nói: “Xã có 5 tổ.”", "Bà Lan cũng vậy."),
    ("Xã có 5 tổ (trước đây có 3 tổ.)", "Nay đã khác."),
    (
        "Xã có 5 tổ.",
        "(Nguồn: UBND xã)",
    ),
    ("Lớp mở ngày 29.3.", "Hôm sau có 40 người học."),
)

WHOLE = (
    "Xã có 1.292 tổ, 12.5% là tổ mới",
    "Lớp mở ngày 29.3.2024 tại TP.HCM.",
    "Lớp mở ở TP. Huế và TX. Hương Thủy.",
    "Theo ThS. Lê Minh và PGS.TS. Trần An, lớp đã đủ người.",
    "Ông A. Minh phụ trách lớp.",
    "Xã có 5 tổ... và sẽ lập thêm.",
    "Máy tính, điện thoại, v.v. Các thứ đều thiếu.",
    "Trang vidu.gov.vn. có bài.",
    "1. Kiện toàn tổ ở các thôn.",
    "12. Kiện toàn tổ ở các thôn.",
    "II. Mục tiêu",
    "Xã có 5 tổ./.",
    "Xã có 5 tổ",
)


def sentences(line: str) -> list[str]:
    return [line[start:end] for start, end in split_sentences(line)]


@pytest.mark.parametrize("parts", SPLIT)
def test_a_stop_before_a_new_beginning_ends_a_sentence(parts: tuple[str, ...]) -> None:
    assert sentences(" ".join(parts)) == list(parts)


@pytest.mark.parametrize("line", WHOLE)
def test_a_stop_inside_a_number_an_abbreviation_or_a_name_ends_none(line: str) -> None:
    assert sentences(line) == [line]


def test_surrounding_spaces_belong_to_no_sentence() -> None:
    assert sentences("  Xã có 5 tổ.   Huyện có 96 tổ.  ") == ["Xã có 5 tổ.", "Huyện có 96 tổ."]


@pytest.mark.parametrize("line", ["", "   "])
def test_an_empty_line_has_no_sentence(line: str) -> None:
    assert split_sentences(line) == []


def test_sentences_cover_the_line_but_for_spaces() -> None:
    line = "Xã có 5 tổ. Huyện có 96 tổ! Còn tỉnh? Chưa rõ…"
    spans = split_sentences(line)
    assert spans == sorted(spans)
    covered = {index for start, end in spans for index in range(start, end)}
    assert all(line[index].isspace() for index in range(len(line)) if index not in covered)


def test_a_line_without_capitals_is_cut_at_its_stops() -> None:
    line = "cả nước có 5.000 kỹ sư ở tp. hcm. hà nội có 300 người. đúng 12 tổ"
    assert [line[start:end] for start, end in split_sentences(line)] == [
        "cả nước có 5.000 kỹ sư ở tp. hcm.",
        "hà nội có 300 người.",
        "đúng 12 tổ",
    ]
