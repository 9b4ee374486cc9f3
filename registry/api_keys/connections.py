"""Keys by which people connect their own tools, and who stands behind an id and a secret."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.accounts.sessions import token_hash
from registry.api_keys.administration import new_secret
from registry.errors import InvalidInput
from registry.principals import Permission, Principal, Role
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

LONGEST_NAME: Final = 60
DAYS: Final = 90
_ENDING: Final = 4
_MAKE: Final = text("SELECT ekasih.make_connection_key(:client, :name, :hash, :ending, :days)")
_END: Final = text("SELECT ekasih.end_connection_key(:key)")
_OF: Final = text("SELECT * FROM ekasih.connection_of(:client, :hash)")


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key with the secret that is told once, and the last day on which it holds."""

    client_id: str
    secret: str
    expires_on: date


def make_key(session: Session, name: str) -> MadeKey:
    """Make a key of who acts; its secret is kept as a hash alone.

    Raises:
        InvalidInput: the name does not do.
        ConnectionKeysMany: there are as many as one may have.

    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidInput({"name": "name_needed"})
    client, secret = f"ekp-{secrets.token_hex(8)}", new_secret()
    given = {"client": client, "name": name, "hash": token_hash(secret), "ending": secret[-_ENDING:], "days": DAYS}
    with refusals_named(session):
        until: date = session.execute(_MAKE, given).scalar_one()
    return MadeKey(client, secret, until)


def end_key(session: Session, key_id: int) -> None:
    """End a key at once.

    Raises:
        NotFound: it is none of who acts, or ended before.

    """
    with refusals_named(session):
        session.execute(_END, {"key": key_id})


def person_of(connection: Connection, client_id: str, secret: str) -> Principal | None:
    """Who stands behind an id and its secret: a person's own key, or an agency's that may read areas."""
    row = connection.execute(_OF, {"client": client_id, "hash": token_hash(secret)}).one_or_none()
    if row is None:
        return None
    return Principal(
        user_id=row.user_id,
        login=row.login,
        name=row.display_name,
        role=Role(row.role),
        territory=tuple(row.territory),
        granted=frozenset(Permission(name) for name in row.permissions if name in set(Permission)),
    )
