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
    from nhanluc_extract.checking.fixtures import write_annotation
    from nhanluc_extract.records import fact_records

    article = read_one(file)
    found = fact_records(article, None, load_extractor(rules).facts(article))
    typer.echo(write_annotation(article.text, found), nl=False)
