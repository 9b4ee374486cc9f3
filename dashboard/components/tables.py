"""Tables that scroll sideways where the window is narrow, and lists of names with their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.aria import aria

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component


def ruled(head: Sequence[str], rows: Sequence[Sequence[Any]], *, label: str, named: bool = False) -> Component:
    """A table that can be scrolled by keyboard; ``named``: the first cell of a row says what the row is."""
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(name, scope="col") for name in head])),
            html.Tbody([html.Tr(_cells(row, named=named)) for row in rows]),
        ],
        className="ek-table",
    )
    return html.Div(table, className="ek-scroll", role="region", tabIndex=0, **aria(label=label))


def facts(pairs: Sequence[tuple[str, Any]]) -> Component:
    """Names and values, on a panel."""
    listed = html.Dl([part for name, value in pairs for part in (html.Dt(name), html.Dd(value))], className="ek-pairs")
    return html.Div(listed, className="ek-panel ek-pairs-panel")


def _cells(row: Sequence[Any], *, named: bool) -> list[Component]:
    first = [html.Th(row[0], scope="row")] if named else []
    return [*first, *(html.Td(cell) for cell in row[len(first) :])]
