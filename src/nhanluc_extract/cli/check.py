"""``extract check FIXTURES``: precision and recall against annotated articles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nhanluc_extract.cli.options import Rules, fail, load_extractor


class By(StrEnum):
    """What the figures can be given by."""

    rule = "rule"
    indicator = "indicator"
    article = "article"


class Output(StrEnum):
    """How the figures can be printed."""

    text = "text"
    json = "json"
    junit = "junit"
    github = "github"


def check_command(
    fixtures: Annotated[
        Path, typer.Argument(metavar="FIXTURES", help="Folder of NAME.txt with NAME.facts.csv, any depth.")
    ],
    texts: Annotated[
        Path | None, typer.Option("--texts", metavar="DIR", help="Where the articles lie otherwise.")
    ] = None,
    min_f1: Annotated[
        float | None, typer.Option("--min-f1", metavar="X", help="End with code 1 below this F1.")
    ] = None,
    by: Annotated[By | None, typer.Option("--by", help="Figures by rule, indicator or article.")] = None,
    totals: Annotated[bool, typer.Option("--totals", help="Totals only, no misses.")] = False,
    weak: Annotated[bool, typer.Option("--weak", help="Count facts of weak evidence too.")] = False,
    output: Annotated[
        Output, typer.Option("--output", help="For people, programs, JUnit or GitHub.")
    ] = Output.text,
    rules: Rules = None,
) -> None:
    """Compare what is extracted with what is annotated, and show each miss in its sentence.

    Articles under a folder named blind count, but their misses are never shown.
    """
    from nhanluc_extract.checking import check, printed
    from nhanluc_extract.checking.fixtures import FixtureError, read_fixtures

    extractor = load_extractor(rules)
    try:
        read = read_fixtures(fixtures, texts, extractor.pack.units)
        checked = check.check_fixtures(extractor, read, weak=weak)
    except FixtureError as error:
        fail(str(error))
    score = check.score_of(checked)
    parts = check.groups_by(checked, by.value) if by is not None else {}
    shown = [] if totals else list(check.misses(checked))
    figures = [f"articles {len(checked)}", *printed.lines_of(score)]
    match output:
        case Output.text:
            lines = [*printed.as_lines(shown), *printed.table_lines(parts), *figures]
        case Output.json:
            lines = [printed.as_json(score, parts)]
        case Output.junit:
            lines = [printed.as_junit(checked)]
        case Output.github:
            lines = [*printed.as_github(shown), *figures]
    for line in lines:
        typer.echo(line)
    if min_f1 is not None and score.f1 < min_f1:
        typer.echo(f"extract: F1 {score.f1:.3f} is below the bar of {min_f1:.3f}.", err=True)
        raise typer.Exit(1)
