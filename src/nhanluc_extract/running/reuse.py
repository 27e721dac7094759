"""What earlier runs into a folder have read: an unchanged article is not read again."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

import pyarrow as pa

from nhanluc_extract.limits import BOOK, pieces
from nhanluc_extract.model import Article
from nhanluc_extract.records import Record
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.schema import ARTICLES, FACTS

_SCHEMA = """
    create table if not exists state (state blob, run integer);
    create table if not exists seen (key blob primary key, run integer, row text) without rowid;
"""
# The names of their fields, and which of them are dates.
_ARTICLE, _FACT = (
    {field.name: field.type == pa.date32() for field in schema} for schema in (ARTICLES, FACTS)
)


class Seen:
    """The rows of articles by what was read of them, in a file beside the tables.

    It only saves time: whatever is wrong with the file, it is begun anew, and where it cannot be written
    nothing is kept. Each batch is kept at once, so that a run that was killed is not lost.
    """

    def __init__(self, path: Path, state: bytes) -> None:
        """``state`` is what the rows depend on beside their articles; rows of another one are forgotten."""
        self.reused = 0
        self._path = path
        self._run = 0
        self._rows: sqlite3.Connection | None = None
        for _ in ("as it is", "anew"):
            if self._opened(state):
                return
            self._give_up()

    def _opened(self, state: bytes) -> bool:
        """Whether the file can be used, and is of this ``state``."""
        try:
            # Not as it was given: SQLite takes a name such as file:a for an address.
            self._rows = sqlite3.connect(self._path.absolute(), isolation_level=None)
            self._rows.executescript(f"pragma journal_mode = wal; pragma synchronous = off; {_SCHEMA}")
            known = self._rows.execute("select state, run from state").fetchone()
            if known is None:
                known = state, 0
                self._rows.execute("insert into state values (?, ?)", known)
            self._run = known[1] + 1
            self._rows.execute("update state set run = ?", (self._run,))
        except sqlite3.Error:
            return False
        return bool(known[0] == state)

    def _give_up(self) -> None:
        """Go on without it."""
        if self._rows is not None:
            self._rows.close()
        self._rows = None
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                Path(f"{self._path}{ending}").unlink()

    def __enter__(self) -> Seen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._rows is None:
            return
        try:
            empty = self._rows.execute("select 1 from seen limit 1").fetchone() is None
        except sqlite3.Error:
            empty = True
        if empty:
            self._give_up()
        else:
            self._rows.close()

    def find(self, articles: Sequence[Article]) -> list[Record | None]:
        """The row of each article, where it is known."""
        if self._rows is None:
            return [None] * len(articles)
        keys = list(map(_key, articles))
        try:
            self._rows.execute("begin")
            found = [
                self._rows.execute("select row from seen where key = ?", (key,)).fetchone() for key in keys
            ]
            known = [key for key, row in zip(keys, found, strict=True) if row is not None]
            self._rows.executemany(f"update seen set run = {self._run} where key = ?", [(k,) for k in known])
            self._rows.execute("commit")
            rows = [
                _unpacked(row[0], article.source) if row is not None else None
                for article, row in zip(articles, found, strict=True)
            ]
        except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError):
            self._give_up()  # whatever stands there, we did not write it
            return [None] * len(articles)
        self.reused += len(known)
        return rows

    def keep(self, articles: Iterable[Article], rows: Iterable[Record]) -> None:
        """Keep the rows of articles; of one that could not be read nothing is kept."""
        if self._rows is None:
            return
        read = [
            (_key(article), self._run, _packed(row))
            for article, row in zip(articles, rows, strict=True)
            if row["status"] != "rejected" and row["characters"] < BOOK
        ]
        try:
            self._rows.execute("begin")
            self._rows.executemany("insert or replace into seen values (?, ?, ?)", read)
            self._rows.execute("commit")
        except sqlite3.Error:
            self._give_up()

    def forget_others(self) -> None:
        """Forget what this run has not met."""
        if self._rows is None:
            return
        try:
            self._rows.execute("delete from seen where run < ?", (self._run,))
        except sqlite3.Error:
            self._give_up()


def state_of(pack: RulePack) -> bytes:
    """What the rows of articles depend on: the rule pack, the tokenizer, and the program."""
    versions = (version(package) for package in ("nhanluc-extract", "underthesea"))
    state = blake2b(" ".join(versions).encode(), digest_size=16)
    state.update(pack.digest)
    state.update(_program())
    return state.digest()


@cache
def _program() -> bytes:
    """The program as it stood when it was first asked about: later changes are none of this process."""
    digest = blake2b(digest_size=16)
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".csv"):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.digest()


def _key(article: Article) -> bytes:
    head = json.dumps([article.title, str(article.published), len(article.text)])
    key = blake2b(head.encode(), digest_size=16)
    for start, end in pieces(article.text):  # a long text is not held twice
        key.update(article.text[start:end].encode())
    return key.digest()


def _packed(row: Record) -> str:
    told = _told(row) | {"facts": list(map(_told, row["facts"]))}
    return json.dumps(told, ensure_ascii=False, default=date.isoformat, separators=(",", ":"))


def _told(record: Record) -> Record:
    """A record without what is null, and without its source, which may change."""
    return {name: value for name, value in record.items() if value is not None and name != "source"}


def _unpacked(packed: str, source: str) -> Record:
    """The row as it was, for an article that lies at ``source`` now."""
    told: Record = json.loads(packed)
    facts = [_restored(fact, _FACT, source) for fact in told["facts"]]
    return _restored(told, _ARTICLE, source) | {"facts": facts}


def _restored(told: Record, names: Mapping[str, bool], source: str) -> Record:
    record: Record = {name: told.get(name) for name in names} | {"source": source}
    for name, is_date in names.items():
        if is_date and record[name] is not None:
            record[name] = date.fromisoformat(record[name])
    return record
