"""The three tables as the contract has them: columns, types, metadata, nulls, and numbers read again."""

from __future__ import annotations

import csv
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nhanluc_extract.text.characters import clean_text
from nhanluc_extract.text.numerals import read
from tests.commands import TABLES, Finished, Row, extract, invoke, rows, write

ARTICLES = [
    "article_id", "source", "title", "published", "characters", "facts", "status", "reason",
    "duplicate_of", "text",
]  # fmt: skip
FACTS = [
    "fact_id", "article_id", "source", "start", "end", "quote", "sentence", "zone", "indicator",
    "value", "high", "of", "unit", "per", "qualifier", "status", "degree", "role", "level", "group",
    "scope", "place", "province", "province_code", "province_list", "province_now", "province_now_code",
    "period", "period_start", "period_end", "published", "parent_id", "rule", "evidence",
    "flags",
]  # fmt: skip
PROVINCES_BEFORE = [
    "province", "province_code", "province_list", "province_now", "province_now_code", "year", "status",
]  # fmt: skip
PROVINCES_AFTER = ["articles", "fact_ids", "conflicts"]

STRINGS = pa.list_(pa.string())
CONFLICTS = pa.list_(pa.struct([("column", pa.string()), ("fact_id", pa.string()), ("value", pa.float64())]))
TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(("start", "end", "characters", "facts"), pa.int64()),
    **dict.fromkeys(("value", "high", "of"), pa.float64()),
    **dict.fromkeys(("published", "period_start", "period_end"), pa.date32()),
    **dict.fromkeys(("flags", "fact_ids", "articles"), STRINGS),
    "year": pa.int32(),
    "conflicts": CONFLICTS,
}
VALUES = {
    "zone": {"title", "lead", "body", "caption"},
    "unit": {"person", "turn", "team", "course", "organisation", "percent"},
    "qualifier": {"exact", "over", "under", "about", "at_least", "at_most", "range"},
    "status": {"actual", "target", "need", "norm"},
    "scope": {"national", "region", "province", "district", "commune", "organisation"},
    "province_list": {"2004", "2025"},
    "evidence": {"phrase", "clause", "list", "sentence", "paragraph", "article"},
}
PERIOD = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")
CONNECTORS = re.compile(r"\s*(?:[-–—~]|đến|tới)\s*")
PERCENT = re.compile(r"\s*(?:%|phần trăm)")
NEGATIONS = {"không", "chưa"}
# What is trained in the last line only the article says, which is not about training.
WEAK = """Chợ phiên vùng cao
Xã Bình Minh, tỉnh Hưng Yên có một công chức phụ trách công nghệ thông tin. Chợ xã họp vào buổi sáng, hàng \
hóa đủ loại. Người mua đông, người bán cũng đông. Kỹ năng số của người bán còn yếu.
Trời mưa to suốt tuần. Đường ngập, trẻ nghỉ học. Nước rút chậm.
Vừa qua, 60 người được tập huấn ở hội trường.
"""


