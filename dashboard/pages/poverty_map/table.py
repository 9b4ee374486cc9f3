"""The ranked table beside the map, as values: the browser sorts and draws it, so that drawing it again asks nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers import numbers
from layers.choropleth import TOO_FEW
from layers.measures import MEASURES, Kind, Measure

if TYPE_CHECKING:
    from dashboard.pages.poverty_map.reading import Drawing
    from words import Words

_SUBJECTS = ("tegar", "miskin")


def table_data(drawing: Drawing, words: Words) -> dict[str, Any]:
    """The rows (code, name, rank, then a value and its text for count, rate and change) with the words around them."""
    view = drawing.place.view
    measure = view.drawn_measure
    subject = subject_of(measure)
    first = MEASURES["cost"] if measure.kind is Kind.COST else MEASURES[subject]
    columns = [first, MEASURES[f"{subject}_rate"], MEASURES[f"{subject}_change"]]
    areas = drawing.areas
    values = [[None if number != number else number for number in column.values(areas)] for column in columns]  # noqa: PLR0124 - not a number
    layer = drawing.layer
    rows = []
    for place, (code, name) in enumerate(zip(layer.codes, layer.names, strict=True)):
        few = bool(areas["suppressed"].iloc[place])
        cells = [_cell(column, values[index][place], few=few, words=words) for index, column in enumerate(columns)]
        rows.append([code, name, layer.ranks[place], *cells, layer.classes[place] == TOO_FEW])
    return {
        "rows": rows,
        "selected": view.area if view.is_leaf else None,
        "ranked": _ranking(measure),
        "words": {
            "caption": words("map.table", level=words(f"level.{view.level}")),
            "rank": words("map.rank"),
            "area": words(f"level.{view.level}"),
            "columns": [
                words("map.column_cost") if measure.kind is Kind.COST else words(f"map.column_{subject}"),
                words("map.column_rate"),
                words("map.column_change"),
            ],
            "sort": words("map.sort"),
            "none": words("map.no_areas"),
        },
    }


def subject_of(measure: Measure) -> str:
    """Whom a measure counts: ``tegar``, ``miskin`` or, both together, ``poor``."""
    return measure.columns[0] if measure.columns[0] in _SUBJECTS and len(measure.columns) == 1 else "poor"


def _ranking(measure: Measure) -> int:
    """Which of the three columns the measure drawn is."""
    return {Kind.RATE: 1, Kind.CHANGE: 2}.get(measure.kind, 0)


def _cell(column: Measure, value: float | None, *, few: bool, words: Words) -> list[Any]:
    if value is None:
        return [None, words("map.few") if few else numbers.MISSING]
    if column.kind is Kind.COST:
        return [value, numbers.money_short(value, words=words)]
    return [value, column.write(value)]
