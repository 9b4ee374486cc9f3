"""Tokens that programs get for the secret of their key, and who stands behind one; the database holds hashes alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.accounts.sessions import token_hash
from registry.errors import RegistryError
from registry.principals import Permission, Principal, Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEY: Final = text("SELECT key_id, secret_id, scopes, token_minutes FROM ekasih.api_key_of(:client, :hash)")
_KEEP: Final = text("SELECT ekasih.keep_api_token(:secret, :hash, CAST(:scopes AS text[]), :seconds)")
_CALLER: Final = text("SELECT * FROM ekasih.api_caller(:hash)")
_IS_TOKEN: Final = text("SELECT ekasih.is_api_token(:hash)")
_END: Final = text("SELECT ekasih.end_api_token(:key, :hash)")


class TooManyTokens(RegistryError):
    """The key was given many tokens within a minute: one lasts longer."""

    key = "too_many_tokens"


@dataclass(frozen=True, slots=True)
class Key:
    """A key whose secret was shown."""

    key_id: int
    secret_id: int
    scopes: tuple[str, ...]
    token_seconds: int


@dataclass(frozen=True, slots=True)
class Caller:
    """The program behind a token: as whom it acts, what the token opens, and how many calls are left this minute.

    ``wait_seconds``: it has had its turns, and waits so long.
    """

    principal: Principal
    agency_code: str
    scopes: frozenset[str]
    wait_seconds: float
    most: int
    turns_left: int


def key_of(connection: Connection, client_id: str, secret: str) -> Key | None:
    """The key of a client id, where the secret is one of its own and both hold."""
    row = connection.execute(_KEY, {"client": client_id, "hash": token_hash(secret)}).one_or_none()
    return None if row is None else Key(row.key_id, row.secret_id, tuple(row.scopes), row.token_minutes * 60)


def keep_token(connection: Connection, key: Key, token: str, scopes: tuple[str, ...]) -> None:
    """Keep a token that is given for a secret.

    Raises:
        TooManyTokens: there were many within a minute.

    """
    given = {"secret": key.secret_id, "hash": token_hash(token), "scopes": list(scopes), "seconds": key.token_seconds}
    if not connection.execute(_KEEP, given).scalar_one():
        raise TooManyTokens


def end_token(connection: Connection, key: Key, token: str) -> None:
    """End a token of a key; another's, or none, is left as it is."""
    connection.execute(_END, {"key": key.key_id, "hash": token_hash(token)})


def caller_of(connection: Connection, token: str) -> Caller | None:
    """Who asks by a token, counted as one call; ``None`` where it is none, is over, or its key is."""
    row = connection.execute(_CALLER, {"hash": token_hash(token)}).one_or_none()
    if row is None:
        return None
    principal = Principal(
        user_id=row.user_id,
        login=row.login,
        name=row.display_name,
        role=Role(row.role),
        territory=tuple(row.territory),
        granted=frozenset(Permission(name) for name in row.permissions if name in set(Permission)),
    )
    return Caller(
        principal, row.agency_code, frozenset(row.scopes), float(row.wait_seconds), int(row.most), int(row.turns_left)
    )


def is_token(connection: Connection, token: str) -> bool:
    """Whether a token is one that holds; asking is no call."""
    return bool(connection.execute(_IS_TOKEN, {"hash": token_hash(token)}).scalar_one())
