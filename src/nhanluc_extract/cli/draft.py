"""``extract draft FILE``: how fixtures are born."""

from __future__ import annotations

from typing import Annotated

import typer

from nhanluc_extract.cli.options import Rules, load_extractor, read_one


def draft_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An article, or - for standard input.")],
    rules: Rules = None,
) -> None:
    """Print a .facts.csv of an article, to be corrected by hand."""
    from nhanluc_extract.checking.draft import draft

    article = read_one(file)
    typer.echo(draft(load_extractor(rules), article), nl=False)
