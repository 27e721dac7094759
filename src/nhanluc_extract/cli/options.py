"""Options that several commands share, and how they fail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from nhanluc_extract.model import Article
    from nhanluc_extract.pipeline import Extractor

WRONG_USAGE = 2

Rules = Annotated[
    Path | None,
    typer.Option("--rules", metavar="DIR", help="Folder of another rule pack.", show_default=False),
]


def say(message: str) -> None:
    """A line on standard error."""
    from nhanluc_extract.reporting.terminal import printable

    typer.echo(printable(message), err=True)


def fail(message: str) -> NoReturn:
    """Say what is wrong on stderr and end with code 2."""
    say(f"extract: {message}")
    raise typer.Exit(WRONG_USAGE)


def load_extractor(rules: Path | None) -> Extractor:
    """The extractor of a pack; a wrong pack ends the command with its message."""
    from nhanluc_extract.pipeline import Extractor
    from nhanluc_extract.rulepack.toml_file import RulePackError

    try:
        return Extractor.from_directory(rules)
    except RulePackError as error:
        fail(f"rule pack: {error}")


def read_one(path: str) -> Article:
    """The first article of one file, or of standard input; anything else ends the command."""
    from nhanluc_extract.model import Rejected
    from nhanluc_extract.reading.inputs import InputError, find_inputs, read_inputs

    try:
        inputs = find_inputs([path])
    except InputError as error:
        fail(str(error))
    if len(inputs.files) > 1:
        fail(f"{path}: {len(inputs.files)} files are in it. Name one of them.")
    for article in read_inputs(inputs):
        if isinstance(article, Rejected):
            fail(f"{article.source}: {article.reason}")
        return article
    fail(f"{path}: there is no article in it.")
