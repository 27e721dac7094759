"""Who says what stands between quotation marks, where that is told behind them, and who answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, groupby

from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.placing import head_places
from nhanluc_extract.extraction.sentence.taking_up import is_spoken_for
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.text.document import Sentence

_DASHES = frozenset("-–—")
_CLOSING = {"“": "”", '"': '"', "«": "»"}
_SHORTEST, _LONGEST = 2, 10  # tokens of a name with its titles
_OFFICE = 8  # tokens from a name to the body that its office is of
_SPOKEN_FOR = frozenset({"district", "commune", "organisation"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """The place or body ``mention`` of ``view``, for which somebody speaks.

    Who ``answers`` in an interview speaks for it as *we*, and otherwise of all that he is asked about.
    """

    view: View
    mention: Mention
    answers: bool = False


def speakers_of(views: Iterable[View]) -> Mapping[int, Speaker]:
    """``“Xã có 5 tổ. Năm nay …”, Chủ tịch UBND xã A nói``: the speaker, for each sentence of the quotation.

    A quotation that opens no line has its speaker before it.
    """
    lines = [list(line) for _, line in groupby(views, key=lambda view: view.sentence.line)]
    speakers = dict(_answering(lines))
    for spoken in lines:
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


def _answering(lines: Sequence[Sequence[View]]) -> Iterator[tuple[int, Speaker]]:
    """``Ông Lê Văn A: Chúng tôi có …``: for whom the one speaks who was introduced with his office.

    ``- Chúng tôi có …`` below a question is said by the one with whom an interview is announced.
    """
    speaker: Speaker | None = None
    known: dict[tuple[str, ...], Speaker | None] = {}
    for number, line in enumerate(lines):
        name = _name_of_speaker(line[0])
        if name is not None:
            if name not in known:
                told = (_introduced(view, name) for before in lines[:number] for view in before)
                known[name] = next(filter(None, told), None)
            speaker = known[name]
        elif _is_answer(line[0].sentence):
            talked = (_talked_to(view) for before in lines[:number] for view in before)
            speaker = next(filter(None, talked), None)
        if line[-1].tokens[-1].text == "?":
            speaker = None
        if speaker is not None:
            yield from ((view.sentence.index, speaker) for view in line)


def _is_answer(sentence: Sentence) -> bool:
    """Whether a sentence behind a dash follows a question."""
    before = sentence.document.sentences[sentence.index - 1] if sentence.index else None
    asked = before is not None and before.tokens[-1].text == "?" and before.line != sentence.line
    return asked and sentence.tokens[0].text in _DASHES


def _talked_to(view: View) -> Speaker | None:
    """``cuộc trao đổi với ông Lê Văn A, Giám đốc Sở B``: the body named first behind the name."""
    for first, token in enumerate(view.tokens):
        if token.key not in linking("with_words"):
            continue
        comma = view.mark_from(",", first)
        behind = [token.text for token in view.tokens[first + 1 : comma]]
        name = list(dropwhile(str.islower, behind))
        named = len(name) >= _SHORTEST and all(text[0].isupper() for text in name)
        titled = named and len(behind) <= _LONGEST
        if titled and (speaker := _holding_office(view, comma)) is not None:
            return speaker
    return None


def _name_of_speaker(view: View) -> tuple[str, ...] | None:
    """The last two syllables of the name with which a line opens as somebody's words."""
    colon = view.mark_from(":", 0)
    named = [token.text for token in view.tokens[:colon] if token.text[0].isalpha()]
    is_name = len(named) >= _SHORTEST and colon <= _LONGEST and all(text[0].isupper() for text in named)
    return tuple(named[-2:]) if is_name and colon < len(view.tokens) else None


def _introduced(view: View, name: tuple[str, ...]) -> Speaker | None:
    """``ông Lê Văn A, Phó Giám đốc Công ty B``: the body or place named first behind a name."""
    texts = tuple(token.text for token in view.tokens)
    ends = (at + len(name) for at in range(len(texts)) if texts[at : at + len(name)] == name)
    behind = next(ends, None)
    if behind is None or texts[behind : behind + 1] not in ((",",), ("(",), ("-",)):
        return None
    return _holding_office(view, behind)


def _holding_office(view: View, behind: int) -> Speaker | None:
    """The body or place named first behind a name that ends at token ``behind``."""
    office = [m for m in view.mentions if behind < m.first <= behind + _OFFICE and not m.again]
    return Speaker(view, office[0], answers=True) if office and office[0].level in _SPOKEN_FOR else None


def _spoken_for(view: View, closed: int) -> Mention | None:
    behind = [m for m in view.mentions if m.first > closed and is_spoken_for(view, m)]
    heads = head_places(view, [m for m in behind if not (m.again or m.territorial)])
    return heads[0] if heads and heads[0].level in _SPOKEN_FOR else None
