"""``extract rules check|list``: the rule pack itself."""

from __future__ import annotations

import typer

from nhanluc_extract.cli.options import Rules, load_extractor

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Lint the rule pack, or list its catalogue."
)


@app.command("check", epilog="Example: extract rules check --rules tests/packs/health")
def check_command(rules: Rules = None) -> None:
    """Load the pack strictly and run every example in it."""
    from nhanluc_extract.checking.lint import example_faults

    pack = load_extractor(rules).pack
    faults = list(example_faults(pack))
    for fault in faults:
        typer.echo(fault)
    examples = sum(len(frame.examples) + len(frame.counter_examples) for frame in pack.frames)
    examples += sum(len(exclusion.counter_examples) for exclusion in pack.exclusions)
    typer.echo(
        f"{len(pack.indicators)} indicators, {len(pack.classes)} word classes, "
        f"{len(pack.surfaces)} surfaces, {len(pack.frames)} frames, {examples} examples, "
        f"{len(faults)} faults"
    )
    if faults:
        raise typer.Exit(1)


@app.command("list", epilog="Example: extract rules list")
def list_command(rules: Rules = None) -> None:
    """List the indicators with their units, dimensions and rules."""
    pack = load_extractor(rules).pack
    for code, indicator in pack.indicators.items():
        own = [frame.id for frame in pack.frames if code in frame.indicators.values()]
        typer.echo(f"{code}  {indicator.vi} / {indicator.en}")
        typer.echo(
            f"    units {', '.join(indicator.units)}; dimensions {', '.join(indicator.dimensions) or '-'}"
        )
        typer.echo(f"    frames {', '.join(own) or '-'}")
        typer.echo(f"    {indicator.definition}")
