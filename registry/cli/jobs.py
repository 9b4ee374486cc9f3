"""The command that works at jobs."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this command to the main command."""
    app.command(epilog="Example: [bold]ekasih work --until-idle[/]")(work)


def work(
    until_idle: Annotated[bool, typer.Option("--until-idle", help="End when no job is due any more.")] = False,
    server: Annotated[
        int | None, typer.Option("--for", hidden=True, help="Go on as long as this parent lives.")
    ] = None,
) -> None:
    """Carry out the jobs that were asked for, until stopped; the web server keeps one such process by itself."""
    from registry.cli.database import opened
    from registry.installation.settings import Settings
    from registry.jobs.worker import Place
    from registry.jobs.worker import work as carry_out

    settings = Settings.load()
    with opened(settings, source="job") as engine:
        address = settings.owner_url.set(drivername="postgresql").render_as_string(hide_password=False)
        place = Place(engine, address, settings.owner_role, settings.home)
        carry_out(place, parent=server, until_idle=until_idle)
