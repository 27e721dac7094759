"""Which reader reads which format: the one place a new one is entered, besides its ending."""

from __future__ import annotations

from nhanluc_extract.reading.content import Reader
from nhanluc_extract.reading.csv_table import read_csv
from nhanluc_extract.reading.html import read_html
from nhanluc_extract.reading.json_records import read_json, read_json_lines
from nhanluc_extract.reading.parquet import read_parquet
from nhanluc_extract.reading.plain_text import read_plain_text

READERS: dict[str, Reader] = {
    "text": read_plain_text,
    "html": read_html,
    "json": read_json,
    "jsonl": read_json_lines,
    "csv": read_csv,
    "tsv": read_csv,
    "parquet": read_parquet,
}
