"""The ranked table beside the map, as values: the browser sorts and draws it, so that drawing it again asks nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard.pages.poverty_map.aid import known_at
from layers import numbers
from layers.choropleth import APART, TOO_FEW
from layers.measures import AID, LEAST_BASE, MEASURES, Kind, Measure

if TYPE_CHECKING:
    from dashboard.pages.poverty_map.reading import Drawing
    from reports.spreadsheet import Cell
    from words import Words

_SUBJECTS = ("tegar", "miskin")
_CHANGE = 2


def table_data(drawing: Drawing, words: Words) -> dict[str, Any]:
    """The rows with the words around them.

    A row: code, name, rank, then a value and its text for count, rate and change, whether it is hidden, for
    records that lack a place of the level where that is mended, and whether its change is from too few to be ranked.
    """
    view = drawing.place.view
    measure = view.drawn_measure
    columns = _columns(measure)
    areas = drawing.areas
    values = [[None if number != number else number for number in column.values(areas)] for column in columns]  # noqa: PLR0124 - not a number
    layer = drawing.layer
    small = columns[_CHANGE].small_base(areas).tolist()
    # of aid each figure is hidden by itself
    hides = view.of_aid and not drawing.place.footing.live and known_at(view.level, live=False)
    rows = []
    for place, (code, name) in enumerate(zip(layer.codes, layer.names, strict=True)):
        few = hides or bool(areas["suppressed"].iloc[place])
        cells = [_cell(column, values[index][place], few=few, words=words) for index, column in enumerate(columns)]
        mended = mending(code, works=drawing.place.footing.live) if layer.classes[place] == APART else None
        rows.append([code, name, layer.ranks[place], *cells, layer.classes[place] == TOO_FEW, mended, small[place]])
    return {
        "rows": rows,
        "selected": view.area if view.is_leaf else None,
        "ranked": _ranking(measure),
        "words": {
            "caption": words("map.table", level=words(f"level.{view.level}")),
            "rank": words("map.rank"),
            "area": words(f"level.{view.level}"),
            "columns": _heads(measure, words),
            "sort": words("map.sort"),
            "none": words("map.no_areas"),
            "mend": words("map.mend_apart"),
            "compare": words("map.compare"),
            "small": words("map.small_base", n=str(LEAST_BASE)),
        },
    }


def written_table(drawing: Drawing, words: Words) -> tuple[list[str], list[list[str]]]:
    """The head and rows of the table as they are written on paper, in the order of ranks."""
    data = table_data(drawing, words)
    rows = sorted(data["rows"], key=lambda row: (row[2] is None, row[2] or 0, row[1]))
    head = [data["words"]["rank"], data["words"]["area"], *_plain_heads(drawing, words)]
    return head, [["" if row[2] is None else str(row[2]), row[1], *(cell[1] for cell in row[3:6])] for row in rows]


def number_table(drawing: Drawing, words: Words) -> tuple[list[str], list[list[Cell]]]:
    """The head and rows for a spreadsheet: code, name, rank and the numbers themselves; what is hidden is empty."""
    data = table_data(drawing, words)
    head = [words("map.code"), data["words"]["area"], words("export.rank")]
    head += _plain_heads(drawing, words)
    return head, [[row[0], row[1], row[2], *(_plain(cell[0]) for cell in row[3:6])] for row in data["rows"]]


def _plain(value: float | None) -> float | None:
    """A count without decimals that say nothing."""
    return int(value) if value is not None and value == int(value) else value


def mending(code: str, *, works: bool) -> str:
    """The records of a district that name no mukim, for who works on them; else how many are not placed well."""
    if works:
        return f"/tugasan?{urlencode({'senarai': 'no_mukim', 'in': code[:4]})}"
    return f"/kualiti?{urlencode({'jenis': 'unplaced', 'in': code[:4]})}"


def _columns(measure: Measure) -> list[Measure]:
    """The three measures beside each other: of aid its own, else the count (or cost), the rate and the change."""
    if measure.key in AID:
        return [MEASURES[key] for key in AID]
    subject = subject_of(measure)
    first = MEASURES["cost"] if measure.kind is Kind.COST else MEASURES[subject]
    return [first, MEASURES[f"{subject}_rate"], MEASURES[f"{subject}_change"]]


def _heads(measure: Measure, words: Words) -> list[str]:
    if measure.key in AID:
        return [words(f"map.column_{key}") for key in AID]
    first = "cost" if measure.kind is Kind.COST else subject_of(measure)
    return [words(f"map.column_{name}") for name in (first, "rate", "change")]


def _plain_heads(drawing: Drawing, words: Words) -> list[str]:
    """The heads of the three measures without the marks of the screen."""
    measure = drawing.place.view.drawn_measure
    if measure.key in AID:
        return [words(f"measure.{key}") for key in AID]
    return [*_heads(measure, words)[:-1], words("map.change_12m")]


def subject_of(measure: Measure) -> str:
    """Whom a measure counts: ``tegar``, ``miskin`` or, both together, ``poor``."""
    return measure.columns[0] if measure.columns[0] in _SUBJECTS and len(measure.columns) == 1 else "poor"


def _ranking(measure: Measure) -> int:
    """Which of the three columns the measure drawn is."""
    if measure.key in AID:
        return AID.index(measure.key)
    return {Kind.RATE: 1, Kind.CHANGE: _CHANGE}.get(measure.kind, 0)


def _cell(column: Measure, value: float | None, *, few: bool, words: Words) -> list[Any]:
    if value is None:
        return [None, words("map.few") if few else numbers.MISSING]
    if column.kind is Kind.COST:
        return [value, numbers.money_short(value, words=words)]
    return [value, column.write(value)]
