"""Decides which counts those who see no persons may be shown: small ones hidden, the same ones in every view."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from poverty.slices import Cell, Count, hide_slices
from queries import maps
from queries.maps import COUNTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    import pandas as pd
    from sqlalchemy import Connection

Row = dict[str, Any]

CELLS: Final = ("tegar", "miskin")
HIDDEN_WITH_THEM: Final = ("mudah_miskin", "terkeluar", "households", "persons", "gap_rm")
STRATA: Final = ("urban", "rural")
NOW, YEAR_AGO = "now", "year_ago"
_AGO: Final = ("tegar_12m_ago", "miskin_12m_ago")
_COUNTED: Final = {NOW: CELLS, YEAR_AGO: _AGO}


class Siblings(NamedTuple):
    """The areas of a level inside one area: what must be judged together."""

    level: str
    within: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When counts are looked at: now, in ``this_month``, or at the end of a closed ``month``."""

    this_month: date
    month: date | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """Siblings from the top level down with their counts, as ``maps.area_rows`` reads them.

    What is hidden at one level depends on the levels above it and never on those beneath, so every view of an area
    comes to the same answer.
    """

    levels: tuple[Sequence[Row], ...]
    threshold: int

    @property
    def codes(self) -> list[str]:
        """The areas of all levels."""
        return [row["area_code"] for level in self.levels for row in level]

    def hidden(self) -> set[Cell]:
        """Which counts stay hidden, as (area code, ``now`` or ``year_ago``)."""
        counts = [[count for row in level for count in _moments(row)] for level in self.levels]
        return self._down(counts, additive=False)

    def hidden_groups(self, cut: Mapping[Cell, tuple[int, ...]], *, hidden_areas: Collection[str]) -> set[Cell]:
        """Which (area, group) of a breakdown stay hidden, from the counts of every area along the path."""
        return self._down(self._levels_of(cut), additive=True, hidden_areas=hidden_areas)

    def hidden_months(self, history: Mapping[Cell, tuple[int, ...]]) -> set[Cell]:
        """Which (area, month) of a series stay hidden, from the counts of every area along the path."""
        return self._down(self._levels_of(history), additive=False)

    def hidden_strata(self, cuts: Mapping[str, Path], *, hidden: Collection[Cell]) -> dict[str, set[Cell]]:
        """Which (area, moment) stay hidden of each strata; ``cuts``: this path's counts of urban and of rural alone."""
        found: dict[str, set[Cell]] = {strata: set() for strata in STRATA}
        for moment in (NOW, YEAR_AGO):
            cut = {
                (row["area_code"], strata): _numbers(row, _COUNTED[moment])
                for strata, path in cuts.items()
                for level in path.levels
                for row in level
            }
            areas = {code for code, when in hidden if when == moment}
            for code, strata in self.hidden_groups(cut, hidden_areas=areas):
                found[strata].add((code, moment))
        return found

    def _levels_of(self, cut: Mapping[Cell, tuple[int, ...]]) -> list[list[Count]]:
        by_area: dict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
        for (code, name), counts in cut.items():
            by_area[code].append((name, counts))
        return [
            [
                Count(row["area_code"], row["parent_code"], name, counts)
                for row in level
                for name, counts in by_area.get(row["area_code"], ())
            ]
            for level in self.levels
        ]

    def _down(
        self, levels: Sequence[Sequence[Count]], *, additive: bool, hidden_areas: Collection[str] = ()
    ) -> set[Cell]:
        everything: set[Cell] = set()
        above: set[Cell] = set()
        for counts in self._from_the_top(levels):
            above = hide_slices(
                counts,
                additive=additive,
                hidden_areas=hidden_areas,
                hidden_above=above,
                threshold=self.threshold,
            )
            everything |= above
        return everything

    def _from_the_top(self, levels: Sequence[Sequence[Count]]) -> Iterable[Sequence[Count]]:
        """The levels, before them the country's own counts where the first are its states."""
        if self.levels and self.levels[0] and self.levels[0][0]["level"] == "state":
            sums: dict[str, tuple[int, ...]] = {}
            for count in levels[0]:
                sums[count.cut] = tuple(map(sum, zip(count.counts, sums.get(count.cut, (0, 0)), strict=True)))
            yield [Count(COUNTRY, "", cut, counts) for cut, counts in sums.items()]
        yield from levels


def steps_to(level: str, within: str) -> tuple[Siblings, ...]:
    """The siblings to judge, from the top down, before those of ``level`` inside ``within`` can be shown."""
    if level == "dun":
        return (Siblings("parliament", COUNTRY), Siblings("dun", COUNTRY))
    if level in {"parliament", "catchment", "state"}:
        return (Siblings(level, COUNTRY),)
    states = Siblings("state", COUNTRY)
    if within == COUNTRY:
        return (states, Siblings(level, within))
    districts = Siblings("district", within[:2])
    return (states, districts) if level == "district" else (states, districts, Siblings(level, within))


def steps_of(area: maps.Area) -> tuple[Siblings, ...]:
    """The siblings to judge before the counts of ``area`` itself can be shown; its states for the country."""
    return steps_to("state" if area.level == "country" else area.level, area.parent_code or COUNTRY)


def read_path(read: Callable[[Siblings], Sequence[Row]], steps: Iterable[Siblings], *, threshold: int) -> Path:
    """The counts along some steps."""
    return Path(tuple(read(step) for step in steps), threshold)


def read_siblings(connection: Connection, step: Siblings, *, at: Moment, strata: str | None = None) -> list[Row]:
    """The counts of siblings, of both strata or of one."""
    return maps.area_rows(
        connection,
        levels=[step.level],
        within=step.within,
        strata=strata,
        this_month=at.this_month,
        month=at.month,
    )


def blanked(areas: pd.DataFrame, hidden: Collection[Cell]) -> pd.DataFrame:
    """The frame of ``maps.areas`` with the hidden counts ``None`` and a boolean ``suppressed``."""
    codes = areas["area_code"]
    now = codes.map(lambda code: (code, NOW) in hidden).astype(bool)
    ago = now | codes.map(lambda code: (code, YEAR_AGO) in hidden).astype(bool)
    result = areas.copy()
    for names, rows in (((*CELLS, *HIDDEN_WITH_THEM), now), (_AGO, ago)):
        for name in names:
            result[name] = areas[name].astype(object).where(~rows, None)
    result["suppressed"] = ago
    return result


def _moments(row: Row) -> list[Count]:
    """The counts of now and of a year ago."""
    return [Count(row["area_code"], row["parent_code"], moment, _numbers(row, _COUNTED[moment])) for moment in _COUNTED]


def _numbers(row: Row, names: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(row[name] or 0) for name in names)
