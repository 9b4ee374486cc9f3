"""How a target is to be reached, on the page of settings: straight, by steps, or along points of a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.tables import ruled
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.indicator_words import name_of
from dashboard.indicators import typed_value, with_own_target
from dashboard.pages.administration import ids
from dashboard.proposed_targets import plain
from dashboard.sent.kinds import Code
from layers import numbers
from queries import kpi
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from poverty.targets import Way
    from queries.kpi import Indicator
    from registry.kpi.targets import SetTargets
    from words import Words

POINT: Final = {"type": ids.TARGETS_POINT_TYPE, "row": ALL, "name": ALL}
_WAYS: Final = ("lurus", "berperingkat", "tangan")
_NAMES: Final = ("day", "value")
_ROWS: Final = 6
_MORE: Final = 3
"""Empty rows, where there are points already."""


def fields(words: Words) -> Component:
    """Of which indicator, the way, and its points."""
    return html.Details(
        [
            html.Summary(words("target.path")),
            dmc.Select(
                id=ids.TARGETS_PATH_OF,
                label=words("target.path_of"),
                description=words("target.path_of_hint"),
                data=[],
                value=None,
                clearable=True,
            ),
            dmc.RadioGroup(
                [dmc.Radio(value=way, label=words(f"target.path_{way}"), my="xs") for way in _WAYS],
                id=ids.TARGETS_PATH,
                label=words("target.path_way"),
                value=_WAYS[0],
            ),
            html.Div(id=ids.TARGETS_POINTS),
            html.P(id=ids.TARGETS_PATH_ERROR, role="alert"),
        ]
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the rows of the points onto ``app``."""

    @app.callback(
        Output(ids.TARGETS_PATH, "value"),
        Output(ids.TARGETS_POINTS, "children"),
        Input(ids.TARGETS_PATH_OF, "value"),
        State(ids.TARGET_AREA, "value"),
        State(ids.TARGET_MUKIM, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def show_path(code: Code | None, area: Code | None, mukim: Code | None) -> tuple[str, object]:
        if not code:
            return _WAYS[0], None
        own = mukim or area or COUNTRY
        with deps.reading() as conn:
            found = {item.indicator_code: item for item in with_own_target(kpi.indicators(conn, areas=[own]), own)}
        item = found.get(code)
        if item is None or item.goal is None:
            return _WAYS[0], _points([])
        points = [(numbers.day(day), plain(value, item.unit)) for day, value in item.goal.points]
        return item.goal.way, _points(points)


def _points(shown: Sequence[tuple[str, str]]) -> Component:
    words = current_words()
    rows = [*shown, *[("", "")] * max(_ROWS - len(shown), _MORE)]
    heads = [words("target.path_row"), *(words(f"target.path_{name}") for name in _NAMES)]
    lines = [
        (str(number), *(_field(number, name, value, words) for name, value in zip(_NAMES, row, strict=True)))
        for number, row in enumerate(rows, start=1)
    ]
    table = ruled(heads, lines, label=words("target.path_points"), named=True)
    return html.Div([html.P(words("target.path_points_hint"), className="ek-footnote"), table])


def _field(number: int, name: str, value: str, words: Words) -> Component:
    field: Component = dmc.TextInput(
        id={"type": ids.TARGETS_POINT_TYPE, "row": str(number), "name": name},
        value=value,
        placeholder=words("form.date_shape") if name == "day" else None,
        attributes={"input": {"autoComplete": "off", "inputMode": "text" if name == "day" else "decimal"}},
        **aria(label=f"{words(f'target.path_{name}')} {number}"),
    )
    return field


def offered(found: Sequence[Indicator], area: str, words: Words) -> list[dict[str, str]]:
    """The indicators whose way is set here: of those that are shared out it follows from the country's."""
    own = [item for item in found if area == COUNTRY or not item.how]
    return [{"value": item.indicator_code, "label": name_of(item, words)} for item in own]


def with_path(
    command: SetTargets, code: str | None, way: str | None, typed: Sequence[tuple[Mapping[str, str], Any]], unit: Any
) -> SetTargets:
    """The same, with the way of one indicator's target, whose points are fields with what was typed.

    Raises:
        InvalidInput: a row is no day with a value.

    """
    one = command.wanted.get(code or "")
    if code is None or one is None or way not in _WAYS:
        return command
    rows: dict[str, dict[str, str]] = {}
    for field, value in typed:
        rows.setdefault(field.get("row", ""), {})[field.get("name", "")] = str(value or "").strip()
    points = [] if way == "lurus" else [_point(row, unit) for row in rows.values() if any(row.values())]
    path = replace(one, way=cast("Way", way), points=tuple(points))
    return replace(command, wanted={**command.wanted, code: path})


def _point(row: Mapping[str, str], unit: object) -> tuple[date, Decimal]:
    day, value = day_of(row.get("day")), typed_value(row.get("value"), unit)
    if day is None or value is None:
        raise InvalidInput({"path": "path_points"})
    return day, value
