"""The report: one page that holds all it shows, to be opened without a network."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from nhanluc_extract.model import FactStatus, Qualifier
from nhanluc_extract.records import Record, is_stated
from nhanluc_extract.rulepack.model import RulePack
from nhanluc_extract.running.earlier import read_rows
from nhanluc_extract.schema import ARTICLES, FACTS, SCOPES, headline_columns, provinces_schema

_MOST_TEXT = 8_000_000  # characters of whole articles that a page holds
_OF_FACT = (
    "indicator", "value", "high", "of", "unit", "per", "qualifier", "status", "degree", "role", "level",
    "group", "scope", "place", "province", "province_now", "period", "sentence", "evidence", "rule",
)  # fmt: skip


def report(out: Path, pack: RulePack) -> str:
    """The page for the results in ``out``.

    Raises:
        EarlierError: a table is missing, broken or of another version.
    """
    articles = read_rows(out / "articles.parquet", ARTICLES)
    facts = read_rows(out / "facts.parquet", FACTS)
    provinces = read_rows(out / "provinces.parquet", provinces_schema(pack))
    page = _asset("page.html")
    for name, content in (
        ("table_css", _asset("tabulator.min.css")),
        ("page_css", _asset("page.css")),
        ("data", _embedded(_data(pack, articles, facts, provinces))),
        ("table_js", _asset("tabulator.min.js")),
        ("chart_js", _asset("chart.min.js")),
        ("page_js", _asset("page.js")),
    ):
        page = page.replace(f"{{{{{name}}}}}", content, 1)
    return page


def _asset(name: str) -> str:
    return resources.files("nhanluc_extract.reporting").joinpath("page", name).read_text(encoding="utf-8")


def _embedded(data: Mapping[str, Any]) -> str:
    """``data`` as it may stand inside a page: no text of an article can end the element it is in."""
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    return told.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _data(
    pack: RulePack, articles: Sequence[Record], facts: Sequence[Record], provinces: Sequence[Record]
) -> dict[str, Any]:
    """All that the page shows; offsets are those of JavaScript, in units of UTF-16."""
    columns = headline_columns(pack)
    with_facts = [row for row in articles if row["text"] is not None]
    number = {row["article_id"]: index for index, row in enumerate(with_facts)}
    whole = sum(row["characters"] for row in with_facts) <= _MOST_TEXT
    known = Counter(name for row in provinces for name in columns if row[name] is not None)
    tiles = {name: each["rows"] for name, each in tomllib.loads(_asset("tiles.toml")).items()}
    return {
        "words": tomllib.loads(_asset("words.toml")),
        "tiles": tiles,
        "choices": {
            "unit": pack.units,
            "qualifier": get_args(Qualifier),
            "status": get_args(FactStatus),
            "scope": SCOPES,
            "province": sorted({name for rows in tiles.values() for row in rows for name in row if name}),
            **pack.order,
        },
        "indicators": {code: (each.vi, each.en) for code, each in pack.indicators.items()},
        "columns": columns,
        "figures": sorted(known, key=lambda name: (_is_part(columns[name]), -known[name], name)),
        "articles_read": sum(row["status"] in ("ok", "empty", "duplicate") for row in articles),
        "rejected": [(row["source"], row["reason"]) for row in articles if row["status"] == "rejected"],
        "articles": [_article(row, whole=whole) for row in with_facts],
        "facts": [_fact(row, with_facts[number[row["article_id"]]], number) for row in facts],
        "provinces": [_province(row, columns) for row in provinces],
        "conflicts": [conflict for row in provinces for conflict in _conflicts(row)],
    }


def _is_part(column: tuple[str, str, str | None]) -> bool:
    """Whether a column is of some of those that are counted, or a share."""
    return column[2] is not None or column[1] == "percent"


def _article(row: Record, *, whole: bool) -> dict[str, Any]:
    text = row["text"] if whole else None
    return {"source": row["source"], "title": row["title"], "published": row["published"], "text": text}


def _fact(row: Record, article: Record, number: Mapping[str, int]) -> dict[str, Any]:
    text, start, end = article["text"], row["start"], row["end"]
    begin = text.rindex(row["sentence"], 0, start + len(row["sentence"])) if row["sentence"] else start
    told = {name: row[name] for name in _OF_FACT if row[name] is not None}
    return told | {
        "id": row["fact_id"],
        "article": number[row["article_id"]],
        "start": _units(text[:start]),
        "end": _units(text[:end]),
        "at": (_units(text[begin:start]), _units(text[begin:end])),
        "list": row["province_list"],
        "weak": not is_stated(row),
        "flags": [flag for flag in row["flags"] if flag != "weak_evidence"],
    }


def _units(text: str) -> int:
    """How many units of UTF-16 a text has."""
    return len(text) + sum(character > "\uffff" for character in text)


def _province(row: Record, columns: Mapping[str, Any]) -> dict[str, Any]:
    cells = {name: row[name] for name in columns if row[name] is not None}
    told = {name: row[name] for name in ("province", "year", "status")}
    return told | {"list": row["province_list"], "cells": cells}


def _conflicts(row: Record) -> list[dict[str, Any]]:
    """The cells of a row that nothing decided, each with the facts that stand against each other."""
    columns = dict.fromkeys(conflict["column"] for conflict in row["conflicts"] or ())
    return [
        {
            "province": row["province"],
            "year": row["year"],
            "status": row["status"],
            "column": column,
            "facts": [each["fact_id"] for each in row["conflicts"] if each["column"] == column],
        }
        for column in columns
    ]
