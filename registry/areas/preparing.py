"""Makes a coverage of a boundary file that may become a set: read, matched to codes, repaired, held to its level."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from sqlalchemy import text

from geo.coverage import CoverageError, clean, valid_only, with_rests
from geo.matching import Unmatched, match_areas
from geo.names import load_alias_book
from geo.readers import (
    BoundaryFileError,
    EmptyBoundaryFileError,
    MissingCrsError,
    NotPolygonsError,
    read_boundaries,
)
from registry.areas.plain_files import UnreadableBoundaries, plain_file
from registry.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

    from geo.coverage import Repairs
    from geo.matching import Matching
    from geo.names import AliasBook

LEVELS: Final = ("state", "district", "mukim", "parliament", "dun", "catchment")
"""Levels that have boundaries of their own."""
STEPS: Final = 4
"""How often ``step`` hears something while a file is prepared."""
MOST_FEATURES: Final = 20_000
MOST_VERTICES: Final = 5_000_000
_ABOVE: Final = {"district": "state", "mukim": "district", "dun": "parliament"}
_AROUND: Final = (98.0, -1.0, 121.0, 9.0)
"""West, south, east, north in degrees: Malaysia with its seas."""
_SHOWN: Final = 20
_REASONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (EmptyBoundaryFileError, "empty"),
    (MissingCrsError, "crs"),
    (NotPolygonsError, "not_polygons"),
    (BoundaryFileError, "damaged"),
    (CoverageError, "coverage"),
    (ValueError, "no_column"),
)


class IncompleteBoundaries(RegistryError):
    """The file would leave areas of its level without a boundary, so nothing was changed."""

    key = "incomplete_boundaries"


@dataclass(frozen=True)
class BoundaryReport:
    """What was found in a boundary file, and what was done to it."""

    level: str
    matched: int
    unmatched: tuple[Unmatched, ...]
    duplicates: tuple[str, ...]
    missing: tuple[str, ...]
    repairs: dict[str, Any]
    households_located: int = 0

    @property
    def left_out(self) -> tuple[str, ...]:
        """Areas that would have no boundary; of a mukim the rest of its district stands in for it."""
        return () if self.level == "mukim" else self.missing

    @property
    def complete(self) -> bool:
        """Whether every feature has its area, and every area a boundary."""
        return not (self.unmatched or self.left_out)

    def as_dict(self) -> dict[str, Any]:
        """The report as it is kept with the set."""
        unmatched = [
            {"row": one.row, "name": one.name[:80], "suggestions": [list(area) for area in one.suggestions]}
            for one in self.unmatched
        ]
        return {
            "matched": self.matched,
            "unmatched": unmatched,
            "duplicates": list(self.duplicates),
            "missing": list(self.missing),
            "repairs": self.repairs,
            "complete": self.complete,
        }

    def summary(self) -> str:
        """The report for a terminal, a line each."""
        lines = [f"{self.matched} {self.level} boundaries, {self.households_located} households located again"]
        counted = {name: len(value) if isinstance(value, list) else value for name, value in self.repairs.items()}
        done = ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in counted.items() if value)
        lines.append(f"repaired: {done or 'nothing'}")
        unmatched = tuple(map(_said, self.unmatched))
        for name, found in (("not matched", unmatched), ("missing", self.missing), ("joined", self.duplicates)):
            if found:
                rest = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
                lines.append(f"{name}: {'; '.join(found[:_SHOWN])}{rest}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Prepared:
    """A coverage that may become the active set of its level."""

    frame: gpd.GeoDataFrame
    """code, name, parent_code, state_code, MultiPolygons in EPSG:4326."""
    report: BoundaryReport
    sha256: str
    """Of the file it was made of; empty for a folder."""
    named: frozenset[str] | None = None
    """The areas that the file is of, where others stay as they are; none where it is of its whole level."""

    @property
    def fingerprint(self) -> str:
        """What tells whether the same file has become the same shapes of the same areas."""
        own = self.frame if self.named is None else self.frame[self.frame["code"].isin(self.named)]
        digest = hashlib.sha256("\n".join(own["code"]).encode())
        for shape in shapely.to_wkb(own.geometry.to_numpy()):
            digest.update(shape)
        return digest.hexdigest()


def prepare(connection: Connection, path: Path, *, level: str, step: Callable[[], None] = lambda: None) -> Prepared:
    """The coverage that a boundary file becomes at ``level``; writes nothing.

    ``step`` hears of each of :data:`STEPS` parts of the work that is done.

    Raises:
        UnreadableBoundaries: the file cannot be read, is of another level, or lies elsewhere.

    """
    try:
        return _prepared(connection, path, level, step)
    except (BoundaryFileError, CoverageError, ValueError) as error:
        reason = next(name for kind, name in _REASONS if isinstance(error, kind))
        raise UnreadableBoundaries(str(error), reason=reason) from error


def require_complete(prepared: Prepared, *, partial: bool) -> None:
    """Refuse what leaves areas or features out, unless that is said to be fine.

    Raises:
        IncompleteBoundaries: it does, and not ``partial``.

    """
    report = prepared.report
    if not partial and not report.complete:
        raise IncompleteBoundaries(
            f"{report.summary()}\nNothing was changed. Correct the names, or accept the file as it is with --partial.",
            unmatched=len(report.unmatched),
            missing=len(report.left_out),
        )


def active_frame(connection: Connection, level: str | None) -> gpd.GeoDataFrame | None:
    """Code, name and polygons of the active set of a level; ``None`` where there is none."""
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


def _prepared(connection: Connection, path: Path, level: str, step: Callable[[], None]) -> Prepared:
    with plain_file(path) as plain:
        found = read_boundaries(plain)
    _require_sound(found, path.name)
    step()
    book = load_alias_book()
    matching = match_areas(found, level=level, book=book, parents=active_frame(connection, _ABOVE.get(level)))
    _require_level(found, matching, level, book)
    step()
    # offices may share ground, and a file of one of them says nothing of the others
    frame, repairs = valid_only(matching.frame) if level == "catchment" else clean(matching.frame)
    step()
    report = _report(level, matching, frame, repairs)
    named = frozenset(frame["code"]) if level == "catchment" else None
    if level == "catchment":
        frame = _with_others(connection, frame)
    districts = active_frame(connection, "district") if level == "mukim" else None
    if districts is not None:
        # a mukim without a polygon leaves no hole: the rest of its district stands in for it
        frame = with_rests(frame, districts)
        frame = frame.assign(parent_code=frame["code"].str[:4], state_code=frame["code"].str[:2])
    step()
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return Prepared(frame, report, sha256, named)


def _with_others(connection: Connection, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The catchments of a file, with those of the active set that it does not name as they are."""
    active = active_frame(connection, "catchment")
    if active is None:
        return frame
    others = active[~active["code"].isin(frame["code"])]
    columns = ["code", "name", "geometry"]
    whole = gpd.GeoDataFrame(pd.concat([frame[columns], others[columns]], ignore_index=True), crs="EPSG:4326")
    return whole.sort_values("code", ignore_index=True)


