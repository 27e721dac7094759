"""Reading a rule pack strictly: anything unknown, missing or colliding is an error with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from nhanluc_extract.rulepack.model import (
    DIMENSIONS,
    KINDS,
    OWNERS,
    SCOPES,
    STRUCTURAL,
    UNITS,
    Composed,
    Condition,
    Example,
    Indicator,
    Rule,
    RulePack,
    WordClass,
)
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize

_INDICATOR_KEYS = {
    "code", "units", "dimensions", "vi", "en", "definition", "owner",
    "default_group",
}  # fmt: skip
_CLASS_KEYS = {
    "name", "kind", "is", "family", "words", "unit", "per", "generic", "weak", *DIMENSIONS,
}  # fmt: skip
_RULE_KEYS = {"id", "indicator", "counted", "when", "unless", "units", "set", "located", "examples", "not"}
_CATALOGUE_KEYS = {
    "indicator",
    "dimension",
    "flags",
    "families",
    "unit_labels",
    "table_labels",
    "composed",
}
_TABLE_LABELS = {
    "title", "figures", "value", "conflict", "actual", "target", "need",
}  # fmt: skip
_SETTABLE = {"status", "per", "scope", *DIMENSIONS}
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

    def entry_line(self, key: str, value: str) -> int:
        expression = re.compile(rf"^\s*{re.escape(key)}\s*=\s*[\"']{re.escape(value)}[\"']")
        for number, line in enumerate(self.text.splitlines(), 1):
            if expression.match(line):
                return number
        return 1

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
        self.order: dict[str, tuple[str, ...]] = {}
        self.labels: dict[str, dict[str, str]] = {}
        for name in DIMENSIONS:
            values = catalogue.data.get("dimension", {}).get(name, {})
            self.order[name] = tuple(values)
            self.labels[name] = dict(values)
        self.indicators = {indicator.code: indicator for indicator in self._indicators(catalogue)}
        self.classes: dict[str, WordClass] = {}
        self.surfaces: dict[str, str] = {}
        self.trie: SurfaceTrie[str] = SurfaceTrie()
        self._keys: dict[tuple[str, ...], tuple[str, str, int]] = {}
        lexicon = [_File(path, self.root) for path in sorted((self.root / "lexicon").glob("*.toml"))]
        for file in lexicon:
            self._lexicon(file)
        ancestors = self._ancestors(lexicon)
        families = catalogue.data.get("families", [])
        rules: list[Rule] = []
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
            rules += self._rules(_File(self.root / f"{name}.toml", self.root), rules)
        return RulePack(
            directory=str(self.root),
            indicators=self.indicators,
            classes=self.classes,
            surfaces=self.surfaces,
            rules=tuple(rules),
            order=self.order,
            flags=dict(catalogue.data.get("flags", {})),
            trie=self.trie,
            ancestors=ancestors,
            labels=self.labels,
            composed=self._composed(catalogue),
            unit_labels=dict(catalogue.data.get("unit_labels", {})),
            table_labels=self._table_labels(catalogue),
        )

    def _composed(self, file: _File) -> tuple[Composed, ...]:
        composed = []
        for table in file.data.get("composed", []):
            value = str(table.get("value", ""))
            line = file.entry_line("value", value)
            self._check_keys(file, table, {"value", "all", "replaces"}, line, f"composed {value}")
            self._known(file, line, "group", [value], self.order["group"])
            self._known(file, line, "word class", table.get("all", []), self.known_classes)
            composed.append(Composed(value, tuple(table["all"]), table.get("replaces")))
        return tuple(composed)

    def _table_labels(self, file: _File) -> dict[str, str]:
        """Labels of the summary; a pack that gives none is shown with the English names."""
        labels = dict(file.data.get("table_labels", {}))
        self._known(file, file.line("table_labels"), "table label", labels, _TABLE_LABELS)
        return {name: labels.get(name, name) for name in sorted(_TABLE_LABELS)}

    def _check_keys(
        self, file: _File, table: Mapping[str, Any], known: set[str], line: int, where: str
    ) -> None:
        for key in table:
            if key not in known:
                found = file.line(f"{key}", line)
                raise file.error(
                    found, f"unknown key `{key}` in {where}; known are {', '.join(sorted(known))}."
                )

    def _indicators(self, file: _File) -> Iterable[Indicator]:
        for table in file.data.get("indicator", []):
            code = str(table.get("code", ""))
            line = file.entry_line("code", code)
            self._check_keys(file, table, _INDICATOR_KEYS, line, f"indicator {code}")
            for key in ("code", "units", "vi", "en", "definition"):
                if not table.get(key):
                    raise file.error(line, f"indicator {code}: `{key}` is missing.")
            self._known(file, line, "unit", table["units"], UNITS)
            if "owner" in table:
                self._known(file, line, "owner", [table["owner"]], OWNERS)
            self._known(file, line, "dimension", table.get("dimensions", []), DIMENSIONS)
            yield Indicator(
                code=code,
                units=tuple(table["units"]),
                dimensions=tuple(table.get("dimensions", [])),
                vi=table["vi"],
                en=table["en"],
                definition=table["definition"],
                owner=table.get("owner"),
                default_group=table.get("default_group"),
            )

    def _known(self, file: _File, line: int, what: str, values: Iterable[str], known: Iterable[str]) -> None:
        for value in values:
            if value not in known:
                raise file.error(line, f"unknown {what} {value!r}; known are {', '.join(sorted(known))}.")

    def _lexicon(self, file: _File) -> None:
        self._check_keys(file, file.data, {"class"}, 1, "a lexicon")
        for table in file.data.get("class", []):
            name = str(table.get("name", ""))
            line = file.entry_line("name", name)
            self._check_keys(file, table, _CLASS_KEYS, line, f"class {name}")
            if not name or name in self.classes:
                raise file.error(line, f"class {name!r} has no name of its own.")
            self._known(file, line, "kind", [table.get("kind", "")], KINDS)
            for dimension in DIMENSIONS:
                if dimension in table:
                    values = str(table[dimension]).split("+")
                    self._known(file, line, dimension, values, self.order[dimension])
            self.classes[name] = WordClass(
                name=name,
                kind=table["kind"],
                file=file.name,
                parents=tuple(table.get("is", [])),
                family=table.get("family"),
                unit=table.get("unit"),
                per=table.get("per"),
                generic=bool(table.get("generic", False)),
                weak=bool(table.get("weak", False)),
                **{dimension: table.get(dimension) for dimension in DIMENSIONS},
            )
            for surface in table.get("words", []):
                self._surface(file, name, surface, file.line(f'"{surface}"', line))

    def _surface(self, file: _File, name: str, surface: str, line: int) -> None:
        key = tuple(
            token.text if 1 < len(token.text) <= 5 and token.text.isupper() else token.key
            for token in tokenize(surface)
        )
        if not key:
            raise file.error(line, f"class {name}: an empty surface.")
        if key in self._keys:
            other, where, at = self._keys[key]
            raise file.error(line, f"surface {surface!r} of {name} stands in {other} already ({where}:{at}).")
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
        self.known_classes = frozenset(STRUCTURAL).union(*ancestors.values())
        return ancestors

    def _rules(self, file: _File, before: list[Rule]) -> list[Rule]:
        self._check_keys(file, file.data, {"rule"}, 1, "a family of rules")
        rules: list[Rule] = []
        for table in file.data.get("rule", []):
            rule_id = str(table.get("id", ""))
            line = file.entry_line("id", rule_id)
            where = f"rule {rule_id}"
            self._check_keys(file, table, _RULE_KEYS, line, where)
            if not rule_id or any(rule.id == rule_id for rule in [*before, *rules]):
                raise file.error(line, f"{where}: no id of its own.")
            indicator = table.get("indicator", "")
            self._known(file, line, "indicator", [indicator], self.indicators)
            if not table.get("examples"):
                raise file.error(line, f"{where}: a rule needs an example.")
            if not table.get("counted"):
                raise file.error(line, f"{where}: `counted` is missing.")
            self._known(file, line, "word class", table["counted"], self.known_classes)
            self._known(file, line, "field in `set`", table.get("set", {}), _SETTABLE)
            units = table.get("units", self.indicators[indicator].units)
            self._known(file, line, "unit", units, self.indicators[indicator].units)
            rules.append(
                Rule(
                    id=rule_id,
                    indicator=indicator,
                    counted=frozenset(table["counted"]),
                    when=self._conditions(file, line, where, table.get("when", [])),
                    unless=self._conditions(file, line, where, table.get("unless", [])),
                    units=frozenset(units),
                    examples=self._examples(file, line, where, table["examples"]),
                    counter_examples=self._examples(file, line, where, table.get("not", [])),
                    file=file.name,
                    line=line,
                    located=bool(table.get("located", False)),
                    set={key: str(value) for key, value in table.get("set", {}).items()},
                )
            )
        return rules

    def _conditions(
        self, file: _File, line: int, where: str, written: Iterable[str]
    ) -> tuple[Condition, ...]:
        conditions = []
        for text in written:
            at = file.line(text, line)
            scopes, colon, classes = text.partition(":")
            if not colon:
                raise file.error(at, f"{where}: {text!r} is not of the form 'scope: class | class'.")
            scope_names = tuple(scope.strip() for scope in scopes.split(","))
            class_names = frozenset(name.strip() for name in classes.split("|"))
            self._known(file, at, "scope", scope_names, SCOPES)
            self._known(file, at, "word class", sorted(class_names), self.known_classes)
            conditions.append(Condition(scope_names, class_names, text))
        return tuple(conditions)

    def _examples(self, file: _File, line: int, where: str, written: Iterable[str]) -> tuple[Example, ...]:
        examples = []
        for entry in written:
            text, _, expected = entry.partition(" -> ")
            marked = _MARKED.search(text)
            if marked is None:
                raise file.error(file.line(entry[:40], line), f"{where}: no [number] is marked in {entry!r}.")
            plain = text[: marked.start()] + marked.group(1) + text[marked.end() :]
            fields = dict(pair.split("=", 1) for pair in expected.split() if "=" in pair)
            end = marked.start() + len(marked.group(1))
            examples.append(Example(plain, marked.start(), end, fields, entry))
        return tuple(examples)
