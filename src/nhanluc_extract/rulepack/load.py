"""Reading a rule pack strictly: anything unknown, missing or colliding is an error with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import Any, get_args

from nhanluc_extract.model import Fact, FactStatus
from nhanluc_extract.rulepack.model import (
    DIMENSIONS,
    EVIDENCE,
    KINDS,
    OWNERS,
    SLOTS,
    UNITS,
    Composed,
    Example,
    Exclusion,
    Frame,
    Indicator,
    Referent,
    RulePack,
    Slot,
    WordClass,
)
from nhanluc_extract.text.characters import clean_text
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize

# What a value in a pack may be, as messages name it.
_TEXT, _TEXTS, _FLAG = "a string", "a list of strings", "true or false"
_TABLE, _TABLES = "a table of strings", "a list of tables"
_SUBTABLES = "a table of tables"
_CHOICE = "a string, or a table of strings"
_SLOT = "a string or a list of strings"
_SLOTS = "a table of strings and lists of strings"

_DIMENSION_KEYS = dict.fromkeys(DIMENSIONS, _TEXT)
_INDICATOR_KEYS = {
    "code": _TEXT, "units": _TEXTS, "dimensions": _TEXTS, "vi": _TEXT, "en": _TEXT, "definition": _TEXT,
    "owner": _TEXT, "default_group": _TEXT, "with_degree": _TEXT,
}  # fmt: skip
_CLASS_KEYS = {
    "name": _TEXT, "kind": _TEXT, "is": _TEXTS, "family": _TEXT, "words": _TEXTS, "unit": _TEXT,
    "per": _TEXT, "generic": _FLAG, "weak": _FLAG, "object_only": _FLAG, "bare": _TEXT, "named": _TEXT,
    "plural": _TEXT, **_DIMENSION_KEYS,
}  # fmt: skip
_FRAME_KEYS = {
    "id": _TEXT, "indicator": _CHOICE, "units": _TEXTS, "set": _TABLE, "located": _FLAG, "unless": _SLOTS,
    "within": _TABLE, "notice": _TEXT, "examples": _TEXTS, "not": _TEXTS, **dict.fromkeys(SLOTS, _SLOT),
}  # fmt: skip
_CATALOGUE_KEYS = {
    "indicator": _TABLES, "dimension": _SUBTABLES, "flags": _TABLE, "families": _TEXTS, "per": _TEXTS,
    "unit_labels": _TABLE, "table_labels": _TABLE, "composed": _TABLES, "exclusion": _TABLES,
    "field": _TEXTS, "referent": _SUBTABLES,
}  # fmt: skip
_EXCLUSION_KEYS = {
    "of": _TEXT, "unless_trigger": _TEXT, "within": _TABLE, "not": _TEXTS, **dict.fromkeys(SLOTS[1:], _SLOT),
}  # fmt: skip
_COMPOSED_KEYS = {"value": _TEXT, "all": _TEXTS, "replaces": _TEXT}
_TABLE_LABELS = {
    "title", "figures", "value", "conflict", "actual", "target", "need",
}  # fmt: skip
_FAMILIES = ("people", "team", "course", "body", "things")
# What numbers are given per in any pack; a catalogue may add to it.
_PER = (
    "organisation", "team", "course", "household", "village", "commune", "district", "province", "year",
)  # fmt: skip
_FLAGS = (
    "weak_evidence", "sum_mismatch", "sum_checked", "ratio_mismatch", "turns_over_persons",
    "scope_inferred", "period_inherited", "status_inherited", "unit_ambiguous", "repeated",
)  # fmt: skip
_FACT_SCOPES = ("national", "region", "province", "district", "commune", "organisation")
# Classes that mean something to the extraction, whether or not a rule asks for them.
_ENGINE_CLASSES = frozenset(
    (
        "assigns", "body", "collective", "count_opener", "courses", "degree_holder", "degree_word", "demands",
        "diploma", "duty", "employs", "enrols", "every_level", "field_again", "fillers", "have", "holds",
        "increments", "joins", "lacks", "level_words", "manpower", "meets", "needs", "other_subject",
        "per_year", "permissions", "place_body", "quota", "recruits", "role_word", "sessions", "set_up",
        "share_opener", "team_word", "teams", "unnamed_bodies", "we",
    )
)  # fmt: skip
# Slots that are looked for in one place only ...
_HERE = frozenset({"count", "clause"})
# ... and where the others are looked for at the farthest, unless `within` says otherwise.
_REACH = {"clause": "clause", "beside": "sentence"}
_LIKE = 0.8  # from which likeness on a name is taken for another, misspelt
_SETTABLE = {"status", "per", "scope", *DIMENSIONS}
_EXPECTABLE = {field.name for field in fields(Fact)}
_MARKED = re.compile(r"\[([^\[\]]+)\]")


class RulePackError(Exception):
    """A fault in a rule pack; the message says file, line and what is wrong."""


def default_directory() -> Path:
    """The pack that ships with the project: inside a wheel, or beside the source of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "rules"
    return installed if installed.is_dir() else package.parents[1] / "rules"


