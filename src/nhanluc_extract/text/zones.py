"""What each line of a page is: title, lead, body, caption or furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby, pairwise

from nhanluc_extract.model import Line, Zone
from nhanluc_extract.text.dates import find_dateline
from nhanluc_extract.text.language import language

_LONGEST_HEADING = 28  # syllables
_SHORTEST_PROSE = 25
_SHORTEST_STATEMENT = 10
_LOOKED_AT_FOR_TITLE = 12
_LONGEST_SITE_NAME = 6
_NO_CAPTION = 60  # syllables of a line that is none, whatever it says
_LONGEST_SECTION = 20
_LONGEST_LABEL = 3  # of a line that labels a figure of the item above it
_BRACKETED = re.compile(r"\([^)]*\)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# A row of a table: its number, its name, and cells with figures.
_ROW = re.compile(r"(?:\d{1,3}\s*\|\s*)?[^|\d][^|]{2,60}(?:\|(?>[^|]*\d)[^|]{0,40})++$")
_FEWEST_BARS = 2  # between the cells of a table
_FIGURE = re.compile(r"\|\s*\d[\d.,]*\s*(?:\||$)")  # a cell that is a number
_LABELLED = re.compile(r":\s*\d")  # a figure behind its label
_STOPS = (".", ";", ":", "…", ".”", '."', ".)")
_TERMINAL = (".", "!", "?", ";", ":", "…", ".”", '."', "”", '"', ")")


@dataclass(frozen=True, slots=True)
class _Furniture:
    lines: tuple[re.Pattern[str], ...]
    headings: re.Pattern[str]
    captions: re.Pattern[str]
    bylines: re.Pattern[str]
    prefix: re.Pattern[str]
    menu: re.Pattern[str]
    site: re.Pattern[str]
    menu_minimum: int
    bullets: tuple[str, ...]
    numbered: re.Pattern[str]
    open_ends: frozenset[str]


@cache
def _furniture() -> _Furniture:
    data, sentences = language("furniture"), language("sentences")
    return _Furniture(
        lines=tuple(re.compile(expression, re.I) for expression in data["lines"]),
        headings=re.compile(data["headings"], re.I),
        captions=re.compile(data["captions"], re.I),
        bylines=re.compile(data["bylines"], re.I),
        prefix=re.compile(data["prefix"]),
        menu=re.compile(data["menu_marks"]),
        site=re.compile(data["site"], re.I),
        menu_minimum=data["menu_minimum"],
        bullets=tuple(sentences["bullets"]),
        numbered=re.compile(sentences["numbered"]),
        open_ends=frozenset(sentences["open_ends"]),
    )


@dataclass(slots=True)
class _Shape:
    """One non-empty line and what it looks like by itself."""

    start: int
    text: str
    syllables: int
    zone: Zone = "body"
    is_bullet: bool = False
    is_prose: bool = False
    opens_block: bool = False


def find_lines(text: str) -> list[Line]:
    """The non-empty lines of a clean text with their zones.

    A heading such as *Tin liên quan* makes what follows furniture until the article resumes: two
    lines of prose with no headline between them. Short lines behind the last prose are furniture.
    """
    shapes = _shapes(text)
    dateline = find_dateline(shape.text for shape in shapes[:40] if shape.syllables < 25)
    date_text = [s for s in shapes[:40] if s.syllables < 25][dateline[0]].text if dateline else None
    _mark_sections(shapes)
    _mark_rows(shapes)
    _mark_answers(shapes)
    _mark_blocks(shapes)
    _mark_tail(shapes)
    title = _title(shapes, date_text)
    seen_lead = False
    for index, shape in enumerate(shapes):
        if shape.text == date_text and shape.zone == "body" and not shape.is_prose:
            shape.zone = "furniture"
        if shape.zone != "body":
            continue
        if title is not None and (index == title or shape.text == shapes[title].text):
            shape.zone = "title"
        elif shape.is_prose and not seen_lead and not shape.is_bullet:
            shape.zone, seen_lead = "lead", True
    return [
        Line(
            start=shape.start,
            end=shape.start + len(shape.text),
            text=shape.text,
            zone=shape.zone,
            is_heading=not shape.is_prose and not shape.is_bullet and shape.zone == "body",
            is_bullet=shape.is_bullet,
        )
        for shape in shapes
    ]


def find_prefix_date(text: str) -> date | None:
    """Date of the prefix a crawler's corpus puts before a text; its first day where it has none."""
    found = _furniture().prefix.match(text)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return None


