"""The rounds of cleansing of the own office, and the press that freezes a new list."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered
from dashboard.components.detail_page import done
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.rounds import ids
from dashboard.pages.rounds.parts import PATH, address, far, office_name, refused
from dashboard.sent.kinds import Code, Codes, Number
from layers import numbers
from queries import rounds
from registry.principals import Permission
from registry.rounds.rounds import FreezeRound, freeze_round

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.rounds import OwnOfficeRow, RoundRow
    from words import Words

__all__ = ["PATH", "layout", "register"]
_YEARS: Final = 4
"""So many years back are offered."""


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("rounds"), data=[{"label": words("nav.rounds")}]),
            dcc.Store(id=ids.OPENED, data=1),
            dcc.Store(id=ids.FROZEN),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            html.H1(words("nav.rounds")),
            html.P(words("round.lead"), className="ek-lead"),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("round.loading"), lines=4), id=ids.LIST),
            _form(words),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.LIST, "children"),
        Output(ids.FORM, "hidden"),
        Output(ids.OFFICE, "data"),
        Output(ids.OFFICE, "value"),
        Input(ids.OPENED, "data"),
        Input(ids.FROZEN, "data"),
    )
    @requires(Permission.CHECK_AID)
    def show(_once: object, _frozen: object) -> tuple[object, bool, list[dict[str, str]], str | None]:
        words = current_words()
        with deps.reading() as conn:
            found, own = rounds.listed(conn), rounds.offices(conn)
        deps.note_read("read", subject="worklist", facts={"list": "rounds"})
        running = {row["office_code"] for row in found if row["state"] == "berjalan"}
        free = [office for office in own if office["code"] not in running]
        offered = [{"value": office["code"], "label": office_name(office, words)} for office in free]
        hidden = not free or not may(Permission.APPROVE_AID)
        return _list(found, own, words), hidden, offered, offered[0]["value"] if len(offered) == 1 else None

    @app.callback(
        Output(ids.FROZEN, "data"),
        Output(ids.MESSAGE, "children"),
        Input(ids.FREEZE, "n_clicks"),
        State(ids.OFFICE, "value"),
        State(ids.YEARS, "value"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.FREEZE, "disabled"), True, False)],
    )
    @requires(Permission.APPROVE_AID)
    def freeze(
        clicks: Number | None, office: Code | None, years: Codes | None, key: Code | None
    ) -> tuple[object, object]:
        words = current_words()
        if not clicks:
            return no_update, no_update
        named = tuple(int(year) for year in years or () if year.isascii() and year.isdigit())
        command = FreezeRound(office=office or "", years=named)

        def message(result: dict[str, Any]) -> Component:
            number = str(result["number"])
            link = dcc.Link(words("round.open"), href=address(number), className="ek-button ek-button-main")
            return done([words("round.frozen_one", number=number), " ", link])

        return answered(
            deps,
            f"round-freeze {key} {clicks}",
            lambda session: {"number": freeze_round(session, command)},
            message=message,
            refused=lambda error: refused(error, words),
        )


def _form(words: Words) -> Component:
    this = datetime.now(numbers.MALAYSIA).year
    years = [dmc.Checkbox(label=str(year), value=str(year)) for year in range(this, this - _YEARS, -1)]
    return html.Section(
        [
            html.H2(words("round.freeze_title")),
            html.P(words("round.freeze_note"), className="ek-footnote"),
            dmc.Select(
                id=ids.OFFICE, label=words("round.office"), data=[], value=None, placeholder=words("form.choose")
            ),
            dmc.CheckboxGroup(
                dmc.Group(years), id=ids.YEARS, label=words("round.years"), value=[str(this), str(this - 1)]
            ),
            html.Button(
                words("round.freeze"), id=ids.FREEZE, type="button", className="ek-button ek-button-main", n_clicks=0
            ),
        ],
        id=ids.FORM,
        className="ek-panel ek-column-form",
        hidden=True,
        **SAVES,
    )


def _list(found: Sequence[RoundRow], own: Sequence[OwnOfficeRow], words: Words) -> Component:
    if not found:
        return empty(words("round.none" if own else "round.no_office"), words("round.none_hint"))
    head = [words(f"round.{name}") for name in ("number", "office", "years", "frozen_on", "far", "state")]
    rows: list[list[Any]] = [
        [
            dcc.Link(row["number"], href=address(row["number"])),
            office_name(row, words),
            row["years"],
            exactly(numbers.day(row["frozen_on"]), row["frozen_on"].toordinal()),
            far(row, words),
            words(f"round.state_{row['state']}"),
        ]
        for row in found
    ]
    return sortable(head, rows, words, name="rounds", label=words("nav.rounds"))
