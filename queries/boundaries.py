"""Sets of boundaries, the files that were sent to become such, and how far the work on them has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.boundaries import (
    AreaNameRow,
    BoundarySetRow,
    CatchmentPartRow,
    CatchmentRow,
    CatchmentStateRow,
    RemadeRow,
    SetOnRow,
    ShapeRow,
    StepRow,
    UploadListRow,
    UploadRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection


def sets(connection: Connection) -> list[BoundarySetRow]:
    """The sets by level, the active one first; columns as in ``boundaries/sets.sql``."""
    return rows_as(BoundarySetRow, connection, "boundaries/sets")


def set_on(connection: Connection, level: str, day: date) -> SetOnRow | None:
    """The set of a level that was in force on a day."""
    return row_as(SetOnRow, connection, "boundaries/set_on", level=level, on_day=day)


def remade(connection: Connection, former: int, *, level: str, within: str) -> list[RemadeRow]:
    """Which areas of a former set are others today, and which share of the land of each lies where."""
    return rows_as(RemadeRow, connection, "boundaries/remade", former_set=former, level=level, within=within)


def shapes(connection: Connection, former: int, *, within: str, plain: float) -> list[ShapeRow]:
    """The areas of a set inside an area with their shapes, no finer than so many degrees."""
    return rows_as(ShapeRow, connection, "boundaries/shapes", former_set=former, within=within, plain=plain)


def uploads(connection: Connection, *, limit: int) -> list[UploadListRow]:
    """Files that were sent, the latest first; columns as in ``boundaries/uploads.sql``."""
    return rows_as(UploadListRow, connection, "boundaries/uploads", row_limit=limit)


def upload(connection: Connection, upload_id: int) -> UploadRow | None:
    """One file that was sent; ``None`` where there is none to see."""
    return row_as(UploadRow, connection, "boundaries/upload", boundary_upload=upload_id)


def steps(connection: Connection, upload_id: int | None = None) -> list[StepRow]:
    """What waits or runs, of one file or of all; columns as in ``boundaries/steps.sql``."""
    return rows_as(StepRow, connection, "boundaries/steps", boundary_upload=upload_id)


def names(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """The names of areas by their codes, with the state's where that is not the area itself."""
    found = rows_as(AreaNameRow, connection, "boundaries/names", areas=sorted(set(codes)))
    return {
        row["area_code"]: row["area_name"] + (f", {row['state_name']}" if row["state_name"] != row["area_name"] else "")
        for row in found
    }


def catchments(connection: Connection) -> list[CatchmentRow]:
    """The catchments of offices with their shapes in force."""
    return rows_as(CatchmentRow, connection, "boundaries/catchments")


def catchment_parts(connection: Connection, state: str) -> list[CatchmentPartRow]:
    """The areas of a state that a catchment may be put together of."""
    return rows_as(CatchmentPartRow, connection, "boundaries/parts", code=state)


def states(connection: Connection) -> list[CatchmentStateRow]:
    """The states, by name."""
    return rows_as(CatchmentStateRow, connection, "boundaries/states")
