"""A TOML file of a pack that says at which line something is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

# What a value in a pack may be, as messages name it.
TEXT, TEXTS, FLAG = "a string", "a list of strings", "true or false"
TABLE, TABLES = "a table of strings", "a list of tables"
SUBTABLES = "a table of tables"
LISTS = "a table of lists of strings"
CHOICE = "a string, or a table of strings"
SLOT = "a string or a list of strings"
SLOT_TABLE = "a table of strings and lists of strings"


class RulePackError(Exception):
    """A fault in a rule pack; the message says file, line and what is wrong."""


class PackFile:
    """One TOML file, able to say at which line something stands; ``layer`` is the folder it belongs to."""

    def __init__(self, path: Path, root: Path) -> None:
        self.name = path.relative_to(root).as_posix()
        self.layer = self.name.split("/")[0]
        try:
            self.content = path.read_bytes()
            text = self.content.decode()
            self.data: dict[str, Any] = tomllib.loads(text)
        except OSError as error:
            raise RulePackError(f"{path}: cannot be read ({error.strerror}).") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise RulePackError(f"{path}: not valid TOML: {error}.") from error
        except RecursionError as error:
            raise RulePackError(f"{path}: its lists are nested too deep to be read.") from error
        self.lines = text.splitlines()

    def line(self, needle: str, after: int = 0) -> int:
        """Line of the first occurrence of ``needle`` at or behind line ``after`` (from 1)."""
        first = max(after, 1)
        return next((n for n in range(first, len(self.lines) + 1) if needle in self.lines[n - 1]), first)

    def entries(self, table: str, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each ``[[table]]`` and the line of its ``key``, or its first line if the key is missing."""
        lines = self.lines
        header = re.compile(rf"\s*\[\[\s*{table}\s*\]\]")
        assignment = re.compile(rf"\s*{key}\s*=")
        heads = [number for number, line in enumerate(lines, 1) if header.match(line)]
        found = self.data.get(table, [])
        heads += [1] * (len(found) - len(heads))  # tables written inline
        for entry, head in zip(found, heads, strict=False):
            body = takewhile(
                lambda numbered: not header.match(numbered[1]), enumerate(lines[head:], head + 1)
            )
            yield next((number for number, text in body if assignment.match(text)), head), entry

    def error(self, line: int, message: str) -> RulePackError:
        return RulePackError(f"{self.name}:{line}: {message}")

    def check_keys(self, table: Mapping[str, Any], known: Mapping[str, str], line: int, where: str) -> None:
        """Refuse keys that nobody knows, and values that are not what ``known`` says of their key."""
        for key, value in table.items():
            if key not in known:
                names = ", ".join(sorted(known))
                raise self.error(self.line(key, line), f"unknown key `{key}` in {where}; known are {names}.")
            if not is_kind(known[key], value):
                raise self.error(self.line(key, line), f"`{key}` in {where} is not {known[key]}.")

    def check_known(self, line: int, what: str, values: Iterable[str], known: Iterable[str]) -> None:
        """Refuse values that are not among the known."""
        for value in values:
            if value not in known:
                names = ", ".join(sorted(known))
                raise self.error(line, f"unknown {what} {value!r}; known are {names}.")


def is_kind(kind: str, value: Any) -> bool:
    """Whether a value of a TOML file is what its key calls for."""
    return _KINDS[kind](value)


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _is_table_of(value: Any, *kinds: str) -> bool:
    return isinstance(value, dict) and all(any(is_kind(k, item) for k in kinds) for item in value.values())


_KINDS: dict[str, Callable[[Any], bool]] = {
    TEXT: lambda value: isinstance(value, str),
    FLAG: lambda value: isinstance(value, bool),
    TEXTS: lambda value: _is_list_of(value, str),
    TABLES: lambda value: _is_list_of(value, dict),
    CHOICE: lambda value: isinstance(value, str) or _is_table_of(value, TEXT),
    SLOT: lambda value: isinstance(value, str) or _is_list_of(value, str),
    TABLE: lambda value: _is_table_of(value, TEXT),
    LISTS: lambda value: _is_table_of(value, TEXTS),
    SLOT_TABLE: lambda value: _is_table_of(value, SLOT),
    SUBTABLES: lambda value: isinstance(value, dict) and all(isinstance(i, dict) for i in value.values()),
}
