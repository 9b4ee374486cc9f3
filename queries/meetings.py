"""Meetings of focus groups, their agendas and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from queries.statements import rows

if TYPE_CHECKING:
    from sqlalchemy import Connection


def meetings(connection: Connection, *, limit: int) -> list[dict[str, Any]]:
    """Meetings that may be seen, open ones first; columns as in ``meetings/all.sql``."""
    return rows(connection, "meetings/all", row_limit=limit)


def meeting(connection: Connection, meeting_id: int) -> dict[str, Any] | None:
    """One meeting; ``None`` where there is none to see."""
    return next(iter(rows(connection, "meetings/one", meeting=meeting_id)), None)


def agenda(connection: Connection, meeting_id: int) -> list[dict[str, Any]]:
    """The cases on a meeting's agenda; columns as in ``meetings/agenda.sql``."""
    return rows(connection, "meetings/agenda", meeting=meeting_id)
