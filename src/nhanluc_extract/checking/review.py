"""What an analyst marked in the report, as fixtures."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nhanluc_extract.checking.fixtures import (
    COLUMNS,
    ENDING,
    FixtureError,
    as_written,
    read_annotation,
    write_annotation,
)
from nhanluc_extract.records import Record, is_stated
from nhanluc_extract.running.earlier import read_rows
from nhanluc_extract.schema import ARTICLES, FACTS

_VERDICTS = ("right", "wrong", "corrected")
_D_WITH_STROKE = "\N{LATIN SMALL LETTER D WITH STROKE}"  # which no normal form takes apart
_CORRECTABLE = frozenset(COLUMNS) - {"quote", "nth"}


class ReviewError(Exception):
    """A saved review cannot be used; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was said of one fact; ``fields`` are those of a corrected one, empty ones as ``""``."""

    fact_id: str
    verdict: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An article of which facts were marked, as it becomes a fixture."""

    name: str
    text: str
    annotation: str
    marked: Sequence[tuple[Mark, Record]]
    unmarked: int
    """Facts of the article that nobody marked, and that stand in the annotation as they were found."""


def read_marks(path: Path) -> list[Mark]:
    """The marks that the report saved in ``path``.

    Raises:
        ReviewError: it is no such file.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReviewError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except ValueError as error:
        raise ReviewError(f"{path}: not JSON ({error}). Save the review in the report again.") from error
    marks = told.get("marks") if isinstance(told, dict) else None
    if not isinstance(marks, list) or not marks:
        raise ReviewError(
            f"{path}: there are no marks in it. Mark a fact in the report, then save the review."
        )
    return [_mark(f"{path}: mark {number}", mark) for number, mark in enumerate(marks, 1)]


def _mark(where: str, told: Any) -> Mark:
    if not isinstance(told, dict) or not isinstance(told.get("fact_id"), str):
        raise ReviewError(f"{where}: it has no fact_id.")
    if told.get("verdict") not in _VERDICTS:
        raise ReviewError(
            f"{where}: `verdict` is {told.get('verdict')!r}; write one of {', '.join(_VERDICTS)}."
        )
    fields = told.get("fields", {})
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise ReviewError(f"{where}: `fields` is no table of texts.")
    unknown = sorted(set(fields) - _CORRECTABLE)
    if unknown:
        raise ReviewError(f"{where}: `{unknown[0]}` is no field; they are {', '.join(COLUMNS[2:])}.")
    return Mark(told["fact_id"], told["verdict"], fields)


def review(results: Path, marks: Sequence[Mark], units: Collection[str]) -> list[Reviewed]:
    """The articles that ``marks`` tell of, out of the tables in the folder ``results``.

    Raises:
        EarlierError: a table is missing, broken or of another version.
        ReviewError: a mark of a fact that is not there, or with a field that no annotation has.
    """
    facts = {fact["fact_id"]: fact for fact in read_rows(results / "facts.parquet", FACTS)}
    for mark in marks:
        if mark.fact_id not in facts:
            raise ReviewError(
                f"{results}: no fact {mark.fact_id}. Name the results that the report was made of."
            )
    by_id = {mark.fact_id: mark for mark in marks}
    articles = {facts[fact_id]["article_id"] for fact_id in by_id}
    return [
        _reviewed(
            row, [fact for fact in facts.values() if fact["article_id"] == row["article_id"]], by_id, units
        )
        for row in read_rows(results / "articles.parquet", ARTICLES)
        if row["article_id"] in articles and row["text"] is not None
    ]


def _reviewed(
    row: Record, facts: Sequence[Record], marks: Mapping[str, Mark], units: Collection[str]
) -> Reviewed:
    kept = [
        _corrected(fact, marks[fact["fact_id"]]) if fact["fact_id"] in marks else fact
        for fact in facts
        if (marks[fact["fact_id"]].verdict != "wrong" if fact["fact_id"] in marks else is_stated(fact))
    ]
    name = _name(row["source"])
    annotation = write_annotation(row["text"], kept)
    try:
        read_annotation(Path(f"{name}{ENDING}"), annotation, row["text"], units)
    except FixtureError as error:
        raise ReviewError(
            f"{row['source']}: corrected as marked it would be no annotation. {error}"
        ) from error
    marked = [(marks[fact["fact_id"]], fact) for fact in facts if fact["fact_id"] in marks]
    return Reviewed(name, row["text"], annotation, marked, sum(fact["fact_id"] not in marks for fact in kept))


def _corrected(fact: Record, mark: Mark) -> Record:
    return fact | {name: value or None for name, value in mark.fields.items()}


def _name(source: str) -> str:
    """A file's name out of the last part of a source, without accents.

    >>> _name("bao/Điện Biên 2024.html")
    'dien-bien-2024'
    """
    last = re.split(r"[/#?]", source.rstrip("/"))[-1]
    stem = re.sub(r"\.\w{1,5}$", "", last) or "article"
    plain = unicodedata.normalize("NFD", stem.lower().replace(_D_WITH_STROKE, "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-") or "article"


def write_fixtures(folder: Path, articles: Sequence[Reviewed]) -> list[Path]:
    """The annotations written to ``folder``, each beside its article; nothing is overwritten.

    Raises:
        ReviewError: one of the files is there already; then none is written.
    """
    paths = {}
    for number, article in enumerate(articles):
        same = sum(other.name == article.name for other in articles[:number])
        paths[folder / f"{article.name}{f'-{same + 1}' if same else ''}{ENDING}"] = article
    for path in paths:
        if path.exists():
            raise ReviewError(
                f"{path}: it is there already. Move it away, or choose another --fixtures folder."
            )
    folder.mkdir(parents=True, exist_ok=True)
    for path, article in paths.items():
        text = path.with_name(f"{path.name.removesuffix(ENDING)}.txt")
        text.write_text(article.text, encoding="utf-8", newline="")
        path.write_text(article.annotation, encoding="utf-8")
    return list(paths)


def as_lines(article: Reviewed) -> Iterator[str]:
    """What was marked in an article, each with the frame that decided."""
    for mark, fact in article.marked:
        yield f"  {mark.verdict:9}  {fact['quote']!r} {fact['indicator']}, by rule {fact['rule']}"
        for name, value in mark.fields.items():
            yield f"             {name}: {as_written(fact[name])} → {value}"
    if article.unmarked:
        number = article.unmarked
        yield f"  {number} not marked, taken as right. Read the article for them and for what is missing."
