"""Who is signed in: a signed cookie holds the account's number, the database says who that is now."""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import current_app, g, has_request_context, request, session
from itsdangerous import BadSignature, TimestampSigner

from queries import accounts
from registry import db
from registry.principals import Permission, Principal, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sqlalchemy import Engine

USER: Final = "user"
SINCE: Final = "since"
VERSION: Final = "version"
FORM_TOKEN: Final = "form"  # noqa: S105 - the name under which it is kept
# a cookie of its own, which an answer that arrives late cannot bring an ended session back with
SEEN_COOKIE: Final = "ekasih_masa"
_KNOWN: Final = "ekasih_principal"


@dataclass(frozen=True)
class SignedIn:
    """Answers who is signed in on the current request, asking the database once a request.

    A sign-in lasts ``hours`` from the moment it was made, whatever happens meanwhile, and ends earlier after
    ``idle_minutes`` in which nothing was done.
    """

    engine: Engine
    hours: int
    idle_minutes: int = 30

    def __call__(self) -> Principal | None:
        """The person asking; ``None`` for nobody, for an account since closed, and outside a request.

        Raises:
            DatabaseAway: the server cannot be reached.

        """
        if not has_request_context():
            return None
        if not hasattr(g, _KNOWN):
            setattr(g, _KNOWN, self._found())
        found: Principal | None = getattr(g, _KNOWN)
        return found

    def _found(self) -> Principal | None:
        user_id, since = session.get(USER), session.get(SINCE)
        if not isinstance(user_id, int) or not isinstance(since, int):
            return None
        if not 0 <= time.time() - since <= self.hours * 3600:
            return None
        if time.time() - last_seen() > self.idle_minutes * 60:
            return None
        with db.anonymous(self.engine) as connection:
            row = accounts.account(connection, user_id)
        if row is None or row["session_version"] != session.get(VERSION):
            return None
        return principal_of(row)


def principal_of(row: Mapping[str, Any]) -> Principal:
    """The person of an account's row."""
    return Principal(
        user_id=row["user_id"],
        login=row["login"],
        name=row["display_name"],
        role=Role(row["role"]),
        territory=tuple(row["territory"]),
        granted=frozenset(Permission(name) for name in row["permissions"] if name in set(Permission)),
    )


def begin(principal: Principal, *, version: int) -> None:
    """Sign a person in, in a session that keeps nothing of an earlier one and ends with this version of the account."""
    session.clear()
    session.permanent = True
    session[USER] = principal.user_id
    session[SINCE] = int(time.time())
    session[VERSION] = version
    session[FORM_TOKEN] = secrets.token_urlsafe(24)
    setattr(g, _KNOWN, principal)


def known() -> Principal | None:
    """Who was found to be signed in on this request; ``None`` as well where nobody has asked."""
    found: Principal | None = getattr(g, _KNOWN, None)
    return found


def has_begun() -> bool:
    """Whether the cookie of this request holds a sign-in, ended or not."""
    return USER in session


def last_seen() -> int:
    """When the person of this session was seen last: at the sign-in, where no stamp of this session is newer."""
    since = int(session[SINCE])
    try:
        whose, at = _signer().unsign(request.cookies.get(SEEN_COOKIE, ""), return_timestamp=True)
    except BadSignature:
        return since
    return max(since, int(at.timestamp())) if whose.decode() == _whose() else since


def seen_stamp() -> str:
    """That the person of this session was seen now, for ``SEEN_COOKIE``."""
    return _signer().sign(_whose()).decode()


def end() -> None:
    """Sign out."""
    session.clear()
    setattr(g, _KNOWN, None)


def form_token() -> str:
    """What a form of this session must send back, so that no other site can send it."""
    if FORM_TOKEN not in session:
        session[FORM_TOKEN] = secrets.token_urlsafe(24)
    return str(session[FORM_TOKEN])


def form_token_holds(sent: str) -> bool:
    """Whether a form was made for this session."""
    return hmac.compare_digest(str(session.get(FORM_TOKEN, "")).encode(), sent.encode()) and bool(sent)


def _signer() -> TimestampSigner:
    return TimestampSigner(str(current_app.secret_key), salt="ekasih seen")


def _whose() -> str:
    return f"{session[USER]}-{session[SINCE]}"
