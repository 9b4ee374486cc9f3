"""One round of cleansing: how far it is, its frozen list in the order of a round, and the decision on one household."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import pressed
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import ASKS
from dashboard.components.listing import Tab, pager, shown_of, tabs
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.rounds import deciding, ids, view
from dashboard.pages.rounds.parts import PATH, address, known_number
from dashboard.sent.kinds import Clicks, Code, View
from dashboard.urlstate import UrlState, choice, whole
from queries import rounds
from registry.principals import Permission
from registry.rounds.models import FINDINGS

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.rounds import OneRoundRow, RoundHouseholdRow, RoundNowRow
    from words import Words

ONE_PATH: Final = f"{PATH}/<number>"
ROWS: Final = 25
"""A page is what may be visited in a day or two."""
_FAR: Final = 10_000
_ANY: Final = "ada"


@dataclass(frozen=True)
class RoundView(UrlState):
    """Which part of the list, with which finding, in which order, which page of it."""

    standing: str = choice(*rounds.STANDINGS, name="senarai")
    finding: str = choice("", _ANY, *FINDINGS, name="penemuan")
    order: str = choice("mukim", "laluan", name="susun")
    page: int = whole(1, at_least=1, at_most=_FAR, name="halaman")


def layout(number: str = "", **query: object) -> Component:
    """The page's skeleton; reads no database."""
    words, state = current_words(), RoundView.parse(query)
    return html.Div(
        [
            dcc.Store(id=ids.NUMBER, data=known_number(number)),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=ids.CHOSEN),
            dcc.Store(id=trail_of("rounds-one"), data=[]),
            urlstate.view_store(ids.VIEW, state),
            html.Div(id=ids.SAID, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("round.loading"), lines=3), id=ids.HEAD),
            html.Div(id=ids.PANEL),
            html.Nav(id=ids.TABS, className="ek-tasks", **aria(label=words("round.lists"))),
            _filters(state, words),
            html.Div(skeleton(words("round.loading"), lines=6), id=ids.HOUSEHOLDS),
        ],
        className="ek-page ek-spaced ek-cases",
    )


def _filters(state: RoundView, words: Words) -> Component:
    found = [{"value": name, "label": words(f"round.finding_{name}")} for name in (_ANY, *FINDINGS)]
    orders = [{"value": name, "label": words(f"round.order_{name}")} for name in ("mukim", "laluan")]
    return html.Div(
        [
            dmc.Select(
                id=ids.FINDING, label=words("round.finding"), data=found, value=state.finding or None, clearable=True,
                placeholder=words("round.finding_all"),
                clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
            ),
            dmc.Select(id=ids.ORDER, label=words("round.order"), data=orders, value=state.order, allowDeselect=False),
        ],
        className="ek-held-aid-filters",
        **ASKS,
    )  # fmt: skip


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    deciding.register(app, deps)
    _reading(app, deps)

    @app.callback(
        Output(ids.VIEW, "data"),
        Input(ids.FINDING, "value"),
        Input(ids.ORDER, "value"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.CHECK_AID)
    def narrow(finding: Code | None, order: Code | None, state: View) -> dict[str, str]:
        chosen = {"penemuan": finding or "", "susun": order or ""}
        return RoundView.parse(RoundView.parse(state).but(page=1).query() | chosen).query()

    @app.callback(
        Output(ids.CHOSEN, "data"),
        Input({"type": ids.CHOOSE_TYPE, "household": ALL}, "n_clicks"),
        Input(ids.DONE, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.CHECK_AID)
    def choose(_clicks: Clicks, _done: object) -> str | None:
        asked = pressed()
        return str(asked["household"]) if isinstance(asked, dict) else None


def _reading(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.HEAD, "children"),
        Output(trail_of("rounds-one"), "data"),
        Input(ids.NUMBER, "data"),
        Input(ids.DONE, "data"),
    )
    @requires(Permission.CHECK_AID)
    def show_head(number: Code | None, _done: object) -> tuple[object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = rounds.one(conn, number) if number else None
            marks = rounds.findings(conn, number) if number and found else []
            places = rounds.mukims(conn, number) if number and found else []
        if found is None:
            link = dcc.Link(words("round.to_list"), href=PATH, className="ek-button")
            return empty(words("round.not_found"), words("error.not_found"), action=link, page=True), no_update
        trail = [{"label": words("nav.rounds"), "href": PATH}, {"label": found["number"]}]
        return view.head(found, marks, places, words), trail

    @app.callback(
        Output(ids.HOUSEHOLDS, "children"),
        Output(ids.TABS, "children"),
        Input(ids.VIEW, "data"),
        Input(ids.DONE, "data"),
        Input(ids.NUMBER, "data"),
    )
    @requires(Permission.CHECK_AID)
    def show_list(asked: View, _done: object, number: Code | None) -> tuple[object, object]:
        state, words = RoundView.parse(asked), current_words()
        with deps.reading() as conn:
            found = rounds.one(conn, number) if number else None
            rows, total = (
                rounds.households(
                    conn, found["number"], standing=state.standing, finding=state.finding,
                    by_mukim=state.order == "mukim", limit=ROWS, offset=(state.page - 1) * ROWS,
                )
                if found else ([], 0)
            )  # fmt: skip
            today = rounds.now(conn, found["number"], [row["household_id"] for row in rows]) if found and rows else {}
        if found is None:
            return None, None
        deps.note_read("read", subject="worklist", facts={"list": "round", "number": found["number"]})
        return _list(found, (rows, total), today, state, words), _tabs(found, state, words)


def _tabs(found: OneRoundRow, state: RoundView, words: Words) -> Component:
    open_ones = found["terbuka"] - found["proposed"]
    counts = {"terbuka": open_ones, "sah": found["proposed"]}
    counts |= {name: found[name] for name in ("kekal", "gugur", "siasat")}
    where = address(found["number"])
    return tabs(
        [
            Tab(
                words(f"round.list_{name}"),
                state.but(standing=name, page=1).address(where),
                name == state.standing,
                count,
            )
            for name, count in counts.items()
        ]
    )


def _list(
    found: OneRoundRow, page: tuple[list[RoundHouseholdRow], int], today: dict[int, RoundNowRow], state: RoundView,
    words: Words,
) -> Component:  # fmt: skip
    rows, total = page
    if not rows:
        return empty(words("round.empty"), words("round.empty_hint"))
    where = address(found["number"])
    return html.Div(
        [
            shown_of((state.page - 1) * ROWS, len(rows), total, words, key="round.shown"),
            view.table(rows, today, words, by_way=state.order == "laluan"),
            pager(state.page, ROWS, total, lambda to: state.but(page=to).address(where), words),
        ]
    )
