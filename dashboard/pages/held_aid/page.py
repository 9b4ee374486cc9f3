"""Aid that is held: the rows that wait for who looks at them, by reason, agency and district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard import urlstate
from dashboard.areas import area_options
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import ASKS
from dashboard.components.listing import Tab, pager, shown_of, tabs
from dashboard.components.sortable import Heads, order_field, order_of, ordered, page_of
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.household.given import HELD_PATH, name_of
from dashboard.i18n import current_words
from dashboard.pages.held_aid import ids
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, code, whole
from layers import numbers
from queries import given_aid, programmes
from queries.given_aid import HeldFilters
from queries.households import districts
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.given_aid import HeldCountRow, HeldRow
    from words import Words

_ROWS: Final = 25
_KEYS: Final[dict[str, Callable[[HeldRow], Any]]] = {
    "rujukan": lambda row: row["reference"],
    "sebab": lambda row: row["code"],
    "agensi": lambda row: row["agency_code"],
    "nama": lambda row: (row["given_name"] or "").casefold(),
    "daerah": lambda row: row["district_name"] or "",
    "tarikh": lambda row: (row["day"] is None, row["day"]),
    "amaun": lambda row: (row["amount_rm"] is None, row["amount_rm"]),
}
"""What the list is put in order by, for each column."""


@dataclass(frozen=True)
class HeldView(UrlState):
    """Which rows, which page of them, and in which order."""

    reason: str = code("", pattern=r"[a-z_]{1,40}", name="sebab")
    agency: str = code("", pattern=r"[A-Z0-9_\-]{1,40}", name="agensi")
    area: str = code("", pattern=r"\d{4}", name="in")
    page: int = whole(1, at_least=1, at_most=10_000, name="halaman")
    order: str = order_field(*_KEYS)

    def filters(self) -> HeldFilters:
        """As the reader takes them."""
        return HeldFilters(self.reason or None, self.agency or None, self.area or None)


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words, view = current_words(), HeldView.parse(query)
    return html.Div(
        [
            dcc.Store(id=trail_of("held-aid"), data=[{"label": words("nav.held_aid")}]),
            urlstate.view_store(ids.VIEW, view),
            html.H1(words("nav.held_aid")),
            html.P(words("held_aid.lead"), className="ek-lead"),
            html.Nav(
                skeleton(words("held_aid.loading"), lines=1),
                id=ids.COUNTS,
                className="ek-tasks",
                **aria(label=words("held_aid.reasons")),
            ),
            html.Div(
                [
                    _select(ids.AGENCY, "held_aid.agency", view.agency, words),
                    _select(ids.DISTRICT, "search.filter.district", view.area, words),
                ],
                className="ek-held-aid-filters",
                **ASKS,
            ),
            html.Div(skeleton(words("held_aid.loading"), lines=5), id=ids.LIST),
        ],
        className="ek-page ek-households ek-spaced",
    )


def _select(name: str, label: str, value: str, words: Words) -> Component:
    select: Component = dmc.Select(
        id=name,
        label=words(label),
        data=[],
        value=value or None,
        clearable=True,
        searchable=True,
        placeholder=words("search.all"),
        nothingFoundMessage=words("form.no_match"),
        clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
    )
    return select


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    app.clientside_callback(
        ClientsideFunction("ekasih_held_aid", "narrow"),
        Output(ids.VIEW, "data"),
        Input(ids.AGENCY, "value"),
        Input(ids.DISTRICT, "value"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )

    @app.callback(Output(ids.AGENCY, "data"), Output(ids.DISTRICT, "data"), Input(ids.AGENCY, "id"))
    @requires(Permission.SETTLE_AID)
    def offer(_once: object) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
        words = current_words()
        with deps.reading() as conn:
            agencies, areas = programmes.agencies(conn), districts(conn)
        offered = [{"value": row["code"], "label": name_of(row, "agency", words)} for row in agencies]
        return offered, area_options((row["state_name"], row["code"], row["name"]) for row in areas)

    @app.callback(Output(ids.COUNTS, "children"), Output(ids.LIST, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.SETTLE_AID)
    def show(view: View) -> tuple[object, object]:
        words, state = current_words(), HeldView.parse(view)
        with deps.reading() as conn:
            counts = given_aid.held_counts(conn, state.filters())
            found, total = page_of(
                lambda limit, offset: given_aid.held(conn, state.filters(), limit=limit, offset=offset),
                order_of(state.order),
                _KEYS,
                start=(state.page - 1) * _ROWS,
                rows=_ROWS,
            )
        deps.note_read("read", subject="worklist", facts={"list": "held_aid", "reason": state.reason or None})
        return _counts(state, counts, words), _list(found, total, state, words)


def _counts(state: HeldView, counts: list[HeldCountRow], words: Words) -> Component:
    """A link for each reason with how many wait for it; the open one is marked."""
    every = Tab(
        words("held_aid.all"),
        state.but(reason="", page=1).address(HELD_PATH),
        not state.reason,
        sum(row["held"] for row in counts),
    )
    each = [
        Tab(
            words(f"held_aid.why_{row['code']}"),
            state.but(reason=row["code"], page=1).address(HELD_PATH),
            row["code"] == state.reason,
            row["held"],
        )
        for row in counts
    ]
    return tabs([every, *each])


def _list(found: list[HeldRow], total: int, state: HeldView, words: Words) -> Component:
    if not found:
        return empty(words("held_aid.none"), words("held_aid.none_note"))
    names = ("reference", "reason", "agency", "name", "district", "day", "amount")
    head = [words(f"held_aid.{name}") for name in names]
    rows = [_row(row, words) for row in found]
    by = Heads(tuple(_KEYS), state.order, lambda to: state.but(order=to, page=1).address(HELD_PATH), total)
    return html.Div(
        [
            shown_of((state.page - 1) * _ROWS, len(found), total, words, key="held_aid.shown"),
            ordered(head, rows, words, name="held-aid", label=words("nav.held_aid"), by=by),
            pager(state.page, _ROWS, total, lambda to: state.but(page=to).address(HELD_PATH), words),
        ]
    )


def _row(row: HeldRow, words: Words) -> list[object]:
    programme = name_of(row, "programme", words)
    return [
        dcc.Link(row["reference"], href=f"{HELD_PATH}/{row['row_id']}"),
        words(f"held_aid.why_{row['code']}"),
        [name_of(row, "agency", words), *([html.Small(programme)] if programme else [])],
        row["given_name"] or numbers.MISSING,
        row["district_name"] or numbers.MISSING,
        numbers.day(row["day"]),
        numbers.money(row["amount_rm"]),
    ]
