"""The tables in other formats than Parquet: for spreadsheets, and described for whoever finds them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nhanluc_extract.records import Record
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.writing.results import sums_of
from nhanluc_extract.writing.sdmx import write_sdmx

TABLES = ("provinces", "facts", "articles")
WORKBOOK, SDMX, PACKAGE = "tables.xlsx", "provinces.sdmx.csv", "datapackage.json"
# Files of every format: what one run wrote and the next does not is taken away.
NAMES = (*(f"{table}.csv" for table in TABLES), WORKBOOK, SDMX, PACKAGE)
_ROWS = 1_000  # read at once
_MOST_ROWS, _MOST_CHARACTERS = 1_048_575, 32_767  # of a sheet, of a cell
# What a spreadsheet would take for the beginning of a formula.
_OPENS_FORMULA = frozenset("=+-@\t\r")
_KINDS = {"double": "number", "int64": "integer", "int32": "integer", "date32[day]": "date"}
_MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SDMX_CSV = "application/vnd.sdmx.data+csv;version=2.0.0"
_WIDTHS = {"sentence": 80, "text": 60, "title": 50, "source": 30, "quote": 30, "definition": 90}


def write_formats(folder: Path, pack: RulePack, formats: Iterable[str]) -> None:
    """Write the tables in ``folder`` as ``csv``, ``xlsx`` or ``sdmx`` too; describe what there is.

    Raises:
        OSError: a file cannot be written.
    """
    asked = set(formats)
    if "csv" in asked:
        for table in TABLES:
            _write_csv(folder, table)
    if "xlsx" in asked:
        _write_workbook(folder, pack)
    if "sdmx" in asked:
        write_sdmx(folder / SDMX, _schema(folder, "provinces"), _rows(folder, "provinces"))
    _write_package(folder, asked)


def _rows(folder: Path, table: str) -> Iterator[Record]:
    # Opened here: Arrow knows no path that is not UTF-8.
    with (folder / f"{table}.parquet").open("rb") as file:
        for batch in pq.ParquetFile(file).iter_batches(_ROWS):
            yield from batch.to_pylist()


def _schema(folder: Path, table: str) -> pa.Schema:
    with (folder / f"{table}.parquet").open("rb") as file:
        return pq.read_schema(file)


def _cell(value: Any) -> Any:
    """A value as one cell; lists have semicolons between their parts."""
    if isinstance(value, list):
        if any(isinstance(part, dict) for part in value):
            return json.dumps(value, ensure_ascii=False)
        return ";".join(map(str, value))
    return value


def _write_csv(folder: Path, table: str) -> None:
    """With a byte-order mark, by which Excel knows that it is UTF-8."""
    names = _schema(folder, table).names
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        for row in _rows(folder, table):
            writer.writerow(_harmless(_cell(row[name])) for name in names)


def _harmless(value: Any) -> Any:
    """``value``, with a blank before what a spreadsheet would work out."""
    if isinstance(value, str) and value[:1] in _OPENS_FORMULA:
        return f" {value}"
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _write_workbook(folder: Path, pack: RulePack) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(folder / WORKBOOK, {"constant_memory": True, "strings_to_urls": False}) as book:
        _add_catalogue(book, pack)
        lines = {row["article_id"]: line for line, row in enumerate(_rows(folder, "articles"), 2)}
        for table in TABLES:
            _add_table(book, folder, table, lines if table == "facts" else {})


def _add_catalogue(book: Any, pack: RulePack) -> None:
    names = ("code", "vi", "en", "units", "dimensions", "definition")
    rows = (
        (each.code, each.vi, each.en, ";".join(each.units), ";".join(each.dimensions), each.definition)
        for each in pack.indicators.values()
    )
    _fill(book, "catalogue", names, rows)


def _add_table(book: Any, folder: Path, table: str, lines: dict[str, int]) -> None:
    """One sheet; behind a fact stands a link to its article's row."""
    names = _schema(folder, table).names
    head = (*names, "article") if lines else tuple(names)
    rows = (
        (*(_cell(row[name]) for name in names), *([lines[row["article_id"]]] if lines else ()))
        for row in _rows(folder, table)
    )
    _fill(book, table, head, rows, link=len(names) if lines else None)


def _fill(
    book: Any, title: str, names: Iterable[str], rows: Iterable[tuple[Any, ...]], *, link: int | None = None
) -> None:
    sheet, names = book.add_worksheet(title), list(names)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(name, 14))
        sheet.write_string(0, column, name, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        if last > _MOST_ROWS:
            break  # the other formats have all of them
        for column, value in enumerate(row):
            if column == link:
                sheet.write_url(last, column, f"internal:'articles'!A{value}", string="→")
            elif isinstance(value, date):
                sheet.write_datetime(last, column, value, day)
            elif isinstance(value, int | float):
                sheet.write_number(last, column, value)
            elif value is not None:
                sheet.write_string(last, column, str(value)[:_MOST_CHARACTERS])
    sheet.autofilter(0, 0, max(last, 1), len(names) - 1)


def _write_package(folder: Path, formats: set[str]) -> None:
    """What there is, as Frictionless Data describes tables (specs.frictionlessdata.io)."""
    resources = []
    for table in TABLES:
        fields = [
            {"name": each.name, "type": _KINDS.get(str(each.type), "string"), "description": _told(each)}
            for each in _schema(folder, table)
        ]
        schema = {"schema": {"fields": fields}}
        resources.append(_file(folder / f"{table}.parquet", table) | schema)
        if "csv" in formats:
            as_table = {"type": "table", "encoding": "utf-8-sig"}
            resources.append(_file(folder / f"{table}.csv", f"{table}-csv") | as_table | schema)
    if "xlsx" in formats:
        resources.append(_file(folder / WORKBOOK, "workbook"))
    if "sdmx" in formats:
        resources.append(_file(folder / SDMX, "provinces-sdmx") | {"mediatype": _SDMX_CSV})
    package = {"profile": "data-package", "name": "nhanluc-extract", "resources": resources}
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / PACKAGE).write_text(text, encoding="utf-8")


def _file(path: Path, name: str) -> Record:
    """One file as a resource: where it is, what it is, and its sums."""
    form, sums = path.suffix.removeprefix("."), sums_of(path)
    return {
        "name": name,
        "path": path.name,
        "type": "file",
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        "bytes": sums["bytes"],
        "hash": f"sha256:{sums['sha256']}",
    }


def _told(field: pa.Field) -> str:
    metadata = field.metadata or {}
    description = metadata.get(b"description", b"").decode()
    unit = metadata.get(b"unit", b"").decode()
    return f"{description} [{unit}]" if unit else description
