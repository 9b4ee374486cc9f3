"""Meetings of focus groups, their agendas and what was decided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from queries.row_types.meetings import AgendaRow, MeetingListRow, MeetingRow, ProspectiveStatusRow, StatusRow
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a form says of a household that is not registered yet, as far as its status rests on it."""

    case_id: int
    state: str
    strata: str
    income_rm: Decimal
    members: int


def meetings(connection: Connection, *, limit: int) -> list[MeetingListRow]:
    """Meetings that may be seen, open ones first; columns as in ``meetings/all.sql``."""
    return rows_as(MeetingListRow, connection, "meetings/all", row_limit=limit)


def meeting(connection: Connection, meeting_id: int) -> MeetingRow | None:
    """One meeting; ``None`` where there is none to see."""
    return row_as(MeetingRow, connection, "meetings/one", meeting=meeting_id)


def agenda(connection: Connection, meeting_id: int) -> list[AgendaRow]:
    """The cases on a meeting's agenda; columns as in ``meetings/agenda.sql``."""
    return rows_as(AgendaRow, connection, "meetings/agenda", meeting=meeting_id)


def status_now(connection: Connection, meeting_id: int) -> list[StatusRow]:
    """The status in force of each registered household on an agenda, with all that it rests on."""
    return rows_as(StatusRow, connection, "meetings/status_now", meeting=meeting_id)


def status_would_be(connection: Connection, prospects: Sequence[Prospect]) -> list[ProspectiveStatusRow]:
    """The status that each household would get today, with all that it rests on."""
    asked = [
        {
            "case_id": one.case_id,
            "state": one.state,
            "strata": one.strata,
            "income": str(one.income_rm),
            "members": one.members,
        }
        for one in prospects
    ]
    return rows_as(ProspectiveStatusRow, connection, "meetings/status_would_be", households=json.dumps(asked))
