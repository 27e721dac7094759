"""What is fuzzed: bytes go in, and whatever they say, nothing may be raised and nothing may be untrue."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

from nhanluc_extract.model import Rejected
from nhanluc_extract.reading.content import InputOptions
from nhanluc_extract.reading.opened import Input, read_input
from nhanluc_extract.text.characters import clean_text
from nhanluc_extract.text.dates import bounds, find_periods
from nhanluc_extract.text.numerals import read
from nhanluc_extract.text.quantities import find_quantities
from nhanluc_extract.text.tokens import tokenize

# Bytes below their number stand for them, so that news language comes out of nearly any bytes.
_FRAGMENTS = (
    " ", " ", ".", ",", "-", "/", "%", ":", "(", ")", "–", "…", "\n", "0", "1", "2", "5", "7", "9", "00",
    "000", "20", "2021", "2024", "2025", "30/", "31/", "02/", "/2024", "0224", "1.292", "3,5", "một", "hai",
    "mười", "mươi", "trăm", "linh", "lăm", "rưỡi", "nghìn", "vạn", "triệu", "tỷ", "nửa", "hơn", "gần",
    "khoảng", "từ", "đến", "trên", "trong số", "không có ai", "năm", "tháng", "ngày", "quý", "giai đoạn",
    "đầu năm", "6 tháng đầu năm", "đến nay", "năm nay", "năm ngoái", "III", "IV", "T4/", "năm học",
    "lần lượt", "mỗi", "tổ", "người", "lượt", "xã", "cán bộ", "lớp", "đồng", "Đề án", "Nghị quyết", "số",
    "QĐ-TTg", "lớp 11", "tuổi", "điểm", "http://a.vn/", "\u0301", "\u00a0", "\u200b", "½", "²", "TP.",
    "P.12", "Q.3", "mục tiêu", "so với", "tăng", "từ 5 đến 9", "108/108", "hai mươi lăm",
)  # fmt: skip
_PUBLISHED = (None, date(2024, 6, 30), date(2025, 8, 22))


def text_of(data: bytes) -> str:
    """Words of the news for low bytes, and any other character for the others."""
    parts = [_FRAGMENTS[byte] if byte < len(_FRAGMENTS) else chr(byte + data[-1] * 7) for byte in data]
    return clean_text("".join(parts)).clean


def numerals(data: bytes) -> None:
    """Quantities lie in the text, apart from each other, with values that the text has."""
    text = text_of(data)
    read(text)
    end = 0
    for quantity in find_quantities(text, tokenize(text), find_periods(text, 0, None)):
        assert end <= quantity.hedge_start <= quantity.start < quantity.end <= len(text)
        end = quantity.end
        assert quantity.value.is_finite()
        assert quantity.value >= 0 or not quantity.is_candidate
        assert quantity.high is None or quantity.high >= quantity.value
        assert quantity.of is None or quantity.of >= Decimal(0)


def dates(data: bytes) -> None:
    """Periods lie in the text, and their first day is not behind their last."""
    text, published = text_of(data), _PUBLISHED[len(data) % len(_PUBLISHED)]
    for period in find_periods(text, 0, published):
        assert 0 <= period.start < period.end <= len(text)
        first, last = bounds(period.iso)
        assert not period.iso or (first is not None and last is not None and first <= last), period


_NAMES = (
    "a.txt",
    "a.html",
    "a.json",
    "a.jsonl",
    "a.csv",
    "a.tsv",
    "a.parquet",
    "a.zip",
    "a.txt.gz",
    "a.csv.zst",
    "a",
)
_WRAPPED: tuple[Callable[[bytes], bytes], ...] = (
    lambda body: body,
    lambda body: text_of(body).encode() if body else body,
    lambda body: (text_of(body) if body else "").encode("utf-16"),
    lambda body: b'{"text": "' + body + b'"}',
    lambda body: b"text,title\n" + body,
    lambda body: b"<html><title>" + body + b"</title><p>" + body,
    lambda body: gzip.compress(body, mtime=0)[: len(body) + 12],
    lambda body: b"PK\x03\x04" + body,
    lambda body: b"PAR1" + body + b"PAR1",
)


def reading(data: bytes) -> None:
    """Of whatever bytes, an input makes articles that a table can hold, or rejects with a reason."""
    kind, body = data[:2].ljust(2, b"\0"), data[2:]
    name, written = _NAMES[kind[0] % len(_NAMES)], _WRAPPED[kind[1] % len(_WRAPPED)](body)
    given = Input(name, name, partial(io.BytesIO, written), named=True, options=InputOptions())
    skipped: list[str] = []
    for entry in read_input(given, skipped):
        assert entry.source.startswith(name)
        if isinstance(entry, Rejected):
            assert entry.reason.rstrip().endswith((".", ")"))
        else:
            f"{entry.text}{entry.title}".encode()
    assert not skipped or name.endswith(".zip") or written.startswith(b"PK")


TARGETS = {"numerals": numerals, "dates": dates, "reading": reading}
