"""Tables whose rows become cards where the window is narrow, and lists of names with their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.aria import aria

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component


STEP: dict[str, Any] = {"data-ek-go": "1"}
"""What marks a link that the page itself follows, without a load."""


def ruled(head: Sequence[str], rows: Sequence[Sequence[Any]], *, label: str, named: bool = False) -> Component:
    """A table that can be scrolled by keyboard; ``named``: the first cell of a row says what the row is.

    Roles are stated because a browser forgets them where the rows are drawn as cards.
    """
    heads = [html.Th(name, scope="col", role="columnheader") for name in head]
    table = html.Table(
        [
            html.Thead(html.Tr(heads, role="row"), role="rowgroup"),
            html.Tbody([html.Tr(_cells(head, row, named=named), role="row") for row in rows], role="rowgroup"),
        ],
        className="ek-table ek-ruled",
        role="table",
    )
    return html.Div(table, className="ek-scroll", role="region", tabIndex=0, **aria(label=label))


def labelled(text: str) -> dict[str, Any]:
    """The attribute by which a narrow screen says the column's name beside its cell."""
    return {"data-label": text}


def facts(pairs: Sequence[tuple[str, Any]]) -> Component:
    """Names and values, on a panel."""
    listed = html.Dl([part for name, value in pairs for part in (html.Dt(name), html.Dd(value))], className="ek-pairs")
    return html.Div(listed, className="ek-panel ek-pairs-panel")


def _cells(head: Sequence[str], row: Sequence[Any], *, named: bool) -> list[Component]:
    first = [html.Th(row[0], scope="row", role="rowheader")] if named else []
    rest = list(zip(head, row, strict=True))[len(first) :]
    return [*first, *(html.Td(cell, role="cell", **labelled(name)) for name, cell in rest)]


def cards_table(head: Sequence[str], rows: Sequence[Component], *, counts_from: int | None = None) -> Component:
    """A table that becomes a list of cards on a phone; from column ``counts_from`` on it holds figures."""
    first = len(head) if counts_from is None else counts_from
    heads = [
        html.Th(label, scope="col", className="ek-number" if place >= first else "") for place, label in enumerate(head)
    ]
    return html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(list(rows))],
        className="ek-table ek-cleanse-table",
    )
