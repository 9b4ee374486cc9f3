"""The form in which a target group is put together: conditions one by one, counted at once; why; what is asked for."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard import drawn_area
from dashboard.acting import once, pressed
from dashboard.boundary_files import land_url
from dashboard.components.days import beside_day
from dashboard.components.detail_page import done, number_in
from dashboard.components.forms import ASKS, SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.household import texts as household_texts
from dashboard.i18n import current_words
from dashboard.pages.targets import asking, counting, ids
from dashboard.pages.targets.texts import PATH, label_of, names_for, refusal_text
from dashboard.sent.kinds import Code, Codes, LongText, Nested, Number, Text
from layers import numbers
from layers.screen import map_view
from queries import targets
from registry.aid.conditions.fields import FIELDS
from registry.aid.conditions.language import parse
from registry.aid.conditions.problems import BadCondition
from registry.aid.conditions.sentence import phrase, sentence
from registry.aid.targets.groups import FIELDS_TO_GIVE, Draft, ask_target, change_target, make_target
from registry.errors import DatabaseAway, InvalidInput, RegistryError
from registry.households.typed_values import day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from words import Words

_TYPED: Final = {
    "field": ids.FIELD, "who": ids.WHO, "operator": ids.OPERATOR, "values": ids.VALUES, "low": ids.LOW,
    "high": ids.HIGH, "need": ids.NEED, "need_day": ids.NEED_DAY, "at_least": ids.AT_LEAST, "join": ids.JOIN,
}  # fmt: skip
_ACTS: Final = ("save", "ask")


def layout(kumpulan: object = "", **_query: object) -> Component:
    """The page's skeleton; ``kumpulan`` is the draft to go on with; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.targets"), "href": PATH}, {"label": words("target.new")}]
    deps = deps_of_request()
    return html.Div(
        [
            dcc.Store(id=ids.DRAFT, data=number_in(kumpulan)),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(8)),
            *(dcc.Store(id=name) for name in (ids.LOADED, ids.CONDITIONS)),
            dcc.Store(id=trail_of("targets-build"), data=trail),
            html.H1(words("target.new")),
            html.Div([_conditions(words), _counts(words, land_url(deps.settings.home))], className="ek-targets-build"),
            _asked(words),
            html.Div(id=ids.MESSAGE, role="status"),
        ],
        className="ek-page ek-spaced",
    )


def _conditions(words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("target.whom")),
            html.Div(html.P(words("target.nothing_asked")), id=ids.SENTENCE),
            html.Div(
                [
                    html.H3(words("target.add_one")),
                    *asking.fields(words),
                    html.Button(words("target.add"), id=ids.ADD, className="ek-button", n_clicks=0),
                    html.Div(id=ids.ADD_MESSAGE, role="status"),
                ],
                className="ek-column-form ek-panel",
                **ASKS,
            ),
            drawn_area.corners(words, page=ids.MAP.page),
        ],
        className="ek-spaced",
    )


def _counts(words: Words, land: str | None) -> Component:
    return html.Section(
        [
            html.H2(words("target.reached")),
            html.Div(id=ids.COUNTS, role="status"),
            drawn_area.tools(words),
            html.Div(map_view(ids.MAP, words, land_url=land), className="ek-targets-map"),
            drawn_area.said(),
            html.Div(id=ids.LEGEND),
            html.Div(id=ids.BY_AREA),
        ]
    )


def _asked(words: Words) -> Component:
    given = [{"value": name, "label": words(f"condition.field_{name}")} for name in FIELDS_TO_GIVE]
    day = beside_day(words("target.on_date"), words)
    return html.Div(
        [
            html.H2(words("target.details")),
            dmc.TextInput(id=ids.NAME, label=words("target.name"), value=""),
            html.Div(
                dmc.Select(id=ids.AGENCY, label=words("target.agency"), data=[], searchable=True),
                id=asking.part_of("agency"),
                hidden=True,
            ),
            dmc.TextInput(
                id=ids.ON_DATE, label=words("target.on_date"), description=words("target.on_date_hint"),
                value=numbers.day(household_texts.today()), debounce=True, **day,
            ),
            dmc.Textarea(
                id=ids.PURPOSE, label=words("target.purpose"), description=words("target.purpose_hint"), value="",
                autosize=True, minRows=3,
            ),
            dmc.MultiSelect(
                id=ids.GIVEN, label=words("target.fields"), description=words("target.fields_hint"), data=given,
                value=[], searchable=True,
            ),
            html.Div(
                [
                    html.Button(
                        words(f"target.act_{name}"),
                        id={"type": ids.ACT, "act": name},
                        className="ek-button ek-button-main" if name == "ask" else "ek-button",
                        n_clicks=0,
                    )
                    for name in _ACTS
                ],
                className="ek-actions",
            ),
        ],
        className="ek-column-form",
        **SAVES,
    )  # fmt: skip


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    counting.register(app, deps)
    drawn_area.register(app, page=ids.MAP.page)
    _choosing(app, deps)
    _putting_together(app, deps)
    _keeping(app, deps)


