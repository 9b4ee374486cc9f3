"""Counts of a target group drawn by area, with their legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from dash import no_update

from dashboard.areas import COUNTRY, map_source
from dashboard.boundary_files import boundary_file_of, url_of
from layers.breaks import Scheme
from layers.choropleth import choropleth
from layers.legends import FAINT, legend
from layers.measures import Kind, Measure
from layers.screen import picture
from queries import maps, targets

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from dash.development.base_component import Component

    from words import Words

_MEASURE = Measure(key="target", kind=Kind.COUNT, columns=("households",), ramp="poor", zero_class=True)
_STATE_DIGITS: Final = 2


def areas_of(
    conn: Any, by_area: Mapping[str, int], *, rounded: bool, by_state: bool, states: Collection[str] = ()
) -> pd.DataFrame:
    """The areas of the own reach with their counts, within ``states`` where such are named.

    Where counts are rounded, an area that is not there is below ten.
    """
    level = "state" if by_state else "district"
    known = [
        row
        for row in targets.choices(conn)
        if row["kind"] == level and (not states or row["code"][:_STATE_DIGITS] in states)
    ]
    found = [by_area.get(row["code"]) for row in known]
    return pd.DataFrame({
        "area_code": [row["code"] for row in known],
        "area_name": [row["name_ms"] for row in known],
        "households": pd.Series([n if n is not None or rounded else 0 for n in found], dtype="Float64"),
        "suppressed": [n is None and rounded for n in found],
    })  # fmt: skip


def drawn_counts(
    conn: Any,
    areas: pd.DataFrame,
    home: Path,
    words: Words,
    *,
    page: str,
    as_of: date | None = None,
    marks: Sequence[Component] = (),
) -> tuple[Any, Any]:
    """What the map ``page`` is to draw, and its legend; ``marks`` tells of the households drawn above faint areas."""
    codes = list(areas["area_code"])
    if not codes:
        return no_update, None
    level = "state" if len(codes[0]) == _STATE_DIGITS else "district"
    states = {code[:_STATE_DIGITS] for code in codes}
    within = states.pop() if len(states) == 1 and level == "district" else COUNTRY
    file = boundary_file_of(home, level=level, within=within)
    if file is None:
        return no_update, None
    source = map_source(maps.footing(conn, level=level, live=False), level, words, as_of=as_of)
    layer = choropleth(areas, measure=_MEASURE, scheme=Scheme.JENKS, source=source, level=level)
    drawn = picture(layer, words, page=page, url=url_of(file))
    drawn["hideout"]["faint"] = FAINT if marks else None
    return drawn, legend(layer, words, faint=bool(marks), more=marks)
