"""Counts what is being put together, as far as who asks may know it, and draws it by district."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, html, no_update

from dashboard.areas import COUNTRY, map_source
from dashboard.boundary_files import boundary_file_of, url_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.targets import ids
from dashboard.pages.targets.texts import area_table, count_text, refusal_text
from dashboard.sent.kinds import LongText, Nested, Text
from layers.breaks import Scheme
from layers.choropleth import choropleth
from layers.legends import legend
from layers.measures import Kind, Measure
from layers.screen import picture
from queries import maps, targets
from registry.aid.conditions.language import Conditions, parse, read_json
from registry.aid.targets.groups import count_target
from registry.errors import DatabaseAway, RegistryError
from registry.households.typed_values import day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.deps import Deps
    from registry.aid.targets.groups import Counts
    from words import Words

_MEASURE = Measure(key="target", kind=Kind.COUNT, columns=("households",), ramp="poor", zero_class=True)
_STATE_DIGITS = 2


def register(app: Dash, deps: Deps) -> None:
    """Wire the count and its map onto ``app``."""

    @app.callback(
        Output(ids.COUNTS, "children"),
        Output(ids.BY_AREA, "children"),
        Output(ids.MAP.picture, "data"),
        Output(ids.LEGEND, "children"),
        Input(ids.CONDITIONS, "data"),
        Input(ids.ON_DATE, "value"),
        Input(ids.POLYGON, "value"),
    )
    @requires(Permission.BUILD_TARGETS)
    def count(conditions: list[Nested] | None, on_date: Text | None, polygon: LongText | None) -> tuple[Any, ...]:
        words = current_words()
        day = day_of(on_date)
        if not conditions and not (polygon or "").strip():
            return html.P(words("target.nothing_asked"), className="ek-footnote"), None, no_update, None
        if day is None:
            return html.P(words("problem.date"), role="alert"), None, no_update, None
        try:
            asked = conditions_of(conditions, polygon)
            with deps.writing() as session:
                counts = count_target(session, asked, day)
        except DatabaseAway:
            raise
        except RegistryError as refusal:
            return html.P(refusal_text(refusal, words), role="alert"), None, no_update, None
        with deps.reading() as conn:
            areas = _areas(conn, counts, by_state=counts.rounded and asked.is_sensitive)
            drawn, legend_of = _picture(conn, areas, deps.settings.home, words)
        names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
        total = html.P(count_text(counts.total, words, rounded=counts.rounded), className="ek-targets-total")
        return total, area_table(counts.by_area, names, words, rounded=counts.rounded), drawn, legend_of

    app.clientside_callback(
        ClientsideFunction("ekasih_map", "paint"), Output(ids.MAP.status, "data"), Input(ids.MAP.picture, "data")
    )


def conditions_of(conditions: list[Nested] | None, polygon: str | None) -> Conditions:
    """The conditions of the form with its polygon.

    Raises:
        BadCondition: they cannot be meant.

    """
    written = (polygon or "").strip()
    shape = read_json(written) if written else None
    return parse(json.loads(json.dumps(conditions or [])), _geometry(shape))


def _geometry(shape: Any) -> Any:
    """The polygon itself, where it comes as a feature or as a collection with one."""
    if isinstance(shape, dict) and isinstance(shape.get("features"), list) and len(shape["features"]) == 1:
        shape = shape["features"][0]
    return shape["geometry"] if isinstance(shape, dict) and "geometry" in shape else shape


def _areas(conn: Any, counts: Counts, *, by_state: bool) -> pd.DataFrame:
    """The areas of the own reach with their counts; below ten they are hidden from who sees them rounded."""
    level = "state" if by_state else "district"
    known = [row for row in targets.choices(conn) if row["kind"] == level]
    found = [counts.by_area.get(row["code"]) for row in known]
    return pd.DataFrame({
        "area_code": [row["code"] for row in known],
        "area_name": [row["name_ms"] for row in known],
        "households": pd.Series([n if n is not None or counts.rounded else 0 for n in found], dtype="Float64"),
        "suppressed": [n is None and counts.rounded for n in found],
    })  # fmt: skip


def _picture(conn: Any, areas: pd.DataFrame, home: Path, words: Words) -> tuple[Any, Any]:
    """What the map is to draw, and its legend."""
    codes = list(areas["area_code"])
    if not codes:
        return no_update, None
    level = "state" if len(codes[0]) == _STATE_DIGITS else "district"
    states = {code[:_STATE_DIGITS] for code in codes}
    within = states.pop() if len(states) == 1 and level == "district" else COUNTRY
    file = boundary_file_of(home, level=level, within=within)
    if file is None:
        return no_update, None
    source = map_source(maps.footing(conn, level=level, live=False), level, words)
    layer = choropleth(areas, measure=_MEASURE, scheme=Scheme.JENKS, source=source, level=level)
    return picture(layer, words, page=ids.MAP.page, url=url_of(file)), legend(layer, words)
