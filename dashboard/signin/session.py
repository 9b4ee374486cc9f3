"""Who is signed in: a signed cookie holds a random token, the database says whose it is now and whether it goes on."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypedDict

from flask import g, has_request_context, session

from queries import accounts
from registry import db
from registry.accounts import sessions
from registry.principals import Permission, Principal, Role

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

TOKEN: Final = "token"  # noqa: S105 - the name under which it is kept
FORM_TOKEN: Final = "form"  # noqa: S105 - the name under which it is kept
_KNOWN: Final = "ekasih_principal"
_UNSEEN: Final = "ekasih_unseen"


@dataclass(frozen=True)
class SignedIn:
    """Answers who is signed in on the current request, asking the database once a request."""

    engine: Engine

    def __call__(self) -> Principal | None:
        """The person asking; ``None`` for nobody, for a session that has ended, and outside a request.

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
        token = held_token()
        if token is None:
            return None
        with db.anonymous(self.engine) as connection:
            row = accounts.session(connection, sessions.token_hash(token))
        if row is None:
            return None
        if not row["goes_on"]:
            with db.signing_in(self.engine) as connection:
                sessions.end_over(connection, token)
            return None
        setattr(g, _UNSEEN, float(row["unseen_seconds"]))
        return principal_of(row)


class AccountRow(TypedDict):
    """Whose account it is and what it may, as every statement that finds a person tells."""

    user_id: int
    login: str
    display_name: str
    role: str
    territory: list[str]
    permissions: list[str]


def principal_of(row: AccountRow) -> Principal:
    """The person of an account's row."""
    return Principal(
        user_id=row["user_id"],
        login=row["login"],
        name=row["display_name"],
        role=Role(row["role"]),
        territory=tuple(row["territory"]),
        granted=frozenset(Permission(name) for name in row["permissions"] if name in set(Permission)),
    )


def begin(principal: Principal, token: str) -> None:
    """Give the browser the token of its session, in a cookie that keeps nothing of an earlier one."""
    session.clear()
    session.permanent = True
    session[TOKEN] = token
    session[FORM_TOKEN] = secrets.token_urlsafe(24)
    setattr(g, _KNOWN, principal)


def known() -> Principal | None:
    """Who was found to be signed in on this request; ``None`` as well where nobody has asked."""
    found: Principal | None = getattr(g, _KNOWN, None)
    return found


def unseen_seconds() -> float:
    """How long ago the person of this request was noted to be there; nothing where nobody has asked."""
    return float(getattr(g, _UNSEEN, 0))


def has_begun() -> bool:
    """Whether the cookie of this request holds a sign-in, ended or not."""
    return TOKEN in session


def held_token() -> str | None:
    """The token of this browser's session, ended or not."""
    token = session.get(TOKEN)
    return token if isinstance(token, str) else None


def end(connection: Connection, *, why: str = "signed_out") -> None:
    """End this browser's session for good, wherever a copy of its cookie may be, and let the browser forget it."""
    token = held_token()
    if token is not None:
        sessions.end(connection, token, why=why)
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
