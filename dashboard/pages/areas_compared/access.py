"""How far it is to the nearest town from the households of areas, or from a point in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.pages.areas_compared.view import Place, Shown, Table, source_of, why_not
from layers import numbers
from layers.breaks import Scheme
from layers.choropleth import choropleth
from layers.measures import Kind, Measure
from queries import areas_compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.deps import Reads
    from queries.row_types.areas_compared import AccessRow
    from words import Words

MEASURE: Final = Measure(key="compared_access", kind=Kind.DISTANCE, columns=("km",), ramp="cost")
_COLUMNS: Final = ("area", "state", "from_households", "from_point", "town")
_COLUMNS_OF_FILE: Final = ("code", "area", "state", "households_km", "households_town", "point_km", "point_town")


def access(conn: Reads, place: Place, words: Words) -> Shown:
    """The districts of the country or a state, or the mukim of a district, those farthest from a town first."""
    level = "mukim" if place.area.level == "district" else "district"
    rows = areas_compared.access(conn, level=level, within=place.area.code)
    look = place.looks.get("access")
    frame = pd.DataFrame(
        [{"area_code": row["area_code"], "area_name": row["area_name"], "km": _km(_metres(row))} for row in rows],
        columns=["area_code", "area_name", "km"],
    )
    source = source_of(
        place, words, name=words("compared.source_access"), as_of=look["of_day"] if look else None, census=False
    )
    layer = choropleth(frame, measure=MEASURE, scheme=Scheme.QUANTILES, source=source, level=level)
    known = sorted(
        (row for row in rows if _metres(row) is not None), key=lambda row: (-(_metres(row) or 0), row["area_code"])
    )
    return Shown(
        place.lineage,
        level,
        place.area.code,
        layer,
        words("compared.access_title"),
        _table(known, words),
        notes=[words(f"compared.access_note_{name}") for name in ("town", "households", "straight", "missing")],
        lead=words("compared.access_lead"),
        refused=why_not(look, words),
    )


def _metres(row: AccessRow) -> int | None:
    """What the map shows: of the households where they may be told of, else of the point."""
    return row["point_m"] if row["households_m"] is None else row["households_m"]


def _km(metres: int | None) -> float | None:
    return None if metres is None else metres / 1000


def _table(rows: Sequence[AccessRow], words: Words) -> Table:
    drawn = [
        [
            row["area_name"],
            row["state_name"],
            words("compared.not_told") if row["households_m"] is None else numbers.kilometres(_km(row["households_m"])),
            numbers.kilometres(_km(row["point_m"])),
            row["point_town"] or row["households_town"] or numbers.MISSING,
        ]
        for row in rows
    ]
    cells = [
        [
            row["area_code"],
            row["area_name"],
            row["state_name"],
            _km(row["households_m"]),
            row["households_town"],
            _km(row["point_m"]),
            row["point_town"],
        ]
        for row in rows
    ]
    head = [words(f"compared.column_{name}") for name in _COLUMNS]
    return Table(head, drawn, [words(f"compared.column_{name}") for name in _COLUMNS_OF_FILE], cells)
