"""The calendars by which times of support are counted: hours, weekends and holidays, changed by administrators."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.days import beside_day
from dashboard.components.detail_page import done
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.support import ids
from dashboard.pages.support.parts import PATH, card, refused
from dashboard.sent.kinds import Clicks, Fields, Names
from layers import numbers
from layers.numbers import MALAYSIA
from queries import support
from registry.errors import InvalidInput
from registry.ledger.tables import day_of
from registry.principals import Permission
from registry.support.tickets import set_holiday, set_hours

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads, Writes
    from queries.row_types.support import SupportHolidayRow, SupportHoursRow
    from words import Words

_WEEK: Final = 7
_LONGEST: Final = 120


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.support"), "href": PATH}, {"label": words("support.calendar")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("support-calendar"), data=trail),
            dcc.Store(id=ids.OPENED, data=1),
            dcc.Store(id=ids.CHANGED),
            html.H1(words("support.calendar")),
            html.P(words("support.calendar_lead")),
            html.Div(id=ids.CALENDAR_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("support.loading"), lines=6), id=ids.CALENDAR, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.CALENDAR, "children"), Input(ids.OPENED, "data"), Input(ids.CHANGED, "data"))
    @requires(Permission.HANDLE_SUPPORT)
    def show(_opened: object, _changed: object) -> list[Component]:
        words = current_words()
        with deps.reading() as conn:
            return _shown(conn, words)

    @app.callback(
        Output(ids.CHANGED, "data"),
        Output(ids.CALENDAR_MESSAGE, "children"),
        Input({"type": ids.CHANGE_TYPE, "what": ALL}, "n_clicks"),
        State({"type": ids.DAY_TYPE, "name": ALL}, "value"),
        State({"type": ids.DAY_TYPE, "name": ALL}, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def change(_clicks: Clicks, values: Fields, names: Names) -> tuple[object, object]:
        words, asked = current_words(), pressed()
        if asked is None:
            return no_update, no_update
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}

        def act(session: Writes) -> dict[str, object]:
            _change(session, str(asked["what"]), given)
            return {}

        result, said = answered(
            deps,
            f"support-calendar {mark()}",
            act,
            message=lambda _: done(words("support.calendar_changed")),
            refused=lambda error: refused(error, words),
        )
        return (mark() if isinstance(result, dict) else no_update), said


def _change(session: Writes, what: str, given: dict[str, Any]) -> None:
    """Set a holiday, take it away, or set the hours of a state.

    Raises:
        RegistryError: what was given is none, or is refused.

    """
    if what == "hours":
        days = given.get("weekend")
        weekend = [int(day) for day in days if str(day) in set("0123456")] if isinstance(days, list) else []
        opens, closes = (_time(given, name) for name in ("opens", "closes"))
        set_hours(session, _text(given, "hours_state"), _day(given, "since"), (opens, closes), weekend)
        return
    names = {"name_ms": _text(given, "name_ms"), "name_en": _text(given, "name_en")}
    if what == "add" and not names["name_ms"].strip():
        raise InvalidInput({"name_ms": "required"})
    if what == "remove":
        names = {"name_ms": "", "name_en": ""}
    set_holiday(session, _text(given, "state"), _day(given, "day"), **names)


def _text(given: dict[str, Any], name: str) -> str:
    return str(given.get(name) or "")[:_LONGEST]


def _day(given: dict[str, Any], name: str) -> date:
    found = day_of(_text(given, name))
    if found is None:
        raise InvalidInput({name: "required"})
    return found


def _time(given: dict[str, Any], name: str) -> time:
    try:
        return time.fromisoformat(_text(given, name)[:5])
    except ValueError:
        raise InvalidInput({name: "required"}) from None


def _shown(conn: Reads, words: Words) -> list[Component]:
    hours = support.hours(conn)
    holidays = support.holidays(conn, from_day=datetime.now(MALAYSIA).date())
    parts = [
        card(words("support.hours"), _hours(hours, words)),
        card(words("support.holidays"), _holidays(holidays, words)),
    ]
    if may(Permission.ADMINISTER):
        states = list({row["state_code"]: {"value": row["state_code"], "label": row["name"]} for row in hours}.values())
        parts += [_holiday_form(states, words), _hours_form(states, words)]
    return parts


def _hours(rows: list[SupportHoursRow], words: Words) -> Component:
    head = [words(f"support.{name}") for name in ("place", "since", "opening", "weekend")]
    cells = [
        [
            row["name"],
            numbers.day(row["since"]),
            words("support.from_to", begin=row["opens"], end=row["closes"]),
            ", ".join(words(f"support.weekday_{day}") for day in row["weekend"].split(",") if day),
        ]
        for row in rows
    ]
    return sortable(head, cells, words, name="support-hours", label=words("support.hours"))


def _holidays(rows: list[SupportHolidayRow], words: Words) -> Component:
    head = [words(f"support.{name}") for name in ("day", "place", "holiday")]
    cells = [
        [numbers.day(row["day"]), row["name"], row["name_ms"] if words.language == "ms" else row["name_en"]]
        for row in rows
    ]
    return sortable(head, cells, words, name="support-holidays", label=words("support.holidays"))


def _holiday_form(states: list[dict[str, str]], words: Words) -> Component:
    fields = [
        dmc.Select(id=ids.of_calendar("state"), label=words("support.field_state"), data=states, value="MY"),
        _day_field("day", words),
        dmc.TextInput(
            id=ids.of_calendar("name_ms"),
            label=words("support.field_name_ms"),
            value="",
            attributes={"input": {"maxLength": _LONGEST}},
        ),
        dmc.TextInput(
            id=ids.of_calendar("name_en"),
            label=words("support.field_name_en"),
            value="",
            attributes={"input": {"maxLength": _LONGEST}},
        ),
        html.Div(
            [
                dmc.Button(words("support.add_holiday"), id=ids.change("add")),
                dmc.Button(words("support.remove_holiday"), id=ids.change("remove"), variant="default"),
            ],
            className="ek-case-ways",
        ),
    ]
    return card(words("support.change_holidays"), html.Div(fields, className="ek-column-form", **SAVES))


def _day_field(name: str, words: Words) -> Component:
    label = words(f"support.field_{name}")
    field: Component = dmc.TextInput(id=ids.of_calendar(name), label=label, value="", **beside_day(label, words))
    return field


def _hours_form(states: list[dict[str, str]], words: Words) -> Component:
    days = [dmc.Checkbox(label=words(f"support.weekday_{day}"), value=str(day)) for day in range(_WEEK)]
    fields = [
        dmc.Select(id=ids.of_calendar("hours_state"), label=words("support.field_state"), data=states, value="MY"),
        _day_field("since", words),
        dmc.TextInput(
            id=ids.of_calendar("opens"),
            label=words("support.field_opens"),
            value="08:00",
            attributes={"input": {"maxLength": 5}},
        ),
        dmc.TextInput(
            id=ids.of_calendar("closes"),
            label=words("support.field_closes"),
            value="17:00",
            attributes={"input": {"maxLength": 5}},
        ),
        dmc.CheckboxGroup(
            html.Div(days, className="ek-case-ways"),
            id=ids.of_calendar("weekend"),
            label=words("support.field_weekend"),
            value=["5", "6"],
        ),
        dmc.Button(words("support.set_hours"), id=ids.change("hours")),
    ]
    return card(words("support.change_hours"), html.Div(fields, className="ek-column-form", **SAVES))
