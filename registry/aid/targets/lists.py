"""The households of a frozen list, for whom it was approved, until it closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from sqlalchemy import Connection

STEP: Final = 5_000
_LIST: Final = text("SELECT * FROM target_list(:group, :after, :most)")
_POINTS: Final = text("""
    SELECT lon, lat, n, tegar, miskin, mudah_miskin, terkeluar, status, accuracy_m, together, total
    FROM target_points(:group, ST_MakeEnvelope(:west, :south, :east, :north, 4326), :cell, :few, :most)
""")


@dataclass(frozen=True, slots=True)
class Listed:
    """A household as the list gives it: status and income as they were frozen, ``more`` the fields asked for.

    The head's name and what follows are of the record as it is now, and none where it is gone. Degrees are WGS84.
    """

    file_no: str
    head_name: str | None
    id_no: str | None
    address: str | None
    village: str | None
    postcode: str | None
    town: str | None
    phone: str | None
    longitude: float | None
    latitude: float | None
    accuracy_m: int | None
    district_code: str
    status: str
    per_capita_rm: Decimal
    version: int
    more: dict[str, Any]


def first_of(connection: Connection, group_id: int, *, most: int) -> list[Listed]:
    """The first households of a list by file number.

    Raises:
        TargetListClosed: it is not frozen, or its time is over.
        NotPermitted: it is nobody's of who asks.

    """
    return _page(connection, group_id, after="", most=most)


def page_of(connection: Connection, group_id: int, *, after: str, most: int) -> list[Listed]:
    """The households of a list by file number, after one of them.

    Raises:
        TargetListClosed, NotPermitted: as :func:`first_of`.

    """
    return _page(connection, group_id, after=after, most=most)


def whole(connection: Connection, group_id: int) -> Iterator[Listed]:
    """Every household of a list by file number.

    Raises:
        TargetListClosed, NotPermitted: as :func:`first_of`.

    """
    after = ""
    while True:
        rows = _page(connection, group_id, after=after, most=STEP)
        yield from rows
        if len(rows) < STEP:
            return
        after = rows[-1].file_no


def points_of(
    connection: Connection, group_id: int, *, box: tuple[float, float, float, float], cell: float, few: int, most: int
) -> list[dict[str, Any]]:
    """Where the households of a list are inside a box (west, south, east, north in degrees).

    At most ``few`` come one by one, more come clustered on cells of so many degrees, the fullest ``most`` of them; each
    row says how many there are in ``total``.

    Raises:
        TargetListClosed, NotPermitted: as :func:`first_of`.

    """
    west, south, east, north = box
    values = {"group": group_id, "west": west, "south": south, "east": east, "north": north}
    with refusals_named(connection):
        found = connection.execute(_POINTS, {**values, "cell": cell, "few": few, "most": most})
        return [dict(row) for row in found.mappings()]


def _page(connection: Connection, group_id: int, *, after: str, most: int) -> list[Listed]:
    with refusals_named(connection):
        found = connection.execute(_LIST, {"group": group_id, "after": after, "most": most}).all()
    return [Listed(*row) for row in found]
