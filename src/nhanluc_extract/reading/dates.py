"""When a record says it was published."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from nhanluc_extract.text.dates import find_dateline

_VIETNAM = timezone(timedelta(hours=7))
_FIRST, _LAST = 1990, 2100
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?!\d)")


def published_of(value: object) -> date | None:
    """The day in Vietnam that a date, a time, seconds since 1970 or words name; None where it is none.

    >>> published_of("2024-05-02T20:00:00Z")
    datetime.date(2024, 5, 3)
    >>> published_of("08:30, 3/5/2024")
    datetime.date(2024, 5, 3)
    >>> published_of(1714680000)
    datetime.date(2024, 5, 3)
    """
    try:
        day = _day_of(value)
    except (ValueError, OverflowError):
        return None
    return day if day is not None and _FIRST <= day.year <= _LAST else None


def _day_of(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(_VIETNAM).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) > 1e11 else value
        return datetime.fromtimestamp(seconds, UTC).astimezone(_VIETNAM).date() if seconds > 1e8 else None
    return _day_said(value.strip()) if isinstance(value, str) else None


def _day_said(said: str) -> date | None:
    if said[:1].isdigit():
        try:
            return _day_of(datetime.fromisoformat(said))
        except ValueError:
            pass
    if found := _DAY.match(said) or _COMPACT.fullmatch(said):
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    if found := _DAY_FIRST.search(said):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    dateline = find_dateline([said])
    return dateline[1] if dateline else None
