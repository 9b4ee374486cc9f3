"""The meetings of the own area, and the form for a new one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import once
from dashboard.components.detail_page import done
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.meetings import fields, ids
from dashboard.sent.kinds import Number, Text
from layers import numbers
from queries import cleansing, meetings
from registry.errors import InvalidInput
from registry.meetings.meetings import PlanMeeting, plan_meeting
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.meetings import MeetingListRow
    from words import Words

PATH: Final = "/mesyuarat"
_MOST: Final = 200
_FIELDS: Final = {
    "area": ids.AREA,
    "number": ids.NUMBER,
    "held_on": ids.HELD_ON,
    "place": ids.PLACE,
    "members": ids.MEMBERS,
}


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.LIST_KEY, data=secrets.token_hex(8)),
            dcc.Store(id=ids.PLANNED),
            dcc.Store(id=trail_of("meetings"), data=[{"label": words("nav.meetings")}]),
            html.H1(words("nav.meetings")),
            html.Div(skeleton(words("meeting.loading")), id=ids.LIST),
            html.Div(
                [html.H2(words("meeting.new")), html.Div(id=ids.LIST_MESSAGE, role="status"), _form(words)],
                className="ek-screen-only ek-spaced",
            ),
        ],
        className="ek-page ek-spaced",
    )


def _form(words: Words) -> Component:
    return html.Div(
        [
            dmc.Select(id=ids.AREA, label=words("meeting.area"), data=[], searchable=True),
            *fields.fields(lambda name: _FIELDS[name], {}, words),
            html.Button(words("meeting.plan"), id=ids.PLAN, className="ek-button ek-button-main", n_clicks=0),
        ],
        className="ek-column-form",
        **SAVES,
    )  # fmt: skip


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.LIST, "children"),
        Output(ids.AREA, "data"),
        Input(ids.LIST_KEY, "data"),
        Input(ids.PLANNED, "data"),
    )
    @requires(Permission.DECIDE)
    def show(_key: object, _planned: object) -> tuple[object, list[dict[str, str]]]:
        words = current_words()
        with deps.reading() as conn:
            found = meetings.meetings(conn, limit=_MOST)
            areas = cleansing.own_areas(conn)
        return _list(found, words), [{"value": row["code"], "label": row["name"]} for row in areas]

    @app.callback(
        Output(ids.PLANNED, "data"),
        Output(ids.LIST_MESSAGE, "children"),
        *(Output(name, "error") for name in _FIELDS.values()),
        Input(ids.PLAN, "n_clicks"),
        *(State(name, "value") for name in _FIELDS.values()),
        State(ids.LIST_KEY, "data"),
        running=[(Output(ids.PLAN, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    @requires(Permission.DECIDE)
    def plan(clicks: Number | None, *inputs: Text | None) -> tuple[object, ...]:
        words, key = current_words(), inputs[-1]
        if not clicks:
            return (no_update,) * (2 + len(_FIELDS))
        typed = dict(zip(_FIELDS, inputs[:-1], strict=True))
        command = PlanMeeting(area_code=typed["area"] or "", **fields.given(typed))
        try:
            made = once(
                deps,
                f"meeting {key} {command.number} {command.area_code}",
                lambda session: {"id": plan_meeting(session, command).id},
            )
        except InvalidInput as refusal:
            messages = {name: words(f"problem.{problem}") for name, problem in refusal.problems.items()}
            return (no_update, None, *(messages.get(name) for name in _FIELDS))
        link = dcc.Link(words("meeting.open"), href=f"{PATH}/{made['id']}")
        return (
            made,
            done([words("meeting.planned_one"), " ", link]),
            *(None for _ in _FIELDS),
        )


def _list(found: list[MeetingListRow], words: Words) -> Component:
    if not found:
        return empty(words("meeting.none"), words("meeting.none_hint"))
    head = [words(f"meeting.{name}") for name in ("number", "area", "held_on", "place", "state", "decided_of")]
    rows = [
        [
            dcc.Link(row["number"], href=f"{PATH}/{row['meeting_id']}"),
            row["area_name"],
            numbers.day(row["held_on"]),
            row["place"],
            html.Span(words(f"meeting.state_{row['state']}"), className="ek-tag"),
            words("meeting.n_of", n=numbers.count(row["decided"]), total=numbers.count(row["items"])),
        ]
        for row in found
    ]
    return sortable(head, rows, words, name="meetings", label=words("nav.meetings"))
