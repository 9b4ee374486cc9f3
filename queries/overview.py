"""Reads all that one view of the map shows: its areas, the totals beside them, breakdowns, and the last two years."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from queries import disclosed, maps
from queries.disclosed import CELLS, NOW, Moment, Path, Siblings, read_path, read_siblings, steps_of, steps_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection

    from poverty.slices import Cell
    from queries.maps import Area, Footing

Row = dict[str, Any]
Pair = tuple[int, int]

MONTHS: Final = 24
AGES: Final = ("age_0_14", "age_15_64", "age_65_over", "age_unknown")
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "age": AGES,
    "ethnicity": ("bumiputera", "chinese", "indian", "other"),
    "strata": disclosed.STRATA,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A view: the areas of ``level`` inside ``within``, beside the totals of ``area``.

    ``month`` is a closed month to look back at, ``strata`` urban or rural alone. ``small_counts`` says whether the
    person asking may see counts of a few households here.
    """

    area: Area
    level: str
    within: str
    strata: str | None
    month: date | None
    small_counts: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of one area; ``None`` is not known, or hidden. ``gap_rm``: RM a month to lift everyone to the line."""

    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None = None

    @property
    def poor(self) -> int | None:
        """Hardcore poor and poor together."""
        return None if self.tegar is None or self.miskin is None else self.tegar + self.miskin


@dataclass(frozen=True, slots=True)
class Overview:
    """All that one view shows.

    ``areas``: as ``maps.area_frame``, hidden counts ``None``, with ``suppressed``. ``groups``: by age (persons),
    ethnicity of the head and strata (households): group, tegar, miskin, suppressed; none where looked back.
    ``series``: month (its first day), tegar, miskin, hidden ones ``None``; the last row is the moment looked at.
    ``together`` says that groups and series count both strata although one was asked for, since the other would
    follow by subtraction.
    """

    footing: Footing
    areas: pd.DataFrame
    totals: Totals
    hidden: bool
    groups: dict[str, pd.DataFrame]
    series: pd.DataFrame
    together: bool

    def before(self, months: int) -> Totals | None:
        """The totals of ``months`` before the moment looked at, where that month is known and not hidden."""
        if self.series.empty or self.together:
            return None
        then = maps.month_before(self.series["month"].iloc[-1], months)
        row = self.series[self.series["month"] == then]
        if row.empty or row[list(CELLS)].isna().to_numpy().any():
            return None
        return Totals(int(row["tegar"].iloc[0]), int(row["miskin"].iloc[0]))


def read(connection: Connection, asked: Asked, footing: Footing) -> Overview:
    """Everything of one view, small counts hidden unless ``asked.small_counts``."""
    return _Reader(connection, asked, footing).view()


class _Reader:
    """Reads one view, statement by statement."""

    def __init__(self, connection: Connection, asked: Asked, footing: Footing) -> None:
        self.connection = connection
        self.asked = asked
        self.footing = footing
        self.at = Moment(footing.this_month, asked.month)
        self.until = asked.month or footing.this_month
        country = asked.area.level == "country"
        self.own_codes = frozenset(maps.states(connection) if country else [asked.area.code])

    def view(self) -> Overview:
        asked = self.asked
        shown = Siblings(asked.level, asked.within)
        areas = maps.area_frame(read_siblings(self.connection, shown, at=self.at, strata=asked.strata))
        guard = None if asked.small_counts else _Guard.of(self)
        together = guard is not None and asked.strata is not None
        strata = None if together else asked.strata
        codes = sorted(self.own_codes if guard is None else {*self.own_codes, *guard.own.codes})
        makeup = maps.makeup(self.connection, codes=codes) if asked.month is None else None
        history = self._history(codes, strata)
        hidden = guard is not None and (asked.area.code, NOW) in guard.hidden_own
        return Overview(
            footing=self.footing,
            areas=areas.assign(suppressed=False) if guard is None else disclosed.blanked(areas, guard.hidden),
            totals=Totals(None, None) if hidden else self._totals(makeup),
            hidden=hidden,
            groups={} if makeup is None else self._groups(makeup, strata, guard),
            series=self._series(history, makeup, strata, guard),
            together=together,
        )

    def _history(self, codes: Iterable[str], strata: str | None) -> list[Row]:
        first = maps.month_before(self.until, MONTHS)
        return maps.history(self.connection, codes=list(codes), strata=strata, first=first, last=self.until)

    def _totals(self, makeup: list[Row] | None) -> Totals:
        if makeup is None:
            past = [row for row in self._history(self.own_codes, self.asked.strata) if row["month"] == self.until]
            if not past:
                return Totals(None, None)
            tegar, miskin = (sum(row[name] for row in past) for name in CELLS)
            return Totals(tegar, miskin, sum(row["gap_rm"] for row in past))
        rows = self._own(makeup, self.asked.strata)
        return Totals(*_by_status(rows), gap_rm=sum(row["gap_rm"] for row in rows))

    def _own(self, rows: Iterable[Row], strata: str | None = None) -> list[Row]:
        return [row for row in rows if row["area_code"] in self.own_codes and strata in {None, row.get("strata")}]

    def _groups(self, makeup: list[Row], strata: str | None, guard: _Guard | None) -> dict[str, pd.DataFrame]:
        found = {}
        for name, members in GROUPS.items():
            if name == "strata" and self.asked.strata is not None:
                continue
            cut = cut_by(name, (row for row in makeup if strata in {None, row["strata"]}))
            hidden = set() if guard is None else guard.hidden_groups(cut)
            rows = []
            for group in members:
                own = [cut.get((code, group), (0, 0)) for code in self.own_codes]
                counts = [sum(pair[place] for pair in own) for place in range(len(CELLS))]
                covered = (self.asked.area.code, group) in hidden
                # ages are missing only in some deliveries
                if any(counts) or group != "age_unknown":
                    rows.append((group, *([None, None] if covered else counts), covered))
            found[name] = pd.DataFrame(rows, columns=["group", *CELLS, "suppressed"])
        return found

    def _series(
        self, history: list[Row], makeup: list[Row] | None, strata: str | None, guard: _Guard | None
    ) -> pd.DataFrame:
        sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
        for row in self._own(history):
            for place, name in enumerate(CELLS):
                sums[row["month"]][place] += row[name]
        if makeup is not None and sums:
            sums[self.until] = list(_by_status(self._own(makeup, strata)))
        covered = set() if guard is None else guard.hidden_months(history, self.until if makeup else None)
        rows = [(month, *([None, None] if month in covered else counts)) for month, counts in sorted(sums.items())]
        return pd.DataFrame(rows, columns=["month", *CELLS])


@dataclass(frozen=True)
class _Guard:
    """What stays hidden of one view from those who see no persons."""

    code: str
    own: Path
    hidden: set[Cell]
    hidden_own: set[Cell]
    hidden_whole: set[Cell] = field(default_factory=set)

    @classmethod
    def of(cls, reader: _Reader) -> _Guard:
        """Judge the areas shown and the area whose totals stand beside them."""
        asked, threshold = reader.asked, reader.footing.threshold
        steps, own_steps = steps_to(asked.level, asked.within), steps_of(asked.area)
        whole = _reading(reader)
        shown, own = (read_path(whole, way, threshold=threshold) for way in (steps, own_steps))
        hidden, hidden_whole = shown.hidden(), own.hidden()
        if asked.strata is None:
            return cls(asked.area.code, own, hidden, hidden_whole, hidden_whole)
        readings = {strata: _reading(reader, strata) for strata in disclosed.STRATA}

        def alone(path: Path, way: Sequence[Siblings], found: set[Cell]) -> set[Cell]:
            cuts = {strata: read_path(read, way, threshold=threshold) for strata, read in readings.items()}
            return found | path.hidden_strata(cuts, hidden=found)[asked.strata or ""]

        return cls(asked.area.code, own, alone(shown, steps, hidden), alone(own, own_steps, hidden_whole), hidden_whole)

    def hidden_groups(self, cut: dict[Cell, Pair]) -> set[Cell]:
        areas = {code for code, when in self.hidden_whole if when == NOW}
        return self.own.hidden_groups(cut, hidden_areas=areas)

    def hidden_months(self, history: list[Row], now: date | None) -> set[date]:
        """The months that stay hidden; ``now`` is the month that still runs, hidden where the area is."""
        counts = {(row["area_code"], row["month"].isoformat()): (row["tegar"], row["miskin"]) for row in history}
        found = self.own.hidden_months(counts)
        months = {row["month"] for row in history if (self.code, row["month"].isoformat()) in found}
        if now is None:
            return months
        return {*months, now} if (self.code, NOW) in self.hidden_whole else months - {now}


def _reading(reader: _Reader, strata: str | None = None) -> Any:
    """Reads siblings of one strata or both, each only once."""
    kept: dict[Siblings, list[Row]] = {}
    read = partial(read_siblings, reader.connection, at=reader.at, strata=strata)

    def once(step: Siblings) -> list[Row]:
        if step not in kept:
            kept[step] = read(step)
        return kept[step]

    return once


def cut_by(name: str, makeup: Iterable[Row]) -> dict[Cell, Pair]:
    """A breakdown of ``maps.makeup``: (tegar, miskin) by area and group; persons by age, else households."""
    sums: dict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    for row in makeup:
        if row["status"] not in CELLS:
            continue
        place = CELLS.index(row["status"])
        if name == "age":
            for age in AGES:
                sums[row["area_code"], age][place] += row[age]
        else:
            sums[row["area_code"], row[name]][place] += row["households"]
    return {cell: (tegar, miskin) for cell, (tegar, miskin) in sums.items()}


def _by_status(rows: Iterable[Row]) -> Pair:
    counts = dict.fromkeys(CELLS, 0)
    for row in rows:
        if row["status"] in counts:
            counts[row["status"]] += row["households"]
    return counts["tegar"], counts["miskin"]
