"""Rows of the statements in ``queries/sql/accounts``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class DemoLoginRow(TypedDict):
    """``accounts/demo_logins.sql``: one row per account."""

    login: str
    display_name: str
    role: str


class HalfSignInRow(TypedDict):
    """``accounts/half_sign_in.sql``: at most one row."""

    user_id: int
    login: str
    display_name: str
    role: str
    territory: list[str]
    permissions: list[str]
    factor: bool
    password: bool


class LastHereRow(TypedDict):
    """``accounts/last_here.sql``: at most one row."""

    seen_at: datetime


class OwnSessionRow(TypedDict):
    """``accounts/own_sessions.sql``: one row per session."""

    session_id: int
    own: bool
    begun_at: datetime
    seen_at: datetime
    browser: str
    network: str
    total: int


class PrincipalRow(TypedDict):
    """``accounts/principal.sql``: at most one row."""

    user_id: int
    login: str
    display_name: str
    role: str
    territory: list[str]
    permissions: list[str]
    session_version: int


class RegisterStateRow(TypedDict):
    """``accounts/register_state.sql``: one row."""

    sample: bool
    empty: bool
    as_of: date | None


class SessionRow(TypedDict):
    """``accounts/session.sql``: at most one row."""

    user_id: int
    login: str
    display_name: str
    role: str
    territory: list[str]
    permissions: list[str]
    goes_on: bool
    unseen_seconds: float


class SignInRow(TypedDict):
    """``accounts/sign_in.sql``: at most one row."""

    user_id: int
    login: str
    display_name: str
    role: str
    territory: list[str]
    permissions: list[str]
    session_version: int
    password_hash: str
