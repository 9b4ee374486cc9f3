"""Commands about basemaps: keep one of one's own, list them, take one away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="A basemap of one's own, drawn beneath the areas from this machine.", no_args_is_help=True)
_MEGABYTE = 1_000_000


@app.command(epilog="Example: [bold]ekasih basemap add malaysia.pmtiles[/]")
def add(
    file: Annotated[Path, typer.Argument(help="Vector tiles in the Protomaps layout, as one PMTiles file.")],
    name: Annotated[str, typer.Option(help="What it is called; what the file says where left out.")] = "",
    attribution: Annotated[
        str, typer.Option(help="Whose data it is, shown on the map; what the file says where left out.")
    ] = "",
) -> None:
    """Keep a copy of a basemap in the home; maps are drawn over it from then on."""
    from registry.areas.basemaps import add_basemap
    from registry.installation.settings import Settings

    kept = add_basemap(Settings.load().home, file, name=name, attribution=attribution)
    typer.echo(f"{kept.number}  {kept.name}: zooms {kept.min_zoom} to {kept.max_zoom}, {kept.attribution}")


@app.command("list", epilog="Example: [bold]ekasih basemap list[/]")
def list_() -> None:
    """List the basemaps that are kept, the one that is drawn first."""
    from registry.areas.basemaps import basemaps
    from registry.installation.settings import Settings

    for place, one in enumerate(basemaps(Settings.load().home)):
        west, south, east, north = one.bounds
        mark = "drawn" if place == 0 else "kept"
        where = f"{west:g} to {east:g}° E, {south:g} to {north:g}° N, zooms {one.min_zoom} to {one.max_zoom}"
        size = f"{one.bytes / _MEGABYTE:.1f} MB, added {one.added_at[:10]}"
        typer.echo(f"{one.number}  {mark:<5}  {one.name}: {where}, {size}, {one.attribution}")


@app.command(epilog="Example: [bold]ekasih basemap remove 3f2a9c[/]")
def remove(
    number: Annotated[str, typer.Argument(help="The beginning of its number in [bold]ekasih basemap list[/].")],
) -> None:
    """Remove a basemap; the one added before it is drawn then, if there is one."""
    from registry.areas.basemaps import drawn_basemap, remove_basemap
    from registry.installation.settings import Settings

    home = Settings.load().home
    gone = remove_basemap(home, number)
    left = drawn_basemap(home)
    typer.echo(f"Removed {gone.number} {gone.name}; {f'{left.name} is drawn' if left else 'no basemap is drawn'}")
