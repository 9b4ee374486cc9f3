"""The poverty lines and the rule: what is in force, what was changed and when, what a change did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from queries.row_types.lines import AdoptionRow, BreakRow, ChangeListRow, ChangeRow, FigureRow, RuleRow
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which households were decided again by another line, another rule, or both."""

    on_day: date
    lines: bool
    rules: bool


def figures(connection: Connection) -> list[FigureRow]:
    """Every line, the newest survey first; columns as in ``lines/figures.sql``."""
    return rows_as(FigureRow, connection, "lines/figures")


def rules(connection: Connection) -> list[RuleRow]:
    """Every rule, the newest first; columns as in ``lines/rules.sql``."""
    return rows_as(RuleRow, connection, "lines/rules")


def adoptions(connection: Connection) -> dict[int, AdoptionRow]:
    """Who put a survey year into force last; nothing for those that came with the register."""
    return {row["survey_year"]: row for row in rows_as(AdoptionRow, connection, "lines/adoptions")}


def history(connection: Connection, *, limit: int, offset: int = 0) -> list[ChangeListRow]:
    """The changes there were, the latest first; columns as in ``lines/history.sql``."""
    return rows_as(ChangeListRow, connection, "lines/history", row_limit=limit, row_offset=offset)


def change(connection: Connection, number: int | None) -> ChangeRow | None:
    """One change, or the one that waits to be made; ``None`` where there is none to see."""
    return row_as(ChangeRow, connection, "lines/change", change=number)


def breaks(connection: Connection, *, since: date, until: date) -> list[Break]:
    """The days of a span on which the line or the rule changed for somebody."""
    return [Break(**row) for row in rows_as(BreakRow, connection, "lines/breaks", since=since, until=until)]
