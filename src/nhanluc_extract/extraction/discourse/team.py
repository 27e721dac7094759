"""The team that a text named last."""

from __future__ import annotations

from collections.abc import Mapping

from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View


def teams_before(views: Mapping[int, View]) -> dict[int, Term | None]:
    """The team named last before each sentence of an article."""
    team: Term | None = None
    found: dict[int, Term | None] = {}
    for index, view in views.items():
        found[index] = team
        team = _last_team(view, len(view.tokens)) or team
    return found


def last_team_before(teams: Mapping[int, Term | None], reading: Reading) -> frozenset[str]:
    """Classes of the nearest team named before a number, in its sentence or in one before."""
    team = _last_team(reading.view, reading.quantity.first) or teams[reading.view.sentence.index]
    return team.classes if team is not None else frozenset()


def _last_team(view: View, before: int) -> Term | None:
    """The last team named before token ``before``; bare words such as *tổ* name none."""
    for term in reversed(view.between(0, before)):
        if term.word.family == "team" and not term.is_a("team_word"):
            return term
    return None
