"""A frozen list of a target group as a file: who took it, when and what for stands in every row and sheet of it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from reports.spreadsheet import Cell
    from words import Words


@dataclass(frozen=True, slots=True)
class Mark:
    """Who took a list, when, and what for."""

    who: str
    when: datetime
    purpose: str

    def values(self) -> list[str]:
        """The three as they are written."""
        return [self.who, numbers.moment(self.when), self.purpose]


@dataclass(frozen=True, slots=True)
class TargetList:
    """The rows of a list with their points (longitude, latitude in WGS84; none where the record is gone)."""

    title: str
    header: list[str]
    rows: list[list[Cell]]
    points: Sequence[tuple[float | None, float | None]]
    mark: Mark

    def marked_header(self, words: Words) -> list[str]:
        """The columns, with those of the mark."""
        return [*self.header, *(words(f"target.mark_{name}") for name in ("who", "when", "purpose"))]

    def marked_rows(self) -> Iterator[list[Cell]]:
        """The rows, each with the mark."""
        told: list[Cell] = [*self.mark.values()]
        return ([*row, *told] for row in self.rows)

    def notes(self, words: Words) -> list[str]:
        """What stands below a sheet."""
        who, when, purpose = self.mark.values()
        return [words("target.mark_note", who=who, when=when, purpose=purpose)]


def geopackage(listed: TargetList, words: Words) -> bytes:
    """The list as a GeoPackage: points in EPSG:4326 with the columns of the list and of the mark."""
    header = _apart(listed.marked_header(words))
    frame = pd.DataFrame([[_plain(cell) for cell in row] for row in listed.marked_rows()], columns=header)
    longitude, latitude = zip(*listed.points, strict=True) if listed.points else ((), ())
    points = gpd.points_from_xy(pd.Series(longitude, dtype="float64"), pd.Series(latitude, dtype="float64"))
    layer = gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
    note = " ".join(listed.notes(words))
    with tempfile.TemporaryDirectory(prefix="ekasih-") as folder:
        path = Path(folder) / "list.gpkg"
        layer.to_file(path, driver="GPKG", layer="list", dataset_metadata={"DESCRIPTION": note}, engine="pyogrio")
        return path.read_bytes()


def _apart(header: list[str]) -> list[str]:
    """Column names of which none is another's, whatever the case, nor one that the file needs for itself."""
    seen = {"fid", "geom", "geometry"}
    named = []
    for name in header:
        other, number = name, 2
        while other.casefold() in seen:
            other, number = f"{name} {number}", number + 1
        seen.add(other.casefold())
        named.append(other)
    return named


def _plain(cell: Cell) -> object:
    return cell if cell is None or isinstance(cell, str | int | float) else float(str(cell))
