"""Commands about poverty lines and the rule that decides: what is in force, and what is to be."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from registry.status.changes import Change

app = typer.Typer(help="Poverty lines, and the rule that decides.", no_args_is_help=True)
_DAY = ["%Y-%m-%d"]
_WHAT_IF = "Only say what it would do; nothing is written."


class RuleName(StrEnum):
    """A test that decides; the database holds the same names."""

    PER_CAPITA = "per_capita"
    HOUSEHOLD_OR_PER_CAPITA = "household_or_per_capita"


@app.callback()
def _group() -> None:
    pass


@app.command("list", epilog="Example: [bold]ekasih lines list[/]")
def list_() -> None:
    """List the survey years that have lines, and since when each is in force."""
    from sqlalchemy import text

    from registry.cli.database import opened
    from registry.installation.settings import Settings

    statement = text("""
        SELECT survey_year, count(*) AS lines, min(effective_from) AS effective_from
        FROM poverty_line GROUP BY survey_year ORDER BY survey_year
    """)
    with opened(Settings.load()) as engine, engine.connect() as connection:
        for row in connection.execute(statement):
            since = f"in force from {row.effective_from:%d/%m/%Y}" if row.effective_from else "not adopted"
            typer.echo(f"{row.survey_year}  {row.lines:3} lines  {since}")


@app.command(epilog="Example: [bold]ekasih lines adopt 2024 --from 2026-01-01[/]")
def adopt(
    survey_year: Annotated[int, typer.Argument(help="The survey year whose lines are adopted.")],
    effective_from: Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day they decide on.")],
    what_if: Annotated[bool, typer.Option("--what-if", help=_WHAT_IF)] = False,
) -> None:
    """Put the lines of a survey year into force and decide every household they touch again."""
    from registry.status.classification import AdoptLine

    _make(AdoptLine(survey_year, effective_from.date()), what_if=what_if)


@app.command(epilog="Example: [bold]ekasih lines rule household_or_per_capita --from 2026-01-01[/]")
def rule(
    name: Annotated[RuleName, typer.Argument(help="The test that decides.")],
    effective_from: Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day it decides on.")],
    vulnerable_urban: Annotated[
        str | None, typer.Option(help="Household income in RM below which a town household is mudah miskin.")
    ] = None,
    vulnerable_rural: Annotated[str | None, typer.Option(help="The same for the country.")] = None,
    what_if: Annotated[bool, typer.Option("--what-if", help=_WHAT_IF)] = False,
) -> None:
    """Put a rule into force and decide every household again."""
    from decimal import Decimal, InvalidOperation

    from registry.status.classification import SetRule

    try:
        urban, rural = (Decimal(text) if text else None for text in (vulnerable_urban, vulnerable_rural))
    except InvalidOperation:
        raise typer.BadParameter("A ceiling is an amount in RM, such as 1500 or 1500.00.") from None
    _make(SetRule(effective_from.date(), name.value, urban, rural), what_if=what_if)


def _make(change: Change, *, what_if: bool) -> None:
    """Make a change, or only say what it would do."""
    from sqlalchemy.orm import Session

    from registry.cli.database import opened
    from registry.cli.figures import publish
    from registry.installation.settings import Settings
    from registry.status.classification import AdoptLine, adopt_line, moves_told, set_rule
    from registry.status.effects import foresee
    from registry.status.line_changes import require_sound

    with opened(Settings.load()) as engine, Session(engine) as session, session.begin():
        if what_if:
            require_sound(session.connection(), change)
            effect = foresee(session.connection(), change, everywhere=True)
            told = f"{effect.households} households would be decided again; {effect.moved} would change status"
            cost = f"RM a month to lift all to the line: {effect.cost(after=False)} -> {effect.cost(after=True)}"
            typer.echo("\n".join([told, *moves_told(effect.moves), cost]))
            return
        report = adopt_line(session, change) if isinstance(change, AdoptLine) else set_rule(session, change)
    typer.echo(report.summary())
    publish()
