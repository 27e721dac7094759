"""What the numbers of a sentence say, and what those are that count nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nhanluc_extract.model import Quantity
from nhanluc_extract.text.dates import find_periods
from nhanluc_extract.text.quantities import find_quantities
from nhanluc_extract.text.tokens import tokenize

PUBLISHED = date(2024, 6, 15)


def quantities(sentence: str) -> list[Quantity]:
    return find_quantities(sentence, tokenize(sentence), find_periods(sentence, 0, PUBLISHED))


def counts(sentence: str) -> list[Quantity]:
    return [quantity for quantity in quantities(sentence) if quantity.is_candidate]


def only_count(sentence: str) -> Quantity:
    found = counts(sentence)
    assert len(found) == 1, found
    return found[0]


SAME_RANGE: dict[tuple[str, str], tuple[str, ...]] = {
    ("4", "12"): ("4-12", "4 - 12", "4–12", "4—12", "4 đến 12", "04 đến 12", "4 tới 12", "bốn đến mười hai"),
    ("5", "7"): ("5-7", "5 ~ 7", "năm đến bảy", "năm - bảy"),
    ("3000", "5000"): (
        "3-5 nghìn",
        "3 đến 5 nghìn",
        "3.000-5.000",
        "3 nghìn đến 5 nghìn",
        "3.000 đến 5 nghìn",
    ),
    ("3500000", "4000000"): ("3,5 - 4 triệu", "3,5 triệu đến 4 triệu", "3.500.000 – 4.000.000"),
    ("1500000", "2000000"): ("1,5 - 2 triệu", "1,5 triệu - 2 triệu"),
    ("50000", "60000"): ("50-60 nghìn", "50 nghìn - 60 nghìn", "50.000-60.000"),
}

SAME_RATIO: dict[tuple[str, str], tuple[str, ...]] = {
    ("108", "108"): ("108/108", "108 / 108", "108/ 108"),
    ("5", "30"): ("05/30", "5/30"),
    ("25736", "36845"): ("25.736/36.845", "25.736 / 36.845", "25736/36845"),
}

SAME_SHARE: dict[str, tuple[str, ...]] = {
    "100": ("100%", "100 %", "một trăm phần trăm", "100 phần trăm"),
    "71.27": ("71,27%", "71.27%", "71,27 phần trăm"),
    "85.125": ("85,125%",),
    "2": ("2%", "02%", "hai phần trăm"),
}

HEDGES: dict[str, tuple[str, ...]] = {
    "exact": ("", "chỉ ", "chỉ có ", "mới có ", "đúng ", "tròn ", "vỏn vẹn ", "tới ", "chỉ còn "),
    "over": (
        "hơn ",
        "trên ",
        "khoảng hơn ",
        "hơn khoảng ",
        "khoảng trên ",
        "quá ",
        "vượt mốc ",
        "ước đạt trên ",
        "nhiều hơn ",
    ),
    "under": (
        "gần ",
        "dưới ",
        "ngót ",
        "ngót nghét ",
        "chưa đến ",
        "chưa tới ",
        "chưa đầy ",
        "khoảng gần ",
        "gần khoảng ",
        "suýt soát ",
    ),
    "about": (
        "khoảng ",
        "chừng ",
        "ước ",
        "ước khoảng ",
        "ước tính có khoảng ",
        "xấp xỉ ",
        "vào khoảng ",
        "trên dưới ",
        "cỡ ",
    ),
    "at_least": ("ít nhất ", "tối thiểu ", "tối thiểu có ", "ít nhất là ", "không dưới ", "không ít hơn "),
    "at_most": ("tối đa ", "không quá ", "nhiều nhất ", "tối đa là ", "không vượt quá "),
}

TRAILING_HEDGES = (
    ("120 trở lên", "at_least"),
    ("120 người trở lên", "at_least"),
    ("120 học viên trở lên", "at_least"),
    ("120 thành viên trở lên", "at_least"),
    ("120 cán bộ trở xuống", "at_most"),
    ("trên 120 người trở lên", "at_least"),
    ("120 học viên có trình độ đại học trở lên", "exact"),
)

# What a number is that counts neither people nor bodies, in sentences of its kind.
OTHER_KINDS: dict[str, tuple[str, ...]] = {
    "date": (
        "Lớp học mở ngày 29.3.",
        "Tổ ra đời từ tháng 7.2021.",
        "Việc rà soát hoàn tất trong năm 2024.",
        "Trong giai đoạn 2021-2025, xã giữ nguyên đội ngũ.",
        "Năm học 2023 - 2024 đã khép lại.",
    ),
    "document": (
        "Xã làm theo Quyết định số 812/QĐ-TTg.",
        "Huyện đã ban hành Kế hoạch 73/KH-UBND.",
        "Tinh thần của Nghị quyết 57-NQ/TW lan tới từng thôn.",
        "Đề án 06 được triển khai ở xã.",
        "Nghị quyết số 18 của tỉnh nêu rõ việc này.",
    ),
    "rank": (
        "Tỉnh xếp hạng 25/63 về chuyển đổi số.",
        "Huyện đứng thứ 14/63 cả nước.",
        "Hội nghị lần thứ 4 bàn về nhân lực.",
        "Số tổ tăng gấp 3 lần.",
        "Chỉ số tăng 1 bậc.",
        "Lớp học mở vào sáng thứ hai.",
        "Xã về đích thứ ba trong huyện.",
    ),
    "level": ("Hệ thống đạt cấp độ 3.",),
    "money": (
        "Kinh phí là 2,5 tỷ đồng.",
        "Mỗi tháng tổ trưởng nhận 1.200.000 đồng.",
        "Dự án trị giá 5 nghìn tỷ đồng.",
        "Doanh thu đạt 20 USD.",
    ),
    "duration": (
        "Tổ hoạt động được 4 tháng.",
        "Khóa học kéo dài hai tuần.",
        "Khóa học kéo dài 8 buổi.",
        "Em học lập trình hai buổi mỗi tuần.",
        "Mười năm qua, xã đã đổi khác.",
        "Sau một năm, xã đã đổi khác.",
    ),
    "age": (
        "Người từ 18 tuổi trở lên được cấp chữ ký số.",
        "Người cao tuổi nhất đã 82 tuổi.",
        "Tuổi trung bình của tổ là 34,4 tuổi.",
        "Đối tượng là thanh niên trong độ tuổi từ 18 đến 35.",
    ),
    "time": ("Lớp bắt đầu lúc 14 giờ 30.", "Lớp bắt đầu lúc 8h30."),
    "identifier": (
        "Tổng đài hỗ trợ 24/7.",
        "Thời của công nghiệp 4.0 đã đến.",
        "Đường dây nóng là 0912345678.",
        "Mạng 5G phủ tới xã.",
        "Học viên liên hệ ĐT: (08) 3822 2875.",
        "Tài khoản nên bật xác thực hai lớp.",
        "Chương trình cử nhân 2 + 1 vừa mở.",
        "Nhận định này đã có từ lâu [4].",
        "Xem tại https://vidu.vn/tin/5/6 để rõ.",
        "Ảnh lưu ở tệp 2-3450.jpg trên máy chủ.",
    ),
    "name": (
        "Học sinh lớp 12, cả nước.",
        "Em học khối 9 ở Hà Nội.",
        "Phòng 8 của tòa nhà.",
        "Tổ 5, phường Tân Lập họp dân.",
        "Quận 1 có nhiều tổ mạnh.",
        "Học sinh lớp 5A3 múa hát.",
        "Hệ thống đào tạo theo mô hình hai lớp.",
    ),
    "fraction": (
        "Khoảng 2/3 số xã đã làm.",
        "Gần một phần ba trong số này đã rời đi.",
        "Ba phần tư số thôn có mạng.",
    ),
    "population": (
        "Nước ta có dân số hơn 100 triệu người.",
        "Đó là thị trường 100 triệu dân.",
    ),
    "measure": ("Tuyến đường dài 100 km.", "Trường rộng 12 ha."),
    "vague": (
        "Đã có hàng nghìn người tham gia.",
        "Có hàng chục nghìn lượt người xem.",
        "Xã có vài trăm người dùng.",
        "Mở được mấy chục lớp.",
        "Mỗi xã có dăm ba người am hiểu.",
        "Chỉ vài ba lớp được mở.",
        "Cần thêm đôi ba cán bộ.",
        "Mỗi thôn có ba, bốn người giúp việc.",
        "Xã mở năm bảy lớp.",
    ),
}

WITHOUT_A_COUNT = (
    "Trong năm 2024, xã tiếp tục kiện toàn đội ngũ.",
    "Năm nay huyện giữ nguyên đội ngũ.",
    "Năm đó chưa ai biết dùng máy tính.",
    "Sinh viên năm cuối đi thực tập.",
    "Mỗi năm xã đều mở lớp.",
    "Trong năm, xã đã mở lớp.",
    "Tỷ lệ này còn thấp.",
    "Tỉ trọng dịch vụ tăng dần.",
    "Một số xã còn lúng túng.",
    "Đây là một trong những xã đi đầu.",
    "Đây là một tổ điển hình.",
    "Một phần kinh phí do dân góp.",
    "Thứ hai, cần nâng cao kỹ năng.",
    "Quận Ba Đình đi đầu về chuyển đổi số.",
    "Phường Bảy Hiền mở lớp cho tiểu thương.",
    "Huyện Tư Nghĩa và huyện Năm Căn cùng học hỏi.",
    "Ông Ba, bà Bảy đều biết dùng ứng dụng.",
    "Đường Hai Bà Trưng đã có camera.",
    "Thị trấn Ba Vì đông khách.",
    "Đội ngũ tư vấn còn mỏng.",
    "Doanh nghiệp tư nhân cùng tham gia.",
    "Không phải xã nào cũng làm được.",
    "Phần lớn cán bộ đã quen việc.",
    "Ghi chú ² ở cuối trang.",
    "",
)


@pytest.mark.parametrize(
    ("low", "high", "surface"),
    [(*ends, surface) for ends, surfaces in SAME_RANGE.items() for surface in surfaces],
)
@pytest.mark.parametrize(
    "frame", ["Mỗi tổ có {} thành viên.", "Mỗi tổ có từ {} thành viên.", "Có khoảng {} người"]
)
def test_a_range_has_both_ends_however_it_is_written(low: str, high: str, surface: str, frame: str) -> None:
    sentence = frame.format(surface)
    found = only_count(sentence)
    assert (found.value, found.high, found.qualifier) == (Decimal(low), Decimal(high), "range")
    assert str(found.value) == low  # "1,5 - 2 triệu" has no tenths left: people are counted whole
    assert sentence[found.start : found.end] == surface


@pytest.mark.parametrize(
    ("part", "whole", "surface"),
    [(*pair, surface) for pair, surfaces in SAME_RATIO.items() for surface in surfaces],
)
def test_a_ratio_is_a_part_of_its_whole(part: str, whole: str, surface: str) -> None:
    sentence = f"Có {surface} xã đã lập tổ."
    found = only_count(sentence)
    assert (found.value, found.of, found.kind) == (Decimal(part), Decimal(whole), "count")
    assert sentence[found.start : found.end] == surface


@pytest.mark.parametrize(
    ("value", "surface"), [(value, surface) for value, surfaces in SAME_SHARE.items() for surface in surfaces]
)
def test_a_share_includes_its_percent_sign(value: str, surface: str) -> None:
    sentence = f"Tỷ lệ đạt {surface} số xã."
    found = only_count(sentence)
    assert (found.kind, found.value) == ("percent", Decimal(value))
    assert sentence[found.start : found.end] == surface


@pytest.mark.parametrize(
    "surface", ["20-30%", "20% đến 30%", "20 đến 30%", "20 – 30 %", "20 đến 30 phần trăm"]
)
def test_a_range_of_shares_is_one_share(surface: str) -> None:
    found = only_count(f"Chiếm từ {surface} dân số.")
    assert (found.kind, found.value, found.high) == ("percent", Decimal(20), Decimal(30))


@pytest.mark.parametrize(
    ("qualifier", "hedge"), [(qualifier, hedge) for qualifier, hedges in HEDGES.items() for hedge in hedges]
)
@pytest.mark.parametrize("number", ["1.292", "85%", "hai mươi"])
def test_the_word_before_a_number_qualifies_it(qualifier: str, hedge: str, number: str) -> None:
    sentence = f"Hiện xã đào tạo {hedge}{number} học viên."
    found = only_count(sentence)
    assert found.qualifier == qualifier
    assert sentence[found.start : found.end] == number
    assert hedge.endswith(sentence[found.hedge_start : found.start])


@pytest.mark.parametrize(("surface", "qualifier"), TRAILING_HEDGES)
def test_the_words_behind_a_number_qualify_it(surface: str, qualifier: str) -> None:
    assert only_count(f"Lớp có {surface}.").qualifier == qualifier


@pytest.mark.parametrize(
    "sentence",
    [
        "Từ năm 2022 đến nay, trên địa bàn 5 xã đã có mạng.",
        "Điều đó càng đúng hơn nữa ở 5 xã.",
        "Tổ trưởng sống gần dân, phụ trách 5 xóm.",
        "Tổ trưởng có chuyên môn gần, hỗ trợ 5 xóm.",
    ],
)
def test_a_hedge_away_from_its_number_changes_nothing(sentence: str) -> None:
    assert only_count(sentence).qualifier == "exact"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [(kind, sentence) for kind, sentences in OTHER_KINDS.items() for sentence in sentences],
)
def test_a_number_that_counts_nothing_says_what_it_is(kind: str, sentence: str) -> None:
    assert [quantity.kind for quantity in quantities(sentence)] == [kind]


@pytest.mark.parametrize("sentence", WITHOUT_A_COUNT)
def test_number_words_inside_other_words_are_no_counts(sentence: str) -> None:
    assert counts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Huyện có 1551 cán bộ, trong đó 1.400 người đã học.", ["1551", "1400"]),
        ("Mở 11 lớp, mỗi lớp 30-40 học viên.", ["11", "30"]),
        ("Có 18/42 cơ quan với 62 cán bộ, đạt 42,9%.", ["18", "62", "42.9"]),
        ("Tỉnh có 1.736 tổ cấp xóm, 148 tổ cấp xã.", ["1736", "148"]),
        ("Sau ba năm, xã Ba Trại có ba tổ.", ["3"]),
        ("Năm 2024, tỉnh có 2024 tổ, năm đội.", ["2024", "5"]),
        ("Trong hai năm, xã mở năm lớp; mỗi lớp hai mươi lăm người.", ["5", "25"]),
        ("Chiếm dưới 75%, còn lại trên 25%.", ["75", "25"]),
        ("Có 9.690 đài truyền thanh/10.599 xã.", ["9690", "10599"]),
        ("1. Mở 20 lớp", ["20"]),
        ("Nâng tổng số thành viên lên 7.500.", ["7500"]),
        ("Tổng cộng 1.234.567, gồm 5 ² nhóm", ["1234567", "5"]),
        ("Đã mời bốn tư vấn viên và hai mươi tư giảng viên.", ["4", "24"]),
    ],
)
def test_all_counts_of_a_sentence_are_found_in_order(sentence: str, values: list[str]) -> None:
    assert [quantity.value for quantity in counts(sentence)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("sentence", "anchor"),
    [
        ("Xã không có ai có trình độ công nghệ thông tin.", "không"),
        ("Đến nay chưa có ai được tập huấn.", "chưa"),
        ("Phòng không có cán bộ chuyên trách nào.", "không"),
        ("Huyện chưa có một cán bộ nào chuyên trách.", "chưa"),
    ],
)
def test_nobody_is_a_zero_at_the_negating_word(sentence: str, anchor: str) -> None:
    found = only_count(sentence)
    assert (found.kind, found.value) == ("zero", Decimal(0))
    assert sentence[found.start : found.end] == anchor


def test_offsets_point_into_the_whole_text_the_sentence_stands_in() -> None:
    text = "Mở đầu.\nHuyện có hơn 1.292 tổ."
    offset = text.index("Huyện")
    (found,) = find_quantities(text, tokenize(text[offset:], offset), [])
    assert text[found.start : found.end] == "1.292"
    assert text[found.hedge_start : found.end] == "hơn 1.292"


def test_a_number_word_that_begins_no_word_of_the_tokenizer_is_part_of_another() -> None:
    sentence = "Nước mắt ba vạn dặm."
    tokens = tokenize(sentence)
    starts = frozenset(token.start for token in tokens)
    assert [found.value for found in find_quantities(sentence, tokens, [], starts)] == [30000]
    single = "Quả đã chua chín tới."
    tokens = tokenize(single)
    without = frozenset(token.start for token in tokens if token.text != "chín")
    assert find_quantities(single, tokens, [], without) == []
