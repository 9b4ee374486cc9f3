"""The page of one boundary file: what is said of it, its check, the map of it, and making it the active set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import mark, pressed
from dashboard.areas import COUNTRY
from dashboard.boundary_files import land_url
from dashboard.components.detail_page import DetailIds, detail_layout
from dashboard.components.feedback import empty
from dashboard.drilling import paints
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.boundaries import ids
from dashboard.pages.boundaries.content import content
from dashboard.pages.boundaries.drawing import drawn, places
from dashboard.pages.boundaries.parts import FILE_PATH, progress_line
from dashboard.pages.boundaries.parts import PATH as LIST_PATH
from dashboard.pages.boundaries.report import codes_of
from dashboard.sent.kinds import Clicks, Code, Field_, Fields, Number, Text, View
from layers.screen import map_view, outlines
from queries import boundaries
from registry.areas.uploads import Stated, ask_activation, ask_check, discard, remove_files, withdraw
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

PATH: Final = f"{FILE_PATH}/<upload>"
_LOOK_AGAIN_MS: Final = 1_500
_FIELDS: Final = (ids.LEVEL, ids.SOURCE, ids.LICENCE, ids.DATED, ids.ACCURACY)
_NAMES: Final = ("level", "source", "licence", "dated", "accuracy_m")
_IDS: Final = DetailIds(
    record=ids.UPLOAD,
    loaded=ids.LOADED,
    done=ids.FILE_DONE,
    message=ids.FILE_MESSAGE,
    content=ids.HEAD,
    trail="boundaries-file",
)


def layout(upload: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    land = land_url(deps_of_request().settings.home)
    frame = [map_view(ids.MAP, words, land_url=land, more_layers=[outlines(ids.OUTLINE)]), html.Div(id=ids.LEGEND)]
    chart = html.Section(
        [
            html.H2(words("boundary.map")),
            html.P(words("boundary.map_hint")),
            dmc.Select(id=ids.WITHIN, label=words("boundary.within"), data=[], allowDeselect=False, w=280),
            html.Div(frame, className="ek-upload-map"),
        ],
        id=ids.MAP_PART,
        hidden=True,
    )
    return detail_layout(
        _IDS,
        upload,
        loading=words("boundary.loading"),
        extra=[
            dcc.Store(id=ids.FILE_CAME),
            dcc.Store(id=ids.CHECKED),
            dcc.Interval(id=ids.FILE_CLOCK, interval=_LOOK_AGAIN_MS, disabled=True),
        ],
        above=[html.Div(id=ids.FILE_PROGRESS, role="status")],
        below=[chart],
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    paints(app, ids.MAP)
    _showing(app, deps)
    _following(app, deps)
    _checking(app, deps)
    _acting(app, deps)


def _showing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.HEAD, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of(_IDS.trail), "data"),
        Output(ids.FILE_CLOCK, "disabled"),
        Output(ids.WITHIN, "data"),
        Output(ids.WITHIN, "value"),
        Output(ids.MAP_PART, "hidden"),
        Input(ids.UPLOAD, "data"),
        Input(ids.FILE_DONE, "data"),
        Input(ids.CHECKED, "data"),
        Input(ids.FILE_CAME, "data"),
    )
    @requires(Permission.ADMINISTER)
    def show(number: Number | None, done: object, _checked: object, _came: object) -> tuple[object, ...]:
        words = current_words()
        with deps.reading() as conn:
            found = boundaries.upload(conn, number) if number is not None else None
            steps = boundaries.steps(conn, number) if found else []
            offered = places(deps.settings.home, found) if found else []
            named = {*offered, *(codes_of(found["report"]) if found and found["report"] else ())}
            names = boundaries.names(conn, named)
        if found is None:
            return _gone(words, discarded=bool(done)), None, no_update, True, [], None, True
        trail = [{"label": words("nav.boundaries"), "href": LIST_PATH}, {"label": found["file_name"]}]
        options = [
            {"value": code, "label": words("map.country") if code == COUNTRY else names.get(code, code)}
            for code in offered
        ]
        seen = {"jobs": ",".join(str(step["job_id"]) for step in steps), "at": str(found["reported_at"])}
        first = offered[0] if offered else None
        return content(found, names, words), seen, trail, not steps, options, first, not offered

    @app.callback(
        Output(ids.MAP.picture, "data"),
        Output(ids.LEGEND, "children"),
        Output(ids.OUTLINE, "url"),
        Output(f"{ids.OUTLINE}-casing", "url"),
        Input(ids.WITHIN, "value"),
        Input(ids.LOADED, "data"),
        State(ids.UPLOAD, "data"),
    )
    @requires(Permission.ADMINISTER)
    def draw(within: Code | None, _loaded: object, number: Number | None) -> tuple[object, ...]:
        if within is None or number is None:
            return (no_update,) * 4
        with deps.reading() as conn:
            found = boundaries.upload(conn, number)
        if found is None or within not in places(deps.settings.home, found):
            return None, None, no_update, no_update
        made = drawn(deps.settings.home, found, within, current_words())
        if made is None:
            return None, None, no_update, no_update
        outline = made.outline or no_update
        return made.picture, made.legend, outline, outline


def _following(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.FILE_PROGRESS, "children"),
        Output(ids.FILE_CAME, "data"),
        Input(ids.FILE_CLOCK, "n_intervals"),
        Input(ids.LOADED, "data"),
        State(ids.UPLOAD, "data"),
    )
    @requires(Permission.ADMINISTER)
    def follow(_ticks: object, loaded: View | None, number: Number | None) -> tuple[object, object]:
        before = str((loaded or {}).get("jobs") or "")
        if number is None or not before:
            return None, no_update
        with deps.reading() as conn:
            steps = boundaries.steps(conn, number)
        if ",".join(str(step["job_id"]) for step in steps) != before:
            return None, mark()
        return [progress_line(step, current_words()) for step in steps], no_update


def _checking(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.CHECKED, "data"),
        *(Output(name, "error") for name in _FIELDS),
        Input(ids.CHECK, "n_clicks"),
        *(State(name, "value") for name in _FIELDS),
        State(ids.UPLOAD, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.CHECK, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def check(  # noqa: PLR0917 - one for each field of the page
        clicks: Number | None,
        level: Code | None,
        source: Text | None,
        licence: Text | None,
        dated: Text | None,
        accuracy: Field_,
        number: Number | None,
    ) -> tuple[object, ...]:
        if not clicks or number is None:
            return (no_update,) * (1 + len(_FIELDS))
        stated = Stated(
            level=level or "",
            source=source or "",
            licence=licence or "",
            dated=day_of(dated),
            accuracy_m=_whole(accuracy),
        )
        words = current_words()
        try:
            with deps.writing() as session:
                ask_check(session, number, stated)
        except InvalidInput as refusal:
            problems = [refusal.problems.get(name) for name in _NAMES]
            return no_update, *(None if problem is None else words(f"problem.{problem}") for problem in problems)
        return mark(), *([None] * len(_FIELDS))


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.FILE_DONE, "data"),
        Output(ids.FILE_MESSAGE, "children"),
        Input({"type": ids.FILE_ACT, "act": ALL}, "n_clicks"),
        State({"type": ids.PARTIAL, "of": ALL}, "checked"),
        State({"type": ids.HOLDS, "of": ALL}, "value"),
        State(ids.UPLOAD, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def act(_clicks: Clicks, accepted: Fields, holds: Fields, number: Number | None) -> tuple[object, object]:
        asked = pressed()
        if asked is None or number is None:
            return no_update, no_update
        words = current_words()
        if str(asked["act"]) == "discard":
            with deps.writing() as session:
                name = discard(session, number)
            remove_files(deps.settings.home, name)
            return mark(), None
        if str(asked["act"]) == "withdraw":
            with deps.writing() as session:
                withdraw(session, number)
            return mark(), None
        typed = next((str(value).strip() for value in holds if value), "")
        try:
            with deps.writing() as session:
                ask_activation(session, number, partial=True in accepted, holds_from=_day(typed))
        except InvalidInput as refusal:
            return no_update, html.P(words(f"problem.{next(iter(refusal.problems.values()))}"), role="alert")
        return mark(), None


def _day(typed: str) -> date | None:
    """The day that was typed; ``None`` where none was.

    Raises:
        InvalidInput: it is no day.

    """
    day = day_of(typed)
    if typed and day is None:
        raise InvalidInput({"holds_from": "date"})
    return day


def _whole(value: object) -> int | None:
    """Metres as the field tells them, which while it is filled in is a text."""
    text = str(value if value is not None else "").strip().replace(",", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None  # noqa: PLR2004 - more is no accuracy


def _gone(words: Words, *, discarded: bool) -> Component:
    back = dcc.Link(words("boundary.back"), href=LIST_PATH, className="ek-button")
    if discarded:
        return empty(words("boundary.discarded"), action=back, page=True)
    return empty(words("boundary.not_found"), words("error.not_found"), action=back, page=True)
