"""The team that a text named last."""

from __future__ import annotations

from collections.abc import Mapping

from nhanluc_extract.extraction.matching import last_team
from nhanluc_extract.extraction.reading import Reading
from nhanluc_extract.extraction.terms import View


def last_team_before(views: Mapping[int, View], reading: Reading) -> frozenset[str]:
    """Classes of the nearest team named before a number, in its sentence or in one before."""
    team = last_team(reading.view, reading.quantity.first)
    index = reading.view.sentence.index - 1
    while team is None and index >= 0:
        team = last_team(views[index], len(views[index].tokens))
        index -= 1
    return team.classes if team is not None else frozenset()
