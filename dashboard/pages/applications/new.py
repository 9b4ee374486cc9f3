"""Opens an application: for a household that was looked up by a number, or that its record's page leads from."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, pressed
from dashboard.components.detail_page import done, number_in
from dashboard.components.forms import ASKS, SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.applications import fields, ids
from dashboard.pages.applications.parts import PATH, address, refused
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Number, Text, View
from queries import applications, households
from registry.applications.applications import OpenApplication, find_applicant, open_application
from registry.errors import InvalidInput, RegistryError
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from words import Words

_WAYS_IN: Final = {"case": "/kes/baharu", "tell": "/awam/maklum", "project": "/projek/baharu"}


def layout(isi_rumah: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    household = number_in(isi_rumah)
    find = html.Div(
        [
            dmc.TextInput(
                id=ids.ID_NO, label=words("field.id_no"), description=words("application.find_hint"), value=""
            ),
            html.Button(words("application.find"), id=ids.FIND, className="ek-button ek-button-main", n_clicks=0),
        ],
        className="ek-column-form",
        role="search",
        hidden=household is not None,
        **ASKS,
    )
    trail = [{"label": words("nav.applications"), "href": PATH}, {"label": words("application.new")}]
    return html.Div(
        [
            dcc.Store(id=ids.HOUSEHOLD, data=household),
            dcc.Store(id=ids.FOUND, data={"household": household} if household is not None else None),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            dcc.Store(id=trail_of("applications-new"), data=trail),
            html.H1(words("application.new")),
            find,
            html.Div(id=ids.FIND_MESSAGE, role="status"),
            html.Div(id=ids.FORM),
            html.Div(id=ids.FORM_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _finding(app, deps)
    _opening(app, deps)


def _finding(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.FOUND, "data"),
        Output(ids.FIND_MESSAGE, "children"),
        Input(ids.FIND, "n_clicks"),
        Input(ids.ID_NO, "n_submit"),
        State(ids.ID_NO, "value"),
        prevent_initial_call=True,
        running=[(Output(ids.FIND, "disabled"), True, False)],
    )
    @requires(Permission.APPLY_AID)
    def find(clicks: Number | None, entered: Number | None, id_no: Text | None) -> tuple[object, object]:
        words = current_words()
        if not clicks and not entered:
            return no_update, no_update
        try:
            with deps.writing() as session:
                found = find_applicant(session, id_no or "", secret=deps.settings.secret_key)
        except InvalidInput as error:
            return None, refused(error, words)
        if not found.registered:
            return None, _ways_in(words)
        return {"household": found.household_id, "registered": True}, None

    @app.callback(Output(ids.FORM, "children"), Input(ids.FOUND, "data"))
    @requires(Permission.APPLY_AID)
    def show_form(found: View | None) -> object:
        words = current_words()
        if not found:
            return None
        household = number_in(found.get("household"))
        with deps.reading() as conn:
            return _form(conn, household, words)


def _ways_in(words: Words) -> Component:
    """That nobody of that number can be applied for, and how they get into the register, by what one may do oneself."""
    # who registers nobody tells the district's office, as anybody may
    first = "case" if may(Permission.REGISTER) else "tell"
    ways = [first, *(["project"] if may(Permission.OPEN_PROJECTS) else [])]
    links = [html.Li(html.A(words(f"application.first_{way}"), href=_WAYS_IN[way])) for way in ways]
    return html.Div(
        [
            html.P(words("application.not_registered"), className="ek-refused"),
            html.P(words("application.register_first")),
            html.Ul(links),
        ]
    )


def _opening(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.FORM, "hidden"),
        Output(ids.FORM_MESSAGE, "children"),
        Input({"type": ids.OPEN_TYPE, "name": ALL}, "n_clicks"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "value"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "id"),
        State(ids.FOUND, "data"),
        State(ids.ID_NO, "value"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.APPLY_AID)
    def open_one(
        _clicks: Clicks, values: Fields, names: Names, found: View | None, id_no: Text | None, key: Code | None
    ) -> tuple[object, object]:
        words = current_words()
        if pressed() is None or not found:
            return no_update, no_update
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}
        try:
            household = number_in(found.get("household"))
            command = OpenApplication(
                household_id=household, id_no="" if household is not None else id_no or "", **fields.asked(given)
            )
        except InvalidInput as error:
            return no_update, refused(error, words)
        secret = deps.settings.secret_key

        def message(result: dict[str, Any]) -> Component:
            number = str(result["number"])
            link = dcc.Link(words("application.go_on"), href=address(number), className="ek-button ek-button-main")
            return done([words("application.opened_one", number=number), " ", link])

        hidden, said = answered(
            deps,
            f"application-open {key} {command.kind_id}",
            lambda session: {"number": open_application(session, command, secret=secret)},
            message=message,
            refused=lambda error: refused(error, words),
        )
        return (True if isinstance(hidden, dict) else no_update), said


def _form(conn: Reads, household: int | None, words: Words) -> Component:
    """The form, with the household's name and members for who sees them."""
    record = households.record(conn, household) if household is not None else None
    if household is not None and record is None:
        return html.P(words(f"error.{RegistryError.key}"), className="ek-refused")
    kinds = applications.open_kinds(conn)
    if not kinds:
        return html.P(words("application.no_kinds"), className="ek-refused")
    members = households.members(conn, household) if household is not None else []
    about = html.P(words("application.for_registered"))
    if record is not None:
        about = html.P([html.Strong(record["head_name"]), " · ", record["file_no"], " · ", record["district_name"]])
    people = [{"value": str(row["person_id"]), "label": f"{row['name']} ({row['relationship']})"} for row in members]
    button = html.Button(
        words("application.open"), id={"type": ids.OPEN_TYPE, "name": "open"}, className="ek-button ek-button-main",
        n_clicks=0,
    )  # fmt: skip
    return html.Div(
        [about, *fields.what(kinds, people, {}, words), *fields.who({}, words), button],
        className="ek-column-form",
        **SAVES,
    )
