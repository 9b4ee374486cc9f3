"""Commands about figures: counts by area, deciding every status again, recounting from the records."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sqlalchemy import Connection

COLUMNS = ("area_code", "area_name", "tegar", "miskin", "mudah_miskin", "terkeluar", "households", "persons")


class CountLevel(StrEnum):
    """A level that counts are asked for."""

    STATE = "state"
    DISTRICT = "district"
    MUKIM = "mukim"


class Format(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add these commands to the main command."""
    app.command(epilog="Example: [bold]ekasih counts --level district --within 08 --format json[/]")(counts)
    app.command(epilog="Example: [bold]ekasih reclassify --as-of 2024-06-30[/]")(reclassify)
    app.command("close-months", epilog="Example: [bold]ekasih close-months[/]")(months)
    app.command(epilog="Example: [bold]ekasih publish[/]")(publish)
    app.command(epilog="Example: [bold]ekasih recount[/]")(recount)


def counts(
    level: Annotated[CountLevel, typer.Option(help="One row for each area of this level.")],
    within: Annotated[str | None, typer.Option(help="Only inside this area, by code (08, 0803).")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TABLE,
) -> None:
    """Print households by status and persons, for the areas of one level."""
    from queries.areas import counts_by_area
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, engine.connect() as connection:
        if within is not None:
            _refuse_unknown_area(connection, within)
        frame = counts_by_area(connection, level=level.value, within=within)
    _PRINTERS[format_](_rows(frame))


def reclassify(
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="By the lines of this day; today if left out."),
    ] = None,
) -> None:
    """Decide every household's status again, by the lines and the rule in force."""
    from registry.cli.database import opened
    from registry.installation.settings import Settings
    from registry.status.classification import reclassify as decide

    with opened(Settings.load()) as engine, engine.begin() as connection:
        report = decide(connection, as_of=as_of.date() if as_of else None)
    typer.echo(report.summary())
    publish()


def months() -> None:
    """Close the months that have ended, for the figures of past months; a worker does this every night."""
    from registry.cli.database import opened
    from registry.installation.settings import Settings
    from registry.status.months import close_months

    with opened(Settings.load()) as engine, engine.begin() as connection:
        closed = close_months(connection)
    typer.echo(f"{closed} months closed")


def publish(
    if_stale: Annotated[bool, typer.Option("--if-stale", help="Do nothing where it was done today.")] = False,
) -> None:
    """Publish the figures that those who see no persons are shown; a worker does this every night."""
    from registry.cli.database import opened
    from registry.installation.settings import Settings
    from registry.publishing.publish import publish as make
    from registry.publishing.publish import publish_if_stale

    with opened(Settings.load()) as engine, engine.begin() as connection:
        done = publish_if_stale(connection) if if_stale else make(connection)
    typer.echo(done.summary() if done else "The figures published last are of today")


def recount() -> None:
    """Recount from the records, add every line of the ledger again, and compare; ends with 1 when they differ."""
    from registry.cli.database import opened
    from registry.installation.settings import Settings
    from registry.ledger.posting import first_difference
    from registry.status.recount import recount as compare

    with opened(Settings.load()) as engine, engine.connect() as connection:
        differences = [str(difference) for difference in compare(connection)]
        if in_ledger := first_difference(connection):
            differences.append(f"ledger {in_ledger}")
    for difference in differences:
        typer.echo(difference)
    if differences:
        typer.secho(f"{len(differences)} differences between records and summary", err=True, fg=typer.colors.RED)
        raise typer.Exit(1)
    typer.echo("Records and summary agree")


def _refuse_unknown_area(connection: Connection, code: str) -> None:
    from sqlalchemy import text

    from registry.errors import NotFound

    if not connection.scalar(text("SELECT EXISTS (SELECT FROM area WHERE code = :code)"), {"code": code}):
        raise NotFound(f"There is no area with the code {code}.")


def _rows(frame: Any) -> list[dict[str, str | int]]:
    return [
        {name: str(row[name]) if name.startswith("area_") else int(row[name]) for name in COLUMNS}
        for row in frame[list(COLUMNS)].to_dict("records")
    ]


def _print_json(rows: list[dict[str, str | int]]) -> None:
    typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))


def _print_csv(rows: list[dict[str, str | int]]) -> None:
    from registry.deliveries.spreadsheets import write_csv

    write_csv(sys.stdout, COLUMNS, ([row[name] for name in COLUMNS] for row in rows), ends="\n")


def _print_table(rows: list[dict[str, str | int]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*COLUMNS[:2], box=None, header_style="bold")
    for name in COLUMNS[2:]:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*(value if isinstance(value, str) else f"{value:,}" for value in row.values()))
    width = None if sys.stdout.isatty() else 160
    Console(width=width).print(table)


_PRINTERS = {Format.TABLE: _print_table, Format.JSON: _print_json, Format.CSV: _print_csv}
