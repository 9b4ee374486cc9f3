"""Programmes of aid: every programme with its agency and state; offices and needs; a new one for who manages them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.days import beside_day
from dashboard.components.detail_page import done
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.household import texts
from dashboard.household.given import name_of
from dashboard.i18n import current_words
from dashboard.pages.programmes import ids, offices
from dashboard.pages.programmes.texts import PATH, days_text, refused
from dashboard.sent.kinds import Clicks, Fields, Names, whole_number
from layers import numbers
from queries import oversight, programmes
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission
from registry.programmes.administration import COVERAGES, AddProgramme, add_programme
from registry.programmes.models import FORMS, FREQUENCIES, RECIPIENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.programmes import AgencyRow, NeedRow, ProgrammeRow
    from words import Words

_CHOICES: Final = (
    ("form", FORMS),
    ("recipient", RECIPIENTS),
    ("frequency", FREQUENCIES),
    ("coverage", COVERAGES),
)


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("programmes"), data=[{"label": words("nav.programmes")}]),
            dcc.Store(id=ids.OPENED, data=1),
            dcc.Store(id=ids.ADDED),
            html.H1(words("nav.programmes")),
            html.P(words("programme.lead"), className="ek-lead"),
            dcc.Store(id=ids.PLACED),
            html.Div(id=ids.ADD_MESSAGE, role="status"),
            html.Div(id=ids.PLACE_MESSAGE, role="status"),
            html.Div(skeleton(words("programme.loading"), lines=6), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    offices.register(app, deps)

    @app.callback(
        Output(ids.LIST, "children"),
        Input(ids.OPENED, "data"),
        Input(ids.ADDED, "data"),
        Input(ids.PLACED, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(_opened: object, _added: object, _placed: object) -> object:
        words = current_words()
        with deps.reading() as conn:
            found, agencies = programmes.programmes(conn), programmes.agencies(conn)
            places, needs = programmes.offices(conn), programmes.needs(conn)
            changes = may(Permission.MANAGE_PROGRAMMES) and any(row["changes"] for row in needs)
            areas = oversight.areas(conn) if changes else []
        own = [row for row in agencies if row["manages"]] if may(Permission.MANAGE_PROGRAMMES) else []
        return [
            _programmes(found, words),
            *([_new(own, needs, words)] if own else []),
            html.H2(words("programme.agencies")),
            _agencies(agencies, words),
            html.H2(words("programme.offices")),
            offices.offices(places, words),
            *(offices.office_forms(agencies, places, areas, words) if changes else []),
            html.H2(words("programme.needs")),
            offices.needs(needs, words),
            *(offices.need_forms(needs, words) if changes else []),
        ]

    @app.callback(
        Output(ids.ADDED, "data"),
        Output(ids.ADD_MESSAGE, "children"),
        Input({"type": ids.ADD, "act": ALL}, "n_clicks"),
        State({"type": ids.NEW_FIELD, "name": ALL}, "value"),
        State({"type": ids.NEW_FIELD, "name": ALL}, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.MANAGE_PROGRAMMES)
    def add(_clicks: Clicks, values: Fields, names: Names) -> tuple[object, object]:
        words = current_words()
        if pressed() is None:
            return no_update, no_update
        given = {name["name"]: str(value or "") for name, value in zip(names, values, strict=True)}
        begins = day_of(given.get("valid_from"))
        if begins is None or not given.get("agency"):
            problem = "valid_from" if begins is None else "agency"
            return no_update, refused(InvalidInput({problem: "required"}), words)
        command = AddProgramme(
            agency_id=whole_number(given["agency"]),
            code=given.get("code", ""),
            name_ms=given.get("name_ms", ""),
            name_en=given.get("name_en", ""),
            valid_from=begins,
            need_code=given.get("need_code", ""),
            form=given.get("form", ""),
            recipient=given.get("recipient", ""),
            frequency=given.get("frequency", ""),
            coverage=given.get("coverage", ""),
            unit=given.get("unit", ""),
        )
        return answered(
            deps,
            f"programme-add {command.code.strip().upper()} {mark()}",
            lambda session: _added(session, command),
            message=lambda result: done([words("programme.did_add"), " ", _link(result["programme"], words)]),
            refused=lambda error: refused(error, words),
        )


def _link(programme: object, words: Words) -> Component:
    return dcc.Link(words("programme.see"), href=f"{PATH}/{programme}")


def _added(session: Writes, command: AddProgramme) -> dict[str, object]:
    return {"programme": add_programme(session, command)}


def _programmes(found: Sequence[ProgrammeRow], words: Words) -> Component:
    if not found:
        return empty(words("programme.none"), words("programme.none_note"))
    head = [words(f"programme.{name}") for name in ("name", "code", "agency", "need", "days", "state")]
    rows: list[list[Any]] = [
        [
            dcc.Link(name_of(row, "programme", words), href=f"{PATH}/{row['programme_id']}"),
            row["code"],
            name_of(row, "agency", words),
            name_of(row, "needs", words) or numbers.MISSING,
            days_text(row["valid_from"], row["valid_until"], words),
            html.Span(words(f"programme.state_{row['state']}"), className="ek-tag"),
        ]
        for row in found
    ]
    return sortable(head, rows, words, name="programmes", label=words("nav.programmes"))


def _agencies(agencies: Sequence[AgencyRow], words: Words) -> Component:
    head = [words(f"programme.{name}") for name in ("agency", "code", "kind_of_agency")]
    rows: list[list[Any]] = [
        [name_of(row, "agency", words), row["code"], words(f"programme.agency_{row['kind']}")] for row in agencies
    ]
    return sortable(head, rows, words, name="programmes-agencies", label=words("programme.agencies"))


def _new(agencies: Sequence[AgencyRow], needs: Sequence[NeedRow], words: Words) -> Component:
    """The form of a new programme, closed until it is wanted."""
    given = [{"value": str(row["agency_id"]), "label": name_of(row, "agency", words)} for row in agencies]
    over = texts.today()
    met = [
        {"value": row["code"], "label": name_of(row, "need", words)}
        for row in needs
        if row["valid_until"] is None or row["valid_until"] >= over
    ]
    fields: list[Component] = [
        _select("agency", given, words, value=given[0]["value"] if len(given) == 1 else None),
        *(dmc.TextInput(id=ids.new(name), label=words(f"programme.{name}"), value="") for name in
          ("code", "name_ms", "name_en")),
        dmc.TextInput(
            id=ids.new("valid_from"),
            label=words("programme.valid_from"),
            value=numbers.day(texts.today()),
            **beside_day(words("programme.valid_from"), words),
        ),
        _select("need_code", met, words),
    ]  # fmt: skip
    for name, known in _CHOICES:
        data = [{"value": one, "label": words(f"programme.{name}_{one}".replace(":", "_"))} for one in known]
        fields.append(_select(name, data, words, value=data[0]["value"]))
    fields.append(dmc.TextInput(id=ids.new("unit"), label=words("programme.unit"), value=""))
    button = html.Button(
        words("programme.add"),
        id={"type": ids.ADD, "act": "add"},
        type="button",
        className="ek-button ek-button-main",
        n_clicks=0,
    )
    form = html.Div([*fields, html.Div(button, className="ek-actions")], className="ek-column-form", **SAVES)
    return html.Details([html.Summary(words("programme.new")), form], className="ek-panel ek-programme-form")


def _select(name: str, data: list[dict[str, str]], words: Words, *, value: str | None = None) -> Component:
    select: Component = dmc.Select(
        id=ids.new(name),
        label=words(f"programme.{name}"),
        data=data,
        value=value,
        placeholder=words("form.choose"),
        allowDeselect=False,
    )
    return select
