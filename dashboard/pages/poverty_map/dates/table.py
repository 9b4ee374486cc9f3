"""The figures of the page of two dates as rows: for the screen, for paper, and as numbers for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.pages.poverty_map.dates.bounds import TODAY
from dashboard.pages.poverty_map.dates.view import MONTHS
from layers import numbers
from layers.choropleth import TOO_FEW, choropleth
from layers.measures import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.pages.poverty_map.dates.reading import Dates
    from layers.choropleth import ChoroplethLayer
    from reports.spreadsheet import Cell
    from words import Words

    Column = tuple[str, ChoroplethLayer]


def columns_of(found: Dates, words: Words) -> list[Column]:
    """The heads of the figures with their layers: a month each, or two dates and what changed between them."""
    dated = [(moment.named, moment.layer) for moment in found.moments]
    if found.view.mode == MONTHS:
        return dated
    changes = []
    for unit in ("difference", "percent"):
        measure = BETWEEN[f"{found.view.subject}_{unit}"]
        layer = found.change if found.change.measure == measure else _other(found, measure)
        changes.append((words(f"time.column_{unit}"), layer))
    return [*dated, *changes]


def _other(found: Dates, measure: Any) -> ChoroplethLayer:
    """The change in the unit that is not drawn."""
    one, other = found.moments[0].areas, found.moments[-1].areas
    frame = other.assign(
        tegar_12m_ago=one["tegar"].to_numpy(),
        miskin_12m_ago=one["miskin"].to_numpy(),
        suppressed=(other["tegar"].isna() | one["tegar"].isna().to_numpy()).to_numpy(),
    )
    drawn = found.change
    return choropleth(frame, measure=measure, scheme=drawn.scheme, source=drawn.source, level=drawn.level)


def written_rows(found: Dates, words: Words) -> tuple[list[str], list[list[str]]]:
    """The head and the rows as people read them, in the order of the last moment's ranks."""
    columns = columns_of(found, words)

    made = found.former.made if found.former and found.view.bounds == TODAY else frozenset()
    shared = {id(moment.layer) for moment in found.moments if moment.former}
    exact = {id(moment.layer) for moment in found.moments} - shared

    def cell(layer: ChoroplethLayer, place: int) -> str:
        if layer.values[place] is None:
            return words("map.few") if layer.classes[place] == TOO_FEW else numbers.MISSING
        about = layer.codes[place] in made and id(layer) not in exact
        return f"≈ {layer.written[place]}" if about else layer.written[place]

    head = [words("map.rank"), words(f"level.{found.place.view.level}"), *(name for name, _ in columns)]
    return head, [[str(rank or ""), *row] for rank, row in _ordered(found, columns, cell)]


def number_rows(found: Dates, words: Words) -> tuple[list[str], list[list[Cell]]]:
    """The head and the rows for a spreadsheet: code, name and the numbers; what is hidden or unknown is empty."""
    columns = columns_of(found, words)

    def cell(layer: ChoroplethLayer, place: int) -> Cell:
        value = layer.values[place]
        return int(value) if value is not None and value == int(value) else value

    head = [words("map.code"), words(f"level.{found.place.view.level}"), *(name for name, _ in columns)]
    last = found.moments[-1].layer
    rows = [
        [last.codes[place], last.names[place], *(cell(layer, place) for _, layer in columns)]
        for place in range(len(last.codes))
    ]
    return head, rows


def _ordered(
    found: Dates, columns: list[Column], cell: Callable[[ChoroplethLayer, int], str]
) -> list[tuple[int | None, list[str]]]:
    last = found.layers[-1]
    places = sorted(
        range(len(last.codes)), key=lambda place: (last.ranks[place] is None, last.ranks[place] or 0, last.names[place])
    )
    return [(last.ranks[place], [last.names[place], *(cell(layer, place) for _, layer in columns)]) for place in places]
