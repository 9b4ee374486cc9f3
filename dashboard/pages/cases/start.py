"""Opens a case: by which channel it comes and in which district; the form follows."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.areas import area_options
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.cases import ids
from dashboard.pages.cases.queue import BLANK_PATH, NEW_PATH
from dashboard.pages.cases.queue import PATH as QUEUE_PATH
from dashboard.sent.kinds import Code, Number
from queries import households
from registry import audit
from registry.cases.cases import OpenCase, open_case
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps

PATH: Final = NEW_PATH
ENTERED: Final = ("officer", "paper", "representative")
"""The channels by which somebody fills in a form; the others come in by themselves."""


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    channels = dmc.RadioGroup(
        [dmc.Radio(words(f"case.channel_{name}"), value=name) for name in ENTERED],
        id=ids.START_CHANNEL,
        label=words("case.channel"),
        value=ENTERED[0],
        withAsterisk=True,
    )
    district = dmc.Select(
        id=ids.START_DISTRICT,
        label=words("field.district_code"),
        data=[],
        searchable=True,
        withAsterisk=True,
        placeholder=words("form.choose"),
        nothingFoundMessage=words("form.no_match"),
    )
    return html.Div(
        [
            dcc.Store(
                id=trail_of("cases-new"),
                data=[{"label": words("nav.cases"), "href": QUEUE_PATH}, {"label": words("case.new")}],
            ),
            dcc.Store(id=ids.START_KEY, data=secrets.token_hex(16)),
            dcc.Store(id=ids.START_OPENED),
            dcc.Store(id=ids.START_GONE),
            html.H1(words("case.new")),
            html.P([words("case.start_note"), " ", html.A(words("case.blank"), href=BLANK_PATH, target="_blank")]),
            html.Div(
                [
                    html.Div([channels, district], className="ek-case-start"),
                    html.Div(id=ids.START_MESSAGE, role="alert"),
                    dmc.Button(words("case.start"), id=ids.START_BUTTON),
                ],
                **SAVES,
            ),
        ],
        className="ek-page ek-households ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    app.clientside_callback(
        ClientsideFunction("ekasih_case_form", "goToForm"),
        Output(ids.START_GONE, "data"),
        Input(ids.START_OPENED, "data"),
        prevent_initial_call=True,
    )

    @app.callback(Output(ids.START_DISTRICT, "data"), Output(ids.START_DISTRICT, "value"), Input(ids.START_KEY, "data"))
    @requires(Permission.REGISTER)
    def offer_districts(_key: object) -> tuple[list[dict[str, object]], str | None]:
        with deps.reading() as conn:
            found = households.districts(conn)
        offered = area_options((row["state_name"], row["code"], row["name"]) for row in found)
        return offered, found[0]["code"] if len(found) == 1 else None

    @app.callback(
        Output(ids.START_OPENED, "data"),
        Output(ids.START_MESSAGE, "children"),
        Input(ids.START_BUTTON, "n_clicks"),
        State(ids.START_CHANNEL, "value"),
        State(ids.START_DISTRICT, "value"),
        State(ids.START_KEY, "data"),
        running=[(Output(ids.START_BUTTON, "loading"), True, False)],
        prevent_initial_call=True,
    )
    @requires(Permission.REGISTER)
    def start(
        clicks: Number | None, channel: Code | None, district: Code | None, key: Code | None
    ) -> tuple[object, object]:
        words = current_words()
        if not clicks:
            return no_update, no_update
        with deps.writing() as session:
            own = {row["code"] for row in households.districts(session.connection())}
            if district not in own or channel not in ENTERED:
                message = words("problem.required")
                return no_update, html.P(f"{words('field.district_code')}: {message}", className="ek-case-problem")
            command = OpenCase(
                channel=str(channel), district_code=str(district), draft={"lokasi": {"district_code": district}}
            )
            opened, _ran = audit.once(session, f"case-open {key}", lambda: {"case": open_case(session, command).id})
        return opened, None
