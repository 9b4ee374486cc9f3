"""What the map shows, as its address says it: which area, which level, which measure, how it is classed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.areas import COUNTRY, LEVELS_IN, STRATA
from dashboard.urlstate import UrlState, choice, code, whole
from layers.breaks import Scheme
from layers.choropleth import DEFAULT_K, level_of
from layers.measures import AID, DEFAULT_MEASURE, MEASURES, Kind, Measure, measure_named

LEAVES: Final = frozenset({"mukim", "dun", "catchment"})
DATES_PATH: Final = "/peta-masa"
"""The page of the map at two dates."""
FILTERS: Final = ("tegar", "miskin", "due", "unplaced")
DATED: Final = frozenset({"state", "district", "mukim"})
"""The levels whose areas have a past."""
CLASSES: Final = range(3, 8)

_LEVELS: Final = tuple(dict.fromkeys(level for levels in LEVELS_IN.values() for level in levels))


@dataclass(frozen=True)
class MapView(UrlState):
    """The view in an address; every field has passed its check, though the area may not exist."""

    area: str = code(COUNTRY, name="in")
    asked_level: str = choice("", *_LEVELS, name="level")
    measure: str = choice(DEFAULT_MEASURE.key, *MEASURES)
    strata: str = choice("all", *STRATA)
    scheme: str = choice(Scheme.QUANTILES, *Scheme)
    k: int = whole(DEFAULT_K, at_least=min(CLASSES), at_most=max(CLASSES))
    month_text: str = code("", pattern=r"20\d\d-(0[1-9]|1[0-2])", name="month")
    only: str = code("", pattern=r"[a-z]{1,10}(\.[a-z]{1,10}){0,3}")
    households: str = choice("", "1", name="points")
    basemap: str = choice("1", "0", name="base")
    position: str = choice("", "true")
    marks: str = choice("", "bubbles")
    other: str = code("", name="with")
    day_text: str = code("", pattern=r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", name="on")
    scale: str = code("", pattern=r"all|20\d\d-(0[1-9]|1[0-2])")

    @property
    def area_level(self) -> str:
        """The level of the area itself, by the form of its code."""
        return level_of([self.area])

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that can be drawn inside the area."""
        return LEVELS_IN.get(self.area_level, LEVELS_IN["country"])

    @property
    def level(self) -> str:
        """The level drawn."""
        return self.asked_level if self.asked_level in self.levels else self.levels[0]

    @property
    def is_leaf(self) -> bool:
        """Whether the area has none inside it, so that it is drawn among its neighbours, with its households."""
        return self.area_level in LEAVES

    @property
    def within(self) -> str:
        """The area whose parts are drawn: the district of a mukim, the state of a seat, else the area itself."""
        match self.area_level:
            case "mukim":
                return self.area[:4]
            case "dun":
                return self.area[:2]
            case "catchment":
                return COUNTRY
            case "parliament" if self.level == "parliament":
                return COUNTRY
            case _:
                return self.area

    @property
    def is_among_others(self) -> bool:
        """Whether the area is one of those drawn, so that the map goes to it and marks it."""
        return self.within != self.area

    @property
    def in_frames(self) -> bool:
        """Whether the two halves of the country are drawn as frames side by side."""
        return self.area == COUNTRY and not self.position

    @property
    def strata_alone(self) -> str | None:
        """The strata asked for, or none for both; aid is counted of both together."""
        return None if self.strata == "all" or self.of_aid else self.strata

    @property
    def month(self) -> date | None:
        """The first day of the month looked back at; none for now, and for aid, which is of the last twelve months."""
        named = self.month_text and not self.of_aid and self.day is None
        return date.fromisoformat(f"{self.month_text}-01") if named else None

    @property
    def day(self) -> date | None:
        """Any day looked back at, of levels that have closed months; it comes before a month."""
        if not self.day_text or self.of_aid or self.level not in DATED:
            return None
        try:
            return date.fromisoformat(self.day_text)
        except ValueError:
            return None

    @property
    def looks_back(self) -> bool:
        """Whether it is not of now."""
        return self.month is not None or self.day is not None

    @property
    def drawn_measure(self) -> Measure:
        """The measure that colours the map."""
        return measure_named(self.measure)

    @property
    def of_aid(self) -> bool:
        """Whether the measure is one of aid."""
        return self.measure in AID

    @property
    def in_bubbles(self) -> bool:
        """Whether counts are drawn as circles; what is no count is drawn by colours whatever was asked."""
        return self.marks == "bubbles" and self.drawn_measure.kind is Kind.COUNT

    @property
    def filters(self) -> tuple[str, ...]:
        """Which households alone are wanted on the map; none for all."""
        return tuple(name for name in FILTERS if name in self.only.split("."))
