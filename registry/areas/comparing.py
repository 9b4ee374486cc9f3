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
_CATCHMENTS: Final = text("""
    WITH there AS (
        SELECT DISTINCT p.area_code AS code, h.id FROM checked_piece AS p JOIN ekasih.household AS h
            ON ST_Intersects(p.geom, h.geom)
    ), here AS (
        SELECT c.code, h.id FROM ekasih.household AS h CROSS JOIN LATERAL unnest(h.catchment_codes) AS c (code)
        WHERE h.catchment_codes <> '{}'
    )
    SELECT coalesce(t.code, o.code) AS code, count(*) FILTER (WHERE o.id IS NULL) AS entered,
        count(*) FILTER (WHERE t.id IS NULL) AS gone, count(t.id) AS after
    FROM there AS t FULL JOIN here AS o USING (code, id)
    GROUP BY coalesce(t.code, o.code)
    ORDER BY coalesce(t.code, o.code)
""")
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
    catchments, by which no household has one area); of catchments ``catchments``: code, households that come in, that
    go, and that are inside then.
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
        _pieces(connection, frame)
        row = connection.execute(text(_MOVED.format(column=_COLUMNS[level]))).one()
        found |= {"moved": row.moved, "nowhere": row.nowhere}
    elif level == "catchment":
        _pieces(connection, frame)
        inside = connection.execute(_CATCHMENTS).all()
        found["catchments"] = [[one.code, one.entered, one.gone, one.after] for one in inside]
    return found


def _pieces(connection: Connection, frame: gpd.GeoDataFrame) -> None:
    connection.execute(_PIECES)
    shapes = shapely.to_wkb(frame.geometry.to_numpy())
    connection.execute(_PIECE, [{"code": code, "wkb": wkb} for code, wkb in zip(frame["code"], shapes, strict=True)])
    connection.execute(_INDEX)
    connection.execute(_ANALYSE)