def load_rule_pack(directory: Path | None = None) -> RulePack:
    """Load the pack in ``directory``.

    Raises:
        RulePackError: the folder or a file of it is missing, unreadable or wrong.
    """
    return _Loader(directory or default_directory()).load()


class _File:
    """One TOML file, able to say at which line something stands."""

    def __init__(self, path: Path, root: Path) -> None:
        self.name = path.relative_to(root).as_posix()
        try:
            self.text = path.read_text(encoding="utf-8")
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except OSError as error:
            raise RulePackError(f"{path}: cannot be read ({error.strerror}).") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise RulePackError(f"{path}: not valid TOML: {error}.") from error

    def line(self, needle: str, after: int = 0) -> int:
        """Line of the first occurrence of ``needle`` at or behind line ``after`` (from 1)."""
        lines = self.text.splitlines()
        for number, line in enumerate(lines[max(after - 1, 0) :], max(after, 1)):
            if needle in line:
                return number
        return max(after, 1)

    def entries(self, table: str, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each ``[[table]]`` and the line of its ``key``, or its first line if the key is missing."""
        lines = self.text.splitlines()
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


class _Loader:
    def __init__(self, directory: Path) -> None:
        if not directory.is_dir():
            raise RulePackError(f"{directory}: no such folder of rules.")
        self.root = directory

    def load(self) -> RulePack:
        catalogue = _File(self.root / "catalogue.toml", self.root)
        self._check_keys(catalogue, catalogue.data, _CATALOGUE_KEYS, 1, "the catalogue")
        for name in catalogue.data.get("dimension", {}):
            self._known(catalogue, catalogue.line(f"dimension.{name}"), "dimension", [name], DIMENSIONS)
        for name in catalogue.data.get("unit_labels", {}):
            at = catalogue.line(name, catalogue.line("unit_labels"))
            self._known(catalogue, at, "unit", [name], UNITS)
        self.per = (*_PER, *catalogue.data.get("per", []))
        self.order: dict[str, tuple[str, ...]] = {}
        self.labels: dict[str, dict[str, str]] = {}
        for name in DIMENSIONS:
            values = catalogue.data.get("dimension", {}).get(name, {})
            self.order[name] = tuple(values)
            self.labels[name] = dict(values)
        self.indicators: dict[str, Indicator] = {}
        for line, indicator in self._indicators(catalogue):
            if indicator.code in self.indicators:
                raise catalogue.error(line, f"a second indicator of code {indicator.code!r}.")
            self.indicators[indicator.code] = indicator
        for indicator in self.indicators.values():
            if indicator.with_degree is not None:
                at = catalogue.line("with_degree", catalogue.line(f'"{indicator.code}"'))
                self._known(catalogue, at, "indicator", [indicator.with_degree], self.indicators)
        self.classes: dict[str, WordClass] = {}
        self.surfaces: dict[str, str] = {}
        self.trie: SurfaceTrie[str] = SurfaceTrie()
        self._keys: dict[tuple[str, ...], tuple[str, str, int]] = {}
        lexicon = [_File(path, self.root) for path in sorted((self.root / "lexicon").glob("*.toml"))]
        for file in lexicon:
            self._lexicon(file)
        ancestors = self._ancestors(lexicon)
        self.referents = self._referents(catalogue)
        self.slots = (*SLOTS, *self.referents)
        families = catalogue.data.get("families", [])
        frames: list[Frame] = []
        known = {path.stem for path in self.root.glob("*.toml")} - {"catalogue"}
        for name in families:
            if name not in known:
                raise catalogue.error(
                    catalogue.line(f'"{name}"'), f"no file {name}.toml for this family of rules."
                )
        for name in sorted(known - set(families)):
            raise catalogue.error(
                catalogue.line("families"), f"the family {name} is missing from `families`."
            )
        for name in families:
            frames += self._frames(_File(self.root / f"{name}.toml", self.root), frames)
        composed = self._composed(catalogue)
        exclusions = self._exclusions(catalogue)
        self._check_flags(catalogue)
        self._check_parents(lexicon, frames, exclusions, composed)
        return RulePack(
            directory=str(self.root),
            indicators=self.indicators,
            classes=self.classes,
            surfaces=self.surfaces,
            frames=tuple(frames),
            order=self.order,
            flags=dict(catalogue.data.get("flags", {})),
            trie=self.trie,
            ancestors=ancestors,
            labels=self.labels,
            composed=composed,
            field=self._field(catalogue),
            referents=self.referents,
            exclusions=exclusions,
            unit_labels=dict(catalogue.data.get("unit_labels", {})),
            table_labels=self._table_labels(catalogue),
        )

    def _check_flags(self, file: _File) -> None:
        """The flags that the extraction sets are all declared, and no others."""
        line, flags = file.line("[flags]"), file.data.get("flags", {})
        self._known(file, line, "flag", flags, _FLAGS)
        missing = [name for name in _FLAGS if name not in flags]
        if missing:
            raise file.error(line, f"no text in [flags] for {', '.join(missing)}.")

    def _composed(self, file: _File) -> tuple[Composed, ...]:
        composed = []
        for line, table in file.entries("composed", "value"):
            value = str(table.get("value", ""))
            self._check_keys(file, table, _COMPOSED_KEYS, line, f"composed {value}")
            self._known(file, line, "group", [value], self.order["group"])
            if "replaces" in table:
                self._known(file, line, "group", [table["replaces"]], self.order["group"])
            if not table.get("all"):
                raise file.error(line, f"composed {value}: `all` is missing.")
            self._known(file, line, "word class", table["all"], self.known_classes)
            composed.append(Composed(value, tuple(table["all"]), table.get("replaces")))
        return tuple(composed)

    def _field(self, file: _File) -> frozenset[str]:
        """Classes of words that name the field an article may be about."""
        classes = file.data.get("field", [])
        self._known(file, file.line("field"), "word class", classes, self.known_classes)
        return frozenset(classes)

    def _referents(self, file: _File) -> dict[str, Referent]:
        referents = {}
        for name, table in file.data.get("referent", {}).items():
            line = file.line(f"referent.{name}")
            if name in {*SLOTS, *_FRAME_KEYS, *_EXCLUSION_KEYS}:
                raise file.error(line, f"referent {name}: a key of frames has this name; choose another.")
            kinds = {}
            for kind, classes in table.items():
                if not _is(_TEXTS, classes):
                    raise file.error(file.line(kind, line), f"`{kind}` in referent {name} is not {_TEXTS}.")
                self._known(file, file.line(kind, line), "word class", classes, self.known_classes)
                kinds[kind] = frozenset(classes)
            goes_on = kinds.pop("goes_on", frozenset())
            if not kinds:
                raise file.error(line, f"referent {name}: it has no kinds.")
            referents[name] = Referent(name, kinds, goes_on)
        return referents

    def _exclusions(self, file: _File) -> tuple[Exclusion, ...]:
        exclusions = []
        for line, table in file.entries("exclusion", "of"):
            where = f"the exclusion of {table.get('of', '')}"
            self._check_keys(file, table, _EXCLUSION_KEYS | dict.fromkeys(self.slots, _SLOT), line, where)
            slots = {name: table[name] for name in self.slots if name in table}
            for key, given in (("of", table.get("of")), ("a slot", slots), ("not", table.get("not"))):
                if not given:
                    raise file.error(line, f"{where}: `{key}` is missing.")
            unless, within = table.get("unless_trigger"), table.get("within", {})
            self._known(file, line, "slot", within, slots.keys() - _HERE)
            exclusions.append(
                Exclusion(
                    of=self._classes(file, line, table["of"]),
                    slots=self._slots(file, line, slots, within, "sentence"),
                    unless_trigger=self._classes(file, line, unless) if unless else frozenset(),
                    counter_examples=self._examples(file, line, where, table["not"]),
                    file=file.name,
                    line=line,
                )
            )
        return tuple(exclusions)

    def _table_labels(self, file: _File) -> dict[str, str]:
        """Labels of the summary; a pack that gives none is shown with the English names."""
        labels = dict(file.data.get("table_labels", {}))
        self._known(file, file.line("table_labels"), "table label", labels, _TABLE_LABELS)
        return {name: labels.get(name, name) for name in sorted(_TABLE_LABELS)}

    def _check_keys(
        self, file: _File, table: Mapping[str, Any], known: Mapping[str, str], line: int, where: str
    ) -> None:
        for key, value in table.items():
            if key not in known:
                raise file.error(
                    file.line(key, line),
                    f"unknown key `{key}` in {where}; known are {', '.join(sorted(known))}.",
                )
            if not _is(known[key], value):
                raise file.error(file.line(key, line), f"`{key}` in {where} is not {known[key]}.")

    def _indicators(self, file: _File) -> Iterator[tuple[int, Indicator]]:
        for line, table in file.entries("indicator", "code"):
            code = str(table.get("code", ""))
            self._check_keys(file, table, _INDICATOR_KEYS, line, f"indicator {code}")
            for key in ("code", "units", "vi", "en", "definition"):
                if not table.get(key):
                    raise file.error(line, f"indicator {code}: `{key}` is missing.")
            self._known(file, line, "unit", table["units"], UNITS)
            if "owner" in table:
                self._known(file, line, "owner", [table["owner"]], OWNERS)
            self._known(file, line, "dimension", table.get("dimensions", []), DIMENSIONS)
            if "default_group" in table:
                self._known(file, line, "group", [table["default_group"]], self.order["group"])
            yield (
                line,
                Indicator(
                    code=code,
                    units=tuple(table["units"]),
                    dimensions=tuple(table.get("dimensions", [])),
                    vi=table["vi"],
                    en=table["en"],
                    definition=table["definition"],
                    owner=table.get("owner"),
                    default_group=table.get("default_group"),
                    with_degree=table.get("with_degree"),
                ),
            )

    def _known(self, file: _File, line: int, what: str, values: Iterable[str], known: Iterable[str]) -> None:
        for value in values:
            if value not in known:
                raise file.error(line, f"unknown {what} {value!r}; known are {', '.join(sorted(known))}.")

    def _lexicon(self, file: _File) -> None:
        self._check_keys(file, file.data, {"class": _TABLES}, 1, "a lexicon")
        for line, table in file.entries("class", "name"):
            name = str(table.get("name", ""))
            self._check_keys(file, table, _CLASS_KEYS, line, f"class {name}")
            if not name or name in self.classes:
                raise file.error(line, f"class {name!r} has no name of its own.")
            self._known(file, line, "kind", [table.get("kind", "")], KINDS)
            for key, known in (("family", _FAMILIES), ("unit", UNITS), ("per", self.per)):
                if key in table:
                    self._known(file, line, key, [table[key]], known)
            self._check_dimensions(file, line, table)
            self.classes[name] = WordClass(
                name=name,
                kind=table["kind"],
                file=file.name,
                parents=tuple(table.get("is", [])),
                family=table.get("family"),
                unit=table.get("unit"),
                per=table.get("per"),
                generic=table.get("generic", False),
                weak=table.get("weak", False),
                object_only=table.get("object_only", False),
                bare=table.get("bare"),
                named=table.get("named"),
                plural=table.get("plural"),
                **{dimension: table.get(dimension) for dimension in DIMENSIONS},
            )
            for surface in table.get("words", []):
                self._surface(file, name, surface, file.line(f'"{surface}"', line))

    def _check_dimensions(self, file: _File, line: int, table: Mapping[str, str]) -> None:
        for dimension in DIMENSIONS:
            if dimension in table:
                self._known(file, line, dimension, table[dimension].split("+"), self.order[dimension])

    def _surface(self, file: _File, name: str, written: str, line: int) -> None:
        surface = clean_text(written).clean
        key = tuple(
            token.text if 1 < len(token.text) <= 5 and token.text.isupper() else token.key
            for token in tokenize(surface)
        )
        if not key:
            raise file.error(line, f"class {name}: an empty surface.")
        if key in self._keys:
            other, where, at = self._keys[key]
            raise file.error(line, f"surface {written!r} of {name} stands in {other} already ({where}:{at}).")
        self._keys[key] = (name, file.name, line)
        self.surfaces[surface] = name
        self.trie.add(surface, name)

    def _ancestors(self, lexicon: Iterable[_File]) -> dict[str, frozenset[str]]:
        parents = {name: set(word_class.parents) for name, word_class in self.classes.items()}
        ancestors: dict[str, frozenset[str]] = {}
        for name in self.classes:
            seen, waiting = {name}, [name]
            while waiting:
                for parent in parents.get(waiting.pop(), ()):
                    if parent not in seen:
                        seen.add(parent)
                        waiting.append(parent)
            ancestors[name] = frozenset(seen)
        self.known_classes = frozenset().union(*ancestors.values())
        for file in lexicon:
            for line, table in file.entries("class", "name"):
                meant = [table[key] for key in ("bare", "named", "plural") if key in table]
                self._known(file, line, "word class", meant, self.classes)
        return ancestors

    def _check_parents(
        self,
        lexicon: Iterable[_File],
        frames: Iterable[Frame],
        exclusions: Iterable[Exclusion],
        composed: Iterable[Composed],
    ) -> None:
        """A parent nobody asks for does no harm, unless it is another's name misspelt."""
        asked = set(_ENGINE_CLASSES)
        for frame in frames:
            asked.update(frame.count, *(slot.classes for slot in (*frame.slots, *frame.unless)))
        for exclusion in exclusions:
            asked.update(exclusion.of, exclusion.unless_trigger, *(slot.classes for slot in exclusion.slots))
        asked.update(*(referent.classes | referent.goes_on for referent in self.referents.values()))
        asked.update(name for group in composed for name in group.classes)
        for file in lexicon:
            for line, table in file.entries("class", "name"):
                for parent in table.get("is", []):
                    if parent in asked or parent in self.classes:
                        continue
                    for meant in get_close_matches(parent, asked - {table["name"]}, 1, _LIKE):
                        raise file.error(
                            file.line(f'"{parent}"', line),
                            f"class {table['name']}: no frame asks for {parent!r}; is {meant!r} meant?",
                        )

    def _frames(self, file: _File, before: list[Frame]) -> list[Frame]:
        self._check_keys(file, file.data, {"frame": _TABLES}, 1, "a family of frames")
        frames: list[Frame] = []
        for line, table in file.entries("frame", "id"):
            frame_id = str(table.get("id", ""))
            where = f"frame {frame_id}"
            self._check_keys(file, table, _FRAME_KEYS | dict.fromkeys(self.slots, _SLOT), line, where)
            if not frame_id or any(frame.id == frame_id for frame in [*before, *frames]):
                raise file.error(line, f"{where}: no id of its own.")
            for key in ("indicator", "count", "examples"):
                if not table.get(key):
                    raise file.error(line, f"{where}: `{key}` is missing.")
            indicators = self._chosen(file, line, table["indicator"])
            self._check_set(file, line, table.get("set", {}))
            known = {unit for code in indicators.values() for unit in self.indicators[code].units}
            units = table.get("units", known)
            self._known(file, line, "unit", units, known)
            slots = {name: table[name] for name in self.slots if name in table}
            within = table.get("within", {})
            self._known(file, line, "slot", within, {*slots, *table.get("unless", {})} - _HERE)
            frames.append(
                Frame(
                    id=frame_id,
                    indicators=indicators,
                    count=self._classes(file, line, *self._each(file, line, "count", slots.pop("count"))),
                    slots=self._slots(file, line, slots, within),
                    unless=self._slots(file, line, table.get("unless", {}), within, farthest="sentence"),
                    units=frozenset(units),
                    examples=self._examples(file, line, where, table["examples"]),
                    counter_examples=self._examples(file, line, where, table.get("not", [])),
                    file=file.name,
                    line=line,
                    located=table.get("located", False),
                    notice=self._classes(file, line, table["notice"]) if "notice" in table else frozenset(),
                    set=dict(table.get("set", {})),
                )
            )
        return frames

    def _chosen(self, file: _File, line: int, written: str | Mapping[str, str]) -> dict[str, str]:
        """Indicators by the class of the field that chooses them."""
        chosen = {"": written} if isinstance(written, str) else dict(written)
        self._known(file, line, "indicator", chosen.values(), self.indicators)
        self._known(file, line, "word class", set(chosen) - {""}, self.known_classes)
        return chosen

    def _slots(
        self,
        file: _File,
        line: int,
        written: Mapping[str, str | list[str]],
        within: Mapping[str, str] | None = None,
        farthest: str = EVIDENCE[-1],
    ) -> tuple[Slot, ...]:
        within = within or {}
        self._known(file, line, "slot", written, self.slots)
        self._known(file, line, "evidence", within.values(), EVIDENCE)
        return tuple(
            Slot(name, self._asked(file, line, name, classes), within.get(name, _REACH.get(name, farthest)))
            for name, asked in written.items()
            for classes in self._each(file, line, name, asked)
        )

    def _each(self, file: _File, line: int, slot: str, asked: str | list[str]) -> list[str]:
        """What a slot asks for, all of it."""
        if not asked or (slot == "count" and not isinstance(asked, str)):
            raise file.error(file.line(slot, line), f"`{slot}` is not a string of classes joined by |.")
        return [asked] if isinstance(asked, str) else asked

    def _asked(self, file: _File, line: int, slot: str, written: str) -> frozenset[str]:
        """Word classes, or the kinds of a referent, that a slot asks for."""
        if slot not in self.referents:
            return self._classes(file, line, written)
        kinds = [name.strip() for name in written.split("|")]
        self._known(file, line, f"kind of {slot}", kinds, self.referents[slot].kinds)
        return frozenset(kinds)

    def _classes(self, file: _File, line: int, written: str) -> frozenset[str]:
        classes = [name.strip() for name in written.split("|")]
        self._known(file, file.line(written, line), "word class", classes, self.known_classes)
        return frozenset(classes)

    def _check_set(self, file: _File, line: int, table: Mapping[str, str]) -> None:
        self._known(file, line, "field in `set`", table, _SETTABLE)
        known = {"status": get_args(FactStatus), "per": self.per, "scope": _FACT_SCOPES}
        for key in known.keys() & table.keys():
            self._known(file, line, key, [table[key]], known[key])
        self._check_dimensions(file, line, table)

    def _examples(self, file: _File, line: int, where: str, written: Iterable[str]) -> tuple[Example, ...]:
        examples = []
        for entry in written:
            text, _, expected = entry.partition(" -> ")
            at = file.line(entry[:40], line)
            marked = _MARKED.search(text)
            if marked is None:
                raise file.error(at, f"{where}: no [number] is marked in {entry!r}.")
            if _MARKED.search(text, marked.end()):
                raise file.error(at, f"{where}: more than one [number] is marked in {entry!r}.")
            plain = text[: marked.start()] + marked.group(1) + text[marked.end() :]
            pairs = [pair.partition("=") for pair in expected.split()]
            self._known(file, at, "field", [name for name, _, _ in pairs], _EXPECTABLE)
            if not all(equals for _, equals, _ in pairs):
                raise file.error(at, f"{where}: behind -> stands not field=value in {entry!r}.")
            end = marked.start() + len(marked.group(1))
            examples.append(
                Example(plain, marked.start(), end, {name: value for name, _, value in pairs}, entry)
            )
        return tuple(examples)


def _is(kind: str, value: Any) -> bool:
    """Whether a value of a TOML file is what its key calls for."""
    match kind:
        case "a string":
            return isinstance(value, str)
        case "true or false":
            return isinstance(value, bool)
        case "a list of strings":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case "a list of tables":
            return isinstance(value, list) and all(isinstance(item, dict) for item in value)
        case "a string, or a table of strings":
            return _is(_TEXT, value) or _is(_TABLE, value)
        case "a string or a list of strings":
            return _is(_TEXT, value) or _is(_TEXTS, value)
        case "a table of strings and lists of strings":
            return isinstance(value, dict) and all(_is(_SLOT, item) for item in value.values())
        case "a table of strings":
            return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    return isinstance(value, dict) and all(isinstance(item, dict) for item in value.values())
