"""Reads the keys of programs, for who keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.row_types.api_keys import ApiKeyRow, ConnectionKeyRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST: Final = 500


def keys(conn: Connection) -> list[ApiKeyRow]:
    """The keys, those that hold first, up to :data:`MOST`."""
    return rows_as(ApiKeyRow, conn, "api_keys/keys", row_limit=MOST)


def connections(conn: Connection) -> list[ConnectionKeyRow]:
    """The keys for tools of who asks, the newest first; for who keeps keys, those of others that hold as well."""
    return rows_as(ConnectionKeyRow, conn, "api_keys/connections")
