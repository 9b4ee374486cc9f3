"""The contractors of the own agency: who they are, and their projects, sums and days late; no score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark
from dashboard.components.detail_page import done
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.projects import ids
from dashboard.pages.projects.parts import CONTRACTORS_PATH, PATH, refused, rm, today, typed
from dashboard.sent.kinds import Code, Fields, Names, Number
from queries import projects
from registry.principals import Permission
from registry.projects.types import SaveContractor, save_contractor

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads

__all__ = ["CONTRACTORS_PATH", "layout", "register"]
_FIELDS = ("name", "registration_no", "grade", "contact")


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    fields = [
        dmc.TextInput(id=ids.datum("contractor", name), label=words(f"project.contractor_{name}"), value="",
                      withAsterisk=name in {"name", "registration_no"})
        for name in _FIELDS
    ]  # fmt: skip
    form = html.Details(
        [
            html.Summary(words("project.contractor_save")),
            html.Div([*fields, dmc.Button(words("project.contractor_save"), id=ids.HIRE)], className="ek-column-form"),
        ],
        hidden=not may(Permission.COORDINATE_PROJECTS),
        **SAVES,
    )
    trail = [{"label": words("nav.projects"), "href": PATH}, {"label": words("project.contractors")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("projects-contractors"), data=trail),
            dcc.Store(id=ids.HIRED_SAVED),
            html.H1(words("project.contractors")),
            html.Div(id=ids.HIRED_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            form,
            html.Div(skeleton(words("project.loading"), lines=4), id=ids.HIRED),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.HIRED, "children"), Input(ids.HIRED_SAVED, "data"))
    @requires(Permission.READ_PROJECTS)
    def show_contractors(_saved: object) -> Component:
        words = current_words()
        with deps.reading() as conn:
            found = projects.contractors(conn)
            late = _days_late(conn)
        head = [words(f"project.contractor_{name}") for name in (*_FIELDS, "under_way", "finished", "sum", "days_late")]
        rows = [
            [
                html.A(row["name"], href=f"{PATH}?kontraktor={row['contractor_id']}", **STEP),
                row["registration_no"],
                row["grade"],
                row["contact"],
                exactly(str(row["under_way"]), row["under_way"]),
                exactly(str(row["finished"]), row["finished"]),
                exactly(rm(row["sum_rm"]), int(row["sum_rm"] * 100)),
                exactly(str(late.get(row["contractor_id"], 0)), late.get(row["contractor_id"], 0)),
            ]
            for row in found
        ]
        if not rows:
            return html.P(words("project.no_contractors"), className="ek-footnote")
        return sortable(head, rows, words, name="contractors", label=words("project.contractors"))

    @app.callback(
        Output(ids.HIRED_SAVED, "data"),
        Output(ids.HIRED_MESSAGE, "children"),
        Input(ids.HIRE, "n_clicks"),
        State({"type": ids.DATUM_TYPE, "form": "contractor", "name": ALL}, "value"),
        State({"type": ids.DATUM_TYPE, "form": "contractor", "name": ALL}, "id"),
        State(ids.HIRED_SAVED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.COORDINATE_PROJECTS)
    def save_one(
        clicks: Number | None, values: Fields, names: Names, before: dict[Code, Code] | None
    ) -> tuple[object, object]:
        words = current_words()
        if not clicks:
            return no_update, no_update
        given = typed(values, names, form="contractor")
        command = SaveContractor(**{name: given.get(name, "") for name in _FIELDS})
        return answered(
            deps,
            f"contractor {command.registration_no} {(before or {}).get('mark', '')} {clicks}",
            lambda session: {"contractor": save_contractor(session, command), "mark": mark()},
            message=lambda _result: done(words("project.contractor_saved", name=command.name)),
            refused=lambda error: refused(error, words),
        )


def _days_late(conn: Reads) -> dict[int, int]:
    """The days late over all projects of each contractor: of those under way, and as they were finished."""
    sums: dict[int, int] = {}
    found, _total = projects.listed(conn, projects.Asked(), today=today(), limit=projects.MOST_UNDER_WAY)
    for one in found:
        contractor = one.row["contractor_id"]
        if one.standing is not None and contractor is not None:
            sums[contractor] = sums.get(contractor, 0) + max(one.standing.days_late, 0)
    return sums
