"""``extract run PATH...``: the main job."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhanluc_extract.cli.options import Rules, fail, load_extractor, say

if TYPE_CHECKING:
    from nhanluc_extract.pipeline import Extractor
    from nhanluc_extract.reading.content import InputOptions
    from nhanluc_extract.reading.inputs import Inputs
    from nhanluc_extract.records import Record
    from nhanluc_extract.running.batch import Results
    from nhanluc_extract.writing.parquet import Tables


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
]
Out = Annotated[
    str, typer.Option("--out", "-o", metavar="DIR", help="Folder the three tables are written to.")
]

_NO_ARTICLE = "{}: no article in it. Articles have a known ending: docs/inputs.md."


class Format(StrEnum):
    """Formats that can be asked for."""

    text = "text"
    html = "html"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    tsv = "tsv"
    parquet = "parquet"


FormatIn = Annotated[
    Format | None,
    typer.Option("--format-in", help="Format of standard input and all files, whatever their endings say."),
]


Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, metavar="N", help="Processes for a large batch; without it one a core."),
]


def _column(field: str, text: str) -> Any:
    return typer.Option(f"--{field}-column", metavar="NAME", help=f"{text} Guessed without it.")


def run_command(
    paths: Paths,
    out: Out = "out",
    append: Annotated[bool, typer.Option("--append", help="Add to the tables that are there.")] = False,
    jobs: Jobs = None,
    rules: Rules = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with code 1 when an input was rejected.")
    ] = False,
    format_in: FormatIn = None,
    text_column: Annotated[str | None, _column("text", "Column or key of the text.")] = None,
    title_column: Annotated[str | None, _column("title", "Column or key of the title.")] = None,
    published_column: Annotated[str | None, _column("published", "Column or key of the date.")] = None,
    quiet: Annotated[bool, typer.Option("-q", help="No summary.")] = False,
    verbose: Annotated[bool, typer.Option("-v", help="Name every input and every skipped file.")] = False,
) -> None:
    """Extract articles into out/articles.parquet, out/facts.parquet and out/provinces.parquet."""
    from nhanluc_extract.reading.content import Columns, InputOptions
    from nhanluc_extract.reporting.summary import print_summary
    from nhanluc_extract.running.earlier import EarlierError
    from nhanluc_extract.writing.folder import FolderBusyError

    if not out:
        fail("--out '': the name of a folder is missing. Leave the option out for out/.")
    columns = Columns(text_column, title_column, published_column)
    inputs = _found(paths, Path(out), InputOptions(format_in, columns))
    extractor = load_extractor(rules)
    gc.freeze()  # what is loaded stays
    if verbose:
        _name("reading", (name for name, _ in inputs.files))
    try:
        results, provinces, written = _run(extractor, inputs, Path(out), append=append, jobs=jobs)
    except (EarlierError, FolderBusyError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{out}: the tables cannot be written ({error.strerror or error}). Choose another --out.")
    if verbose:
        _name("skipped", inputs.skipped)
    if not results.articles:
        fail(_NO_ARTICLE.format(", ".join(paths)))
    rejected = results.count("rejected")
    if not quiet:
        print_summary(extractor.pack, results, provinces, written, inputs.skipped)
    elif rejected == len(results.articles):
        say(f"extract: all {rejected} inputs were rejected; {written[0]} says why.")
    if strict and rejected:
        raise typer.Exit(1)


def _found(paths: Sequence[str], out: Path, options: InputOptions) -> Inputs:
    """The inputs that the arguments name; none at all ends the command."""
    from nhanluc_extract.reading.inputs import InputError, find_inputs

    try:
        inputs = find_inputs(paths, out, options)
    except InputError as error:
        fail(str(error))
    if not inputs.files:
        fail(_NO_ARTICLE.format(", ".join(paths)))
    return inputs


def _run(
    extractor: Extractor, inputs: Inputs, out: Path, *, append: bool, jobs: int | None
) -> tuple[Results, Sequence[Record], Sequence[Path]]:
    """Read ``inputs`` and write the tables, with the folder held from before the first is read."""
    from nhanluc_extract.reading.inputs import read_inputs
    from nhanluc_extract.running.batch import run
    from nhanluc_extract.running.earlier import read_earlier
    from nhanluc_extract.running.workers import available_cores
    from nhanluc_extract.schema import ARTICLES, FACTS, provinces_schema
    from nhanluc_extract.writing.folder import ResultsFolder
    from nhanluc_extract.writing.parquet import write_tables
    from nhanluc_extract.writing.provinces import province_records

    with ResultsFolder(out, ["articles.parquet", "facts.parquet", "provinces.parquet"]) as folder:
        earlier = read_earlier(out) if append else ()
        results = run(extractor, read_inputs(inputs), earlier, jobs or available_cores())
        if not results.articles:
            return results, (), ()
        provinces = province_records(extractor.pack, results.facts)
        tables: Tables = {
            "articles": (ARTICLES, results.articles),
            "facts": (FACTS, results.facts),
            "provinces": (provinces_schema(extractor.pack), provinces),
        }
        return results, provinces, folder.commit(lambda path: write_tables(path, tables))


def _name(what: str, names: Iterable[str]) -> None:
    for name in names:
        say(f"{what}  {name}")
