"""Sends a referral: of a household or a project, from its page, with what is handed over by name; or about an area."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, pressed
from dashboard.components.detail_page import done, number_in
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.referrals import ids
from dashboard.pages.referrals.of_project import project_form
from dashboard.pages.referrals.parts import PATH, address, known_project, party_name, refused
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Number
from queries import households, projects, referrals
from registry.principals import Permission
from registry.referrals.models import COMPONENTS
from registry.referrals.referrals import SendReferral, send_referral

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from words import Words

_LONGEST: Final = 4_000
_GIVEN: Final = ("pengenalan",)
"""What is ticked to begin with: without it the receiver could not tell whom it is about."""


def layout(isi_rumah: str = "", projek: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database. ``isi_rumah`` and ``projek`` are what it is about."""
    words = current_words()
    trail = [{"label": words("nav.referrals"), "href": PATH}, {"label": words("referral.new")}]
    return html.Div(
        [
            dcc.Store(id=ids.HOUSEHOLD, data=number_in(isi_rumah)),
            dcc.Store(id=ids.PROJECT, data=known_project(projek)),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            dcc.Store(id=trail_of("referrals-new"), data=trail),
            html.H1(words("referral.new")),
            html.Div(skeleton(words("referral.loading"), lines=6), id=ids.FORM),
            html.Div(id=ids.FORM_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.FORM, "children"), Input(ids.HOUSEHOLD, "data"), Input(ids.PROJECT, "data"))
    @requires(Permission.REFER)
    def show_form(household: Number | None, project: Code | None) -> Component:
        words = current_words()
        with deps.reading() as conn:
            return _form(conn, household, project, words)

    @app.callback(
        Output(ids.FORM, "hidden"),
        Output(ids.FORM_MESSAGE, "children"),
        Input({"type": ids.SEND_TYPE, "name": ALL}, "n_clicks"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "value"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "id"),
        State(ids.HOUSEHOLD, "data"),
        State(ids.PROJECT, "data"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.REFER)
    def send(
        _clicks: Clicks,
        values: Fields,
        names: Names,
        household: Number | None,
        project: Code | None,
        key: Code | None,
    ) -> tuple[object, object]:
        words = current_words()
        if pressed() is None:
            return no_update, no_update
        command = _command({name["name"]: value for name, value in zip(names, values, strict=True)}, household, project)

        def message(result: dict[str, Any]) -> Component:
            number = str(result["number"])
            link = dcc.Link(words("referral.open"), href=address(number), className="ek-button ek-button-main")
            return done([words("referral.sent_one", number=number), " ", link])

        hidden, said = answered(
            deps,
            f"referral-send {key}",
            lambda session: {"number": send_referral(session, command)},
            message=message,
            refused=lambda error: refused(error, words),
        )
        return (True if isinstance(hidden, dict) else no_update), said


def _command(given: dict[str, Any], household: int | None, project: str | None) -> SendReferral:
    named = given.get("components")
    of_area = household is None and project is None
    return SendReferral(
        to=str(given.get("to") or ""),
        question=str(given.get("question") or "")[:_LONGEST],
        household_id=household,
        project_no=project if household is None else None,
        area_code=(str(given.get("area") or "") or None) if of_area else None,
        components=tuple(str(name) for name in named) if isinstance(named, list) and not of_area else (),
    )


def _form(conn: Reads, household: int | None, project: str | None, words: Words) -> Component:
    about: list[Component] = []
    if household is not None:
        record = households.record(conn, household)
        if record is None:
            return html.P(words("record.not_found_note"), className="ek-refused")
        about = [
            html.P([html.Strong(record["head_name"]), " · ", record["file_no"], " · ", record["district_name"]]),
            _components(words),
        ]
    elif project is not None:
        found = projects.project(conn, project)
        if found is None:
            return html.P(words("error.not_found"), className="ek-refused")
        about = project_form(found, words)
    else:
        about = [html.P(words("referral.from_record"), className="ek-footnote"), _areas(conn, words)]
    to = dmc.Select(
        id=ids.field("to"), label=words("referral.field_to"), data=_receivers(conn, words), withAsterisk=True,
        searchable=True, placeholder=words("form.choose"), nothingFoundMessage=words("form.no_match"),
    )  # fmt: skip
    question = dmc.Textarea(
        id=ids.field("question"), label=words("referral.field_question"), value="", autosize=True, minRows=3,
        withAsterisk=True, attributes={"input": {"maxLength": _LONGEST}},
    )  # fmt: skip
    button = html.Button(
        words("referral.send"), id={"type": ids.SEND_TYPE, "name": "send"}, className="ek-button ek-button-main",
        n_clicks=0,
    )  # fmt: skip
    return html.Div([*about, to, question, button], className="ek-column-form", **SAVES)


def _components(words: Words) -> Component:
    boxes = [dmc.Checkbox(label=words(f"application.component_{name}"), value=name) for name in COMPONENTS]
    group: Component = dmc.CheckboxGroup(
        dmc.Stack(boxes, gap="xs"),
        id=ids.field("components"),
        label=words("referral.field_components"),
        description=words("referral.components_hint"),
        value=list(_GIVEN),
    )
    return group


def _areas(conn: Reads, words: Words) -> Component:
    groups: dict[str, list[dict[str, str]]] = {}
    for row in referrals.areas(conn):
        level = words(f"level.{row['level']}")
        label = f"{row['name']} ({level})"
        groups.setdefault(row["within"], []).append({"value": row["code"], "label": label})
    select: Component = dmc.Select(
        id=ids.field("area"), label=words("referral.field_area"), withAsterisk=True, searchable=True,
        data=[{"group": name, "items": items} for name, items in groups.items()],
        placeholder=words("form.choose"), nothingFoundMessage=words("form.no_match"),
    )  # fmt: skip
    return select


def _receivers(conn: Reads, words: Words) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for row in referrals.receivers(conn):
        label = party_name(row["party"], row, "name", words)
        within = row["within_ms"] if words.language == "ms" else row["within_en"]
        groups.setdefault(row["kind"], []).append(
            {"value": row["party"], "label": f"{label} · {within}" if within else label}
        )
    return [{"group": words(f"referral.kind_{kind}"), "items": items} for kind, items in groups.items()]
