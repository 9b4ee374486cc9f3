"""Reads agencies and what they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.programmes import AgencyRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection


def agencies(conn: Connection) -> list[AgencyRow]:
    """Every agency, in the order of its code."""
    return rows_as(AgencyRow, conn, "programmes/agencies")
