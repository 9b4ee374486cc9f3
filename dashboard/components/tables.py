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


OPENS: dict[str, Any] = {"data-ek-opens": "1"}
"""What marks the link that a whole row stands for, where that is not the one in its first cell."""


def column_head(inside: Any, **attributes: Any) -> Component:
    """The head of a column."""
    head: Component = html.Th(inside, scope="col", role="columnheader", **attributes)
    return head


def ruled(
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    label: str,
    named: bool = False,
    heads: Sequence[Component] = (),
) -> Component:
    """A table that can be scrolled by keyboard; ``named``: the first cell of a row says what the row is.

    Roles are stated because a browser forgets them where the rows are drawn as cards. A list is drawn by
    :mod:`dashboard.components.sortable`, which gives ``heads`` to be pressed.
    """
    looks = "ek-table ek-ruled ek-sorts" if heads else "ek-table ek-ruled"
    drawn = heads or [column_head(name) for name in head]
    table = html.Table(
        [
            html.Thead(html.Tr(drawn, role="row"), role="rowgroup"),
            html.Tbody([html.Tr(_cells(head, row, named=named), role="row") for row in rows], role="rowgroup"),
        ],
        className=looks,
        role="table",
    )
    return html.Div(table, className="ek-scroll", role="region", tabIndex=0, **aria(label=label))


def exactly(text: str, value: int) -> Component:
    """What stands for a number, for example a size in MB, with the number that a list is sorted by."""
    marked: dict[str, Any] = {"data-ek-value": str(value)}
    return html.Span(text, **marked)


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


def cards_table(
    head: Sequence[str],
    rows: Sequence[Component],
    *,
    counts_from: int | None = None,
    heads: Sequence[Component] = (),
) -> Component:
    """A table that becomes a list of cards on a phone; from column ``counts_from`` on it holds figures.

    A list has ``heads`` to be pressed, of :mod:`dashboard.components.sortable`.
    """
    first = len(head) if counts_from is None else counts_from
    drawn: list[Any] = [*heads] or [html.Th(label, scope="col") for label in head]
    for number in drawn[first:]:
        number.className = "ek-number"
    return html.Table(
        [html.Thead(html.Tr(drawn)), html.Tbody(list(rows))],
        className="ek-table ek-cleanse-table ek-sorts" if heads else "ek-table ek-cleanse-table",
    )
