"""Any number in any spelling reads back as itself, and words that only look like numbers never do."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from nhanluc_extract.model import Quantity
from nhanluc_extract.text.characters import clean_text
from nhanluc_extract.text.dates import find_periods
from nhanluc_extract.text.numerals import read
from nhanluc_extract.text.quantities import find_quantities
from nhanluc_extract.text.tokens import tokenize

LARGEST = 10**10
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# How a digit may be said behind a tens word, and how with the tens word left out (ba lăm).
AFTER_TENS = {1: ("mốt", "một"), 4: ("tư", "bốn"), 5: ("lăm", "nhăm"), 7: ("bảy", "bẩy")}
WITHOUT_TENS = {1: ("mốt",), 4: ("tư",), 5: ("lăm", "nhăm")}


class Speller:
    """Spells integers; Hypothesis chooses among the variants."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def one_of(self, *variants: str) -> str:
        return self.draw(st.sampled_from(variants))

    def digit(self, digit: int) -> str:
        return self.one_of("bảy", "bẩy") if digit == 7 else DIGITS[digit]

    def below_hundred(self, number: int) -> str:
        tens, unit = divmod(number, 10)
        if tens == 0:
            return self.digit(unit)
        if unit == 0:
            ten = f"{self.digit(tens)} {self.one_of('mươi', 'chục')}"
            return ten if tens > 1 else self.one_of("mười", "một chục")
        if tens == 1:
            return f"mười {self.one_of('lăm', 'nhăm') if unit == 5 else self.digit(unit)}"
        long = f"{self.digit(tens)} mươi {self.one_of(*AFTER_TENS.get(unit, (DIGITS[unit],)))}"
        if unit not in WITHOUT_TENS:
            return long
        return self.one_of(long, f"{self.digit(tens)} {self.one_of(*WITHOUT_TENS[unit])}")

    def behind_hundreds(self, number: int) -> str:
        """Tens and units behind ``trăm``."""
        return (
            f"{self.one_of('linh', 'lẻ')} {self.digit(number)}" if number < 10 else self.below_hundred(number)
        )

    def below_thousand(self, number: int) -> str:
        hundreds, rest = divmod(number, 100)
        if hundreds == 0:
            return self.below_hundred(number)
        words = f"{self.digit(hundreds)} trăm"
        if rest == 50 and self.draw(st.booleans()):
            return f"{words} rưỡi"
        return f"{words} {self.behind_hundreds(rest)}" if rest else words

    def last_group(self, number: int) -> str:
        """The units behind a thousand, a million or a billion."""
        if number >= 100:
            return self.below_thousand(number)
        return self.one_of("không trăm ", "") + self.behind_hundreds(number)

    def integer(self, number: int) -> str:
        if number == 0:
            return "không"
        parts: list[str] = []
        billions, rest = divmod(number, 10**9)
        millions, rest = divmod(rest, 10**6)
        thousands, rest = divmod(rest, 1000)
        if billions:
            parts.append(f"{self.below_thousand(billions)} {self.one_of('tỷ', 'tỉ')}")
        if millions:
            parts.append(f"{self.below_thousand(millions)} triệu")
        if thousands >= 10 and self.draw(st.booleans()):
            parts.append(f"{self.below_hundred(thousands // 10)} vạn")
            thousands %= 10
        if thousands:
            parts.append(f"{self.below_thousand(thousands)} {self.one_of('nghìn', 'ngàn')}")
        if rest:
            parts.append(self.last_group(rest) if parts else self.below_thousand(rest))
        return " ".join(parts)


def integers() -> st.SearchStrategy[int]:
    """Numbers of every length alike, not mostly long ones; round ones too."""
    lengths = st.integers(1, 10).flatmap(lambda length: st.integers(0, 10**length))
    rounds = st.builds(lambda head, zeros: head * 10**zeros, st.integers(0, 999), st.integers(0, 7))
    return st.one_of(lengths, rounds)


