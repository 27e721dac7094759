"""``extract run PATH...``: the main job."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhanluc_extract.cli.options import Rules, fail, load_extractor, say

if TYPE_CHECKING:
    from nhanluc_extract.model import Article, Rejected
    from nhanluc_extract.pipeline import Extractor
    from nhanluc_extract.reading.content import InputOptions
    from nhanluc_extract.reading.inputs import Inputs
    from nhanluc_extract.storage import Place
    from nhanluc_extract.writing.tables import Totals


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
]
Out = Annotated[
    str,
    typer.Option("--out", "-o", metavar="DIR", help="Folder, or address of one, that the tables go to."),
]

_FORMATS = ("parquet", "csv", "xlsx", "sdmx")
Formats = Annotated[
    str,
    typer.Option(
        "--format", metavar="LIST", help="What to write beside Parquet, of csv, xlsx and sdmx: csv,xlsx."
    ),
]

Verbose = Annotated[
    bool,
    typer.Option("-v", help="Name every input and every skipped file, and say how many were read before."),
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


class Engine(StrEnum):
    """Who reads the articles."""

    local = "local"
    dask = "dask"


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
    engine: Annotated[
        Engine, typer.Option("--engine", help="Who reads: processes of this machine, or a Dask cluster.")
    ] = Engine.local,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="The scheduler of the cluster.")
    ] = None,
    formats: Formats = "parquet",
    rules: Rules = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with code 1 when an input was rejected.")
    ] = False,
    format_in: FormatIn = None,
    text_column: Annotated[str | None, _column("text", "Column or key of the text.")] = None,
    title_column: Annotated[str | None, _column("title", "Column or key of the title.")] = None,
    published_column: Annotated[str | None, _column("published", "Column or key of the date.")] = None,
    quiet: Annotated[bool, typer.Option("-q", help="No summary.")] = False,
    verbose: Verbose = False,
) -> None:
    """Extract articles into out/articles.parquet, out/facts.parquet and out/provinces.parquet."""
    from nhanluc_extract.reading.content import Columns, InputOptions

    if (engine is Engine.dask) is (scheduler is None):
        fail("--engine dask and --scheduler ADDRESS belong together: give both, or none.")
    if not out:
        fail("--out '': the name of a folder is missing. Leave the option out for out/.")
    columns = Columns(text_column, title_column, published_column)
    others = _asked(formats)
    place = _place(out)
    inputs = _found(paths, place, InputOptions(format_in, columns))
    extractor = load_extractor(rules)
    gc.freeze()  # what is loaded stays
    if verbose:
        _name("reading", (name for name, _ in inputs.files))
    done = _done(extractor, inputs, place, _Given(append, jobs, scheduler, others, quiet))
    if verbose:
        _name("skipped", inputs.skipped)
        say(f"reused   {done.reused} articles that were read before")
    if not done.totals.articles:
        fail(_NO_ARTICLE.format(", ".join(paths)))
    _tell(extractor, inputs, done, quiet=quiet)
    if strict and done.totals.rejected:
        raise typer.Exit(1)


def _asked(formats: str) -> Sequence[str]:
    """The formats that a list names; one that is unknown ends the command."""
    asked = [name.strip().lower() for name in formats.split(",")]
    unknown = [name for name in asked if name not in _FORMATS]
    if unknown:
        known = ", ".join(_FORMATS)
        fail(f"--format {formats}: there is no format {unknown[0]!r}. Known are {known}.")
    return asked


def _place(out: str) -> Path | Place:
    """Where the results go; an address that cannot be used ends the command."""
    from nhanluc_extract.storage import Place, StorageError, is_address

    try:
        return Place.of(out) if is_address(out) else Path(out)
    except StorageError as error:
        fail(str(error))


def _found(paths: Sequence[str], out: Path | Place, options: InputOptions) -> Inputs:
    """The inputs that the arguments name; none at all ends the command."""
    from nhanluc_extract.reading.inputs import InputError, find_inputs

    try:
        inputs = find_inputs(paths, out, options)
    except InputError as error:
        fail(str(error))
    if not inputs.files:
        fail(_NO_ARTICLE.format(", ".join(paths)))
    return inputs


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a run: without any article nothing is written."""

    totals: Totals
    reused: int
    written: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Given:
    """The options that say how to run."""

    append: bool
    jobs: int | None
    scheduler: str | None
    formats: Sequence[str]
    quiet: bool


