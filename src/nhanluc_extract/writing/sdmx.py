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
_NORMAL, _MISSING = "A", "O"  # of SDMX's list CL_OBS_STATUS


def write_sdmx(path: Path, schema: pa.Schema, rows: Iterable[Record]) -> None:
    """One observation for each figure of the provinces table whose year and list of provinces are known.

    Where sources contradict each other the value is missing, and its status says so.
    """
    figures = (each for each in schema if pa.types.is_floating(each.type))
    units = {each.name: each.metadata[b"unit"].decode().upper() for each in figures}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        for row in rows:
            if row["year"] is None or row["province_code"] is None:
                continue
            area = f"VN_{row['province_list']}_{row['province_code']}"
            for name, value in _figures(row, units):
                writer.writerow(
                    (
                        *("dataflow", _DATAFLOW, "I", "A", area, row["year"], name.upper()),
                        *(units[name], row["status"].upper()),
                        *(("", _MISSING) if value is None else (f"{value:.15g}", _NORMAL)),
                    )
                )


def _figures(row: Record, names: Iterable[str]) -> Iterator[tuple[str, float | None]]:
    contradicted = {conflict["column"] for conflict in row["conflicts"] or ()}
    for name in names:
        if row[name] is not None or name in contradicted:
            yield name, row[name]
