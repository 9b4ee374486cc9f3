"""Reads agencies and what they give: programmes, kinds, rates, conditions, offices and needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.programmes import (
    AgencyRow,
    ConditionsRow,
    NeedRow,
    OfficeRow,
    OpenProgrammeRow,
    OwnProgrammeRow,
    ProgrammeOneRow,
    ProgrammeRow,
    RateRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


def agencies(conn: Connection) -> list[AgencyRow]:
    """Every agency, in the order of its code."""
    return rows_as(AgencyRow, conn, "programmes/agencies")


def programmes(conn: Connection) -> list[ProgrammeRow]:
    """Every programme, by agency and code."""
    return rows_as(ProgrammeRow, conn, "programmes/list")


def programme(conn: Connection, programme_id: int) -> ProgrammeOneRow | None:
    """One programme; ``None`` where there is none."""
    return row_as(ProgrammeOneRow, conn, "programmes/one", programme=programme_id)


def rates(conn: Connection, programme_id: int) -> list[RateRow]:
    """The kinds of a programme with their rates, the newest first; a kind without any once, with no rate."""
    return rows_as(RateRow, conn, "programmes/rates", programme=programme_id)


def conditions(conn: Connection, programme_id: int) -> list[ConditionsRow]:
    """The conditions of a programme, the newest first."""
    return rows_as(ConditionsRow, conn, "programmes/conditions", programme=programme_id)


def open_on(conn: Connection, day: date) -> list[OpenProgrammeRow]:
    """The programmes that are open on a day, with the conditions in force."""
    return rows_as(OpenProgrammeRow, conn, "programmes/open", on_day=day)


def offices(conn: Connection) -> list[OfficeRow]:
    """The offices of every agency."""
    return rows_as(OfficeRow, conn, "programmes/offices")


def needs(conn: Connection) -> list[NeedRow]:
    """The needs that aid meets."""
    return rows_as(NeedRow, conn, "programmes/needs")


def own(conn: Connection, *, after: str, limit: int) -> list[OwnProgrammeRow]:
    """Programmes of the own agency with their kinds, by code, after one of them."""
    return rows_as(OwnProgrammeRow, conn, "programmes/own", after_code=after, row_limit=limit)
