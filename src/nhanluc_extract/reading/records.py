"""Records of tables become articles: which column holds the text, the title and the date."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.content import Columns, NoTextColumnError, UnreadableError
from nhanluc_extract.reading.dates import published_of
from nhanluc_extract.reading.encodings import settle
from nhanluc_extract.reading.limits import LARGEST_ARTICLE, in_words
from nhanluc_extract.reading.spelling import without_marks

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_LOOKED_AT = 100  # records without a text before a table is one of something else


@cache
def _known_names() -> dict[str, list[str]]:
    path = resources.files("nhanluc_extract.reading") / "data" / "columns.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return _BETWEEN_WORDS.sub("_", without_marks(settled_name(name)).lower()).strip("_")


@lru_cache(maxsize=4096)
def settled_name(name: str) -> str:
    """A column's name as text, whatever its bytes were."""
    try:
        return settle(name).strip()
    except UnreadableError:
        return ascii(name)


def columns_of(names: Iterable[str], field: str, asked: str | None) -> list[str]:
    """The columns among ``names`` that hold ``field``, the likelier first, or the one ``asked`` for."""
    if asked is not None:
        return [name for name in names if settled_name(name) == asked]
    folded = {_folded(name): name for name in names}
    return [folded[known] for known in _known_names()[field] if known in folded]


def check_columns(names: Sequence[str], columns: Columns) -> None:
    """Whether a table with columns of these ``names`` holds articles.

    Raises:
        NoTextColumnError: a column that was asked for is not there, or none that could be the text.
    """
    known = ", ".join(map(settled_name, names)) or "none"
    for asked in (columns.text, columns.title, columns.published):
        if asked is not None and not columns_of(names, "", asked):
            raise NoTextColumnError(f"No column {asked!r}; there is: {known}. Check the spelling.")
    if not columns_of(names, "text", columns.text):
        raise NoTextColumnError(f"No column of text; there is: {known}. Name one by --text-column.")


def article_of(source: str, record: Mapping[str, Any], columns: Columns) -> Article | Rejected | None:
    """The article of a record; None where no key is one of a text.

    Its text is empty where the key is there and holds none.
    """
    texts = columns_of(record, "text", columns.text)
    if not texts:
        return None
    titles = columns_of(record, "title", columns.title)
    days = (published_of(record[name]) for name in columns_of(record, "published", columns.published))
    try:
        text, title = _first_text(record, texts) or "", _first_text(record, titles)
    except UnreadableError as error:
        return Rejected(source, str(error))
    return Article(source, text, title, next((day for day in days if day is not None), None))


def _first_text(record: Mapping[str, Any], names: Sequence[str]) -> str | None:
    texts = (_text_of(record[name]) for name in names)
    return next((text for text in texts if text is not None and text.strip()), None)


def _text_of(value: object) -> str | None:
    """A string, or the paragraphs of a list as lines."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = "\n".join(value)
    if not isinstance(value, str):
        return None
    if len(value) > LARGEST_ARTICLE:
        raise UnreadableError(
            f"Its text is larger than {in_words(LARGEST_ARTICLE)}, so no article. Split it."
        )
    return settle(value)


def articles_of(
    records: Iterator[tuple[str, Mapping[str, Any] | Rejected]], columns: Columns
) -> Iterator[Article | Rejected]:
    """Articles of records, each with its source; a record without a text is rejected by itself.

    Raises:
        NoTextColumnError: no record has a text; of a long table only the beginning is looked at.
    """
    names: dict[str, None] = {}
    waiting: list[Article | Rejected] = []
    for source, record in records:
        if not isinstance(record, Rejected):
            names |= dict.fromkeys(record)
        waiting.append(_entry(source, record, columns))
        if isinstance(waiting[-1], Article) or len(waiting) == _LOOKED_AT:
            break
    if names and not any(isinstance(entry, Article) for entry in waiting):
        check_columns(list(names), columns)
    yield from waiting
    for source, record in records:
        yield _entry(source, record, columns)


def _entry(source: str, record: Mapping[str, Any] | Rejected, columns: Columns) -> Article | Rejected:
    if isinstance(record, Rejected):
        return record
    return article_of(source, record, columns) or _without_text(source, columns)


def _without_text(source: str, columns: Columns) -> Rejected:
    wanted = columns.text or " or ".join(_known_names()["text"][:3])
    return Rejected(source, f"No text in it: it has no {wanted}. Name its key by --text-column.")
