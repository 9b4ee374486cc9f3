"""Who may sign in, and what every page states about the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from queries.statements import rows

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RegisterState:
    """Whether the register is the sample or empty, and the date of its last delivery or edit."""

    sample: bool
    empty: bool
    as_of: date | None


def sign_in_account(connection: Connection, login: str) -> Row | None:
    """The account of ``login`` (user_id, login, display_name, role, territory, password_hash), where it is open."""
    return next(iter(rows(connection, "accounts/sign_in", login=login)), None)


def account(connection: Connection, user_id: int) -> Row | None:
    """The account of ``user_id`` (user_id, login, display_name, role, territory), where it is open."""
    return next(iter(rows(connection, "accounts/principal", user_id=user_id)), None)


def demo_accounts(connection: Connection) -> list[Row]:
    """The accounts of the sample register: login, display_name, role; none in a real one."""
    return rows(connection, "accounts/demo_logins")


def register_state(connection: Connection) -> RegisterState:
    """What every page states about the register."""
    return RegisterState(**rows(connection, "accounts/register_state")[0])
