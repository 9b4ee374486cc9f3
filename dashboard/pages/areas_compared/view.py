"""What the page shows, as its address says it, and what every one of its views is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY, LEVELS_IN, map_source, own_area
from dashboard.urlstate import UrlState, choice, code
from layers.choropleth import Source
from queries import areas_compared, maps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dashboard.deps import Reads
    from layers.choropleth import ChoroplethLayer
    from queries.maps import Area, Footing
    from queries.row_types.areas_compared import LookRow
    from registry.principals import Principal
    from reports.spreadsheet import Cell
    from words import Words

PATH: Final = "/analisis/kawasan"
MAP_ROUTE: Final = "/muat-turun/analisis-kawasan"
MISSED, RATES, POCKETS, ACCESS = "tercicir", "kadar", "poket", "capaian"
VIEWS: Final = (MISSED, RATES, POCKETS, ACCESS)
DOSM, REGISTER = "dosm", "daftar"
_SUBJECTS: Final = {DOSM: "dosm", REGISTER: "register"}
_CENSUS: Final = 2020
ARROW: Final = "\N{RIGHTWARDS ARROW}"
SMALL: Final = "*"


@dataclass(frozen=True)
class ComparedView(UrlState):
    """Which view, of which area inside, by whose rate; of small rates which is drawn, of pockets by which test.

    ``level`` is that of the map that somebody came from, and goes back to.
    """

    view: str = choice(MISSED, *VIEWS[1:], name="lihat")
    area: str = code("", pattern=r"MY|\d{2}|\d{4}", name="in")
    source: str = choice(REGISTER, DOSM, name="sumber")
    drawn: str = choice("licin", "mentah", name="lukis")
    test: str = choice("lisa", "gi", name="ujian")
    level: str = choice("", *dict.fromkeys(level for levels in LEVELS_IN.values() for level in levels))

    @property
    def subject(self) -> str:
        """Whose rate it is, as it is kept."""
        return _SUBJECTS[self.source]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody looks, who asks, and what figures rest on."""

    lineage: tuple[Area, ...]
    principal: Principal
    footing: Footing
    looks: Mapping[str, LookRow]

    @property
    def area(self) -> Area:
        """The area looked at."""
        return self.lineage[-1]

    @property
    def within(self) -> str:
        """The area whose districts are looked at: the country or a state."""
        return COUNTRY if self.area.level == "country" else self.area.code[:2]


@dataclass(frozen=True, slots=True)
class Table:
    """The areas of a view as a list: its head, what stands on the page, and the same as figures for a file.

    The name of the area is first on the page, its code first in the file.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    file_head: Sequence[str]
    cells: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A view: the map of the areas of ``level`` inside ``within``, the list of the same, and what is said beside them.

    ``refused`` says why there is nothing to see. ``small`` says that the marks of small areas need to be explained.
    """

    lineage: tuple[Area, ...]
    level: str
    within: str
    layer: ChoroplethLayer
    title: str
    table: Table
    notes: Sequence[str] = ()
    lead: str = ""
    refused: tuple[str, str] | None = None
    small: bool = False
    box: tuple[float, float, float, float] | None = field(default=None)


def place_of(conn: Reads, state: ComparedView, principal: Principal) -> Place:
    """Where the view looks: the area of the address, else where who asks is at home."""
    home = own_area(principal)
    lineage = maps.lineage(conn, state.area or (home if home.isdigit() else COUNTRY)) or maps.lineage(conn, COUNTRY)
    footing = maps.footing(conn, level="district", live=False)
    return Place(lineage, principal, footing, areas_compared.looks(conn))


def source_of(
    place: Place, words: Words, *, name: str, as_of: date | None = None, by_survey: bool = False, census: bool = True
) -> Source:
    """Where the figures of a view come from; those of the survey were not decided by the register's rule."""
    year = _CENSUS if census else None
    made = map_source(place.footing, "district", words, name=name, as_of=as_of, census_year=year)
    if not by_survey:
        return made
    return Source(
        name=made.name,
        as_of=made.as_of,
        rule="survey",
        census_year=made.census_year,
        boundary_name=made.boundary_name,
        boundary_accuracy_m=made.boundary_accuracy_m,
        boundary_approximate=made.boundary_approximate,
    )


def why_not(look: LookRow | None, words: Words) -> tuple[str, str] | None:
    """Why nothing was found: it was not worked out yet, or there were too few areas; none where it was."""
    if look is None:
        return words("compared.not_yet"), words("compared.not_yet_hint")
    if look["reason"]:
        return words(f"compared.reason_{look['reason']}"), words("compared.reason_hint", n=look["areas"])
    return None
