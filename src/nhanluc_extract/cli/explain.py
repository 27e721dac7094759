"""``extract explain FILE``: what each number was taken for."""

from __future__ import annotations

from typing import Annotated

import typer

from nhanluc_extract.cli.options import Rules, load_extractor, read_one


def explain_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An article, or - for standard input.")],
    rules: Rules = None,
) -> None:
    """Show each number of an article: the fact it became and its rule, or why it is none."""
    from nhanluc_extract.reporting.explanation import explain

    article = read_one(file)
    for line in explain(load_extractor(rules).read_unscreened(article)):
        typer.echo(line)
