"""Who may sign in, and what every page states about the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from queries.row_types.accounts import (
    DemoLoginRow,
    HalfSignInRow,
    OwnSessionRow,
    PrincipalRow,
    RegisterStateRow,
    SessionRow,
    SignInRow,
)
from queries.statements import row_as, rows_as, total

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

MOST_SESSIONS: Final = 50


@dataclass(frozen=True, slots=True)
class RegisterState:
    """Whether the register is the sample or empty, and the date of its last delivery or edit."""

    sample: bool
    empty: bool
    as_of: date | None


def sign_in_account(connection: Connection, login: str) -> SignInRow | None:
    """The account of ``login`` (user_id, login, display_name, role, territory, password_hash), where it is open."""
    return row_as(SignInRow, connection, "accounts/sign_in", login=login)


def account(connection: Connection, user_id: int) -> PrincipalRow | None:
    """The account of ``user_id`` (user_id, login, display_name, role, territory), where it is open."""
    return row_as(PrincipalRow, connection, "accounts/principal", user_id=user_id)


def session(connection: Connection, token_hash: bytes) -> SessionRow | None:
    """Who a token stands for, with ``goes_on`` and ``unseen_seconds``; ``None`` where its session has ended."""
    return row_as(SessionRow, connection, "accounts/session", token_hash=token_hash)


def half_sign_in(connection: Connection, token_hash: bytes) -> HalfSignInRow | None:
    """Whose sign-in is half done under a token, with ``factor`` and ``password``; ``None`` where none is."""
    return row_as(HalfSignInRow, connection, "accounts/half_sign_in", token_hash=token_hash)


def own_sessions(connection: Connection, token_hash: bytes) -> tuple[list[OwnSessionRow], int]:
    """The newest sessions of the person asking (session_id, own, begun_at, seen_at, browser, network), and how many."""
    found = rows_as(OwnSessionRow, connection, "accounts/own_sessions", token_hash=token_hash, row_limit=MOST_SESSIONS)
    return found, total(found)


def demo_accounts(connection: Connection) -> list[DemoLoginRow]:
    """The accounts of the sample register: login, display_name, role; none in a real one."""
    return rows_as(DemoLoginRow, connection, "accounts/demo_logins")


def register_state(connection: Connection) -> RegisterState:
    """What every page states about the register."""
    return RegisterState(**rows_as(RegisterStateRow, connection, "accounts/register_state")[0])
