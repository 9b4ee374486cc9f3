"""Commands about target groups of aid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Target groups of aid.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    pass


@app.command(epilog="Example: [bold]ekasih target count bantuan_perak.zip --report sasaran.json[/]")
def count(
    path: Annotated[Path, typer.Argument(help="A folder or .zip with sasaran/sasaran.json, or that file.")],
    report: Annotated[Path | None, typer.Option(help="Write the counts to this file as JSON.")] = None,
) -> None:
    """Count the households that each target group of a file reaches. Nothing is changed."""
    from registry.aid.target_files import count_groups, read_groups
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    groups = read_groups(path)
    with opened(Settings.load()) as engine, engine.connect() as connection:
        told = count_groups(connection, groups)
    if report:
        report.write_text(json.dumps({"targets": told}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, counts in told.items():
        districts = len(counts["by_district"])
        typer.echo(f"{counts['total']:9,}  {name} ({districts} district{'' if districts == 1 else 's'})")
