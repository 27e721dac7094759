"""Provinces of both lists, the districts that lay in them, and how their names are found in text."""

from __future__ import annotations

import csv
import itertools
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from nhanluc_extract.text.characters import clean_text
from nhanluc_extract.text.tokens import SurfaceTrie, tokenize

MERGER = date(2025, 7, 1)
"""From this day on the list of 34 provinces is in force (19/2025/QĐ-TTg)."""


@dataclass(frozen=True, slots=True)
class Province:
    """A province of the list of 2004 and the one of 2025 its territory lies in."""

    name: str
    code: str
    now: str
    now_code: str

    @property
    def is_in_both(self) -> bool:
        return self.name == self.now


@dataclass(frozen=True, slots=True)
class District:
    """A district as it existed before 1 July 2025: type, bare name, and its provinces' names."""

    type: str
    name: str
    provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Lookup tables and the tries that find names; a payload is a canonical name."""

    provinces: dict[str, Province]
    codes_2025: dict[str, str]
    districts: dict[tuple[str, ...], District]
    province_trie: SurfaceTrie[str]
    district_trie: SurfaceTrie[District]
    by_site: dict[str, str]  # provinces by their names as sites have them (``nghean``)

    def code(self, name: str, province_list: str) -> str | None:
        """Code of province ``name`` in the list ``2004`` or ``2025``; None where it is not in it."""
        if province_list == "2025":
            return self.codes_2025.get(name)
        found = self.provinces.get(name)
        return found.code if found else None

    def in_force(self, name: str, day: date | None) -> str:
        """The province that the territory of ``name`` lies in on a day; without one, ``name``."""
        return self.provinces[name].now if day is not None and day >= MERGER else name

    def merged_into(self, home: str | None, name: str | None) -> str | None:
        """``home`` where ``name`` was merged into it, else ``name`` (``huyện B, tỉnh Thái Bình (cũ)``)."""
        return home if name is not None and self.provinces[name].now == home else name


@cache
def place_words() -> dict[str, Any]:
    """Contents of ``data/scopes.toml``: the words around names."""
    path = resources.files("nhanluc_extract.places") / "data" / "scopes.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = resources.files("nhanluc_extract.places") / "data" / name
    with path.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded once."""
    provinces: dict[str, Province] = {}
    by_code: dict[str, str] = {}
    trie: SurfaceTrie[str] = SurfaceTrie()
    for row in _rows("provinces.csv"):
        name = clean_text(row["old_name"]).clean
        now = clean_text(row["new_name"]).clean
        provinces[name] = Province(name, row["old_gso_code"], now, row["new_gso_code"])
        by_code[row["old_gso_code"]] = name
        trie.add(name, name)
    surfaces = {tuple(token.text for token in tokenize(name)) for name in provinces}
    for row in _rows("aliases.csv"):
        alias = clean_text(row["alias"]).clean
        key = tuple(token.text for token in tokenize(alias))
        if key not in surfaces:
            surfaces.add(key)
            trie.add(alias, by_code[row["old_gso_code"]])
    districts = _districts(by_code)
    district_trie: SurfaceTrie[District] = SurfaceTrie()
    for district in districts.values():
        for spelling in _spellings(district.name):
            district_trie.add(spelling, district)
    official = {row["gso_code"]: _district_key(row["name"]) for row in _rows("districts.csv")}
    for row in _rows("district_aliases.csv"):
        district_trie.add(row["alias"], districts[official[row["gso_code"]]])
    return Gazetteer(
        provinces=provinces,
        codes_2025={province.now: province.now_code for province in provinces.values()},
        districts=districts,
        province_trie=trie,
        district_trie=district_trie,
        by_site={_without_marks(name): name for name in provinces},
    )


def _spellings(name: str) -> set[str]:
    """``Cư M'gar`` with any apostrophe or none, ``Đắk`` as papers spell it."""
    alike = {word: spellings for spellings in place_words()["names"]["spellings"] for word in spellings}
    spelled = itertools.product(*(alike.get(word, [word]) for word in name.split()))
    names = {" ".join(words) for words in spelled}
    # Quotation marks are passed over where surfaces are looked for.
    return {each.replace("'", between) for each in names for between in (" ", "")}


def _districts(by_code: dict[str, str]) -> dict[tuple[str, ...], District]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _rows("districts.csv"):
        full = clean_text(row["name"]).clean
        kind, name = split_type(full)
        province = by_code[row["old_province_gso"]]
        if province not in found[kind, name]:
            found[kind, name].append(province)
    return {
        _district_key(f"{kind} {name}"): District(kind, name, tuple(names))
        for (kind, name), names in found.items()
    }


def _district_key(full: str) -> tuple[str, ...]:
    kind, name = split_type(clean_text(full).clean)
    return (kind, *(token.key for token in tokenize(name)))


def split_type(full: str) -> tuple[str, str]:
    """Type (lower case) and bare name of a district as official lists write it."""
    lowered = full.lower()
    for kind in place_words()["types"]["official"]:
        if lowered.startswith(kind + " "):
            return kind, full[len(kind) + 1 :]
    return "", full


def _without_marks(name: str) -> str:
    """``Đắk Lắk`` as a site has it: ``daklak``."""
    letters = (letter for letter in unicodedata.normalize("NFD", name) if letter.isalpha())
    return "".join(unicodedata.name(letter).split()[3].lower() for letter in letters)  # LATIN SMALL LETTER K
