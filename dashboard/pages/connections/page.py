"""The page of connections: where the open service is, how QGIS is connected, keys of one's own, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import mark
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.guards import deps_of_request, may, requires
from dashboard.i18n import current_words
from dashboard.pages.connections import files, ids
from dashboard.sent.kinds import Number, Text
from layers import numbers
from queries import api_keys, open_data
from registry.api_keys.connections import MadeKey, end_key, make_key
from registry.errors import InvalidInput, NotFound
from registry.principals import Permission
from registry.refusals import ConnectionKeysMany

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.api_keys import ConnectionKeyRow
    from words import Words

PATH: Final = "/sambungan"
_STEPS: Final = ("make", "add", "basic", "layers", "style")
# as QGIS calls them in English, which its handbooks go by
_IN_QGIS: Final = {
    "add": "Layer > Add Layer > Add WFS / OGC API - Features Layer",
    "new": "New",
    "authentication": "Authentication",
    "basic": "Basic",
    "connect": "Connect",
    "style": "Layer Properties > Style > Load Style",
}


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.CHANGED),
            dcc.Store(id=ids.AFTER_END),
            html.H1(words("connections.title")),
            html.P(words("connections.lead"), className="ek-lead"),
            _address(words),
            _making(words),
            html.Section(
                [html.H2(words("connections.keys")), html.Div(id=ids.SHOWN), _ending(words)], className="ek-panel"
            ),
            html.Section([html.H2(words("connections.files")), html.Div(id=ids.FILES)], className="ek-panel"),
        ],
        className="ek-page ek-admin",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    files.register(app.server, deps)

    @app.callback(
        Output(ids.SHOWN, "children"),
        Output(ids.KEY, "data"),
        Output(ids.ENDING, "hidden"),
        Output(ids.FILES, "children"),
        Input(ids.CHANGED, "data"),
        Input(ids.AFTER_END, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(_changed: object, _ended: object) -> tuple[object, object, bool, object]:
        words = current_words()
        sees_persons = may(Permission.READ_PERSONS)
        with deps.reading() as conn:
            found = api_keys.connections(conn)
            ground = open_data.footing(conn, level="district", sees_persons=sees_persons)
            own = open_data.districts_in_reach(conn) if sees_persons else []
        open_ = [row for row in found if row["standing"] == "holds"]
        offered = [{"value": str(row["key_id"]), "label": _called(row)} for row in open_]
        return _keys(found, words), offered, not offered, files.offered(ground, own, words)

    @app.callback(
        Output(ids.MESSAGE, "children"),
        Output(ids.CHANGED, "data"),
        Output(ids.NAME, "value"),
        Input(ids.MAKE, "n_clicks"),
        State(ids.NAME, "value"),
        prevent_initial_call=True,
        running=[(Output(ids.MAKE, "disabled"), True, False)],
    )
    @requires(Permission.READ_AGGREGATES)
    def make(_clicks: Number | None, name: Text | None) -> tuple[object, object, object]:
        words = current_words()
        try:
            with deps.writing() as session:
                made = make_key(session, name or "")
        except InvalidInput:
            return _refused(words("problem.name_needed")), no_update, no_update
        except ConnectionKeysMany as refusal:
            return _refused(words(f"error.{refusal.key}")), no_update, no_update
        return _told_once(made, words), mark(), ""

    @app.callback(
        Output(ids.ENDED, "children"),
        Output(ids.AFTER_END, "data"),
        Output(ids.KEY, "value"),
        Input(ids.END, "n_clicks"),
        State(ids.KEY, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def end(_clicks: Number | None, key_id: Number | None) -> tuple[object, object, object]:
        words = current_words()
        if not key_id:
            return no_update, no_update, no_update
        try:
            with deps.writing() as session:
                end_key(session, key_id)
        except NotFound as refusal:
            return _refused(words(f"error.{refusal.key}")), mark(), None
        return html.P(words("connections.ended"), className="ek-admin-done"), mark(), None


def _address(words: Words) -> Component:
    address = f"{deps_of_request().settings.public_url}/ogc"
    copies: dict[str, Any] = {"data-ek-copy": ids.ADDRESS, "data-ek-copied": words("api_key.copied")}
    return html.Section(
        [
            html.H2(words("connections.address")),
            html.P(html.Code(address, id=ids.ADDRESS, className="ek-admin-secret")),
            html.P(words("connections.address_note")),
            html.Div(
                html.Button(words("connections.copy"), type="button", className="ek-button", **copies),
                className="ek-actions",
            ),
            html.H3(words("connections.qgis")),
            html.Ol([html.Li(words(f"connections.step_{step}", **_IN_QGIS)) for step in _STEPS]),
        ],
        className="ek-panel",
    )


def _making(words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("connections.make_title")),
            html.P(words("connections.make_note")),
            html.Div(
                dmc.TextInput(
                    id=ids.NAME,
                    label=words("connections.name"),
                    description=words("connections.name_note"),
                ),
                className="ek-admin-form",
            ),
            html.Button(words("connections.make"), id=ids.MAKE, type="button", className="ek-button ek-button-main"),
            html.Div(id=ids.MESSAGE, role="status"),
        ],
        className="ek-panel",
        **SAVES,
    )


def _ending(words: Words) -> Component:
    return html.Div(
        [
            html.Div(
                [
                    html.Div(
                        [
                            dmc.Select(
                                id=ids.KEY, label=words("connections.which"), data=[], placeholder=words("form.choose")
                            ),
                            html.Button(words("connections.end"), id=ids.END, type="button", className="ek-button"),
                        ],
                        className="ek-admin-form",
                    )
                ],
                id=ids.ENDING,
                hidden=True,
            ),
            html.Div(id=ids.ENDED, role="status"),
        ]
    )


def _told_once(made: MadeKey, words: Words) -> Component:
    copies: dict[str, Any] = {"data-ek-copy": ids.SECRET, "data-ek-copied": words("api_key.copied")}
    return html.Div(
        [
            html.P(words("api_key.once")),
            html.P([words("connections.user"), ": ", html.Code(made.client_id)]),
            html.P(words("connections.password")),
            html.P(html.Code(made.secret, id=ids.SECRET, className="ek-admin-password ek-admin-secret")),
            html.Button(words("api_key.copy"), type="button", className="ek-button", **copies),
            html.P(words("connections.until", day=numbers.day(made.expires_on))),
        ],
        role="status",
        className="ek-admin-done",
    )


def _refused(said: str) -> Component:
    return html.P(said, className="ek-admin-refused", role="alert")


def _called(row: ConnectionKeyRow) -> str:
    owner = "" if row["own"] else f"{row['owner_name']} · "
    return f"{owner}{row['name']} · {row['client_id']}"


def _keys(found: list[ConnectionKeyRow], words: Words) -> Component:
    if not found:
        return html.P(words("connections.none"))
    return sortable(
        [words(f"connections.column_{name}") for name in ("name", "owner", "user", "until", "used", "standing")],
        [
            (
                row["name"],
                row["owner_name"],
                row["client_id"],
                numbers.day(row["expires_on"]),
                numbers.moment(row["last_used_at"]) if row["last_used_at"] else words("api_key.never"),
                words(f"connections.standing_{row['standing']}"),
            )
            for row in found
        ],
        words,
        name="connection-keys",
        label=words("connections.keys"),
    )
