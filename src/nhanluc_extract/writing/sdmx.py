"""The provinces table as SDMX-CSV 2.0, the exchange format of statistical offices (sdmx.org)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from nhanluc_extract.records import Record

HEAD = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "TIME_PERIOD", "INDICATOR", "UNIT_MEASURE",
    "STATUS", "OBS_VALUE", "OBS_STATUS",
)  # fmt: skip
_DATAFLOW = "NHANLUC:PROVINCES(1.0)"
# Codes of SDMX's cross-domain lists (CL_UNIT_MEASURE, CL_OBS_STATUS); units without one have our own.
_UNITS = {"person": "PS", "percent": "PT"}
_NORMAL, _MISSING = "A", "O"


def write_sdmx(path: Path, schema: pa.Schema, rows: Iterable[Record]) -> None:
    """One observation for each figure of the provinces table that has a year.

    Where sources contradict each other the value is missing, and its status says so.
    """
    units = {
        each.name: (each.metadata or {}).get(b"unit") for each in schema if pa.types.is_floating(each.type)
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        for row in rows:
            if row["year"] is None:
                continue
            area = f"VN_{row['province_list'] or '2004'}_{row['province_code']}"
            for name, value in _figures(row, units):
                unit = (units[name] or b"").decode()
                writer.writerow(
                    (
                        *("dataflow", _DATAFLOW, "I", "A", area, row["year"], name.upper()),
                        *(_UNITS.get(unit, unit.upper()), row["status"].upper()),
                        *(("", _MISSING) if value is None else (f"{value:.15g}", _NORMAL)),
                    )
                )


def _figures(row: Record, names: Iterable[str]) -> Iterator[tuple[str, float | None]]:
    contradicted = {conflict["column"] for conflict in row["conflicts"] or ()}
    for name in names:
        if row[name] is not None or name in contradicted:
            yield name, row[name]
