"""Facts settled into one row per province, year and status.

A cell is filled only by stated facts that say exactly what the column says: scope province, no ``per``,
status actual, target or need, and no dimension filled but the column's own. Equal values are one.
Of differing values exact ones come before bounded ones, then those with a period of their own
before those without, then those published later. If they still differ, the cell stays empty and all
of them are listed in ``conflicts``. Districts are never summed into a province.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from nhanluc_extract.records import Record, is_stated
from nhanluc_extract.rulepack.model import DIMENSIONS, RulePack
from nhanluc_extract.schema import headline_columns

_STATUSES = ("actual", "target", "need")
_PROVINCE = ("province", "province_code", "province_list", "province_now", "province_now_code")


class _Cell(NamedTuple):
    """What the table needs of a fact that may fill a cell: of an archive there are many."""

    fact_id: str
    article_id: str
    source: str
    start: int
    value: float
    qualifier: str
    period: str | None
    published: date | None


class ProvinceTable:
    """Takes facts in as they come and keeps what the table needs of those that may fill a cell."""

    def __init__(self, pack: RulePack) -> None:
        self._columns = {entry: name for name, entry in headline_columns(pack).items()}
        self._rows: dict[tuple[Any, ...], dict[str, list[_Cell]]] = defaultdict(lambda: defaultdict(list))

    def add(self, fact: Record) -> None:
        column = _column(self._columns, fact) if is_stated(fact) else None
        if column is not None:
            self._rows[_key(fact)][column].append(_Cell(*(fact[name] for name in _Cell._fields)))

    def rows(self) -> list[Record]:
        """Its rows, sorted by province, list, year and status."""
        return [
            _row(key, cells, self._columns.values())
            for key, cells in sorted(self._rows.items(), key=lambda row: _sortable(row[0]))
        ]


def _sortable(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple("" if part is None else str(part) for part in key)


def _column(columns: dict[tuple[str, str, str | None], str], fact: Record) -> str | None:
    """Headline column a fact may fill, or None.

    A part without a dimension fills none, whatever it is a part of: the column would show it as the
    figure of the whole province.
    """
    if fact["scope"] != "province" or fact["province"] is None or fact["per"] is not None:
        return None
    if fact["status"] not in _STATUSES:
        return None
    values = []
    for dimension in DIMENSIONS:
        value = fact[dimension]
        if value is None or value == "both":
            continue
        if "+" in value:
            if dimension == "degree":
                return None
            continue
        values.append(value)
    if len(values) > 1:
        return None
    if not values and fact["parent_id"] is not None:
        return None
    return columns.get((fact["indicator"], fact["unit"], values[0] if values else None))


def _key(fact: Record) -> tuple[Any, ...]:
    end: date | None = fact["period_end"]
    if end is None and fact["status"] != "target":
        end = fact["published"]
    return (*(fact[name] for name in _PROVINCE), end.year if end else None, fact["status"])


def _row(key: tuple[Any, ...], cells: dict[str, list[_Cell]], columns: Iterable[str]) -> Record:
    row: Record = dict.fromkeys(columns)
    row |= dict(zip((*_PROVINCE, "year", "status"), key, strict=True))
    conflicts = []
    used: list[_Cell] = []
    for column, facts in cells.items():
        used += facts
        row[column] = _settle(facts)
        if row[column] is None:
            conflicts += [{"column": column, "fact_id": fact.fact_id, "value": fact.value} for fact in facts]
    used.sort(key=lambda fact: (fact.source, fact.start))
    row["articles"] = list(dict.fromkeys(fact.article_id for fact in used))
    row["fact_ids"] = [fact.fact_id for fact in used]
    row["conflicts"] = conflicts
    return row


def _settle(facts: Sequence[_Cell]) -> float | None:
    """The one value that is left after each preference in turn, or None."""
    for prefer in (_is_exact, _is_dated, None):
        values = {fact.value for fact in facts}
        if len(values) == 1:
            return float(values.pop())
        if prefer is not None:
            facts = [fact for fact in facts if prefer(fact)] or facts
    dates = [fact.published for fact in facts if fact.published is not None]
    if dates:
        facts = [fact for fact in facts if fact.published == max(dates)]
    values = {fact.value for fact in facts}
    return float(values.pop()) if len(values) == 1 else None


def _is_exact(fact: _Cell) -> bool:
    return bool(fact.qualifier == "exact")


def _is_dated(fact: _Cell) -> bool:
    return fact.period is not None
