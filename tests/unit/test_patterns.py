"""A pattern is tried on every text that it could match."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhanluc_extract.text.language import language
from nhanluc_extract.text.patterns import Pattern, Patterns

LISTS = ("dates", "not_counts")
# Pieces of which numbers that count nothing and dates are made.
PIECES = re.findall(
    r"\S+",
    "năm 20 24 2024 2025 nay ngoái trước tháng 3 ngày 15 / - – . , ( ) : quý II IV nửa đầu cuối từ đến hết "
    "giai đoạn lần thứ hạng nhất hai ba một bốn phần tuổi buổi tuần giờ h phút đ đồng triệu tỷ 10 100 1.000 "
    "số NQ-CP Nghị quyết 4.0 24/7 5G A12 top cứ thì có dân trên người lớp cấp độ xã 7 đã [ ] + 1 kèm hè này",
)


@pytest.mark.parametrize("name", LISTS)
def test_what_a_match_holds_is_named_by_its_pattern(repository: Path, name: str) -> None:
    entries = language(name)["pattern"]
    patterns = [Pattern.of(entry) for entry in entries]
    texts = [*repository.glob("tests/fixtures/openings/*.txt"), *repository.glob("docs/coverage.md")]
    lines = [line for path in texts for line in path.read_text(encoding="utf-8-sig").splitlines()]
    lines += [entry["expression"] for entry in entries]
    assert [line for line in lines if tried(entries, line) != matched(patterns, line)] == []


@pytest.mark.parametrize("name", LISTS)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), glue=st.sampled_from(["", " ", "  "]))
def test_that_holds_for_whatever_numbers_are_made_of(name: str, pieces: list[str], glue: str) -> None:
    entries = language(name)["pattern"]
    text = glue.join(pieces)
    assert tried(entries, text) == matched([Pattern.of(entry) for entry in entries], text)


def tried(entries: list[dict[str, object]], text: str) -> list[tuple[int, int]]:
    return [match.span() for _, match in Patterns(entries).find(text)]


def matched(patterns: list[Pattern], text: str) -> list[tuple[int, int]]:
    return [match.span() for pattern in patterns for match in pattern.expression.finditer(text)]
