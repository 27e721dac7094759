"""``extract run PATH...``: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nhanluc_extract.cli.options import Rules, fail, load_extractor

if TYPE_CHECKING:
    from nhanluc_extract.reading.inputs import Inputs


def run_command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder the three tables are written to.")
    ] = Path("out"),
    rules: Rules = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with code 1 when an input was rejected.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", help="No summary.")] = False,
    verbose: Annotated[bool, typer.Option("-v", help="Name every input and every skipped file.")] = False,
) -> None:
    """Extract articles into out/articles.parquet, out/facts.parquet and out/provinces.parquet."""
    from rich.console import Console

    from nhanluc_extract.reading.inputs import InputError, find_inputs, read_inputs
    from nhanluc_extract.reporting.summary import print_summary
    from nhanluc_extract.running.batch import run
    from nhanluc_extract.schema import ARTICLES, FACTS, provinces_schema
    from nhanluc_extract.writing.parquet import write_tables
    from nhanluc_extract.writing.provinces import province_records

    try:
        inputs = find_inputs(paths, out)
    except InputError as error:
        fail(str(error))
    if not inputs.files:
        fail(f"{', '.join(paths)}: no article in it. Articles are .txt files in UTF-8.")
    extractor = load_extractor(rules)
    if verbose:
        _name_inputs(inputs)
    results = run(extractor, read_inputs(inputs))
    provinces = province_records(extractor.pack, results.facts)
    tables = {
        "articles": (ARTICLES, results.articles),
        "facts": (FACTS, results.facts),
        "provinces": (provinces_schema(extractor.pack), provinces),
    }
    try:
        written = write_tables(out, tables)
    except OSError as error:
        fail(f"{out}: the tables cannot be written ({error.strerror or error}). Choose another --out.")
    if not quiet:
        console = Console(stderr=True)
        print_summary(console, extractor.pack, results, provinces, written, inputs.skipped)
    if strict and results.count("rejected"):
        raise typer.Exit(1)


def _name_inputs(inputs: Inputs) -> None:
    for name, _ in inputs.files:
        typer.echo(f"reading  {name}", err=True)
    for name in inputs.skipped:
        typer.echo(f"skipped  {name}", err=True)
