"""Places that only say where somebody is from or goes, or where something takes place."""

from __future__ import annotations

from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.words import keys, words_of

_DAY = len("2025-08-22")
_OPENS = 2  # tokens before a place that a sentence opens with (Cũng từ Trà Vinh, …)
_SHORTEST_NAME = 2  # syllables of a person's


def is_origin(view: View, mention: Mention) -> bool:
    """``mời chuyên gia từ Đà Nẵng về``, ``anh A, quê ở huyện B``: where someone comes from."""
    at = view.key(mention.first - 1) in keys("names", "at")
    if view.key(mention.first - 1 - at) in keys("names", "native"):
        return True
    if at and mention.level == "province" and _describes_person(view, mention):
        return True
    return (
        mention.level == "province"
        and not mention.again
        and view.key(mention.first - 1) in keys("names", "from")
        and not (mention.first <= _OPENS and view.key(mention.last) == ",")  # "Từ Sóc Trăng, ông A bàn về …"
    )


def _describes_person(view: View, mention: Mention) -> bool:
    """``Ông Nguyễn Đình A, chuyên gia ở Hà Nội, nhìn nhận``: what stands between commas behind a name."""
    opened = view.mark_before(",", mention.first)
    name = view.tokens[max(opened - _SHORTEST_NAME, 0) : max(opened, 0)]
    apart = view.key(mention.last) == "," and len(name) == _SHORTEST_NAME
    return apart and all(token.text[0].isupper() for token in name) and view.mention_at(opened - 1) is None


def is_destination(view: View, mention: Mention) -> bool:
    """``64 sinh viên đã về xã A``: where people go, not whose they are."""
    return not mention.again and view.key(mention.first - 1) in linking("as_far_as")


def is_venue(view: View, mention: Mention) -> bool:
    """``Sáng 22/8, tại phường A, Sở B khai mạc``, ``tại hội trường Sở B``: where it takes place."""
    if mention.level == "organisation":
        return view.phrase_before(words_of("names", "venues"), mention.first) is not None
    if mention.level not in ("district", "commune") or mention.again:
        return False
    start = view.tokens[mention.first].start
    if not any(len(period.iso or "") == _DAY and period.end <= start for period in view.sentence.periods):
        return False
    if view.key(mention.first - 1) not in keys("names", "at") or view.key(mention.last) != ",":
        return False
    return any(m.first == mention.last + 1 and m.territorial for m in view.mentions)
