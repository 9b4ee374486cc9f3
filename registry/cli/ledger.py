"""Commands of the ledger of aid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The ledger of aid.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    pass


@app.command(epilog="Example: [bold]ekasih ledger apply bantuan_perak.zip --trial --report ledger.json[/]")
def apply(
    path: Annotated[Path, typer.Argument(help="A folder or .zip with lejar/lejar.csv.")],
    trial: Annotated[bool, typer.Option("--trial", help="Judge every command, and keep nothing.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write the report to this file as JSON.")] = None,
) -> None:
    """Carry out the commands of a ledger's file by the rules, as a trial, and report what came of them."""
    from registry.cli.database import opened
    from registry.installation.settings import Settings
    from registry.ledger.trial import try_ledger

    if not trial:
        raise typer.BadParameter("A ledger is only tried out from files: add --trial.")
    with opened(Settings.load()) as engine:
        found = try_ledger(engine, path)
    if report:
        report.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    ledger = found["ledger"]
    typer.echo(f"{ledger['commands']:,} commands: {ledger['accepted']:,} accepted; nothing was kept")
    for code, count in ledger["refused"].items():
        typer.echo(f"{code}: {count:,} refused")
