"""The catchment of an office on screen: drawn, pasted, or made of mukim and seats; what it changes is shown first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard import drawn_area
from dashboard.boundary_files import land_url
from dashboard.components.days import beside_day
from dashboard.components.detail_page import done, sentence
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.boundaries import ids
from dashboard.pages.boundaries.parts import CATCHMENT_PATH, FILE_PATH
from dashboard.pages.boundaries.parts import PATH as LIST_PATH
from dashboard.sent.kinds import Code, Codes, Field_, LongText, Number, Text
from layers import numbers
from layers.screen import map_view
from queries import boundaries
from registry.areas.catchments import MOST_PARTS, ProposeCatchment, propose_catchment
from registry.errors import DatabaseAway, InvalidInput, RegistryError
from registry.households.typed_values import day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

PATH: Final = CATCHMENT_PATH
_NEW: Final = "baharu"
_SHOWN: Final = 60
_METRES: Final = 9
_FIELDS: Final = (
    ids.CATCHMENT_CODE, ids.CATCHMENT_NAME, ids.CATCHMENT_POLYGON, ids.CATCHMENT_PARTS, ids.CATCHMENT_SOURCE,
    ids.CATCHMENT_DATED, ids.CATCHMENT_ACCURACY,
)  # fmt: skip


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.boundaries"), "href": LIST_PATH}, {"label": words("catchment.title")}]
    land = land_url(deps_of_request().settings.home)
    drawing = html.Section(
        [
            html.H2(words("catchment.shape")),
            html.P(words("catchment.shape_hint"), className="ek-footnote"),
            drawn_area.tools(words),
            html.Div(map_view(ids.CATCHMENT_MAP, words, land_url=land), className="ek-targets-map"),
            drawn_area.said(),
            drawn_area.corners(words, page=ids.CATCHMENT),
        ]
    )
    return html.Div(
        [
            dcc.Store(id=trail_of("boundaries-catchment"), data=trail),
            dcc.Store(id=ids.CATCHMENT_OPENED, data=1),
            html.H1(words("catchment.title")),
            html.P(words("catchment.lead"), className="ek-lead"),
            html.Div([*_which(words), *_parts(words)], className="ek-column-form", **SAVES),
            drawing,
            html.Div(_stated(words), className="ek-column-form", **SAVES),
            html.Div(id=ids.CATCHMENT_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
        ],
        className="ek-page ek-spaced",
    )


def _which(words: Words) -> list[Component]:
    return [
        dmc.Select(
            id=ids.CATCHMENT_WHICH, label=words("catchment.which"), data=[], value=None,
            placeholder=words("form.choose"), allowDeselect=False,
        ),
        dmc.TextInput(
            id=ids.CATCHMENT_CODE, label=words("catchment.code"), description=words("catchment.code_hint"), value=""
        ),
        dmc.TextInput(id=ids.CATCHMENT_NAME, label=words("catchment.name"), value=""),
    ]  # fmt: skip


def _parts(words: Words) -> list[Component]:
    return [
        dmc.Select(
            id=ids.CATCHMENT_STATE, label=words("catchment.state"), data=[], value=None, searchable=True,
            placeholder=words("form.choose"), nothingFoundMessage=words("form.no_match"),
        ),
        dmc.MultiSelect(
            id=ids.CATCHMENT_PARTS, label=words("catchment.parts"), description=words("catchment.parts_hint"), data=[],
            value=[], searchable=True, limit=_SHOWN, maxValues=MOST_PARTS, nothingFoundMessage=words("form.no_match"),
        ),
    ]  # fmt: skip


def _stated(words: Words) -> list[Component]:
    today = numbers.day(datetime.now(numbers.MALAYSIA).date())
    return [
        dmc.TextInput(
            id=ids.CATCHMENT_SOURCE, label=words("boundary.field_source"), description=words("catchment.source_hint"),
            value="",
        ),
        dmc.TextInput(
            id=ids.CATCHMENT_DATED, label=words("boundary.field_dated"), value=today,
            **beside_day(words("boundary.field_dated"), words),
        ),
        dmc.TextInput(id=ids.CATCHMENT_ACCURACY, label=words("catchment.accuracy"), value="100"),
        html.Button(
            words("catchment.propose"), id=ids.CATCHMENT_PROPOSE, type="button", n_clicks=0,
            className="ek-button ek-button-main",
        ),
    ]  # fmt: skip


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    drawn_area.register(app, page=ids.CATCHMENT)
    _offering(app, deps)

    @app.callback(
        Output(ids.CATCHMENT_MESSAGE, "children"),
        Input(ids.CATCHMENT_PROPOSE, "n_clicks"),
        *(State(name, "value") for name in _FIELDS),
        prevent_initial_call=True,
        running=[(Output(ids.CATCHMENT_PROPOSE, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def propose(  # noqa: PLR0917 - one for each field of the page
        clicks: Number | None,
        code: Text | None,
        name: Text | None,
        polygon: LongText | None,
        parts: Codes | None,
        source: Text | None,
        dated: Text | None,
        accuracy: Field_,
    ) -> object:
        words = current_words()
        if not clicks:
            return no_update
        command = ProposeCatchment(
            code=code or "", name=name or "", shape="" if parts else polygon or "", areas=tuple(parts or ()),
            source=source or "", dated=day_of(dated), accuracy_m=_metres(accuracy),
        )  # fmt: skip
        try:
            number = propose_catchment(deps.settings.home, deps.writing, command)
        except DatabaseAway:
            raise
        except RegistryError as error:
            return _refused(error, words)
        link = dcc.Link(words("catchment.look"), href=f"{FILE_PATH}/{number}", className="ek-button ek-button-main")
        return done([words("catchment.proposed"), " ", link])


def _offering(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.CATCHMENT_WHICH, "data"),
        Output(ids.CATCHMENT_STATE, "data"),
        Input(ids.CATCHMENT_OPENED, "data"),
    )
    @requires(Permission.ADMINISTER)
    def offer(_once: object) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        words = current_words()
        with deps.reading() as conn:
            known, states = boundaries.catchments(conn), boundaries.states(conn)
        which = [{"value": row["code"], "label": f"{row['name']} ({row['code']})"} for row in known]
        which.append({"value": _NEW, "label": words("catchment.new")})
        return which, [{"value": row["code"], "label": row["name"]} for row in states]

    @app.callback(
        Output(ids.CATCHMENT_CODE, "value"),
        Output(ids.CATCHMENT_NAME, "value"),
        Output(ids.CATCHMENT_POLYGON, "value"),
        Input(ids.CATCHMENT_WHICH, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def fill(which: Code | None) -> tuple[object, object, object]:
        if not which or which == _NEW:
            return "C.", "", ""
        with deps.reading() as conn:
            found = next((row for row in boundaries.catchments(conn) if row["code"] == which), None)
        return (found["code"], found["name"], found["shape"] or "") if found else (no_update,) * 3

    @app.callback(
        Output(ids.CATCHMENT_PARTS, "data"),
        Input(ids.CATCHMENT_STATE, "value"),
        State(ids.CATCHMENT_PARTS, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def list_parts(state: Code | None, chosen: Codes | None) -> list[dict[str, str]]:
        words = current_words()
        with deps.reading() as conn:
            found = boundaries.catchment_parts(conn, state or "")
            names = boundaries.names(conn, chosen or [])
        listed = [
            {"value": row["area_code"], "label": f"{row['area_name']} ({_level(row['level'], words)})"} for row in found
        ]
        inside = {row["area_code"] for row in found}
        return listed + [{"value": one, "label": names.get(one, one)} for one in chosen or [] if one not in inside]


def _level(level: str, words: Words) -> str:
    return words(f"level.{level}")


def _metres(value: object) -> int | None:
    text = str(value if value is not None else "").strip().replace(",", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _METRES else None


def _refused(error: RegistryError, words: Words) -> Component:
    told: list[Any] = [html.P(sentence(error.key, error.values, words))]
    if isinstance(error, InvalidInput):
        problems = sorted(
            f"{words(f'catchment.field_{name}')}: {words(f'problem.{key}')}" for name, key in error.problems.items()
        )
        told.append(html.Ul([html.Li(one) for one in problems]))
    return html.Div(told, className="ek-error-summary", role="alert")
