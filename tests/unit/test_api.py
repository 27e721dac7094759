"""`nhanluc_extract.extract` and `nhanluc_extract.extract_batch`: the package as other programs use it."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

import nhanluc_extract
from nhanluc_extract.model import Fact
from nhanluc_extract.schema import ARTICLES, FACTS

TEAMS = "Toàn tỉnh Bắc Kạn có 108 tổ công nghệ số cấp xã và 1.292 tổ cấp thôn."
TRAINED = "Toàn tỉnh Quảng Ngãi đã tập huấn kỹ năng số cho hơn 4,1 triệu lượt người dân."
WEATHER = "Trời nắng đẹp trên khắp thành phố Đà Lạt."
INPUT = pa.schema(
    [("source", pa.string()), ("text", pa.string()), ("title", pa.string()), ("published", pa.date32())]
)


def batch(*rows: dict[str, Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(list(rows), schema=INPUT)


def extracted(articles: pa.RecordBatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = nhanluc_extract.extract_batch(articles).to_pylist()
    return found


def test_extract_gives_the_facts_of_a_text_in_text_order() -> None:
    commune, village = nhanluc_extract.extract(TEAMS)
    assert isinstance(commune, Fact)
    assert (commune.indicator, commune.value, commune.unit) == ("digital_team", Decimal(108), "team")
    assert (commune.level, village.level, village.value) == ("commune", "village", Decimal(1292))
    assert TEAMS[commune.start : commune.end] == "108"
    assert TEAMS[village.start : village.end] == "1.292"


def test_extract_keeps_decimals_exact() -> None:
    (fact,) = nhanluc_extract.extract(TRAINED)
    assert (fact.value, fact.unit, fact.qualifier) == (Decimal(4100000), "turn", "over")
    assert TRAINED[fact.start : fact.end] == "4,1 triệu"


@pytest.mark.parametrize("text", ["", " \r\n\t", "*** 123 ***", WEATHER])
def test_extract_of_a_text_without_a_fact_is_an_empty_list(text: str) -> None:
    assert nhanluc_extract.extract(text) == []


def test_the_facts_of_a_text_are_a_table() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    table = nhanluc_extract.extract(TEAMS).to_pandas()
    assert list(table.columns) == FACTS.names
    assert list(table["value"]) == [108.0, 1292.0]
    assert list(table["level"]) == ["commune", "village"]


def test_a_notebook_shows_the_text_with_its_facts_marked_and_no_markup_of_its_own() -> None:
    shown = nhanluc_extract.extract(f"<script>alert(1)</script> & {TEAMS}")._repr_html_()
    assert shown.count("<mark ") == 2
    assert ">108</mark> tổ công nghệ số cấp xã" in shown
    assert 'title="digital_team = 108 team, status: actual, level: commune' in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Toàn" in shown


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_offsets_are_code_points_of_the_text_in_whatever_form_it_came(form: str) -> None:
    text = unicodedata.normalize(form, f"\N{ROCKET} Tin vắn\r\n\r\n{TEAMS}")  # type: ignore[arg-type]
    assert [text[fact.start : fact.end] for fact in nhanluc_extract.extract(text)] == ["108", "1.292"]
    assert all(fact.quote in text and fact.sentence in text for fact in nhanluc_extract.extract(text))


def test_a_batch_gives_a_row_of_the_articles_table_for_each_article_in_its_order() -> None:
    found = nhanluc_extract.extract_batch(
        batch({"source": "b", "text": TEAMS}, {"source": "a", "text": WEATHER}, {"source": "c", "text": ""})
    )
    columns = [name for name in ARTICLES.names if name != "facts"]
    assert found.schema.names == [*columns, "facts"]
    assert all(found.schema.field(name).equals(ARTICLES.field(name)) for name in columns)
    assert found.schema.field("facts").type == pa.list_(pa.struct(list(FACTS)))
    rows = found.to_pylist()
    assert [(row["source"], row["status"], len(row["facts"])) for row in rows] == [
        ("b", "ok", 2),
        ("a", "ok", 0),
        ("c", "empty", 0),
    ]
    assert [row["text"] for row in rows] == [TEAMS, None, None]


def test_the_facts_of_a_batch_are_those_of_extract() -> None:
    (row,) = extracted(batch({"source": "x", "text": TEAMS}))
    plain = nhanluc_extract.extract(TEAMS)
    shared = ("start", "end", "quote", "sentence", "indicator", "unit", "level", "scope", "province", "rule")
    assert [[fact[name] for name in shared] for fact in row["facts"]] == [
        [getattr(fact, name) for name in shared] for fact in plain
    ]
    assert [fact["value"] for fact in row["facts"]] == [108.0, 1292.0]
    assert {fact["source"] for fact in row["facts"]} == {"x"}
    assert {fact["article_id"] for fact in row["facts"]} == {row["article_id"]}


def test_title_and_date_of_publication_given_with_an_article_are_kept() -> None:
    published = date(2026, 2, 5)
    text = f"Năm nay, {TRAINED[0].lower()}{TRAINED[1:]}"
    given, bare = extracted(
        batch(
            {"source": "1", "text": text, "title": "Phổ cập kỹ năng số", "published": published},
            {"source": "2", "text": text},
        )
    )
    assert (given["title"], given["published"]) == ("Phổ cập kỹ năng số", published)
    (fact,) = given["facts"]
    assert (fact["published"], fact["period"], fact["province_list"]) == (published, "2026", "2025")
    (fact,) = bare["facts"]
    assert (bare["published"], fact["published"], fact["period"]) == (None, None, None)


def test_the_columns_title_and_published_may_be_missing() -> None:
    articles = pa.RecordBatch.from_pylist([{"source": "x", "text": TEAMS}])
    assert [len(row["facts"]) for row in extracted(articles)] == [2]


def test_an_empty_batch_gives_an_empty_batch_of_the_same_schema() -> None:
    empty = nhanluc_extract.extract_batch(batch())
    assert empty.num_rows == 0
    assert empty.schema == nhanluc_extract.extract_batch(batch({"source": "x", "text": TEAMS})).schema


def test_equal_articles_of_a_batch_all_keep_their_facts() -> None:
    rows = extracted(batch({"source": "a", "text": TEAMS}, {"source": "b", "text": TEAMS}))
    assert [(row["status"], len(row["facts"])) for row in rows] == [("ok", 2), ("ok", 2)]
    assert rows[0]["article_id"] == rows[1]["article_id"]
