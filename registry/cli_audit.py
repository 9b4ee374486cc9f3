"""Commands about the audit log."""

from __future__ import annotations

import typer

app = typer.Typer(help="The log of who did what.", no_args_is_help=True)
EXIT_BROKEN = 1


@app.callback()
def _group() -> None:
    pass


@app.command(epilog="Example: [bold]ekasih audit verify[/]")
def verify() -> None:
    """Check the chain of the audit log; name the first broken link and end with exit code 1 where there is one."""
    from registry.cli_database import opened
    from registry.services.audit_chain import first_break, head
    from registry.settings import Settings

    with opened(Settings.load()) as engine, engine.connect() as connection:
        broken = first_break(connection)
        newest = head(connection)
    if broken is not None:
        typer.secho(broken.sentence, err=True, fg=typer.colors.RED)
        raise typer.Exit(EXIT_BROKEN)
    typer.echo(f"the audit log is whole: {newest.links} links, the newest {newest.hash}")
