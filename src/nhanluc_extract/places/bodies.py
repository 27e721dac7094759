"""Bodies named in a sentence, and bodies without a name that take one up again."""

from __future__ import annotations

from collections.abc import Sequence

from nhanluc_extract.model import Token
from nhanluc_extract.places.gazetteer import gazetteer, place_words
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.surfaces import Surfaces
from nhanluc_extract.places.words import body_names, by_level, keys, words_of
from nhanluc_extract.text.syllables import is_no_syllable
from nhanluc_extract.text.tokens import is_abbreviation

_ABBREVIATION = range(3, 6)  # letters of an abbreviation that names a body
_BRAND = range(2, 5)  # tokens of the name of a firm that it goes by
_LONGEST_KIND = 3  # syllables of a kind of neighbourhood
_BEFORE_DASH = 2  # syllables of a name before a dash that belongs to it


def named_body(text: Surfaces, index: int) -> Mention | None:
    """The body whose name begins at token ``index``."""
    hit = body_names().longest(text.tokens, index)
    if hit is None or words_of("organisations", "no_names").longest(text.tokens, index) is not None:
        return None
    last, (territorial, *_) = hit
    start = last
    singular = words_of("organisations", "singular").longest(text.tokens, index) is not None
    if singular and text.is_plural(index, ["organisation"]):
        return None
    limit = index + place_words()["names"]["longest_name"]
    if text.tokens[index].key in keys("organisations", "capitalised") and not text.is_capital(index):
        return None
    inside = text.tokens[index + 1 : last] if last - index > 1 else text.tokens[index:last]
    is_brand = words_of("organisations", "brands").longest(text.tokens, index) is not None
    capital = any(token.text[0].isupper() for token in inside) and (
        last - index > 1 or is_brand or text.tokens[index].text.isupper()
    )
    capital = capital and text.tokens[last - 1].key not in keys("organisations", "kinds")
    is_team = words_of("organisations", "teams").longest(text.tokens, index) is not None
    if is_team and not _is_team_name(text, index, start := _behind_neighbourhood(text, last)):
        return None
    last = _end_of_name(text, index, start, limit, is_brand=is_brand, is_team=is_team)
    unnamed = text.is_plural(index, ["organisation"]) or not text.is_capital(index)
    if unnamed and _is_of_place(text, start, last):
        return None
    capital = capital or any(token.text[0].isupper() for token in text.tokens[start:last])
    if singular and not any(token.text[0].isupper() for token in text.tokens[start:last]):
        last = _owner_behind(text, start)
    numbered = is_team or (text.is_digit(last - 1) and text.is_capital(index))
    while last > index and text.tokens[last - 1].text in "-&":
        last -= 1
    if not capital and not singular and not numbered:
        return None
    if _is_of_a_kind(text, last):
        return None
    level, at = _place_inside(text, index + 1, last)
    return Mention(
        "organisation",
        index,
        last,
        text.surface(index, last),
        province=_province_inside(text, index, last),
        territorial=territorial,
        is_team=is_team or singular,
        independent=_is_independent(text, index, start, last),
        nationwide=words_of("organisations", "nationwide").longest(text.tokens, index) is not None,
        inner=level or _level_of_team(text, start, last, is_team=is_team, is_singular=singular),
        territory=text.surface(at, last) if level is not None else None,
    )


def _is_of_a_kind(text: Surfaces, last: int) -> bool:
    """``bệnh viện hạng II trở lên``: many bodies, told by their kind."""
    words = words_of("organisations", "of_a_kind")
    return any(words.longest(text.tokens, first) is not None for first in (last - 2, last))


def _is_independent(text: Surfaces, index: int, start: int, last: int) -> bool:
    """A body by its kind, or one with a name of its own: ``Trung tâm Ánh Ngọc``, not ``Trung tâm Y tế A``."""
    if words_of("organisations", "independent").longest(text.tokens, index) is not None:
        return True
    named = last - start > 1 and all(map(text.is_capital, range(start, last)))
    placed = _province_inside(text, index, last) is not None or _place_inside(text, index + 1, last)[0]
    return (
        named
        and not placed
        and words_of("organisations", "own_named").longest(text.tokens, index) is not None
    )


def _is_of_place(text: Surfaces, start: int, last: int) -> bool:
    """``các nhà máy bán dẫn của tỉnh A``, ``hợp tác xã của tỉnh A``: nothing but the place has a name."""
    owned = next(
        (at for at in range(start, last) if text.tokens[at].key in keys("names", "owner_of_team")), None
    )
    return owned is not None and not any(map(text.is_capital, range(start, owned)))


def _owner_behind(text: Surfaces, last: int) -> int:
    """``Đội ứng cứu sự cố mạng (của) tỉnh``: where the bare place whose body it is ends."""
    first = last + (last < len(text.tokens) and text.tokens[last].key in keys("names", "owner_of_team"))
    hit = by_level("types").longest(text.tokens, first)
    return hit[0] if hit is not None and not text.is_capital(hit[0]) else last


