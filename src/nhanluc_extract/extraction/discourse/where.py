"""Whose a count is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """Scope of a fact, what lies below the province, the province, and the level that a team's name says."""

    scope: str
    place: str | None = None
    province: str | None = None
    inferred: bool = False
    named_level: str | None = None
