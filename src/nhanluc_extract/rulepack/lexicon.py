"""The words of a pack: classes, what they are, and what the engine does with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import product
from typing import Any

from nhanluc_extract.rulepack.catalogue import Catalogue
from nhanluc_extract.rulepack.effects import EFFECTS
from nhanluc_extract.rulepack.model import DIMENSIONS, KINDS, WordClass
from nhanluc_extract.rulepack.toml_file import FLAG, TABLES, TEXT, TEXTS, PackFile
from nhanluc_extract.text.characters import clean_text
from nhanluc_extract.text.tokens import SurfaceTrie, surface_keys

_CLASS_KEYS = {
    "name": TEXT, "kind": TEXT, "is": TEXTS, "effect": TEXTS, "family": TEXT, "words": TEXTS, "unit": TEXT,
    "per": TEXT, "generic": FLAG, "weak": FLAG, "object_only": FLAG, "bare": TEXT, "named": TEXT,
    "plural": TEXT, **dict.fromkeys(DIMENSIONS, TEXT),
}  # fmt: skip
BASE = "base"  # the folder of the lexicon that packs may extend
_LIKE = 0.8  # from which likeness on a name is taken for another, misspelt


@dataclass(slots=True)
class Lexicon:
    """The word classes of a pack and their surfaces, those of the base lexicon among them."""

    classes: dict[str, WordClass] = field(default_factory=dict)
    surfaces: dict[str, str] = field(default_factory=dict)
    _written: dict[tuple[str, ...], tuple[str, str, str, int]] = field(default_factory=dict)
    _entries: list[tuple[PackFile, int, dict[str, Any]]] = field(default_factory=list)

    def read(self, file: PackFile, catalogue: Catalogue) -> None:
        """Add a file; a class of the base lexicon may be given more words and parents."""
        file.check_keys(file.data, {"class": TABLES}, 1, "a lexicon")
        for line, entry in file.entries("class", "name"):
            is_base = file.layer == BASE
            table = catalogue.without_unknown_dimensions(entry) if is_base else entry
            self._entries.append((file, line, table))
            word_class = _class(file, line, table, catalogue, self.classes)
            self.classes[word_class.name] = word_class
            for written in table.get("words", []):
                at = file.line(f'"{written}"', line)
                if (surfaces := _spelled_out(written)) is None:
                    raise file.error(
                        at, f"class {word_class.name}: {written!r} has a brace without its other."
                    )
                for surface in surfaces:
                    self._add(file, word_class.name, surface, at)

    def _add(self, file: PackFile, name: str, written: str, line: int) -> None:
        surface = clean_text(written).clean
        key = surface_keys(surface)
        if not key:
            raise file.error(line, f"class {name}: an empty surface.")
        other, where, old, at = self._written.get(key, ("", "", "", 0))
        if other and where.startswith(file.layer):
            raise file.error(line, f"surface {written!r} of {name} stands in {other} already ({where}:{at}).")
        self.surfaces.pop(old, None)
        self._written[key] = (name, file.name, surface, line)
        self.surfaces[surface] = name

    @property
    def trie(self) -> SurfaceTrie[str]:
        """The surfaces, ready to be looked up."""
        trie: SurfaceTrie[str] = SurfaceTrie()
        for surface, name in self.surfaces.items():
            trie.add(surface, name)
        return trie

    def ancestors(self) -> dict[str, frozenset[str]]:
        """Each class with all that it is."""
        found: dict[str, frozenset[str]] = {}
        for name in self.classes:
            seen, waiting = {name}, [name]
            while waiting:
                word_class = self.classes.get(waiting.pop())
                for parent in (*word_class.parents, *word_class.effects) if word_class else ():
                    if parent not in seen:
                        seen.add(parent)
                        waiting.append(parent)
            found[name] = frozenset(seen)
        return found

    def check(self, asked: Iterable[str]) -> None:
        """Refuse names that are another's misspelt: of classes, of effects, of what frames ask for."""
        known, ancestors = frozenset(asked), self.ancestors()
        for file, line, table in self._entries:
            meant = [table[key] for key in ("bare", "named", "plural") if key in table]
            file.check_known(line, "word class", meant, self.classes)
            self._check_effects(file, line, table)
            for parent in table.get("is", []):
                if table["name"] in ancestors.get(parent, ()):
                    at = file.line("is =", line)
                    raise file.error(at, f"class {table['name']}: {parent!r} is a {table['name']} itself.")
                if parent in known or parent in self.classes:
                    continue
                for name in get_close_matches(parent, known - {table["name"]}, 1, _LIKE):
                    at = file.line(f'"{parent}"', line)
                    raise file.error(
                        at, f"class {table['name']}: no frame asks for {parent!r}; is {name!r} meant?"
                    )

    def _check_effects(self, file: PackFile, line: int, table: Mapping[str, Any]) -> None:
        name, effects = table["name"], self.classes[table["name"]].effects
        file.check_known(file.line("effect", line), "effect", table.get("effect", []), EFFECTS)
        hidden = [
            parent for parent in table.get("is", []) if parent in EFFECTS and parent not in self.classes
        ]
        hidden += [name] if name in EFFECTS and name not in effects else []
        for parent in hidden:
            raise file.error(
                file.line(f'"{parent}"', line),
                f"class {name}: {parent!r} has an effect ({EFFECTS[parent]}); declare it under `effect`.",
            )


def _spelled_out(written: str) -> list[str] | None:
    """``công ty {|TNHH} phần mềm``: a surface for each of the alternatives; none where a brace is open."""
    if "{" not in written and "}" not in written:
        return [written]
    if not re.fullmatch(r"[^{}]*(?:\{[^{}]*\}[^{}]*)*", written):
        return None
    inside = re.split(r"[{}]", written)
    parts = [part.split("|") if at % 2 else [part] for at, part in enumerate(inside)]
    return [" ".join("".join(chosen).split()) for chosen in product(*parts)]


def _class(
    file: PackFile, line: int, table: dict[str, Any], catalogue: Catalogue, known: Mapping[str, WordClass]
) -> WordClass:
    name = str(table.get("name", ""))
    file.check_keys(table, _CLASS_KEYS, line, f"class {name}")
    base = known.get(name)
    if not name or (base is not None and base.file.startswith(file.layer)):
        raise file.error(line, f"class {name!r} has no name of its own.")
    if base is None:
        file.check_known(line, "kind", [table.get("kind", "")], KINDS)
    for key, values in (("family", catalogue.nouns), ("unit", catalogue.units), ("per", catalogue.per)):
        if key in table:
            file.check_known(line, key, [table[key]], values)
    catalogue.check_dimensions(file, line, table)
    given: dict[str, Any] = {
        key: value for key, value in table.items() if key not in ("is", "effect", "words")
    }
    parents, effects = tuple(table.get("is", [])), tuple(table.get("effect", []))
    if base is None:
        return WordClass(**given, parents=parents, effects=effects, file=file.name)
    parents, effects = (*base.parents, *parents), (*base.effects, *effects)
    return replace(base, **given, parents=parents, effects=effects, file=file.name)
