"""``extract diff OLD NEW``: what one run found and another did not."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nhanluc_extract.cli.options import fail


class Output(StrEnum):
    """How the changes can be printed."""

    text = "text"
    json = "json"


def diff_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder of results, or its facts.parquet.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another one, of the same articles.")],
    output: Annotated[Output, typer.Option("--output", help="Text or JSON.")] = Output.text,
) -> None:
    """Show the facts gained, lost and changed from OLD to NEW, by article and by rule.

    Ends with code 1 where there are any.
    """
    from nhanluc_extract.checking.difference import as_json, as_lines, differences, read_facts
    from nhanluc_extract.running.earlier import EarlierError

    try:
        changes = differences(read_facts(old), read_facts(new))
    except EarlierError as error:
        fail(f"{error} Name folders with results of this version, or run `extract run` again.")
    for line in [as_json(changes)] if output is Output.json else as_lines(changes):
        typer.echo(line)
    if changes:
        raise typer.Exit(1)
