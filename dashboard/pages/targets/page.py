"""The target groups of the own agency, and those that wait for the own decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard.components.feedback import empty, skeleton
from dashboard.components.sortable import sortable
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.targets import ids
from dashboard.pages.targets.texts import BUILD_PATH, PATH, count_text, label_of, state_tag
from layers import numbers
from queries import targets
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.targets import TargetListRow
    from words import Words

_MOST: Final = 200


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.OPENED, data=1),
            dcc.Store(id=trail_of("targets"), data=[{"label": words("nav.targets")}]),
            html.H1(words("nav.targets")),
            html.P(words("target.what"), className="ek-lead"),
            html.Div(
                dcc.Link(words("target.new"), href=BUILD_PATH, className="ek-button ek-button-main"),
                className="ek-actions",
            ),
            html.Div(skeleton(words("target.loading")), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.LIST, "children"), Input(ids.OPENED, "data"))
    @requires(Permission.BUILD_TARGETS)
    def show(_opened: object) -> Component:
        with deps.reading() as conn:
            found = targets.groups(conn, limit=_MOST)
        return _list(found, current_words())


def _list(found: list[TargetListRow], words: Words) -> Component:
    if not found:
        return empty(words("target.none"), words("target.none_hint"))
    head = [words(f"target.{name}") for name in ("name", "agency", "state", "households", "on_date", "made_at")]
    return sortable(head, [_row(row, words) for row in found], words, name="targets", label=words("nav.targets"))


def _row(row: TargetListRow, words: Words) -> list[Any]:
    counted = ""
    if row["households"] is not None:
        counted = numbers.count(row["households"])
    elif row["asked"]:
        counted = count_text(row["shown"], words, rounded=True)
    return [
        dcc.Link(row["name"], href=f"{PATH}/{row['group_id']}"),
        label_of(row, words, name="agency"),
        state_tag(row["state"], words),
        counted,
        numbers.day(row["on_date"]),
        numbers.day(row["made_at"]),
    ]
