"""Reads what other programs are given: areas with measures of a closed month as who asks may read them, and points.

Who sees no persons gets what was published; who sees the persons of an area its exact figures, of others nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from poverty.months import month_before, month_end
from queries import maps, published
from queries.row_types.ogc import (
    AreaInBoxRow,
    AreaShapeRow,
    DistrictInReachRow,
    HouseholdTileRow,
    LineOfDayRow,
    OpenAreaRow,
    OpenHouseholdRow,
    TileRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from queries.maps import Footing

LEVELS: Final = ("state", "district", "mukim")
"""The levels of which months are closed."""
STATUSES: Final = ("tegar", "miskin", "mudah_miskin", "terkeluar")
HIDDEN: Final = "disembunyikan"
NO_DATA: Final = "tiada_data"
TOO_FEW: Final = "terlalu_sedikit"
NOBODY: Final = "penyebut_sifar"
ELSEWHERE: Final = "luar_kawasan"
Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class OpenArea:
    """An area with its measures at the end of a month; what is not told is ``None``, with the reason beside it.

    ``kadar``: poor households per hundred of the census. ``jurang_rm``: RM a month to lift all to the line.
    """

    kod: str
    nama: str
    dalam: str | None
    bulan: str
    tegar: int | None = None
    miskin: int | None = None
    jumlah_miskin: int | None = None
    kadar: float | None = None
    jurang_rm: float | None = None
    isi_rumah_banci: int | None = None
    tahun_banci: int | None = None
    sebab: str | None = None
    sebab_kadar: str | None = None
    sebab_jurang: str | None = None

    def facts(self) -> dict[str, Any]:
        """Its fields by their names."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS: Final = tuple(OpenArea.__dataclass_fields__)
MEASURES: Final = ("tegar", "miskin", "jumlah_miskin", "kadar", "jurang_rm")


def footing(connection: Connection, *, level: str, sees_persons: bool) -> Footing:
    """What the figures rest on, with the first and the last month that may be asked for."""
    return maps.footing(connection, level=level, live=sees_persons)


def areas(connection: Connection, *, level: str, month: date, sees_persons: bool) -> list[OpenArea]:
    """Every area of a level with its measures at the end of a closed month, by code."""
    known = rows_as(OpenAreaRow, connection, "ogc/areas", level=level)
    told: Mapping[str, Mapping[str, Any]]
    if sees_persons:
        exact = maps.area_rows(
            connection, levels=[level], within=maps.COUNTRY, strata=None, this_month=month, month=month
        )
        told = {row["area_code"]: dict(row) for row in exact}
    else:
        shown = published.areas(
            connection, level=level, within=maps.COUNTRY, strata=None, month=month,
            year_ago=month_before(month, 12), gap_month=month,
        )  # fmt: skip
        told = {row["area_code"]: dict(row) for row in shown}
    return [_area(row, told[row["code"]], month, elsewhere=sees_persons and not row["in_reach"]) for row in known]


def _area(row: OpenAreaRow, told: Mapping[str, Any], month: date, *, elsewhere: bool) -> OpenArea:
    tegar, miskin, gap, census = told["tegar"], told["miskin"], told["gap_rm"], told["census_households"]
    hidden = ELSEWHERE if elsewhere else HIDDEN if told.get("suppressed") else NO_DATA
    if elsewhere:
        tegar = miskin = gap = None
    poor = None if tegar is None or miskin is None else tegar + miskin
    return OpenArea(
        kod=row["code"],
        nama=row["name"],
        dalam=row["parent_code"],
        bulan=f"{month:%Y-%m}",
        tegar=tegar,
        miskin=miskin,
        jumlah_miskin=poor,
        kadar=None if poor is None or not census else _rate(poor, census),
        jurang_rm=None if gap is None else float(gap),
        isi_rumah_banci=census,
        tahun_banci=told["census_year"],
        sebab=hidden if poor is None else None,
        sebab_kadar=_why_no_rate(poor, census, hidden),
        sebab_jurang=None if gap is not None else hidden if poor is None else TOO_FEW,
    )


def _rate(poor: int, census: int) -> float:
    return float((Decimal(100 * poor) / census).quantize(_TENTH, rounding=ROUND_HALF_UP))


def _why_no_rate(poor: int | None, census: int | None, hidden: str) -> str | None:
    if poor is None:
        return hidden
    if census is None:
        return NO_DATA
    return None if census else NOBODY


def codes_in_box(connection: Connection, *, level: str, box: Box) -> frozenset[str]:
    """The areas of a level whose boundary meets a box."""
    west, south, east, north = box
    found = rows_as(
        AreaInBoxRow, connection, "ogc/in_box", level=level, west=west, south=south, east=east, north=north
    )
    return frozenset(row["code"] for row in found)


def shapes(
    connection: Connection, *, level: str, codes: Sequence[str], tolerance: float = 0.0
) -> dict[str, AreaShapeRow]:
    """The boundaries of areas by code; those without one are missing."""
    found = rows_as(AreaShapeRow, connection, "ogc/shapes", level=level, codes=list(codes), tolerance=tolerance)
    return {row["code"]: row for row in found}


def line_of(connection: Connection, month: date) -> tuple[int | None, str]:
    """The survey year and the rule of the line that held at the end of a month."""
    found = row_as(LineOfDayRow, connection, "ogc/line", on_date=month_end(month))
    return (None, "") if found is None else (found["line_year"], found["rule"] or "")


def districts_in_reach(connection: Connection) -> list[DistrictInReachRow]:
    """The districts of whose persons who asks may read."""
    return rows_as(DistrictInReachRow, connection, "ogc/districts")


@dataclass(frozen=True, slots=True)
class WantedPoints:
    """Which households: of a number, after a number, in a box, of statuses, of a district, of a mukim."""

    after: int = 0
    household: int | None = None
    box: Box | None = None
    statuses: tuple[str, ...] = ()
    district: str | None = None
    mukim: str | None = None


def households(connection: Connection, wanted: WantedPoints, *, most: int) -> list[OpenHouseholdRow]:
    """Households that who asks may see, by number: where each stands, its status and its areas."""
    west, south, east, north = wanted.box or (None, None, None, None)
    return rows_as(
        OpenHouseholdRow,
        connection,
        "ogc/households",
        after=wanted.after,
        household=wanted.household,
        west=west,
        south=south,
        east=east,
        north=north,
        statuses=list(wanted.statuses) or None,
        district=wanted.district,
        mukim=wanted.mukim,
        row_limit=most,
    )


def area_tile(
    connection: Connection, *, tile: tuple[int, int, int], level: str, layer: str, told: Sequence[OpenArea]
) -> bytes:
    """A vector tile (z, x, y) of areas with what is told of them; empty where it holds none."""
    z, x, y = tile
    facts = json.dumps([area.facts() for area in told])
    found = row_as(TileRow, connection, "ogc/area_tile", z=z, x=x, y=y, level=level, told=facts, layer=layer)
    return b"" if found is None else bytes(found["tile"])


def household_tile(
    connection: Connection, *, tile: tuple[int, int, int], layer: str, most: int
) -> tuple[bytes, int, Box]:
    """A vector tile (z, x, y) of households that who asks may see, how many it holds, and its box."""
    z, x, y = tile
    found = row_as(HouseholdTileRow, connection, "ogc/household_tile", z=z, x=x, y=y, layer=layer, row_limit=most)
    assert found is not None  # noqa: S101 - the statement answers one row
    return bytes(found["tile"]), found["households"], (found["west"], found["south"], found["east"], found["north"])
