"""The command ``extract``: which word is a subcommand and which an input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from nhanluc_extract.cli import check, diff, draft, explain, report, review, rules, run

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Read counts of IT and digital-transformation people out of Vietnamese news articles.",
    epilog="`extract PATH...` is the same as `extract run PATH...`.",
)
app.command("run", epilog="Example: extract run seeds/ -o out")(run.run_command)
app.command("check", epilog="Example: extract check tests/fixtures/open --by indicator")(check.check_command)
app.command("diff", epilog="Example: extract diff out-before/ out/")(diff.diff_command)
app.command("explain", epilog="Example: extract explain seeds/quang-binh-to-cong-nghe-so.txt")(
    explain.explain_command
)
app.command("draft", epilog="Example: extract draft seeds/quang-binh-to-cong-nghe-so.txt")(
    draft.draft_command
)
app.command("report", epilog="Example: extract report out/")(report.report_command)
app.command("review", epilog="Example: extract review corrections.json --results out/")(review.review_command)
app.add_typer(rules.app, name="rules")

_COMMANDS = frozenset({"run", "check", "diff", "explain", "draft", "report", "review", "rules"})
# Options of any command that take a value, so that the value is no input.
_WITH_VALUE = frozenset({"--jobs", "--engine", "--scheduler",
    "--out", "-o", "--rules", "--texts", "--page", "--format", "--min-f1", "--by", "--output",
    "--results", "--fixtures",
    "--format-in", "--text-column", "--title-column", "--published-column",
})  # fmt: skip
# Options about the summary of a run; the other commands have none, so there they say nothing.
_OF_SUMMARY = frozenset({"-q", "-v"})


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version as installed_version

        typer.echo(f"extract {installed_version('nhanluc-extract')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    del version


def with_command(arguments: Sequence[str]) -> list[str]:
    """``arguments`` with the command first: the first word that is no option decides.

    >>> with_command(["--out", "out", "seeds"])
    ['run', '--out', 'out', 'seeds']
    >>> with_command(["-q", "check", "tests"])
    ['check', 'tests']
    >>> with_command(["-q", "--version"])
    ['--version']
    """
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "--version" in options:
        return ["--version"]
    index = 0
    while index < len(arguments):
        word = arguments[index]
        if word.startswith("-") and word != "-":
            if word == "--":
                break
            index += 2 if word in _WITH_VALUE else 1
            continue
        if word in _COMMANDS:
            own = [*arguments[:index], *arguments[index + 1 :]]
            return [word, *(own if word == "run" else (w for w in own if w not in _OF_SUMMARY))]
        return ["run", *arguments]
    if "--help" in options:
        return ["--help"]
    if not arguments:
        return []
    return ["run", *arguments]


def run_app(arguments: Sequence[str]) -> None:
    """Run the command that ``arguments`` ask for; it ends the process with its exit code."""
    app(args=with_command(arguments), prog_name="extract")
