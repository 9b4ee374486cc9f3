"""Reads releases for who decides on them: the list, one, what it tells, and how it differs from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.row_types.releases import (
    OneReleaseRow,
    ReleaseAreaRow,
    ReleaseDifferenceRow,
    ReleaseRow,
    ReleaseToldRow,
)
from queries.statements import counted, row_as, rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST: Final = 120
"""Ten years of months are listed."""
DIFFERENCES: Final = 100


def listed(conn: Connection) -> list[ReleaseRow]:
    """The releases that who asks may see, the latest first, up to 120."""
    return rows_as(ReleaseRow, conn, "releases/list", row_limit=MOST)


def one(conn: Connection, number: str) -> OneReleaseRow | None:
    """One release; ``None`` where who asks sees none of this number."""
    return row_as(OneReleaseRow, conn, "releases/one", release_no=number)


def areas(conn: Connection, number: str, *, within: str) -> list[ReleaseAreaRow]:
    """What a release tells of an area and of those inside it, in its last month."""
    return rows_as(ReleaseAreaRow, conn, "releases/areas", release_no=number, within=within)


def differences(conn: Connection, number: str) -> tuple[list[ReleaseDifferenceRow], int]:
    """What it tells otherwise than the release before, up to 100, and how much in all."""
    found = rows_as(ReleaseDifferenceRow, conn, "releases/differences", release_no=number, row_limit=DIFFERENCES)
    return counted(found)


def told(conn: Connection, number: str) -> ReleaseToldRow | None:
    """How its counts are told."""
    return row_as(ReleaseToldRow, conn, "releases/told", release_no=number)
