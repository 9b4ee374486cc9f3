"""Boundary sets in the database: the bundled ones, an office's own, and which one of a level is active."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from geo.gazetteer import area_points
from geo.readers import read_boundaries
from registry import audit
from registry.areas.boundary_files import write_level
from registry.areas.models import Area, AreaAlias, BoundaryActivation, BoundarySet
from registry.areas.preparing import BoundaryReport, Prepared, prepare, require_complete
from registry.errors import NotFound, RegistryError

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from sqlalchemy import Connection

BUNDLED = Path(__file__).resolve().parents[2] / "data" / "boundaries" / "approximate"
_PIECE_VERTICES = 64
_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('boundary_set', 0))")
# a seat or catchment whose file does not say so lies in the state, and a state seat in the parliament's, of its middle
_PLACE_SEATS = text("""
    UPDATE ekasih.area AS a
    SET state_code = coalesce(a.state_code, found.state_code),
        parent_code = CASE a.level WHEN 'dun' THEN coalesce(nullif(a.parent_code, 'MY'), found.parliament_code, 'MY')
                      ELSE a.parent_code END
    FROM (
        SELECT b.area_code,
            min(p.area_code) FILTER (WHERE around.level = 'state') AS state_code,
            min(p.area_code) FILTER (WHERE around.level = 'parliament') AS parliament_code
        FROM ekasih.area_boundary AS b
        JOIN ekasih.boundary_set AS s ON s.id = b.set_id AND s.active
        JOIN ekasih.boundary_set AS around ON around.active AND around.level IN ('state', 'parliament')
        JOIN ekasih.area_piece AS p ON p.set_id = around.id AND ST_Intersects(p.geom, b.inside)
        WHERE s.level IN ('parliament', 'dun', 'catchment')
        GROUP BY b.area_code
    ) AS found
    WHERE a.code = found.area_code AND (a.state_code IS NULL OR (a.level = 'dun' AND a.parent_code = 'MY'))
""")


class SameSet(RegistryError):
    """The set is the active one already."""

    key = "same_boundaries"


def load_bundled(connection: Connection, *, home: Path) -> None:
    """Bring the bundled approximate sets in where a level has none, and write the files that browsers draw from.

    A level that has an active set of another source keeps it.
    """
    manifest = json.loads((BUNDLED / "manifest.json").read_text(encoding="utf-8"))
    loaded = False
    for level, facts in sorted(manifest.items(), key=lambda item: len(item[0])):
        if _settled(connection, level, sha256=facts["sha256"]):
            continue
        frame = read_boundaries(BUNDLED / facts["file"])
        report = BoundaryReport(level, len(frame), (), (), (), {})
        dated = date.fromisoformat(facts["dated"])
        known = {key: facts[key] for key in ("name", "source", "licence", "accuracy_m", "approximate", "sha256")}
        set_id = _store(connection, frame, level=level, report=report, dated=dated, **known)
        _note_active(connection, level, set_id)
        loaded = True
    if loaded:
        connection.execute(_PLACE_SEATS)
        locate_households(connection)
    for level in manifest:
        write_level(connection, level, home=home)


def import_boundaries(
    connection: Connection,
    path: Path,
    *,
    level: str,
    accuracy_m: int,
    source: str,
    licence: str,
    dated: date,
    partial: bool,
    home: Path,
) -> BoundaryReport:
    """Clean a boundary file into a coverage, make it the active set of its level, and locate every household anew.

    Raises:
        IncompleteBoundaries: areas would be left without a boundary or features without an area, and not ``partial``.
        UnreadableBoundaries: the file cannot be read; the message says why.

    """
    prepared = prepare(connection, path, level=level)
    require_complete(prepared, partial=partial)
    facts = {"name": path.stem, "source": source, "licence": licence, "accuracy_m": accuracy_m, "dated": dated}
    report = make_active(connection, prepared, facts)
    write_level(connection, level, home=home)
    return report


def make_active(connection: Connection, prepared: Prepared, facts: dict[str, Any]) -> BoundaryReport:
    """Store what was prepared and make it the active set, as a command does; its report with what was located.

    ``facts``: name, source, licence, dated, accuracy_m. The files for browsers are the caller's to write.
    """
    level = prepared.report.level
    set_id, located = adopt(connection, prepared, facts)
    _note_active(connection, level, set_id, located)
    _audited(connection, set_id, level)
    return BoundaryReport(**(vars(prepared.report) | {"households_located": located}))


def use_again(connection: Connection, set_id: int, *, home: Path) -> int:
    """Make a former set the active one of its level again; answers how many households lie elsewhere by it.

    Raises:
        NotFound: there is no such set.
        SameSet: it is the active one.

    """
    level, located = activate(connection, set_id)
    _note_active(connection, level, set_id, located)
    _audited(connection, set_id, level)
    write_level(connection, level, home=home)
    return located


def adopt(
    connection: Connection, prepared: Prepared, facts: dict[str, Any], *, step: Callable[[], None] = lambda: None
) -> tuple[int, int]:
    """Store what was prepared, make it the active set, and place what hangs on it; its id, and households moved.

    ``facts``: name, source, licence, dated, accuracy_m. ``step`` hears when the set is stored.
    """
    connection.execute(_TURN)
    known = facts | {"approximate": False, "sha256": prepared.sha256}
    set_id = _store(connection, prepared.frame, level=prepared.report.level, report=prepared.report, **known)
    step()
    return set_id, _placed(connection)


def activate(connection: Connection, set_id: int) -> tuple[str, int]:
    """Make a stored set the active one of its level and place what hangs on it; its level, and households moved.

    Raises:
        NotFound, SameSet: as :func:`use_again`.

    """
    connection.execute(_TURN)
    wanted = select(BoundarySet.level, BoundarySet.active).where(BoundarySet.id == set_id)
    found = connection.execute(wanted).one_or_none()
    if found is None:
        raise NotFound
    if found.active:
        raise SameSet
    connection.execute(update(BoundarySet).where(BoundarySet.level == found.level).values(active=False))
    connection.execute(update(BoundarySet).where(BoundarySet.id == set_id).values(active=True))
    return found.level, _placed(connection)


def _placed(connection: Connection) -> int:
    connection.execute(_PLACE_SEATS)
    return locate_households(connection)


def _note_active(connection: Connection, level: str, set_id: int, located: int | None = None) -> None:
    """Keep that a command made a set the active one."""
    done = insert(BoundaryActivation).values(level=level, set_id=set_id, households_located=located)
    connection.execute(done.values(activated_at=text("now()")))


def _audited(connection: Connection, set_id: int, level: str) -> None:
    with Session(bind=connection) as session:
        audit.record(
            session,
            "activate_boundaries",
            subject="boundary_set",
            subject_id=set_id,
            district_code=None,
            after={"level": level},
        )


def locate_households(connection: Connection) -> int:
    """Work out anew in which areas of the active sets every household's point lies; how many changed."""
    return int(connection.scalar(text("SELECT ekasih.locate_households()")) or 0)