@st.composite
def spelled(draw: st.DrawFn) -> tuple[int, str]:
    number = draw(integers())
    words = Speller(draw).integer(number)
    return number, draw(st.sampled_from((words, words.capitalize(), words.upper())))


@st.composite
def written(draw: st.DrawFn) -> tuple[int, str]:
    """A number in figures: bare, padded, or in groups of three with one of the separators."""
    number = draw(integers())
    plain = f"{number:02d}" if draw(st.booleans()) else str(number)
    grouped = f"{number:,}".replace(",", draw(st.sampled_from((".", ",", " "))))
    return number, draw(st.sampled_from((plain, grouped)))


@st.composite
def scaled(draw: st.DrawFn) -> tuple[Decimal, str]:
    """A decimal number and a scale word: 1,3 triệu."""
    places = draw(st.integers(0, 3))
    figures = draw(st.integers(1, 999 * 10**places).filter(lambda figures: not places or figures % 10))
    value = Decimal(figures).scaleb(-places)
    # With a point, three decimals are thousands: 1.286 nghìn is 1 286 000.
    mark = draw(st.sampled_from((",", "."))) if places < 3 else ","
    word, factor = draw(
        st.sampled_from((("nghìn", 10**3), ("ngàn", 10**3), ("vạn", 10**4), ("triệu", 10**6)))
    )
    return value * factor, f"{value:f}".replace(".", mark) + f" {word}"


@st.composite
def mixed(draw: st.DrawFn) -> tuple[int, str]:
    """Figures with scale words between them: 2 nghìn 500, 1 triệu 200 nghìn."""
    speller = Speller(draw)
    number, parts = 0, []
    group = st.integers(1, 999)
    if draw(st.booleans()):
        number += (millions := draw(group)) * 10**6
        parts.append(f"{millions} triệu")
    if draw(st.booleans()) or not parts:
        number += (thousands := draw(group)) * 1000
        parts.append(f"{thousands} {speller.one_of('nghìn', 'ngàn')}")
        if draw(st.booleans()):
            number += (rest := draw(st.integers(100, 999)))
            parts.append(str(rest))
    elif draw(st.booleans()):
        number += 500_000
        parts.append("rưỡi")
    return number, " ".join(parts)


def counts(sentence: str) -> list[Quantity]:
    clean = clean_text(sentence).clean
    found = find_quantities(clean, tokenize(clean), find_periods(clean, 0, None))
    return [quantity for quantity in found if quantity.is_candidate]


@given(spelled())
@example((10**10, "mười tỉ"))
@example((1_000_001, "một triệu không trăm lẻ một"))
def test_a_number_in_words_reads_back_as_itself(case: tuple[int, str]) -> None:
    number, words = case
    assert read(words) == number


@given(written())
@example((LARGEST, "10.000.000.000"))
def test_a_number_in_figures_reads_back_as_itself(case: tuple[int, str]) -> None:
    number, figures = case
    assert read(figures) == number


@given(scaled())
@example((Decimal(1_300_000), "1,3 triệu"))
def test_a_decimal_with_a_scale_word_reads_back_as_itself(case: tuple[Decimal, str]) -> None:
    number, surface = case
    assert read(surface) == number


@given(mixed())
@example((2500, "2 nghìn 500"))
def test_figures_mixed_with_words_read_back_as_one_number(case: tuple[int, str]) -> None:
    number, surface = case
    assert read(surface) == number


@given(st.integers(0, 10**7), st.integers(1, 4), st.sampled_from(("{},{}", "{}.{}")))
def test_a_decimal_fraction_reads_back_as_itself(whole: int, places: int, style: str) -> None:
    decimals = "7" * places
    surface = style.format(whole, decimals)
    if places == 3 and 0 < whole < 1000:  # 1.777 and 1,777 are whole numbers in one of the styles
        assert read(surface) == Decimal(f"{whole}{decimals}")
    else:
        assert read(surface) == Decimal(f"{whole}.{decimals}")


