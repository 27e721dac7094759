"""The team that a text named last."""

from __future__ import annotations

from collections.abc import Mapping

from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.terms import Term, View


def last_team_before(views: Mapping[int, View], reading: Reading) -> frozenset[str]:
    """Classes of the nearest team named before a number, in its sentence or in one before."""
    team = _last_team(reading.view, reading.quantity.first)
    index = reading.view.sentence.index - 1
    while team is None and index >= 0:
        team = _last_team(views[index], len(views[index].tokens))
        index -= 1
    return team.classes if team is not None else frozenset()


def _last_team(view: View, before: int) -> Term | None:
    """The last team named before token ``before``; bare words such as *tổ* name none."""
    for term in reversed(view.between(0, before)):
        if term.word.family == "team" and not term.is_a("team_word"):
            return term
    return None
