"""What one run found and another did not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nhanluc_extract.checking.score import FIELDS, Row
from nhanluc_extract.records import is_stated
from nhanluc_extract.running.earlier import read_rows
from nhanluc_extract.schema import FACTS

_FILE = "facts.parquet"
# Which of two facts are the same one, with those before it that are alike; all else may change, offsets too.
_KEY = ("source", "indicator", "unit", "quote")
_FIELDS = ("value", *FIELDS)


@dataclass(frozen=True, slots=True)
class Change:
    """A fact before and after: gained where there was none, lost where there is none any more."""

    before: Row | None
    after: Row | None

    @property
    def fact(self) -> Row:
        fact = self.after if self.after is not None else self.before
        assert fact is not None
        return fact

    @property
    def kind(self) -> str:
        """``gained``, ``lost`` or ``changed``."""
        return "gained" if self.before is None else "lost" if self.after is None else "changed"

    @property
    def fields(self) -> dict[str, tuple[object, object]]:
        """The fields that changed, before and after."""
        if self.before is None or self.after is None:
            return {}
        changed = {
            name: (self.before[name], self.after[name])
            for name in _FIELDS
            if self.before[name] != self.after[name]
        }
        stated = is_stated(self.before), is_stated(self.after)
        return changed if stated[0] == stated[1] else {**changed, "stated": stated}


def read_facts(path: Path) -> list[Row]:
    """Facts of a folder of results, or of a facts table.

    Raises:
        EarlierError: it is not there, broken, or no table of facts.
    """
    return read_rows(path / _FILE if path.is_dir() else path, FACTS)


def differences(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """What changed, in the order of the tables."""
    old, new = _numbered(before), _numbered(after)
    changes = [Change(old.get(key), new.get(key)) for key in {**old, **new}]
    changes = [change for change in changes if change.kind != "changed" or change.fields]
    return sorted(changes, key=lambda change: (change.fact["source"], change.fact["start"]))


def _numbered(facts: Sequence[Row]) -> dict[tuple[object, ...], Row]:
    """Facts by what makes each the same one."""
    seen: Counter[tuple[object, ...]] = Counter()
    found: dict[tuple[object, ...], Row] = {}
    for fact in facts:
        alike = tuple(fact[name] for name in _KEY)
        seen[alike] += 1
        found[*alike, seen[alike]] = fact
    return found


def as_lines(changes: Sequence[Change]) -> Iterator[str]:
    """A block for each article, and how many of each rule there are."""
    source = None
    for change in changes:
        fact = change.fact
        if fact["source"] != source:
            source = fact["source"]
            yield str(source)
        yield f"  {change.kind:7}  {fact['quote']!r} {fact['indicator']} {fact['unit']} (rule {fact['rule']})"
        yield from (
            f"           {name}: {old!r} before, {new!r} now" for name, (old, new) in change.fields.items()
        )
    for (rule, kind), number in sorted(_by_rule(changes).items()):
        yield f"{rule:24} {kind:7} {number:5}"
    counts = Counter(change.kind for change in changes)
    yield "  ".join(f"{kind} {counts[kind]}" for kind in ("gained", "lost", "changed"))


def as_json(changes: Sequence[Change]) -> str:
    """All changes as one JSON object."""
    told = [
        {
            "kind": change.kind,
            **{name: change.fact[name] for name in (*_KEY, "start", "end", "sentence", "rule")},
            "fields": {name: {"before": old, "after": new} for name, (old, new) in change.fields.items()},
        }
        for change in changes
    ]
    counts = Counter(change.kind for change in changes)
    return json.dumps({**counts, "changes": told}, ensure_ascii=False, indent=2)


def _by_rule(changes: Sequence[Change]) -> Counter[tuple[str, str]]:
    return Counter((change.fact["rule"], change.kind) for change in changes)
