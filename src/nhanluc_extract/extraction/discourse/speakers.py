"""Who says what stands between quotation marks, where that is told behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from nhanluc_extract.extraction.sentence.placing import head_places
from nhanluc_extract.extraction.sentence.taking_up import is_spoken_for
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.mention import Mention

_CLOSING = {"“": "”", '"': '"', "«": "»"}
_SPOKEN_FOR = frozenset({"district", "commune", "organisation"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """The place or body ``mention`` of ``view``, for which somebody speaks in the words before it."""

    view: View
    mention: Mention


def speakers_of(views: Iterable[View]) -> Mapping[int, Speaker]:
    """``“Xã có 5 tổ. Năm nay …”, Chủ tịch UBND xã A nói``: the speaker, for each sentence of the quotation.

    A quotation that opens no line has its speaker before it.
    """
    speakers: dict[int, Speaker] = {}
    for _, line in groupby(views, key=lambda view: view.sentence.line):
        spoken = list(line)
        mark = _CLOSING.get(spoken[0].tokens[0].text)
        closing = None if mark is None else next(_closings(spoken, mark), None)
        if closing is None:
            continue
        number, closed = closing
        mention = _spoken_for(spoken[number], closed)
        if mention is not None:
            speaker = Speaker(spoken[number], mention)
            speakers |= {view.sentence.index: speaker for view in spoken[: number + 1]}
    return speakers


def _closings(spoken: Sequence[View], mark: str) -> Iterator[tuple[int, int]]:
    """The sentences of a line in which ``mark`` closes the quotation that opens it, each with its token."""
    for number, view in enumerate(spoken):
        closed = view.mark_from(mark, 0 if number else 1)
        if closed < len(view.tokens):
            yield number, closed


def _spoken_for(view: View, closed: int) -> Mention | None:
    behind = [m for m in view.mentions if m.first > closed and is_spoken_for(view, m)]
    heads = head_places(view, [m for m in behind if not (m.again or m.territorial)])
    return heads[0] if heads and heads[0].level in _SPOKEN_FOR else None
