"""Reads what somebody finds on the first page: what waits, and what happened since the last time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from queries.row_types.accounts import LastHereRow
from queries.row_types.start import HappenedRow, OfficeStepRow, WaitingRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection

MOST_COUNTED: Final = 100
"""So many rows of a kind are counted at most; of these it is said that there are more than can be told."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of a kind waits, at most ``MOST_COUNTED``, and since when the oldest does."""

    kind: str
    waiting: int
    oldest_on: date | None


def waiting(connection: Connection, kinds: Sequence[str]) -> dict[str, Waiting]:
    """What waits for the acting user, by kind; a kind of which nothing waits is not there."""
    found = rows_as(WaitingRow, connection, "start/waiting", kinds=list(kinds), row_limit=MOST_COUNTED)
    return {row["kind"]: Waiting(**row) for row in found}


def since(connection: Connection, moment: datetime) -> dict[str, int]:
    """What happened after a moment, by kind, each counted up to ``MOST_COUNTED``."""
    found = rows_as(HappenedRow, connection, "start/since", since=moment, row_limit=MOST_COUNTED)
    return {row["kind"]: int(row["happened"]) for row in found}


def last_here(connection: Connection, token_hash: bytes) -> datetime | None:
    """When the acting user was here before the session of a token; ``None`` where no earlier session is kept."""
    found = rows_as(LastHereRow, connection, "accounts/last_here", token_hash=token_hash)
    return found[0]["seen_at"] if found else None


def office_flow(connection: Connection) -> list[OfficeStepRow]:
    """The work of the own office at each of its steps; nothing for who works in none."""
    return rows_as(OfficeStepRow, connection, "start/office_flow", row_limit=MOST_COUNTED)
