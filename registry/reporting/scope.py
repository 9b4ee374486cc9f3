"""What one report is of: its area, closed month and language, and whether its figures are exact or as first told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from layers.choropleth import Source
from poverty.months import month_end
from queries import maps, reporting
from registry.errors import NotFound, NotPermitted
from registry.report_refusals import ReportMonthOpen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

    from queries.maps import Footing
    from queries.row_types.reporting import ReportRow
    from words import Words

COUNTRY: Final = "MY"
INSIDE: Final = {"country": "state", "state": "district", "district": "mukim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A report that somebody asks for; without a month of the last one that was told."""

    report: str
    area: str = COUNTRY
    month: date | None = None
    language: str = "ms"
    table: int | None = None
    scheduled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Everything that the parts of one report need to read and to write their figures."""

    conn: Connection
    kind: ReportRow
    asked: Asked
    area: str
    level: str
    name: str
    month: date
    snapshot: int
    exact: bool
    footing: Footing
    words: Words
    home: Path
    spec: Any = None
    progress: Callable[[int, int], None] = lambda *_: None

    @property
    def inside(self) -> str:
        """The level of the areas that it tells one by one."""
        return INSIDE[self.level]

    def source(self, level: str) -> Source:
        """Where its figures and the boundaries of a level come from."""
        footing = self.footing
        bundled = self.words("map.bundled_state" if level == "state" else "map.bundled")
        return Source(
            name=self.words("map.register"),
            as_of=month_end(self.month),
            rule=footing.rule,
            line_year=footing.line_year,
            boundary_name=bundled if footing.boundary_approximate else footing.boundary_source or "",
            boundary_accuracy_m=footing.boundary_accuracy_m,
            boundary_approximate=footing.boundary_approximate,
            lines_derived=footing.lines_derived,
            sample=footing.sample,
        )


def scope_of(
    conn: Connection,
    asked: Asked,
    words: Words,
    *,
    home: Path,
    spec: Any = None,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Scope:
    """What a report is of, as far as who acts may have it.

    Raises:
        NotFound: there is no such report, or no such area of its levels.
        NotPermitted: it is of exact figures alone, and the persons there are not all to be seen.
        ReportMonthOpen: the month was not told yet.

    """
    kind = next((one for one in reporting.reports(conn) if one["code"] == asked.report), None)
    found = reporting.scope(conn, asked.area)
    level = found["level"] or ""
    if kind is None or level not in kind["levels"]:
        raise NotFound
    if kind["exact_only"] and not found["exact"]:
        raise NotPermitted
    told = {row["month"]: row for row in reporting.months(conn)}
    month = asked.month or next(iter(told), None)
    if month is None or month not in told:
        raise ReportMonthOpen
    exact = bool(found["exact"]) and asked.report != "audit"
    return Scope(
        conn=conn,
        kind=kind,
        asked=asked,
        area=asked.area,
        level=level,
        name=words("map.country") if asked.area == COUNTRY else found["name"] or asked.area,
        month=month,
        snapshot=told[month]["snapshot"],
        exact=exact,
        footing=maps.footing(conn, level=INSIDE[level], live=exact),
        words=words,
        home=home,
        spec=spec,
        progress=progress,
    )
