"""Dates and periods of a sentence as ISO 8601, and the article's own date line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from nhanluc_extract.model import Period
from nhanluc_extract.text.language import language
from nhanluc_extract.text.patterns import Patterns

_FEW_WORDS, _MOST_WORDS = 4, 10  # other words on a date line, and on one that opens with the date
_YEAR = re.compile(r"20\d\d")  # of any date line
_MARK = re.compile(r"(?:^|\s)[-–—|](?:\s|$)")
_NEAR_EDGE = 10  # characters of a word such as "posted" before the date
_FIRST_YEAR, _LAST_YEAR = 1000, 2100  # of what may be a year at all
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


@cache
def _patterns() -> Patterns:
    return Patterns(language("dates")["pattern"])


def find_periods(text: str, offset: int, published: date | None) -> list[Period]:
    """All dates of ``text``; ``iso`` is empty where no year can be known.

    ``offset`` is where ``text`` begins in the article. A day or month without a year takes the year
    of ``published``.
    """
    taken = bytearray(len(text))
    found: list[Period] = []
    for pattern, match in _patterns().find(text):
        start, end = match.span()
        if taken.find(1, start, end) >= 0:
            continue
        taken[start:end] = b"\1" * (end - start)
        iso = _iso(pattern.name, match.groupdict(), published)
        possible = iso if iso is not None and _is_possible(iso) else ""
        found.append(Period(possible, offset + start, offset + end, pattern.kind))
    return sorted(found, key=lambda period: period.start)


def _is_possible(iso: str) -> bool:
    """Whether a period has a first and a last day, in that order (``giai đoạn 2025-2021`` has not)."""
    begin, end = bounds(iso)
    return begin is not None and end is not None and begin <= end


def _iso(name: str, groups: dict[str, str | None], published: date | None) -> str | None:
    now = published.year if published else None
    if name in _RELATIVE:
        return str(now + _RELATIVE[name]) if now else None
    if name == "month_away":
        return _month_away(published, groups["away"] or "") if published else None
    if name in _SPANS:
        return _SPANS[name](groups, now)
    return _point(groups, now)


def _month_away(published: date, away: str) -> str:
    """``tháng trước``, ``tháng tới``: so many months from that of ``published``."""
    months: int = language("dates")["months_away"][away.lower()]
    year, month = divmod(published.year * 12 + published.month - 1 + months, 12)
    return f"{year}-{month + 1:02}"


def _year_of(groups: dict[str, str | None], now: int | None, *keys: str) -> int | None:
    """The year that is written, or that of the article."""
    written = next((groups[key] for key in keys or ("year",) if groups.get(key)), None)
    return int(written) if written else now


def _point(groups: dict[str, str | None], now: int | None) -> str | None:
    """A year, a month or a day."""
    year = _year_of(groups, now, "year", "year_b")
    # A misprinted year (20022) is no year; 2022 is what stands for the reader to check.
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    month = groups.get("month") or groups.get("month_b")
    day = groups.get("day") or groups.get("day_b")
    if month and day:
        return f"{year}-{_two(month)}-{_two(day)}"
    return f"{year}-{_two(month)}" if month else str(year)


def _first_months(groups: dict[str, str | None], now: int | None) -> str | None:
    months, year = _months(groups["months"] or ""), _year_of(groups, now, "year", "year_b")
    return f"{year}-01/{year}-{months:02d}" if year and 1 <= months <= 12 else None


def _last_months(groups: dict[str, str | None], now: int | None) -> str | None:
    year = _year_of(groups, now, "second_half")
    return f"{year}-07/{year}-12" if year else None


def _quarter_of_year(groups: dict[str, str | None], now: int | None) -> str | None:
    year, quarter = _year_of(groups, now), _quarter(groups["quarter"] or "")
    return f"{year}-{quarter * 3 - 2:02d}/{year}-{quarter * 3:02d}" if year else None


def _quarters(groups: dict[str, str | None], now: int | None) -> str | None:
    first, last = _quarter(groups["quarter"] or ""), _quarter(groups["quarter_end"] or "")
    return f"{groups['year']}-{first * 3 - 2:02d}/{groups['year']}-{last * 3:02d}"


def _since(groups: dict[str, str | None], now: int | None) -> str | None:
    since = _year_of(groups, now, "since")
    if since is None:
        return None
    return str(since) if now in (None, since) else f"{since}/{now}"


def _since_month(groups: dict[str, str | None], now: int | None) -> str | None:
    since = _year_of(groups, now)
    if since is None or not 1 <= int(groups["month"] or 0) <= 12:
        return None
    begin = f"{since}-{_two(groups['month'])}"
    return begin if now is None else f"{begin}/{now}"


def _month_last_year(groups: dict[str, str | None], now: int | None) -> str | None:
    return f"{now - 1}-{_two(groups['month'])}" if now else None


def _months_of(groups: dict[str, str | None], now: int | None) -> str | None:
    return _span(groups, _year_of(groups, now))


def _days_of_month(groups: dict[str, str | None], now: int | None) -> str | None:
    return _span({**groups, "month_end": groups["month"]}, _year_of(groups, now))


def _year_to_month(groups: dict[str, str | None], now: int | None) -> str | None:
    return f"{groups['year_start']}/{groups['year']}-{_two(groups['month_end'])}"


def _years(groups: dict[str, str | None], now: int | None) -> str | None:
    return f"{groups['year']}/{groups['year_end']}"


_RELATIVE = {"this_year": 0, "last_year": -1, "next_year": 1}
_SPANS: dict[str, Callable[[dict[str, str | None], int | None], str | None]] = {
    "first_months": _first_months,
    "last_months": _last_months,
    "quarters": _quarters,
    "quarter": _quarter_of_year,
    "quarter_this_year": _quarter_of_year,
    "since_day": _since,
    "since_this_year": _since,
    "since_month": _since_month,
    "year_to_month": _year_to_month,
    "months_span": _months_of,
    "days_span_full": _months_of,
    "months_of_year": _months_of,
    "days_of_month": _days_of_month,
    "month_last_year": _month_last_year,
    "school_year": _years,
    "years_span": _years,
    "years_span_words": _years,
    "years_and": _years,
}


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
    # Without regard to case a Turkish capital is an I too.
    return _ROMAN.get(surface.upper().replace("\u0130", "I"), 0) or int(surface)


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
        first = date(year, month, parts[2] if len(parts) > 2 else 1)
        if len(parts) > 2 or not last:
            return first
        return date(year + month // 12, month % 12 + 1, 1) - _ONE_DAY
    except ValueError:
        return None


_ONE_DAY = date(2001, 1, 2) - date(2001, 1, 1)


@cache
def _dateline() -> tuple[tuple[re.Pattern[str], ...], frozenset[str]]:
    data = language("dates")["dateline"]
    expressions = tuple(re.compile(expression, re.I) for expression in data["expressions"])
    return expressions, frozenset(data["furniture"])


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(language("dates")["dateline"]["opening"])


def dateline_before(line: str) -> str | None:
    """What stands before the first words of a text: ``HƯNG YÊN, 16/7/2024 - Giữa trưa, …``.

    Without the paper's name before it (``(Báo A) - Hà Nội, ngày 25/4/2024. Khi …``).
    """
    found = _opening().match(line) if _YEAR.search(line) is not None else None
    return (found["behind"] or found.group()) if found is not None else None


def _other_words(text: str) -> int:
    """How many words stand beside a date, those of furniture left out."""
    return sum(word.lower() not in _dateline()[1] for word in re.findall(r"[^\W\d_]+", text))


def _stands_alone(line: str, match: re.Match[str]) -> bool:
    """``Báo A - 12/11/2024 - 09:05``: a date with nothing beside it between two marks."""
    before, behind = line[: match.start()], line[match.end() :]
    part = _MARK.split(before)[-1], _MARK.split(behind)[0]
    return part != (before, behind) and not line.endswith(".") and not any(map(_other_words, part))


def find_dateline(lines: Iterable[str]) -> tuple[int, date] | None:
    """Index and date of the first line that is a date line; lines with other words are none."""
    expressions = _dateline()[0]
    months: dict[str, int] = language("dates")["english_months"]
    for index, line in enumerate(lines):
        for expression in expressions if _YEAR.search(line) is not None else ():
            match = expression.search(line)
            if match is None:
                continue
            # A headline may hold a date; a line that opens or ends with one is its own.
            set_off = match.start() < _NEAR_EDGE or match.end() == len(line.rstrip(" )"))
            most = _MOST_WORDS if set_off and not line.endswith(".") else _FEW_WORDS
            others = _other_words(line[: match.start()] + " " + line[match.end() :])
            if others > most and not _stands_alone(line, match):
                continue
            try:
                groups = match.groupdict()
                month = groups["month"]
                number = int(month) if month.isdigit() else months[month[:3].lower()]
                return index, date(int(groups["year"]), number, int(groups["day"]))
            except ValueError:
                continue
    return None
