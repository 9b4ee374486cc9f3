"""Draws what a board draws: the map of the areas inside, and the course of a number in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard import boundary_pictures
from dashboard.areas import map_source
from layers.breaks import Scheme
from layers.choropleth import choropleth
from layers.drawn import Sheet
from layers.measures import Kind, Measure
from layers.palettes import STATUS_COLOURS, TOKENS
from layers.sheet import map_part
from poverty.months import month_end

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.pages.boards.reading import BoardFigures
    from layers.choropleth import ChoroplethLayer, Source
    from queries.kpi import Indicator
    from words import Words

_LEGEND: Final = 40.0
_KINDS: Final = {"syer": Kind.RATE, "RM": Kind.COST}
_RAMPS: Final = {"tegar": "tegar", "miskin": "poor", "rate": "poor"}


def colour_of(indicator: Indicator) -> str:
    """The colour in which an indicator is drawn: red and amber are those of their status alone."""
    return STATUS_COLOURS["tegar"] if indicator.indicator_code == "tegar" else TOKENS["accent"]


def source_of(figures: BoardFigures, words: Words) -> Source:
    """Where the figures come from, and of which day they are."""
    return map_source(
        figures.footing,
        figures.board.inside,
        words,
        as_of=month_end(figures.month),
        census_year=figures.area.census_year,
    )


def layer_of(figures: BoardFigures, words: Words) -> ChoroplethLayer:
    """The chosen indicator by area, in classes."""
    chosen = figures.chosen
    code = chosen.indicator_code
    rows = [(one.code, one.name, one.now[code]) for one in figures.inside]
    areas = pd.DataFrame(
        [
            (area, name, None if item.actual is None else float(item.actual), item.missing == "disembunyikan")
            for area, name, item in rows
        ],
        columns=["area_code", "area_name", "value", "suppressed"],
    )
    measure = Measure(
        key=f"indicator_{code}",
        kind=_KINDS.get(chosen.unit, Kind.COUNT),
        columns=("value",),
        ramp=_RAMPS.get(code, "cost"),
        zero_class=True,
    )
    source = source_of(figures, words)
    return choropleth(areas, measure=measure, scheme=Scheme.JENKS, source=source, level=figures.board.inside)


def map_sheet(figures: BoardFigures, home: Path, words: Words, *, size: tuple[float, float]) -> Sheet | None:
    """The map with its legend as a picture of a size in points; ``None`` where there are no boundaries."""
    shapes = inside_shapes(figures, home)
    if shapes is None:
        return None
    width, height = size
    frame = (1.0, 1.0, width - 1.0, height - _LEGEND)
    part = map_part(layer_of(figures, words), shapes, words, frame, footed=False)
    return Sheet(width, height, frame, part.map, part.names, part.legend, part.texts)


def inside_shapes(figures: BoardFigures, home: Path) -> dict[str, Any] | None:
    """The boundaries of the areas inside, as fine as a picture of a board shows them."""
    return boundary_pictures.inside_shapes(home, level=figures.board.inside, within=figures.area.code)
