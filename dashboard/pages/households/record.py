"""The page of one household: reads the record, opens a form in its place, saves, and says what that did."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard import boundary_files
from dashboard.boundary_files import url_of
from dashboard.components.aria import aria
from dashboard.components.detail_page import number_in
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.household import texts
from dashboard.household.answers import values_of
from dashboard.household.hints import identity_hint, place_hint
from dashboard.household.parts import HOSTS, LOCATION, PARTS, PLACE
from dashboard.household.timeline import timeline
from dashboard.i18n import current_words
from dashboard.pages.households import aid, forms, header, ids, leaving, mukim, past, saving, sections
from dashboard.pages.households.applied import read_applied
from dashboard.pages.households.rights import may_open_forms
from dashboard.sent.kinds import Code, Number, Scalar, Text, whole_number
from poverty.lines import explain
from queries import households
from registry.areas.boundary_files import web_files
from registry.errors import InvalidInput
from registry.households.saving import preview_move, reveal_id
from registry.mykad import parse, written
from registry.principals import Permission
from registry.status.explain import decision_of

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from dashboard.household.options import Options
    from dashboard.pages.households.applied import Applied
    from queries.households import WholeRecord
    from words import Words

PATH = "/isi-rumah/<household_id>"


def layout(household_id: Any = None, **query: object) -> Component:
    """The frame of a record: skeleton, dock for saving, stores; reads no database."""
    words = current_words()
    stores = (
        ids.LOADED, ids.EDITING, ids.SHOWN, ids.BASELINE, ids.SAVED, ids.CONFLICT, ids.TAKEN, ids.FOCUSED,
        ids.PLACE_PICKED, ids.EXITED, ids.MUKIM_ACCEPTED,
    )  # fmt: skip
    return html.Div(
        [
            dcc.Store(id=ids.HOUSEHOLD, data=number_in(household_id)),
            dcc.Store(id=ids.AS_OF, data=past.asked(query)),
            *(dcc.Store(id=name) for name in stores),
            dcc.Store(id=trail_of("households"), data=[]),
            html.Div(id=ids.FLASH, role="status", className="ek-flash-place", tabIndex=-1),
            html.Div(id=ids.MUKIM_MESSAGE, role="status", className="ek-flash-place", tabIndex=-1),
            html.Div(skeleton(words("record.loading"), block=True, lines=6), id=ids.CONTENT),
            _dock(words),
        ],
        className="ek-page ek-households ek-record-page",
        **SAVES,
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _reading(app, deps)
    _editing(app, deps)
    _placing(app, deps)
    _hinting(app, deps)
    _in_the_browser(app)
    saving.register(app, deps)
    leaving.register(app, deps)
    mukim.register(app, deps)
    aid.register(app, deps)


def _reading(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of("households"), "data"),
        Input(ids.HOUSEHOLD, "data"),
        Input(ids.SAVED, "data"),
        Input(ids.EXITED, "data"),
        Input(ids.MUKIM_ACCEPTED, "data"),
        State(ids.AS_OF, "data"),
    )
    @requires(Permission.READ_PERSONS)
    def show_record(
        household_id: Number | None, _saved: object, _exited: object, _accepted: object, as_of: past.Days | None
    ) -> tuple[Component, dict[str, int] | None, object]:
        words = current_words()
        record = None
        if household_id is not None:
            with deps.reading() as conn:
                record = households.whole_record(conn, household_id)
                applied = read_applied(conn, household_id, words)
                if record is not None and as_of:
                    return past.page_of(conn, household_id, as_of, words), None, _trail(record, words)
        if record is None:
            return _not_found(words), None, no_update
        deps.note_read("read", subject="household", subject_id=household_id)
        loaded = {"version": record.household["version"]}
        page = page_of(record, applied, words, may_edit=may_open_forms(), land_url=land_under(deps, record))
        return page, loaded, _trail(record, words)

    @app.callback(
        Output({"type": ids.NUMBER_TYPE, "row": MATCH}, "children"),
        Output({"type": ids.REVEAL_TYPE, "row": MATCH}, "disabled"),
        Input({"type": ids.REVEAL_TYPE, "row": MATCH}, "n_clicks"),
        State(ids.HOUSEHOLD, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_PERSONS)
    def show_number(clicks: Number | None, household_id: Number | None) -> tuple[object, object]:
        if not clicks or household_id is None or not isinstance(ctx.triggered_id, dict):
            return no_update, no_update
        with deps.writing() as session:
            number = reveal_id(session, household_id=household_id, person_id=whole_number(ctx.triggered_id["row"]))
        return written(number), True


def _editing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output({"type": ids.BODY_TYPE, "part": ALL}, "children"),
        Output(ids.BASELINE, "data"),
        Output(ids.SHOWN, "data"),
        Input(ids.EDITING, "data"),
        State(ids.HOUSEHOLD, "data"),
        State(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.REQUEST_CHANGES)
    def show_form(
        editing: saving.Editing | None, household_id: Number | None, shown: saving.Editing | None
    ) -> tuple[list[object], dict[str, Any] | None, dict[str, Any] | None]:
        words = current_words()
        places = [output["id"]["part"] for output in ctx.outputs_list[0]]
        opened = editing.form if editing else None
        if household_id is None or (opened is not None and opened not in HOSTS):
            return [no_update] * len(places), None, None
        with deps.reading() as conn:
            record = households.whole_record(conn, household_id)
            offered = _offered(conn, record) if record is not None and opened == LOCATION else ([], [])
        if record is None:
            return [no_update] * len(places), None, None
        land = land_under(deps, record)
        areas = forms.Areas(*offered, land_url=land)
        before = forms.host_of(shown.form if shown else None)
        host = forms.host_of(opened)
        row = (editing.row if editing else "") or ""
        bodies: list[object] = [no_update] * len(places)
        for number, place in enumerate(places):
            if place == host and opened is not None:
                bodies[number] = forms.form_of(opened, row, record, words, areas=areas)
            elif place == before:
                bodies[number] = sections.body_of(place, record, words, may_edit=True, land_url=land)
        values = values_of(opened, row, record) if opened is not None else None
        return bodies, values, asdict(editing) if editing and opened is not None else None

    @app.callback(
        Output(ids.field("mukim_code"), "data"),
        Input(ids.field("district_code"), "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.REQUEST_CHANGES)
    def offer_mukims(district: Code | None) -> list[dict[str, str]]:
        with deps.reading() as conn:
            found = households.mukims(conn, district or "")
        return [{"value": row["code"], "label": row["name"]} for row in found]


def _degrees(typed: Scalar) -> float:
    """What was typed as degrees.

    Raises:
        ValueError: it is no number.

    """
    degrees = float(str(typed))
    if not math.isfinite(degrees):
        raise ValueError
    return degrees


def _placing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.PLACE_COMPARED, "children"),
        Input(ids.field("latitude"), "value"),
        Input(ids.field("longitude"), "value"),
        State(ids.HOUSEHOLD, "data"),
    )
    @requires(Permission.REQUEST_CHANGES)
    def compare_place(latitude: Scalar, longitude: Scalar, household_id: Number | None) -> object:
        words = current_words()
        try:
            point = {"latitude": _degrees(latitude), "longitude": _degrees(longitude)}
        except ValueError:
            return html.P(words("problem.number"), className="ek-agreement is-far")
        try:
            with deps.reading() as conn:
                preview = preview_move(conn, household_id=household_id or 0, **point)
                near = households.places_near(conn, **point)
        except InvalidInput:
            return html.P(words("problem.outside_malaysia"), className="ek-agreement is-far")
        return place_hint(preview, near, words)


def _hinting(app: Dash, deps: Deps) -> None:
    def field(name: str) -> dict[str, object]:
        return {"type": ids.FIELD_TYPE, "name": name, "row": MATCH}

    @app.callback(
        Output({"type": ids.HINT_TYPE, "row": MATCH}, "children"),
        Input(field("id_no"), "value"),
        Input(field("birth_date"), "value"),
        Input(field("sex"), "value"),
    )
    @requires(Permission.REQUEST_CHANGES)
    def hint_identity(number: Text | None, born: Text | None, sex: Code | None) -> object:
        card = parse(number or "", today=texts.today())
        if card is None:
            return None
        state = None
        if card.birth_state_code is not None:
            with deps.reading() as conn:
                state = households.area_name(conn, card.birth_state_code)
        return identity_hint(card, state=state, born=born, sex=sex, words=current_words())


def _in_the_browser(app: Dash) -> None:
    """What needs no server: which form is open, what is unsaved, where the keyboard is."""
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "open"),
        Output(ids.EDITING, "data"),
        Input({"type": ids.EDIT_TYPE, "form": ALL, "row": ALL}, "n_clicks"),
        Input(ids.CANCEL, "n_clicks"),
        Input(ids.SAVED, "data"),
        State(ids.EDITING, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "unsaved"),
        Output(ids.UNSAVED, "children"),
        Input({"type": ids.FIELD_TYPE, "name": ALL, "row": ALL}, "value"),
        Input(ids.BASELINE, "data"),
        State({"type": ids.FIELD_TYPE, "name": ALL, "row": ALL}, "id"),
        State(ids.DOCK_STATE, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "dock"), Output(ids.DOCK, "className"), Input(ids.EDITING, "data")
    )
    _forms_in_the_browser(app)


def _forms_in_the_browser(app: Dash) -> None:
    """The rest of it: what follows a form that is open."""
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "focus"),
        Output(ids.FOCUSED, "data"),
        Input(ids.SHOWN, "data"),
        Input(ids.DOCK_MESSAGE, "children"),
        Input(ids.FLASH, "children"),
        Input(ids.MUKIM_MESSAGE, "children"),
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "take"),
        Output(ids.TAKEN, "data"),
        Input({"type": ids.TAKE_TYPE, "name": ALL, "row": ALL}, "value"),
        State({"type": ids.TAKE_TYPE, "name": ALL, "row": ALL}, "id"),
        State(ids.CONFLICT, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "pickPlace"),
        Output(ids.PLACE_PICKED, "data"),
        Input(ids.PLACE_EDIT_MARKER, "position"),
        Input(ids.PLACE_EDIT_MAP, "clickData"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "measured"),
        Output(ids.PLACE_MEASURED, "hidden"),
        Input(ids.field("accuracy"), "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "putMarker"),
        Output(ids.PLACE_EDIT_MARKER, "position"),
        Input(ids.field("latitude"), "value"),
        Input(ids.field("longitude"), "value"),
        State(ids.PLACE_EDIT_MARKER, "position"),
        prevent_initial_call=True,
    )


def page_of(
    record: WholeRecord, applied: list[Applied], words: Words, *, may_edit: bool, land_url: str | None
) -> Component:
    """The whole record as it is read."""
    parts = [
        sections.section(
            part, sections.body_of(part.name, record, words, may_edit=may_edit), record, words, may_edit=may_edit
        )
        for part in PARTS.values()
    ]
    place = sections.body_of(PLACE, record, words, may_edit=may_edit, land_url=land_url)
    aside = [
        _card(words("place.title"), html.Div(place, id=ids.body(PLACE), **SAVES), "ek-part-place"),
        *(_card(title, body, name) for title, body, name in aid.cards(record, words)),
        _card(words("record.flags"), sections.flags(record, words), "ek-part-flags"),
        _card(words("timeline.title"), timeline(record, words), "ek-part-timeline"),
        _card(words("past.title"), past.form(record, words), "ek-part-past"),
    ]
    aside[1:1] = [_card(*part) for part in applied]
    if may(Permission.CLEANSE):
        aside.append(_card(words("exit.title"), leaving.form(record, words), "ek-part-exit"))
    return html.Article(
        [
            header.header(record, explain(decision_of(record.household)), words),
            header.strip(record, words),
            html.Div(
                [html.Div(parts, className="ek-record-main"), html.Div(aside, className="ek-record-aside")],
                className="ek-record-body",
            ),
        ]
    )


def _card(title: str, body: Any, name: str) -> Component:
    return html.Section([html.Div(html.H2(title), className="ek-part-head"), body], className=f"ek-part {name}")


def land_under(deps: Deps, record: WholeRecord) -> str | None:
    """The file that the small map is drawn on: the mukim of the declared district, else the states."""
    home = deps.settings.home
    files = web_files(home, level="mukim", parent=record.household["district_code"])
    return url_of(files[-1]) if files else boundary_files.land_url(home)


def _offered(conn: Reads, record: WholeRecord) -> tuple[Options, Options]:
    """The districts that may be declared, by state, and the mukim of the one that is."""
    groups: dict[str, Options] = {}
    for row in households.districts(conn):
        groups.setdefault(row["state_name"], []).append({"value": row["code"], "label": row["name"]})
    mukims = households.mukims(conn, record.household["district_code"])
    return (
        [{"group": state, "items": items} for state, items in groups.items()],
        [{"value": row["code"], "label": row["name"]} for row in mukims],
    )


def _dock(words: Words) -> Component:
    """The tray at the bottom while a form is open: what is unsaved, what is wrong, and the two ways out."""
    wordings = {key: words(f"dock.{key}") for key in ("none", "some", "leave", "stay", "discard", "question")}
    return html.Section(
        [
            dcc.Store(id=ids.DOCK_STATE, data=wordings),
            html.Div(id=ids.DOCK_MESSAGE, className="ek-dock-message", tabIndex=-1),
            html.Div(
                [
                    html.Span(id=ids.UNSAVED, className="ek-unsaved", role="status"),
                    dmc.Button(words("dock.cancel"), id=ids.CANCEL, variant="subtle"),
                    dmc.Button(words("dock.save"), id=ids.SAVE),
                ],
                className="ek-dock-bar",
            ),
        ],
        id=ids.DOCK,
        className="ek-dock is-hidden",
        **aria(label=words("dock.label")),
    )


def _not_found(words: Words) -> Component:
    link = dcc.Link(words("record.to_search"), href="/isi-rumah", className="ek-button")
    return empty(words("record.not_found"), words("record.not_found_note"), action=link)


def _trail(record: WholeRecord, words: Words) -> list[dict[str, str]]:
    return [
        {"label": words("search.title"), "href": "/isi-rumah"},
        {"label": words("record.file_no", number=record.household["file_no"])},
    ]
