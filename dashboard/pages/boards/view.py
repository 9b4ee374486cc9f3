"""What a board shows, as its address says it: of which area, which indicator, which closed month, in which order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY, own_area
from dashboard.urlstate import UrlState, choice, code

if TYPE_CHECKING:
    from registry.principals import Principal

PATH: Final = "/papan"
DEFAULT_INDICATOR: Final = "tegar"


@dataclass(frozen=True, slots=True)
class Board:
    """A board: the level of its area, and of the areas inside that it lays side by side and ranks."""

    name: str
    level: str
    inside: str
    ranked: str

    @property
    def path(self) -> str:
        """Its address."""
        return f"{PATH}/{self.name}"


BOARDS: Final = {
    board.name: board
    for board in (
        Board("menteri", "country", "state", "district"),
        Board("negeri", "state", "district", "district"),
        Board("daerah", "district", "mukim", "district"),
    )
}
BY_LEVEL: Final = {board.level: board for board in BOARDS.values()}


@dataclass(frozen=True)
class BoardView(UrlState):
    """The view in the address; without an area the own one, without a month the last closed one."""

    area: str = code("", pattern=r"MY|\d{2}|\d{4}", name="in")
    indicator: str = code(DEFAULT_INDICATOR, pattern=r"[a-z][a-z0-9_]{0,39}", name="petunjuk")
    month_text: str = code("", pattern=r"\d{4}-(0[1-9]|1[0-2])", name="bulan")
    order: str = choice("perubahan", "nilai", name="susun")

    @property
    def month(self) -> date | None:
        """The closed month that is looked at; ``None`` is the last one."""
        year, month = (int(part) for part in (self.month_text or "0-0").split("-"))
        return date(year, month, 1) if year else None


def board_of(name: str, principal: Principal) -> Board:
    """The board of a name; without one, that of the level at which somebody is at home."""
    return BOARDS.get(name) or BY_LEVEL[_level_at_home(principal)]


def area_for(board: Board, asked: str, principal: Principal) -> str:
    """The area that a board shows: the one asked for where it is of its level, else the own one; else empty."""
    for found in (asked, own_area(principal)):
        if _level_of(found) == board.level:
            return found
        if board.level == "state" and _level_of(found) == "district":
            return found[:2]
    return COUNTRY if board.level == "country" else ""


def _level_at_home(principal: Principal) -> str:
    home = _level_of(own_area(principal))
    return home if home in BY_LEVEL else "country"


def _level_of(area: str) -> str:
    if area == COUNTRY:
        return "country"
    return {2: "state", 4: "district"}.get(len(area), "") if re.fullmatch(r"[0-9]+", area) else ""
