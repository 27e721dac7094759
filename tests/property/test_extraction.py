"""Whatever stands in a text, it is read without an error, and what is read of it is possible."""

from __future__ import annotations

import math

from hypothesis import example, given
from hypothesis import strategies as st

from nhanluc_extract.model import Article, Fact
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.rulepack.model import DIMENSIONS, EVIDENCE, RulePack
from nhanluc_extract.text.characters import clean_text
from nhanluc_extract.text.spans import Spans
from nhanluc_extract.text.tokens import tokenize

WORDS = (
    "tổ công nghệ số cộng đồng", "cán bộ", "cán bộ công nghệ thông tin", "công chức", "thành viên",
    "học viên", "kỹ sư công nghệ thông tin", "chỉ tiêu", "lớp tập huấn", "chuyển đổi số",
    "kỹ năng số", "xã", "thôn",
    "lượt người", "người", "đại học", "thạc sĩ", "chuyên trách", "đã đào tạo", "tập huấn cho", "cần", "thiếu",
    "có", "là", "trong đó", "gồm", "lần lượt", "tổng số", "số", "tỷ lệ", "mỗi", "mỗi xã", "hơn", "ít nhất",
    "trở lên", "đến", "từ", "và", "năm", "ngày", "tháng", "giai đoạn", "đến năm 2030", "mục tiêu",
    "tỉnh Lào Cai", "huyện Bát Xát", "xã Mường Hum", "Sở Thông tin và Truyền thông", "Việt Nam", "Nhật Bản",
    "không có", "chưa có", "nào", "Kế hoạch", "triệu", "nghìn", "tỷ", "một", "hai", "ba mươi", "rưỡi", "linh",
)  # fmt: skip
MARKS = (
    ",",
    ".",
    ";",
    ":",
    "(",
    ")",
    "-",
    "–",
    "/",
    "%",
    "|",
    "“",
    "”",
    '"',
    "…",
    "*",
    "±",
    "\n",
    "\n- ",
    "\n1. ",
)
ODD = (
    "\u0301",
    "\u0323",
    "\u200b",
    "\u00a0",
    "\u00ad",
    "²",
    "½",
    "٣",
    "Ⅳ",
    "\ud800",
    "😀",
    "İ",
    "ß",
    "\x00",
    "１２",
)

numbers = st.one_of(
    st.integers(0, 10**6).map(str),
    st.integers(0, 10**30).map(str),
    st.integers(1000, 10**9).map(lambda number: f"{number:,}".replace(",", ".")),
    st.decimals(0, 400, places=2).map(lambda number: str(number).replace(".", ",")),
    st.from_regex(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,5}", fullmatch=True),
    st.from_regex(r"[12][0-9]{3}(-[12][0-9]{3})?", fullmatch=True),
)
pieces = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(WORDS), numbers, st.sampled_from(MARKS), st.sampled_from(ODD)
)
gaps = st.sampled_from((" ", " ", " ", " ", "", "\n", "  "))
texts = st.lists(st.tuples(pieces, gaps), max_size=40).map(lambda parts: "".join(a + b for a, b in parts))


@given(texts)
@example("Kế hoạch 20/5/0224:\nTỉnh có 2.500 tổ công nghệ số cộng đồng.")
@example(f"Tỉnh có {'9' * 309} tổ công nghệ số cộng đồng.")
@example(f"Tỉnh có {' '.join(['999'] * 103)} tổ công nghệ số cộng đồng.")
@example(f"Tỉnh có 20 - {'9' * 24} tổ công nghệ số cộng đồng.")
@example(f"Đã đào tạo {'1' * 24} tỷ cán bộ công nghệ thông tin.")
@example(f"Đào tạo cho {'1' * 5000} cán bộ, tại {'1' * 5000} tỉnh, thành phố.")
@example("Tỉnh có 1.00 0 tổ công nghệ số cộng đồng.")
@example("Tỉnh có ²²²² tổ công nghệ số cộng đồng.")
@example("Có 298% cán bộ, 3,5 triệu% người; tỉnh có 1,5 tổ công nghệ số cộng đồng và 0.187 tổ.")
@example("Giai đoạn 2025-2021, tỉnh có 2.500 tổ công nghệ số cộng đồng.")
@example("Ngày 8, hơn 90 cán bộ công nghệ thông tin các xã được triệu tập dự lớp tập huấn.")
@example("Tỉnh có 12 tổ\ud800 công nghệ số cộng đồng và 300 cán bộ.")
def test_whatever_is_read_is_possible(extractor: Extractor, text: str) -> None:
    for fact in extractor.facts(Article("", text)):
        assert 0 <= fact.start < fact.end <= len(text)
        assert reads_back(text, fact)
        assert_closed(extractor.pack, fact)
        assert_possible(fact)


def reads_back(text: str, fact: Fact) -> bool:
    """Whether the number at the place of a fact is its value; zero in words is a word that negates."""
    surface = clean_text(text[fact.start : fact.end]).clean
    spans = Spans(surface, tokenize(surface), {}, frozenset())
    numeral = spans.numeral(0)
    return fact.value == 0 if numeral is None else spans.build(numeral).value == fact.value


def assert_closed(pack: RulePack, fact: Fact) -> None:
    indicator = pack.indicators[fact.indicator]
    assert fact.unit in indicator.units
    assert fact.evidence in EVIDENCE
    assert set(fact.flags) <= pack.flags.keys()
    for name in DIMENSIONS:
        value = getattr(fact, name)
        assert value is None or (
            name in indicator.dimensions and set(value.split("+")) <= {*pack.order[name]}
        )


def assert_possible(fact: Fact) -> None:
    figures = [float(figure) for figure in (fact.value, fact.high, fact.of) if figure is not None]
    assert all(math.isfinite(figure) and figure >= 0 for figure in figures)
    if fact.unit == "percent":
        assert all(figure <= 100 for figure in figures[: 1 + (fact.high is not None)])
    elif fact.per is None:
        assert all(figure == int(figure) for figure in figures)
    assert (fact.period is None) == (fact.period_start is None) == (fact.period_end is None)
    assert fact.period_start is None or fact.period_end is None or fact.period_start <= fact.period_end
