"""Tables whose cells a page keeps apart by bars: a line of heads, and rows of figures under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nhanluc_extract.extraction.sentence.reading import NounGroup, Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.text.document import Sentence

_BAR = "|"
PEOPLE_HEADS = frozenset({"duty", "technical", "degree_word"})
"""What, in a head that begins with people, says that its column counts them."""
_FEWEST = 3  # cells of a row


@dataclass(frozen=True, slots=True)
class Column:
    """The words at the head of a column, and whether they say that its figures are there, or planned."""

    head: Sequence[Term]
    status: str | None


Columns = Sequence[Column]


def is_line_of_table(sentence: Sentence) -> bool:
    """Whether bars keep the cells of a sentence apart."""
    return sum(token.text == _BAR for token in sentence.tokens) >= _FEWEST - 1


def columns_of(view: View, before: Columns) -> Columns:
    """The columns of the table that ``view`` is a line of.

    A line of cells without a figure begins a table; ``before`` are the heads that hold so far.
    """
    bars = [index for index, token in enumerate(view.tokens) if token.text == _BAR]
    if any(q.is_candidate for q in view.sentence.quantities):
        return before if len(before) == len(bars) + 1 else ()
    cells = [(first + 1, last) for first, last in pairwise([-1, *bars, len(view.tokens)])]
    told = [_status(view, first, last) for first, last in cells]
    unsaid = "actual" if any(told) else None  # beside a column of plans
    return [Column(view.between(*cell), status or unsaid) for cell, status in zip(cells, told, strict=True)]


def _status(view: View, first: int, last: int) -> str | None:
    """``Số tổ hiện có``, ``Dự kiến tập huấn``."""
    return next((o.value for o in view.operators("status") if first <= o.first < last), None)


def read_cells(
    view: View, readings: Sequence[Reading], columns: Columns
) -> Iterator[tuple[Reading, NounGroup]]:
    """The figures of a row, each counting what the head of its column counts unless it says so itself."""
    for reading in readings if columns else ():
        first = reading.quantity.first
        column = columns[view.count_marks(_BAR, first)]
        head, noun = column.head, _noun(column.head)
        if noun is not None and reading.quantity.kind == "count":
            yield (
                reading,
                reading.noun.but(
                    terms=tuple(t for t in head if t.word.family == noun.word.family),
                    unknown=None,
                    column=head,
                    column_status=column.status,
                    span=(reading.quantity.last, reading.quantity.last),
                    is_row=True,
                    label=(0, first),  # the row is named before its figures
                ),
            )
        elif not (_counts_itself(reading) or any(t.is_a("count_opener", "share_opener") for t in head)):
            yield reading, reading.noun.but(unknown=view.key(first), terms=())
        else:
            yield reading, reading.noun.but(column_status=column.status)


def _counts_itself(reading: Reading) -> bool:
    """``02 lớp`` in a cell."""
    return any(t.first >= reading.quantity.last for t in reading.counted)


def _noun(head: Sequence[Term]) -> Term | None:
    """The noun of ``Số tổ``, ``Chỉ tiêu``, ``Lượt người dân`` or ``Cán bộ phụ trách CNTT``.

    ``Tỷ lệ`` and ``Nhóm`` count nothing.
    """
    counts = any(t.is_a("count_opener", "quota") or t.word.unit == "turn" for t in head)
    people = bool(head) and head[0].word.kind == "noun" and head[0].word.family == "people"
    counts = counts or (people and any(t.is_a(*PEOPLE_HEADS) for t in head))
    if not counts or any(t.is_a("share_opener") for t in head):
        return None
    return next((t for t in head if t.word.is_counted), None)
