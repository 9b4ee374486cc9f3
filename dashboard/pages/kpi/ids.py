"""Ids of the KPI page."""

from __future__ import annotations

from typing import Final

VIEW: Final = "kpi-view"
BODY: Final = "kpi-body"
