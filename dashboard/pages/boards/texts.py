"""What a board and its area are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.areas import COUNTRY

if TYPE_CHECKING:
    from dashboard.pages.boards.reading import BoardFigures
    from queries.maps import Area
    from words import Words


def area_called(area: Area, words: Words) -> str:
    """What an area is called; the country in the reader's language."""
    return words("map.country") if area.code == COUNTRY else area.name


def title_of(figures: BoardFigures, words: Words) -> str:
    """The title of a board."""
    return words(f"board.title_{figures.board.name}", area=area_called(figures.area, words))
