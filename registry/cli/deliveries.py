"""Commands that fill the register: a census delivery, the sample register."""

from __future__ import annotations

import getpass
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

DEMO_HOUSEHOLDS = 51_000
DEMO_SEED = 1

app = typer.Typer(help="Bring census deliveries in.", no_args_is_help=True)


def register(main: typer.Typer) -> None:
    """Add the commands of this module that are not part of a group."""
    main.command(epilog="Example: [bold]ekasih demo --households 200000 --seed 7[/]")(demo)


@app.callback()
def _group() -> None:
    pass


@app.command(epilog="Example: [bold]ekasih import birm perak.zip --report perak.json[/]")
def birm(
    path: Annotated[Path, typer.Argument(help="A folder, .zip or .xlsx in the BIRM layout.")],
    report: Annotated[Path | None, typer.Option(help="Write the report to this file as JSON.")] = None,
    rejected: Annotated[
        Path | None, typer.Option(help="Write rejected rows with their reasons to this .zip, to correct and import.")
    ] = None,
    received_on: Annotated[
        datetime | None, typer.Option("--received-on", formats=["%Y-%m-%d"], help="Today if left out.")
    ] = None,
) -> None:
    """Import a census delivery. The same delivery again changes nothing and says so."""
    from registry.cli.database import opened
    from registry.cli.figures import publish
    from registry.cli.progress import progress
    from registry.deliveries.birm import import_birm
    from registry.deliveries.rejected import write_rejected
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, progress() as show:
        done = import_birm(
            engine,
            path,
            received_on=received_on.date() if received_on else None,
            actor=f"cli:{getpass.getuser()}",
            progress=show,
        )
        if rejected:
            with engine.connect() as connection:
                write_rejected(connection, rejected, sha256=done.sha256)
    if report:
        report.write_text(json.dumps(done.as_dict(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    typer.echo(done.summary())
    publish()


@app.command(epilog="Example: [bold]ekasih import aid bantuan.zip --report bantuan.json --rejected semula.zip[/]")
def aid(
    path: Annotated[Path, typer.Argument(help="A folder, .zip or .xlsx with one or more deliveries of aid.")],
    report: Annotated[Path | None, typer.Option(help="Write the report to this file as JSON.")] = None,
    rejected: Annotated[
        Path | None, typer.Option(help="Write held and rejected lines with their reasons to this .zip.")
    ] = None,
    trial: Annotated[bool, typer.Option("--trial", help="Undo everything once the report is made.")] = False,
) -> None:
    """Import deliveries of aid already given. A delivery that was received before changes nothing and says so."""
    from registry.aid.importing import AidTerms, import_aid
    from registry.aid.returning import write_returned
    from registry.cli.database import opened
    from registry.cli.progress import progress
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, progress() as show:
        terms = AidTerms(actor=f"cli:{getpass.getuser()}", trial=trial)
        done = import_aid(engine, path, terms=terms, progress=show)
    if rejected:
        write_returned(done.returned, rejected)
    if report:
        report.write_text(json.dumps(done.figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    typer.echo(done.summary())


def demo(
    households: Annotated[int, typer.Option(min=1, help="About how many households.")] = DEMO_HOUSEHOLDS,
    seed: Annotated[int, typer.Option(help="The same seed makes the same register.")] = DEMO_SEED,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where the register holds anything.")] = False,
) -> None:
    """Make a national sample register. Nobody in it is real; every page says so while it is loaded."""
    from registry.cli.database import opened
    from registry.cli.progress import progress
    from registry.installation.settings import Settings

    settings = Settings.load()
    with opened(settings) as engine:
        if if_empty and not is_empty(engine):
            return
        from registry.demo import load_demo

        with progress() as show:
            load_demo(engine, households=households, seed=seed, progress=show, home=settings.home)
    typer.echo("The sample register is loaded")


def is_empty(engine: Engine) -> bool:
    """Whether the register holds no household and no delivery, or only a part of a sample that was stopped."""
    from sqlalchemy import text

    statement = text("""
        SELECT EXISTS (SELECT FROM setting WHERE key = 'sample.unfinished')
            OR NOT (EXISTS (SELECT FROM household) OR EXISTS (SELECT FROM delivery))
    """)
    with engine.connect() as connection:
        return bool(connection.scalar(statement))
