"""Dates and periods of a sentence as ISO 8601, and the article's own date line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from nhanluc_extract.model import Period
from nhanluc_extract.text.language import language

_FEW_WORDS, _MOST_WORDS = 4, 10  # other words on a date line, and on one that opens with the date
_NEAR_EDGE = 10  # characters of a word such as "posted" before the date
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class _Pattern:
    name: str
    kind: str
    expression: re.Pattern[str]


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(entry["id"], entry["kind"], re.compile(r"(?<!\w)(?:" + entry["expression"] + ")", re.I))
        for entry in language("dates")["pattern"]
    )


def find_periods(text: str, offset: int, published: date | None) -> list[Period]:
    """All dates of ``text``; ``iso`` is empty where no year can be known.

    ``offset`` is where ``text`` begins in the article. A day or month without a year takes the year
    of ``published``.
    """
    taken: list[tuple[int, int]] = []
    found: list[Period] = []
    for pattern in _patterns():
        for match in pattern.expression.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            iso = _iso(pattern.name, match.groupdict(), match.group(), published)
            found.append(Period(iso or "", offset + match.start(), offset + match.end(), pattern.kind))
    return sorted(found, key=lambda period: period.start)


def _iso(name: str, groups: dict[str, str | None], surface: str, published: date | None) -> str | None:
    now = published.year if published else None

    def year_of(*keys: str) -> int | None:
        for key in keys:
            if groups.get(key):
                return int(groups[key] or 0)
        return now

    match name:
        case "this_year":
            return str(now) if now else None
        case "last_year":
            return str(now - 1) if now else None
        case "next_year":
            return str(now + 1) if now else None
        case "first_months":
            months, year = _months(groups["months"] or ""), year_of("year", "year_b")
            return f"{year}-01/{year}-{months:02d}" if year and 1 <= months <= 12 else None
        case "last_months":
            year = year_of("second_half")
            return f"{year}-07/{year}-12" if year else None
        case "quarter" | "quarter_this_year":
            year, quarter = year_of("year"), _quarter(groups["quarter"] or "")
            return f"{year}-{quarter * 3 - 2:02d}/{year}-{quarter * 3:02d}" if year else None
        case "since_day" | "since_this_year":
            since = year_of("since")
            if since is None:
                return None
            return str(since) if now in (None, since) else f"{since}/{now}"
        case "since_month":
            since = year_of("year")
            if since is None or not 1 <= int(groups["month"] or 0) <= 12:
                return None
            begin = f"{since}-{_two(groups['month'])}"
            return begin if now is None else f"{begin}/{now}"
        case "year_to_month":
            return f"{groups['year_start']}/{groups['year']}-{_two(groups['month_end'])}"
        case "months_span" | "days_span_full" | "months_of_year":
            return _span(groups, year_of("year"))
        case "days_span_open":
            year, last = year_of("year"), groups["month_end"] or groups["month_b"]
            first = groups["month"] or last
            return f"{year}-{_two(first)}/{year}-{_two(last)}" if year else None
        case "days_of_month":
            return _span({**groups, "month_end": groups["month"]}, year_of("year"))
        case "month_last_year":
            return f"{now - 1}-{_two(groups['month'])}" if now else None
        case "school_year" | "years_span" | "years_span_words" | "years_and":
            return f"{groups['year']}/{groups['year_end']}"
    year = year_of("year", "year_b")
    # A misprinted year (20022) is no year; 2022 is what stands for the reader to check.
    if year is None or year > 2100:
        return None
    month = groups.get("month") or groups.get("month_b")
    day = groups.get("day") or groups.get("day_b")
    if month and not 1 <= int(month) <= 12:
        return None
    if month and day and 1 <= int(day) <= 31:
        return f"{year}-{_two(month)}-{_two(day)}"
    return f"{year}-{_two(month)}" if month else str(year)


def _span(groups: dict[str, str | None], year: int | None) -> str | None:
    """Span of months or days that ends in ``year``; it may begin in the year before."""
    month, month_end = int(groups["month"] or 0), int(groups["month_end"] or 0)
    if year is None or not (1 <= month <= 12 and 1 <= month_end <= 12):
        return None
    begin = int(groups.get("year_start") or (year - 1 if month > month_end else year))
    day, day_end = groups.get("day"), groups.get("day_end")
    if day and day_end:
        return f"{begin}-{month:02d}-{_two(day)}/{year}-{month_end:02d}-{_two(day_end)}"
    return f"{begin}-{month:02d}/{year}-{month_end:02d}"


def _two(number: str | None) -> str:
    return f"{int(number or 0):02d}"


def _months(surface: str) -> int:
    if surface.isdigit():
        return int(surface)
    months: dict[str, int] = language("dates")["months"]
    return months.get(surface.lower(), 0)


def _quarter(surface: str) -> int:
    return _ROMAN.get(surface.upper(), 0) or int(surface)


def bounds(iso: str | None) -> tuple[date | None, date | None]:
    """First and last day of an ISO period (``2023``, ``2023-01/2023-09``, ``2024-06-30``)."""
    if not iso:
        return None, None
    begin, _, end = iso.partition("/")
    return _day(begin, last=False), _day(end or begin, last=True)


def _day(iso: str, *, last: bool) -> date | None:
    parts = [int(part) for part in iso.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    try:
        if len(parts) > 2:
            return date(year, month, parts[2])
        if not last:
            return date(year, month, 1)
        return date(year + month // 12, month % 12 + 1, 1) - _ONE_DAY
    except ValueError:
        return None


_ONE_DAY = date(2001, 1, 2) - date(2001, 1, 1)


@cache
def _dateline() -> tuple[tuple[re.Pattern[str], ...], frozenset[str]]:
    data = language("dates")["dateline"]
    expressions = tuple(re.compile(expression, re.I) for expression in data["expressions"])
    return expressions, frozenset(data["furniture"])


def find_dateline(lines: Iterable[str]) -> tuple[int, date] | None:
    """Index and date of the first line that is a date line; lines with other words are none."""
    expressions, furniture = _dateline()
    months: dict[str, int] = language("dates")["english_months"]
    for index, line in enumerate(lines):
        for expression in expressions:
            match = expression.search(line)
            if match is None:
                continue
            rest = re.findall(r"[^\W\d_]+", line[: match.start()] + " " + line[match.end() :])
            # A headline may hold a date; a line that opens or ends with one is its own.
            set_off = match.start() < _NEAR_EDGE or match.end() == len(line.rstrip(" )"))
            most = _MOST_WORDS if set_off and not line.endswith(".") else _FEW_WORDS
            if sum(word.lower() not in furniture for word in rest) > most:
                continue
            try:
                groups = match.groupdict()
                month = groups["month"]
                number = int(month) if month.isdigit() else months[month[:3].lower()]
                return index, date(int(groups["year"]), number, int(groups["day"]))
            except ValueError:
                continue
    return None
