"""What changed in a month: lights, numbers, the areas that moved most, and what changed what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.components.breaks import break_texts
from dashboard.indicator_words import name_of, written
from dashboard.pages.boards.ranking import largest_moves
from layers import numbers

if TYPE_CHECKING:
    from decimal import Decimal

    from dashboard.indicators import Measured
    from dashboard.pages.boards.reading import BoardFigures
    from words import Words

MOST: Final = 7
_RED: Final = frozenset({"merah", "tidak_tercapai"})


def change_texts(figures: BoardFigures, words: Words) -> list[str]:
    """The sentences, the gravest first."""
    told = [*break_texts(figures.breaks, words)]
    told += [
        words(
            "board.light_changed",
            name=name_of(one.now.indicator, words),
            before=words(f"light.{one.before.light}"),
            now=words(f"light.{one.now.light}"),
        )
        for one in figures.numbers
        if one.before and one.before.light and one.now.light and one.before.light != one.now.light
    ]
    told += _areas_turned(figures, words)
    told += [
        words("board.number_changed", name=name_of(one.now.indicator, words), by=by)
        for one in figures.numbers
        if (by := difference_text(one.now, one.before, words))
    ]
    told += _moved(figures, words)
    return told[:MOST]


def difference_text(now: Measured, before: Measured | None, words: Words) -> str:
    """By how much an indicator differs from the month before, with its direction; empty where that is not known."""
    if before is None or now.actual is None or before.actual is None or now.actual == before.actual:
        return ""
    return signed(now.actual - before.actual, now.indicator.unit, words)


def signed(by: Decimal, unit: str, words: Words) -> str:
    """A difference with its direction; of shares in percentage points."""
    arrow = "▲" if by > 0 else "▼"
    if unit == "syer":
        return words("board.points", by=f"{arrow} {numbers.decimal(abs(by) * 100, places=_places(by * 100))}")
    return f"{arrow} {written(abs(by), unit, words)}"


def _places(points: Decimal) -> int:
    """So many decimals that a difference is not written as none."""
    return next((places for places in (1, 2, 3) if round(abs(points), places)), 4)


def _areas_turned(figures: BoardFigures, words: Words) -> list[str]:
    """How many areas inside turned red by the chosen indicator, and how many did so no more."""
    code = figures.chosen.indicator_code
    lights = [(one.before[code].light, one.now[code].light) for one in figures.inside]
    turned = sum(before not in _RED and now in _RED for before, now in lights if before and now)
    back = sum(before in _RED and now not in _RED for before, now in lights if before and now)
    name = name_of(figures.chosen, words)
    return [
        *([words.n("board.turned_red", turned, name=name)] if turned else []),
        *([words.n("board.turned_back", back, name=name)] if back else []),
    ]


def _moved(figures: BoardFigures, words: Words) -> list[str]:
    code = figures.chosen.indicator_code
    rows = ((one.name, one.now[code].actual, one.before[code].actual) for one in figures.inside)
    return [
        words("board.area_moved", area=area, by=signed(by, figures.chosen.unit, words))
        for area, by in largest_moves(rows)
    ]
