"""Rows of the statements in ``queries/sql/start``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date


class OfficeStepRow(TypedDict):
    """``start/office_flow.sql``: one row per kind of work."""

    step: str
    waiting: int
    late: int
    oldest_on: date | None


class HappenedRow(TypedDict):
    """``start/since.sql``: one row per kind of which something happened."""

    kind: str
    happened: int


class WaitingRow(TypedDict):
    """``start/waiting.sql``: one row per kind of which something waits."""

    kind: str
    waiting: int
    oldest_on: date | None
