"""The areas inside the one whose indicators are shown: a table that is sorted by links in its head, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.aria import aria
from dashboard.components.badges import light_badge
from dashboard.components.columns import choosable
from dashboard.components.tables import STEP
from dashboard.pages.kpi.view import CHILD_INDICATORS
from layers import numbers
from poverty.targets import LIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.indicators import Measured
    from dashboard.pages.kpi.view import KpiView, Panel
    from words import Words

    Row = tuple[str, str, dict[str, Measured]]

_MUKIM_DIGITS = 6
_WORST_FIRST = [light for light in reversed(LIGHTS) if light != "tiada_nilai"]


def worst(item: Measured | None) -> int:
    """The place of an indicator in an order with the worst first; without a target or value it comes last."""
    light = item.light if item else None
    return _WORST_FIRST.index(light) if light in _WORST_FIRST else len(_WORST_FIRST)


def in_order(rows: Sequence[Row], order: str) -> list[Row]:
    """The areas in an order of :class:`KpiView`; what is not known comes last, whichever way round."""
    column = order.removeprefix("-")
    if column == "kawasan":
        return sorted(rows, key=lambda row: row[1], reverse=order.startswith("-"))
    if column == "terburuk":
        return sorted(rows, key=lambda row: (min(_worsts(row)), sum(_worsts(row)), row[1]))
    sign = -1 if order.startswith("-") else 1

    def place(row: Row) -> tuple[bool, float, str]:
        actual = row[2][column].actual if column in row[2] else None
        return actual is None, sign * float(actual or 0), row[1]

    return sorted(rows, key=place)


def areas_inside(panel: Panel, view: KpiView, path: str, words: Words) -> Component:
    """The areas inside, each a step to its own page."""
    heads = [_head("kawasan", words("kpi.area"), view, path, words)]
    for code in CHILD_INDICATORS:
        heads.append(_head(code, words(f"kpi.column_{code}"), view, path, words, number=True))
        name = words("kpi.column_light_of", indicator=words(f"kpi.column_{code}"))
        heads.append(html.Th(html.Span(name, className="ek-sr"), scope="col"))
    rows = [
        html.Tr(
            [
                html.Th(_step(code, name, view, path), scope="row"),
                *(cell for indicator in CHILD_INDICATORS for cell in _cells(found.get(indicator), words)),
            ]
        )
        for code, name, found in in_order(panel.children, view.order)
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="ek-table ek-kpi-table")
    box = html.Div(table, className="ek-scroll", tabIndex=0, **aria(label=words("kpi.inside")))
    ways: list[Any] = [words("kpi.order"), " "]
    if view.order == "terburuk":
        ways.append(html.Strong(words("kpi.order_worst")))
    else:
        ways.append(html.A(words("kpi.order_worst"), href=view.but(order="terburuk").address(path), **STEP))
    return html.Section(
        [
            html.H2(words("kpi.inside")),
            html.P(ways, className="ek-kpi-note"),
            choosable("kpi-areas", heads, box, words),
        ]
    )


def _step(code: str, name: str, view: KpiView, path: str) -> Component | str:
    """The way to an area's own page; who has no mukim is counted under a code that is no area."""
    if len(code) == _MUKIM_DIGITS and code.endswith("00"):
        return name
    return html.A(name, href=view.but(area=code).address(path), **STEP)


def _worsts(row: Row) -> list[int]:
    return [worst(row[2].get(code)) for code in CHILD_INDICATORS]


def _head(column: str, name: str, view: KpiView, path: str, words: Words, *, number: bool = False) -> Component:
    """A head that sorts by its column; pressed again, the other way round. Numbers begin with the largest."""
    first, second = (f"-{column}", column) if number else (column, f"-{column}")
    sorted_by = view.order in {first, second}
    following = second if view.order == first else first
    arrow = {column: " ▲", f"-{column}": " ▼"}.get(view.order, "")
    way = "descending" if view.order.startswith("-") else "ascending"
    stated: dict[str, Any] = aria(sort=way) if sorted_by else {}
    link = html.A(
        [name, html.Span(arrow, **aria(hidden=True))],
        href=view.but(order=following).address(path),
        title=words("kpi.sort_by", column=name),
        **STEP,
    )
    return html.Th(link, scope="col", className="ek-number" if number else "", **stated)


def _cells(item: Measured | None, words: Words) -> list[Component]:
    if item is None or item.actual is None:
        return [html.Td(words("kpi.hidden_short") if item else numbers.MISSING, className="ek-number"), html.Td()]
    badge = light_badge(item.light, words) if item.light else None
    return [html.Td(numbers.count(item.actual), className="ek-number"), html.Td(badge)]
