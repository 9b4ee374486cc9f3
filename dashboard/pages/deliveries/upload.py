"""The page of one delivery: what was found in it, a trial, its import, and the report of either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import mark, pressed
from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of, land_url, url_of
from dashboard.components.detail_page import DetailIds, detail_layout
from dashboard.components.feedback import empty
from dashboard.drilling import paints
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.deliveries import ids
from dashboard.pages.deliveries.content import content, findings, progress_line, reported
from dashboard.pages.deliveries.page import PATH as LIST_PATH
from dashboard.pages.deliveries.report import Report, layer_of, report_of, states_of
from dashboard.sent.kinds import Clicks, Number, View
from layers.legends import legend
from layers.screen import map_view, picture
from queries import deliveries
from registry.deliveries.uploads import BIRM, Layout, ask, discard, remove_files, stop
from registry.principals import Permission

if TYPE_CHECKING:
    from pathlib import Path

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from layers.choropleth import ChoroplethLayer
    from queries.row_types.deliveries import UploadRow
    from words import Words

PATH: Final = "/penghantaran/<upload>"
UNDER_WAY: Final = {"trial", "import"}
LOOK_AGAIN_MS: Final = 1_500
_IDS: Final = DetailIds(
    record=ids.UPLOAD,
    loaded=ids.LOADED,
    done=ids.DONE,
    message=ids.MESSAGE,
    content=ids.CONTENT,
    trail="deliveries-one",
)


def layout(upload: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    home = deps_of_request().settings.home
    chart = html.Section(
        [
            html.H2(words("delivery.map")),
            html.Div(
                [map_view(ids.MAP, words, land_url=land_url(home)), html.Div(id=ids.LEGEND)],
                className="ek-upload-map",
            ),
        ],
        id=ids.MAP_PART,
        hidden=True,
    )
    return detail_layout(
        _IDS,
        upload,
        loading=words("delivery.loading"),
        extra=[
            dcc.Store(id=ids.CAME),
            dcc.Interval(id=ids.CLOCK, interval=LOOK_AGAIN_MS, disabled=True),
        ],
        above=[html.Div(id=ids.PROGRESS, role="status")],
        below=[chart, html.Div(id=ids.FOUND, className="ek-spaced")],
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    paints(app, ids.MAP)

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of(_IDS.trail), "data"),
        Output(ids.CLOCK, "disabled"),
        Output(ids.MAP.picture, "data"),
        Output(ids.LEGEND, "children"),
        Output(ids.MAP_PART, "hidden"),
        Output(ids.FOUND, "children"),
        Input(ids.UPLOAD, "data"),
        Input(ids.DONE, "data"),
        Input(ids.CAME, "data"),
    )
    @requires(Permission.IMPORT_DELIVERIES)
    def show(number: Number | None, done: object, _came: object) -> tuple[object, ...]:
        words = current_words()
        with deps.reading() as conn:
            found = deliveries.upload(conn, number) if number is not None else None
            report = _report(conn, found) if found else None
            layer = layer_of(conn, report, words) if report and report.states else None
        if found is None:
            return gone(words, LIST_PATH, discarded=bool(done)), None, no_update, True, None, None, True, None
        deps.note_read("read", subject="delivery_upload", subject_id=number)
        trail = [{"label": words("nav.deliveries"), "href": LIST_PATH}, {"label": found["file_name"]}]
        drawn = _picture(layer, report, words, deps.settings.home) if layer and report else None
        key = legend(layer, words, over_map=True) if layer and drawn else None
        waits = found["state"] in UNDER_WAY
        parts = reported(found, report, words) if report else []
        body, seen = content(found, parts, words), {"state": found["state"]}
        return body, seen, trail, not waits, drawn, key, drawn is None, findings(found["findings"], words)

    _following(app, deps)
    _acting(app, deps)


def _following(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.PROGRESS, "children"),
        Output(ids.CAME, "data"),
        Input(ids.CLOCK, "n_intervals"),
        Input(ids.LOADED, "data"),
        State(ids.UPLOAD, "data"),
    )
    @requires(Permission.IMPORT_DELIVERIES)
    def follow(_ticks: object, loaded: View | None, number: Number | None) -> tuple[object, object]:
        return followed(deps, loaded, number)


def followed(deps: Deps, loaded: View | None, number: int | None) -> tuple[object, object]:
    """How far the work on an upload has come, and a mark once it is over."""
    shown = (loaded or {}).get("state")
    if number is None or shown not in UNDER_WAY:
        return None, no_update
    with deps.reading() as conn:
        step = deliveries.step(conn, number)
    if step is None or step["state"] != shown:
        return None, mark()
    return progress_line(step, current_words()), no_update


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.ACT, "act": ALL}, "n_clicks"),
        State(ids.UPLOAD, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.IMPORT_DELIVERIES)
    def act(_clicks: Clicks, number: Number | None) -> tuple[object, object]:
        return acted(deps, number, BIRM)


def acted(deps: Deps, number: int | None, layout: Layout) -> tuple[object, object]:
    """Do with an upload what was pressed: try it, import it, stop that, or take it away."""
    asked = pressed()
    if asked is None or number is None:
        return no_update, no_update
    what = str(asked["act"])
    if what == "discard":
        with deps.writing() as session:
            name = discard(session, number)
        remove_files(deps.settings.home, name)
        return mark(), None
    with deps.writing() as session:
        if what == "stop":
            stop(session, number)
        else:
            ask(session, number, what, layout)
    return mark(), None


def gone(words: Words, back_to: str, *, discarded: bool) -> Component:
    """What is said where there is no such delivery, or none any more."""
    back = dcc.Link(words("delivery.back"), href=back_to, className="ek-button")
    if discarded:
        return empty(words("delivery.discarded"), action=back, page=True)
    return empty(words("delivery.not_found"), words("error.not_found"), action=back, page=True)


def _report(conn: Reads, found: UploadRow) -> Report | None:
    figures = found["report"]
    return None if figures is None else report_of(figures, deliveries.districts(conn, states_of(figures)))


def _picture(layer: ChoroplethLayer, report: Report, words: Words, home: Path) -> dict[str, object] | None:
    """What came in, drawn in its state; in the whole country where it came to several."""
    within = report.states[0] if len(report.states) == 1 else COUNTRY
    file = boundary_file_of(home, level="district", within=within)
    return None if file is None else picture(layer, words, page=ids.MAP.page, url=url_of(file))
