"""The other engines of docs/scale-out.md read what the command reads, where their packages are installed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.commands import ENVIRONMENT, extract, rows, write

TEXT = "Đến hết năm 2024, tỉnh Lai Châu có {} tổ công nghệ số cộng đồng với {} thành viên."
COLUMNS = pa.schema(
    [("source", pa.string()), ("text", pa.string()), ("title", pa.string()), ("published", pa.date32())]
)


def snippet(repository: Path, heading: str) -> str:
    """The lines of code under a heading of the page."""
    page = (repository / "docs/scale-out.md").read_text(encoding="utf-8")
    section = page.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return textwrap.dedent("\n".join(re.findall("^(?:    .*|)$", section, re.MULTILINE)))


@pytest.mark.parametrize(("heading", "package"), [("Spark", "pyspark"), ("Ray Data", "ray")])
def test_an_engine_reads_what_the_command_reads(
    repository: Path, tmp_path: Path, heading: str, package: str
) -> None:
    pytest.importorskip(package, reason=f"{package} is in no extra: pip install it to run this")
    texts = [TEXT.format(n, 9 * n) for n in range(100, 160)]
    articles = [{"source": f"tin.jsonl#{n}", "text": text} for n, text in enumerate(texts, 1)]
    (tmp_path / "articles").mkdir()
    pq.write_table(pa.Table.from_pylist(articles, COLUMNS), tmp_path / "articles/a.parquet")
    write(tmp_path / "engine_of_the_page.py", snippet(repository, heading))
    here = {**ENVIRONMENT, "PYSPARK_PYTHON": sys.executable, "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0"}
    subprocess.run([sys.executable, "engine_of_the_page.py"], cwd=tmp_path, env=here, check=True, timeout=170)

    write(tmp_path / "tin.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))
    assert extract("tin.jsonl", "-o", "near", "-q", cwd=tmp_path).code == 0
    read = [pq.read_table(path).to_pylist() for path in (tmp_path / "rows").glob("*.parquet")]
    found = sorted((f["source"], f["value"]) for part in read for row in part for f in row["facts"])
    assert found == sorted((row["source"], row["value"]) for row in rows(tmp_path / "near", "facts"))
    assert len(found) == 2 * len(texts)
