"""A sign-in that is half done: the password was right, and nothing opens before the rest is there too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from flask import session

from dashboard.signin import session as full_session
from dashboard.signin.session import principal_of
from queries import accounts
from registry import db
from registry.accounts import sessions

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from registry.accounts.sessions import BeginHalf
    from registry.principals import Principal

HALF: Final = "half"


@dataclass(frozen=True, slots=True)
class Half:
    """Whose sign-in is half done under a token, and what was shown so far."""

    token: str
    user: int
    factor: bool = False
    password: bool = True


def begin(connection: Connection, command: BeginHalf) -> Half:
    """Begin a half sign-in in a browser that keeps nothing else; a session that went on there has ended."""
    full_session.end(connection, why="replaced")
    token = sessions.begin_half(connection, command)
    session[HALF] = token
    return Half(token, command.user_id, factor=command.factor, password=command.password)


def with_factor(connection: Connection, half: Half) -> Half | None:
    """The same half sign-in with the second factor shown; ``None`` where it was used meanwhile, or is too old."""
    token = sessions.show_factor(connection, half.token)
    if token is None:
        return None
    session[HALF] = token
    return replace(half, token=token, factor=True)


def current(engine: Engine) -> tuple[Half, Principal] | None:
    """The half sign-in of this browser and whose it is; ``None`` where it is used up, too old, or the account changed.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    token = session.get(HALF)
    if not isinstance(token, str):
        return None
    with db.anonymous(engine) as connection:
        row = accounts.half_sign_in(connection, sessions.token_hash(token))
    if row is None:
        return None
    return Half(token, row["user_id"], factor=row["factor"], password=row["password"]), principal_of(row)