def find_spans(text: str) -> list[tuple[int, int]]:
    """Where the non-empty lines of a clean text begin and end; a sentence broken in two makes one."""
    spans: list[tuple[int, int]] = []
    prefix = _furniture().prefix.match(text)
    start = prefix.end() if prefix else 0
    before = ""
    for line in text[start:].split("\n"):
        stripped, end = line.strip(), start + len(line.rstrip())
        if spans and _goes_on(before, stripped):
            spans[-1] = spans[-1][0], end
        elif stripped:
            spans.append((end - len(stripped), end))
        before = stripped
        start += len(line) + 1
    return spans


def may_be_item(line: str) -> bool:
    """Whether a line may be an item of a list or a row of a table, or the figure of the item above it."""
    return _is_marked(line) or "|" in line or labels_figure(line)


def _is_marked(line: str) -> bool:
    furniture = _furniture()
    return line.startswith(furniture.bullets) or bool(furniture.numbered.match(line))


def labels_figure(line: str) -> bool:
    """``Chỉ tiêu: 50``: a short label and its figure."""
    label, colon, figure = line.partition(":")
    return bool(colon) and len(label.split()) <= _LONGEST_LABEL and figure.strip()[:1].isdigit()


def _shapes(text: str) -> list[_Shape]:
    lines = ((first, text[first:last]) for first, last in find_spans(text))
    shapes = [_Shape(first, line, len(line.split())) for first, line in lines]
    for shape in shapes:
        _classify(shape, _furniture())
    return shapes


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence was broken between two lines (``cho hơn / 300 cán bộ``)."""
    if not line or not following or line.endswith(_TERMINAL):
        return False
    open_end = line.rsplit(None, 1)[-1].lower() in _furniture().open_ends
    return (following[0].isdigit() and open_end) or (
        following[0].islower() and not _furniture().numbered.match(following)
    )


def _classify(shape: _Shape, furniture: _Furniture) -> None:
    text = shape.text
    shape.is_bullet = _is_marked(text)
    long = shape.syllables > _LONGEST_HEADING
    shape.is_prose = long or text.endswith(_STOPS)
    if not long and furniture.headings.match(text):
        shape.opens_block, shape.zone, shape.is_prose = True, "furniture", False
    elif (
        not long
        and not _is_statement(shape)
        and (
            any(pattern.match(text) for pattern in furniture.lines)
            or furniture.bylines.match(text)
            or (
                (len(furniture.menu.findall(text)) >= furniture.menu_minimum and not text.endswith("."))
                and not any(character.isdigit() for character in text)
            )
        )
    ):
        shape.zone, shape.is_prose = "furniture", False
    elif shape.syllables < _NO_CAPTION and furniture.captions.search(text):
        shape.zone, shape.is_prose = "caption", False


def _is_statement(shape: _Shape) -> bool:
    """A whole sentence with a figure in it is the article's, whatever word it begins with."""
    text = shape.text
    return shape.syllables >= _SHORTEST_STATEMENT and text.endswith(".") and any(c.isdigit() for c in text)


def _mark_sections(shapes: Sequence[_Shape]) -> None:
    """``1. Thực trạng`` above prose is a heading, not an item of a list."""
    numbered = _furniture().numbered
    for shape, following in pairwise(shapes):
        found = numbered.match(shape.text)
        if found is None or shape.is_prose or shape.syllables > _LONGEST_SECTION:
            continue
        named = _YEAR.sub("", _BRACKETED.sub("", shape.text[found.end() :]))
        bare = not any(character.isdigit() for character in named)
        item = numbered.match(following.text)
        same_list = item is not None and _marker_kind(item.group()) == _marker_kind(found.group())
        shape.is_bullet = not bare or same_list


