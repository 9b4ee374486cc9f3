"""Opens a ticket: from a page's own help, with that page's address, or from the list."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, pressed
from dashboard.areas import COUNTRY, area_options, own_area
from dashboard.components.detail_page import done
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.support import ids
from dashboard.pages.support.parts import PATH, address, known_page, priority_text, refused
from dashboard.sent.kinds import Clicks, Code, Fields, Names
from queries import support
from registry.principals import Permission
from registry.support.models import KINDS
from registry.support.tickets import OpenTicket, open_ticket

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from words import Words

_LONGEST: Final = 4_000
_LONGEST_SUBJECT: Final = 160
_URGENCIES: Final = (4, 3, 2, 1)


def layout(halaman: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database. ``halaman`` is the page that the ticket is about."""
    words = current_words()
    trail = [{"label": words("nav.support"), "href": PATH}, {"label": words("support.new")}]
    return html.Div(
        [
            dcc.Store(id=ids.PAGE, data=known_page(halaman)),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            dcc.Store(id=trail_of("support-new"), data=trail),
            html.H1(words("support.new")),
            html.Div(skeleton(words("support.loading"), lines=6), id=ids.FORM),
            html.Div(id=ids.FORM_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.FORM, "children"), Input(ids.PAGE, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show_form(page: Code | None) -> Component:
        words = current_words()
        with deps.reading() as conn:
            return _form(conn, known_page(page or ""), own_area(deps.person()), words)

    @app.callback(
        Output(ids.FORM, "hidden"),
        Output(ids.FORM_MESSAGE, "children"),
        Input({"type": ids.SEND_TYPE, "name": ALL}, "n_clicks"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "value"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "id"),
        State(ids.PAGE, "data"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def send(
        _clicks: Clicks, values: Fields, names: Names, page: Code | None, key: Code | None
    ) -> tuple[object, object]:
        words = current_words()
        if pressed() is None:
            return no_update, no_update
        command = _command({name["name"]: value for name, value in zip(names, values, strict=True)}, page)

        def message(result: dict[str, Any]) -> Component:
            number = str(result["number"])
            link = dcc.Link(words("support.open_one"), href=address(number), className="ek-button ek-button-main")
            return done([words("support.sent", number=number), " ", link])

        hidden, said = answered(
            deps,
            f"support-open {key}",
            lambda session: {"number": open_ticket(session, command)},
            message=message,
            refused=lambda error: refused(error, words),
        )
        return (True if isinstance(hidden, dict) else no_update), said


def _command(given: dict[str, Any], page: str | None) -> OpenTicket:
    urgency = str(given.get("urgency") or "3")
    named = given.get("exposure")
    return OpenTicket(
        kind=str(given.get("kind") or ""),
        subject=str(given.get("subject") or "")[:_LONGEST_SUBJECT],
        words=str(given.get("words") or "")[:_LONGEST],
        urgency=int(urgency) if urgency in {str(one) for one in _URGENCIES} else 3,
        exposure=isinstance(named, list) and "ya" in named,
        place=str(given.get("place") or "") or None,
        page=known_page(page or ""),
        email=str(given.get("email") or ""),
    )


def _form(conn: Reads, page: str, area: str, words: Words) -> Component:
    offered = area_options((row["within"], row["code"], row["name"]) for row in support.places(conn))
    known = {row["code"] for row in support.places(conn)}
    kinds = [{"value": kind, "label": words(f"support.kind_{kind}")} for kind in KINDS]
    urgencies = [{"value": str(one), "label": priority_text(one, words)} for one in _URGENCIES]
    about = [html.P(words("support.about_page", page=page), className="ek-footnote")] if page else []
    fields: list[Any] = [
        dmc.Select(
            id=ids.field("kind"), label=words("support.field_kind"), data=kinds, withAsterisk=True,
            placeholder=words("form.choose"),
        ),
        dmc.TextInput(
            id=ids.field("subject"), label=words("support.field_subject"), value="", withAsterisk=True,
            attributes={"input": {"maxLength": _LONGEST_SUBJECT}},
        ),
        dmc.Textarea(
            id=ids.field("words"), label=words("support.field_words"), description=words("support.words_hint"),
            value="", autosize=True, minRows=4, withAsterisk=True, attributes={"input": {"maxLength": _LONGEST}},
        ),
        dmc.Select(id=ids.field("urgency"), label=words("support.field_urgency"), data=urgencies, value="3"),
        dmc.CheckboxGroup(
            dmc.Checkbox(label=words("support.exposure"), value="ya"), id=ids.field("exposure"), value=[],
            label=words("support.field_exposure"),
        ),
        dmc.Select(
            id=ids.field("place"), label=words("support.field_place"), data=offered, searchable=True,
            value=area if area in known else COUNTRY, nothingFoundMessage=words("form.no_match"),
        ),
        dmc.TextInput(
            id=ids.field("email"), label=words("support.field_email"), description=words("support.email_hint"),
            value="", attributes={"input": {"maxLength": 254}},
        ),
    ]  # fmt: skip
    button = html.Button(
        words("support.send"), id={"type": ids.SEND_TYPE, "name": "send"}, className="ek-button ek-button-main",
        n_clicks=0,
    )  # fmt: skip
    return html.Div([*about, *fields, button], className="ek-column-form", **SAVES)
