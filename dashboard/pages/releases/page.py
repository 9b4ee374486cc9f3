"""The releases of figures for the public, and the press that asks for a corrected one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered
from dashboard.components.detail_page import done
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.releases import ids
from dashboard.pages.releases.parts import PATH, address, refused
from dashboard.sent.kinds import Code, Number, Text
from layers import numbers
from queries import releases
from registry.principals import Permission
from registry.releases.releases import ask_release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.releases import ReleaseRow
    from words import Words

__all__ = ["PATH", "layout", "register"]
_LONGEST = 1_000


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("releases"), data=[{"label": words("nav.releases")}]),
            dcc.Store(id=ids.OPENED, data=1),
            dcc.Store(id=ids.ASKED),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            html.H1(words("nav.releases")),
            html.P(words("release.lead"), className="ek-lead"),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("release.loading"), lines=4), id=ids.LIST),
            _form(words),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.LIST, "children"),
        Output(ids.FORM, "hidden"),
        Input(ids.OPENED, "data"),
        Input(ids.ASKED, "data"),
    )
    @requires(Permission.APPROVE_RELEASES)
    def show(_once: object, _asked: object) -> tuple[object, bool]:
        words = current_words()
        with deps.reading() as conn:
            found = releases.listed(conn)
        waits = not found or found[0]["state"] not in {"diluluskan", "ditolak"}
        return _list(found, words), waits

    @app.callback(
        Output(ids.ASKED, "data"),
        Output(ids.MESSAGE, "children"),
        Input(ids.ASK, "n_clicks"),
        State(ids.REASON, "value"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.ASK, "disabled"), True, False)],
    )
    @requires(Permission.APPROVE_RELEASES)
    def ask(clicks: Number | None, reason: Text | None, key: Code | None) -> tuple[object, object]:
        words = current_words()
        if not clicks:
            return no_update, no_update

        def message(result: dict[str, Any]) -> Component:
            return done(words("release.asked", number=str(result["number"])))

        return answered(
            deps,
            f"release-ask {key} {clicks}",
            lambda session: {"number": ask_release(session, (reason or "")[:_LONGEST])},
            message=message,
            refused=lambda error: refused(error, words),
        )


def _form(words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("release.correct")),
            html.P(words("release.correct_note"), className="ek-footnote"),
            dmc.Textarea(
                id=ids.REASON,
                label=words("release.reason"),
                value="",
                autosize=True,
                minRows=2,
                attributes={"input": {"maxLength": _LONGEST}},
            ),
            html.Button(words("release.ask"), id=ids.ASK, type="button", className="ek-button", n_clicks=0),
        ],
        id=ids.FORM,
        className="ek-panel ek-column-form",
        hidden=True,
        **SAVES,
    )


def _list(found: Sequence[ReleaseRow], words: Words) -> Component:
    if not found:
        return empty(words("release.none"), words("release.none_hint"))
    head = [words(f"release.{name}") for name in ("number", "month", "state", "made_on", "decided_on", "kind")]
    rows: list[list[Any]] = [
        [
            dcc.Link(row["number"], href=address(row["number"])),
            exactly(numbers.month(row["month"], words), row["month"].toordinal()),
            words(f"release.state_{row['state']}"),
            exactly(numbers.day(row["made_at"]), int(row["made_at"].timestamp())),
            exactly(numbers.day(row["decided_at"]), int(row["decided_at"].timestamp())) if row["decided_at"] else "",
            words("release.corrects", number=row["corrects"]) if row["corrects"] else words("release.monthly"),
        ]
        for row in found
    ]
    return sortable(head, rows, words, name="releases", label=words("nav.releases"))
