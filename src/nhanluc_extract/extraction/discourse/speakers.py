"""Who says what stands between quotation marks, where that is told behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from nhanluc_extract.extraction.sentence.placing import head_places
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
        if mark is None:
            continue
        for count, view in enumerate(spoken, start=1):
            closed = view.mark_from(mark, 1 if count == 1 else 0)
            if closed < len(view.tokens):
                speaker = _spoken_for(view, closed)
                said = spoken[:count] if speaker is not None else ()
                speakers.update({v.sentence.index: Speaker(view, speaker) for v in said if speaker})
                break
    return speakers


def _spoken_for(view: View, closed: int) -> Mention | None:
    behind: Sequence[Mention] = [m for m in view.mentions if m.first > closed and not m.again]
    heads = head_places(view, [m for m in behind if not m.territorial])
    return heads[0] if heads and heads[0].level in _SPOKEN_FOR else None