@given(
    st.one_of(spelled().filter(lambda case: case[1].islower()), mixed(), scaled()),
    st.sampled_from(
        ("Toàn tỉnh có {} tổ.", "Đã đào tạo {} người,", "Số lượng: {} cán bộ", "({} lượt người)")
    ),
)
def test_a_number_in_a_sentence_is_found_whole(case: tuple[int | Decimal, str], frame: str) -> None:
    number, surface = case
    sentence = frame.format(surface)
    if number == 0:
        assert counts(sentence) == []  # "không" negates; nobody counts none
        return
    (found,) = counts(sentence)
    assert found.value == number
    assert sentence[found.start : found.end] == surface


@given(
    st.tuples(integers(), integers()).map(sorted).filter(lambda ends: 10 < ends[0] < ends[1]),
    st.sampled_from(("-", " - ", "–", " – ", " đến ", " tới ")),
)
def test_a_range_of_any_numbers_has_both_ends(ends: list[int], connector: str) -> None:
    low, high = (f"{end:,}".replace(",", ".") for end in ends)
    sentence = f"Mỗi nơi có {low}{connector}{high} người."
    (found,) = counts(sentence)
    assert [found.value, found.high] == ends
    assert found.qualifier == "range"
    assert sentence[found.start : found.end] == f"{low}{connector}{high}"


LOOKALIKES = st.sampled_from(
    (
        "năm 2024",
        "trong năm",
        "năm nay",
        "năm học mới",
        "tỷ lệ",
        "tỉ trọng",
        "một số",
        "một phần",
        "một trong những",
        "thứ hai",
        "sáng thứ bảy",
        "lần thứ tư",
        "Ba Đình",
        "quận Ba Đình",
        "huyện Tư Nghĩa",
        "phường Bảy Hiền",
        "ông Năm",
        "tư vấn",
        "đầu tư",
        "Đề án 06",
        "Quyết định số 812/QĐ-TTg",
        "mức độ 4",
        "14 giờ 30",
        "hạng 25/63",
        "2 tỷ đồng",
        "hàng nghìn người",
        "vài trăm lớp",
    )
)
FILLERS = st.sampled_from(
    ("xã", "cán bộ", "đã", "hướng dẫn", "người dân", "ở", "với", "kỹ năng", "được", "mở")
)


@given(
    st.lists(st.tuples(FILLERS, LOOKALIKES, FILLERS), min_size=1, max_size=4), st.sampled_from((", ", "; "))
)
def test_no_count_comes_out_of_words_that_look_like_numbers(
    phrases: list[tuple[str, str, str]], mark: str
) -> None:
    sentence = "Nay " + mark.join(" ".join(phrase) for phrase in phrases) + "."
    assert counts(sentence) == []


NUMBER_WORDS = """
không một hai ba bốn năm sáu bảy tám chín mốt lăm nhăm tư mươi mười chục trăm nghìn ngàn vạn triệu tỷ
linh lẻ rưỡi phần hàng vài từ đến hơn gần thứ tổ người đồng tháng Ba
12 04 1.292 3,5 7.500 6/2023 ² - / % , . (
"""
SYLLABLES = st.sampled_from([*NUMBER_WORDS.split(), "năm 2024", "không có ai", "trở lên"])


@given(st.lists(SYLLABLES, max_size=25).map(" ".join) | st.text(max_size=60))
@example("vài Ba năm")
@example("http://a.vn/hơn 108/108 xã")
@example("quý \u0130/2024 có 12 tổ")
def test_quantities_of_any_text_stand_apart_and_in_order(text: str) -> None:
    clean = clean_text(text).clean
    tokens = tokenize(clean)
    found = find_quantities(clean, tokens, find_periods(clean, 0, None))
    for quantity in found:
        assert 0 <= quantity.first < quantity.last <= len(tokens)
        assert quantity.hedge_start <= quantity.start < quantity.end <= len(clean)
        assert quantity.high is None or quantity.high > quantity.value
        assert quantity.of is None or quantity.of >= quantity.value
    assert all(before.end <= behind.start for before, behind in pairwise(found))
    assert all(before.last <= behind.first for before, behind in pairwise(found))
