"""What a pack counts: its indicators, dimensions, units and labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from nhanluc_extract.model import FactStatus
from nhanluc_extract.rulepack.model import DIMENSIONS, OWNERS, UNITS, Indicator
from nhanluc_extract.rulepack.toml_file import LISTS, SUBTABLES, TABLE, TABLES, TEXT, TEXTS, PackFile
from nhanluc_extract.text.tokens import SurfaceTrie

_INDICATOR_KEYS = {
    "code": TEXT, "units": TEXTS, "dimensions": TEXTS, "vi": TEXT, "en": TEXT, "definition": TEXT,
    "owner": TEXT, "with_degree": TEXT, "to_recruit": TEXT,
}  # fmt: skip
_CATALOGUE_KEYS = {
    "extends": TEXT, "indicator": TABLES, "dimension": SUBTABLES, "flags": TABLE, "frame_files": TEXTS,
    "per": TEXTS, "units": TEXTS, "nouns": TEXTS, "unit_labels": TABLE, "table_labels": TABLE,
    "composed": TABLES, "exclusion": TABLES, "field": TEXTS, "referent": SUBTABLES,
    "national": LISTS,
}  # fmt: skip
_TABLE_LABELS = frozenset({"title", "province", "further", "others", "conflict"})
_NATIONAL = ("schemes", "figures", "industries")
# What any pack may count, and per what; a catalogue may add to both.
_NOUNS = ("people", "team", "course", "body", "things")
_PER = (
    "organisation", "team", "course", "household", "village", "commune", "district", "province", "year",
)  # fmt: skip
_FLAGS = (
    "weak_evidence", "sum_mismatch", "sum_checked", "ratio_mismatch", "turns_over_persons",
    "scope_inferred", "period_inherited", "status_inherited", "unit_ambiguous", "repeated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The catalogue of a pack; ``nouns`` are the families of nouns it counts, ``order`` and ``labels`` the
    values of each dimension."""

    file: PackFile
    indicators: dict[str, Indicator]
    order: dict[str, tuple[str, ...]]
    labels: dict[str, dict[str, str]]
    units: tuple[str, ...]
    nouns: tuple[str, ...]
    per: tuple[str, ...]
    flags: dict[str, str]
    unit_labels: dict[str, str]
    table_labels: dict[str, str]
    national: dict[str, SurfaceTrie[bool]]

    def without_unknown_dimensions(self, table: dict[str, Any]) -> dict[str, Any]:
        """A class of the base lexicon, without what this pack does not tell apart."""
        told = [name for name in DIMENSIONS if name in table]
        unknown = {name for name in told if not {*table[name].split("+")} <= {*self.order[name]}}
        return {key: value for key, value in table.items() if key not in unknown}

    def check_dimensions(self, file: PackFile, line: int, table: dict[str, str]) -> None:
        """Refuse values of dimensions that the catalogue does not list."""
        for dimension in DIMENSIONS:
            if dimension in table:
                file.check_known(line, dimension, table[dimension].split("+"), self.order[dimension])


def read_catalogue(file: PackFile) -> Catalogue:
    """Read ``catalogue.toml``."""
    file.check_keys(file.data, _CATALOGUE_KEYS, 1, "the catalogue")
    dimensions = file.data.get("dimension", {})
    for name in dimensions:
        file.check_known(file.line(f"dimension.{name}"), "dimension", [name], DIMENSIONS)
    order = {name: tuple(dimensions.get(name, {})) for name in DIMENSIONS}
    units = (*UNITS, *file.data.get("units", []))
    unit_labels = dict(file.data.get("unit_labels", {}))
    for name in unit_labels:
        file.check_known(file.line(name, file.line("unit_labels")), "unit", [name], units)
    return Catalogue(
        file=file,
        indicators=_by_code(file, _indicators(file, units, order)),
        order=order,
        labels={name: dict(dimensions.get(name, {})) for name in DIMENSIONS},
        units=units,
        nouns=(*_NOUNS, *file.data.get("nouns", [])),
        per=(*_PER, *file.data.get("per", [])),
        flags=_flags(file),
        unit_labels=unit_labels,
        table_labels=_table_labels(file),
        national=_national(file),
    )


def _national(file: PackFile) -> dict[str, SurfaceTrie[bool]]:
    """Words for what is the country's own."""
    words = file.data.get("national", {})
    file.check_known(file.line("[national]"), "national", words, _NATIONAL)
    return {name: SurfaceTrie.of(words.get(name, [])) for name in _NATIONAL}


def _by_code(file: PackFile, found: Iterator[tuple[int, Indicator]]) -> dict[str, Indicator]:
    indicators: dict[str, Indicator] = {}
    for line, indicator in found:
        if indicator.code in indicators:
            raise file.error(line, f"a second indicator of code {indicator.code!r}.")
        indicators[indicator.code] = indicator
    for indicator in indicators.values():
        if indicator.with_degree is not None:
            at = file.line("with_degree", file.line(f'"{indicator.code}"'))
            file.check_known(at, "indicator", [indicator.with_degree], indicators)
    return indicators


def _indicators(
    file: PackFile, units: tuple[str, ...], order: dict[str, tuple[str, ...]]
) -> Iterator[tuple[int, Indicator]]:
    for line, table in file.entries("indicator", "code"):
        code = str(table.get("code", ""))
        file.check_keys(table, _INDICATOR_KEYS, line, f"indicator {code}")
        for key in ("code", "units", "vi", "en", "definition"):
            if not table.get(key):
                raise file.error(line, f"indicator {code}: `{key}` is missing.")
        file.check_known(line, "unit", table["units"], units)
        if "owner" in table:
            file.check_known(line, "owner", [table["owner"]], OWNERS)
        file.check_known(line, "dimension", table.get("dimensions", []), DIMENSIONS)
        if "to_recruit" in table:
            file.check_known(line, "status", [table["to_recruit"]], get_args(FactStatus))
        lists = {key: tuple(table.get(key, [])) for key in ("units", "dimensions")}
        yield line, Indicator(**(table | lists))


def _flags(file: PackFile) -> dict[str, str]:
    """The flags that the extraction sets are all declared, and no others."""
    line, flags = file.line("[flags]"), dict(file.data.get("flags", {}))
    file.check_known(line, "flag", flags, _FLAGS)
    missing = [name for name in _FLAGS if name not in flags]
    if missing:
        raise file.error(line, f"no text in [flags] for {', '.join(missing)}.")
    return flags


def _table_labels(file: PackFile) -> dict[str, str]:
    """Labels of the summary; a pack that gives none is shown with the English names."""
    labels = dict(file.data.get("table_labels", {}))
    file.check_known(file.line("table_labels"), "table label", labels, _TABLE_LABELS)
    return {name: labels.get(name, name) for name in sorted(_TABLE_LABELS)}