def _marker_kind(marker: str) -> tuple[bool, int]:
    """Items of one list are marked alike: by figures of one depth (``2.1``), or by letters."""
    return any(character.isdigit() for character in marker), marker.strip(" .").count(".")


def _mark_answers(shapes: Sequence[_Shape]) -> None:
    """``- Theo tôi, …`` below a question is what somebody answers, no item of a list."""
    for question, answer in pairwise(shapes):
        if question.text.endswith("?") and answer.is_prose:
            answer.is_bullet = False


def _mark_rows(shapes: Sequence[_Shape]) -> None:
    """Lines such as ``Huyện A | 12 người`` are items of a list; so are those of a table, and its heads."""
    for one, other in pairwise(shapes):
        if _ROW.match(one.text) and _ROW.match(other.text):
            for shape in (one, other):
                shape.is_bullet, shape.is_prose, shape.zone = True, False, "body"
    for bars, lines in groupby(shapes, key=lambda shape: shape.text.count("|")):
        rows = list(lines)
        figures = any(_FIGURE.search(row.text) for row in rows[1:])
        if bars >= _FEWEST_BARS and figures and _FIGURE.search(rows[0].text) is None:
            for row in rows:
                row.is_bullet, row.is_prose, row.zone = True, False, "body"


def _mark_blocks(shapes: Sequence[_Shape]) -> None:
    inside = False
    for index, shape in enumerate(shapes):
        if shape.opens_block:
            inside = True
        elif inside and _resumes(shapes, index):
            inside = False
        if inside:
            shape.zone = "furniture"


def _is_long_prose(shape: _Shape) -> bool:
    return (
        shape.is_prose
        and not shape.is_bullet
        and shape.syllables >= _SHORTEST_PROSE
        and shape.text.endswith(_TERMINAL)
    )


def _resumes(shapes: Sequence[_Shape], index: int) -> bool:
    return _is_long_prose(shapes[index]) and index + 1 < len(shapes) and _is_long_prose(shapes[index + 1])


def _mark_tail(shapes: Sequence[_Shape]) -> None:
    prose = [i for i, s in enumerate(shapes) if s.is_prose and s.zone != "furniture"]
    if not prose:
        return
    for index in range(prose[-1] + 1, len(shapes)):
        shape = shapes[index]
        if shape.zone == "body" and not (
            shapes[index - 1].zone == "body"
            and (shapes[index - 1].text.endswith(":") or (shape.is_bullet and shapes[index - 1].is_bullet))
        ):
            shape.zone = "body" if _opens_figures(shapes[index : index + 2]) else "furniture"


def _opens_figures(items: Sequence[_Shape]) -> bool:
    """``* Cán bộ CNTT`` above ``- Xã, phường: 131 người``: a list of figures is none of links."""
    return all(item.is_bullet for item in items) and any(_LABELLED.search(item.text) for item in items)


def _title(shapes: Sequence[_Shape], date_text: str | None) -> int | None:
    """The first headline above the text; a site's name above it is none."""
    candidates = list(_headlines(shapes, date_text))
    for index in candidates:
        longer = any(shapes[i].syllables > _LONGEST_SITE_NAME for i in candidates if i > index)
        if longer and (shapes[index].syllables <= _LONGEST_SITE_NAME or _is_site(shapes[index].text)):
            continue
        return index
    return None


def _is_site(text: str) -> bool:
    return bool(_furniture().site.search(text)) or (text.isupper() and " - " in text)


def _headlines(shapes: Sequence[_Shape], date_text: str | None) -> Iterator[int]:
    for index, shape in enumerate(shapes[:_LOOKED_AT_FOR_TITLE]):
        if shape.zone == "body" and shape.is_prose and shape.syllables > _LONGEST_HEADING:
            return
        if (
            shape.zone == "body"
            and not shape.is_bullet
            and shape.syllables >= 5
            and shape.text != date_text
            and (not shape.is_prose or shape.text.endswith(("?", "!", "”", '"', ":", "…")))
        ):
            yield index
