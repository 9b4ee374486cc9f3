"""Commands of the door for tools of business intelligence."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="The read-only door for tools such as Superset and Metabase: published figures alone.")


@app.command("open", epilog="Example: [bold]ekasih bi open[/]")
def open_(days: Annotated[int, typer.Option(min=1, max=365, help="Days that the password holds.")] = 90) -> None:
    """Make a new password for the role app_bi and tell it once; an earlier one ends."""
    from registry.installation.bi import open_door
    from registry.installation.settings import Settings

    settings = Settings.load()
    if settings.private:
        settings.cluster.up()
    opened = open_door(settings.admin_url, days=days)
    typer.echo(f"host      {opened.host}")
    typer.echo(f"port      {opened.port}")
    typer.echo(f"database  {opened.database}")
    typer.echo(f"user      {opened.user}")
    typer.echo(f"password  {opened.password}")
    typer.echo("schema    bi")
    typer.echo(f"until     {opened.until:%d/%m/%Y}")
    typer.echo("The password is told this once. See docs/bi.md.")


@app.command(epilog="Example: [bold]ekasih bi close[/]")
def close() -> None:
    """Take the password away and end the sessions of the role."""
    from registry.installation.bi import close_door
    from registry.installation.settings import Settings

    settings = Settings.load()
    if settings.private:
        settings.cluster.up()
    close_door(settings.admin_url)
    typer.echo("Closed")
