"""Reads the counts of a report: exact where all persons of the area may be seen, else as the month was first told."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from poverty.months import month_before
from queries import maps, reporting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from registry.reporting.scope import Scope

MONTHS: Final = 24
_MOST: Final = "MY"


class Counted(NamedTuple):
    """An area with its households by status at the end of the month; ``None`` is hidden, or not known."""

    code: str
    name: str
    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None
    tegar_ago: int | None
    miskin_ago: int | None
    census: int | None

    @property
    def poor(self) -> int | None:
        """Hardcore poor and poor together."""
        return _both(self.tegar, self.miskin)

    @property
    def poor_ago(self) -> int | None:
        """The same a year before."""
        return _both(self.tegar_ago, self.miskin_ago)

    @property
    def rate(self) -> float | None:
        """Poor households as a share of those of the census."""
        return None if self.poor is None or not self.census else self.poor / self.census


class Moment(NamedTuple):
    """The counts of one closed month; ``None`` is hidden."""

    month: date
    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None

    @property
    def poor(self) -> int | None:
        """Hardcore poor and poor together."""
        return _both(self.tegar, self.miskin)


def inside(scope: Scope, level: str, *, within: str | None = None, strata: str | None = None) -> list[Counted]:
    """The areas of a level inside the report's, or inside another that lies in it, by their codes."""
    within = within or scope.area
    if not scope.exact:
        found = reporting.areas(
            scope.conn,
            level=level,
            within=within,
            month=scope.month,
            year_ago=month_before(scope.month, 12),
            cut=strata or "all",
        )
        return [
            Counted(
                row["area_code"], row["area_name"], row["tegar"], row["miskin"], row["gap_rm"],
                row["tegar_12m_ago"], row["miskin_12m_ago"], row["census_households"],
            )
            for row in found
        ]  # fmt: skip
    rows = maps.area_rows(
        scope.conn, levels=[level], within=within, strata=strata, this_month=scope.footing.this_month, month=scope.month
    )
    return [
        Counted(
            row["area_code"], row["area_name"], row["tegar"], row["miskin"], row["gap_rm"],
            row["tegar_12m_ago"], row["miskin_12m_ago"], row["census_households"],
        )
        for row in rows
    ]  # fmt: skip


def whole(scope: Scope, parts: Sequence[Counted], *, strata: str | None = None) -> Counted:
    """The area of the report itself; exact it is the sum of its parts, else it was told by itself."""
    if not scope.exact:
        found = next(
            (row for row in inside(scope, scope.level, strata=strata) if row.code == scope.area),
            Counted(scope.area, scope.name, None, None, None, None, None, None),
        )
        return found._replace(name=scope.name)
    census = whole_census(scope) if strata is None else None
    sums = (_sum([getattr(part, name) for part in parts]) for name in Counted._fields[2:7])
    tegar, miskin, gap_rm, tegar_ago, miskin_ago = sums
    return Counted(
        scope.area,
        scope.name,
        None if tegar is None else int(tegar),
        None if miskin is None else int(miskin),
        gap_rm,
        None if tegar_ago is None else int(tegar_ago),
        None if miskin_ago is None else int(miskin_ago),
        census,
    )


def whole_census(scope: Scope) -> int | None:
    """The households of the area by the census."""
    found = maps.lineage(scope.conn, scope.area)
    own = found[-1].census_households if found else None
    if own is None and scope.area == _MOST:
        rows = reporting.areas(
            scope.conn, level="country", within=_MOST, month=scope.month, year_ago=month_before(scope.month, 12)
        )
        own = rows[0]["census_households"] if rows else None
    return own


def course(scope: Scope, area: str | None = None, *, strata: str | None = None) -> list[Moment]:
    """The area's closed months, the last 24 up to the report's, the first first; those never told are left out."""
    area = area or scope.area
    first = month_before(scope.month, MONTHS)
    if not scope.exact:
        rows = reporting.history(scope.conn, areas=[area], first=first, last=scope.month, cut=strata or "all")
        return [Moment(row["month"], row["tegar"], row["miskin"], row["gap_rm"]) for row in rows]
    codes = maps.states(scope.conn) if area == _MOST else [area]
    sums: dict[date, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0), Decimal(0)])
    for row in maps.history(scope.conn, codes=codes, strata=strata, first=first, last=scope.month):
        total = sums[row["month"]]
        for place, value in enumerate((Decimal(row["tegar"]), Decimal(row["miskin"]), row["gap_rm"])):
            total[place] += value
    return [Moment(month, int(t), int(m), gap) for month, (t, m, gap) in sorted(sums.items())]


def _both(tegar: int | None, miskin: int | None) -> int | None:
    return None if tegar is None or miskin is None else tegar + miskin


def _sum(values: Iterable[int | Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total
