"""Messages that no other test provokes: each says what is wrong, where, and what to do."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pyarrow as pa
import pyarrow.fs
import pytest
from distributed import KilledWorker, LocalCluster

from nhanluc_extract.checking.fixtures import COLUMNS, FixtureError, read_fixtures
from nhanluc_extract.extraction.facts.fields.owner import scenes_of
from nhanluc_extract.extraction.facts.fields.resolver import Fields
from nhanluc_extract.extraction.facts.fields.table import LAYERS
from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.running import cluster as clusters
from nhanluc_extract.running.cluster import Cluster, ClusterError
from nhanluc_extract.running.duplicates import Originals
from nhanluc_extract.storage import Place, StorageError
from nhanluc_extract.text import words
from tests.commands import invoke, rows, run, write

ROOT = Path(__file__).parents[2]
# Whatever is called by one of these names is shown to people: exceptions, functions that end the command.
SHOWN = frozenset({
    "error", "fail", "rejected_record", "Rejected", "ClusterError", "EarlierError", "FixtureError",
    "InputError", "NoTextColumnError", "OverLimitError", "ReviewError", "RulePackError", "StorageError",
    "UnreadableError",
})  # fmt: skip

TEXT = "Toàn tỉnh Bắc Kạn có 108 tổ công nghệ số cộng đồng cấp xã."
HEADER = ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['"108 tổ,,digital_team'], "tin.facts.csv:2: not valid CSV: "),
        (["108 tổ,,digital_team,108"], f"tin.facts.csv:2: not {len(COLUMNS)} fields; put a field"),
    ],
)
def test_a_fixture_that_is_no_table(tmp_path: Path, lines: list[str], told: str) -> None:
    write(tmp_path / "tin.txt", TEXT)
    write(tmp_path / "tin.facts.csv", "\n".join([HEADER, *lines]))
    with pytest.raises(FixtureError, match=r"tin\.facts\.csv:2: not ") as caught:
        read_fixtures(tmp_path)
    assert told in str(caught.value)


def test_a_folder_without_an_article(tmp_path: Path) -> None:
    done = invoke("explain", tmp_path)
    assert (done.code, done.err) == (2, f"extract: {tmp_path}: there is no article in it.\n")


def test_half_a_character(extractor: Extractor) -> None:
    articles = [Article("a", TEXT), Article("b", "Xã có \ud83d 4 tổ công nghệ số cộng đồng")]
    reasons = [row["reason"] for row in run(extractor, articles)]
    assert reasons == [None, "Half a character stands at 6. Mend the text."]


def test_a_page_and_a_fixture_that_cannot_be_written(tmp_path: Path) -> None:
    write(tmp_path / "tin.txt", TEXT)
    assert invoke(tmp_path / "tin.txt", "-o", tmp_path / "out", "-q").code == 0
    done = invoke("report", tmp_path / "out", "--page", tmp_path)
    assert done.code == 2
    assert f"{tmp_path}: the page cannot be written (" in done.err
    fact = rows(tmp_path / "out", "facts")[0]["fact_id"]
    write(tmp_path / "marks.json", json.dumps({"marks": [{"fact_id": fact, "verdict": "right"}]}))
    told = ("review", tmp_path / "marks.json", "--results", tmp_path / "out")
    done = invoke(*told, "--fixtures", tmp_path / "tin.txt")
    assert done.code == 2
    assert f"{tmp_path / 'tin.txt'}: cannot be written (" in done.err


def test_a_zip_with_a_broken_member(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "tin.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT)
        at = archive.infolist()[1].header_offset
    packed = bytearray((tmp_path / "tin.zip").read_bytes())
    packed[at : at + 4] = b"PK\0\0"  # of the member alone; the list at the end is whole
    (tmp_path / "tin.zip").write_bytes(packed)
    assert invoke(tmp_path / "tin.zip", "-o", tmp_path / "out", "-q").code == 0
    reasons = [row["reason"] for row in rows(tmp_path / "out", "articles")]
    assert reasons[0] is None
    assert reasons[1].startswith("Broken zip: ")


def test_no_room_for_what_was_met() -> None:
    with Originals() as met:
        pass
    with pytest.raises(OSError, match="no room for temporary files"):
        met.settle({"status": "ok", "article_id": "0", "duplicate_of": None, "facts": []})


def test_a_folder_that_cannot_be_looked_at() -> None:
    class Shut(pyarrow.fs.FSSpecHandler):  # type: ignore[misc]
        def get_file_info(self, paths: list[str]) -> list[pyarrow.fs.FileInfo]:
            raise PermissionError("Access denied\nby the bucket")

    place = Place(pyarrow.fs.PyFileSystem(Shut(None)), "tin", "s3://tin")
    with pytest.raises(StorageError, match=r"^s3://tin: Access denied\. Check the address and the keys\.$"):
        place.files()


def test_the_tokenizer_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(words, "find_spec", lambda name: None if name == "underthesea" else find(name))
    with pytest.raises(ModuleNotFoundError, match="underthesea is not installed"):
        words._tokenizer.__wrapped__()


def test_a_layer_that_no_field_has(extractor: Extractor) -> None:
    extraction = extractor.read(Article("tin", TEXT))
    discourse, claims = extraction.discourse, extraction.claims
    assert discourse is not None
    fields = Fields(discourse, claims, scenes_of(discourse, claims), LAYERS)
    with pytest.raises(KeyError, match="level: no layer 'lvel'"):
        fields.value(claims[0], "level", "lvel")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[LocalCluster]:
    """A scheduler in this process, without a worker."""
    with LocalCluster(n_workers=0, protocol="tcp", host="127.0.0.1", dashboard_address=None) as local:
        yield local


@pytest.fixture
def far(scheduler: LocalCluster, extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setattr(clusters, "_PATIENCE", 0.2)
    cluster = Cluster(scheduler.scheduler_address, extractor)
    yield cluster
    cluster.__exit__(None, None, None)


BATCH = pa.RecordBatch.from_pylist([{"source": "a.txt"}, {"source": "b.txt"}])


def test_a_cluster_without_workers(far: Cluster) -> None:
    with pytest.raises(ClusterError, match="the cluster has no worker"):
        far.__enter__()


def test_a_cluster_whose_workers_have_gone(far: Cluster) -> None:
    with pytest.raises(ClusterError, match="all workers of the cluster are gone"):
        far._rows(BATCH, Future())


def test_a_scheduler_that_has_gone(far: Cluster) -> None:
    answer: Future[pa.RecordBatch] = Future()
    answer.cancel()
    with pytest.raises(ClusterError, match="the scheduler is gone"):
        far._rows(BATCH, answer)


def test_a_batch_that_ends_whoever_reads_it(far: Cluster) -> None:
    answer: Future[pa.RecordBatch] = Future()
    answer.set_exception(KilledWorker("task", None, 2))
    told = "The processes of the cluster ended while its batch was read, from a.txt to b.txt. Run again."
    assert [(row["source"], row["reason"]) for row in far._rows(BATCH, answer)] == [
        ("a.txt", told), ("b.txt", told),
    ]  # fmt: skip


def test_a_worker_with_another_pack(far: Cluster, extractor: Extractor) -> None:
    answer: Future[pa.RecordBatch] = Future()
    try:
        clusters._extract(extractor.pack.directory, b"another", BATCH)
    except ValueError as error:
        answer.set_exception(error)
    with pytest.raises(ClusterError, match=r"is another one there.*Give it this version"):
        far._rows(BATCH, answer)


def test_a_cluster_without_its_package(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'nhanluc-extract\[cluster\]'"):
        Cluster("tcp://127.0.0.1:1", extractor)


def test_a_scheduler_that_does_not_answer(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_PATIENCE", 0.1)
    monkeypatch.setattr(clusters, "_ATTEMPT", 0.1)
    with pytest.raises(ClusterError, match="no scheduler answers there"):
        Cluster("tcp://127.0.0.1:1", extractor)


def test_errors_by_message_lists_them_all() -> None:
    page = (ROOT / "docs/errors.md").read_text(encoding="utf-8").replace(r"\|", "|")
    cells = [row.rpartition(" | ")[0] for row in re.findall(r"^\| (`.*) \|$", page, re.M)]
    listed = [told for cell in cells for told in re.findall(r"``+ (.+?) ``|`([^`]+)`", cell)]
    assert {double or single for double, single in listed} == set(messages())


def messages() -> Iterator[str]:
    """The texts in the code that are shown where something is wrong, with a mark for what they fill in."""
    for path in (ROOT / "src/nhanluc_extract").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            texts = map(text_of, node.args) if name in SHOWN else ()
            yield from (text for text in texts if " " in text and text.strip("… :"))


def text_of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
