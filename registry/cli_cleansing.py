"""Commands that look over the whole register: who is in it twice, what is odd."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add these commands to the main command."""
    app.command(epilog="Example: [bold]ekasih duplicates[/]")(duplicates)
    app.command(epilog="Example: [bold]ekasih quality[/]")(quality)


def duplicates(
    district: Annotated[str | None, typer.Option(help="Only within a district, by its code.")] = None,
) -> None:
    """Find persons and households that are in the register twice, for Pemutihan; run it every night."""
    from registry.cli_database import opened
    from registry.matching.candidates import find_duplicates
    from registry.settings import Settings

    with opened(Settings.load()) as engine, engine.begin() as connection:
        found = find_duplicates(connection, district=district)
    typer.echo(
        f"{found.persons:,} persons compared: {found.households:,} pairs of households, {found.members:,} members in"
        f" two households; {found.forgotten:,} open pairs no longer likely"
    )


def quality() -> None:
    """Find stacked points, impossible ages and incomes that jumped, and resolve the rest; run it every night."""
    from registry.cli_database import opened
    from registry.services.odd_data import find_odd_data
    from registry.settings import Settings

    with opened(Settings.load()) as engine, engine.begin() as connection:
        found = find_odd_data(connection)
    for row in found:
        typer.echo(f"{row.code}: {row.raised:,} raised, {row.resolved:,} resolved")
