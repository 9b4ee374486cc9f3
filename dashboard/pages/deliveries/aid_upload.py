"""The page of one upload of aid: what was found in it, a trial, its import, and the report of either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.components.detail_page import DetailIds, detail_layout
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.deliveries.aid import PATH as LIST_PATH
from dashboard.pages.deliveries.aid_report import aid_findings, aid_reported, districts_of, programmes_of
from dashboard.pages.deliveries.content import content
from dashboard.pages.deliveries.ids import AID as IDS
from dashboard.pages.deliveries.upload import LOOK_AGAIN_MS, UNDER_WAY, acted, followed, gone
from dashboard.sent.kinds import Clicks, Number, View
from queries import deliveries
from registry.aid.carrying import AID
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps

PATH: Final = "/penghantaran-bantuan/<upload>"
_IDS: Final = DetailIds(
    record=IDS.upload,
    loaded=IDS.loaded,
    done=IDS.done,
    message=IDS.message,
    content=IDS.content,
    trail="aid-deliveries-one",
)


def layout(upload: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return detail_layout(
        _IDS,
        upload,
        loading=words("delivery.loading"),
        extra=[dcc.Store(id=IDS.came), dcc.Interval(id=IDS.clock, interval=LOOK_AGAIN_MS, disabled=True)],
        above=[html.Div(id=IDS.progress, role="status")],
        below=[html.Div(id=IDS.found, className="ek-spaced")],
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(IDS.content, "children"),
        Output(IDS.loaded, "data"),
        Output(trail_of(_IDS.trail), "data"),
        Output(IDS.clock, "disabled"),
        Output(IDS.found, "children"),
        Input(IDS.upload, "data"),
        Input(IDS.done, "data"),
        Input(IDS.came, "data"),
    )
    @requires(Permission.DELIVER_AID_LINES)
    def show(number: Number | None, done: object, _came: object) -> tuple[object, ...]:
        words = current_words()
        with deps.reading() as conn:
            found = deliveries.upload(conn, number, layout=AID.name) if number is not None else None
            figures = found["report"] if found else None
            areas = districts_of(conn, figures) if figures else {}
            names = programmes_of(conn, figures, words) if figures else {}
        if found is None:
            return gone(words, LIST_PATH, discarded=bool(done)), None, no_update, True, None
        deps.note_read("read", subject="delivery_upload", subject_id=number)
        trail = [{"label": words("nav.aid_deliveries"), "href": LIST_PATH}, {"label": found["file_name"]}]
        parts = aid_reported(found, areas, names, words) if figures else []
        seen = {"state": found["state"]}
        waits = found["state"] in UNDER_WAY
        return content(found, parts, words), seen, trail, not waits, aid_findings(found["findings"], words)

    @app.callback(
        Output(IDS.progress, "children"),
        Output(IDS.came, "data"),
        Input(IDS.clock, "n_intervals"),
        Input(IDS.loaded, "data"),
        State(IDS.upload, "data"),
    )
    @requires(Permission.DELIVER_AID_LINES)
    def follow(_ticks: object, loaded: View | None, number: Number | None) -> tuple[object, object]:
        return followed(deps, loaded, number)

    @app.callback(
        Output(IDS.done, "data"),
        Output(IDS.message, "children"),
        Input({"type": IDS.act, "act": ALL}, "n_clicks"),
        State(IDS.upload, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.DELIVER_AID_LINES)
    def act(_clicks: Clicks, number: Number | None) -> tuple[object, object]:
        return acted(deps, number, AID)
