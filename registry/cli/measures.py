"""Commands that measure: whether programmes of aid helped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from registry.errors import SetupProblem

app = typer.Typer(help="Measure poverty and what was done against it.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    pass


@app.command(epilog="Example: [bold]ekasih measures effect kesan.csv kesan.json[/]")
def effect(
    table: Annotated[Path, typer.Argument(help="A .csv of aided and other households by programme.")],
    out: Annotated[Path, typer.Argument(help="Where the report is written, as JSON.")],
) -> None:
    """Say of each programme of a table whether incomes of those aided rose more than those of similar households."""
    from poverty.effect import measure_effect
    from poverty.effect_file import UnreadableTable, read_households

    try:
        programmes = read_households(table)
    except UnreadableTable as error:
        raise SetupProblem(f"{table.name}: {error}") from None
    report = {name: measure_effect(households).as_dict() for name, households in programmes.items()}
    out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for name, found in report.items():
        typer.echo(f"{name}: {found['verdict']} {', '.join(found['reasons'])}".rstrip())
