"""Rows of the statements in ``queries/sql/effects``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date


class EffectRow(TypedDict):
    """``effects/rows.sql``: one row per programme and half-year."""

    programme_code: str
    name_ms: str
    name_en: str
    agency_code: str
    begins: date
    ends: date
    measured_on: date
    figures: Any
