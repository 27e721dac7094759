"""The summary of a run on the terminal: one screen, however many articles there were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from nhanluc_extract.records import Record
from nhanluc_extract.reporting.terminal import printable
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.schema import headline_columns, label_of
from nhanluc_extract.writing.tables import Totals

_WIDEST = 100  # columns
_REJECTED, _PROVINCES, _FIGURES = 5, 15, 3  # lines, rows and figures that are shown
_FIGURE = 20  # width of a figure's column


def print_summary(pack: RulePack, totals: Totals, paths: Sequence[str], skipped: Sequence[str]) -> None:
    """Counts, rejected inputs, a table of provinces and where the results lie, on standard error.

    All of it is given to rich as ``Text``: a plain string is searched for markup and emoji codes, and
    names of files and labels of a pack may hold square brackets and colons of their own.
    """
    console = Console(stderr=True, width=min(Console(stderr=True).width, _WIDEST))
    lines = [_counts(totals, skipped)]
    lines += [f"rejected  {source}: {reason}" for source, reason in totals.rejected[:_REJECTED]]
    if (more := len(totals.rejected) - _REJECTED) > 0:
        lines.append(f"rejected  {more} more: {paths[0]} says why.")
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


@dataclass(frozen=True, slots=True)
class _Province:
    """What is known of one province: of each figure the newest, how many cells and disputes there are."""

    name: str
    newest: Mapping[str, tuple[float, int | None]]
    cells: int
    disputed: int


def _table(pack: RulePack, rows: Sequence[Record]) -> Table:
    """The provinces with most figures, and the figures that most of them have."""
    columns = headline_columns(pack)
    provinces = [_province(name, rows, columns) for name in dict.fromkeys(row["province"] for row in rows)]
    provinces.sort(key=lambda province: (-province.cells, province.name))
    known = Counter(column for province in provinces for column in province.newest)
    # Of figures that as many have whole ones come before parts (officials, communes).
    shown_first = sorted(columns, key=lambda column: (-known[column], columns[column][2] is not None))
    figures = [column for column in shown_first if known[column]][:_FIGURES]
    labels = pack.table_labels
    table = Table(
        title=Text(labels["title"], style="table.title"),
        title_justify="left",
        caption=Text(_caption(pack, provinces), style="table.caption"),
        caption_justify="left",
    )
    table.add_column(Text(labels["province"]))
    for column in figures:
        table.add_column(Text(name_of(pack, columns[column])), justify="right", max_width=_FIGURE)
    table.add_column(Text(labels["further"]), justify="right")
    table.add_column(Text("≠"), justify="right")
    for province in provinces[:_PROVINCES]:
        shown = [province.newest.get(column) for column in figures]
        further = province.cells - sum(cell is not None for cell in shown)
        table.add_row(Text(province.name), *map(_cell, shown), _number(further), _number(province.disputed))
    return table


def _province(name: str, rows: Sequence[Record], columns: Mapping[str, object]) -> _Province:
    own = [row for row in rows if row["province"] == name]
    actual = [row for row in own if row["status"] == "actual"]
    newest: dict[str, tuple[float, int | None]] = {}
    for row in sorted(actual, key=lambda row: row["year"] or 0):
        newest |= {column: (row[column], row["year"]) for column in columns if row[column] is not None}
    return _Province(
        name,
        newest,
        cells=sum(row[column] is not None for row in own for column in columns),
        disputed=sum(len({conflict["column"] for conflict in row["conflicts"]}) for row in own),
    )


def _caption(pack: RulePack, provinces: Sequence[_Province]) -> str:
    more = len(provinces) - _PROVINCES
    told = f"… {more} more / {pack.table_labels['others']}\n" if more > 0 else ""
    return f"{told}{pack.table_labels['conflict']}"


def _cell(figure: tuple[float, int | None] | None) -> Text:
    if figure is None:
        return Text("")
    value, year = figure
    return Text(number(value) if year is None else f"{number(value)} ({year})")


def _number(count: int) -> Text:
    return Text(str(count) if count else "")


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
