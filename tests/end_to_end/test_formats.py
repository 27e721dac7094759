"""The formats that articles come in: the same article out of each, whatever its file is called."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.content import Columns, InputOptions
from nhanluc_extract.reading.inputs import find_inputs, read_inputs
from tests.commands import invoke, rows, write

TITLE = "Bắc Kạn phủ kín tổ công nghệ số"
TEXT = "Toàn tỉnh Bắc Kạn hiện có 108 tổ công nghệ số cộng đồng.\nMỗi tổ có 5 người."
DAY = date(2024, 5, 3)
RECORD = {
    "title": TITLE,
    "text": TEXT,
    "published": "2024-05-03T08:30:00+07:00",
    "url": "https://x.example/1",
}
PAGE = f"""<!DOCTYPE html>
<html><head><title>{TITLE} - Báo Ví Dụ</title><meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2024-05-03T08:30:00+07:00">
<meta name="description" content="Toàn tỉnh Bắc Kạn hiện có 108 tổ công nghệ số cộng đồng.">
<script>alert("12 tổ")</script></head>
<body><nav><a href="/">Trang chủ</a><a href="/so">Chuyển đổi số</a></nav>
<h1>{TITLE}</h1><p class="sapo">Toàn tỉnh Bắc Kạn hiện có 108 tổ công nghệ số cộng đồng.</p>
<article><p>Mỗi tổ có 5 người, đi từng ngõ, gõ từng nhà để hướng dẫn người dân cài đặt ứng dụng.</p>
<figure><img src="a.jpg"><figcaption>Tổ số 77 hướng dẫn người dân.</figcaption></figure>
<table><tr><td>Huyện A</td><td>60 tổ</td></tr><tr><td>Huyện B</td><td>48 tổ</td></tr></table>
<p>Tỉnh sẽ tiếp tục bồi dưỡng kỹ năng cho các thành viên trong năm tới, theo kế hoạch.</p></article>
<aside><h3>Tin liên quan</h3><a href="/2">Xã C có 99 tổ</a></aside><footer>Điện thoại: 0123 456 789</footer>
</body></html>"""


def table(delimiter: str, names: tuple[str, ...] = ("title", "text", "published", "url")) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([names, RECORD.values()])
    return text.getvalue()


def parquet(record: dict[str, object]) -> bytes:
    data = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in record.items()}), data)
    return data.getvalue()


def zipped(members: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def read(path: Path, options: InputOptions | None = None) -> list[Article | Rejected]:
    return list(read_inputs(find_inputs([str(path)], options=options)))


ONE_LINE = json.dumps(RECORD, ensure_ascii=False)
TABLES: dict[str, bytes | str] = {
    "lines.jsonl": f"{ONE_LINE}\n",
    "lines.ndjson": ONE_LINE,
    "lines.txt": f"{ONE_LINE}\n{ONE_LINE}\n",
    "lines-of-json.json": f"{ONE_LINE}\n{ONE_LINE}\n",
    "wide.jsonl": ONE_LINE.encode("utf-16"),
    "array.json": json.dumps([RECORD], indent=2),
    "array.jsonl": f"[{ONE_LINE}]",
    "single.json": json.dumps(RECORD, indent=2),
    "comma.csv": table(","),
    "semicolon.csv": "\ufeff" + table(";"),
    "wide.csv": table(";").encode("utf-16"),
    "tab.tsv": table("\t"),
    "vietnamese.csv": table(",", ("Tiêu đề", "Nội dung", "Ngày đăng", "url")),
    "table.parquet": parquet(dict(RECORD)),
    "typed.parquet": parquet(
        RECORD | {"published": datetime(2024, 5, 2, 20, tzinfo=UTC), "text": TEXT.encode()}
    ),
    "day.parquet": parquet(RECORD | {"published": DAY}),
    "table.txt": parquet(dict(RECORD)),
    "packed.jsonl.gz": gzip.compress(ONE_LINE.encode()),
    "packed.csv.zst": pa.Codec("zstd").compress(table(",").encode(), asbytes=True),
    "packed.parquet.gz": gzip.compress(parquet(dict(RECORD))),
    "packed.txt": gzip.compress(ONE_LINE.encode()),
    "paragraphs.jsonl": json.dumps(RECORD | {"text": TEXT.split("\n")}),
    "seconds.jsonl": json.dumps(RECORD | {"published": 1714680000}),
    "milliseconds.jsonl": json.dumps(RECORD | {"published": 1714680000000}),
    "words.jsonl": json.dumps(RECORD | {"published": "Thứ Sáu, 03/05/2024, 08:30 (GMT+7)"}),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_gives_its_article_with_title_date_and_row(tmp_path: Path, name: str) -> None:
    content = TABLES[name]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert read(tmp_path / name)[0] == Article(f"{tmp_path}/{name}#1", TEXT, TITLE, DAY)


@pytest.mark.parametrize("name", ["page.html", "page.htm", "page.txt", "page.aspx", "page.html.gz"])
def test_a_page_gives_its_running_text_under_its_title(tmp_path: Path, name: str) -> None:
    data = PAGE.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    (article,) = read(tmp_path / name)
    assert isinstance(article, Article)
    assert (article.source, article.title, article.published) == (f"{tmp_path}/{name}", TITLE, DAY)
    lines = article.text.split("\n")
    assert lines[:2] == [TITLE, "Toàn tỉnh Bắc Kạn hiện có 108 tổ công nghệ số cộng đồng."]
    assert lines[2].startswith("Mỗi tổ có 5 người")
    assert "Huyện A | 60 tổ" in lines
    for left_out in ("Trang chủ", "Tin liên quan", "99 tổ", "77", "12 tổ", "0123", "Báo Ví Dụ"):
        assert left_out not in article.text


def test_facts_of_a_page_have_its_date_and_offsets_into_its_text(tmp_path: Path) -> None:
    write(tmp_path / "page.html", PAGE)
    assert invoke("page.html", cwd=tmp_path).code == 0
    (article,) = rows(tmp_path / "out", "articles")
    fact = rows(tmp_path / "out", "facts")[0]
    assert (article["title"], article["published"]) == (TITLE, DAY)
    assert article["text"][fact["start"] : fact["end"]] == "108"
    assert (fact["value"], fact["province"], fact["zone"]) == (108, "Bắc Kạn", "lead")


def test_pages_whose_tables_only_lay_them_out_keep_their_paragraphs(tmp_path: Path) -> None:
    sentences = [f"Xã {name} hiện có 3 tổ công nghệ số, mỗi tổ có 5 người, hoạt động đều." for name in "AB"]
    cells = f"<td><p>{sentences[0]}</p><p>{sentences[1]}</p></td>"
    (article,) = read(
        write(tmp_path / "a.html", f"<html><body><table><tr>{cells}</tr></table></body></html>")
    )
    assert isinstance(article, Article)
    assert article.text.split("\n") == sentences


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<time datetime="2024-05-03 08:30"></time>', DAY),
        ('<script type="application/ld+json">{"datePublished":"2024-05-03T08:30:00+07:00"}</script>', DAY),
        ('<link rel="canonical" href="https://x.example/tin-20240503083012345.htm">', DAY),
        ('<meta property="og:url" content="https://x.example/2024/5/3/tin.html">', DAY),
        ("", None),
    ],
)
def test_the_date_of_a_page_is_that_of_its_metadata(tmp_path: Path, head: str, day: date | None) -> None:
    (article,) = read(
        write(tmp_path / "a.html", f"<html><head></head><body>{head}<p>{TEXT}</p></body></html>")
    )
    assert isinstance(article, Article)
    assert article.published == day


def test_real_pages_keep_their_text_and_lose_what_stands_around_it(shared: Path) -> None:
    pages = sorted((shared / "html").glob("*.html"))
    articles = {path.name.partition("_")[0]: read(path)[0] for path in pages}
    assert len(pages) == 14
    for article in articles.values():
        assert isinstance(article, Article)
        assert len(article.text) > 200
        assert "<" not in article.text
        assert "|  |" not in article.text
    assert all(
        isinstance(article, Article) and article.published is not None and article.title
        for name, article in articles.items()
        if name in ("dantri", "vnexpress")
    )


def test_members_of_an_archive_are_named_behind_it(tmp_path: Path) -> None:
    data = zipped(
        {"b/trang.html": PAGE, "a.txt": TEXT, "lines.jsonl": ONE_LINE, "a.facts.csv": "quote,nth\n"}
    )
    (tmp_path / "tin.zip").write_bytes(data)
    found = [entry.source for entry in read(tmp_path / "tin.zip")]
    inside = ("a.txt", "b/trang.html", "lines.jsonl#1")
    assert found == [f"{tmp_path}/tin.zip!/{name}" for name in inside]


def test_names_in_an_archive_that_does_not_say_they_are_utf_8_are_read_as_such(tmp_path: Path) -> None:
    data = zipped({"tinh-" + "x" * 4 + ".txt": TEXT}).replace(b"xxxx", "ệa".encode())
    (tmp_path / "tin.zip").write_bytes(data)
    assert read(tmp_path / "tin.zip")[0].source.endswith("tin.zip!/tinh-ệa.txt")


@pytest.mark.parametrize(
    ("data", "asked", "sources"),
    [
        (TEXT.encode(), None, ["-"]),
        (f"{ONE_LINE}\n{ONE_LINE}".encode(), None, ["-#1", "-#2"]),
        (PAGE.encode(), None, ["-"]),
        (gzip.compress(PAGE.encode()), None, ["-"]),
        (parquet(dict(RECORD)), None, ["-#1"]),
        (zipped({"a.txt": TEXT}), None, ["-!/a.txt"]),
        (table(",").encode(), "csv", ["-#1"]),
        (ONE_LINE.encode(), "jsonl", ["-#1"]),
        (ONE_LINE.encode(), "text", ["-"]),
    ],
)
def test_standard_input_is_told_by_its_content_or_by_the_format_asked_for(
    monkeypatch: pytest.MonkeyPatch, data: bytes, asked: str | None, sources: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    articles = list(read_inputs(find_inputs(["-"], options=InputOptions(asked))))
    assert [article.source for article in articles] == sources
    assert all(isinstance(article, Article) for article in articles)


def test_the_format_of_standard_input_is_an_option(tmp_path: Path) -> None:
    done = invoke("-", "--format-in", "csv", cwd=tmp_path, stdin=table(";").encode())
    assert done.code == 0, done.err
    assert [row["source"] for row in rows(tmp_path / "out", "articles")] == ["-#1"]


def test_columns_are_those_that_are_named(tmp_path: Path) -> None:
    names = ("content", "ruột", "khi nào", "text")
    path = write(tmp_path / "tin.csv", table(",", names))
    columns = Columns(text="ruột", title="content", published="khi nào")
    assert read(path, InputOptions(columns=columns)) == [Article(f"{path}#1", TEXT, TITLE, DAY)]
    asked = ("--text-column", "ruột", "--title-column", "content", "--published-column", "khi nào")
    assert invoke("-q", path, "-o", tmp_path / "out", *asked).code == 0
    (article,) = rows(tmp_path / "out", "articles")
    assert (article["title"], article["published"]) == (TITLE, DAY)


def test_a_file_of_no_known_ending_is_read_where_its_content_leaves_no_doubt(tmp_path: Path) -> None:
    assert read(write(tmp_path / "tin.dump", f"{ONE_LINE}\n{ONE_LINE}"))[0].source.endswith("tin.dump#1")
    (refused,) = read(write(tmp_path / "notes.md", TEXT))
    assert isinstance(refused, Rejected)
    assert refused.reason.startswith("No reader for the ending '.md'; known are .txt, ")
    asked = InputOptions(format="text")
    assert read(tmp_path / "notes.md", asked) == [Article(f"{tmp_path}/notes.md", TEXT)]


def test_plain_text_is_read_without_the_packages_that_other_formats_need(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    program = (
        "import sys\nfrom nhanluc_extract.reading.inputs import find_inputs, read_inputs\n"
        "assert len(list(read_inputs(find_inputs(['a.txt'])))) == 1\n"
        "assert not {'trafilatura', 'lxml', 'pyarrow'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)


def test_text_called_html_is_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", TEXT)
    assert read(path) == [Article(str(path), TEXT)]


def test_a_date_that_is_none_is_left_out(tmp_path: Path) -> None:
    for said in ("yesterday", "2024-13-45", -5, True, "0001-01-01", None, 1e300):
        path = write(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "date": said}))
        assert read(path) == [Article(f"{path}#1", TEXT)]


def test_a_day_of_parquet_beyond_the_calendar_is_left_out(tmp_path: Path) -> None:
    days = pa.array([2**31 - 1, 19846], pa.int32()).cast(pa.date32())
    pq.write_table(pa.table({"text": [TEXT, TEXT], "date": days}), tmp_path / "a.parquet")
    found = [entry.published for entry in read(tmp_path / "a.parquet") if isinstance(entry, Article)]
    assert found == [None, DAY]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json", "a.jsonl.gz"])
def test_a_table_of_any_length_is_read_in_the_same_memory(tmp_path: Path, name: str) -> None:
    number, text = 4_000, "Xã có 5 tổ. " * 400
    if ".csv" in name:
        content = "text\n" + f"{text}\n" * number
    elif name == "a.json":
        content = "[" + ",\n".join([json.dumps({"text": text})] * number) + "]"
    else:
        content = f"{json.dumps({'text': text})}\n" * number
    data = content.encode()
    (tmp_path / name).write_bytes(gzip.compress(data, 1) if name.endswith(".gz") else data)
    articles = read_inputs(find_inputs([str(tmp_path / name)]))
    del content, data
    tracemalloc.start()
    try:
        assert sum(isinstance(article, Article) for article in articles) == number
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000, "of 25 MB and more"