def _require_sound(frame: gpd.GeoDataFrame, name: str) -> None:
    """Refuse more than is worked on, numbers that are none, and shapes that lie elsewhere in the world."""
    shapes = frame.geometry.to_numpy()
    if len(frame) > MOST_FEATURES or shapely.get_num_coordinates(shapes).sum() > MOST_VERTICES:
        told = f"{name} has more than {MOST_FEATURES:,} features or {MOST_VERTICES:,} corners: simplify it first"
        raise UnreadableBoundaries(told, reason="too_detailed", features=MOST_FEATURES, corners=MOST_VERTICES)
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        raise MissingCrsError(f"{name} has coordinates that are no numbers: state the system it was drawn in")
    west, south, east, north = shapely.total_bounds(shapes)
    if west < _AROUND[0] or south < _AROUND[1] or east > _AROUND[2] or north > _AROUND[3]:
        told = f"{name} lies outside Malaysia: its coordinate system is another than it says, or its axes are swapped"
        raise UnreadableBoundaries(told, reason="elsewhere")


def _require_level(found: gpd.GeoDataFrame, matching: Matching, level: str, book: AliasBook) -> None:
    """Refuse a file most of whose features are areas of another level."""
    unmatched = len(matching.unmatched)
    if unmatched * 2 < len(found):
        return
    for other in LEVELS:
        if other in {level, "catchment"}:
            continue
        try:
            there = match_areas(found, level=other, book=book)
        except ValueError:
            continue
        if len(there.unmatched) * 2 < unmatched:
            told = f"most features are areas of the level {other}, not {level}"
            raise UnreadableBoundaries(told, reason=f"level_{other}")
    if unmatched == len(found):
        raise UnreadableBoundaries("no feature is an area that is known", reason="nothing_matched")


def _report(level: str, matching: Matching, frame: gpd.GeoDataFrame, repairs: Repairs) -> BoundaryReport:
    done = {
        "invalid": list(repairs.invalid),
        "overlaps": repairs.overlaps,
        "overlap_km2": round(repairs.overlap_km2, 3),
        "gaps": repairs.gaps,
        "gap_km2": round(repairs.gap_km2, 3),
        "gaps_left": repairs.gaps_left,
    }
    return BoundaryReport(
        level=level,
        matched=len(frame),
        unmatched=matching.unmatched,
        duplicates=matching.duplicates,
        missing=(*matching.missing, *repairs.lost),
        repairs=done,
    )


def _said(item: Unmatched) -> str:
    perhaps = ", ".join(f"{code} {name}" for code, name in item.suggestions)
    return f"{item.name or f'row {item.row}'}{f' (perhaps {perhaps})' if perhaps else ''}"
