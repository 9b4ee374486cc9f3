"""Deliveries: what was sent on screen, how far it has come, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.deliveries import (
    AidInUploadRow,
    AidReceivedRow,
    DeliveryRow,
    ProgrammeNameRow,
    StepRow,
    UploadListRow,
    UploadRow,
)
from queries.statements import frame, row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from sqlalchemy import Connection


def uploads(
    connection: Connection, *, limit: int, offset: int = 0, layout: str = "birm"
) -> list[UploadListRow]:
    """What was sent on screen of a layout, the latest first; columns as in ``deliveries/uploads.sql``."""
    return rows_as(UploadListRow, connection, "deliveries/uploads", layout=layout, row_limit=limit, row_offset=offset)


def upload(connection: Connection, upload_id: int, *, layout: str = "birm") -> UploadRow | None:
    """One upload of a layout; ``None`` where there is none to see."""
    return row_as(UploadRow, connection, "deliveries/upload", layout=layout, upload=upload_id)


def step(connection: Connection, upload_id: int) -> StepRow | None:
    """How far the work on an upload has come; ``None`` where there is none to see."""
    return row_as(StepRow, connection, "deliveries/step", upload=upload_id)


def imported(connection: Connection, *, limit: int, offset: int = 0) -> list[DeliveryRow]:
    """Deliveries whose reports may be seen; columns as in ``deliveries/imported.sql``."""
    return rows_as(DeliveryRow, connection, "deliveries/imported", row_limit=limit, row_offset=offset)


def districts(connection: Connection, states: Iterable[str]) -> pd.DataFrame:
    """The districts of states: ``area_code``, ``area_name``, ``state_code``, ``state_name``."""
    return frame(connection, "deliveries/districts", states=sorted(states))


def aid_received(connection: Connection, *, limit: int, offset: int = 0) -> list[AidReceivedRow]:
    """Deliveries of aid in the register, with what is still held; columns as in ``deliveries/aid_received.sql``."""
    return rows_as(AidReceivedRow, connection, "deliveries/aid_received", row_limit=limit, row_offset=offset)


def aid_in_upload(connection: Connection, upload_id: int) -> list[int]:
    """The numbers of the deliveries of aid that came with an upload."""
    rows = rows_as(AidInUploadRow, connection, "deliveries/aid_in_upload", upload=upload_id)
    return [row["delivery_id"] for row in rows]


def programmes(connection: Connection, codes: Iterable[str]) -> list[ProgrammeNameRow]:
    """What programmes are called, by their codes."""
    return rows_as(ProgrammeNameRow, connection, "deliveries/programmes", codes=sorted(codes))
