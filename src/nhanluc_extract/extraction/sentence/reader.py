"""The numbers of one sentence, read together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from nhanluc_extract.extraction.sentence.connectors import joined, linking
from nhanluc_extract.extraction.sentence.filling import Filling
from nhanluc_extract.extraction.sentence.labels import Labels
from nhanluc_extract.extraction.sentence.leaning import Leaning
from nhanluc_extract.extraction.sentence.nouns import Nouns
from nhanluc_extract.extraction.sentence.phrases import Phrases
from nhanluc_extract.extraction.sentence.reading import Context, Reading
from nhanluc_extract.extraction.sentence.rows import Rows
from nhanluc_extract.extraction.sentence.said import Said
from nhanluc_extract.extraction.sentence.tables import Columns, read_cells
from nhanluc_extract.extraction.sentence.totals import Totals, join_wholes
from nhanluc_extract.extraction.sentence.verbs import Verbs
from nhanluc_extract.extraction.sentence.view import View


def read_sentence(
    view: View,
    previous: list[Reading],
    intro: list[Reading],
    before: Sequence[Said] = (),
    columns: Columns = (),
) -> list[Reading]:
    """Readings of the candidate numbers of one sentence, in text order.

    ``previous`` are those of the sentence before in the paragraph, ``intro`` those of the sentence
    that opens the list this one is an item of, ``before`` what the sentences before tell, ``columns``
    the heads of the table it is a row of. Each step needs what the steps before it found.
    """
    numbers = [quantity for quantity in view.sentence.quantities if quantity.is_candidate]
    if not numbers:
        return []
    candidates, picked_from = join_wholes(view, numbers)
    context = Context(view, previous, intro, before, candidates, picked_from)
    readings = [Reading(quantity, view, i) for i, quantity in enumerate(candidates)]
    _find_nouns(context, readings, columns)
    totals, verbs, leaning = Totals(context), Verbs(context), Leaning(context)
    families: set[str | None] = set()
    summed = totals.summed(readings)
    for reading in readings:
        for part in totals.parts_of(reading, readings):
            part.whole, reading.is_whole = reading, reading.family == "body"
            part.quantity = replace(part.quantity, of=reading.quantity.value)
        reading.parent = summed.get(reading.index) or totals.total_of(reading, readings)
        reading.noun = leaning.lean(reading, readings)
        reading.predicate = verbs.find(reading, readings)
        reading.in_list = reading.family in families
        families.add(reading.family)
    for one, other in pairwise(readings):
        other.is_denominator = one.quantity.kind == "percent" and one.quantity.of == other.quantity.value
        if _shares_words_behind(one, other):
            one.predicate = replace(one.predicate, joined_to=other)
        if _changes_to(one, other) and not one.verb:
            one.predicate = replace(one.predicate, verb=other.verb)
    following: Reading | None = None
    for reading in reversed(readings):
        reading.predicate = verbs.shared(reading, readings)
        if following is not None and verbs.tells_whose(reading, following):
            following.is_whole = True
        following = reading
    for part in readings:
        if part.whole is not None:  # "trong số 340 giáo viên, 290 người đã học": not all of them
            said = [term for term in part.whole.after if term.first < part.quantity.first]
            part.whole.predicate = replace(part.whole.predicate, after=said)
    return readings


def _shares_words_behind(one: Reading, other: Reading) -> bool:
    """Whether what is said behind ``other`` is said of ``one`` too.

    It is of what is joined to it (``131 sinh viên và 5 thạc sĩ ngành A``), and of a course for it
    (``24 lớp cho 925 công chức về kỹ năng số``).
    """
    view = one.view
    if one.family == other.family:
        return joined(view, one.span[1], other.hedge_first)
    for_them = view.key(other.hedge_first - 1) in linking("beneficiary")
    same = view.same_clause(one.quantity.first, other.quantity.first)
    return (one.family, other.family) == ("course", "people") and for_them and same


def _changes_to(one: Reading, other: Reading) -> bool:
    """``tăng từ 410 lên 600 người``: what is said of the second number is said of the first too."""
    view = one.view
    if one.family != other.family or view.key(one.hedge_first - 1) not in linking("since"):
        return False
    gap = range(one.quantity.last, other.quantity.first)
    changed = any(view.key(index) in linking("raised_to") for index in gap)
    return changed and not view.has_mark(";", gap.start, gap.stop)


def _joins_located(reading: Reading, readings: list[Reading]) -> bool:
    """``hoạt động ở 173 xã và 1.356 thôn``: what says where something is goes on."""
    before = readings[reading.index - 1] if reading.index else None
    if before is None or not before.is_located or reading.family != before.family:
        return False
    view, end = reading.view, before.span[1]
    while (level := view.term_at.get(end + (view.key(end) == ","))) is not None and level.is_a("level_words"):
        end = level.last  # "ở 95% đơn vị cấp sở, cấp huyện và 100% xã"
    return joined(view, end, reading.hedge_first)


def _find_nouns(context: Context, readings: list[Reading], columns: Columns) -> None:
    nouns = Nouns(context)
    labels, filling = Labels(context, nouns), Filling(context)
    phrases, leaning = Phrases(context), Leaning(context)
    for reading in readings:
        reading.noun = nouns.find(reading)
        reading.is_located = nouns.is_located(reading) or _joins_located(reading, readings)
    for reading in reversed(readings):
        reading.noun = labels.share_noun_behind(reading, readings)
    for reading in readings:
        reading.noun = phrases.find(reading, readings)
        reading.left = phrases.item_start(reading, readings)
    for reading, noun in read_cells(context.view, readings, columns):
        reading.noun = noun
    for reading, noun in Rows(context).find(readings):
        reading.noun = noun
    for reading in readings:
        if reading.noun.is_row:
            continue
        if reading.counted and all(term.word.generic for term in reading.counted):
            reading.noun = filling.fill_up(reading, readings)
        elif reading.counted:
            reading.noun = filling.as_listed(reading)
        elif reading.is_open:
            reading.noun = leaning.take_share(reading, readings) or labels.find(reading, readings)
