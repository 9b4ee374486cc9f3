"""Deliveries: what was sent on screen, how far it has come, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from queries.statements import frame, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from sqlalchemy import Connection


def uploads(connection: Connection, *, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """What was sent on screen, the latest first; columns as in ``deliveries/uploads.sql``."""
    return rows(connection, "deliveries/uploads", row_limit=limit, row_offset=offset)


def upload(connection: Connection, upload_id: int) -> dict[str, Any] | None:
    """One upload; ``None`` where there is none to see."""
    return next(iter(rows(connection, "deliveries/upload", upload=upload_id)), None)


def step(connection: Connection, upload_id: int) -> dict[str, Any] | None:
    """How far the work on an upload has come; ``None`` where there is none to see."""
    return next(iter(rows(connection, "deliveries/step", upload=upload_id)), None)


def imported(connection: Connection, *, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """Deliveries whose reports may be seen; columns as in ``deliveries/imported.sql``."""
    return rows(connection, "deliveries/imported", row_limit=limit, row_offset=offset)


def districts(connection: Connection, states: Iterable[str]) -> pd.DataFrame:
    """The districts of states: ``area_code``, ``area_name``, ``state_code``, ``state_name``."""
    return frame(connection, "deliveries/districts", states=sorted(states))
