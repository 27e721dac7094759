"""How a place or body stands in its sentence: as a source, a site, an attribute, one of several …"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from nhanluc_extract.extraction.sentence.adjuncts import is_destination, is_origin, is_venue
from nhanluc_extract.extraction.sentence.connectors import linking, respectively_at
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.several_places import is_one_of_several, joins_names
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.gazetteer import place_words
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.words import keys, words_of

_OFFICE_GAP = 4  # tokens between a public office and its own count
_LONGEST_ROW = 12  # counts that an office has of its own
_BEHIND = 2  # tokens between a place and the province it lies in
_SEAT = 7  # ... and between a body and that of its seat (có trụ sở chính đặt tại Hà Nội)
_NOTED = 12  # ... in the bracket behind its name
_RANKS = {
    "organisation": 0, "commune": 1, "district": 2, "city": 2, "province": 3, "region": 4, "national": 5,
    "territory": 5,
}  # fmt: skip


def level_of_office(view: View, mention: Mention) -> str | None:
    """``Phòng Văn hóa và Thông tin huyện``, ``Sở Nội vụ``: whose office a body is, by its name."""
    if mention.inner is not None:
        return mention.inner
    heads: dict[str, list[str]] = place_words()["heads"]
    if view.key(mention.first) in heads["province"]:
        return "province"
    first, last = mention.first, mention.last
    ends = {" ".join(map(view.key, range(max(last - length, first), last))) for length in (1, 2)}
    return next((level for level in ("district", "commune") if not ends.isdisjoint(heads[level])), None)


def lies_in(view: View, mention: Mention, *, behind: bool) -> str | None:
    """Province the sentence names right behind a place, or before it (``Ở A, Học viện B``)."""
    if behind:
        near = view.mentions_in(mention.last, mention.last + _SEAT)
        mention = next((m for m in near if is_site(view, m)), mention)
        at = bisect_left(view.provinces, mention.last, key=lambda province: province.first)
        if at == len(view.provinces):
            return None
        gap = [token.key for token in view.tokens[mention.last : view.provinces[at].first]]
        noted = gap[:1] == ["("] and ")" not in gap  # "Trung tâm A (quận B, Hà Nội)"
        told = len(gap) <= _SEAT and not keys("names", "seat").isdisjoint(gap)
        seated = told or (noted and len(gap) <= _NOTED)
        return view.provinces[at].province if seated or len(gap) <= _BEHIND else None
    at = bisect_right(view.provinces, mention.first, key=lambda province: province.last)
    return view.provinces[at - 1].province if at else None


def province_told(view: View, mention: Mention) -> str | None:
    """The province of a place or body: told right behind it, known of it, or told before it."""
    behind = lies_in(view, mention, behind=True)
    return behind or mention.province or lies_in(view, mention, behind=False)


def is_source(view: View, mention: Mention) -> bool:
    """``Theo thống kê của Trung tâm A``: who says it, not whose it is."""
    return mention.level == "organisation" and mention.first in view.attributed


def is_site(view: View, mention: Mention) -> bool:
    """``Công ty A ở Khu công nghiệp B có 1.200 công nhân``: a body that only says where another is."""
    return mention.level == "organisation" and view.key(mention.first - 1) in keys("names", "at")


def is_attribute(view: View, mention: Mention) -> bool:
    """``kỹ sư Việt Nam``, ``DN trong nước``: the country only says of what kind the noun before it is."""
    if mention.level != "national" or mention.first == 0:
        return False
    before = view.tokens[mention.first - 1]
    if mention.name[0].islower():
        one_of_two = view.key(mention.last) in keys("names", "inland_and_abroad")
        return mention.name in place_words()["names"]["inland"] and (
            one_of_two or before.key in keys("names", "inland_firms")
        )
    return (
        before.text.isalpha() and before.text.islower() and before.key not in keys("names", "before_country")
    )


def is_whole(view: View, mention: Mention) -> bool:
    """``Toàn xã có``, ``Xã có``: one territory, even where none was named."""
    return mention.again and (mention.first == 0 or view.key(mention.first) in keys("names", "whole"))


def is_rank(view: View, mention: Mention) -> bool:
    """``xếp thứ 2 toàn quốc``: among whom something ranks, not whose the figures behind it are."""
    before = view.quantity_at.get(mention.first - 1)
    return before is not None and before.kind == "rank" and before.last == mention.first


def is_aside(view: View, mention: Mention) -> bool:
    """Whether a place only says something of what is told, and not whose it is."""
    included = view.phrase_before(words_of("names", "included"), mention.first) is not None
    said = included or is_attribute(view, mention) or is_rank(view, mention) or _is_apposed(view, mention)
    return said or is_origin(view, mention) or is_venue(view, mention)


def _is_apposed(view: View, mention: Mention) -> bool:
    """``Xã A, điểm sáng nông thôn mới của huyện B, có 7 tổ``: of what a place before it is one."""
    owns = {view.key(mention.first - 1), view.key(mention.first)} & linking("possessive")  # "của huyện"
    if not owns or mention.level not in _RANKS:
        return False
    comma = view.mark_before(",", mention.first)
    named = view.mention_ending(comma)
    if (
        named is None
        or named.again
        or not _RANKS["organisation"] < _RANKS[named.level] < _RANKS[mention.level]
    ):
        return False
    told = any(t.word.kind == "verb" for t in view.between(comma, mention.first))
    return (
        not told
        and view.candidate_before(mention.first) < comma
        and view.has_mark(",", mention.last, len(view.tokens))
    )


def is_bracketed(view: View, mention: Mention, first: int) -> bool:
    """Whether a mention stands in a bracket that is closed before token ``first``."""
    return view.in_bracket(mention.first) and view.has_mark(")", mention.last, first)


def _row_before(reading: Reading) -> int:
    """``Sở A có 12 thạc sĩ, 30 cử nhân``: the first number of a row of counts of people that a count ends."""
    view, at = reading.view, reading.quantity.first
    for _ in range(_LONGEST_ROW):
        before = view.candidate_before(at)
        if reading.family != "people" or before < 0:
            break
        other = view.quantity_at[before]
        noun = view.term_at.get(other.last)
        said = view.between(other.last, at)
        if noun is None or noun.word.family != "people" or any(t.word.kind == "verb" for t in said):
            break
        if view.key(at - 1) not in linking("joins"):
            break
        at = other.first
    return at


def has_itself(reading: Reading, mention: Mention) -> bool:
    """``Sở có 12 cán bộ``, ``Cán bộ của Bộ A: 214``: whether an office stands right before its own count."""
    if mention.last > reading.quantity.first:
        return False
    gap = reading.view.tokens[mention.last : max(_row_before(reading), mention.last)]
    if reading.label is not None and [token.text for token in gap] == [":"]:
        return True
    return len(gap) <= _OFFICE_GAP and not any(token.text in ",;:" for token in gap)


def head_places(view: View, mentions: list[Mention]) -> list[Mention]:
    """Without the places that only say where the one before them lies (``xã A, huyện B``)."""
    heads: list[Mention] = []
    previous: Mention | None = None
    for mention in mentions:
        if previous is not None and _is_owner_of(view, previous, mention):
            continue
        if (
            previous is not None
            and not mention.again
            and not is_source(view, previous)
            and _RANKS[previous.level] < _RANKS[mention.level]
        ):
            gap = view.tokens[previous.last : mention.first]
            if len(gap) <= 2 and all(
                token.text in ",(-." or token.key in keys("names", "joining") for token in gap
            ):
                previous = mention
                continue
        heads.append(mention)
        previous = mention
    return heads


def _is_owner_of(view: View, body: Mention, mention: Mention) -> bool:
    """``Đội ứng cứu sự cố của tỉnh``, ``Trung tâm A, trực thuộc Sở B``: behind a body, whose it is."""
    if body.level != "organisation" or body.again:
        return False
    apposed = body.last + (view.key(body.last) == ",")
    belongs = words_of("names", "belonging").longest(view.tokens, apposed, mention.first)
    return (mention.again and mention.first == body.last) or (
        belongs is not None and belongs[0] == mention.first
    )


def is_member(reading: Reading, mention: Mention) -> bool:
    """A body named inside the counted noun, or in the bracket that lists the counted: no place of theirs."""
    view, last = reading.view, reading.quantity.last
    if any(t.first <= mention.first < t.last for t in reading.counted):
        # Not "60 công chức phường Thuận Hóa": what goes on behind the noun says whose they are.
        return reading.family == "body" or any(mention.last <= t.last for t in reading.counted)
    if reading.family == "body" and _is_named_as_one(view, mention, last):
        return True
    return reading.family == "body" and view.in_bracket(mention.first) and not view.in_bracket(last)


def _is_named_as_one(view: View, mention: Mention, last: int) -> bool:
    """``Ba nơi có người chuyên trách là A, B và C``: the bodies counted before are called by name."""
    first = mention
    while (before := view.mention_ending(first.first - 1)) is not None and joins_names(view, first.first - 1):
        first = before
    return first.first > last and view.key(first.first - 1) in linking("naming")


def _is_left_out(reading: Reading, mention: Mention) -> bool:
    """``93/93 xã (không tính đặc khu A)``: what a count does without."""
    view, first = reading.view, reading.quantity.first
    left_out = (i for i in view.begun(words_of("names", "left_out")) if first < i < mention.first)
    return any(view.same_clause(index, mention.first) for index in left_out)


def owns_none_inside(reading: Reading, mention: Mention) -> bool:
    """Whether a place in what is said of a count is no owner: one counted, left out, gone to, of several."""
    view = reading.view
    apart = is_destination(view, mention) or is_one_of_several(view, mention)
    return apart or _is_left_out(reading, mention) or is_member(reading, mention)


def is_one_counted(reading: Reading, mention: Mention) -> bool:
    """``Lớp ở A là 1 trong 11 lớp``: the place of one of those that are counted."""
    begun = reading.view.phrase_before(words_of("names", "one_of"), reading.quantity.first)
    return begun is not None and mention.last <= begun


def place_in_list(reading: Reading, before: list[Mention]) -> list[Mention]:
    """``A, B và C lần lượt có 1, 2 và 3``: the place in the same position of its list."""
    view = reading.view
    at = respectively_at(view, reading.quantity.first)
    if at is None:
        return []
    places = [m for m in before if m.last <= at and not m.again and not is_source(view, m)]
    numbers = [q.first for q in view.sentence.quantities if q.is_candidate and q.first > at]
    position = numbers.index(reading.quantity.first)
    if len(places) == len(numbers) > 1:
        return [places[position]]
    return []


def noted_place(reading: Reading) -> list[Mention]:
    """``nhiều nhất ở các huyện A (3.120 lượt), B (2.754)``: the place right before its bracket."""
    view, opened = reading.view, reading.hedge_first - 1
    place = view.mention_ending(opened) if view.key(opened) == "(" else None
    return [place] if place is not None and not place.again else []


def is_school(view: View, mention: Mention) -> bool:
    """``Trường Đại học A``, ``Học viện B``: a body that has students."""
    named = mention.level == "organisation" and not mention.again
    return named and words_of("organisations", "schools").longest(view.tokens, mention.first) is not None


def is_of_school(reading: Reading) -> bool:
    """``40 chỉ tiêu``, ``tuyển 140 sinh viên``, ``khoa A trao bằng cho 287 kỹ sư``: only a school's."""
    if any(t.is_a("quota", "faculty") for t in (*reading.counted, *reading.phrase_terms)):
        return True
    taken_in = any(t.is_a("recruits", "enrols") for t in reading.trigger)
    if taken_in and any(t.is_a("student_noun") for t in reading.counted):
        return True
    view, first = reading.view, reading.quantity.first
    return any(t.is_a("faculty") and view.same_clause(t.first, first) for t in view.between(0, first))


