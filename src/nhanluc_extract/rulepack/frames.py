"""Frames and exclusions of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from nhanluc_extract.model import Fact, FactStatus
from nhanluc_extract.rulepack.catalogue import Catalogue
from nhanluc_extract.rulepack.model import (
    EVIDENCE,
    SLOTS,
    Composed,
    Example,
    Exclusion,
    Frame,
    Referent,
    Slot,
)
from nhanluc_extract.rulepack.toml_file import (
    CHOICE,
    FLAG,
    SLOT,
    SLOT_TABLE,
    TABLE,
    TABLES,
    TEXT,
    TEXTS,
    PackFile,
    is_kind,
)

_FRAME_KEYS = {
    "id": TEXT, "indicator": CHOICE, "units": TEXTS, "set": TABLE, "located": FLAG, "unless": SLOT_TABLE,
    "within": TABLE, "notice": TEXT, "examples": TEXTS, "not": TEXTS, **dict.fromkeys(SLOTS, SLOT),
}  # fmt: skip
_EXCLUSION_KEYS = {
    "of": TEXT, "unless_trigger": TEXT, "within": TABLE, "not": TEXTS, **dict.fromkeys(SLOTS[1:], SLOT),
}  # fmt: skip
_COMPOSED_KEYS = {"value": TEXT, "all": TEXTS, "replaces": TEXT, "adjacent": FLAG}
# Slots that are looked for in one place only ...
_HERE = frozenset({"count", "clause"})
# ... and where the others are looked for at the farthest, unless `within` says otherwise.
_REACH = {"clause": "clause", "beside": "sentence"}
_SETTABLE = ("status", "per")
_EXPECTABLE = {field.name for field in fields(Fact)}
_MARKED = re.compile(r"\[([^\[\]]+)\]")


def read_referents(catalogue: Catalogue, known: frozenset[str]) -> dict[str, Referent]:
    """What a text names once and goes on about."""
    file, referents = catalogue.file, {}
    for name, table in file.data.get("referent", {}).items():
        line = file.line(f"referent.{name}")
        if name in {*SLOTS, *_FRAME_KEYS, *_EXCLUSION_KEYS}:
            raise file.error(line, f"referent {name}: a key of frames has this name; choose another.")
        kinds = {}
        for kind, classes in table.items():
            at = file.line(kind, line)
            if not is_kind(TEXTS, classes):
                raise file.error(at, f"`{kind}` in referent {name} is not {TEXTS}.")
            file.check_known(at, "word class", classes, known)
            kinds[kind] = frozenset(classes)
        goes_on = kinds.pop("goes_on", frozenset())
        if not kinds:
            raise file.error(line, f"referent {name}: it has no kinds.")
        referents[name] = Referent(name, kinds, goes_on)
    return referents


def read_composed(catalogue: Catalogue, known: frozenset[str]) -> tuple[Composed, ...]:
    """Groups that no single noun names."""
    file, composed = catalogue.file, []
    for line, table in file.entries("composed", "value"):
        value = str(table.get("value", ""))
        file.check_keys(table, _COMPOSED_KEYS, line, f"composed {value}")
        groups = [value, *([table["replaces"]] if "replaces" in table else [])]
        file.check_known(line, "group", groups, catalogue.order["group"])
        if not table.get("all"):
            raise file.error(line, f"composed {value}: `all` is missing.")
        file.check_known(line, "word class", table["all"], known)
        adjacent = table.get("adjacent", False)
        composed.append(Composed(value, tuple(table["all"]), table.get("replaces"), adjacent))
    return tuple(composed)


@dataclass(frozen=True, slots=True)
class FrameReader:
    """Reads what asks for words: frames and exclusions."""

    catalogue: Catalogue
    known: frozenset[str]
    referents: Mapping[str, Referent]

    @property
    def slots(self) -> tuple[str, ...]:
        return (*SLOTS, *self.referents)

    def exclusions(self) -> Iterator[Exclusion]:
        """What is never counted, whatever a frame asks for."""
        file = self.catalogue.file
        for line, table in file.entries("exclusion", "of"):
            where = f"the exclusion of {table.get('of', '')}"
            file.check_keys(table, _EXCLUSION_KEYS | dict.fromkeys(self.slots, SLOT), line, where)
            slots = {name: table[name] for name in self.slots if name in table}
            for key, given in (("of", table.get("of")), ("a slot", slots), ("not", table.get("not"))):
                if not given:
                    raise file.error(line, f"{where}: `{key}` is missing.")
            unless, within = table.get("unless_trigger"), table.get("within", {})
            file.check_known(line, "slot", within, slots.keys() - _HERE)
            yield Exclusion(
                of=self._classes(file, line, table["of"]),
                slots=self._slots(file, line, slots, within, "sentence"),
                unless_trigger=self._classes(file, line, unless) if unless else frozenset(),
                counter_examples=_examples(file, line, where, table["not"]),
                file=file.name,
                line=line,
            )

    def frames(self, file: PackFile) -> Iterator[Frame]:
        """The frames of one file."""
        file.check_keys(file.data, {"frame": TABLES}, 1, "a file of frames")
        for line, table in file.entries("frame", "id"):
            yield self._frame(file, line, table)

    def _frame(self, file: PackFile, line: int, table: dict[str, Any]) -> Frame:
        where = f"frame {table.get('id', '')}"
        file.check_keys(table, _FRAME_KEYS | dict.fromkeys(self.slots, SLOT), line, where)
        if not table.get("id"):
            raise file.error(line, f"{where}: no id of its own.")
        for key in ("indicator", "count", "examples"):
            if not table.get(key):
                raise file.error(line, f"{where}: `{key}` is missing.")
        indicators = self._chosen(file, line, table["indicator"])
        self._check_set(file, line, table.get("set", {}))
        units = {unit for code in indicators.values() for unit in self.catalogue.indicators[code].units}
        file.check_known(line, "unit", table.get("units", units), units)
        slots = {name: table[name] for name in self.slots if name in table}
        within, unless = table.get("within", {}), table.get("unless", {})
        file.check_known(line, "slot", within, {*slots, *unless} - _HERE)
        notice = table.get("notice")
        return Frame(
            id=table["id"],
            indicators=indicators,
            count=self._classes(file, line, *_each(file, line, "count", slots.pop("count"))),
            slots=self._slots(file, line, slots, within),
            unless=self._slots(file, line, unless, within, farthest="sentence"),
            units=frozenset(table.get("units", units)),
            examples=_examples(file, line, where, table["examples"]),
            counter_examples=_examples(file, line, where, table.get("not", [])),
            file=file.name,
            line=line,
            located=table.get("located", False),
            notice=self._classes(file, line, notice) if notice else frozenset(),
            set=dict(table.get("set", {})),
        )

    def _chosen(self, file: PackFile, line: int, written: str | Mapping[str, str]) -> dict[str, str]:
        """Indicators by the class of the field that chooses them."""
        chosen = {"": written} if isinstance(written, str) else dict(written)
        file.check_known(line, "indicator", chosen.values(), self.catalogue.indicators)
        file.check_known(line, "word class", set(chosen) - {""}, self.known)
        return chosen

    def _check_set(self, file: PackFile, line: int, table: dict[str, str]) -> None:
        file.check_known(line, "field in `set`", table, _SETTABLE)
        known = {"status": get_args(FactStatus), "per": self.catalogue.per}
        for key in known.keys() & table.keys():
            file.check_known(line, key, [table[key]], known[key])

    def _slots(
        self,
        file: PackFile,
        line: int,
        written: Mapping[str, str | list[str]],
        within: Mapping[str, str],
        farthest: str = EVIDENCE[-1],
    ) -> tuple[Slot, ...]:
        file.check_known(line, "slot", written, self.slots)
        file.check_known(line, "evidence", within.values(), EVIDENCE)
        return tuple(
            Slot(name, self._asked(file, line, name, classes), within.get(name, _REACH.get(name, farthest)))
            for name, asked in written.items()
            for classes in _each(file, line, name, asked)
        )

    def _asked(self, file: PackFile, line: int, slot: str, written: str) -> frozenset[str]:
        """Word classes, or the kinds of a referent, that a slot asks for."""
        if slot not in self.referents:
            return self._classes(file, line, written)
        kinds = [name.strip() for name in written.split("|")]
        file.check_known(line, f"kind of {slot}", kinds, self.referents[slot].kinds)
        return frozenset(kinds)

    def _classes(self, file: PackFile, line: int, written: str) -> frozenset[str]:
        classes = [name.strip() for name in written.split("|")]
        file.check_known(file.line(written, line), "word class", classes, self.known)
        return frozenset(classes)


def _each(file: PackFile, line: int, slot: str, asked: str | list[str]) -> list[str]:
    """What a slot asks for, all of it."""
    if not asked or (slot == "count" and not isinstance(asked, str)):
        raise file.error(file.line(slot, line), f"`{slot}` is not a string of classes joined by |.")
    return [asked] if isinstance(asked, str) else asked


def _examples(file: PackFile, line: int, where: str, written: Iterable[str]) -> tuple[Example, ...]:
    return tuple(_example(file, file.line(entry[:40], line), where, entry) for entry in written)


def _example(file: PackFile, at: int, where: str, entry: str) -> Example:
    text, _, expected = entry.partition(" -> ")
    marked = _MARKED.search(text)
    if marked is None:
        raise file.error(at, f"{where}: no [number] is marked in {entry!r}.")
    if _MARKED.search(text, marked.end()):
        raise file.error(at, f"{where}: more than one [number] is marked in {entry!r}.")
    plain = text[: marked.start()] + marked.group(1) + text[marked.end() :]
    # A value may hold spaces: it ends where the next field=value begins.
    pairs = [pair.partition("=") for pair in re.split(r"\s+(?=\w+=)", expected.strip()) if pair]
    file.check_known(at, "field", [name for name, _, _ in pairs], _EXPECTABLE)
    if not all(equals for _, equals, _ in pairs):
        raise file.error(at, f"{where}: behind -> stands not field=value in {entry!r}.")
    end = marked.start() + len(marked.group(1))
    return Example(plain, marked.start(), end, {name: value for name, _, value in pairs}, entry)
