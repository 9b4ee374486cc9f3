"""Shows a person where they are signed in, and ends what they do not know or need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import ALL, Dash, Input, Output, dcc, html, no_update

from dashboard.acting import pressed
from dashboard.components.aria import aria
from dashboard.components.sortable import sortable
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.account import ids
from dashboard.sent.kinds import whole_number
from dashboard.signin import session
from layers import numbers
from queries import accounts
from registry.accounts.sessions import end_own, token_hash
from registry.errors import SignInRequired
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.accounts import OwnSessionRow
    from words import Words

_COLUMNS = ("where", "network", "begun", "seen", "end")


def part(words: Words) -> Component:
    """The part of the page, empty; reads no database."""
    return html.Section(
        [
            dcc.Store(id=ids.ENDED),
            html.H2(words("sessions.title")),
            html.P(words("sessions.lead")),
            html.Div(id=ids.SESSIONS),
            html.Div(
                html.Button(words("sessions.end_others"), id=ids.END_OTHERS, type="button", className="ek-button"),
                className="ek-admin-buttons",
            ),
            html.P(id=ids.MESSAGE, role="status"),
        ],
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the part's callbacks onto ``app``."""

    @app.callback(Output(ids.SESSIONS, "children"), Output(ids.END_OTHERS, "disabled"), Input(ids.ENDED, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show_sessions(_ended: object) -> tuple[list[Component], bool]:
        with deps.reading() as conn:
            found, total = accounts.own_sessions(conn, token_hash(_token()))
        return _list(found, total, current_words()), total <= sum(row["own"] for row in found)

    @app.callback(
        Output(ids.MESSAGE, "children"),
        Output(ids.ENDED, "data"),
        Input({"type": ids.END_TYPE, "row": ALL}, "n_clicks"),
        Input(ids.END_OTHERS, "n_clicks"),
        prevent_initial_call=True,
        running=[(Output(ids.END_OTHERS, "disabled"), True, False)],
    )
    @requires(Permission.READ_AGGREGATES)
    def end(_clicks: list[int | None], others: int | None) -> tuple[object, object]:
        asked = pressed()
        if asked is None:
            return no_update, no_update
        one = None if asked == ids.END_OTHERS else whole_number(asked["row"])
        with deps.writing() as writing:
            ended = end_own(writing, _token(), one)
        message = current_words().n("sessions.ended", ended) if ended else current_words()("sessions.none_ended")
        return message, f"{one} {others}"


def _token() -> str:
    token = session.held_token()
    if token is None:
        raise SignInRequired
    return token


def _list(found: list[OwnSessionRow], total: int, words: Words) -> list[Component]:
    heads = [words(f"sessions.column_{name}") for name in _COLUMNS]
    lines = [_line(row, words) for row in found]
    table = sortable(heads, lines, words, name="sessions", label=words("sessions.title"), fixed=1, total=total)
    if total <= len(found):
        return [table]
    return [html.P(words("sessions.shown", shown=numbers.count(len(found)), total=numbers.count(total))), table]


def _line(row: OwnSessionRow, words: Words) -> tuple[object, ...]:
    where = row["browser"] or words("sessions.unknown_browser")
    seen = numbers.moment(row["seen_at"])
    if row["own"]:
        last: object = words("sessions.here")
    else:
        last = html.Button(
            words("sessions.end"),
            id={"type": ids.END_TYPE, "row": str(row["session_id"])},
            type="button",
            className="ek-button",
            **aria(label=words("sessions.end_of", where=where, seen=seen)),
        )
    return where, row["network"] or words("sessions.unknown_network"), numbers.moment(row["begun_at"]), seen, last