def is_companion(view: View, mention: Mention) -> bool:
    """``huyện phối hợp với Sở A, Viettel mở 5 lớp``: who only helps whoever is named before."""
    return any(
        _helps_from(view, index, mention)
        and any(m.last <= index and view.same_clause(m.first, index) for m in view.mentions)
        for index in view.begun(words_of("names", "together"))
    )


def is_asked(view: View, mention: Mention, first: int) -> bool:
    """``huyện kiến nghị tỉnh mở lớp, đồng thời phấn đấu 70% …``: who is asked for something else."""
    asks = view.phrase_before(words_of("names", "asking"), mention.first) is not None
    return asks and not view.same_clause(mention.first, first)


def helps(view: View, mention: Mention) -> bool:
    """``phối hợp với Viettel, Sở A mở 5 lớp``: whether one is named as who somebody works with."""
    together = view.begun(words_of("names", "together"))
    return any(_helps_from(view, index, mention) for index in together)


def _helps_from(view: View, index: int, mention: Mention) -> bool:
    hit = words_of("names", "together").longest(view.tokens, index)
    if hit is None or hit[0] > mention.first or not view.same_clause(index, mention.first):
        return False
    if mention.again and mention.level == "organisation" and hit[0] < mention.first:
        return False  # "bản ghi nhớ ký với Trường A nêu rõ công ty sẽ nhận …"
    if words_of("names", "not_together").longest(view.tokens, index) is not None:
        return False
    return not any(t.word.kind == "verb" and not t.word.weak for t in view.between(hit[0], mention.first))


def is_level_of_counted(reading: Reading, mention: Mention) -> bool:
    """``Số cán bộ xã có chứng chỉ``: which level they are of, not whose."""
    return mention.again and any(term.first < mention.first <= term.last for term in reading.counted)


def follows_noun(reading: Reading, mention: Mention) -> bool:
    """``31 giáo viên Trường A``: a name right behind those counted says whose they are."""
    return not mention.again and mention.first == max(term.last for term in reading.counted)


def is_we(view: View, mention: Mention) -> bool:
    """``chúng tôi``: a body taken up by whoever speaks for it."""
    return words_of("organisations", "speakers").longest(view.tokens, mention.first) is not None
