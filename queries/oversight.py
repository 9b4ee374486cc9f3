"""Reads accounts, delegations, settings, entries of the audit log for those who oversee."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from queries.row_types.oversight import (
    AccountListRow,
    AccountRow,
    ActionRow,
    AreaRow,
    ChainRow,
    DelegationRow,
    EntryRow,
    LentRow,
    SettingRow,
    StateNameRow,
)
from queries.statements import row_as, rows_as, total

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

MOST_ACCOUNTS: Final = 500
MOST_DELEGATIONS: Final = 200
MOST_COUNTED: Final = 10_000
"""Beyond so many entries it is only said that there are more."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Which entries of the audit log; ``None`` is all."""

    since: date | None = None
    until: date | None = None
    person: str | None = None
    done: str | None = None
    district: str | None = None
    about: tuple[int, ...] | None = None


def accounts(
    connection: Connection, *, role: str = "", area: str = "", state: str = "", wanted: str = ""
) -> tuple[list[AccountListRow], int]:
    """The first accounts that fit, and how many do; ``state`` is open, closed or nothing."""
    found = rows_as(
        AccountListRow,
        connection,
        "oversight/accounts",
        role=role,
        area=area,
        state=state,
        wanted=wanted,
        row_limit=MOST_ACCOUNTS,
    )
    return found, total(found)


def account(connection: Connection, user_id: int) -> AccountRow | None:
    """One account (login, role, territory, active, version)."""
    return row_as(AccountRow, connection, "oversight/account", user_id=user_id)


def areas(connection: Connection) -> list[AreaRow]:
    """States, each with its districts after it (code, name, level, state_name)."""
    return rows_as(AreaRow, connection, "oversight/areas")


def settings(connection: Connection) -> list[SettingRow]:
    """The numbers that administrators change (key, value, least, most, step)."""
    return rows_as(SettingRow, connection, "oversight/settings")


def state_names(connection: Connection) -> list[StateNameRow]:
    """The states of cases in their order (code, name_ms, name_en)."""
    return rows_as(StateNameRow, connection, "oversight/state_names")


def delegations(connection: Connection) -> list[DelegationRow]:
    """What was lent to whom, the newest first."""
    return rows_as(DelegationRow, connection, "oversight/delegations", row_limit=MOST_DELEGATIONS)


def acting_for(connection: Connection) -> list[LentRow]:
    """For whom the person asking acts now (display_name, areas, until_date)."""
    return rows_as(LentRow, connection, "oversight/acting_for")


def entries(connection: Connection, asked: Entries, *, limit: int, before: int | None = None) -> list[EntryRow]:
    """Entries of the audit log, the newest first; ``before`` is the entry that they come after in this order."""
    params = asdict(asked) | {"about": None if asked.about is None else list(asked.about)}
    return rows_as(EntryRow, connection, "oversight/entries", **params, row_limit=limit, before_id=before)


def count(connection: Connection, asked: Entries) -> int:
    """How many entries there are, counted up to one more than ``MOST_COUNTED``."""
    return len(entries(connection, asked, limit=MOST_COUNTED + 1))


def actions(connection: Connection) -> list[str]:
    """The actions there are in the audit log."""
    return [str(row["action"]) for row in rows_as(ActionRow, connection, "oversight/actions")]


def chain_state(connection: Connection) -> ChainRow | None:
    """The chain's length, newest hash and last verification; ``None`` for who may not read the log."""
    return row_as(ChainRow, connection, "oversight/state")