def _choosing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.WHO, "data"),
        Output(ids.WHO, "value"),
        Output(ids.OPERATOR, "data"),
        Output(ids.OPERATOR, "value"),
        Output(ids.VALUES, "data"),
        Output(ids.VALUES, "value"),
        Input(ids.FIELD, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.BUILD_TARGETS)
    def offer(name: Code | None) -> tuple[Any, ...]:
        words, field = current_words(), FIELDS.get(name or "")
        if field is None:
            return [], None, [], None, [], []
        who, how = asking.who_options(field, words), asking.operator_options(field, words)
        with deps.reading() as conn:
            known = targets.choices(conn) if field.kind == "area" else []
            mukims = targets.mukims(conn) if field.name == "mukim" else []
        return who, who[0]["value"], how, how[0]["value"], asking.value_options(field, known, mukims, words), []

    @app.callback(
        *(Output(asking.part_of(name), "hidden") for name in asking.WHAT),
        Input(ids.OPERATOR, "value"),
        Input(ids.WHO, "value"),
        State(ids.FIELD, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.BUILD_TARGETS)
    def uncover(operator: Code | None, who: Code | None, name: Code | None) -> tuple[bool, ...]:
        field = FIELDS.get(name or "")
        needed = asking.wanted(field, operator, who) if field else {}
        return tuple(not needed.get(part) for part in asking.WHAT)


def _putting_together(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.CONDITIONS, "data"),
        Output(ids.ADD_MESSAGE, "children"),
        Input(ids.LOADED, "data"),
        Input(ids.ADD, "n_clicks"),
        Input({"type": ids.REMOVE, "place": ALL}, "n_clicks"),
        State(ids.CONDITIONS, "data"),
        *(State(name, "value") for name in _TYPED.values()),
        prevent_initial_call=True,
    )
    @requires(Permission.BUILD_TARGETS)
    def change(
        loaded: Nested | None, _add: object, _remove: object, before: list[Nested] | None, *typed: Text | Codes | None
    ) -> tuple[Any, Any]:
        words, asked = current_words(), pressed()
        if ctx.triggered_id == ids.LOADED:
            return (loaded or {}).get("conditions") or [], None
        if asked is None:
            return no_update, no_update
        nodes: list[Any] = json.loads(json.dumps(before or []))
        try:
            if isinstance(asked, dict):
                place = int(asked["place"])
                return parse(nodes[:place] + nodes[place + 1 :]).stored(), None
            values = dict(zip(_TYPED, typed, strict=True))
            return asking.joined(nodes, asking.read(values), str(values["join"] or "")), None
        except BadCondition as refusal:
            return no_update, html.P(refusal_text(refusal, words), role="alert")

    @app.callback(Output(ids.SENTENCE, "children"), Input(ids.CONDITIONS, "data"), Input(ids.POLYGON, "value"))
    @requires(Permission.BUILD_TARGETS)
    def tell(conditions: list[Nested] | None, polygon: LongText | None) -> list[Component]:
        words = current_words()
        if not conditions and not (polygon or "").strip():
            return [html.P(words("target.nothing_asked"))]
        try:
            read = counting.conditions_of(conditions, polygon)
        except BadCondition:
            # what is wrong with it is told beside the map
            read = parse(json.loads(json.dumps(conditions or [])))
            if not read.nodes:
                return [html.P(words("target.nothing_asked"))]
        with deps.reading() as conn:
            names = names_for(conn, read, targets.choices(conn), words)
        whole = sentence(read, words, names)
        listed = [
            html.Li(
                [
                    html.Span(phrase(node, words, names)),
                    html.Button(
                        words("target.remove"),
                        id={"type": ids.REMOVE, "place": place},
                        className="ek-button",
                        n_clicks=0,
                    ),
                ]
            )
            for place, node in enumerate(read.nodes)
        ]
        return [
            html.P(whole[:1].upper() + whole[1:] + ".", className="ek-lead"),
            html.Ol(listed, className="ek-targets-list"),
        ]


