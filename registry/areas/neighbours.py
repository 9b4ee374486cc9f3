"""Who is whose neighbour in a boundary set: kept with it, so that nobody works it out again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection

NEAREST: Final = 3
"""To how many others an area is joined that touches none."""
_SET: Final = text("SELECT s.id FROM ekasih.boundary_set AS s WHERE s.level = :level AND s.active")
_KNOWN: Final = text("SELECT EXISTS (SELECT FROM ekasih.area_neighbour AS n WHERE n.set_id = :set_id)")
# queen: a common point is enough, and so is an overlap
_TOUCHING: Final = text("""
    INSERT INTO ekasih.area_neighbour (set_id, area_code, neighbour_code, nearest)
    SELECT one.set_id, pair.area_code, pair.neighbour_code, false
    FROM ekasih.area_boundary AS one
    JOIN ekasih.area_boundary AS other
        ON other.set_id = one.set_id AND other.area_code > one.area_code AND ST_Intersects(one.geom, other.geom)
    CROSS JOIN LATERAL (VALUES (one.area_code, other.area_code), (other.area_code, one.area_code))
        AS pair (area_code, neighbour_code)
    WHERE one.set_id = :set_id
""")
_PAIRS: Final = text(
    "SELECT n.area_code, n.neighbour_code FROM ekasih.area_neighbour AS n WHERE n.set_id = :set_id AND NOT n.nearest"
)
_NEAREST: Final = text("""
    SELECT one.area_code, near.area_code AS neighbour_code
    FROM ekasih.area_boundary AS one
    CROSS JOIN LATERAL (
        SELECT other.area_code FROM ekasih.area_boundary AS other
        WHERE other.set_id = one.set_id AND other.area_code <> one.area_code
            AND (CAST(:among AS text[]) IS NULL OR other.area_code = ANY (CAST(:among AS text[])))
        ORDER BY ST_Distance(one.geom, other.geom), other.area_code LIMIT :nearest) AS near
    WHERE one.set_id = :set_id AND one.area_code = ANY (CAST(:alone AS text[]))
""")
_CODES: Final = text("SELECT b.area_code FROM ekasih.area_boundary AS b WHERE b.set_id = :set_id")
_JOIN: Final = text("""
    INSERT INTO ekasih.area_neighbour (set_id, area_code, neighbour_code, nearest)
    VALUES (:set_id, :area_code, :neighbour_code, true) ON CONFLICT DO NOTHING
""")


def active_set(connection: Connection, level: str) -> int | None:
    """The active boundary set of a level; none where it has none."""
    found = connection.scalar(_SET, {"level": level})
    return None if found is None else int(found)


def keep_neighbours(connection: Connection, set_id: int) -> None:
    """Work out who is whose neighbour in a set, where that is not kept yet."""
    if connection.scalar(_KNOWN, {"set_id": set_id}):
        return
    connection.execute(_TOUCHING, {"set_id": set_id})
    everybody = set(connection.scalars(_CODES, {"set_id": set_id}))
    joined = _joined(connection, set_id, everybody - _touching(connection, set_id).keys(), among=None)
    if joined:
        rows = [{"set_id": set_id, "area_code": one, "neighbour_code": other} for one, other in sorted(joined)]
        connection.execute(_JOIN, rows)


def neighbours_among(connection: Connection, set_id: int, codes: Collection[str]) -> dict[str, set[str]]:
    """The neighbours of areas among themselves: the others are left out first, and then none stays without one."""
    keep_neighbours(connection, set_id)
    touching = _touching(connection, set_id)
    found = {code: touching.get(code, set()) & set(codes) for code in codes}
    alone = {code for code, around in found.items() if not around}
    for one, other in _joined(connection, set_id, alone, among=codes):
        found[one] = found[one] | {other}
    return found


def _touching(connection: Connection, set_id: int) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in connection.execute(_PAIRS, {"set_id": set_id}):
        found[one].add(other)
    return found


def _joined(
    connection: Connection, set_id: int, alone: Collection[str], *, among: Collection[str] | None
) -> set[tuple[str, str]]:
    """The pairs, both ways, by which areas that touch none are joined to the nearest."""
    asked = {
        "set_id": set_id,
        "alone": sorted(alone),
        "nearest": NEAREST,
        "among": None if among is None else sorted(among),
    }
    pairs = {(one, other) for one, other in connection.execute(_NEAREST, asked)}
    return pairs | {(other, one) for one, other in pairs}
