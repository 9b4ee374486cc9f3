"""Boundary sets in the database: the bundled ones, an office's own, and the files that browsers draw them from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely
from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert

from geo.coverage import clean, with_rests
from geo.gazetteer import area_points
from geo.matching import match_areas
from geo.names import load_alias_book
from geo.readers import BoundaryFileError, read_boundaries
from registry.areas.boundary_files import write_level
from registry.areas.models import Area, AreaAlias, BoundarySet
from registry.errors import RegistryError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from geo.coverage import Repairs
    from geo.matching import Matching

BUNDLED = Path(__file__).resolve().parents[2] / "data" / "boundaries" / "approximate"
_ABOVE = {"district": "state", "mukim": "district", "dun": "parliament"}
_PIECE_VERTICES = 64
_SHOWN = 20
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


class IncompleteBoundaries(RegistryError):
    """The file would leave areas of its level without a boundary, so nothing was changed."""

    key = "incomplete_boundaries"


@dataclass(frozen=True)
class BoundaryReport:
    """What an import of boundaries found and did."""

    level: str
    matched: int
    unmatched: tuple[str, ...]
    duplicates: tuple[str, ...]
    missing: tuple[str, ...]
    repairs: dict[str, Any]
    households_located: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The report as it is kept with the set."""
        return {
            "matched": self.matched,
            "unmatched": list(self.unmatched),
            "duplicates": list(self.duplicates),
            "missing": list(self.missing),
            "repairs": self.repairs,
        }

    def summary(self) -> str:
        """The report for a terminal, a line each."""
        lines = [f"{self.matched} {self.level} boundaries, {self.households_located} households located again"]
        done = ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in self.repairs.items() if value)
        lines.append(f"repaired: {done or 'nothing'}")
        for name, found in (("not matched", self.unmatched), ("missing", self.missing), ("joined", self.duplicates)):
            if found:
                rest = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
                lines.append(f"{name}: {'; '.join(found[:_SHOWN])}{rest}")
        return "\n".join(lines)


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
        _store(connection, frame, level=level, report=report, dated=dated, **known)
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
        RegistryError: the file cannot be read; the message says why.

    """
    try:
        matching = match_areas(
            read_boundaries(path), level=level, book=load_alias_book(), parents=_active(connection, _ABOVE.get(level))
        )
    except (BoundaryFileError, ValueError) as error:
        raise RegistryError(str(error)) from error
    frame, repairs = clean(matching.frame)
    report = _report(level, matching, frame, repairs)
    districts = _active(connection, "district") if level == "mukim" else None
    # a mukim without a polygon leaves no hole: the rest of its district stands in for it
    left_out = report.missing if districts is None else ()
    if not partial and (report.unmatched or left_out):
        raise IncompleteBoundaries(
            f"{report.summary()}\nNothing was changed. Correct the names, or accept the file as it is with --partial."
        )
    if districts is not None:
        frame = with_rests(frame, districts)
        frame = frame.assign(parent_code=frame["code"].str[:4], state_code=frame["code"].str[:2])
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    facts = {"name": path.stem, "source": source, "licence": licence, "approximate": False, "sha256": sha256}
    _store(connection, frame, level=level, report=report, dated=dated, accuracy_m=accuracy_m, **facts)
    connection.execute(_PLACE_SEATS)
    located = locate_households(connection)
    write_level(connection, level, home=home)
    return BoundaryReport(**(vars(report) | {"households_located": located}))


def locate_households(connection: Connection) -> int:
    """Work out anew in which areas of the active sets every household's point lies; how many changed."""
    return int(connection.scalar(text("SELECT ekasih.locate_households()")) or 0)


def _settled(connection: Connection, level: str, *, sha256: str) -> bool:
    """Whether the level has this very set, or an active one that is not a bundled one."""
    active = select(BoundarySet.sha256, BoundarySet.approximate).where(BoundarySet.level == level, BoundarySet.active)
    found = connection.execute(active).one_or_none()
    return found is not None and (found.sha256 == sha256 or not found.approximate)


def _report(level: str, matching: Matching, frame: gpd.GeoDataFrame, repairs: Repairs) -> BoundaryReport:
    unmatched = tuple(
        f"{item.name or 'row ' + str(item.row)}"
        + (f" (perhaps {', '.join(f'{code} {name}' for code, name in item.suggestions)})" if item.suggestions else "")
        for item in matching.unmatched
    )
    missing = (*matching.missing, *repairs.lost)
    done = {"invalid": len(repairs.invalid), "overlaps": repairs.overlaps, "gaps": repairs.gaps}
    return BoundaryReport(level, len(frame), unmatched, matching.duplicates, missing, done)


def _active(connection: Connection, level: str | None) -> gpd.GeoDataFrame | None:
    """Code, name and polygons of the active set of a level."""
    if level is None:
        return None
    statement = text("""
        SELECT b.area_code AS code, a.name, ST_AsBinary(b.geom) AS geometry
        FROM ekasih.boundary_set AS s
        JOIN ekasih.area_boundary AS b ON b.set_id = s.id
        JOIN ekasih.area AS a ON a.code = b.area_code
        WHERE s.active AND s.level = :level ORDER BY b.area_code
    """)
    rows = connection.execute(statement, {"level": level}).all()
    if not rows:
        return None
    columns = {"code": [row.code for row in rows], "name": [row.name for row in rows]}
    return gpd.GeoDataFrame(columns, geometry=shapely.from_wkb([row.geometry for row in rows]), crs="EPSG:4326")


def _store(
    connection: Connection, frame: gpd.GeoDataFrame, *, level: str, report: BoundaryReport, **facts: Any
) -> None:
    """Write a set with its polygons and pieces, and make it the active one."""
    _add_areas(connection, frame, level)
    connection.execute(update(BoundarySet).where(BoundarySet.level == level).values(active=False))
    same = delete(BoundarySet).where(BoundarySet.level == level, BoundarySet.sha256 == facts["sha256"])
    connection.execute(same)
    values = facts | {"level": level, "active": True, "report": report.as_dict()}
    set_id = connection.execute(insert(BoundarySet).values(values).returning(BoundarySet.id)).scalar_one()
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
        connection.execute(insert(AreaAlias).on_conflict_do_nothing(), aliases)