def _level_of_team(text: Surfaces, start: int, last: int, *, is_team: bool, is_singular: bool) -> str | None:
    """``Đội ứng cứu sự cố mạng tỉnh``, ``Tổ công nghệ số khu A``: that of whose team it is."""
    if is_singular:
        types = (by_level("types").longest(text.tokens, first) for first in (last - 1, last - 2))
        return next((hit[1][0] for hit in types if hit is not None and hit[0] == last), None)
    trie, near = words_of("organisations", "team_places"), range(max(start - _LONGEST_KIND, 0), start)
    hits = (trie.longest(text.tokens, first) for first in near)
    neighbourhood = is_team and any(hit is not None and hit[0] == start for hit in hits)
    return "village" if neighbourhood else None


def _end_of_name(text: Surfaces, index: int, start: int, limit: int, *, is_brand: bool, is_team: bool) -> int:
    """Where a name ends whose head ends at ``start``."""
    last = start
    while last < min(limit, len(text.tokens)):
        token = text.tokens[last]
        if is_brand and token.text[0].islower():
            break
        joins = token.text in "-&" or _joins_name(text, index, start, last)
        figure = token.text.isdigit() and (is_team or text.tokens[last - 1].key in keys("names", "numbered"))
        if not (token.text[0].isalpha() or joins or figure) or (
            token.text[0].islower()
            and words_of("names", "name_ends").longest(text.tokens, last) is not None
            and words_of("names", "in_name").longest(text.tokens, last - 1) is None
        ):
            break
        if _follows_proper_name(text, start, last):
            break
        last += 1
    return last


def _follows_proper_name(text: Surfaces, start: int, last: int) -> bool:
    """``Công ty Sao Hàn thuê trọn mặt sàn``: behind capitals no name goes on in small letters."""
    token = text.tokens[last]
    proper = last - start > 1 and text.is_capital(last - 1) and text.is_capital(last - 2)
    proper = proper or (last > start and _is_whole_name(text, last - 1))
    goes_on = token.key in keys("names", "behind_proper") or by_level("types").longest(text.tokens, last)
    return proper and token.text[0].islower() and not goes_on


def _is_whole_name(text: Surfaces, index: int) -> bool:
    """``Tập đoàn Viettel``, ``Đại học FPT``, ``Đại học Huế``: one word is a name by itself."""
    word = text.tokens[index].text
    place = gazetteer().province_trie.longest(text.tokens, index)
    return word[0].isupper() and (
        is_abbreviation(word) or is_no_syllable(word) or (place is not None and place[0] == index + 1)
    )


def _joins_name(text: Surfaces, index: int, start: int, last: int) -> bool:
    """``Than – Công nghệ Hạ Long``, ``Đại học Luật TP.HCM``: a mark in a name, before a capital.

    A dash soon in it, where it opens no other body; a point behind the short word for a city.
    """
    soon = 0 < last - start <= _BEFORE_DASH
    opens = body_names().longest(text.tokens, last + 1) is not None
    dash = text.tokens[last].text == "–" and soon and not opens
    named = text.is_capital(index) or last - start > 1  # not "trung tâm TP.HCM"
    city = text.tokens[last].text == "." and text.tokens[last - 1].key in keys("names", "short_city")
    return (dash or (city and named)) and text.is_capital(last + 1)


def _is_team_name(text: Surfaces, index: int, last: int) -> bool:
    """``tổ công nghệ số cộng đồng thôn A``, not ``62 tổ công nghệ số cộng đồng``."""
    named = text.is_capital(last) or text.is_digit(last)
    return named and not text.is_plural(index, ["organisation"])


def _behind_neighbourhood(text: Surfaces, index: int) -> int:
    """``tổ công nghệ số cộng đồng thôn A``: where the type of the place ends whose team it is."""
    tries = (by_level("types"), words_of("organisations", "team_places"))
    ends = (typed[0] for trie in tries if (typed := trie.longest(text.tokens, index)) is not None)
    return next(ends, index)


def _place_inside(text: Surfaces, first: int, last: int) -> tuple[str | None, int]:
    """``Phòng Nội vụ huyện A``: the level of the place that a name ends with, and where it begins."""
    for index in range(first, last):
        hit = by_level("types").longest(text.tokens, index, last)
        if hit is not None and hit[0] < last and (text.is_capital(hit[0]) or text.is_digit(hit[0])):
            return hit[1][0], index
    return None, last


def town_at(text: Surfaces, index: int) -> tuple[int, str] | None:
    """``Nha Trang``: where the name of a town ends that needs no type before it, and its province."""
    town = words_of("types", "towns").longest(text.tokens, index)
    district = gazetteer().district_trie.longest(text.tokens, index)
    if town is None or district is None or town[0] != district[0] or not text.all_capital(index, town[0]):
        return None
    provinces = {name for each in district[1] for name in each.provinces}
    return (town[0], provinces.pop()) if len(provinces) == 1 else None


