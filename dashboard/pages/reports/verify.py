"""Whether a file is one of an edition: by the file itself, of which the hash alone is looked at, or by a hash."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html

from dashboard.bodies import takes
from dashboard.components.detail_page import done
from dashboard.components.forms import SAVES
from dashboard.components.upload_zone import Zone
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import limited
from dashboard.pages.reports import ids
from dashboard.pages.reports.parts import PATH, VERIFY_PATH, address
from dashboard.sent.kinds import Code, Number, Text
from dashboard.uploads import file_taken
from layers import numbers
from queries import reporting
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask, Response

    from dashboard.deps import Deps
    from registry.uploads.refusals import UnreadableUpload
    from registry.uploads.taking_in import Upload
    from words import Words

HASH_PATH: Final = f"{VERIFY_PATH}/<cincang>"
UPLOAD_ROUTE: Final = f"{VERIFY_PATH}/fail"
LARGEST: Final = 64 * 1024 * 1024
_SENT: Final = "report_files"
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_PIECE: Final = 1 << 20
_ZONE: Final = Zone(
    name="reports",
    words="report.verify",
    accept=".pdf,.xlsx,.csv",
    most_bytes=LARGEST,
    address=UPLOAD_ROUTE,
    page=VERIFY_PATH,
)


def layout(cincang: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.reports"), "href": PATH}, {"label": words("nav.report_verify")}]
    known = cincang.strip().lower()
    return html.Div(
        [
            dcc.Store(id=trail_of("report-verify"), data=trail),
            dcc.Store(id=ids.HASH, data=known if _HASH.fullmatch(known) else None),
            html.H1(words("nav.report_verify")),
            html.P(words("report.verify_lead"), className="ek-lead"),
            html.Div(id=ids.FOUND, role="status", className="ek-flash-place"),
            _ZONE.view(words),
            html.Section(
                [
                    dmc.TextInput(
                        id=ids.TYPED,
                        label=words("report.verify_hash"),
                        description=words("report.verify_hash_hint"),
                        value="",
                        attributes={"input": {"maxLength": 80}},
                    ),
                    html.Div(
                        html.Button(words("report.verify_press"), id=ids.PRESS, className="ek-button", n_clicks=0),
                        className="ek-actions",
                    ),
                ],
                className="ek-panel ek-column-form",
                **SAVES,
            ),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``, and the route that takes a file's hash."""
    _ZONE.register(app)
    _routes(app.server)

    @app.callback(
        Output(ids.FOUND, "children"),
        Input(ids.HASH, "data"),
        Input(ids.PRESS, "n_clicks"),
        State(ids.TYPED, "value"),
    )
    @requires(Permission.READ_AGGREGATES)
    def verify(known: Code | None, clicks: Number | None, typed: Text | None) -> object:
        words = current_words()
        asked = (typed or "").strip().lower() if clicks else known
        if not asked:
            return None
        if not _HASH.fullmatch(asked):
            return html.P(words("report.verify_odd"), className="ek-refused")
        with deps.reading() as conn:
            found = reporting.edition_of_hash(conn, asked)
        if found is None:
            return html.P(words("report.verify_no"), className="ek-refused")
        said = words(
            "report.verify_yes", kind=found["kind"].upper(), number=found["number"], day=numbers.day(found["made_on"])
        )
        sample = [" ", words("report.verify_sample")] if found["sample"] else []
        return done([dcc.Link(said, href=address(found["number"])), *sample])


def _routes(server: Flask) -> None:
    @server.post(UPLOAD_ROUTE)
    @takes(LARGEST)
    @requires(Permission.READ_AGGREGATES)
    @limited(_SENT)
    def take_report_file() -> Response:
        return file_taken(_hash_of, _problem)


def register_nothing(_app: Dash, _deps: Deps) -> None:
    """Wire nothing: the page is the same with a hash in its address."""


def _hash_of(upload: Upload) -> str:
    """The hash of a file, which is kept nowhere."""
    digest = hashlib.sha256()
    while piece := upload.stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _problem(_error: UnreadableUpload, words: Words) -> str:
    return words("report.verify_odd")
