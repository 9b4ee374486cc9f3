"""A sign-in that is half done: the password was right, and nothing opens before the rest is there too."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from flask import session

from dashboard.session import principal_of
from queries import accounts
from registry import db

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from registry.principals import Principal

HALF: Final = "half"
SECONDS: Final = 5 * 60


@dataclass(frozen=True, slots=True)
class Half:
    """Whose sign-in is half done, since when, for which version of the account, and what was shown so far."""

    user: int
    since: int
    version: int
    factor: bool = False
    password: bool = True

    @property
    def age(self) -> float:
        """Seconds since it began."""
        return time.time() - self.since


def begin(user_id: int, *, version: int, factor: bool = False, password: bool = True) -> Half:
    """Keep a half sign-in in a session that holds nothing else; ``password``: that is how it was begun."""
    half = Half(user_id, int(time.time()), version, factor=factor, password=password)
    session.clear()
    _keep(half)
    return half


def with_factor(half: Half) -> Half:
    """The same half sign-in, with the second factor shown."""
    shown = replace(half, since=int(time.time()), factor=True)
    _keep(shown)
    return shown


def of_version(half: Half, version: int) -> Half:
    """The same half sign-in, for another version of the account."""
    return replace(half, version=version)


def current(engine: Engine) -> tuple[Half, Principal] | None:
    """The half sign-in of this session and whose it is; ``None`` where it is too old or the account has changed.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    kept = session.get(HALF)
    if not isinstance(kept, dict):
        return None
    half = Half(**kept)
    if not 0 <= half.age <= SECONDS:
        return None
    with db.anonymous(engine) as connection:
        row = accounts.account(connection, half.user)
    if row is None or row["session_version"] != half.version:
        return None
    return half, principal_of(row)


def _keep(half: Half) -> None:
    session[HALF] = asdict(half)
