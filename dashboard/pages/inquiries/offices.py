"""What the public is told of the own District Offices, typed by who leads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, answers_to, mark, pressed
from dashboard.components.detail_page import done
from dashboard.components.forms import SAVES
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.inquiries import ids
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Version
from queries import inquiries
from registry.inquiries.inquiries import LONGEST, ChangeOffice, change_office
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from words import Words

_FIELDS: Final = tuple(LONGEST)


def part(words: Words) -> Component:
    """The form, closed; it asks for nothing until an office is chosen."""
    if not may(Permission.ASSIGN):
        return html.Div()
    return html.Details(
        [
            html.Summary(words("inquiry.offices")),
            html.P(words("inquiry.offices_lead")),
            dmc.Select(id=ids.OFFICE, label=words("inquiry.office"), data=[], searchable=True),
            html.Div(id=ids.OFFICE_FORM),
            dcc.Store(id=ids.OFFICE_SEEN),
            dcc.Store(id=ids.OFFICE_DONE),
            html.Div(id=ids.OFFICE_MESSAGE, role="status"),
        ],
        className="ek-panel ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the form's callbacks onto ``app``."""

    @app.callback(Output(ids.OFFICE, "data"), Input(ids.OFFICE, "id"))
    @requires(Permission.ASSIGN)
    def offer(_once: object) -> list[dict[str, str]]:
        with deps.reading() as conn:
            return [{"value": row["district_code"], "label": row["district_name"]} for row in inquiries.offices(conn)]

    @app.callback(
        Output(ids.OFFICE_FORM, "children"),
        Output(ids.OFFICE_SEEN, "data"),
        Input(ids.OFFICE, "value"),
        Input(ids.OFFICE_DONE, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ASSIGN)
    def open_form(district: Code | None, _done: object) -> tuple[object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = inquiries.office(conn, district or "")
        if found is None:
            return [], None
        told: dict[str, Any] = {**found}
        fields = [
            dmc.TextInput(
                id={"type": ids.OFFICE_FIELD, "action": "office", "name": name},
                label=words(f"inquiry.office_{name}"),
                value=told[name],
                attributes={"input": {"maxLength": LONGEST[name]}},
            )
            for name in _FIELDS
        ]
        save = html.Button(
            words("inquiry.save"), id={"type": ids.OFFICE_SAVE, "district": found["district_code"]}, type="button",
            className="ek-button ek-button-main", n_clicks=0,
        )  # fmt: skip
        form = html.Div([*fields, html.Div(save, className="ek-actions")], className="ek-spaced", **SAVES)
        return form, found["version"]

    @app.callback(
        Output(ids.OFFICE_DONE, "data"),
        Output(ids.OFFICE_MESSAGE, "children"),
        Input({"type": ids.OFFICE_SAVE, "district": ALL}, "n_clicks"),
        State({"type": ids.OFFICE_FIELD, "action": ALL, "name": ALL}, "value"),
        State({"type": ids.OFFICE_FIELD, "action": ALL, "name": ALL}, "id"),
        State(ids.OFFICE_SEEN, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ASSIGN)
    def save(_clicks: Clicks, values: Fields, names: Names, seen: Version | None) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or seen is None:
            return no_update, no_update
        typed = answers_to("office", values, names)
        command = ChangeOffice(
            district_code=str(asked["district"]),
            version=seen,
            **{name: str(typed.get(name) or "") for name in _FIELDS},
        )
        return answered(
            deps,
            f"office {command.district_code} {seen} {mark()}",
            lambda session: _change(session, command),
            message=lambda _result: done(words("inquiry.office_saved")),
            refused=lambda error: html.P(words(f"error.{error.key}"), className="ek-error-summary"),
        )


def _change(session: Writes, command: ChangeOffice) -> dict[str, object]:
    change_office(session, command)
    return {"version": command.version + 1}
