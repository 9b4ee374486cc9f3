"""Reads the figures of an office: its money, its need against what was done, and the lists behind each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.offices import (
    MyOfficeRow,
    OfficeDecisionRow,
    OfficeFigureRow,
    OfficeFinishedRow,
    OfficeHouseholdRow,
    OfficeMukimRow,
    OfficeProjectStateRow,
    OfficeReferralRow,
    OfficeVoteRow,
    OfficeWorksRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection


def mine(conn: Connection) -> list[MyOfficeRow]:
    """The offices that who is acting works for."""
    return rows_as(MyOfficeRow, conn, "offices/mine")


def figures(conn: Connection, office: str, year: int) -> dict[str, OfficeFigureRow]:
    """The shares by which the office is judged, by name."""
    return {row["figure"]: row for row in rows_as(OfficeFigureRow, conn, "offices/figures", office=office, year=year)}


def votes(conn: Connection, office: str, year: int) -> OfficeVoteRow:
    """The vote book of the office over its programmes; all zero where its money may not be read."""
    return rows_as(OfficeVoteRow, conn, "offices/votes", office=office, year=year)[0]


def mukims(conn: Connection, office: str, year: int) -> list[OfficeMukimRow]:
    """The need of each mukim against what was done, the largest gap first."""
    return rows_as(OfficeMukimRow, conn, "offices/mukims", office=office, year=year)


def households(
    conn: Connection, office: str, year: int, figure: str, *, mukim: str = "", after: int = 0, limit: int
) -> list[OfficeHouseholdRow]:
    """A page of the households behind a figure, after one of them."""
    return rows_as(
        OfficeHouseholdRow, conn, "offices/households", office=office, year=year, figure=figure, within_mukim=mukim,
        after_household=after, row_limit=limit,
    )  # fmt: skip


def decisions(conn: Connection, office: str, year: int, *, limit: int) -> list[OfficeDecisionRow]:
    """The decisions on applications in a year, those that took longest first."""
    return rows_as(OfficeDecisionRow, conn, "offices/decisions", office=office, year=year, row_limit=limit)


def referrals(conn: Connection, office: str, year: int, direction: str, *, limit: int) -> list[OfficeReferralRow]:
    """The referrals that fell due in a year, those not answered in time first."""
    return rows_as(
        OfficeReferralRow, conn, "offices/referrals", office=office, year=year, direction=direction, row_limit=limit
    )


def works(conn: Connection, office: str, year: int) -> OfficeWorksRow | None:
    """What of the office's projects became finished in a year; ``None`` where they may not be counted."""
    return row_as(OfficeWorksRow, conn, "offices/works", office=office, year=year)


def finished(conn: Connection, office: str, year: int, *, limit: int) -> list[OfficeFinishedRow]:
    """The projects that became finished in a year, those that were late first."""
    return rows_as(OfficeFinishedRow, conn, "offices/finished", office=office, year=year, row_limit=limit)


def project_states(conn: Connection, office: str) -> dict[str, OfficeProjectStateRow]:
    """The projects of the office by their state."""
    return {row["state"]: row for row in rows_as(OfficeProjectStateRow, conn, "offices/project_states", office=office)}
