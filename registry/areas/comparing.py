"""What a prepared coverage would change: areas against the active set, and households that would lie elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely
from sqlalchemy import text

from geo.comparison import compare
from registry.areas.preparing import active_frame

if TYPE_CHECKING:
    import geopandas as gpd
    from sqlalchemy import Connection

_ACTIVE: Final = text("SELECT id, source, dated FROM ekasih.boundary_set WHERE level = :level AND active")
_PIECES: Final = text("""
    CREATE TEMP TABLE checked_piece (area_code text, geom geometry(Polygon, 4326)) ON COMMIT DROP
""")
_PIECE: Final = text("""
    INSERT INTO checked_piece (area_code, geom)
    SELECT :code, piece.geom
    FROM (SELECT (ST_Dump(ST_Subdivide(ST_GeomFromWKB(:wkb, 4326), 64))).geom) AS piece
    WHERE ST_GeometryType(piece.geom) = 'ST_Polygon'
""")
_INDEX: Final = text("CREATE INDEX ON checked_piece USING gist (geom)")
_ANALYSE: Final = text("ANALYZE checked_piece")
_COLUMNS: Final = {
    "district": "h.computed_district_code",
    "mukim": "h.computed_mukim_code",
    "parliament": "h.parliament_code",
    "dun": "h.dun_code",
}
_MOVED: Final = """
    SELECT count(*) FILTER (WHERE found.code IS DISTINCT FROM {column}) AS moved,
        count(*) FILTER (WHERE found.code IS NULL AND {column} IS NOT NULL) AS nowhere
    FROM ekasih.household AS h
    CROSS JOIN LATERAL (SELECT min(p.area_code) AS code FROM checked_piece AS p
                        WHERE ST_Intersects(p.geom, h.geom)) AS found
    WHERE h.geom IS NOT NULL
"""


def compared(connection: Connection, frame: gpd.GeoDataFrame, level: str) -> dict[str, Any]:
    """What a coverage would change at its level, as it is kept with an upload; in a transaction that is rolled back.

    Keys: ``against`` (id, source and day of the active set, or ``None``), ``areas`` (code → [share, moved_m] as
    :func:`geo.comparison.compare`), ``new`` (codes and names that the active set lacks), ``gone`` (codes that only it
    has), ``moved`` and ``nowhere`` (households in another area, and in none any more; ``None`` for states and
    catchments, by which no household has one area).
    """
    active = connection.execute(_ACTIVE, {"level": level}).one_or_none()
    old = active_frame(connection, level)
    found: dict[str, Any] = {"against": None, "areas": {}, "new": [], "gone": [], "moved": None, "nowhere": None}
    if active is not None and old is not None:
        changes = compare(frame, old)
        rows = zip(changes["code"], changes["share"].tolist(), changes["moved_m"].tolist(), strict=True)
        fresh = frame[~frame["code"].isin(old["code"])]
        found |= {
            "against": {"id": active.id, "source": active.source, "dated": active.dated.isoformat()},
            "areas": {code: [share, moved] for code, share, moved in rows},
            "new": [[code, name] for code, name in zip(fresh["code"], fresh["name"], strict=True)],
            "gone": sorted(set(old["code"]) - set(frame["code"])),
        }
    if level in _COLUMNS:
        found |= _households(connection, frame, _COLUMNS[level])
    return found


def _households(connection: Connection, frame: gpd.GeoDataFrame, column: str) -> dict[str, int]:
    connection.execute(_PIECES)
    shapes = shapely.to_wkb(frame.geometry.to_numpy())
    connection.execute(_PIECE, [{"code": code, "wkb": wkb} for code, wkb in zip(frame["code"], shapes, strict=True)])
    connection.execute(_INDEX)
    connection.execute(_ANALYSE)
    row = connection.execute(text(_MOVED.format(column=column))).one()
    return {"moved": row.moved, "nowhere": row.nowhere}
