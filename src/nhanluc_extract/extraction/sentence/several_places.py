"""Places named together: what is told of several is no single place's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.words import by_level, keys

_ABOVE = {"commune": "district", "district": "province"}
_LISTED = 12  # names of a list up to the word for several that it opens with


def are_listed(view: View, one: Mention, other: Mention) -> bool:
    """``A, B và C``: a figure said of several provinces at once is none's alone."""
    if one.level != "province" or other.level != "province" or one.again or other.again:
        return False
    return other.first == one.last + 1 and joins_names(view, one.last)


def first_listed(view: View, mention: Mention) -> Mention:
    """``tại Hà Nội, TP.HCM``: the name that a list of provinces begins with in which a place stands."""
    for _ in range(_LISTED):
        before = view.mention_ending(mention.first - 1)
        if before is None or not are_listed(view, before, mention):
            break
        mention = before
    return mention


def provinces_in(view: View) -> set[str]:
    """The provinces a sentence names."""
    return {m.province for m in view.mentions if m.level == "province" and m.province is not None}


def names_several(view: View, level: str) -> bool:
    """``Huyện A có 6 cán bộ, còn huyện B chỉ có 1``: whether a sentence names several places of a level."""
    if level == "province":
        return len(provinces_in(view)) > 1
    named = {m.name for m in view.mentions if m.level == "district" and not m.again}
    return level == "district" and len(named) > 1


def is_one_of_several(view: View, mention: Mention) -> bool:
    """``các xã A, B, C``, ``các quận, huyện và thành phố D``: no single place's total."""
    if mention.again or mention.level not in ("district", "commune") or mention.first == 0:
        return False
    before = view.tokens[mention.first - 1]
    if before.key in keys("types", "several") or _is_named_with_others(view, mention):
        return True
    if _is_where_both_are(view, mention):
        return True
    joined = mention.first > 1 and joins_names(view, mention.first - 1)
    of_level = mention.first > 2 and view.key(mention.first - 3) in keys("names", "of_level")
    return joined and not of_level and view.key(mention.first - 2) in keys("names", "listed")


def _is_where_both_are(view: View, mention: Mention) -> bool:
    """``tại xã A và xã B``: a thing that takes place in both."""
    joined = joins_names(view, mention.first - 1)
    before = view.mention_ending(mention.first - 1) if joined else None
    behind = view.mention_at(mention.last + 1) if joins_names(view, mention.last) else None
    one, other = (before, mention) if before is not None else (mention, behind)
    if one is None or other is None or one.again or other.again or one.level != other.level:
        return False
    return view.key(one.first - 1) in keys("names", "at")


def above_both(view: View, mentions: Sequence[Mention]) -> list[Mention]:
    """``ở huyện A và huyện B``: the territory above the first two places that a thing is in together."""
    both = (m for m in mentions if m.level in _ABOVE and not m.again and _is_where_both_are(view, m))
    return [replace(mention, level=_ABOVE[mention.level], again=True) for mention in islice(both, 1)]


def _is_named_with_others(view: View, mention: Mention) -> bool:
    """``các huyện A, B``, ``huyện A và hai huyện B, C``: joined to one that stands for several."""
    several = keys("types", "several")
    if _is_before_several(view, mention):
        return True
    named = mention
    for _ in range(_LISTED):
        before = view.mention_ending(named.first - 1) if joins_names(view, named.first - 1) else None
        if before is None or before.level != mention.level or not _is_bare(view, named):
            return False
        if view.key(before.first - 1) in several:
            return True
        named = before
    return False


def _is_before_several(view: View, mention: Mention) -> bool:
    """``huyện A và hai huyện B, C``."""
    and_several = view.key(mention.last + 1) in keys("types", "several")
    other = view.mention_at(mention.last + 2) if and_several else None
    joined = view.key(mention.last) in keys("names", "and")
    return joined and other is not None and other.level == mention.level


def joins_names(view: View, index: int) -> bool:
    """Whether a token joins the names on either side of it."""
    return view.key(index) == "," or view.key(index) in keys("names", "and")


def _is_bare(view: View, mention: Mention) -> bool:
    return not mention.again and by_level("types").longest(view.tokens, mention.first) is None
