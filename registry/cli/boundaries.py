"""Commands about boundaries: bring a file in, fetch the official ones, list the sets, go back to a former one."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Boundaries: bring a file in, fetch the official sets, go back.", no_args_is_help=True)


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
    epilog="Example: [bold]ekasih boundaries import daerah.gpkg --level district --accuracy-m 50 --source JUPEM[/]",
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


@app.command(epilog="Example: [bold]ekasih boundaries fetch --level district --mirror /media/usb/boundaries[/]")
def fetch(
    level: Annotated[Level | None, typer.Option(help="Only this level; all official levels if left out.")] = None,
    mirror: Annotated[
        str | None, typer.Option(help="A folder or address that holds the same files; else EKASIH_BOUNDARY_MIRROR.")
    ] = None,
) -> None:
    """Download the official boundary sets (checked by sha256) and make them the active ones, all or none."""
    from registry.areas.official import activate_official, fetch_official
    from registry.cli.database import opened
    from registry.cli.progress import progress
    from registry.installation.settings import Settings

    settings = Settings.load()
    with opened(settings) as engine:
        with progress() as report:
            found, lacking = fetch_official(
                settings.home,
                levels=[level.value] if level else None,
                mirror=mirror or settings.boundary_mirror,
                progress=lambda name, came, whole: report(f"{name}, kB", came // 1000, whole // 1000),
            )
        with progress() as report:
            reports = activate_official(engine, found, home=settings.home, step=lambda name: report(f"Using {name}"))
    for one in reports:
        typer.echo(one.summary())
    if lacking:
        typer.secho(f"The mirror has none for {', '.join(lacking)}", err=True, fg=typer.colors.YELLOW)


@app.command(epilog="Example: [bold]ekasih boundaries sets[/]")
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


@app.command(epilog="Example: [bold]ekasih boundaries use 3[/]")
def use(
    number: Annotated[int, typer.Argument(metavar="SET", help="The set's number in [bold]ekasih boundaries sets[/].")],
) -> None:
    """Make a former set the active one of its level again, and locate every household anew."""
    from registry.areas.boundaries import use_again
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    settings = Settings.load()
    with opened(settings) as engine, engine.begin() as connection:
        located = use_again(connection, number, home=settings.home)
    typer.echo(f"{located} households located again")


def _import(path: Path, *, dated: date, **choices: Any) -> None:
    from registry.areas.boundaries import import_boundaries
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    settings = Settings.load()
    with opened(settings) as engine, engine.begin() as connection:
        report = import_boundaries(connection, path, dated=dated, home=settings.home, **choices)
    typer.echo(report.summary())
