"""Whose a count is."""

from __future__ import annotations

from dataclasses import dataclass

from nhanluc_extract.extraction.sentence.placing import provinces_in
from nhanluc_extract.extraction.sentence.view import View


@dataclass(frozen=True, slots=True)
class Where:
    """Scope of a fact, what lies below the province, the province, and the level that a team's name says."""

    scope: str
    place: str | None = None
    province: str | None = None
    inferred: bool = False
    named_level: str | None = None


def province_of_heading(view: View) -> Where | None:
    """The one province a heading names: that of what stands under it."""
    provinces = provinces_in(view)
    return Where("province", None, provinces.pop()) if len(provinces) == 1 else None
