"""Reads poor households by two cuts: exact for those who see the persons of an area, else as they were published."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from queries.row_types.cross import CrossCellRow, CrossStateRow, PublishedCrossRow
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection

VALUES: Final[dict[str, tuple[str, ...]]] = {
    "strata": ("urban", "rural"),
    "ethnicity": ("bumiputera", "chinese", "indian", "other"),
    "head_sex": ("male", "female", "unknown"),
    "head_age": ("head_under_40", "head_40_59", "head_60_over", "head_unknown"),
    "disability": ("none", "some"),
    "size": ("size_1_2", "size_3_4", "size_5_6", "size_7_over"),
    "status": ("tegar", "miskin"),
}
"""The values of each cut in their order; of areas they are the areas inside."""
AREA: Final = "area"
STATUS: Final = "status"
ALL: Final = "all"
_COUNTRY: Final = "MY"
_DIGITS: Final = {"state": 2, "district": 4}
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cross:
    """A table: its rows and columns in their order, and counts by both; with ``ALL`` for a margin, ``None`` hidden.

    ``rounded`` says that cells are to the nearest 5 and none below 10 is shown.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: dict[Key, int | None]
    on: date | None
    rounded: bool

    def at(self, row: str, column: str) -> int | None:
        """A count; where there is nobody, none is."""
        return self.counts.get((row, column), None if self.rounded and ALL not in {row, column} else 0)


def read(
    conn: Connection, *, area: str, inside: Sequence[str], level: str, first: str, second: str, live: bool
) -> Cross:
    """A table of an area by two cuts; ``first`` may be the areas ``inside`` it, of ``level``, ``second`` the status."""
    state = row_as(CrossStateRow, conn, "cross/state")
    rows = tuple(inside) if first == AREA else VALUES[first]
    if live:
        digits = _DIGITS.get(level, 4)
        found = rows_as(CrossCellRow, conn, "cross/exact", within=area, digits=digits, first=first, second=second)
        counts = _with_margins({(row["first"], row["second"]): row["households"] for row in found})
        on = state["exact_on"] if state else None
        return Cross(_there(rows, counts, 0), _there(VALUES[second], counts, 1), counts, on, rounded=False)
    areas = list(inside) if first == AREA else [area]
    asked = second if first == AREA else first
    other = STATUS if first == AREA else second
    shown = rows_as(PublishedCrossRow, conn, "cross/published", areas=[area, *areas], first=asked, second=other)
    counts = _of_areas(shown, area, second) if first == AREA else _of_cuts(shown, area, first, second)
    on = state["shown_on"] if state else None
    rounded = first != AREA and second != STATUS
    return Cross(_there(rows, counts, 0), _there(VALUES[second], counts, 1), counts, on, rounded=rounded)


def _there(values: Sequence[str], counts: dict[Key, int | None], place: int) -> tuple[str, ...]:
    """The values that anybody has."""
    held = {key[place] for key, count in counts.items() if count != 0}
    return tuple(value for value in values if value in held)


def _with_margins(cells: dict[Key, int]) -> dict[Key, int | None]:
    sums: dict[Key, int] = defaultdict(int)
    for (row, column), count in cells.items():
        for key in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
            sums[key] += count
    return dict(sums)


def _status_sums(shown: Sequence[PublishedCrossRow]) -> dict[tuple[str, str], int | None]:
    """The poor by area and one cut, from both statuses; ``None`` where either is hidden."""
    found: dict[tuple[str, str], int | None] = {}
    for row in shown:
        if row["second"].startswith("status:"):
            key, before = (row["area_code"], row["first"]), found.get((row["area_code"], row["first"]), 0)
            found[key] = None if before is None or row["households"] is None else before + row["households"]
    return found


def _of_areas(shown: Sequence[PublishedCrossRow], area: str, second: str) -> dict[Key, int | None]:
    """Areas by a cut: of each area what is told of it by that cut alone."""
    counts: dict[Key, int | None] = {}
    if second == STATUS:
        for row in shown:
            if row["first"] == ALL:
                where = ALL if row["area_code"] == area else row["area_code"]
                counts[where, _value(row["second"])] = row["households"]
    for (code, cut), count in _status_sums(shown).items():
        where = ALL if code == area else code
        if cut == ALL:
            counts[where, ALL] = count
        elif cut.startswith(f"{second}:"):
            counts[where, _value(cut)] = count
    return counts


def _of_cuts(shown: Sequence[PublishedCrossRow], area: str, first: str, second: str) -> dict[Key, int | None]:
    own = [row for row in shown if row["area_code"] == area]
    counts: dict[Key, int | None] = {}
    for row in own:
        one, other = row["first"], row["second"]
        if second == STATUS and other.startswith("status:") and (one == ALL or one.startswith(f"{first}:")):
            counts[ALL if one == ALL else _value(one), _value(other)] = row["households"]
        elif one.startswith(f"{first}:") and other.startswith(f"{second}:"):
            counts[_value(one), _value(other)] = row["households"]
        elif one.startswith(f"{second}:") and other.startswith(f"{first}:"):
            counts[_value(other), _value(one)] = row["households"]
    for (_, cut), count in _status_sums(own).items():
        if cut == ALL:
            counts[ALL, ALL] = count
        elif cut.startswith(f"{first}:"):
            counts[_value(cut), ALL] = count
        elif cut.startswith(f"{second}:"):
            counts[ALL, _value(cut)] = count
    return counts


def _value(named: str) -> str:
    return named.partition(":")[2]


def within(area: str) -> str:
    """The level of the areas that a table lays one under the other inside an area; empty for one without any."""
    return "state" if area == _COUNTRY else "district" if len(area) == _DIGITS["state"] else ""
