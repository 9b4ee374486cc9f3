"""What the KPI page shows, as its address says it, and what has been read for it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard.areas import COUNTRY, LEVELS_IN, own_area, sees_small_counts
from dashboard.indicators import Measured, with_own_target
from dashboard.pages.kpi.values import course, values
from dashboard.urlstate import UrlState, choice, code
from poverty.kpi.measures import LEVELS
from poverty.months import month_end
from queries import kpi, maps, overview
from queries.kpi_course import MONTHS
from queries.overview import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from dashboard.deps import Reads
    from poverty.kpi.evaluation import Value
    from queries.kpi import Indicator
    from queries.kpi_course import Course
    from queries.maps import Area, Footing
    from queries.overview import Overview
    from registry.principals import Principal

ORDERS = ("kawasan", "-kawasan", "-tegar", "tegar", "-miskin", "miskin")
_LEVELS = frozenset({*LEVELS, "catchment"})
CHILD_INDICATORS = ("tegar", "miskin")


@dataclass(frozen=True)
class KpiView(UrlState):
    """The area in the address, without one the own area; and the order of the areas inside, the worst first."""

    area: str = code("", pattern=r"MY|\d{2}|\d{4}|\d{6}|C\.[A-Z0-9-]{1,60}", name="in")
    order: str = choice("terburuk", *ORDERS, name="susun")


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the page shows of an area; ``children`` are (code, name, measured by indicator) of the areas inside."""

    lineage: tuple[Area, ...]
    footing: Footing
    figures: Overview
    measured: tuple[Measured, ...]
    children: tuple[tuple[str, str, dict[str, Measured]], ...]
    opens_worklists: bool
    course: Course

    @property
    def area(self) -> Area:
        """The area whose indicators are shown."""
        return self.lineage[-1]


def read_panel(conn: Reads, view: KpiView, principal: Principal) -> Panel:
    """Read the indicators of the view's area as the person asking may see them."""
    lineage = maps.lineage(conn, view.area or own_area(principal))
    if not lineage or lineage[-1].level not in _LEVELS:
        lineage = maps.lineage(conn, COUNTRY)
    area = lineage[-1]
    level = LEVELS_IN[area.level][0]
    footing = maps.footing(conn, level=level, live=sees_small_counts(principal, area.code))
    asked = Asked(area=area, level=level, within=area.code, strata=None, month=None)
    figures = overview.read(conn, asked, footing)
    inside = [] if level == area.level else _records(overview.read_areas(conn, asked, footing))
    indicators = kpi.indicators(conn, areas=[area.code, *(row["area_code"] for row in inside)])
    definitions = kpi.definitions(conn)
    found = course(conn, definitions, areas=[area.code], footing=footing, codes=definitions, back=MONTHS - 1)
    return Panel(
        lineage=lineage,
        footing=footing,
        figures=figures,
        measured=_measured(
            with_own_target(indicators, area.code),
            values(conn, area, figures, found),
            found,
            area=area,
            line_year=footing.line_year,
        ),
        children=_children(conn, [(row["area_code"], row["area_name"]) for row in inside], indicators, found, footing),
        opens_worklists=principal.sees_persons and area.level == "district" and principal.covers(area.code),
        course=found,
    )


def _measured(
    own: list[Indicator], found: Mapping[str, tuple[Value, date]], shown: Course, *, area: Area, line_year: int | None
) -> tuple[Measured, ...]:
    """The indicators with their values; not those without a target of which the register holds nothing here."""
    measured = []
    for item in own:
        if area.level in LEVELS and LEVELS.index(area.level) > LEVELS.index(item.lowest):
            continue
        value, on = found[item.indicator_code]
        year = shown.survey_year(item.indicator_code, area.code)
        if year is not None and year != line_year:
            # another year's line tells other households poor than the survey did
            value = "tiada_data"
        if isinstance(value, Decimal):
            measured.append(Measured(item, value, on))
        elif item.target is not None or value != "tiada_data" or year is not None:
            measured.append(Measured(item, None, on, value))
    return tuple(measured)


def _children(
    conn: Reads, inside: list[tuple[str, str]], indicators: list[Indicator], own: Course, footing: Footing
) -> tuple[tuple[str, str, dict[str, Measured]], ...]:
    """The two statuses of the areas inside, of the last closed month, where they may be shown."""
    if not inside:
        return ()
    known = [code for code in CHILD_INDICATORS if code in own.definitions]
    areas = [code for code, _ in inside]
    found = course(conn, own.definitions, areas=areas, footing=footing, codes=known, back=0)

    def child(area: str) -> dict[str, Measured]:
        measured = {}
        for item in with_own_target(indicators, area):
            code = item.indicator_code
            month = found.month(code)
            if code in known and month is not None:
                value = found.at(code, area, month)
                hidden = not isinstance(value, Decimal)
                measured[code] = Measured(item, None if hidden else value, month_end(month))  # type: ignore[arg-type]
        return measured

    return tuple((code, name, child(code)) for code, name in inside)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    return rows
