"""Rows of the statements in ``queries/sql/changes``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class PastRow(TypedDict):
    """A row of ``changes/as_of.sql``."""

    file_no: str
    record: Any | None
    state_name: str | None
    district_name: str | None
    mukim_name: str | None


class RequestRow(TypedDict):
    """``changes/requests.sql``: one row per request; total counts all of the state."""

    request_id: int
    household_id: int
    file_no: str
    head_name: str
    district_name: str
    version: int
    seen_version: int
    kind: str
    before: Any
    after: Any
    effect: Any
    note: str | None
    state: str
    direct: bool
    requested_by: int | None
    requester: str | None
    requested_at: datetime
    decider: str | None
    decided_at: datetime | None
    reason: str | None
    total: int


class VersionRow(TypedDict):
    """``changes/versions.sql``: one row per version and day from which it holds."""

    version: int
    valid_from: date
    known_from: datetime
    cause: str
    actor: str
