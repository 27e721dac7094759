"""docs/crosswalk.csv names what the catalogue has, and says what each line rests on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from nhanluc_extract.pipeline import Extractor

FILE = Path(__file__).parents[2] / "docs/crosswalk.csv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['framework'][:16]}: {row['indicator']}")
def test_a_line_names_what_the_catalogue_has(row: dict[str, str]) -> None:
    pack = Extractor.from_directory().pack
    indicator = pack.indicators[row["indicator"]]
    assert row["unit"] in indicator.units
    dimension, _, value = row["dimension"].partition("=")
    assert not dimension or dimension in indicator.dimensions
    assert not value or value in pack.order[dimension]
    assert row["verified"] in ("yes", "no")
    assert row["evidence"] and row["issuer"] and row["topic"]
