"""Whatever form a text comes in, its clean form is one, and every clean span leads back to the raw text."""

from __future__ import annotations

import unicodedata
from itertools import cycle

from hypothesis import example, given
from hypothesis import strategies as st

from nhanluc_extract.text.characters import CleanText, clean_text
from nhanluc_extract.text.tokens import tokenize

TEXT = """
tổ công nghệ số cộng đồng huyện Tư Nghĩa hướng dẫn người dân cư trú đưa ứng dụng Đường Đắk Lắk
hòa khỏe thủy ủy Hòa KHÓA quỹ tuyền hoàn thuở khuya xã kỹ lũy ƯU
1.292 7.500 71,27% 5-7 25/63 2024 ( ) “ ” – : ; , . … UBND TP.HCM
"""
WORDS = TEXT.split()
# Clean on the left, what stands for it in raw texts on the right.
OLDER_TONES = {"òa": "oà", "óa": "oá", "ỏe": "oẻ", "ủy": "uỷ", "ũy": "uỹ", "ÓA": "OÁ"}
SPACES = {
    " ": (" ", "\u00a0", "\u202f", "\u2007", "\u2003", "\u3000"),
    "\n": ("\n", "\r\n", "\r", "\u2028", "\u0085"),
}
INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\x00")


def with_newer_tones(word: str) -> str:
    """``word`` with the tone on the second vowel of a pair it ends in."""
    for older, newer in OLDER_TONES.items():
        if word.endswith(older):
            return word.removesuffix(older) + newer
    return word


@st.composite
def raw_words(draw: st.DrawFn) -> tuple[str, str]:
    """A word and one of the forms it is found in."""
    clean = draw(st.sampled_from(WORDS))
    raw = with_newer_tones(clean) if draw(st.booleans()) else clean
    if draw(st.booleans()):
        raw = raw.replace("ư", "\u01a3").replace("Ư", "\u01a2")
    if draw(st.booleans()):
        raw = raw.replace("đ", "\u00f0").replace("Đ", "\u00d0")
    raw = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD"))), raw)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(raw)))
        raw = raw[:at] + draw(st.sampled_from(INVISIBLE)) + raw[at:]
    return clean, raw


@st.composite
def raw_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A clean text and one of its raw forms."""
    clean, raw = "", ""
    for clean_word, raw_word in draw(st.lists(raw_words(), max_size=12)):
        space = draw(st.sampled_from((" ", " ", " ", "\n")))
        raw_space = draw(st.sampled_from(SPACES[space]))
        clean, raw = clean + clean_word + space, raw + raw_word + raw_space
    return clean, raw


def token_spans(text: CleanText) -> list[tuple[int, int]]:
    return [(token.start, token.end) for token in tokenize(text.clean)]


@given(raw_texts())
@example(("hứng", "h\u01a3\u0301ng"))
@example(("cộng", "co\u0302\u200b\u0323ng"))
def test_every_form_of_a_text_has_one_clean_form(case: tuple[str, str]) -> None:
    clean, raw = case
    assert clean_text(raw).clean == clean


@given(raw_texts(), st.data())
def test_a_clean_span_leads_to_a_raw_span_that_cleans_to_it(
    case: tuple[str, str], data: st.DataObject
) -> None:
    text = clean_text(case[1])
    spans = token_spans(text)
    if not spans:
        return
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    start, end = spans[first][0], spans[last][1]
    raw = text.raw[slice(*text.to_raw(start, end))]
    assert clean_text(raw).clean == text.clean[start:end]


@given(raw_texts())
def test_a_raw_span_leads_back_to_its_clean_character(case: tuple[str, str]) -> None:
    text = clean_text(case[1])
    for index in range(len(text.clean)):
        start, end = text.to_raw(index, index + 1)
        assert start < end
        assert {text.to_clean(offset) for offset in range(start, end)} == {index}


@given(raw_texts())
def test_cleaning_twice_changes_nothing_and_needs_no_map(case: tuple[str, str]) -> None:
    once = clean_text(case[1]).clean
    twice = clean_text(once)
    assert twice.clean == once
    assert twice.runs is None


GAPS = ("\t", " \t", "   ", "\u00a0\u00a0\u00a0 ")


@given(
    st.integers(3, 5).flatmap(lambda n: st.lists(st.lists(raw_words(), min_size=n, max_size=n), min_size=3))
)
def test_the_cells_of_a_typed_table_are_kept_apart(rows: list[list[tuple[str, str]]]) -> None:
    gaps = cycle(GAPS)
    raw = "\n".join("".join(word + next(gaps) for _, word in row).rstrip() for row in rows)
    text = clean_text(raw)
    assert text.clean.split("\n") == [" | ".join(clean for clean, _ in row) for row in rows]
    for start, end in (token for token in token_spans(text) if text.clean[slice(*token)] != "|"):
        assert clean_text(raw[slice(*text.to_raw(start, end))]).clean == text.clean[start:end]


def test_blanks_that_only_fill_lines_are_no_table() -> None:
    prose = "Tỉnh   có   108 tổ công nghệ số.\nCác tổ giúp người dân nộp hồ sơ.\nMỗi tổ   có   7 người."
    assert "|" not in clean_text(prose).clean


ANY_TEXT = st.text(max_size=80) | st.text(
    st.sampled_from([*"oOuUaeyAEYq \n\rƯư1.", "\u0301", "\u0302", "\u0323", "\u01a3", *INVISIBLE]),
    max_size=30,
)


@given(ANY_TEXT)
@example("o\u1ea1\u0301")
@example("\r\u0301")
def test_any_text_at_all_can_be_cleaned_and_mapped(raw: str) -> None:
    text = clean_text(raw)
    assert not set(text.clean) & {*INVISIBLE, "\r", "\u00a0"}
    previous = (0, 0)
    for index in range(len(text.clean)):
        start, end = text.to_raw(index, index + 1)
        assert 0 <= start < end <= len(raw)
        assert previous <= (start, end)
        previous = (start, end)


@given(
    st.text(
        st.sampled_from(
            [*"oOuUaeyAEYqbô \n\rƯư1.", *"\u0300\u0301\u0302\u0306\u031b\u0323", "\u01a3", "\u200b"]
        )
    )
)
def test_clean_vietnamese_is_composed(raw: str) -> None:
    assert unicodedata.is_normalized("NFC", clean_text(raw).clean)
