"""Commands about boundaries: bring a file in, fetch the official ones, list the sets, go back to a former one."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Boundaries: bring a file in, fetch the official sets, go back.", no_args_is_help=True)


_OFFICIALLY_INCOMPLETE = frozenset({"mukim"})  # the official set has none for Sabah


class Level(StrEnum):
    """A level that has boundaries."""

    STATE = "state"
    DISTRICT = "district"
    MUKIM = "mukim"
    PARLIAMENT = "parliament"
    DUN = "dun"
    CATCHMENT = "catchment"


@app.command(
    "import",
    epilog="Example: [bold]ekasih areas import daerah.gpkg --level district --accuracy-m 50 --source JUPEM[/]",
)
def import_(
    file: Annotated[Path, typer.Argument(help="GeoJSON, GeoPackage, zipped shapefile or GeoParquet.")],
    level: Annotated[Level, typer.Option(help="Which areas the file holds.")],
    accuracy_m: Annotated[int, typer.Option("--accuracy-m", min=1, help="How far, in metres, an edge may be off.")],
    source: Annotated[str, typer.Option(help="Who made it; shown under every map.")] = "",
    licence: Annotated[str, typer.Option(help="On what terms.")] = "",
    dated: Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Of what day it is.")] = None,
    partial: Annotated[bool, typer.Option("--partial", help="Accept a file that leaves areas out.")] = False,
) -> None:
    """Clean a boundary file into a coverage, match its names to codes, and make it the level's active set."""
    _import(
        file,
        level=level.value,
        accuracy_m=accuracy_m,
        source=source or file.name,
        licence=licence,
        dated=dated.date() if dated else datetime.now().astimezone().date(),
        partial=partial,
    )


@app.command(epilog="Example: [bold]ekasih areas fetch --level district --mirror /media/usb/boundaries[/]")
def fetch(
    level: Annotated[Level | None, typer.Option(help="Only this level; all official levels if left out.")] = None,
    mirror: Annotated[str | None, typer.Option(help="A folder or address that holds the same files.")] = None,
    accept_change: Annotated[
        bool, typer.Option("--accept-change", help="Take a file whose checksum is not the recorded one.")
    ] = False,
) -> None:
    """Download the official boundary sets (checked by sha256) and make them the active ones."""
    from geo.fetch import FetchError, UnreachableSourceError, sources

    wanted = [level.value] if level else list(sources())
    failed: list[str] = []
    for name in wanted:
        typer.echo(f"Fetching {name}")
        try:
            _fetch(name, mirror=mirror, accept_change=accept_change)
        except FetchError as error:
            if len(wanted) == 1:
                raise
            typer.secho(f"  {error}", err=True, fg=typer.colors.YELLOW)
            # A mirror need not hold every level: what it has is taken.
            if not (mirror and isinstance(error, UnreachableSourceError)) or len(failed) == len(wanted) - 1:
                raise typer.Exit(2) from error
            failed.append(name)


@app.command(epilog="Example: [bold]ekasih areas sets[/]")
def sets() -> None:
    """List the sets of boundaries, the active one of each level first."""
    from queries import boundaries
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, engine.connect() as connection:
        for row in boundaries.sets(connection):
            since = f"{row['since']:%Y-%m-%d %H:%M}" if row["since"] else "never"
            mark = "active since" if row["active"] else "last active"
            facts = f"{row['areas']} areas, {row['dated']}, {row['accuracy_m']} m, {row['source']}, {row['licence']}"
            typer.echo(f"{row['set_id']:>5}  {row['level']:<10}  {mark} {since}  {row['name']}: {facts}")


@app.command(epilog="Example: [bold]ekasih areas use 3[/]")
def use(
    number: Annotated[int, typer.Argument(metavar="SET", help="The set's number in [bold]ekasih areas sets[/].")],
) -> None:
    """Make a former set the active one of its level again, and locate every household anew."""
    from registry.areas.boundaries import use_again
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    settings = Settings.load()
    with opened(settings) as engine, engine.begin() as connection:
        located = use_again(connection, number, home=settings.home)
    typer.echo(f"{located} households located again")


def _fetch(level: str, *, mirror: str | None, accept_change: bool) -> None:
    from geo.fetch import ChangedSourceError, fetch
    from registry.installation.settings import Settings

    folder = Settings.load().home / "downloads"
    try:
        found = fetch(level, folder=folder, mirror=mirror, accept_change=accept_change, progress=sys.stderr.isatty())
    except ChangedSourceError as error:
        if not sys.stdin.isatty() or not typer.confirm(f"{error}. Accept it?"):
            raise
        found = fetch(level, folder=folder, mirror=mirror, accept_change=True)
    if found.first_seen:
        typer.echo(f"  checksum recorded: {found.sha256}")
    _import(
        found.path,
        level=level,
        accuracy_m=found.source.accuracy_m,
        source=found.source.source,
        licence=found.source.licence,
        dated=datetime.now().astimezone().date(),
        partial=level in _OFFICIALLY_INCOMPLETE,
    )


def _import(path: Path, *, dated: date, **choices: Any) -> None:
    from registry.areas.boundaries import import_boundaries
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    settings = Settings.load()
    with opened(settings) as engine, engine.begin() as connection:
        report = import_boundaries(connection, path, dated=dated, home=settings.home, **choices)
    typer.echo(report.summary())
