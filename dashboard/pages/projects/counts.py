"""How many projects of each type states and districts have: what everybody may be told, small counts left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash, Input, Output, dcc, html

from dashboard.components.feedback import empty, skeleton
from dashboard.components.sortable import sortable
from dashboard.components.tables import exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.projects import ids
from dashboard.pages.projects.parts import COUNTS_PATH, named
from layers import numbers
from queries import published
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.published import PublishedProjectRow
    from words import Words

__all__ = ["COUNTS_PATH", "layout", "register"]


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("projects-counts"), data=[{"label": words("project.counts")}]),
            dcc.Store(id=ids.COUNTED, data=1),
            html.H1(words("project.counts")),
            html.P(words("project.counts_lead"), className="ek-lead"),
            html.Div(skeleton(words("project.loading"), lines=6), id=ids.COUNTS),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.COUNTS, "children"), Input(ids.COUNTED, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show_counts(_there: object) -> list[Component]:
        words = current_words()
        with deps.reading() as conn:
            found = {level: published.projects(conn, level=level) for level in ("country", "state", "district")}
        if not found["country"]:
            return [empty(words("project.none"), words("project.counts_none"))]
        return [
            html.Section([html.H2(words(f"project.counts_{level}")), table(rows, level, words)], className="ek-part")
            for level, rows in found.items()
            if rows
        ]


def table(rows: Sequence[PublishedProjectRow], level: str, words: Words) -> Component:
    """The counts of the areas of a level by type; that there are too few where it is not told."""
    head = [words(f"project.{name}") for name in ("area", "type", "projects")]
    lines = [
        [
            words("map.country") if level == "country" else _area(row, level),
            named(row, "type", words),
            exactly(numbers.count(row["projects"]), row["projects"])
            if row["projects"] is not None
            else exactly(words("project.too_few"), 0),
        ]
        for row in rows
    ]
    return sortable(head, lines, words, name=f"projects-{level}", label=words(f"project.counts_{level}"))


def _area(row: PublishedProjectRow, level: str) -> str:
    return f"{row['area_name']} ({row['state_name']})" if level == "district" else row["area_name"]
