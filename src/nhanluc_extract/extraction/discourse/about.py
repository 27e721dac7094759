"""Whether an article is about the field of the pack."""

from __future__ import annotations

from collections.abc import Collection

from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.rulepack.model import RulePack

_SHARE = 0.3  # of the sentences that name the field together with something that is counted
_SHARE_HEADED = 0.2  # of those that name the field at all, where the headline names it too


def is_about(pack: RulePack, views: Collection[View]) -> bool:
    """Its headline and the share of its sentences that tell of the field and those in it decide."""
    if not views:
        return False
    counted = frozenset().union(*(frame.count for frame in pack.frames))
    named = [view for view in views if not view.classes.isdisjoint(pack.field)]
    told = [view for view in named if not view.classes.isdisjoint(counted)]
    headed = any(view.sentence.zone == "title" for view in named)
    share = len(named) / len(views) if headed else 0.0
    return share >= _SHARE_HEADED or len(told) / len(views) >= _SHARE
