"""Reads what one view of the map shows: the areas it draws, and beside them totals, breakdowns, the last two years."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from poverty.months import month_before, month_end
from queries import lines, maps, published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from queries.lines import Break
    from queries.maps import Area, Footing
    from queries.row_types.map import HistoryRow, MakeupRow

Pair = tuple[int, int]
Cell = tuple[str, str]

MONTHS: Final = 24
_YEAR: Final = 12
CELLS: Final = ("tegar", "miskin")
AGES: Final = ("age_0_14", "age_15_64", "age_65_over", "age_unknown")
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "age": AGES,
    "ethnicity": ("bumiputera", "chinese", "indian", "other"),
    "strata": ("urban", "rural"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A view: the areas of ``level`` inside ``within``, beside the totals of ``area``.

    ``month`` is a closed month to look back at, or ``day`` any day, of exact figures alone; ``strata`` urban or rural
    alone.
    """

    area: Area
    level: str
    within: str
    strata: str | None
    month: date | None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of one area; ``None`` is not known, or hidden. ``gap_rm``: RM a month to lift everyone to the line.

    ``gap_month`` is the closed month that the shortfall is of, where it is not of the same moment as the counts.
    """

    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None = None
    gap_month: date | None = None

    @property
    def poor(self) -> int | None:
        """Hardcore poor and poor together."""
        return None if self.tegar is None or self.miskin is None else self.tegar + self.miskin


@dataclass(frozen=True, slots=True)
class Overview:
    """What is told of the area of a view.

    ``groups``: by age (persons), ethnicity of the head and strata (households): group, tegar, miskin, suppressed; none
    where looked back.
    ``series``: month (its first day), tegar, miskin, hidden ones ``None``; the last row is the moment looked at.
    ``breaks`` are the days within it on which the line or the rule changed for somebody.
    ``together`` says that groups count both strata although one was asked for: of one alone they are not published.
    """

    footing: Footing
    totals: Totals
    hidden: bool
    groups: dict[str, pd.DataFrame]
    series: pd.DataFrame
    together: bool
    breaks: tuple[Break, ...] = ()

    def before(self, months: int) -> Totals | None:
        """The totals of ``months`` before the moment looked at, where that month is known and not hidden."""
        if self.series.empty:
            return None
        then = month_before(self.series["month"].iloc[-1], months)
        row = self.series[self.series["month"] == then]
        if row.empty or row[list(CELLS)].isna().to_numpy().any():
            return None
        return Totals(int(row["tegar"].iloc[0]), int(row["miskin"].iloc[0]))


def read_areas(connection: Connection, asked: Asked, footing: Footing) -> pd.DataFrame:
    """The areas inside a view: as ``maps.area_frame``, hidden counts ``None``, with ``suppressed``.

    Exact and of now where ``footing`` is live, else as last published. Of exact figures PostgreSQL gives those of the
    areas whose persons who asks may see; other areas come out empty.
    """
    if footing.live:
        exact = maps.area_rows(
            connection,
            levels=[asked.level],
            within=asked.within,
            strata=asked.strata,
            this_month=footing.this_month,
            month=asked.month,
        )
        if asked.area.level == "catchment":
            # it is drawn among those of other offices, which are not read here
            exact = [row for row in exact if row["area_code"] == asked.area.code]
        if asked.day is not None:
            exact = _on_day(connection, asked, asked.day, footing, exact)
        return maps.area_frame(exact).assign(suppressed=False)
    month = asked.month or footing.this_month
    found = published.areas(
        connection,
        level=asked.level,
        within=asked.within,
        strata=asked.strata,
        month=month,
        year_ago=month_before(month, 12),
        gap_month=asked.month or footing.last_month,
    )
    # object, so that a hidden count is None and a shown one stays the whole number it is
    areas = pd.DataFrame(found, columns=list(maps.AREA_COLUMNS), dtype=object)
    return areas.assign(suppressed=[row["suppressed"] for row in found])


def _on_day(
    connection: Connection, asked: Asked, day: date, footing: Footing, areas: Sequence[Mapping[str, Any]]
) -> list[Any]:
    """The areas with the counts of a day, and of the end of the same month a year before as the panel compares with."""
    codes = [area["area_code"] for area in areas]
    then = {row["area_code"]: row for row in maps.on_day(connection, day=day, codes=codes, strata=asked.strata)}
    before = month_before(day, _YEAR)
    known = footing.first_month is not None and before >= footing.first_month
    found = maps.history(connection, codes=codes, strata=asked.strata, first=before, last=before) if known else []
    ago = {row["area_code"]: row for row in found}
    nobody: dict[str, Any] = dict.fromkeys((*CELLS, "mudah_miskin", "terkeluar", "households", "persons", "gap_rm"), 0)
    told = []
    for area in areas:
        now: Mapping[str, Any] = then.get(area["area_code"], nobody)
        year: Mapping[str, Any] = ago.get(area["area_code"], nobody)
        earlier = {f"{name}_12m_ago": year[name] if known else None for name in CELLS}
        told.append({**area, **{name: now[name] for name in nobody}, **earlier})
    return told


def read(connection: Connection, asked: Asked, footing: Footing) -> Overview:
    """What is told of the area itself, exact or as last published, as :func:`read_areas` tells of those inside."""
    found = _Exact(connection, asked, footing).view() if footing.live else _published(connection, asked, footing)
    if found.series.empty:
        return found
    # a break in the first month shows in nothing that comes before it
    since = month_end(found.series["month"].iloc[0]) + timedelta(days=1)
    until = asked.day or (month_end(asked.month) if asked.month else footing.as_of)
    return replace(found, breaks=tuple(lines.breaks(connection, since=since, until=until)))


def _published(connection: Connection, asked: Asked, footing: Footing) -> Overview:
    month = asked.month or footing.this_month
    gap_month = asked.month or footing.last_month
    first = month_before(month, MONTHS)
    history = published.history(connection, area=asked.area.code, strata=asked.strata, first=first, last=month)
    series = pd.DataFrame([(row["month"], *(row[name] for name in CELLS)) for row in history],
                          columns=["month", *CELLS], dtype=object)  # fmt: skip
    now = next((row for row in history if row["month"] == month), None)
    gap = next((row["gap_rm"] for row in history if row["month"] == gap_month), None)
    totals = Totals(None, None) if now is None else Totals(now["tegar"], now["miskin"], gap, gap_month)
    cuts = {} if asked.month else published.cuts(connection, area=asked.area.code, month=month)
    return Overview(
        footing=footing,
        totals=totals,
        hidden=now is not None and now["tegar"] is None,
        groups=_published_groups(cuts, strata=asked.strata) if cuts else {},
        series=series,
        together=asked.strata is not None,
    )


def _published_groups(cuts: dict[str, tuple[int | None, int | None]], *, strata: str | None) -> dict[str, pd.DataFrame]:
    found = {}
    for name, members in GROUPS.items():
        if name == "strata" and strata is not None:
            continue
        prefix = "" if name == "strata" else f"{name}:"
        rows = []
        for group in members:
            tegar, miskin = cuts.get(f"{prefix}{group}", (0, 0))
            # ages are missing only in some deliveries
            if group != "age_unknown" or tegar is None or tegar or miskin:
                rows.append((group, tegar, miskin, tegar is None))
        found[name] = pd.DataFrame(rows, columns=["group", *CELLS, "suppressed"])
    return found


class _Exact:
    """Reads one view of exact figures, statement by statement."""

    def __init__(self, connection: Connection, asked: Asked, footing: Footing) -> None:
        self.connection = connection
        self.asked = asked
        self.footing = footing
        self.until = asked.month or (asked.day or footing.as_of).replace(day=1)
        country = asked.area.level == "country"
        self.own_codes = frozenset(maps.states(connection) if country else [asked.area.code])

    def view(self) -> Overview:
        asked = self.asked
        now = asked.month is None and asked.day is None
        makeup = maps.makeup(self.connection, codes=sorted(self.own_codes)) if now else None
        history = maps.history(
            self.connection,
            codes=sorted(self.own_codes),
            strata=asked.strata,
            first=month_before(self.until, MONTHS),
            last=self.until,
        )
        if asked.day is not None:
            history = self._until_day(history, asked.day)
        return Overview(
            footing=self.footing,
            totals=self._totals(makeup, history),
            hidden=False,
            groups={} if makeup is None else self._groups(makeup),
            series=self._series(history, makeup),
            together=False,
        )

    def _until_day(self, history: list[HistoryRow], day: date) -> list[HistoryRow]:
        """The months before that of a day, and the day in the place of its month."""
        codes, strata = sorted(self.own_codes), self.asked.strata
        found = maps.on_day(self.connection, day=day, codes=codes, strata=strata)
        names = ("area_code", "tegar", "miskin", "households", "gap_rm")
        last: list[Any] = [{"month": self.until, **{name: row[name] for name in names}} for row in found]  # type: ignore[literal-required]
        return [*(row for row in history if row["month"] < self.until), *last]

    def _totals(self, makeup: list[MakeupRow] | None, history: list[HistoryRow]) -> Totals:
        if makeup is None:
            past = [row for row in history if row["month"] == self.until]
            if not past:
                return Totals(None, None)
            tegar, miskin = sum(row["tegar"] for row in past), sum(row["miskin"] for row in past)
            return Totals(tegar, miskin, sum((row["gap_rm"] for row in past), Decimal()))
        rows = self._of_strata(makeup)
        return Totals(*_by_status(rows), gap_rm=sum((row["gap_rm"] for row in rows), Decimal()))

    def _of_strata(self, rows: Iterable[MakeupRow]) -> list[MakeupRow]:
        return [row for row in rows if self.asked.strata in {None, row["strata"]}]

    def _groups(self, makeup: list[MakeupRow]) -> dict[str, pd.DataFrame]:
        found = {}
        for name, members in GROUPS.items():
            if name == "strata" and self.asked.strata is not None:
                continue
            cut = cut_by(name, self._of_strata(makeup))
            rows = []
            for group in members:
                own = [cut.get((code, group), (0, 0)) for code in self.own_codes]
                counts = [sum(pair[place] for pair in own) for place in range(len(CELLS))]
                # ages are missing only in some deliveries
                if any(counts) or group != "age_unknown":
                    rows.append((group, *counts, False))
            found[name] = pd.DataFrame(rows, columns=["group", *CELLS, "suppressed"])
        return found

    def _series(self, history: list[HistoryRow], makeup: list[MakeupRow] | None) -> pd.DataFrame:
        sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
        for row in history:
            sums[row["month"]][0] += row["tegar"]
            sums[row["month"]][1] += row["miskin"]
        if makeup is not None and sums:
            sums[self.until] = list(_by_status(self._of_strata(makeup)))
        return pd.DataFrame([(month, *counts) for month, counts in sorted(sums.items())], columns=["month", *CELLS])


def cut_by(name: str, makeup: Iterable[MakeupRow]) -> dict[Cell, Pair]:
    """A breakdown of ``maps.makeup``: (tegar, miskin) by area and group; persons by age, else households."""
    sums: dict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    for row in makeup:
        if row["status"] not in CELLS:
            continue
        place = CELLS.index(row["status"])
        # told by name, as a breakdown is
        told: Mapping[str, Any] = row
        if name == "age":
            for age in AGES:
                sums[row["area_code"], age][place] += told[age]
        else:
            sums[row["area_code"], told[name]][place] += row["households"]
    return {cell: (tegar, miskin) for cell, (tegar, miskin) in sums.items()}


def _by_status(rows: Iterable[MakeupRow]) -> Pair:
    counts = dict.fromkeys(CELLS, 0)
    for row in rows:
        if row["status"] in counts:
            counts[row["status"]] += row["households"]
    return counts["tegar"], counts["miskin"]
