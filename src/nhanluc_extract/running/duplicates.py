"""Which articles tell what another has told: the same text, or nearly so with the same numbers."""

from __future__ import annotations

import errno
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from types import TracebackType

from nhanluc_extract.limits import BOOK
from nhanluc_extract.records import Record

_NUMBER = re.compile(r"\d+")
_ALIKE = 0.9  # share of their words that nearly equal texts have in common
_TRIED = 20  # originals of the same numbers that a text is compared with
_SCHEMA = """
    create table texts (article_id text primary key, source text) without rowid;
    create table numbers (numbers blob, source text, text text);
    create index by_numbers on numbers (numbers);
"""


class Originals:
    """The articles met so far, in a file that goes with it: an archive has more than fit into memory."""

    def __init__(self) -> None:
        self._known = sqlite3.connect("", isolation_level=None)
        self._known.executescript(f"pragma journal_mode = off; pragma synchronous = off; {_SCHEMA}")
        self._moved: dict[str, str] = {}

    def __enter__(self) -> Originals:
        self._known.execute("begin")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._known.close()

    def settle(self, article: Record) -> None:
        """Let an article that repeats an earlier one point to it and hold no facts.

        Articles come in the order of the table, with their facts inside. Nearly equal ones are sought only
        among those that hold facts: the same numbers stand in the same sentences, and nearly all words are
        the same.

        Raises:
            OSError: there is no room for what was met.
        """
        try:
            self._settle(article)
        except sqlite3.Error as error:
            told = f"no room for temporary files: {error}"
            raise OSError(errno.ENOSPC, told) from error

    def _settle(self, article: Record) -> None:
        if article["status"] == "duplicate":
            known = str(self._source_of(article["article_id"]) or article["duplicate_of"])
            article["duplicate_of"] = self._moved.get(known, known)
        if article["status"] != "ok":
            return
        original = self._source_of(article["article_id"]) or self._nearly_equal(article)
        if original is None:
            self._known.execute("insert into texts values (?, ?)", (article["article_id"], article["source"]))
            return
        self._moved[article["source"]] = original
        article |= {"status": "duplicate", "duplicate_of": original, "text": None, "facts": []}

    def _source_of(self, article_id: str) -> str | None:
        found = self._known.execute("select source from texts where article_id = ?", (article_id,)).fetchone()
        return found[0] if found is not None else None

    def _nearly_equal(self, article: Record) -> str | None:
        """Source of an earlier article that says nearly the same; without one it is kept for later ones."""
        if not article["facts"] or article["characters"] >= BOOK:
            return None
        numbers = blake2b("\0".join(_numbers(article)).encode(), digest_size=16).digest()
        alike = self._known.execute(
            "select source, text from numbers where numbers = ? order by rowid limit ?", (numbers, _TRIED)
        ).fetchall()
        words = _words(article["text"]) if alike else Counter[str]()
        for source, text in alike:
            others = _words(text)
            if (words & others).total() >= _ALIKE * max(words.total(), others.total()):
                return str(source)
        self._known.execute(
            "insert into numbers values (?, ?, ?)", (numbers, article["source"], article["text"])
        )
        return None


def _numbers(article: Record) -> Iterator[str]:
    """The numbers of all sentences with a fact, in text order."""
    for sentence in dict.fromkeys(fact["sentence"] for fact in article["facts"]):
        yield from _NUMBER.findall(sentence)


def _words(text: str) -> Counter[str]:
    return Counter(unicodedata.normalize("NFC", text).casefold().split())
