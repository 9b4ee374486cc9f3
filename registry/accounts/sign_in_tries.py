"""Tries at a sign-in: each is counted by the database before it is judged, and stays counted where it was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import text

from registry.accounts.sessions import token_hash

if TYPE_CHECKING:
    from sqlalchemy import Connection

Kind = Literal["password", "code"]
_TAKE = text("SELECT number, wait_seconds FROM ekasih.take_sign_in_try(:kind, :login, :place, :browser)")
_REFUSE = text("SELECT ekasih.refuse_sign_in_try(:number, :login)")
_FORGIVE = text("SELECT ekasih.forgive_sign_in_try(:number)")
_PROVIDER = text("SELECT ekasih.note_provider_refusal()")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a try comes from: a network, and the token of a browser that somebody has signed in with."""

    place: str
    browser: str | None = None


@dataclass(frozen=True, slots=True)
class Try:
    """A try at a name that may be judged, or how many seconds to wait for one."""

    login: str
    number: int | None
    wait_seconds: float

    @property
    def wait_minutes(self) -> int:
        """Whole minutes to tell a person to wait; 0 where the try may be judged."""
        return 0 if self.number is not None else int(self.wait_seconds // 60) + 1


def take_try(connection: Connection, kind: Kind, login: str, origin: Origin) -> Try:
    """Take a try; what is taken counts as refused for every process as soon as the transaction is over."""
    browser = None if origin.browser is None else token_hash(origin.browser)
    given = {"kind": kind, "login": login, "place": origin.place, "browser": browser}
    row = connection.execute(_TAKE, given).one()
    return Try(login, row.number, float(row.wait_seconds))


def refuse(connection: Connection, taken: Try) -> None:
    """Write down that a try was wrong; it stays counted."""
    connection.execute(_REFUSE, {"number": taken.number, "login": taken.login})


def forgive(connection: Connection, taken: Try) -> None:
    """Count a try for nothing: it was right, or was not judged after all."""
    connection.execute(_FORGIVE, {"number": taken.number})


def note_provider_refusal(connection: Connection) -> None:
    """Write down that the identity provider vouched for somebody who has no account."""
    connection.execute(_PROVIDER)
