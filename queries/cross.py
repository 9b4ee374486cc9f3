"""Reads poor households by two cuts: exact for those who see the persons of an area, else as they were published."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from queries.row_types.cross import CrossCellRow, CrossStateRow, PublishedCrossRow
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
_KINDS: Final = {"strata": "strata", "ethnicity": "group", STATUS: "status"}
Key = tuple[str, str]
Counts = dict[Key, "int | None"]


@dataclass(frozen=True, slots=True)
class Cross:
    """A table: its rows and columns in their order, and counts by both; with ``ALL`` for a margin, ``None`` hidden.

    ``rounded`` says that cells are to the nearest 5 and none below 10 is shown.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Counts
    on: date | None
    rounded: bool

    def at(self, row: str, column: str) -> int | None:
        """A count; where there is nobody, none is."""
        return self.counts.get((row, column), None if self.rounded and ALL not in {row, column} else 0)


def read(
    conn: Connection, *, area: str, inside: Sequence[str], level: str, first: str, second: str, live: bool
) -> Cross:
    """A table of an area by two cuts; ``first`` may be the areas ``inside`` it, of ``level``, ``second`` the status."""
    if first != AREA:
        return of_areas(conn, areas=[area], first=first, second=second, live=live)[0]
    if live:
        counts = _exact(conn, [area], first, second, inside=_DIGITS.get(level, 4))[area]
    else:
        counts = _of_areas(_published(conn, [area, *inside], second, STATUS), area, second)
    return _table(inside, counts, second, _on(conn, live=live), rounded=False)


def of_areas(conn: Connection, *, areas: Sequence[str], first: str, second: str, live: bool) -> list[Cross]:
    """Of each of some areas of one level its table by two cuts of households, in the order of the areas."""
    on, rounded = _on(conn, live=live), not live and second != STATUS
    if live:
        exact = _exact(conn, areas, first, second)
        counted = [exact[area] for area in areas]
    else:
        shown = _published(conn, areas, first, second)
        counted = [_of_cuts(shown[area], first, second) for area in areas]
    return [_table(VALUES[first], counts, second, on, rounded=rounded) for counts in counted]


def _exact(
    conn: Connection, areas: Sequence[str], first: str, second: str, *, inside: int = 0
) -> defaultdict[str, Counts]:
    """Exact counts of areas of one level by both cuts, with their sums; ``inside`` are the digits of areas in them."""
    asked = {"areas": list(areas), "digits": 0 if _COUNTRY in areas else len(areas[0]), "inside": inside}
    found: defaultdict[str, Counts] = defaultdict(dict)
    for row in rows_as(CrossCellRow, conn, "cross/exact", **asked, first=first, second=second):
        counts = found[row["area_code"]]
        for key in ((row["first"], row["second"]), (row["first"], ALL), (ALL, row["second"]), (ALL, ALL)):
            counts[key] = (counts.get(key) or 0) + row["households"]
    return found


def _published(
    conn: Connection, areas: Sequence[str], first: str, second: str
) -> defaultdict[str, list[PublishedCrossRow]]:
    found: defaultdict[str, list[PublishedCrossRow]] = defaultdict(list)
    for row in rows_as(PublishedCrossRow, conn, "cross/published", areas=list(areas), first=first, second=second):
        found[row["area_code"]].append(row)
    return found


def _on(conn: Connection, *, live: bool) -> date | None:
    state = row_as(CrossStateRow, conn, "cross/state")
    return None if state is None else state["exact_on"] if live else state["shown_on"]


def _table(rows: Sequence[str], counts: Counts, second: str, on: date | None, *, rounded: bool) -> Cross:
    return Cross(_there(rows, counts, 0), _there(VALUES[second], counts, 1), counts, on, rounded=rounded)


def _there(values: Sequence[str], counts: Counts, place: int) -> tuple[str, ...]:
    """The values that anybody has."""
    held = {key[place] for key, count in counts.items() if count != 0}
    return tuple(value for value in values if value in held)


def _status_sums(shown: Sequence[PublishedCrossRow]) -> dict[str, int | None]:
    """The poor of an area by one cut, from both statuses; ``None`` where either is hidden."""
    found: dict[str, int | None] = {}
    for row in shown:
        if row["second"].startswith("status:"):
            before = found.get(row["first"], 0)
            found[row["first"]] = None if before is None or row["households"] is None else before + row["households"]
    return found


def _of_areas(shown: Mapping[str, Sequence[PublishedCrossRow]], area: str, second: str) -> Counts:
    """Areas by a cut: of each area what is told of it by that cut alone."""
    counts: Counts = {}
    for code, own in shown.items():
        where = ALL if code == area else code
        if second == STATUS:
            for row in own:
                if row["first"] == ALL:
                    counts[where, _value(row["second"])] = row["households"]
        for cut, count in _status_sums(own).items():
            if cut == ALL:
                counts[where, ALL] = count
            elif cut.startswith(f"{second}:"):
                counts[where, _value(cut)] = count
    return counts


def _of_cuts(own: Sequence[PublishedCrossRow], first: str, second: str) -> Counts:
    counts: Counts = {}
    for row in own:
        one, other = row["first"], row["second"]
        if second == STATUS and other.startswith("status:") and (one == ALL or one.startswith(f"{first}:")):
            counts[ALL if one == ALL else _value(one), _value(other)] = row["households"]
        elif one.startswith(f"{first}:") and other.startswith(f"{second}:"):
            counts[_value(one), _value(other)] = row["households"]
        elif one.startswith(f"{second}:") and other.startswith(f"{first}:"):
            counts[_value(other), _value(one)] = row["households"]
    for cut, count in _status_sums(own).items():
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


def value_word(cut: str, value: str) -> str:
    """The key of the word for a value of a cut of households."""
    return "pivot.all" if value == ALL else f"{_KINDS.get(cut, f'cut_{cut}')}.{value}"