@pytest.fixture(scope="module")
def run(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """One run over all articles of the project that may be looked at, one weak fact and broken files."""
    folder, beside = tmp_path_factory.mktemp("tables"), tmp_path_factory.mktemp("beside")
    write(beside / "cho-phien.txt", WEAK)
    for number in range(9):
        write(beside / f"hong-{number}.txt", "%PDF-1.7")
    done = extract(repository / "seeds", repository / "tests/fixtures/open", beside, "--out", folder)
    assert (done.code, done.out) == (0, "")
    return folder, done


@pytest.fixture(scope="module")
def out(run: tuple[Path, Finished]) -> Path:
    """The folder of its results."""
    return run[0]


@pytest.fixture(scope="module")
def catalogue(repository: Path) -> dict[str, Any]:
    return tomllib.loads((repository / "rules/catalogue.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def facts(out: Path) -> list[Row]:
    return rows(out, "facts")


@pytest.fixture(scope="module")
def texts(out: Path) -> dict[str, str]:
    """Decoded text by article_id, of the articles that have a fact."""
    return {row["article_id"]: row["text"] for row in rows(out, "articles") if row["text"] is not None}


def headline_names(catalogue: dict[str, Any]) -> Iterator[str]:
    """`<indicator>[_<degree, role, level or group>][_turns | _percent]`."""
    suffixes = {"turn": "_turns", "percent": "_percent"}
    for indicator in catalogue["indicator"]:
        names = indicator.get("dimensions", [])
        values = [value for name in names for value in catalogue["dimension"][name] if value != "both"]
        for unit in indicator["units"]:
            for middle in ("", *(f"_{value}" for value in values)):
                yield indicator["code"] + middle + suffixes.get(unit, "")


def schema_of(out: Path, table: str) -> pa.Schema:
    return pq.read_schema(out / f"{table}.parquet")


def leaves(value: object) -> Iterator[object]:
    """A value, or what a list or struct holds at any depth."""
    if isinstance(value, list):
        for entry in value:
            yield from leaves(entry)
    elif isinstance(value, dict):
        for entry in value.values():
            yield from leaves(entry)
    else:
        yield value


def numbers_in(surface: str) -> tuple[Decimal | None, ...]:
    """A number, both ends of a range, or both sides of a ratio, read from the surface alone."""
    plain = PERCENT.sub("", clean_text(surface).clean)
    if plain in NEGATIONS:
        return (Decimal(0),)
    if (whole := read(plain)) is not None:
        return (whole,)
    if "/" in plain:
        return tuple(read(side.strip()) for side in plain.split("/"))
    low, _, high = CONNECTORS.sub("|", plain, count=1).partition("|")
    low_value, high_value = read(low), read(high)
    scale = re.search(r"\D+$", high)
    if scale is not None and low.isdecimal() and low_value is not None:
        return read(low + scale.group()), high_value
    return low_value, high_value


def stated(fact: Row) -> tuple[Decimal, ...]:
    """The numbers the span of a fact must hold: its value with its upper end or adjacent whole."""
    second = fact["high"]
    if "/" in fact["surface"]:
        second = fact["of"]
    return tuple(Decimal(str(value)) for value in (fact["value"], second) if value is not None)


def test_the_summary_of_a_large_batch_fits_on_a_screen(run: tuple[Path, Finished]) -> None:
    lines = run[1].err.splitlines()
    assert len(lines) <= 40
    assert all(len(line) <= 100 for line in lines if "/hong-" not in line and "wrote" not in line)
    assert sum(line.startswith("rejected") for line in lines) == 6
    assert "rejected  4 more" in run[1].err
    assert "28 more / tỉnh, thành phố khác" in run[1].err


@pytest.mark.parametrize(("table", "names"), [("articles", ARTICLES), ("facts", FACTS)])
def test_columns_are_named_and_ordered_as_the_contract_has_them(
    out: Path, table: str, names: list[str]
) -> None:
    assert schema_of(out, table).names == names


def test_provinces_have_every_headline_column_of_the_catalogue(out: Path, catalogue: dict[str, Any]) -> None:
    names = schema_of(out, "provinces").names
    assert names[: len(PROVINCES_BEFORE)] == PROVINCES_BEFORE
    assert names[-len(PROVINCES_AFTER) :] == PROVINCES_AFTER
    headlines = names[len(PROVINCES_BEFORE) : -len(PROVINCES_AFTER)]
    assert Counter(headlines) == Counter(set(headline_names(catalogue)))
    for name in ("it_staff", "it_qualified_staff_master", "trainee_turns", "trainee_citizen_percent"):
        assert name in headlines


def test_headline_columns_are_the_same_when_no_fact_was_found(out: Path, tmp_path: Path) -> None:
    article = write(tmp_path / "weather.txt", "Trời nắng đẹp.\n")
    invoke(article, "--out", tmp_path / "out", "-q")
    for table in TABLES:
        assert schema_of(tmp_path / "out", table).equals(schema_of(out, table), check_metadata=True)
    assert rows(tmp_path / "out", "facts") == rows(tmp_path / "out", "provinces") == []


@pytest.mark.parametrize("table", TABLES)
def test_types_are_those_of_the_contract(out: Path, table: str) -> None:
    schema = schema_of(out, table)
    names = {"articles": ARTICLES, "facts": FACTS, "provinces": [*PROVINCES_BEFORE, *PROVINCES_AFTER]}[table]
    for field in schema:
        expected = TYPES.get(field.name, pa.string()) if field.name in names else pa.float64()
        if (table, field.name) == ("articles", "facts"):
            expected = pa.int64()
        assert field.type == expected, field.name


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_described_and_numbers_have_a_unit(out: Path, table: str) -> None:
    for field in schema_of(out, table):
        assert set(field.metadata or {}) >= {b"description", b"unit"}, field.name
        assert field.metadata[b"description"].strip(), field.name
        if pa.types.is_integer(field.type) or pa.types.is_floating(field.type):
            assert field.metadata[b"unit"], field.name


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_compressed_with_zstd(out: Path, table: str) -> None:
    metadata = pq.ParquetFile(out / f"{table}.parquet").metadata
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    used = {group.column(index).compression for group in groups for index in range(group.num_columns)}
    assert used == {"ZSTD"}


@pytest.mark.parametrize("table", TABLES)
def test_what_is_absent_is_null_and_never_empty_text_or_nan(out: Path, table: str) -> None:
    for row in rows(out, table):
        for name, value in row.items():
            for leaf in leaves(value):
                assert leaf != "", name
                assert not (isinstance(leaf, float) and math.isnan(leaf)), name


@pytest.mark.parametrize(
    ("table", "names"), [("facts", ["flags"]), ("provinces", ["articles", "fact_ids", "conflicts"])]
)
def test_lists_may_be_empty_but_never_null(out: Path, table: str, names: list[str]) -> None:
    found = rows(out, table)
    assert found
    assert all(isinstance(row[name], list) for row in found for name in names)


def test_identifiers_have_their_form_and_are_unique(facts: list[Row], out: Path) -> None:
    for row in rows(out, "articles"):
        named = re.fullmatch(r"[0-9a-f]{16}", row["article_id"] or "") is not None
        assert named == (row["status"] != "rejected")
    numbered: Counter[str] = Counter()
    for fact in facts:
        place = f"{fact['article_id']}-{fact['start']}"
        numbered[place] += 1
        assert fact["fact_id"] == f"{place}-{numbered[place]}"
    assert len({fact["fact_id"] for fact in facts}) == len(facts)


def test_every_fact_stands_in_an_article_and_every_article_counts_its_facts(
    facts: list[Row], out: Path
) -> None:
    found = Counter((fact["article_id"], fact["source"]) for fact in facts)
    stated = Counter(
        (fact["article_id"], fact["source"]) for fact in facts if "weak_evidence" not in fact["flags"]
    )
    assert stated.total() < found.total()
    for article in rows(out, "articles"):
        place = article["article_id"], article["source"]
        assert article["facts"] == stated[place]
        assert (article["text"] is None) == (found[place] == 0)
    assert stated.total() == sum(article["facts"] for article in rows(out, "articles"))


def test_a_part_and_its_total_stand_in_one_article(facts: list[Row]) -> None:
    by_id = {fact["fact_id"]: fact for fact in facts}
    parts = [fact for fact in facts if fact["parent_id"] is not None]
    assert parts
    for part in parts:
        assert part["parent_id"] != part["fact_id"]
        assert by_id[part["parent_id"]]["article_id"] == part["article_id"]


def test_closed_lists_are_kept(facts: list[Row], catalogue: dict[str, Any]) -> None:
    indicators = {indicator["code"]: indicator for indicator in catalogue["indicator"]}
    for fact in facts:
        for name, values in VALUES.items():
            assert fact[name] is None or fact[name] in values, (name, fact[name])
        assert set(fact["flags"]) <= set(catalogue["flags"])
        indicator = indicators[fact["indicator"]]
        assert fact["unit"] in indicator["units"]
        for dimension, values in catalogue["dimension"].items():
            found = (fact[dimension] or "").split("+") if fact[dimension] else []
            assert set(found) <= set(values)
            assert found == sorted(found, key=list(values).index), "joined values stand in catalogue order"
            assert not found or dimension in indicator.get("dimensions", []), (
                fact["quote"],
                dimension,
                found,
            )


def test_every_fact_says_what_it_rests_on_and_what_rests_on_the_article_alone_is_weak(
    facts: list[Row],
) -> None:
    near = ("phrase", "clause", "list")
    told = Counter(fact["article_id"] for fact in facts if fact["evidence"] in near)
    for fact in facts:
        assert fact["evidence"] is not None
        if fact["evidence"] in near:
            assert "weak_evidence" not in fact["flags"]
        if fact["evidence"] == "article" and not told[fact["article_id"]]:
            assert "weak_evidence" in fact["flags"]


def test_periods_are_iso_8601_and_have_both_their_bounds(facts: list[Row]) -> None:
    for fact in facts:
        bounds = fact["period_start"], fact["period_end"]
        if fact["period"] is None:
            assert bounds == (None, None)
        else:
            assert PERIOD.fullmatch(fact["period"]), fact["period"]
            assert None not in bounds
            assert bounds[0] <= bounds[1]
            assert str(bounds[0]).startswith(fact["period"].split("/")[0])
            assert str(bounds[1]).startswith(fact["period"].split("/")[-1])


def test_spans_quotes_and_sentences_are_substrings_of_the_text(
    facts: list[Row], texts: dict[str, str]
) -> None:
    for fact in facts:
        raw = texts[fact["article_id"]]
        surface = raw[fact["start"] : fact["end"]]
        assert surface == surface.strip() != ""
        assert surface in fact["quote"]
        assert fact["quote"] in raw
        assert surface in fact["sentence"]
        assert fact["sentence"] in raw


def test_reading_the_span_again_gives_the_value_of_every_fact(
    facts: list[Row], texts: dict[str, str]
) -> None:
    assert len(facts) > 500
    differing = []
    for fact in facts:
        surface = texts[fact["article_id"]][fact["start"] : fact["end"]]
        if numbers_in(surface) != stated(fact | {"surface": surface}):
            differing.append(
                (fact["source"], fact["start"], surface, fact["value"], fact["high"], fact["of"])
            )
    assert differing == []


def test_values_are_worked_out_in_decimal(tmp_path: Path) -> None:
    text = "Toàn tỉnh Quảng Ngãi đã tập huấn kỹ năng số cho 4,1 triệu lượt người dân, đạt tỷ lệ 71,27%.\n"
    invoke(write(tmp_path / "1.txt", text), "--out", tmp_path / "out", "-q")
    assert rows(tmp_path / "out", "facts")[0]["value"] == 4100000.0


def test_the_catalogue_is_the_one_that_was_agreed(shared: Path, catalogue: dict[str, Any]) -> None:
    with (shared / "indicators.csv").open(encoding="utf-8", newline="") as lines:
        agreed = {row["indicator"]: row for row in csv.DictReader(lines)}
    ours = {indicator["code"]: indicator for indicator in catalogue["indicator"]}
    assert list(ours) == list(agreed)
    for code, row in agreed.items():
        units = ours[code]["units"]
        dimensions = ours[code].get("dimensions", [])
        assert sorted(units) == sorted(re.findall(r"\w+", row["units"])), code
        assert sorted(dimensions) == sorted(re.findall(r"\w+", row["dimensions"])), code
