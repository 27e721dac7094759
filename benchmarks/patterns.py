"""Texts that repeat one thing: what makes a reader slow that looks back at all it has read.

Each pattern is a text of a given length with one true sentence at its head, so that no screen drops it, and
one at its end, so that nothing before it is taken for the foot of a page.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, islice

HEAD = "Tỉnh có 2.500 tổ công nghệ số cộng đồng với 12.000 thành viên."
TAIL = "\nBà con trong tỉnh rất phấn khởi."
_PLACES = ("tỉnh Lào Cai", "huyện Bát Xát", "xã Mường Hum", "thành phố Cần Thơ", "quận Ninh Kiều", "Hà Nội")

Pattern = Callable[[int], str]


def repeated(unit: str, *, before: str = "\n") -> Pattern:
    """``unit`` again and again, behind the head and ``before``."""

    def text(length: int) -> str:
        room = max(length - len(HEAD) - len(before) - len(TAIL), 0)
        return HEAD + before + (unit * (room // len(unit) + 1))[:room] + TAIL

    return text


def numbered(unit: str, *, before: str = "\n", first: int = 1) -> Pattern:
    """``unit`` again and again, with another number in it each time."""

    def text(length: int) -> str:
        room = max(length - len(HEAD) - len(before) - len(TAIL), 0)
        units = (unit.format(number) for number in count(first))
        return HEAD + before + "".join(islice(units, room // len(unit) + 1))[:room] + TAIL

    return text


def nested(length: int) -> str:
    """Brackets in brackets."""
    depth = max(length - len(HEAD) - len(TAIL), 0) // 5
    return HEAD + "\n" + "(a " * depth + ") " * depth + TAIL


PATTERNS: dict[str, Pattern] = {
    "sentences in one paragraph": numbered(" Xã đã mở {} lớp tập huấn kỹ năng số cho cán bộ.", before=""),
    "plain sentences in one paragraph": repeated(" Bà con ra đồng gặt lúa từ sáng sớm.", before=""),
    "paragraphs": numbered("\nXã đã mở {} lớp tập huấn kỹ năng số cho cán bộ xã."),
    "one sentence": repeated("bà con ra đồng gặt lúa từ sáng sớm và "),
    "one sentence of numbers": numbered("đã tập huấn cho {} cán bộ về chuyển đổi số và "),
    "spaces": repeated(" "),
    "spaces between words": repeated("a" + " " * 200),
    "lines": repeated("\n"),
    "broken lines": repeated("bà con ra đồng\n"),
    "spaces and invisible marks": repeated(" \u200b"),
    "words in quotes": repeated("“", before="\nxã tổ"),
    "cells": repeated("12 | 34 | ", before="\nXã A | "),
    "code with figures": repeated("1", before="\nA"),
    "at signs": repeated("a@"),
    "numbers in a line": numbered("{}, ", first=100),
    "numbers in a row": numbered("{} ", first=1000),
    "total with parts": numbered(
        " {} thành viên là nông dân,", before="\nToàn tỉnh có 99.000 thành viên, trong đó"
    ),
    "total with parts in brackets": numbered("{} người, ", before="\nTỉnh có 99.000 cán bộ (", first=2),
    "parts opened by words": numbered("trong đó {} cán bộ chuyên trách, ", first=2),
    "numbers and nouns": numbered("{} cán bộ, ", first=2),
    "numbers, nouns and verbs": numbered("đào tạo {} kỹ sư công nghệ thông tin; ", first=2),
    "teams": numbered("{} tổ công nghệ số cộng đồng với 5 thành viên, ", first=2),
    "1.1.1": repeated("1."),
    "1-1-1": repeated("1-"),
    "1/1/1": repeated("1/"),
    "1,1,1": repeated("1,"),
    "1:1:1": repeated("1:"),
    "1 1 1": repeated("1 "),
    "figures": repeated("1"),
    "nines": repeated("999 "),
    ".000": repeated(".000", before="\n1"),
    "percents": numbered("{}% cán bộ, ", first=2),
    "bare percents": repeated("5% "),
    "URLs": repeated("https://example.com/a?b=1 "),
    "one URL": repeated("a.b/", before="\nhttps://"),
    "mails": repeated("a@b.vn "),
    "hundreds in words": repeated("một trăm linh "),
    "digits in words": repeated("hai ba bốn "),
    "tens in words": repeated("hai mươi "),
    "headings": repeated("\nI. Kết quả chung của tỉnh"),
    "TP.": repeated("TP. "),
    "stops": repeated("… "),
    "stops without spaces": repeated("…"),
    "points": repeated("."),
    "years": repeated("năm 2024, "),
    "bare years": repeated("2024 "),
    "joined years": repeated("2024, ", before="\ntrong năm 2023, "),
    "spans of years": repeated("2021-2025 "),
    "dates": repeated("ngày 12/3/2024, "),
    "bare dates": repeated("12/3/2024 "),
    "months": repeated("tháng 3 "),
    "combining marks": repeated("\u0301", before="\na"),
    "marked letters": repeated("a\u0301\u0323"),
    "invisible marks": repeated("\u200b", before="\na"),
    "opening brackets": repeated("("),
    "brackets": numbered("(xã {}) ", first=2),
    "brackets with counts": numbered("xã (gồm {} cán bộ) ", first=2),
    "nested brackets": nested,
    "quotes": repeated("“đề án số” "),
    "opening quotes": repeated("“"),
    "straight quotes": repeated('"'),
    "places": repeated(", ".join(_PLACES) + ", "),
    "provinces": repeated("tỉnh Lào Cai, "),
    "districts": repeated("huyện Bát Xát, "),
    "communes": repeated("xã Mường Hum, "),
    "bodies": repeated("Sở Thông tin và Truyền thông Lào Cai, "),
    "places and counts": numbered("tỉnh Lào Cai có {} tổ công nghệ số, ", first=2),
    "respectively": numbered("{}, ", before="\nLào Cai, Hà Nội lần lượt có ", first=2),
    "companions": repeated("phối hợp với Viettel, "),
    "long word": repeated("a"),
    "long capital word": repeated("A"),
    "capitals": repeated("Nguyễn "),
    "bars": numbered("Xã {} | 12 người | ", first=2),
    "rows of a table": numbered("Xã A | {} người | 5 tổ\n", first=2),
    "bare bars": repeated("|"),
    "bullets": numbered("- Xã đã mở {} lớp tập huấn kỹ năng số\n", first=2),
    "numbered items": numbered("{}. Xã đã mở lớp tập huấn kỹ năng số;\n", first=1),
    "labels": numbered("- Số cán bộ công nghệ thông tin: {} người\n", first=2),
    "colons": repeated("gồm: "),
    "semicolons": numbered("{} lớp; ", first=2),
    "commas": repeated("xã, "),
    "conjunctions": repeated("và "),
    "sources": repeated("Theo báo cáo của Sở A, "),
    "goals": numbered("phấn đấu đến năm 2030 có {} tổ, ", first=2),
    "each": numbered("mỗi xã có {} tổ, ", first=2),
    "shares of each": repeated("cứ 10 người dân trong vùng ", before="\n"),
    "documents": numbered("Quyết định số {}/QĐ-UBND ", first=2),
    "abbreviations": repeated("cán bộ công chức (CBCC) "),
    "foreign places": repeated("tại Nhật Bản, "),
    "zeros": repeated("không có cán bộ "),
    "hedges": repeated("hơn "),
    "verbs": repeated("đào tạo, "),
    "subjects": repeated("ngành kế toán, "),
    "rows run together": numbered(
        "kế toán {}, công nghệ thông tin 31, cơ khí 40, ", before="\nChỉ tiêu: ", first=20
    ),
}
