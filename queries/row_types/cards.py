"""Rows of the statements in ``queries/sql/cards``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class CardRow(TypedDict):
    """``cards/cards.sql``: one row per card."""

    card_id: int
    number: str
    request_id: int
    request_number: str | None
    household_id: int | None
    file_no: str | None
    head_name: str | None
    id_no: str | None
    id_kind: str | None
    district_name: str
    state_name: str
    issued_on: date
    valid_until: date
    state: str
    standing: str
    ended_at: datetime | None
    ended_reason: str | None
    printed_at: datetime | None
    version: int
    total: int


class RequestRow(TypedDict):
    """``cards/request.sql``: one row, or none where there is no such request for the acting user."""

    request_id: int
    number: str
    requested_at: datetime
    own: bool
    agency: str
    purpose: str
    state_code: str
    state_name: str
    file_numbers: list[str]
    not_found: list[str]
    state: str
    reason: str | None
    decided_at: datetime | None
    issued_at: datetime | None
    version: int


class RequestListRow(TypedDict):
    """``cards/requests.sql``: one row per request."""

    request_id: int
    number: str
    requested_at: datetime
    agency: str
    state_code: str
    state_name: str
    asked: int
    not_found: list[str]
    state: str
    reason: str | None
    decided_at: datetime | None
    issued_at: datetime | None
    total: int


class StateRow(TypedDict):
    """``cards/states.sql``: one row per state."""

    code: str
    name: str
