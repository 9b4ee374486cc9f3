"""The notes on an area: read by the role of their author, written, changed and retired in place."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.days import beside_day
from dashboard.components.detail_page import done, sentence
from dashboard.components.forms import SAVES
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.profile import ids
from dashboard.profile.reading import LEVELS, NOTES
from dashboard.sent.kinds import Clicks, Code, Fields, Names, version_number, whole_number
from layers import numbers
from layers.numbers import MALAYSIA
from queries import maps, views
from registry.aid.lines import read_day
from registry.errors import InvalidInput
from registry.principals import Permission
from registry.views.models import LONGEST_NOTE
from registry.views.notes import change_note, retire_note, write_note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.views import AreaNoteRow
    from registry.errors import RegistryError
    from words import Words


def register(app: Dash, deps: Deps) -> None:
    """Wire the notes onto ``app``."""

    @app.callback(Output(ids.NOTES, "children"), Input(ids.AREA, "data"), Input(ids.DONE, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show_notes(area: Code, _done: object) -> list[Component]:
        with deps.reading() as conn:
            lineage = maps.lineage(conn, area)
            found = views.notes(conn, area, limit=NOTES) if lineage and lineage[-1].level in LEVELS else None
        return [] if found is None else _drawn(found, current_words())

    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Output(ids.KEY, "data"),
        Input({"type": ids.ACT, "act": ALL, "note": ALL, "version": ALL}, "n_clicks"),
        State({"type": ids.FIELD, "name": ALL}, "value"),
        State({"type": ids.FIELD, "name": ALL}, "id"),
        State(ids.AREA, "data"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def act_on_note(
        _clicks: Clicks, values: Fields, names: Names, area: Code | None, key: Code | None
    ) -> tuple[object, object, object]:
        words, button = current_words(), pressed()
        if button is None or not key or not area:
            return no_update, no_update, no_update
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}
        result, message = answered(
            deps,
            f"notes {button['act']} {key}",
            lambda session: _carried_out(session, button, given, area),
            message=lambda _result: done(words(f"note.done_{button['act']}")),
            refused=lambda error: _refused(error, words),
        )
        if result is no_update:
            return no_update, message, no_update
        return mark(), message, secrets.token_hex(16)


def _carried_out(session: Writes, button: dict[str, Any], given: dict[str, Any], area: str) -> dict[str, object]:
    today = datetime.now(MALAYSIA).date()
    note, version = whole_number(button["note"]), version_number(button["version"])
    match button["act"]:
        case "write":
            write_note(session, area, body=str(given.get("body") or ""), day=_day(given.get("day"), today), today=today)
        case "change":
            body, day = given.get(f"body-{note}"), given.get(f"day-{note}")
            change_note(session, note, version, body=str(body or ""), day=_day(day, today), today=today)
        case "retire":
            retire_note(session, note, version)
        case _:
            raise InvalidInput({"act": "choice"})
    return {"act": button["act"]}


def _day(typed: object, today: date) -> date:
    """The day of a note; without one today.

    Raises:
        InvalidInput: it is no day.

    """
    if not typed:
        return today
    found = read_day(str(typed))
    if found is None:
        raise InvalidInput({"day": "day"})
    return found


def _drawn(found: Sequence[AreaNoteRow], words: Words) -> list[Component]:
    listed: Component = html.Ol([_note(row, words) for row in found], className="ek-notes")
    if not found:
        listed = html.P(words("note.none"), className="ek-footnote")
    return [
        html.H2(words("note.title")),
        html.P(words("note.who"), className="ek-footnote"),
        listed,
        html.Details(
            [html.Summary(words("note.write")), _form("write", "", "", words)], className="ek-panel ek-note-form"
        ),
    ]


def _note(row: AreaNoteRow, words: Words) -> Component:
    parts: list[Component] = [
        html.P([html.Strong(numbers.day(row["noted_on"])), f" · {row['author_name']}"], className="ek-note-head"),
        html.P(row["body"], className="ek-note-body"),
    ]
    if row["own"]:
        day = numbers.day(row["noted_on"])
        form = _form("change", row["body"], day, words, note=row["note_id"], version=row["version"])
        parts.append(html.Details([html.Summary(words("note.change")), form]))
    return html.Li(parts, className="ek-panel")


def _form(act: str, body: str, day: str, words: Words, *, note: int = 0, version: int = 0) -> Component:
    ending = f"-{note}" if note else ""
    text = dmc.Textarea(
        id=ids.field(f"body{ending}"), label=words("note.body"), description=words("note.body_hint"), value=body,
        autosize=True, minRows=2, attributes={"input": {"maxLength": LONGEST_NOTE}},
    )  # fmt: skip
    label = words("note.day")
    when = dmc.TextInput(id=ids.field(f"day{ending}"), label=label, value=day, **beside_day(label, words))
    buttons: list[Component] = [dmc.Button(words("note.save"), id=ids.act(act, note, version), n_clicks=0)]
    if note:
        buttons.append(
            dmc.Button(words("note.retire"), id=ids.act("retire", note, version), n_clicks=0, variant="default")
        )
    return html.Div([text, when, html.Div(buttons, className="ek-actions")], **SAVES)


def _refused(error: RegistryError, words: Words) -> Component:
    problems = error.problems if isinstance(error, InvalidInput) else {}
    listed = [html.Li(words(f"note.problem_{field}_{problem}")) for field, problem in problems.items()]
    told = html.P(words("note.refused") if listed else sentence(error.key, error.values, words))
    return html.Div([told, html.Ul(listed)], className="ek-error-summary", role="alert")
