"""Counts what is being put together, as far as who asks may know it, and draws it by district."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, html, no_update

from dashboard.drilling import paints
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.targets import ids
from dashboard.pages.targets.drawn_counts import areas_of, drawn_counts
from dashboard.pages.targets.texts import area_table, count_text, refusal_text
from dashboard.sent.kinds import LongText, Nested, Text
from registry.aid.conditions.language import Conditions, parse, read_json
from registry.aid.targets.groups import count_target
from registry.errors import DatabaseAway, RegistryError
from registry.households.typed_values import day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from dashboard.deps import Deps


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
            by_state = counts.rounded and asked.is_sensitive
            areas = areas_of(conn, counts.by_area, rounded=counts.rounded, by_state=by_state)
            drawn, legend_of = drawn_counts(conn, areas, deps.settings.home, words, page=ids.MAP.page)
        names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
        total = html.P(count_text(counts.total, words, rounded=counts.rounded), className="ek-targets-total")
        return total, area_table(counts.by_area, names, words, rounded=counts.rounded), drawn, legend_of

    paints(app, ids.MAP)


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
