"""Articles in JSON Lines."""

from __future__ import annotations

import json
from datetime import date

import pytest

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.json_lines import read_json_lines


def test_each_line_is_an_article_of_its_own() -> None:
    records = [
        {"title": "Tin", "text": "Tỉnh có 12 tổ.", "published": "2024-05-03T08:00:00+07:00"},
        {"content": "Xã có 3 tổ."},
    ]
    data = "\n\n".join(json.dumps(record) for record in records).encode()
    assert read_json_lines("a.jsonl", data) == [
        Article("a.jsonl#1", "Tỉnh có 12 tổ.", "Tin", date(2024, 5, 3)),
        Article("a.jsonl#3", "Xã có 3 tổ."),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"text": "T', "No JSON"),
        (b'["T"]', "A JSON list"),
        (b'{"title": "T", "text": ""}', "No text in it"),
        (b'{"text": "\xff"}', "Not UTF-8"),
        (b"[" * 100_000, "No JSON"),
    ],
)
def test_a_line_without_an_article_is_rejected_alone(line: bytes, told: str) -> None:
    rejected, kept = read_json_lines("a.jsonl", line + b'\n{"text": "T"}\n')
    assert isinstance(rejected, Rejected)
    assert rejected.source == "a.jsonl#1"
    assert rejected.reason.startswith(told)
    assert kept == Article("a.jsonl#2", "T")


def test_a_date_that_is_none_is_left_empty() -> None:
    (article,) = read_json_lines("a.jsonl", b'{"text": "T", "date": "yesterday"}')
    assert article == Article("a.jsonl#1", "T")
