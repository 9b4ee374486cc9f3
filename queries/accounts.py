"""Who may sign in, and what every page states about the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from queries.statements import rows

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

Row = dict[str, Any]

MOST_SESSIONS: Final = 50


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


def session(connection: Connection, token_hash: bytes) -> Row | None:
    """Who a token stands for, with ``goes_on`` and ``unseen_seconds``; ``None`` where its session has ended."""
    return next(iter(rows(connection, "accounts/session", token_hash=token_hash)), None)


def half_sign_in(connection: Connection, token_hash: bytes) -> Row | None:
    """Whose sign-in is half done under a token, with ``factor`` and ``password``; ``None`` where none is."""
    return next(iter(rows(connection, "accounts/half_sign_in", token_hash=token_hash)), None)


def own_sessions(connection: Connection, token_hash: bytes) -> tuple[list[Row], int]:
    """The newest sessions of the person asking (session_id, own, begun_at, seen_at, browser, network), and how many."""
    found = rows(connection, "accounts/own_sessions", token_hash=token_hash, row_limit=MOST_SESSIONS)
    return found, int(found[0]["total"]) if found else 0


def demo_accounts(connection: Connection) -> list[Row]:
    """The accounts of the sample register: login, display_name, role; none in a real one."""
    return rows(connection, "accounts/demo_logins")


def register_state(connection: Connection) -> RegisterState:
    """What every page states about the register."""
    return RegisterState(**rows(connection, "accounts/register_state")[0])
