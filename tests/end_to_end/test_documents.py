"""The commands and snippets of README and docs/ run, and what they name is there."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import shutil
import textwrap
import tomllib
from pathlib import Path

import pytest

from tests.commands import extract, invoke, rows, write

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
FIXTURE = "an-giang-la-chan-so"
ELSEWHERE = {"docs/scale-out.md"}  # run by test_scale_out, test_cluster and test_storage

BLOCK = re.compile(r"(?<=\n\n)((?: {4,}.*\n|\n(?= {4}))+)")
COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?(extract .+?)(?:\s{2,}#.*)?$", re.MULTILINE)


def blocks(page: Path) -> list[str]:
    """The indented blocks of a page."""
    return blocks_of(page.read_text(encoding="utf-8"))


def blocks_of(text: str) -> list[str]:
    """Those of a text; what is typed behind a ``$`` begins another one."""
    found = (textwrap.dedent(block).strip("\n") for block in BLOCK.findall(text))
    return [part for block in found for part in re.split(r"\n\n(?=\$ )", block)]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def every(keeps: re.Pattern[str]) -> list[tuple[str, str]]:
    """Each block that begins with what ``keeps`` says, with the name of its page."""
    pages = (page for page in PAGES if name(page) not in ELSEWHERE)
    return [(name(page), block) for page in pages for block in blocks(page) if keeps.match(block)]


def commands() -> list[str]:
    """Each command once: of the blocks, and of the tables' column of examples."""
    found: dict[str, None] = {}
    for page in PAGES:
        if name(page) in ELSEWHERE:
            continue
        told = [command for block in blocks(page) for command in COMMAND.findall(block)]
        told += re.findall(
            r"^\| `[^`]*` \| `(extract [^`]*)` \|", page.read_text(encoding="utf-8"), re.MULTILINE
        )
        found |= dict.fromkeys(command for command in told if not re.search(r"[A-Z]{4}|\.\.\.", command))
    return list(found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with results, and what the pages call their reader's own."""
    made = tmp_path_factory.mktemp("checkout")
    for part in ("seeds", "rules", "tests/packs"):
        shutil.copytree(ROOT / part, made / part)
    for ending in (".txt", ".facts.csv"):
        named = f"tests/fixtures/open/{FIXTURE}{ending}"
        write(made / named, (ROOT / named).read_text(encoding="utf-8"))
    shutil.copytree(made / "tests/fixtures/open", made / "articles")
    (made / "articles" / f"{FIXTURE}.facts.csv").rename(made / "annotations.csv")
    write(
        made / "annotations" / f"{FIXTURE}.facts.csv", (made / "annotations.csv").read_text(encoding="utf-8")
    )
    shutil.copy(made / "articles" / f"{FIXTURE}.txt", made / "article.txt")
    assert extract("seeds", "-q", cwd=made).code == 0
    shutil.copytree(made / "out", made / "out-before")
    mark = {"fact_id": rows(made / "out", "facts")[0]["fact_id"], "verdict": "wrong"}
    write(made / "corrections.json", json.dumps({"marks": [mark]}))
    return made


@pytest.fixture
def here(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of it for one test, which runs there."""
    monkeypatch.chdir(shutil.copytree(folder, tmp_path / "checkout", symlinks=True))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_pages_runs(command: str) -> None:
    words, _, file = command.partition(" > ")
    done = invoke(*shlex.split(words)[1:])
    assert done.code == 0, done.err
    assert bool(done.out) >= bool(file)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("page", "code"), every(re.compile("import |from ")))
def test_a_snippet_of_python_runs(page: str, code: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, page, "exec"), {})
    assert printed.getvalue().strip()


@pytest.mark.parametrize(("page", "code"), every(re.compile(r"\[\[?[a-z]")))
def test_a_table_of_a_rule_pack_is_toml(page: str, code: str) -> None:
    assert tomllib.loads(code)


@pytest.mark.parametrize(("page", "code"), every(re.compile(r'\{"|\[\{')))
def test_what_looks_like_json_is(page: str, code: str) -> None:
    assert json.loads(code)


def test_make_knows_what_the_pages_ask_of_it() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    asked = set(re.findall(r"(?:^    |`)make (?:[A-Z]+=\S+ )?(\w+)", text, re.MULTILINE))
    known = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert asked and asked <= known


def test_what_a_page_names_in_the_repository_is_there() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    linked = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    named = {
        ROOT / path for path in re.findall(r"`((?:src|tests|rules|docs|seeds|benchmarks)/[\w./-]+)`", text)
    }
    assert [path for path in sorted(linked | named) if not path.exists()] == []


def links(page: Path) -> list[str]:
    return re.findall(r"\]\(([\w./-]+)\)", page.read_text(encoding="utf-8"))


def test_the_worked_example_of_a_new_indicator(tmp_path: Path) -> None:
    """The steps of docs/rules.md, with what the page says that each of them prints."""
    page = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    section = page.partition("## Worked example: a new indicator\n")[2].partition("\n## ")[0]
    explained, indicator, words, frame, missing, wrong = blocks_of(section)
    rules, article = tmp_path / "rules", tmp_path / "article.txt"
    shutil.copytree(ROOT / "rules", rules)
    write(article, re.findall(r"`(Toàn tỉnh [^`]*)`", section)[0])

    def told(shown: str, *command: str | Path) -> None:
        printed = invoke(*command, "--rules", rules)
        lines = [line.strip() for line in shown.splitlines() if not line.startswith("$")]
        assert [line for line in lines if line not in printed.out + printed.err] == []

    def change(file: str, old: str, new: str) -> None:
        text = (rules / file).read_text(encoding="utf-8")
        assert old in text
        write(rules / file, text.replace(old, new, 1))

    told(explained, "explain", article)
    for file, more in (("catalogue.toml", indicator), ("lexicon/people.toml", words)):
        write(rules / file, (rules / file).read_text(encoding="utf-8") + "\n" + more + "\n")
    write(rules / "trainers.toml", frame)
    told(missing, "rules", "check")
    change("catalogue.toml", '"schooling", ', '"schooling", "trainers", ')
    told(wrong, "rules", "check")
    change(
        "trainers.toml", 'field = "digital"', 'field = "digital"\nunless = { trigger = "train | courses" }'
    )
    told("0 faults", "rules", "check")
    told("dx_trainer = 46, by frame dx_trainer", "explain", article)
