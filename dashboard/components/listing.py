"""A list on a page: its tabs, its rows a page at a time, "n of N", and the way to the page before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, html, no_update

from dashboard.components.aria import aria
from dashboard.components.tables import STEP
from dashboard.guards import requires
from dashboard.sent.kinds import RowsAsked, View
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from registry.principals import Permission
    from words import Words

Rows = tuple[list[dict[str, Any]], Any, int]
"""The rows of one page as the table takes them, what is said of them, and how many there are in all."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several lists of a page: where it is, and how much is in it where that is said."""

    label: str
    address: str
    here: bool
    count: int | None = None


def tabs(offered: Sequence[Tab]) -> Component:
    """Links to the lists of a page; the open one is marked."""
    return html.Ul([html.Li(_tab(tab)) for tab in offered])


def _tab(tab: Tab) -> Component:
    counted = [] if tab.count is None else [html.Span(numbers.count(tab.count), className="ek-tasks-count")]
    marked: Any = aria(current="true") if tab.here else {}
    return html.A([*counted, html.Span(tab.label)], href=tab.address, className="ek-tasks-link", **STEP, **marked)


def shown(start: int, count: int, total: int, words: Words, *, key: str) -> str:
    """Which rows of how many are shown; ``start`` counts from 0, ``key`` names the sentence."""
    return words(
        key,
        first=numbers.count(start + min(1, count)),
        last=numbers.count(start + count),
        total=numbers.count(total),
    )


def shown_of(start: int, count: int, total: int, words: Words, *, key: str = "cleanse.shown") -> Component:
    """The same as a line of its own, told when it changes."""
    return html.P(shown(start, count, total, words, key=key), role="status", className="ek-footnote")


def pager(
    page: int, rows: int, total: int, address: Callable[[int], str], words: Words, *, label: str = ""
) -> Component:
    """Links to the page before and the page after, where there are such; ``page`` counts from 1."""
    wanted = [("grid.previous", page - 1)] if page > 1 else []
    wanted += [("grid.next", page + 1)] if page * rows < total else []
    links = [html.A(words(key), href=address(to), className="ek-button", **STEP) for key, to in wanted]
    named: Any = aria(label=label or words("grid.pages"))
    return html.Nav(links, className="ek-actions", **named) if links else html.Div()


def answer_rows(
    app: Dash, grid: str, note: str, view: str, *, permission: Permission, read: Callable[[View, RowsAsked], Rows]
) -> None:
    """Answer the table ``grid``: ``read`` gives the rows of a view that are asked for, in at most one page."""

    def rows_of(asked: RowsAsked | None, state: View) -> tuple[object, object]:
        if asked is None:
            return no_update, no_update
        rows, message, total = read(state, asked)
        return {"rowData": rows, "rowCount": total}, message

    # a callback is known by where its page states it
    rows_of.__module__, rows_of.__qualname__, rows_of.__name__ = read.__module__, read.__qualname__, read.__name__
    app.callback(
        Output(grid, "getRowsResponse"), Output(note, "children"), Input(grid, "getRowsRequest"), State(view, "data")
    )(requires(permission)(rows_of))
