"""Reads worklists: the households behind a number, as the acting user may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from queries.statements import rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

LISTS: Final = ("due", "unvisited", "quality", "unplaced", "tegar", "miskin", "died", "moved", "exited")
EXITS: Final = ("income_rose", "died", "focus_group", "welfare_aid", "remarried", "other")
"""Why households have exited, as the counts name them (``died_out`` in the statement, to tell it from the list)."""


def counts(connection: Connection, *, district: str | None) -> dict[str, int]:
    """How many households each worklist has, by its name; ``district`` None for the whole territory."""
    found = rows(connection, "worklists/counts", district=district)[0]
    return {name: int(found[name]) for name in LISTS}


def exits(connection: Connection, *, district: str | None) -> dict[str, int]:
    """How many households have exited, by reason."""
    found = rows(connection, "worklists/counts", district=district)[0]
    return {name: int(found["died_out" if name == "died" else name]) for name in EXITS}


def page(
    connection: Connection, name: str, *, district: str | None, limit: int, offset: int = 0
) -> tuple[list[dict[str, Any]], int]:
    """Rows of a worklist with the columns of ``worklists/rows.sql``, the most pressing first, and the list's total."""
    found = rows(connection, "worklists/rows", list=name, district=district, row_limit=limit, row_offset=offset)
    return found, int(found[0]["total"]) if found else 0
