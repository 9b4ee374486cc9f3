"""Commands that look over the whole register every day: who is in it twice, what is odd, which sessions are over."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add these commands to the main command."""
    app.command(epilog="Example: [bold]ekasih duplicates[/]")(duplicates)
    app.command(epilog="Example: [bold]ekasih quality[/]")(quality)
    app.command(name="sweep-sessions", epilog="Example: [bold]ekasih sweep-sessions[/]")(sweep_sessions)


def duplicates(
    district: Annotated[str | None, typer.Option(help="Only within a district, by its code.")] = None,
) -> None:
    """Find persons and households that are in the register twice, for Pemutihan; run it every night."""
    from registry.cleansing.candidates import find_duplicates
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, engine.begin() as connection:
        found = find_duplicates(connection, district=district)
    typer.echo(
        f"{found.persons:,} persons compared: {found.households:,} pairs of households, {found.members:,} members in"
        f" two households; {found.forgotten:,} open pairs no longer likely"
    )


def quality() -> None:
    """Find stacked points, impossible ages and incomes that jumped, and resolve the rest; run it every night."""
    from registry.cleansing.odd_data import find_odd_data
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, engine.begin() as connection:
        found = find_odd_data(connection)
    for row in found:
        typer.echo(f"{row.code}: {row.raised:,} raised, {row.resolved:,} resolved")


def sweep_sessions() -> None:
    """End the sessions whose time is over, and forget ended ones, refusals and unused browsers; run it every day."""
    from registry.accounts.sessions import sweep
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, engine.begin() as connection:
        ended = sweep(connection)
    typer.echo(f"{ended:,} sessions were over")
