"""Whether an article is about the field of the pack."""

from __future__ import annotations

from collections.abc import Collection

from nhanluc_extract.extraction.terms import View
from nhanluc_extract.rulepack.model import RulePack

_SHARE = 0.3  # of the sentences that name the field, in an article about it
_SHARE_HEADED = 0.2  # ... where its headline or lead names it too


def is_about(pack: RulePack, views: Collection[View]) -> bool:
    """Its headline, its lead and the share of its sentences that name the field tell."""
    named = [view for view in views if not view.classes().isdisjoint(pack.field)]
    if not views:
        return False
    headed = any(view.sentence.zone in ("title", "lead") for view in named)
    return len(named) / len(views) >= (_SHARE_HEADED if headed else _SHARE)
