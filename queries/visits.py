"""Reads visits: those that wait, those that were made, and their photographs, as the acting user may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.row_types.visits import DistrictRow, PhotoRow, RoundRow, UnassignedRow, VisitRow
from queries.statements import rows_as, total

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_ROUND: Final = 60
"""Visits of one round; a page says how many wait beyond."""
LONGEST_LIST: Final = 300
"""Cases to be assigned that are shown at once; a page says how many there are."""


def own_round(connection: Connection) -> tuple[list[RoundRow], int]:
    """The acting user's visits with the columns of ``visits/round.sql``, and how many wait in all."""
    found = rows_as(RoundRow, connection, "visits/round", row_limit=LONGEST_ROUND)
    return found, total(found)


def unassigned(connection: Connection, district: str | None) -> tuple[list[UnassignedRow], int]:
    """Cases that wait for an officer with the columns of ``visits/unassigned.sql``, and how many there are in all."""
    found = rows_as(UnassignedRow, connection, "visits/unassigned", district=district, row_limit=LONGEST_LIST)
    return found, total(found)


def waiting_districts(connection: Connection) -> list[DistrictRow]:
    """The districts in which cases wait for an officer."""
    return rows_as(DistrictRow, connection, "visits/districts")


def of_case(connection: Connection, case_id: int) -> list[VisitRow]:
    """The visits of a case, the latest first."""
    return rows_as(VisitRow, connection, "visits/of_case", case_id=case_id)


def photo_file(connection: Connection, photo: int) -> str | None:
    """The name of a photograph's file; ``None`` where the acting user has no such photograph."""
    found = rows_as(PhotoRow, connection, "visits/photo", photo=photo)
    return str(found[0]["name"]) if found else None
