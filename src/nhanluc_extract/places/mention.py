"""A place or body as a sentence names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A place or body at tokens ``[first, last)`` of a sentence.

    ``level`` is a scope of a fact; ``name`` is as written; ``province`` is canonical where the name
    itself tells it. ``inner`` is the level of the place in a body's name, ``territory`` that place where
    it has a name, ``bare`` a place's name without its type. ``again`` marks words that only take a place
    up again (*toàn huyện*), ``nationwide`` a firm with sites in many provinces.
    """

    level: str
    first: int
    last: int
    name: str
    province: str | None = None
    again: bool = False
    territorial: bool = False
    is_team: bool = False
    independent: bool = False
    nationwide: bool = False
    former: bool = False
    inner: str | None = None
    territory: str | None = None
    bare: str | None = None

    @property
    def level_of_team(self) -> str | None:
        """The level that the name of a team says."""
        return self.inner if self.is_team else None
