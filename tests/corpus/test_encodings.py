"""One sentence in many encodings: the text comes out the same, or is refused by name."""

from __future__ import annotations

import io
import unicodedata

import pytest

from nhanluc_extract.reading.content import UnreadableError
from nhanluc_extract.reading.encodings import decode, settle
from nhanluc_extract.reading.legacy import as_windows_1252
from nhanluc_extract.reading.streams import in_utf_8

SENTENCE = "Toàn tỉnh có 1.240 tổ công nghệ số cộng đồng, gần 6.500 người đã được bồi dưỡng kỹ năng số."
UTF_8 = SENTENCE.encode()
TCVN3 = (
    b"To\xb5n t\xd8nh c\xe3 1.240 t\xe6 c\xabng ngh\xd6 s\xe8 c\xe9ng \xae\xe5ng, g\xc7n 6.500 ng\xad\xeai "
    b"\xae\xb7 \xae\xad\xeec b\xe5i d\xad\xecng k\xfc n\xa8ng s\xe8."
)
VPS = (
    b"To\xe0n t\xccnh c\xf3 1.240 t\xb0 c\xf4ng ngh\x8c s\xd3 c\xb6ng \xc7\xd2ng, g\xc0n 6.500 ng\xdc\xa9i "
    b"\xc7\xe3 \xc7\xdc\xaec b\xd2i d\xdc\xabng k\xcf n\xe6ng s\xd3."
)
VNI = (
    b"Toa\xf8n t\xe6nh co\xf9 1.240 to\xe5 co\xe2ng nghe\xe4 so\xe1 co\xe4ng \xf1o\xe0ng, ga\xe0n 6.500 "
    b"ng\xf6\xf4\xf8i \xf1a\xf5 \xf1\xf6\xf4\xefc bo\xe0i d\xf6\xf4\xf5ng ky\xf5 na\xeang so\xe1."
)
TONES = "\u0300\u0301\u0303\u0309\u0323"
MISREAD = as_windows_1252(UTF_8)


def windows_1258(text: str) -> bytes:
    """Each letter with its shape, its tone behind it: the only way that this encoding has."""
    encoded = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        shaped = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        encoded += shaped + "".join(part for part in parts if part in TONES)
    return encoded.encode("cp1258")


def read(data: bytes) -> str:
    """As a file with these bytes is read."""
    return decode(in_utf_8(data, io.BytesIO(data)).read())


ENCODED = {
    "utf-8": UTF_8,
    "utf-8 with its mark": b"\xef\xbb\xbf" + UTF_8,
    "utf-16 with its mark": SENTENCE.encode("utf-16"),
    "utf-16-be with its mark": b"\xfe\xff" + SENTENCE.encode("utf-16-be"),
    "utf-16-le": SENTENCE.encode("utf-16-le"),
    "utf-16-be": SENTENCE.encode("utf-16-be"),
    "tcvn3": TCVN3,
    "tcvn3 read as latin-1, kept as utf-8": TCVN3.decode("latin-1").encode(),
    "tcvn3 read as windows-1252, kept as utf-8": as_windows_1252(TCVN3).encode(),
    "vni": VNI,
    "vni read as windows-1252, kept as utf-8": as_windows_1252(VNI).encode(),
    "vps": VPS,
    "vps read as windows-1252, kept as utf-8": as_windows_1252(VPS).encode(),
    "utf-8 read as latin-1": UTF_8.decode("latin-1").encode(),
    "utf-8 read as windows-1252": MISREAD.encode(),
    "utf-8 read as windows-1252 twice": as_windows_1252(MISREAD.encode()).encode(),
    "utf-8 read as windows-1252, no-break spaces made plain": MISREAD.replace("\xa0", " ").encode(),
}


@pytest.mark.parametrize("name", ENCODED)
def test_the_sentence_comes_out_the_same(name: str) -> None:
    assert read(ENCODED[name]) == SENTENCE


def test_windows_1258_keeps_its_combining_marks() -> None:
    text = decode(windows_1258(SENTENCE))
    assert text != SENTENCE
    assert unicodedata.normalize("NFC", text) == SENTENCE


def test_decomposed_text_stays_as_it_is() -> None:
    decomposed = unicodedata.normalize("NFD", SENTENCE)
    assert decode(decomposed.encode()) == decomposed


def test_small_letters_of_a_font_of_capitals_become_capitals() -> None:
    shown = "TØNH Hµ NAM Cã 108 Tæ C¤NG NGHÖ Sè, g\xc7n 6.500 ng\xad\xeai \xae\xad\xeec b\xe5i d\xad\xecng"
    assert settle(shown) == "TỈNH Hà NAM Có 108 Tổ CÔNG NGHỆ Số, gần 6.500 người được bồi dưỡng"


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết đã được thông qua ĐÃ” – “Á”, gần 5 m² ± 3°, §2 và ©2024, ®Một, «Chào mừng».",
        "Ông Müller (Đức) và bà Françoise Ångström cùng dự, có 3 cán bộ.",
        "À, Ý kiến: “Được không à”… “Có” Ð.",
        "Café déjà vu, garçon à l'hôtel, naïve façade, Noël.",
        "Ünïcödé Æsir Øresund ß × ÷ þ",
        "Đà Nẵng",
        "«à»",
    ],
)
def test_correct_text_is_never_touched(text: str) -> None:
    assert decode(text.encode()) == text


def test_lines_read_wrongly_in_a_page_that_was_not_are_mended_alone() -> None:
    assert settle(f"{SENTENCE}\n{MISREAD}\n{SENTENCE}") == "\n".join([SENTENCE] * 3)


def test_half_a_character_becomes_the_replacement_character() -> None:
    assert settle("Có 12 tổ \ud83d ở xã") == "Có 12 tổ \ufffd ở xã"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"D\xc3\xb2ng m\xe1\xbb\x99t\nD\xf2ng hai", "Not UTF-8: byte 0xf2 in line 2."),
        ("Café déjà vu, garçon à l'hôtel.".encode("latin-1"), "Not UTF-8: byte 0xe9 in line 1."),
        (SENTENCE.encode("utf-16")[:-1], "Broken UTF-16-LE: truncated data."),
        (
            TCVN3 + b" \xe5\xe5\xe5 \xf8\xf8 \xb5\xb5\xb5 \xd8\xd8 \xe8\xe8 \xe9\xe9 \xae\xae",
            "It looks like TCVN3 (ABC).",
        ),
        (
            MISREAD.replace("\xba", "").replace("\xbb", "").encode(),
            "It looks like UTF-8 read as Windows-1252.",
        ),
    ],
)
def test_what_is_not_certain_is_refused_and_named(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(data)
    assert told in str(refused.value)
    assert "UTF-8" in str(refused.value)
