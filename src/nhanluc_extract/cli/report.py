"""``extract report OUT``: the results as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nhanluc_extract.cli.options import Rules, fail, load_extractor, say


def report_command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of results.")] = Path("out"),
    page: Annotated[
        Path | None,
        typer.Option("--page", metavar="FILE", help="Where the page goes; OUT/report.html without."),
    ] = None,
    rules: Rules = None,
) -> None:
    """Write a page with map, tables and every fact in its sentence."""
    from nhanluc_extract.reporting.report import report
    from nhanluc_extract.running.earlier import EarlierError

    target = page if page is not None else out / "report.html"
    try:
        target.write_text(report(out, load_extractor(rules).pack), encoding="utf-8")
    except EarlierError as error:
        fail(f"{error} Name a folder with results of this version, or run `extract run` again.")
    except OSError as error:
        fail(f"{target}: the page cannot be written ({error.strerror or error}). Choose another --page.")
    say(f"wrote  {target}")
