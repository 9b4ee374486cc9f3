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
    """Check chain and seals of the audit log, then seal what is new; ends with exit code 1 and names the first fault.

    A seal is made with a key that is not in the database (secrets/audit_key in the home, or EKASIH_AUDIT_KEY): who owns
    the database can compute the chain again, but no seal.
    """
    from registry.audit.chain import first_break, head
    from registry.audit.seals import SealBook, SealKey, first_broken_seal, last_seal, seal_newest
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    settings = Settings.load()
    key, book = SealKey(settings.audit_key), SealBook(settings.seal_book)
    with opened(settings) as engine, engine.connect() as connection:
        breaks = [found for found in (first_break(connection), first_broken_seal(connection, key, book)) if found]
        newest = head(connection)
        connection.rollback()
        for broken in breaks:
            typer.secho(broken.sentence, err=True, fg=typer.colors.RED)
        if breaks:
            raise typer.Exit(EXIT_BROKEN)
        seal_newest(connection, key, book)
        seal = last_seal(connection)
    typer.echo(f"the audit log is whole: {newest.links} links, the newest {newest.hash}")
    if seal is not None:
        typer.echo(f"sealed up to link {seal.link} by seal {seal.number}: {seal.mac.hex()}")
