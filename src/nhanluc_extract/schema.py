"""The three tables: columns, types and what each field means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhanluc_extract.rulepack.model import RulePack

_STRINGS = pa.list_(pa.string())


def _field(name: str, kind: pa.DataType, description: str, unit: str = "") -> pa.Field:
    return pa.field(name, kind, metadata={"description": description, "unit": unit})


ARTICLES = pa.schema(
    [
        _field(
            "article_id", pa.string(), "16 hex digits of SHA-256 over the text in NFC, white space folded"
        ),
        _field("source", pa.string(), "the input as given, with the path below it"),
        _field("title", pa.string(), "headline"),
        _field("published", pa.date32(), "date of publication", "day"),
        _field("characters", pa.int64(), "length of the decoded text", "code points"),
        _field("facts", pa.int64(), "facts found", "facts"),
        _field("status", pa.string(), "ok, empty, rejected or duplicate"),
        _field("reason", pa.string(), "why an input was rejected, or is empty"),
        _field("duplicate_of", pa.string(), "source of the first article with the same text"),
        _field("text", pa.string(), "the decoded text offsets point into; null where there is no fact"),
    ]
)

SCOPES = ("national", "region", "province", "district", "commune", "organisation")

FACTS = pa.schema(
    [
        _field("fact_id", pa.string(), "article_id, start and a running number"),
        _field("article_id", pa.string(), "article the fact stands in"),
        _field("source", pa.string(), "source of that article"),
        _field("start", pa.int64(), "first character of the number in the decoded text", "code points"),
        _field("end", pa.int64(), "behind the last character of the number", "code points"),
        _field("quote", pa.string(), "the number with its hedge and its noun"),
        _field("sentence", pa.string(), "raw substring around the number"),
        _field("zone", pa.string(), "title, lead, body or caption"),
        _field("indicator", pa.string(), "code of the catalogue"),
        _field("value", pa.float64(), "the number; the lower end of a range", "see column unit"),
        _field("high", pa.float64(), "upper end of a range", "see column unit"),
        _field("of", pa.float64(), "denominator given as a number", "see column unit"),
        _field("unit", pa.string(), "person, turn, team, course, organisation or percent"),
        _field("per", pa.string(), "for a distributive number, per what"),
        _field("qualifier", pa.string(), "exact, over, under, about, at_least, at_most or range"),
        _field("status", pa.string(), "actual, target, need or norm"),
        _field("degree", pa.string(), "degree of the people counted"),
        _field("role", pa.string(), "dedicated, concurrent or both"),
        _field("level", pa.string(), "administrative level of the counted teams, staff or bodies"),
        _field("group", pa.string(), "who is trained, guided or skilled"),
        _field("scope", pa.string(), f"{', '.join(SCOPES[:-1])} or {SCOPES[-1]}"),
        _field("place", pa.string(), "name as written of what lies below the province"),
        _field("province", pa.string(), "canonical name of the province, as of the article's own time"),
        _field("province_code", pa.string(), "its code in province_list"),
        _field("province_list", pa.string(), "2004 (63 provinces) or 2025 (34 provinces)"),
        _field("province_now", pa.string(), "province of the 2025 list its territory lies in"),
        _field("province_now_code", pa.string(), "code of province_now in the 2025 list"),
        _field("period", pa.string(), "ISO 8601 period the number is for"),
        _field("period_start", pa.date32(), "first day of the period", "day"),
        _field("period_end", pa.date32(), "last day of the period", "day"),
        _field("published", pa.date32(), "date of the article", "day"),
        _field("parent_id", pa.string(), "fact_id of the total the fact is a part of"),
        _field("rule", pa.string(), "id of the rule that decided"),
        _field(
            "evidence",
            pa.string(),
            "the widest that the fact rests on, from phrase to article",
        ),
        _field("flags", _STRINGS, "remarks from the closed list of the catalogue"),
    ]
)

CONFLICTS = pa.list_(pa.struct([("column", pa.string()), ("fact_id", pa.string()), ("value", pa.float64())]))


def headline_columns(pack: RulePack) -> dict[str, tuple[str, str, str | None]]:
    """Headline columns of the provinces table: name → (indicator, unit, value of a dimension)."""
    columns: dict[str, tuple[str, str, str | None]] = {}
    for code, indicator in pack.indicators.items():
        values: list[str | None] = [None]
        for dimension in indicator.dimensions:
            values += [value for value in pack.order[dimension] if value != "both"]
        for unit in indicator.units:
            suffix = {"turn": "_turns", "percent": "_percent"}.get(unit, "")
            for value in values:
                name = code + (f"_{value}" if value else "") + suffix
                columns[name] = (code, unit, value)
    return columns


def provinces_schema(pack: RulePack) -> pa.Schema:
    """Schema of the provinces table for the catalogue of ``pack``."""

    def described(name: str, code: str, unit: str, value: str | None) -> pa.Field:
        indicator = pack.indicators[code]
        label = label_of(pack, value)
        return _field(
            name,
            pa.float64(),
            f"{indicator.en} / {indicator.vi}" + (f" ({value} / {label})" if value else ""),
            unit,
        )

    return pa.schema(
        [
            _field("province", pa.string(), "canonical name of the province"),
            _field("province_code", pa.string(), "its code in province_list"),
            _field("province_list", pa.string(), "2004 (63 provinces) or 2025 (34 provinces)"),
            _field("province_now", pa.string(), "province of the 2025 list its territory lies in"),
            _field("province_now_code", pa.string(), "code of province_now in the 2025 list"),
            _field("year", pa.int32(), "last year of the period, else the year of publication", "year"),
            _field("status", pa.string(), "actual, target or need"),
            *(described(name, *entry) for name, entry in headline_columns(pack).items()),
            _field("articles", _STRINGS, "article_id of every article that contributes"),
            _field("fact_ids", _STRINGS, "fact_id of every fact that contributes"),
            _field("conflicts", CONFLICTS, "differing values of a column, which is then null"),
        ]
    )


def label_of(pack: RulePack, value: str | None) -> str:
    """Vietnamese label of a dimension's value; joined values are joined again."""
    if not value:
        return ""
    labels: dict[str, str] = {}
    for names in pack.labels.values():
        labels |= names
    return " + ".join(labels.get(part, part) for part in value.split("+"))


def with_facts(fields: Iterable[pa.Field]) -> pa.Schema:
    """The articles table with its facts inside, one row an article."""
    kept = [field for field in fields if field.name != "facts"]
    return pa.schema([*kept, pa.field("facts", pa.list_(pa.struct(list(FACTS))))])


ARTICLES_WITH_FACTS = with_facts(ARTICLES)