def _done(extractor: Extractor, inputs: Inputs, out: Path | Place, given: _Given) -> _Done:
    """What came of the run; one that cannot go on ends the command."""
    from nhanluc_extract.running.cluster import ClusterError
    from nhanluc_extract.running.earlier import EarlierError
    from nhanluc_extract.writing.folder import FolderBusyError
    from nhanluc_extract.writing.formats import NAMES as OTHERS
    from nhanluc_extract.writing.results import Results
    from nhanluc_extract.writing.tables import NAMES

    try:
        with Results(out, (*NAMES, *OTHERS)) as results:
            totals, reused = _run(extractor, inputs, results.folder, given)
            return _Done(totals, reused, results.publish() if totals.articles else ())
    except EarlierError as error:
        fail(f"{error} Run without --append.")
    except (ClusterError, FolderBusyError) as error:
        fail(str(error))
    except OSError as error:
        told = out if isinstance(out, Path) else out.address
        fail(f"{told}: the tables cannot be written ({error.strerror or error}). Choose another --out.")


def _run(extractor: Extractor, inputs: Inputs, out: Path, given: _Given) -> tuple[Totals, int]:
    """Read ``inputs`` and write the tables, with the folder held from before the first is read.

    What they came to, and how many articles were known.
    """
    from nhanluc_extract.running.batch import Run
    from nhanluc_extract.running.cluster import Cluster
    from nhanluc_extract.running.earlier import read_earlier
    from nhanluc_extract.running.reuse import Seen, state_of
    from nhanluc_extract.running.workers import available_cores
    from nhanluc_extract.writing.folder import ResultsFolder
    from nhanluc_extract.writing.formats import NAMES as OTHERS
    from nhanluc_extract.writing.formats import write_formats
    from nhanluc_extract.writing.tables import NAMES, Totals, write_tables

    pack, totals = extractor.pack, Totals(extractor.pack)
    cluster = Cluster(given.scheduler, extractor) if given.scheduler is not None else nullcontext()
    with (
        ResultsFolder(out, (*NAMES, *OTHERS)) as folder,
        Seen(folder.seen, state_of(pack)) as seen,
        cluster as far,
    ):
        run = Run(extractor, folder.space, seen, given.jobs or available_cores(), far)
        rows = run.rows(_read(inputs, quiet=given.quiet), read_earlier(out) if given.append else ())
        first = next(rows, None)
        if first is None:
            return totals, seen.reused
        every = chain([first], rows)

        def write(path: Path) -> None:
            write_tables(path, pack, every, totals)
            write_formats(path, pack, given.formats)

        folder.commit(write)
        if not given.append:
            seen.forget_others()
        return totals, seen.reused


def _tell(extractor: Extractor, inputs: Inputs, done: _Done, *, quiet: bool) -> None:
    """The summary; without one only that nothing could be read."""
    from nhanluc_extract.reporting.summary import print_summary

    if not quiet:
        print_summary(extractor.pack, done.totals, done.written, inputs.skipped)
    elif len(done.totals.rejected) == done.totals.articles:
        say(f"extract: all {done.totals.articles} inputs were rejected; {done.written[0]} says why.")


def _read(inputs: Inputs, *, quiet: bool) -> Iterator[Article | Rejected]:
    """The articles of ``inputs``; on a terminal it is told how far they are."""
    from nhanluc_extract.reading.inputs import read_inputs

    entries = read_inputs(inputs)
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        return entries
    from nhanluc_extract.reporting.progress import watched

    # A text or page is one article; how many a table holds is known when it is read.
    single = inputs.options.format is None and all(
        source.endswith((".txt", ".html", ".htm")) for source, _ in inputs.files
    )
    return watched(entries, len(inputs.files) if single else None)


def _name(what: str, names: Iterable[str]) -> None:
    for name in names:
        say(f"{what}  {name}")
