"""How far the households of areas are from the nearest town of the bundled gazetteer, as the crow flies.

It is worked out once for each closed month. Of an area the median of its located households is told where they are
many and the area's count is published, to the nearest 100 metres; of any area the distance from a point in it, which is
public.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from geo.place_names import named_places
from registry.areas.neighbours import active_set
from registry.publishing.pockets import LOOK

if TYPE_CHECKING:
    from sqlalchemy import Connection

ACCESS: Final = "access"
TOWN_PEOPLE: Final = 5_000
"""A place of the gazetteer with as many people is a town."""
LEAST_HOUSEHOLDS: Final = 30
_NEAREST_M: Final = 100
_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('ekasih.area_access', 0))")
_MARK: Final = text("SELECT l.mark FROM ekasih.area_look AS l WHERE l.subject = :subject")
_CLOSED: Final = text("""
    SELECT (max(c.month) + interval '1 month - 1 day')::date FROM ekasih.published_count AS c
    WHERE c.area_code = 'MY' AND c.cut = 'all'
        AND c.month < (SELECT date_trunc('month', p.as_of) FROM ekasih.publication AS p ORDER BY p.id DESC LIMIT 1)
""")
_TOWNS: Final = text("CREATE TEMPORARY TABLE town (name text, geom geometry(Point, 4326)) ON COMMIT DROP")
_TOWN: Final = text("INSERT INTO town VALUES (:name, ST_SetSRID(ST_MakePoint(:longitude, :latitude), 4326))")
_INDEX: Final = text("CREATE INDEX ON town USING gist (CAST(geom AS geography))")
# one search for a place of some metres, however many households stand there
_PLACES: Final = text("""
    CREATE TEMPORARY TABLE near_town ON COMMIT DROP AS
    SELECT spot.x, spot.y, near.name, near.metres
    FROM (SELECT DISTINCT round(ST_X(h.geom)::numeric, 3) AS x, round(ST_Y(h.geom)::numeric, 3) AS y
          FROM ekasih.household AS h
          WHERE h.exited_on IS NULL AND h.geom_method IN ('given', 'swapped', 'manual')) AS spot
    CROSS JOIN LATERAL (
        SELECT t.name, ST_Distance(t.geom::geography, here.place) AS metres
        FROM (SELECT ST_SetSRID(ST_MakePoint(spot.x::float8, spot.y::float8), 4326)::geography AS place) AS here
        CROSS JOIN town AS t
        ORDER BY t.geom::geography <-> here.place LIMIT 1) AS near
""")
_SEEN: Final = text("ANALYZE town")
_DROP: Final = text("DROP TABLE near_town, town")
_CLEAR: Final = text("DELETE FROM ekasih.area_access")
_OF_HOUSEHOLDS: Final = text("""
    INSERT INTO ekasih.area_access (area_code, basis, town, metres)
    SELECT area.code, 'households', mode() WITHIN GROUP (ORDER BY n.name),
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY n.metres) / :nearest)::integer * :nearest
    FROM ekasih.household AS h
    JOIN near_town AS n ON n.x = round(ST_X(h.geom)::numeric, 3) AND n.y = round(ST_Y(h.geom)::numeric, 3)
    CROSS JOIN LATERAL (VALUES (h.district_code), (h.mukim_code)) AS area (code)
    WHERE h.exited_on IS NULL AND h.geom_method IN ('given', 'swapped', 'manual') AND area.code IS NOT NULL
        AND EXISTS (SELECT FROM ekasih.published_count AS c
                    WHERE c.area_code = area.code AND c.month = date_trunc('month', CAST(:closed AS date))
                        AND c.cut = 'all' AND c.tegar IS NOT NULL)
    GROUP BY area.code
    HAVING count(*) >= :least
""")
_OF_POINTS: Final = text("""
    INSERT INTO ekasih.area_access (area_code, basis, town, metres)
    SELECT b.area_code, 'point', near.name, round(near.metres)::integer
    FROM ekasih.area_boundary AS b
    JOIN ekasih.boundary_set AS s ON s.id = b.set_id AND s.active AND s.level IN ('district', 'mukim')
    CROSS JOIN LATERAL (
        SELECT t.name, ST_Distance(t.geom::geography, b.inside::geography) AS metres FROM town AS t
        ORDER BY t.geom::geography <-> b.inside::geography LIMIT 1) AS near
""")
_COUNT: Final = text("SELECT count(*) FROM ekasih.area_access")


def measure_access(connection: Connection) -> bool:
    """Work out the distances anew where a month was closed or boundaries changed since; whether they were."""
    connection.execute(_TURN)
    closed = connection.scalar(_CLOSED)
    sets = [active_set(connection, level) for level in ("district", "mukim")]
    towns = [place for place in named_places() if place.population >= TOWN_PEOPLE]
    mark = hashlib.sha256(repr((closed, sets, towns, LEAST_HOUSEHOLDS)).encode()).hexdigest()
    if connection.scalar(_MARK, {"subject": ACCESS}) == mark:
        return False
    connection.execute(_TOWNS)
    connection.execute(
        _TOWN, [{"name": one.name, "longitude": one.longitude, "latitude": one.latitude} for one in towns]
    )
    for statement in (_INDEX, _SEEN, _PLACES, text("ANALYZE near_town"), _CLEAR):
        connection.execute(statement)
    connection.execute(_OF_HOUSEHOLDS, {"closed": closed, "least": LEAST_HOUSEHOLDS, "nearest": _NEAREST_M})
    connection.execute(_OF_POINTS)
    connection.execute(_DROP)
    areas = connection.execute(_COUNT).scalar_one()
    look = {"set_id": sets[0], "of_day": closed, "areas": areas, "reason": None if areas else "tiada_data"}
    connection.execute(LOOK, {"subject": ACCESS, "mark": mark} | look)
    return True
