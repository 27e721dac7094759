"""One value, many spellings: everything a newspaper writes for the same number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nhanluc_extract.text.numerals import parse, read
from nhanluc_extract.text.tokens import tokenize

SPELLINGS: dict[str, tuple[str, ...]] = {
    "0": ("0", "00", "không"),
    "1": ("1", "01", "một", "Một"),
    "4": ("4", "04", "bốn"),
    "5": ("5", "05", "năm", "Năm"),
    "7": ("7", "07", "bảy", "bẩy"),
    "10": ("10", "mười", "một chục"),
    "11": ("11", "mười một"),
    "14": ("14", "mười bốn", "mười tư"),
    "15": ("15", "mười lăm", "mười nhăm"),
    "20": ("20", "hai mươi", "hai chục"),
    "21": ("21", "hai mươi mốt", "hai mươi một", "hai mốt"),
    "24": ("24", "hai mươi tư", "hai mươi bốn", "hai tư"),
    "35": ("35", "ba mươi lăm", "ba mươi nhăm", "ba lăm", "BA MƯƠI LĂM"),
    "55": ("55", "năm mươi lăm", "năm lăm"),
    "100": ("100", "một trăm"),
    "105": ("105", "một trăm linh năm", "một trăm lẻ năm"),
    "110": ("110", "một trăm mười", "một trăm một chục"),
    "150": ("150", "một trăm năm mươi", "một trăm rưỡi"),
    "254": ("254", "hai trăm năm mươi tư", "hai trăm năm tư", "hai trăm năm mươi bốn"),
    "999": ("999", "chín trăm chín mươi chín"),
    "1000": ("1000", "1.000", "1,000", "1 000", "1 nghìn", "1 ngàn", "một nghìn", "một ngàn"),
    "1005": ("1.005", "một nghìn linh năm", "một nghìn lẻ năm", "một ngàn không trăm linh năm"),
    "1020": ("1.020", "một nghìn không trăm hai mươi", "một nghìn hai mươi"),
    "1200": ("1.200", "1,2 nghìn", "một nghìn hai trăm", "một nghìn hai"),
    "1292": ("1292", "1.292", "1,292", "1 292", "1.292,0", "một nghìn hai trăm chín mươi hai"),
    "1500": ("1.500", "1,5 nghìn", "1.5 nghìn", "một nghìn rưỡi", "một ngàn năm trăm", "1 nghìn 500"),
    "2500": ("2.500", "2 nghìn 500", "2 ngàn 500", "2,5 nghìn", "hai nghìn rưỡi", "hai nghìn năm trăm"),
    "12345": (
        "12.345",
        "12 345",
        "12 nghìn 345",
        "mười hai nghìn ba trăm bốn mươi lăm",
        "mười hai nghìn ba trăm bốn lăm",
        "một vạn hai nghìn ba trăm bốn mươi nhăm",
    ),
    "20000": ("20.000", "20 nghìn", "2 vạn", "hai vạn", "hai mươi ngàn", "hai chục nghìn"),
    "35000": ("35.000", "ba vạn năm nghìn", "3 vạn 5 nghìn", "3,5 vạn", "ba vạn rưỡi"),
    "519000": ("519.000", "519 nghìn", "519 ngàn", "năm trăm mười chín nghìn"),
    "500000": ("500.000", "nửa triệu", "năm trăm nghìn"),
    "1000005": ("1.000.005", "một triệu linh năm", "một triệu không trăm linh năm"),
    "1200000": (
        "1.200.000",
        "1,2 triệu",
        "1.2 triệu",
        "1 triệu 200 nghìn",
        "một triệu hai trăm nghìn",
        "một triệu hai trăm ngàn",
        "một triệu hai",
        "1.200 nghìn",
    ),
    "1286000": ("1.286.000", "1,286 triệu", "1.286 nghìn"),
    "5500000": ("5.500.000", "5,5 triệu", "5 triệu rưỡi", "năm triệu rưỡi"),
    "1234567": ("1234567", "1.234.567", "1,234,567", "1 234 567", "1 triệu 234 nghìn 567"),
    "2000000000": ("2.000.000.000", "2 tỷ", "2 tỉ", "hai tỷ", "hai tỉ"),
    "10000000000": ("10.000.000.000", "10 tỷ", "mười tỷ", "mười tỉ"),
    "5000000000000": ("5 nghìn tỷ", "5.000 tỷ", "năm nghìn tỷ", "năm ngàn tỉ"),
    "0.6077": ("0,6077", "0.6077"),
    "71.27": ("71,27", "71.27"),
    "1234.5": ("1.234,5", "1,234.5"),
}

NO_NUMERALS = (
    "",
    " ",
    "tổ",
    "rưỡi",
    "mốt",
    "lăm",
    "tư",
    "linh năm",
    "lẻ",
    "mươi",
    "nghìn",
    "triệu",
    "tỷ lệ",
    "%",
    "²",
    "①",
    "1.2.3",
    "12.34.56",
    "1 2",
    "1,2,3",
    "7.500.",
    "hai nghìn tổ",
    "năm nghìn\nhai trăm",
    "một, hai",
)

# What stands first in the text is a numeral; what stands behind it belongs to other words.
BEGINNINGS = (
    ("hai mươi năm qua", "20", "hai mươi"),
    ("mười năm", "10", "mười"),
    ("hai trăm năm nay", "200", "hai trăm"),
    ("một triệu năm 2024", "1000000", "một triệu"),
    ("bốn tư vấn viên", "4", "bốn"),
    ("hai mươi tư vấn viên", "20", "hai mươi"),
    ("hai tư nhân", "2", "hai"),
    ("5 tỷ lệ", "5", "5"),
    ("ba nghìn, hai trăm", "3000", "ba nghìn"),
    ("hai nghìn ba nghìn", "2000", "hai nghìn"),
    ("2 nghìn 50 lớp", "2000", "2 nghìn"),
    ("7.500. Trong đó", "7500", "7.500"),
    ("1.234.567…", "1234567", "1.234.567"),
    ("92,5. Xã", "92.5", "92,5"),
    ("1,086, tăng", "1086", "1,086"),
    ("12 345, tăng", "12345", "12 345"),
    ("85,125%", "85.125", "85,125"),
    ("5 10 người", "5", "5"),
    ("1.500-2.000", "1500", "1.500"),
)


@pytest.mark.parametrize(
    ("value", "surface"), [(value, surface) for value, surfaces in SPELLINGS.items() for surface in surfaces]
)
def test_every_spelling_of_a_number_reads_as_its_value(value: str, surface: str) -> None:
    assert read(surface) == Decimal(value)


@pytest.mark.parametrize("surface", NO_NUMERALS)
def test_what_is_no_number_as_a_whole_reads_as_nothing(surface: str) -> None:
    assert read(surface) is None


@pytest.mark.parametrize(("text", "value", "surface"), BEGINNINGS)
def test_a_numeral_ends_where_the_next_word_begins(text: str, value: str, surface: str) -> None:
    tokens = tokenize(text)
    numeral = parse(text, tokens, 0)
    assert numeral is not None
    assert numeral.value == Decimal(value)
    assert text[tokens[numeral.first].start : tokens[numeral.last - 1].end] == surface


@pytest.mark.parametrize(("surface", "in_words"), [("hai nghìn", True), ("2 nghìn", False), ("2.000", False)])
def test_a_numeral_knows_whether_it_begins_with_a_word(surface: str, in_words: bool) -> None:
    numeral = parse(surface, tokenize(surface), 0)
    assert numeral is not None
    assert numeral.in_words is in_words
