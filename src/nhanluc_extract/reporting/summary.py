"""The summary of a run on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from nhanluc_extract.records import Record
from nhanluc_extract.reporting.terminal import printable
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.schema import headline_columns, label_of
from nhanluc_extract.writing.tables import Totals


def print_summary(
    pack: RulePack,
    totals: Totals,
    paths: Sequence[Path],
    skipped: Sequence[str],
) -> None:
    """Counts, rejected inputs, the province table and where the results lie, on standard error.

    All of it is given to rich as ``Text``: a plain string is searched for markup and emoji codes, and
    names of files and labels of a pack may hold square brackets and colons of their own.
    """
    console = Console(stderr=True)
    lines = [_counts(totals, skipped)]
    lines += [f"rejected  {source}: {reason}" for source, reason in totals.rejected]
    for line in lines:
        console.print(Text(printable(line)), soft_wrap=True)
    if totals.provinces:
        console.print(_table(pack, totals.provinces))
    for path in paths:
        console.print(Text(printable(f"wrote  {path}")), soft_wrap=True)


def _counts(totals: Totals, skipped: Sequence[str]) -> str:
    parts = [f"{totals.articles - len(totals.rejected)} articles read", f"{totals.stated} facts found"]
    if totals.weak:
        parts.append(f"{totals.weak} more of weak evidence")
    for status in ("empty", "duplicate", "rejected"):
        if number := totals.count(status):
            parts.append(f"{number} {status}")
    if skipped:
        parts.append(f"{len(skipped)} files of other kinds skipped")
    return ", ".join(parts) + "."


def _table(pack: RulePack, provinces: Sequence[Record]) -> Table:
    labels = pack.table_labels
    table = Table(
        title=Text(labels["title"], style="table.title"),
        title_justify="left",
        caption=Text(labels["conflict"], style="table.caption"),
    )
    table.add_column(Text(labels["figures"]))
    table.add_column(Text(labels["value"]), justify="right", no_wrap=True)
    columns = headline_columns(pack)
    for row in provinces:
        year = "" if row["year"] is None else f" {row['year']}"
        table.add_section()
        table.add_row(Text.assemble((f"{row['province']}{year}", "bold"), f" · {labels[row['status']]}"), "")
        for column in columns:
            if row[column] is not None:
                table.add_row(Text(f"  {name_of(pack, columns[column])}"), number(row[column]))
        for column in dict.fromkeys(conflict["column"] for conflict in row["conflicts"]):
            values = [number(c["value"]) for c in row["conflicts"] if c["column"] == column]
            table.add_row(Text(f"  {name_of(pack, columns[column])}"), " ≠ ".join(values))
    return table


def name_of(pack: RulePack, entry: tuple[str, str, str | None]) -> str:
    """Vietnamese name of a headline column."""
    code, unit, value = entry
    label = pack.indicators[code].vi
    if value:
        label += f" ({label_of(pack, value)})"
    return label + pack.unit_labels.get(unit, "")


def number(value: float) -> str:
    """A number the way Vietnamese tables write it: 1.292 and 71,27."""
    whole, _, rest = f"{value:,.2f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
