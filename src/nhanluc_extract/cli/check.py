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
    output: Annotated[Output, typer.Option("--output", help="Text or JSON.")] = Output.text,
    rules: Rules = None,
) -> None:
    """Compare what is extracted with what is annotated, and show each miss in its sentence.

    Articles under a folder named blind count, but their misses are never shown.
    """
    from nhanluc_extract.checking.check import (
        as_json,
        check_fixtures,
        groups_by,
        lines_of,
        misses,
        score_of,
        table_lines,
    )
    from nhanluc_extract.checking.fixtures import FixtureError, read_fixtures

    extractor = load_extractor(rules)
    try:
        checked = check_fixtures(extractor, read_fixtures(fixtures, texts), weak=weak)
    except FixtureError as error:
        fail(str(error))
    score = score_of(checked)
    parts = groups_by(checked, by.value) if by is not None else {}
    if output is Output.json:
        typer.echo(as_json(score, parts))
    else:
        if not totals:
            for line in misses(checked):
                typer.echo(line)
        for line in table_lines(parts):
            typer.echo(line)
        typer.echo(f"articles {len(checked)}")
        for line in lines_of(score):
            typer.echo(line)
    if min_f1 is not None and score.f1 < min_f1:
        typer.echo(f"extract: F1 {score.f1:.3f} is below the bar of {min_f1:.3f}.", err=True)
        raise typer.Exit(1)
