"""Target groups, what they are put together from, and the lists that were frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.targets import (
    AreaNameRow,
    ChoiceRow,
    MukimChoiceRow,
    OwnTargetRow,
    TargetGroupRow,
    TargetListRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection


def groups(connection: Connection, *, limit: int) -> list[TargetListRow]:
    """Target groups that may be seen, those that wait for a decision first."""
    return rows_as(TargetListRow, connection, "targets/groups", row_limit=limit)


def group(connection: Connection, group_id: int) -> TargetGroupRow | None:
    """One target group; ``None`` where there is none to see."""
    return row_as(TargetGroupRow, connection, "targets/group", target_group=group_id)


def own(conn: Connection, *, after: int, limit: int) -> list[OwnTargetRow]:
    """Target groups of the own agency whose list was asked for, by number, after one of them."""
    return rows_as(OwnTargetRow, conn, "targets/own", after_id=after, row_limit=limit)


def choices(connection: Connection) -> list[ChoiceRow]:
    """Areas, needs and agencies that a group can be put together from."""
    return rows_as(ChoiceRow, connection, "targets/choices")


def mukims(connection: Connection) -> list[MukimChoiceRow]:
    """The mukim of the own districts: code, name, district_name."""
    return rows_as(MukimChoiceRow, connection, "targets/mukims")


def area_names(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """The names of areas by code."""
    rows = rows_as(AreaNameRow, connection, "targets/names", codes=sorted(set(codes)))
    return {row["code"]: row["name"] for row in rows}
