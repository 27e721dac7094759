"""An article far longer than any: the same facts at the right places, in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.patterns import PATTERNS

from nhanluc_extract.limits import PIECE, pieces
from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from tests.commands import COMMAND, ENVIRONMENT

HEAD = "Bắc Kạn phát triển nguồn nhân lực số\nNgày 12/5/2024\n"
CALM = "Sáng nay trời nắng đẹp, bà con ra đồng từ sớm và trò chuyện rôm rả bên bờ ruộng. "
FACT = "Toàn tỉnh hiện có 108 tổ công nghệ số cộng đồng, trong đó 12 tổ cấp xã."
BYTES_PER_BYTE = 12


@pytest.mark.parametrize("between", [CALM, CALM.strip() + "\n", "x" * 80])
def test_facts_of_a_long_article_stand_where_they_stand(extractor: Extractor, between: str) -> None:
    text = HEAD + FACT + "\n" + between * (2 * PIECE // len(between)) + "\n" + FACT
    facts = extractor.facts(Article("a", text))
    assert [text[fact.start : fact.end] for fact in facts] == ["108", "12"] * 2
    assert [fact.parent for fact in facts] == [None, 0, None, 2]
    row = extractor.record(Article("a", text))
    assert (row["title"], str(row["published"])) == ("Bắc Kạn phát triển nguồn nhân lực số", "2024-05-12")
    assert {fact["province"] for fact in row["facts"]} == {"Bắc Kạn"}


@pytest.mark.parametrize("text", ["", "a", "a b " * PIECE, "a\n" * PIECE, "a" * (2 * PIECE + 1)])
def test_pieces_cover_a_text_and_none_is_too_long(text: str) -> None:
    found = list(pieces(text))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= PIECE for start, end in found)


@pytest.mark.skipif("SOAK" not in os.environ, reason="half a minute; SOAK=1 runs it")
def test_five_megabytes_take_twelve_bytes_of_memory_for_each(tmp_path: Path) -> None:
    peaks = {}
    for length in (20_000, 3_800_000):
        path = tmp_path / f"{length}.txt"
        path.write_text(PATTERNS["plain sentences in one paragraph"](length), encoding="utf-8")
        words = [sys.executable, "-c", _PEAK, COMMAND, "-q", path, "-o", tmp_path / "out"]
        done = subprocess.run(words, capture_output=True, env=ENVIRONMENT, check=True)
        peaks[path] = int(done.stdout)
    (_, least), (long, most) = peaks.items()
    assert (most - least) / long.stat().st_size <= BYTES_PER_BYTE


_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""
