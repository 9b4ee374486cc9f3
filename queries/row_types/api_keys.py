"""Rows of the statements in ``queries/sql/api_keys``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class ConnectionKeyRow(TypedDict):
    """``api_keys/connections.sql``: one row per key."""

    key_id: int
    own: bool
    owner_name: str
    client_id: str
    name: str
    ending: str
    made_at: datetime
    expires_on: date
    last_used_at: datetime | None
    standing: str


class ApiKeyRow(TypedDict):
    """``api_keys/keys.sql``: one row per key."""

    key_id: int
    client_id: str
    name: str
    agency_ms: str
    agency_en: str
    office_ms: str | None
    office_en: str | None
    scopes: list[str]
    expires_on: date
    created_at: datetime
    standing: str
    last_used_at: datetime | None
    calls: int
    refused: int
    ending: str
    old_until: datetime | None
