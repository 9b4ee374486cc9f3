"""Commands that issue, change, rotate and revoke keys: for who administers the country, audited by the database."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.accounts.sessions import token_hash
from registry.errors import InvalidInput
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

SCOPES: Final = (
    "programmes.read", "aid.write", "aid.read", "needs.check", "targets.read", "applications.read",
    "applications.check", "applications.decide", "applications.deliver", "areas.read",
)  # fmt: skip
"""What a key may be given; what each opens stands in ``api_scopes()`` of the database."""
LONGEST_NAME: Final = 120
LONGEST_LIFE: Final = timedelta(days=731)
_ENDING: Final = 4
_ISSUE: Final = text("""
    SELECT ekasih.issue_api_key(:client, :name, :agency, CAST(:office AS text), CAST(:scopes AS text[]), :expires_on,
                                :hash, :ending)
""")
_CHANGE: Final = text("SELECT ekasih.change_api_key(:key, CAST(:scopes AS text[]), :expires_on)")
_ROTATE: Final = text("SELECT ekasih.rotate_api_key(:key, :hash, :ending, :at_once)")
_REVOKE: Final = text("SELECT ekasih.revoke_api_key(:key)")
_TODAY: Final = text("SELECT (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueKey:
    """A new key of an agency, or of one of its offices; it holds to the end of ``expires_on``."""

    name: str
    agency_id: int
    office_code: str | None
    scopes: tuple[str, ...]
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A key with the secret that is told once."""

    key_id: int
    client_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Rotated:
    """The new secret of a key, told once, and until when those before hold."""

    secret: str
    old_until: datetime


def issue_key(session: Session, command: IssueKey) -> Issued:
    """Issue a key; its secret is kept as a hash alone.

    Raises:
        NotPermitted: the acting user does not keep keys.
        InvalidInput: the name, the scopes or the day do not do, or the agency or office is none.

    """
    name = " ".join(command.name.split())
    problems = _problems(session, command.scopes, command.expires_on)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        problems["name"] = "name_needed"
    if problems:
        raise InvalidInput(problems)
    client_id, secret = f"ek-{secrets.token_hex(8)}", new_secret()
    values = {"client": client_id, "name": name, "agency": command.agency_id, "office": command.office_code or None}
    values |= {"scopes": _ordered(command.scopes), "expires_on": command.expires_on, **_kept(secret)}
    with refusals_named(session):
        key_id = int(session.execute(_ISSUE, values).scalar_one())
    return Issued(key_id, client_id, secret)


def change_key(session: Session, key_id: int, *, scopes: tuple[str, ...], expires_on: date | None) -> None:
    """Give a key other scopes or another last day.

    Raises:
        NotPermitted, NotFound, ApiKeyOver: as they say.
        InvalidInput: the scopes or the day do not do.

    """
    if problems := _problems(session, scopes, expires_on):
        raise InvalidInput(problems)
    with refusals_named(session):
        session.execute(_CHANGE, {"key": key_id, "scopes": _ordered(scopes), "expires_on": expires_on})


def rotate_key(session: Session, key_id: int, *, at_once: bool = False) -> Rotated:
    """Make another secret for a key; those before hold for the hours of the setting ``api.rotate_hours``, or end now.

    Raises:
        NotPermitted, NotFound, ApiKeyOver: as they say.

    """
    secret = new_secret()
    with refusals_named(session):
        until = session.execute(_ROTATE, {"key": key_id, "at_once": at_once, **_kept(secret)}).scalar_one()
    return Rotated(secret, until)


def revoke_key(session: Session, key_id: int) -> None:
    """End a key at once, with every token that was given for it.

    Raises:
        NotPermitted, NotFound, ApiKeyOver: as they say.

    """
    with refusals_named(session):
        session.execute(_REVOKE, {"key": key_id})


def new_secret() -> str:
    """A secret of 256 random bits, which needs no salt."""
    return f"eks_{secrets.token_urlsafe(32)}"


def _kept(secret: str) -> dict[str, object]:
    return {"hash": token_hash(secret), "ending": secret[-_ENDING:]}


def _problems(session: Session, scopes: Iterable[str], expires_on: date | None) -> dict[str, str]:
    problems: dict[str, str] = {}
    asked = set(scopes)
    if not asked or not asked <= set(SCOPES):
        problems["scopes"] = "api_key_scopes"
    today: date = session.execute(_TODAY).scalar_one()
    if expires_on is None or not today <= expires_on <= today + LONGEST_LIFE:
        problems["expires_on"] = "api_key_days"
    return problems


def _ordered(scopes: Iterable[str]) -> list[str]:
    asked = set(scopes)
    return [scope for scope in SCOPES if scope in asked]
