"""Commands about reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Reports and the proof of their files.", no_args_is_help=True)
EXIT_UNKNOWN = 1


@app.callback()
def _group() -> None:
    pass


@app.command(epilog="Example: [bold]ekasih report verify ekasih-laporan-L00000012.pdf[/]")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A PDF, XLSX or CSV file.")],
) -> None:
    """Tell of which edition a file is, and make it again from what was kept; exit code 1 where it is of none."""
    from registry.cli.database import opened
    from registry.installation.settings import Settings
    from registry.reporting.editions import digest, file_of, of_file

    found_hash = digest(file.read_bytes())
    with opened(Settings.load()) as engine, engine.connect() as connection:
        found = of_file(connection, found_hash)
        if found is None:
            typer.secho(f"no edition has this file (SHA-256 {found_hash})", err=True, fg=typer.colors.RED)
            raise typer.Exit(EXIT_UNKNOWN)
        edition, kind = found
        file_of(edition, kind)
    sample = "; sample data" if edition["sample"] else ""
    typer.echo(f"{edition['number']}: {edition['title']}, made {edition['made_at']:%Y-%m-%d}, unchanged{sample}")
    typer.echo(f"made again from what was kept to the same bytes: SHA-256 {found_hash}")