def _province_inside(text: Surfaces, first: int, last: int) -> str | None:
    other = words_of("types", "not_after")
    ends = (other.longest(text.tokens, index, last) for index in range(first, last))
    persons = {end[0] for end in ends if end is not None}
    for index in range(first, last):
        hit = gazetteer().province_trie.longest(text.tokens, index, last)
        if hit is not None and text.all_capital(index, hit[0]) and index not in persons:
            return hit[1][0]
        town = town_at(text, index)
        if town is not None and town[0] <= last and index not in persons:
            return town[1]
    return None


def abbreviated(tokens: Sequence[Token], body: Mention) -> str | None:
    """``Công viên phần mềm Quang Trung (QTSC)``: the name by which the text goes on."""
    behind = [token.text for token in tokens[body.last : body.last + 3]]
    if body.level != "organisation" or body.again or body.is_team or len(behind) < len("(A)"):
        return None
    opening, name, closing = behind
    known = name.isalpha() and name.isupper() and len(name) in _ABBREVIATION
    return name if (opening, closing) == ("(", ")") and known else None


def brand_of(tokens: Sequence[Token], body: Mention) -> str | None:
    """``Công ty cổ phần Phần mềm Sóng Cấm``: the capitals by which a firm goes alone."""
    if (
        body.level != "organisation"
        or body.again
        or tokens[body.first].key not in keys("organisations", "firms")
    ):
        return None
    first = body.last
    while first > body.first + 1 and tokens[first - 1].text[0].isupper() and tokens[first - 1].text.isalpha():
        first -= 1
    places = (gazetteer().province_trie, gazetteer().district_trie)
    named = any(trie.longest(tokens, at) is not None for trie in places for at in range(first, body.last))
    brand = " ".join(token.text for token in tokens[first : body.last])
    return brand if body.last - first in _BRAND and not named else None


def body_again(text: Surfaces, index: int) -> Mention | None:
    """``Nhà trường có``, ``chúng tôi cần``, ``một công ty phần mềm``: a body without its name."""
    one = index > 0 and text.tokens[index - 1].key in keys("organisations", "one")
    for words, fits in (
        (words_of("organisations", "speakers"), True),
        (words_of("organisations", "unnamed"), one),
        (words_of("organisations", "again"), _opens_clause(text, index) or _begins_predicate(text, index)),
    ):
        hit = words.longest(text.tokens, index) if fits else None
        if hit is not None and _is_single(text, index, hit[0]):
            return Mention("organisation", index, hit[0], text.surface(index, hit[0]), again=True)
    office = text.is_capital(index) and _opens_clause(text, index) and _is_before_predicate(text, index + 1)
    if office and text.tokens[index].key in keys("organisations", "office_again"):
        return Mention("organisation", index, index + 1, text.surface(index, index + 1), again=True)
    hit = words_of("organisations", "owned_again").longest(text.tokens, index)
    if hit is not None and text.is_capital(hit[0] - 1) and not text.is_capital(hit[0]):
        return Mention("organisation", index, hit[0], text.surface(index, hit[0]), again=True)
    hit = words_of("organisations", "team_again").longest(text.tokens, index)
    if hit is None or not _is_single(text, index, hit[0]) or _names_kind(text, hit[0]):
        return None
    named = words_of("organisations", "teams").longest(text.tokens, index)
    bare = named is None or named[0] == hit[0]
    owned = text.tokens[hit[0] - 1].key in keys("organisations", "team_owners")
    if not bare or not (owned or _opens_clause(text, index)):
        return None
    return Mention("organisation", index, hit[0], text.surface(index, hit[0]), again=True, is_team=True)


def _names_kind(text: Surfaces, index: int) -> bool:
    """``Tổ cấp xã``, ``Tổ ấp, khu phố``: teams of a kind rather than the one named before."""
    if index == len(text.tokens):
        return False
    kind = by_level("types").longest(text.tokens, index)
    if kind is None:
        return text.tokens[index].key in keys("types", "plurals")
    return not (text.is_capital(kind[0]) or text.is_digit(kind[0]))


def _is_single(text: Surfaces, index: int, last: int) -> bool:
    """One body, and no syllable of another word (``đội ngũ``, ``thị trường``)."""
    following = text.tokens[last].key if last < len(text.tokens) else ""
    inside = following in keys("names", "compounds") or (
        index > 0 and text.tokens[index - 1].key in keys("organisations", "not_behind")
    )
    return not text.is_plural(index, ["organisation"]) and not inside


def _begins_predicate(text: Surfaces, index: int) -> bool:
    """``năm 2025 trường được giao``: a bare body with a word of predication behind it."""
    hit = words_of("organisations", "again").longest(text.tokens, index)
    return hit is not None and _is_before_predicate(text, hit[0])


def _is_before_predicate(text: Surfaces, last: int) -> bool:
    return last < len(text.tokens) and text.tokens[last].key in keys("names", "predicates")


def _opens_clause(text: Surfaces, index: int) -> bool:
    if index == 0:
        return True
    before = text.tokens[index - 1]
    return before.text in ',;:"“(-–' or before.key in keys("names", "clause_openers")
