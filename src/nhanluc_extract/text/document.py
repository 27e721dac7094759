"""An article's text cut into lines and sentences, ready to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from nhanluc_extract.model import Article, Line, Period, Quantity, Token, Zone
from nhanluc_extract.text.characters import CleanText, clean_text
from nhanluc_extract.text.dates import dateline_before, find_dateline, find_periods
from nhanluc_extract.text.quantities import find_quantities
from nhanluc_extract.text.sentences import split_sentences
from nhanluc_extract.text.tokens import in_pieces, tokenize
from nhanluc_extract.text.words import word_bounds
from nhanluc_extract.text.zones import find_lines, find_prefix_date, find_spans, labels_figure

_LONGEST_ITEM_HEADING = 8  # syllables
_LINES_OF_HEAD, _LONGEST_DATE_LINE = 40, 24  # lines that may hold the date, and their blanks


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence; offsets point into the clean text. Its dates and numbers are found when asked for.

    ``line`` is the index of its line; ``intro`` the index of the sentence that opens the list it is
    an item of; ``heading`` that of the sub-heading above it.
    """

    document: Document
    index: int
    start: int
    end: int
    line: int
    zone: Zone
    is_heading: bool
    is_bullet: bool
    tokens: Sequence[Token]
    intro: int | None = None
    heading: int | None = None

    @property
    def is_running(self) -> bool:
        """Whether it belongs to the running text."""
        return self.zone not in ("caption", "title")

    @property
    def surface(self) -> str:
        return self.document.text.clean[self.start : self.end]

    @cached_property
    def periods(self) -> list[Period]:
        return find_periods(self.surface, self.start, self.document.published)

    @cached_property
    def quantities(self) -> list[Quantity]:
        return find_quantities(self.document.text.clean, self.tokens, self.periods)

    def words(self) -> list[tuple[int, int]]:
        """Its words by the tokenizer, as clean offsets; numbers are masked."""
        masked = [(q.start - self.start, q.end - self.start) for q in self.quantities if not q.in_words]
        return [(self.start + start, self.start + end) for start, end in word_bounds(self.surface, masked)]


@dataclass(frozen=True, eq=False)
class Document:
    """Clean text of one article; its parts are found when they are first asked for."""

    article: Article
    text: CleanText

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where its non-empty lines begin and end."""
        return find_spans(self.text.clean)

    @cached_property
    def lines(self) -> list[Line]:
        return find_lines(self.text.clean)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its sentences; furniture has none."""
        return _cut(self)

    @cached_property
    def dateline(self) -> tuple[str, date] | None:
        """The line that tells when it came out, and perhaps where, and the day it tells."""
        clean = self.text.clean
        lines = [clean[start:end] for start, end in self.spans[:_LINES_OF_HEAD]]
        short = [line for line in lines if line.count(" ") < _LONGEST_DATE_LINE]
        # "QUẢNG NGÃI, 16/7/2024 - Giữa trưa, …": before the first words of the text itself
        opening = (dateline_before(line) for line in lines)
        lines = [*short, *islice(filter(None, opening), 1)]
        found = find_dateline(lines)
        return (lines[found[0]], found[1]) if found is not None else None

    @cached_property
    def published(self) -> date | None:
        """The day it came out, which its own date line may tell."""
        if self.article.published is not None:
            return self.article.published
        return self.dateline[1] if self.dateline is not None else find_prefix_date(self.text.clean)

    @property
    def title(self) -> str | None:
        if self.article.title:
            return self.article.title
        return next((line.text for line in self.lines if line.zone == "title"), None)


def read_document(article: Article) -> Document:
    """The document of ``article``."""
    return Document(article, clean_text(article.text))


def _cut(document: Document) -> list[Sentence]:
    lines = document.lines
    sentences: list[Sentence] = []
    intro: int | None = None
    heading: int | None = None
    outer: tuple[str, int | None] = ("", None)
    for number, line in enumerate(lines):
        if line.zone == "furniture":
            continue
        marker = _marker(line)
        if line.is_bullet and marker == outer[0]:
            intro = outer[1]
        above = intro if line.is_bullet else None
        if _labels_item(lines, number) and sentences:
            above = len(sentences) - 1
        for tokens in _sentences(line):
            sentence = Sentence(
                document,
                index=len(sentences),
                start=tokens[0].start,
                end=tokens[-1].end,
                line=number,
                zone=line.zone,
                is_heading=line.is_heading,
                is_bullet=line.is_bullet,
                tokens=tokens,
                intro=above,
                heading=heading,
            )
            sentences.append(sentence)
        if line.is_heading and line.zone == "body":
            heading = len(sentences) - 1
        if line.is_bullet and _opens_list(lines, number):
            # Items with another mark are its own list; one with the same mark ends that list.
            outer = (marker, intro)
            intro = len(sentences) - 1
        if not line.is_bullet:
            outer = ("", None)
        if not line.is_bullet and line.zone != "caption" and sentences:
            opens = line.text.endswith(":") or line.is_heading
            intro = len(sentences) - 1 if opens else None
    return sentences


def _sentences(line: Line) -> Iterator[Sequence[Token]]:
    """The tokens of each sentence of a line."""
    for start, end in split_sentences(line.text):
        yield from in_pieces(tokenize(line.text[start:end], line.start + start))


def _opens_list(lines: Sequence[Line], number: int) -> bool:
    """An item that ends in a colon, is no more than a short heading, or stands above another's marks."""
    line, marker = lines[number], _marker(lines[number])
    alone = not (number and lines[number - 1].is_bullet)
    below = _marker(lines[number + 1]) if number + 1 < len(lines) else ""
    above_others = alone and not marker.isalnum() and below not in ("", marker)
    unended = line.text[-1].isalnum() or line.text[-1] == ")"
    return line.text.endswith(":") or (unended and (above_others or _is_short(line)))


def _is_short(line: Line) -> bool:
    return len(line.text.split()) <= _LONGEST_ITEM_HEADING


def _labels_item(lines: Sequence[Line], number: int) -> bool:
    """``• Ngành A`` and on the next line ``Chỉ tiêu: 50``: a figure of the item above it."""
    below_item = number > 0 and lines[number - 1].is_bullet and not lines[number].is_bullet
    return below_item and labels_figure(lines[number].text)


def _marker(line: Line) -> str:
    """Kind of the mark an item begins with: itself, ``1`` for figures, ``a`` for letters."""
    if not line.is_bullet:
        return ""
    first = line.text[0]
    return "1" if first.isdigit() else "a" if first.isalpha() else first
