"""Which place named in a sentence its words for one that was named (*toàn xã*, *tổ*) take up."""

from __future__ import annotations

from dataclasses import replace

from nhanluc_extract.extraction.sentence.adjuncts import is_origin
from nhanluc_extract.extraction.sentence.connectors import linking, saying
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.words import keys, words_of

_TERRITORIES = frozenset({"national", "province", "district", "commune"})


def named_beside(view: View, mention: Mention) -> Mention | None:
    """``Còn ở A, doanh nghiệp trên địa bàn cần …``, ``tổ ấp A kể: “Tổ có 7 người”``: which one is meant."""
    if mention.is_team:
        return next((m for m in _before(view, mention) if m.is_team and not m.again), None)
    if mention.level == "province" and mention.again:
        leader = view.mentions[0]  # "Tại A, sau 30 ngày, toàn tỉnh có 53 đội"
        leads = leader.level == "province" and not leader.again and leader.last < mention.first
        locative = words_of("names", "locative").longest(view.tokens, 0, leader.first)
        located = locative is not None and locative[0] == leader.first
        led = leads and (located or leader.first == 0)  # "Tây Ninh nêu nỗi lo: 96 xã của tỉnh thiếu người"
        return leader if led else _province_of_speaker(view, mention)
    if mention.level != "territory":
        return None
    behind = [m for m in view.mentions if m.level in _TERRITORIES and m.first == mention.last]
    told = [m for m in _before(view, mention) if m.level in _TERRITORIES]
    before = [m for m in told if not is_origin(view, m)]
    several = [m for m in view.mentions if m.level == "region" and m.again]  # "mở tại 6 tỉnh, thành phố"
    return next(iter((*behind, *before, *several)), None)


def _province_of_speaker(view: View, mention: Mention) -> Mention | None:
    """``Phó Giám đốc Sở A Quảng Ninh cho biết, tỉnh có 1.452 tổ``: the one that he is from who says it."""
    named = (m for m in _before(view, mention) if m.province is not None and not m.again)
    place = next((m for m in named if m.level == "province" or m.territorial), None)
    if place is None or not is_spoken_for(view, place):
        return None
    end = mention.first if place.territorial else min(view.mark_from(",", place.last), mention.first)
    says = any(place.last <= at < end for at in view.begun(saying()))
    connected = view.phrase_before(words_of("names", "connected"), place.first) is not None
    told = says or connected or place.first in view.attributed
    return replace(mention, province=place.province, again=False) if told else None


def named_before(view: View, mention: Mention) -> Mention | None:
    """``Chủ tịch UBND xã A cho biết, toàn xã có 30 tổ``: the place of its level named before it."""
    named = (m for m in _before(view, mention) if m.level == mention.level and not m.again)
    return next(named, None)


def named_behind(view: View, mention: Mention) -> Mention | None:
    """``Toàn xã có 30 tổ, Chủ tịch UBND xã A cho biết``: the place of its level for which it is said."""
    said = max(view.begun(saying()), default=0)
    named = (m for m in view.mentions if mention.last <= m.first < said and is_spoken_for(view, m))
    return next((m for m in named if m.level == mention.level and not m.again), None)


def is_spoken_for(view: View, mention: Mention) -> bool:
    """Whether a place may be a speaker's: not one where he speaks, nor one that is compared with."""
    return view.key(mention.first - 1) not in keys("names", "at") | linking("compared_with")


def _before(view: View, mention: Mention) -> list[Mention]:
    return [m for m in reversed(view.mentions) if m.last <= mention.first]


def is_owned(reading: Reading, mention: Mention) -> bool:
    """``1.915 lượt cán bộ của Bộ``: a body taken up as whose own people they are.

    What is done to them stands before it (``đã học trên nền tảng của Bộ``) where it has something else.
    """
    view, counted = reading.view, max(term.last for term in reading.counted)
    again = words_of("organisations", "owned_again").longest(view.tokens, mention.first) is not None
    owned = again and mention.first >= counted
    return owned and not any(t.word.kind == "verb" for t in view.between(counted, mention.first))
