"""What the page of two dates shows, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.pages.poverty_map.view import DATES_PATH, MapView
from dashboard.urlstate import choice, code
from layers.measures import AID, BETWEEN, MEASURES, Kind, Measure
from queries.course import LASTING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

PATH: Final = DATES_PATH
FILES_ROUTE: Final = "/muat-turun/peta-masa"
TWO, CHANGE, MONTHS = "dua", "beza", "bulan"
MODES: Final = (TWO, CHANGE, MONTHS)
SHOWN: Final = tuple(key for key, measure in MEASURES.items() if measure.kind is not Kind.CHANGE and key not in AID)
FEW: Final = 12
"""How many months are drawn at a glance."""
_MONTH: Final = r"20\d\d-(0[1-9]|1[0-2])"


@dataclass(frozen=True)
class DatesView(MapView):
    """The view in an address: that of a map, and two months.

    Without the later one it is now, without the earlier one a year before; a month that is not closed is none.
    """

    mode: str = choice(TWO, *MODES)
    unit: str = choice("bilangan", "peratus")
    bounds: str = choice("kini", "dahulu", name="sempadan")
    first: str = code("", pattern=_MONTH, name="dari")
    second: str = code("", pattern=_MONTH, name="hingga")

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that have closed months."""
        return tuple(level for level in super().levels if level in LASTING) or super().levels

    @property
    def drawn_measure(self) -> Measure:
        """The measure of each month; what is a change already, or of aid, is none."""
        return MEASURES[self.measure] if self.measure in SHOWN else MEASURES["poor"]

    @property
    def subject(self) -> str:
        """Whom the measure counts: ``tegar``, ``miskin`` or both together, ``poor``."""
        columns = self.drawn_measure.columns
        return columns[0] if len(columns) == 1 and columns[0] in {"tegar", "miskin"} else "poor"

    @property
    def between(self) -> Measure:
        """The measure of the change between the two months."""
        return BETWEEN[f"{self.subject}_{'percent' if self.unit == 'peratus' else 'difference'}"]

    def moments(self, months: Sequence[date]) -> tuple[date | None, date | None]:
        """The earlier and the later month, of those that are closed; none is now."""
        closed = {f"{month:%Y-%m}": month for month in months}
        second = closed.get(self.second)
        until = len(months) if second is None else months.index(second)
        first = closed.get(self.first)
        if first is None and months:
            first = months[max(0, until - FEW)]
        if first is not None and second is not None and first > second:
            return second, first
        return first, second
