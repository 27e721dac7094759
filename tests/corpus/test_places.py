"""Names of provinces, districts and communes as newspapers write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from nhanluc_extract.model import Article
from nhanluc_extract.places.gazetteer import gazetteer, place_words, split_type
from nhanluc_extract.places.lists import ProvinceList, province_list
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.mentions import find_mentions
from nhanluc_extract.places.names import Names
from nhanluc_extract.text.characters import clean_text
from nhanluc_extract.text.document import Document, read_document
from nhanluc_extract.text.tokens import tokenize

BEFORE_MERGER = date(2024, 6, 15)
AFTER_MERGER = date(2025, 9, 1)

PROVINCES: dict[str, tuple[str, ...]] = {
    "Hà Nội": ("Hà Nội", "thành phố Hà Nội", "TP Hà Nội", "TP. Hà Nội", "TP.Hà Nội", "Thủ đô Hà Nội"),
    "Hồ Chí Minh": (
        "TP.HCM",
        "TP. HCM",
        "TPHCM",
        "TP HCM",
        "Thành phố Hồ Chí Minh",
        "TP. Hồ Chí Minh",
        "TP.Hồ Chí Minh",
        "Sài Gòn",
    ),
    "Đà Nẵng": ("Đà Nẵng", "TP Đà Nẵng", "TP. Đà Nẵng", "thành phố Đà Nẵng"),
    "Huế": ("Thừa Thiên Huế", "Thừa Thiên - Huế", "Thừa Thiên-Huế", "tỉnh Thừa Thiên Huế"),
    "Bà Rịa - Vũng Tàu": (
        "Bà Rịa - Vũng Tàu",
        "Bà Rịa – Vũng Tàu",
        "Bà Rịa-Vũng Tàu",
        "tỉnh Bà Rịa - Vũng Tàu",
        "BR-VT",
    ),
    "Đắk Lắk": ("Đắk Lắk", "Đắc Lắc", "Đăk Lăk", "tỉnh Đắk Lắk", "Daklak"),
    "Đắk Nông": ("Đắk Nông", "Đắc Nông", "Đăk Nông"),
    "Kon Tum": ("Kon Tum", "Kontum", "tỉnh Kon Tum"),
    "Bắc Kạn": ("Bắc Kạn", "Bắc Cạn", "tỉnh Bắc Kạn", "Tỉnh Bắc Kạn"),
    "Hòa Bình": ("Hòa Bình", "Hoà Bình", "tỉnh Hoà Bình"),
    "Thanh Hóa": ("Thanh Hóa", "Thanh Hoá", "tỉnh Thanh Hoá"),
    "Khánh Hòa": ("Khánh Hòa", "Khánh Hoà"),
    "Lào Cai": ("Lào Cai", "tỉnh Lào Cai"),
    "Quảng Ngãi": ("Quảng Ngãi", "tỉnh Quảng Ngãi"),
}

DISTRICTS: dict[tuple[str, str | None], tuple[str, ...]] = {
    ("Tư Nghĩa", "Quảng Ngãi"): ("huyện Tư Nghĩa", "Huyện Tư Nghĩa", "UBND huyện Tư Nghĩa"),
    ("Ba Đình", "Hà Nội"): ("quận Ba Đình", "Quận Ba Đình"),
    ("Thủ Đức", "Hồ Chí Minh"): ("thành phố Thủ Đức", "TP Thủ Đức", "TP. Thủ Đức"),
    ("Đà Lạt", "Lâm Đồng"): ("thành phố Đà Lạt", "TP Đà Lạt", "TP.Đà Lạt"),
    ("Hương Thủy", "Huế"): ("thị xã Hương Thủy", "thị xã Hương Thuỷ"),
    ("Vĩnh Tường", "Vĩnh Phúc"): ("huyện Vĩnh Tường",),
    ("Sơn Tây", "Hà Nội"): ("thị xã Sơn Tây", "TX Sơn Tây", "TX. Sơn Tây"),
    ("Sơn Tây", "Quảng Ngãi"): ("huyện Sơn Tây",),
    ("Sapa", "Lào Cai"): ("thị xã Sapa",),
    ("Cư M'gar", "Đắk Lắk"): ("huyện Cư M'gar", "Huyện Cư M'gar"),
    ("Cư Mgar", "Đắk Lắk"): ("huyện Cư Mgar",),
    ("Ia H’Drai", "Kon Tum"): ("huyện Ia H’Drai",),
    ("Đăk Glei", "Kon Tum"): ("huyện Đăk Glei",),
    ("Đắk Đoa", "Gia Lai"): ("huyện Đắk Đoa",),
    ("K'Bang", "Gia Lai"): ("huyện K'Bang",),
    ("Kon Plong", "Kon Tum"): ("huyện Kon Plong",),
    ("Phú Quý", "Bình Thuận"): ("huyện Phú Quý",),
    ("Mù Cang Chải", "Yên Bái"): ("huyện Mù Cang Chải",),
    ("Q.3", None): ("Q.3",),
    # Named like another province.
    ("Quảng Ninh", "Quảng Bình"): ("huyện Quảng Ninh",),
    # Ten provinces had one.
    ("Châu Thành", None): ("huyện Châu Thành",),
}

COMMUNES = (
    "xã Tân Long",
    "phường Bảy Hiền",
    "thị trấn Năm Căn",
    "xã Hòa Bình",
    "phường Quảng Trị",
    "đặc khu Phú Quốc",
    "UBND xã Tân Long",
)

WITHOUT_A_PROVINCE = (
    "Dự án ở quảng trường Ninh Thuận khởi công.",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh phát động.",
    "Học tập phong cách Hồ Chí Minh.",
    "Ông Nguyễn Thái Bình phụ trách lớp.",
    "Nhà văn hóa nằm trên đường Thái Bình.",
    "Trận Điện Biên Phủ được dựng lại.",
    "Đội ở xã Hòa Bình có 5 người.",
    "Dân cầu hòa bình, an giang lâu bền.",
    "Các tỉnh bạn đều đã làm.",
    "Lớp học mở ở phường Quảng Trị.",
    "",
)

WHOLES: dict[str, tuple[str, ...]] = {
    "national": ("Cả nước có 5 tổ.", "Trên toàn quốc đã lập tổ."),
    "province": ("Toàn tỉnh có 5 tổ.", "Trên địa bàn tỉnh đã lập tổ."),
    "district": ("Toàn huyện có 5 tổ.", "Trên địa bàn huyện đã lập tổ."),
    "commune": ("Toàn xã có 5 tổ.", "Trên địa bàn phường đã lập tổ."),
}


def mentions(text: str, published: date | None = BEFORE_MERGER, home: str | None = None) -> Sequence[Mention]:
    clean = clean_text(text).clean
    return find_mentions(clean, tokenize(clean), published, home).mentions


def document_of(text: str, published: date | None = None) -> Document:
    return read_document(Article("vi-du", text, published=published))


def chooser_of(text: str, published: date | None = None) -> ProvinceList:
    document = document_of(text, published)
    clean = document.text.clean
    found = [find_mentions(clean, each.tokens, published).mentions for each in document.sentences]
    return ProvinceList(document, found)


@pytest.mark.parametrize(
    ("name", "surface"), [(name, surface) for name, surfaces in PROVINCES.items() for surface in surfaces]
)
@pytest.mark.parametrize("frame", ["Lớp học khai giảng ở {}.", "Tại {}, bà con quen dần.", "Lớp mở hè ({})."])
def test_every_spelling_of_a_province_has_one_name(name: str, surface: str, frame: str) -> None:
    (found,) = mentions(frame.format(surface))
    assert (found.level, found.province) == ("province", name)
    assert found.name == clean_text(surface).clean


@pytest.mark.parametrize(
    ("name", "province", "surface"),
    [(*place, surface) for place, surfaces in DISTRICTS.items() for surface in surfaces],
)
def test_a_district_tells_its_province_where_only_one_had_it(
    name: str, province: str | None, surface: str
) -> None:
    (found,) = mentions(f"Lớp học khai giảng ở {surface}.")
    assert (found.level, found.province) == ("district", province)
    assert found.name.endswith(name)


def test_a_district_of_several_provinces_lies_in_the_one_the_article_is_about() -> None:
    (found,) = mentions("Lớp học khai giảng ở huyện Châu Thành.", home="Long An")
    assert found.province == "Long An"


@pytest.mark.parametrize("surface", COMMUNES)
def test_a_commune_tells_no_province_even_when_it_has_the_name_of_one(surface: str) -> None:
    (found,) = mentions(f"Lớp học khai giảng ở {surface}.")
    assert (found.level, found.name, found.province) == ("commune", surface.removeprefix("UBND "), None)


@pytest.mark.parametrize("text", WITHOUT_A_PROVINCE)
def test_a_province_inside_another_name_is_none(text: str) -> None:
    assert [found.province for found in mentions(text) if found.province] == []


@pytest.mark.parametrize(
    ("level", "text"), [(level, text) for level, texts in WHOLES.items() for text in texts]
)
def test_words_for_a_whole_take_a_place_up_again(level: str, text: str) -> None:
    (found,) = mentions(text)
    assert (found.level, found.again, found.province) == (level, True, None)


@pytest.mark.parametrize("text", ["Các huyện đều có tổ.", "Mỗi xã có một tổ.", "Có 11 xã có tổ."])
def test_places_in_number_take_none_up_again(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("published", "level"), [(BEFORE_MERGER, "district"), (AFTER_MERGER, "province"), (None, "province")]
)
def test_hue_is_a_city_of_its_province_before_it_is_one_itself(published: date | None, level: str) -> None:
    (found,) = mentions("Lớp học khai giảng ở thành phố Huế.", published)
    assert (found.level, found.province) == (level, "Huế")


def test_a_town_lies_in_the_province_of_its_name() -> None:
    town, province = mentions("Lớp học khai giảng ở thành phố Huế, tỉnh Thừa Thiên Huế.", None)
    assert (town.level, town.province, province.level) == ("district", "Huế", "province")


def test_a_place_named_as_a_former_one_is_marked() -> None:
    former, current = mentions("Ở tỉnh Bình Thuận (cũ) và tỉnh Lâm Đồng đều có tổ.")
    assert (former.province, former.former) == ("Bình Thuận", True)
    assert (current.province, current.former) == ("Lâm Đồng", False)


def test_an_organisation_runs_to_the_end_of_its_name_and_tells_its_province() -> None:
    (found,) = mentions("Trung tâm Công nghệ thông tin Hải Phòng đào tạo 50 người.")
    assert (found.level, found.province) == ("organisation", "Hải Phòng")
    assert found.name == "Trung tâm Công nghệ thông tin Hải Phòng"


@pytest.mark.parametrize("verb", ["họp giao ban", "sơ kết sáu tháng", "thống kê số liệu", "gặp gỡ báo chí"])
@pytest.mark.parametrize("name", ["Bộ Nội vụ", "Tổng cục Thuế", "Tổng công ty Điện lực miền Bắc"])
def test_an_organisation_ends_before_what_it_does(name: str, verb: str) -> None:
    assert [mention.name for mention in mentions(f"{name} {verb}.")] == [name]


def test_each_town_that_needs_no_type_lies_in_one_province() -> None:
    towns = place_words()["types"]["towns"]
    assert [town for town in towns if not mentions(f"{town}.")] == []


def test_places_come_in_text_order() -> None:
    found = mentions("Xã Tân Long, huyện Vĩnh Tường, tỉnh Vĩnh Phúc và Lào Cai cùng học.")
    assert [mention.level for mention in found] == ["commune", "district", "province", "province"]
    assert [mention.first for mention in found] == sorted(mention.first for mention in found)


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Lào Cai lập tổ công nghệ số ở mọi bản\nĐến nay mọi thôn bản đều có tổ.", "Lào Cai"),
        ("Đưa công nghệ số về bản\nHuyện Văn Bàn đã lập tổ ở mọi thôn, theo kế hoạch của tỉnh.", "Lào Cai"),
        ("Tổ công nghệ số về bản\nHà Giang làm trước. Cao Bằng làm sau.", None),
        ("Tổ công nghệ số về bản\nCả nước đã có nhiều mô hình hay.", None),
    ],
)
def test_an_article_is_about_the_province_it_names_most(text: str, home: str | None) -> None:
    assert Names(document_of(text, BEFORE_MERGER)).of_article.home == home


def test_the_gazetteer_has_both_lists_of_provinces() -> None:
    table = gazetteer()
    assert len(table.provinces) == 63
    assert len({province.code for province in table.provinces.values()}) == 63
    assert len(table.codes_2025) == 34
    assert {province.now for province in table.provinces.values()} == set(table.codes_2025)
    assert set(table.codes_2025) <= set(table.provinces)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("Bắc Kạn", "06", None),
        ("Thái Nguyên", "19", "19"),
        ("Lào Cai", "10", "15"),
        ("Yên Bái", "15", None),
        ("Gia Lai", "64", "52"),
        ("Bình Định", "52", None),
        ("Huế", "46", "46"),
        ("Wien", None, None),
    ],
)
def test_a_code_means_something_only_with_its_list(name: str, old: str | None, new: str | None) -> None:
    assert gazetteer().code(name, "2004") == old
    assert gazetteer().code(name, "2025") == new


def test_seven_provinces_kept_their_name_and_changed_their_code() -> None:
    changed = {p.name for p in gazetteer().provinces.values() if p.is_in_both and p.code != p.now_code}
    assert changed == {"Lào Cai", "Bắc Ninh", "Quảng Trị", "Gia Lai", "Tây Ninh", "Đồng Tháp", "An Giang"}


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Thị xã Hương Thủy", ("thị xã", "Hương Thủy")),
        ("Thành phố Đà Lạt", ("thành phố", "Đà Lạt")),
        ("Quận 1", ("quận", "1")),
        ("Đà Lạt", ("", "Đà Lạt")),
    ],
)
def test_an_official_name_has_a_type_and_a_bare_name(full: str, parts: tuple[str, str]) -> None:
    assert split_type(full) == parts


@pytest.mark.parametrize(
    ("text", "published", "listed"),
    [
        ("Lào Cai có 5 tổ.", BEFORE_MERGER, "2004"),
        ("Lào Cai có 5 tổ.", date(2025, 6, 30), "2004"),
        ("Lào Cai có 5 tổ.", date(2025, 7, 1), "2025"),
        ("Huyện Văn Bàn (Lào Cai) có 5 tổ.", None, "2004"),
        ("Năm 2023, Lào Cai có 5 tổ.", None, "2004"),
        ("Tháng 8/2025, Lào Cai có 5 tổ.", None, "2025"),
        ("Lào Cai có 5 tổ.", None, None),
    ],
)
def test_the_article_tells_which_list_a_name_of_both_is_from(
    text: str, published: date | None, listed: str | None
) -> None:
    assert chooser_of(text, published).of("Lào Cai") == listed


def test_a_name_of_one_list_needs_no_date() -> None:
    assert chooser_of("Bắc Kạn có 5 tổ.").of("Bắc Kạn") == "2004"
    assert chooser_of("Bắc Kạn có 5 tổ.", AFTER_MERGER).of("Bắc Kạn") == "2004"
    assert chooser_of("Atlantis có 5 tổ.").of("Atlantis") is None


def test_a_province_of_the_old_list_has_a_successor() -> None:
    named = province_list(chooser_of("Yên Bái có 5 tổ.", BEFORE_MERGER), "Yên Bái")
    assert (named.list, named.code, named.now, named.now_code) == ("2004", "15", "Lào Cai", "15")


def test_a_province_of_the_new_list_is_its_own_successor() -> None:
    named = province_list(chooser_of("Gia Lai có 5 tổ.", AFTER_MERGER), "Gia Lai")
    assert (named.list, named.code, named.now, named.now_code) == ("2025", "52", "Gia Lai", "52")


def test_no_province_has_no_list() -> None:
    named = province_list(chooser_of("Có 5 tổ."), None)
    assert (named.list, named.code, named.now, named.now_code) == (None, None, None, None)
