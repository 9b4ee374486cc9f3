"""Sessions of people who signed in: begun, noted, ended; the database holds hashes of the tokens that browsers hold."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.errors import NotFound

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

KNOWN_DAYS: Final = 180
"""For how long a browser is known without a sign-in; the database forgets it then."""
_BEGIN_HALF = text("SELECT ekasih.begin_half_sign_in(:user_id, :version, :token, :factor, :password)")
_SHOW_FACTOR = text("SELECT ekasih.show_factor(:token, :next)")
_OPEN = text("SELECT ekasih.open_session(:half, :token, :lasts, :idles, :browser, :network)")
_KNOW = text("SELECT ekasih.know_browser(:user_id, :place, :old, :new)")
_TOUCH = text("SELECT ekasih.touch_session(:token)")
_END = text("SELECT ekasih.end_session(:token, :why)")
_END_OVER = text("SELECT ekasih.end_sessions_over(:token)")
_KEEP = text("SELECT ekasih.keep_session(:token, :next)")
_END_OWN = text("SELECT ekasih.end_own_sessions(:session_id, :token)")
_END_OF = text("SELECT ekasih.end_sessions_of(:user_id)")
_END_EVERY = text("SELECT ekasih.end_every_session(:user_id)")
_SWEEP = text("SELECT ekasih.sweep_sessions()")


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginHalf:
    """A half sign-in of an account at a version: whether a factor was shown, and whether a password was."""

    user_id: int
    version: int
    factor: bool
    password: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """The session that ``half`` opens: how long it lasts at most and when idle, and where it is."""

    user_id: int
    half: str
    lasts: timedelta
    idles: timedelta
    browser: str
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowBrowser:
    """Somebody came in with a browser, from a place; ``token`` is what it showed, ``None`` for a new one."""

    user_id: int
    place: str
    token: str | None


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """A token as the database holds it: of 256 random bits, which need no salt."""
    return hashlib.sha256(token.encode()).digest()


def begin_half(connection: Connection, command: BeginHalf) -> str:
    """Begin a half sign-in; answers its token."""
    token = new_token()
    given = {"user_id": command.user_id, "version": command.version, "token": token_hash(token)}
    connection.execute(_BEGIN_HALF, given | {"factor": command.factor, "password": command.password})
    return token


def show_factor(connection: Connection, token: str) -> str | None:
    """The half sign-in with its factor shown, under another token; ``None`` where it is used up or too old."""
    after = new_token()
    given = {"token": token_hash(token), "next": token_hash(after)}
    return after if connection.execute(_SHOW_FACTOR, given).scalar_one() else None


def open_session(connection: Connection, command: OpenSession) -> str | None:
    """Use a half sign-in up and open its session; ``None`` where it was used before, is too old or asks for more."""
    token = new_token()
    given = {"half": token_hash(command.half), "token": token_hash(token), "lasts": command.lasts}
    where = {"idles": command.idles, "browser": command.browser, "network": command.network}
    return token if connection.execute(_OPEN, given | where).scalar_one() else None


def know_browser(connection: Connection, command: KnowBrowser) -> str:
    """Know a browser from now on, and forget what was refused to its person there; answers its new token."""
    after = new_token()
    old = None if command.token is None else token_hash(command.token)
    given = {"user_id": command.user_id, "place": command.place, "old": old, "new": token_hash(after)}
    connection.execute(_KNOW, given)
    return after


def touch(connection: Connection, token: str) -> None:
    """Note that somebody is there."""
    connection.execute(_TOUCH, {"token": token_hash(token)})


def end(connection: Connection, token: str, *, why: str = "signed_out") -> None:
    """End the session of a browser: ``signed_out``, or ``replaced`` by another sign-in there."""
    connection.execute(_END, {"token": token_hash(token), "why": why})


def end_over(connection: Connection, token: str) -> None:
    """Write the end of a session down that time has ended."""
    connection.execute(_END_OVER, {"token": token_hash(token)})


def keep(session: Session, token: str, *, half: bool) -> str:
    """Keep this browser's session over a change of the acting person's password; answers its token from then on.

    A half sign-in keeps its token: the session that it opens has another one.
    """
    after = token if half else new_token()
    session.execute(_KEEP, {"token": token_hash(token), "next": token_hash(after)})
    return after


def end_own(session: Session, token: str, session_id: int | None = None) -> int:
    """End one of the acting person's other sessions, or all of them; answers how many that were."""
    return int(session.execute(_END_OWN, {"session_id": session_id, "token": token_hash(token)}).scalar_one())


def end_sessions_of(session: Session, user_id: int) -> int:
    """End every session of an account, for an administrator; answers how many. Its browsers are strangers again.

    Raises:
        NotFound: there is no such account.
        sqlalchemy.exc.ProgrammingError: the acting user is no administrator.

    """
    ended = session.execute(_END_OF, {"user_id": user_id}).scalar_one()
    if ended is None:
        raise NotFound
    return int(ended)


def end_sessions_of_login(connection: Connection, login: str) -> int:
    """End every session of ``login``, for who owns the register; answers how many.

    Raises:
        NotFound: there is no such account.

    """
    user_id = connection.scalar(select(AppUser.id).where(AppUser.login == login.strip().lower()))
    if user_id is None:
        raise NotFound
    return int(connection.execute(_END_EVERY, {"user_id": user_id}).scalar_one())


def sweep(connection: Connection) -> int:
    """End what time has ended and forget what nobody needs, for who owns the register; answers how many ended."""
    return int(connection.execute(_SWEEP).scalar_one())
