"""Deliveries: what was sent on screen, how far it has come, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.deliveries import DeliveryRow, StepRow, UploadListRow, UploadRow
from queries.statements import frame, row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from sqlalchemy import Connection


def uploads(connection: Connection, *, limit: int, offset: int = 0) -> list[UploadListRow]:
    """What was sent on screen, the latest first; columns as in ``deliveries/uploads.sql``."""
    return rows_as(UploadListRow, connection, "deliveries/uploads", row_limit=limit, row_offset=offset)


def upload(connection: Connection, upload_id: int) -> UploadRow | None:
    """One upload; ``None`` where there is none to see."""
    return row_as(UploadRow, connection, "deliveries/upload", upload=upload_id)


def step(connection: Connection, upload_id: int) -> StepRow | None:
    """How far the work on an upload has come; ``None`` where there is none to see."""
    return row_as(StepRow, connection, "deliveries/step", upload=upload_id)


def imported(connection: Connection, *, limit: int, offset: int = 0) -> list[DeliveryRow]:
    """Deliveries whose reports may be seen; columns as in ``deliveries/imported.sql``."""
    return rows_as(DeliveryRow, connection, "deliveries/imported", row_limit=limit, row_offset=offset)


def districts(connection: Connection, states: Iterable[str]) -> pd.DataFrame:
    """The districts of states: ``area_code``, ``area_name``, ``state_code``, ``state_name``."""
    return frame(connection, "deliveries/districts", states=sorted(states))