def _settled(connection: Connection, level: str, *, sha256: str) -> bool:
    """Whether the level has this very set, or an active one that is not a bundled one."""
    active = select(BoundarySet.sha256, BoundarySet.approximate).where(BoundarySet.level == level, BoundarySet.active)
    found = connection.execute(active).one_or_none()
    return found is not None and (found.sha256 == sha256 or not found.approximate)


def _store(connection: Connection, frame: gpd.GeoDataFrame, *, level: str, report: BoundaryReport, **facts: Any) -> int:
    """Write a set with its polygons and pieces, and make it the active one; its id."""
    _add_areas(connection, frame, level)
    connection.execute(update(BoundarySet).where(BoundarySet.level == level).values(active=False))
    same = delete(BoundarySet).where(BoundarySet.level == level, BoundarySet.sha256 == facts["sha256"])
    connection.execute(same)
    values = facts | {"level": level, "active": True, "report": report.as_dict()}
    set_id: int = connection.execute(insert(BoundarySet).values(values).returning(BoundarySet.id)).scalar_one()
    points = area_points(frame)
    rows = [
        {"set_id": set_id, "code": code, "wkb": wkb, "lon": lon, "lat": lat, "radius": radius}
        for code, wkb, lon, lat, radius in zip(
            frame["code"],
            shapely.to_wkb(frame.geometry.to_numpy()),
            points["lon"].tolist(),
            points["lat"].tolist(),
            points["accuracy_m"].tolist(),
            strict=True,
        )
    ]
    connection.execute(
        text("""
            INSERT INTO ekasih.area_boundary (set_id, area_code, geom, inside, radius_m)
            VALUES (:set_id, :code, ST_Multi(ST_GeomFromWKB(:wkb, 4326)), ST_SetSRID(ST_MakePoint(:lon, :lat), 4326),
                :radius)
        """),
        rows,
    )
    connection.execute(
        text("""
            INSERT INTO ekasih.area_piece (set_id, area_code, geom)
            SELECT b.set_id, b.area_code, piece.geom
            FROM ekasih.area_boundary AS b
            CROSS JOIN LATERAL (SELECT (ST_Dump(ST_Subdivide(b.geom, :vertices))).geom) AS piece
            WHERE b.set_id = :set_id AND ST_GeometryType(piece.geom) = 'ST_Polygon'
        """),
        {"set_id": set_id, "vertices": _PIECE_VERTICES},
    )
    return set_id


def _add_areas(connection: Connection, frame: gpd.GeoDataFrame, level: str) -> None:
    """Areas that the reference tables do not know: seats, catchments, mukim of a newer list."""
    if "name" not in frame:
        return
    known = set(connection.scalars(select(Area.code)))
    new = [
        {
            "code": row.code,
            "level": level,
            "name": row.name,
            "parent_code": parent if (parent := getattr(row, "parent_code", None)) in known else "MY",
            "state_code": state if (state := getattr(row, "state_code", None)) in known else None,
        }
        for row in frame.drop(columns="geometry").itertuples(index=False)
        if row.code not in known
    ]
    if new:
        connection.execute(insert(Area), new)
        aliases = [{"level": level, "state_code": "", "alias": row["code"], "code": row["code"]} for row in new]
        connection.execute(postgresql.insert(AreaAlias).on_conflict_do_nothing(), aliases)
