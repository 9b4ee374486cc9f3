"""Rows of the statements in ``queries/sql/ogc``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TypedDict


class TileRow(TypedDict):
    """``ogc/area_tile.sql``: one row."""

    tile: bytes


class OpenAreaRow(TypedDict):
    """``ogc/areas.sql``: one row per area."""

    code: str
    name: str
    parent_code: str | None
    in_reach: bool


class DistrictInReachRow(TypedDict):
    """``ogc/districts.sql``: one row per area."""

    code: str
    name: str
    parent_code: str | None
    in_reach: bool


class HouseholdTileRow(TypedDict):
    """``ogc/household_tile.sql``: one row."""

    tile: bytes
    households: int
    west: float
    south: float
    east: float
    north: float


class OpenHouseholdRow(TypedDict):
    """``ogc/households.sql``: one row per household."""

    id: int
    status: str
    district_code: str
    mukim_code: str | None
    strata: str
    accuracy_m: int | None
    lon: float | None
    lat: float | None


class AreaInBoxRow(TypedDict):
    """``ogc/in_box.sql``: one row per area."""

    code: str


class LineOfDayRow(TypedDict):
    """``ogc/line.sql``: one row."""

    rule: str | None
    line_year: int | None


class AreaShapeRow(TypedDict):
    """``ogc/shapes.sql``: one row per area that has a boundary."""

    code: str
    shape: str
    wkb: bytes
