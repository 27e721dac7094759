"""Clean text: one Unicode form, one style of tone marks, plain spaces, and a way back to the raw text."""

from __future__ import annotations

import time
import unicodedata

import pytest

from nhanluc_extract.text.characters import clean_text, fold, unify_tone_marks


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


CLEANED = (
    # Unicode forms
    (decomposed("Tổ công nghệ số ở huyện Tư Nghĩa"), "Tổ công nghệ số ở huyện Tư Nghĩa"),
    ("co\u0302\u0323ng đo\u0302\u0300ng", "cộng đồng"),
    ("co\u0323\u0302ng", "cộng"),
    # Letters typed with another one
    ("c\u01a3 dân", "cư dân"),
    ("\u01a2u tiên", "Ưu tiên"),
    ("h\u01a3\u0301ng dẫn", "hứng dẫn"),
    ("\u00d0ồng Tháp, \u00f0ào tạo", "Đồng Tháp, đào tạo"),
    # Styles of tone marks
    ("hoà khoẻ thuỷ", "hòa khỏe thủy"),
    (decomposed("Hoà Bình, Khánh Hoà"), "Hòa Bình, Khánh Hòa"),
    ("HOÀ BÌNH", "HÒA BÌNH"),
    # Spaces and line ends
    ("7.500\u00a0người", "7.500 người"),
    ("7.500\u202f%\u2003dân\tsố", "7.500 % dân số"),
    ("một\r\nhai\rba\nbốn", "một\nhai\nba\nbốn"),
    ("một\r\r\nhai", "một\n\nhai"),
    ("một\u2028hai\u2029ba\u0085bốn", "một\nhai\nba\nbốn"),
    # Invisible characters
    ("1\u200b.292\ufeff tổ", "1.292 tổ"),
    ("cộng\u00ad đồng\u200e", "cộng đồng"),
    ("cô\u200b\u0323ng", "cộng"),
    ("\ufeffXã", "Xã"),
    # Figures and dashes
    ("\uff11\uff12 lớp", "12 lớp"),
    ("5\u20117 người", "5-7 người"),
    ("5 \u2212 7 người", "5 - 7 người"),
    ("5–7 người", "5–7 người"),
    ("", ""),
)

UNIFIED = (
    ("hoà", "hòa"),
    ("hoá", "hóa"),
    ("toả", "tỏa"),
    ("loã", "lõa"),
    ("hoạ", "họa"),
    ("khoẻ", "khỏe"),
    ("thuỷ", "thủy"),
    ("tuỳ", "tùy"),
    ("luỹ", "lũy"),
    ("uỷ ban", "ủy ban"),
    ("Uỷ Ban", "Ủy Ban"),
    # What is right already, or no such syllable
    ("hòa", "hòa"),
    ("quỹ", "quỹ"),
    ("Quý", "Quý"),
    ("hoàn toàn", "hoàn toàn"),
    ("khoảng", "khoảng"),
    ("ngoèo", "ngoèo"),
    ("thuyền", "thuyền"),
    ("tuần", "tuần"),
    ("mùa", "mùa"),
    ("xoay", "xoay"),
    ("o à", "o à"),
    ("", ""),
)


@pytest.mark.parametrize(("raw", "clean"), CLEANED)
def test_text_in_any_form_becomes_clean(raw: str, clean: str) -> None:
    assert clean_text(raw).clean == clean


def test_clean_text_needs_no_map_of_offsets() -> None:
    text = clean_text("Huyện có 1.292 tổ.\n")
    assert text.runs is None
    assert text.to_raw(9, 14) == (9, 14)
    assert text.to_clean(9) == 9


def test_a_clean_span_knows_the_raw_characters_it_came_from() -> None:
    raw = "\ufeff" + decomposed("Huyện có") + "\u00a0" + "1.2\u200b92 " + decomposed("tổ") + "\r\nXã"
    text = clean_text(raw)
    assert text.clean == "Huyện có 1.292 tổ\nXã"
    start = text.clean.index("1.292")
    assert raw[slice(*text.to_raw(start, start + 5))] == "1.2\u200b92"
    start = text.clean.index("tổ")
    assert raw[slice(*text.to_raw(start, start + 2))] == decomposed("tổ")
    assert raw[slice(*text.to_raw(0, len(text.clean)))] == raw[1:]


def test_a_raw_offset_knows_the_clean_character_that_holds_it() -> None:
    raw = "a\u200b" + decomposed("ộ") + "b"
    text = clean_text(raw)
    assert text.clean == "aộb"
    assert [text.to_clean(offset) for offset in range(len(raw))] == [0, 1, 1, 1, 1, 2]


def test_the_raw_text_is_kept_as_it_came() -> None:
    raw = "Ho\u00e0\r\nB\u00ecnh"
    assert clean_text(raw).raw == raw


@pytest.mark.parametrize(("older", "newer"), UNIFIED)
def test_the_tone_stands_on_the_first_vowel_of_an_open_pair(older: str, newer: str) -> None:
    assert unify_tone_marks(older) == newer
    assert len(unify_tone_marks(older)) == len(older)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tỷ", "tỉ"), ("Kỹ", "kĩ"), ("sỹ", "sĩ"), ("lý", "lí"), ("TỶ", "tỉ"), ("Tổ", "tổ"), ("Mỹ", "mĩ")],
)
def test_spellings_of_one_syllable_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tay", "tai"),
        ("máy", "mái"),
        ("này", "nài"),
        ("bảy", "bải"),
        ("ngày", "ngài"),
        ("Tày", "tài"),
        ("thủy", "thủi"),
        ("tùy", "tùi"),
        ("quý", "quí"),
        ("y", "i"),
        ("to", "tô"),
        ("sô", "số"),
    ],
)
def test_two_syllables_have_two_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_long_runs_of_invisible_characters_and_marks_take_linear_time() -> None:
    begin = time.perf_counter()
    clean_text("a" + "\u200b" * 200_000 + "b")
    clean_text("a" + "\u0301" * 200_000 + "b")
    clean_text("\r" * 200_000)
    assert time.perf_counter() - begin < 5