def _keeping(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.LOADED, "data"),
        Output(ids.NAME, "value"),
        Output(ids.AGENCY, "data"),
        Output(ids.AGENCY, "value"),
        Output(asking.part_of("agency"), "hidden"),
        Output(ids.ON_DATE, "value"),
        Output(ids.POLYGON, "value"),
        Output(ids.PURPOSE, "value"),
        Output(ids.GIVEN, "value"),
        Output(ids.NEED, "data"),
        Input(ids.DRAFT, "data"),
    )
    @requires(Permission.BUILD_TARGETS)
    def load(number: Number | None) -> tuple[Any, ...]:
        words = current_words()
        with deps.reading() as conn:
            choices = targets.choices(conn)
            found = targets.group(conn, number) if number is not None else None
        agencies = [{"value": row["code"], "label": label_of(row, words)} for row in choices if row["kind"] == "agency"]
        needs = asking.need_options(choices, words)
        if found is None or found["state"] != "draf" or not found["own"]:
            return (None, no_update, agencies, no_update, not agencies, *(no_update,) * 4, needs)
        loaded = {"group": number, "version": found["version"], "conditions": found["conditions"]}
        agency = None if found["agency_id"] is None else str(found["agency_id"])
        polygon = json.dumps(found["polygon"]) if found["polygon"] else ""
        return (
            loaded, found["name"], agencies, agency, not agencies, numbers.day(found["on_date"]), polygon,
            found["purpose"], found["fields"], needs,
        )  # fmt: skip

    @app.callback(
        Output(ids.MESSAGE, "children"),
        Output(ids.DRAFT, "data"),
        Output(ids.NAME, "error"),
        Output(ids.ON_DATE, "error"),
        Output(ids.PURPOSE, "error"),
        Input({"type": ids.ACT, "act": ALL}, "n_clicks"),
        State(ids.LOADED, "data"),
        State(ids.KEY, "data"),
        State(ids.CONDITIONS, "data"),
        State(ids.POLYGON, "value"),
        State(ids.NAME, "value"),
        State(ids.AGENCY, "value"),
        State(ids.ON_DATE, "value"),
        State(ids.PURPOSE, "value"),
        State(ids.GIVEN, "value"),
        running=[(Output({"type": ids.ACT, "act": name}, "disabled"), True, False) for name in _ACTS],
        prevent_initial_call=True,
    )
    @requires(Permission.BUILD_TARGETS)
    def keep(  # noqa: PLR0917 - one for each field of the page
        _clicks: object,
        loaded: Nested | None,
        key: Code | None,
        conditions: list[Nested] | None,
        polygon: LongText | None,
        name: Text | None,
        agency: Code | None,
        on_date: Text | None,
        purpose: Text | None,
        given: Codes | None,
    ) -> tuple[Any, ...]:
        asked, words = pressed(), current_words()
        if asked is None:
            return (no_update,) * 5
        day = day_of(on_date)
        if day is None:
            return no_update, no_update, None, words("problem.date"), None
        try:
            draft = Draft(
                name=name or "",
                purpose=purpose or "",
                conditions=counting.conditions_of(conditions, polygon),
                on_date=day,
                fields=tuple(given or ()),
                agency_id=number_in(agency),
            )
            result = _carried_out(deps, str(asked["act"]), draft, loaded or {}, str(key))
        except DatabaseAway:
            raise
        except InvalidInput as refusal:
            told = {field: words(f"problem.{problem}") for field, problem in refusal.problems.items()}
            other = told.get("fields") or told.get("reason")
            purpose_told = words("target.purpose_hint") if refusal.key == "reason_missing" else told.get("purpose")
            return html.P(other, role="alert") if other else None, no_update, told.get("name"), None, purpose_told
        except RegistryError as refusal:
            return html.P(refusal_text(refusal, words), role="alert"), no_update, None, None, None
        link = dcc.Link(words("target.open"), href=f"{PATH}/{result['group']}")
        again = no_update if asked["act"] == "ask" else result["group"]
        return done([words(f"target.did_{asked['act']}"), " ", link]), again, None, None, None


def _carried_out(deps: Deps, act: str, draft: Draft, loaded: Nested, key: str) -> dict[str, Any]:
    """Keep the draft, and ask for its list where that was pressed; both or neither."""
    group, version = number_in(loaded.get("group")), number_in(loaded.get("version")) or 0

    def keep(session: Writes) -> dict[str, object]:
        number = group
        if number is None:
            number = make_target(session, draft)
        else:
            change_target(session, number, version, draft)
        if act == "ask":
            ask_target(session, number)
        return {"group": number}

    return once(deps, f"target {act} {key} {group} {version}", keep)
