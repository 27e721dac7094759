"""``extract review CORRECTIONS``: what was marked in the report becomes fixtures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nhanluc_extract.cli.options import Rules, fail, load_extractor


def review_command(
    corrections: Annotated[
        Path, typer.Argument(metavar="CORRECTIONS", help="The file that the report saved.")
    ],
    results: Annotated[
        Path, typer.Option("--results", metavar="DIR", help="The results that the report was made of.")
    ] = Path("out"),
    fixtures: Annotated[
        Path, typer.Option("--fixtures", metavar="DIR", help="Where articles and annotations go.")
    ] = Path("reviewed"),
    rules: Rules = None,
) -> None:
    """Make fixtures of what was marked, and say which rule decided."""
    from nhanluc_extract.checking import review
    from nhanluc_extract.running.earlier import EarlierError

    try:
        marks = review.read_marks(corrections)
        articles = review.review(results, marks, load_extractor(rules).pack.units)
        written = review.write_fixtures(fixtures, articles)
    except review.ReviewError as error:
        fail(str(error))
    except EarlierError as error:
        fail(f"{error} Name the results of this version with --results.")
    except OSError as error:
        fail(f"{fixtures}: cannot be written ({error.strerror or error}). Choose another --fixtures folder.")
    for path, article in zip(written, articles, strict=True):
        typer.echo(str(path))
        for line in review.as_lines(article):
            typer.echo(line)
    typer.echo(f"Next: extract check {fixtures}")
