"""Reads worklists: the households behind a number, as the acting user may see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from queries.row_types.worklists import ListCountRow, WorklistRow
from queries.statements import rows_as, streamed_as

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

BY_THE_LINE: Final = ("nearest", "furthest")
"""Lists of at most a hundred of the poor, by what they lack to the poverty line: they are no place to go on from."""
LISTS: Final = (
    "due", "unvisited", "quality", "unplaced", "no_mukim", "tegar", "miskin", *BY_THE_LINE, "died", "moved", "exited",
)  # fmt: skip
_MOST_BY_THE_LINE: Final = 100
EXITS: Final = ("income_rose", "died", "focus_group", "welfare_aid", "remarried", "other")
"""Why households have exited, as the counts name them (``exited_`` before it, to tell it from the lists)."""
_EVERY_ROW: Final = 2**31 - 1
_PLACE: Final = re.compile(r"(?a:(\d{4}-\d\d-\d\d)?\|(\d{1,3}\.\d{6})\|(\d{1,12}\.\d\d)\|(\d{1,18}))")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list a row is: the page after it begins behind that, whatever joined or left the list before it."""

    day: date | None
    share: Decimal
    rm: Decimal
    household_id: int

    @classmethod
    def parse(cls, written: str | None) -> Place | None:
        """The place as a row has it in ``place``; ``None`` for what is none."""
        found = _PLACE.fullmatch(written or "")
        if found is None:
            return None
        day, share, rm, household = found.groups()
        try:
            return cls(date.fromisoformat(day) if day else None, Decimal(share), Decimal(rm), int(household))
        except ValueError:
            return None

    def params(self) -> dict[str, object]:
        """As the parameters of a statement."""
        return {"after_day": self.day, "after_share": self.share, "after_rm": self.rm, "after_id": self.household_id}


_BEGINNING: Final = {"after_day": None, "after_share": None, "after_rm": None, "after_id": None}


def counts(connection: Connection, *, district: str | None) -> dict[str, int]:
    """How many households each worklist has, by its name; ``district`` None for the whole territory."""
    found = _counted(connection, district)
    found["exited"] = sum(found.get(f"exited_{reason}", 0) for reason in EXITS)
    found |= dict.fromkeys(BY_THE_LINE, min(found.get("miskin", 0), _MOST_BY_THE_LINE))
    return {name: found.get(name, 0) for name in LISTS}


def exits(connection: Connection, *, district: str | None) -> dict[str, int]:
    """How many households have exited, by reason."""
    found = _counted(connection, district)
    return {reason: found.get(f"exited_{reason}", 0) for reason in EXITS}


def page(
    connection: Connection, name: str, *, district: str | None, limit: int, after: Place | None = None, offset: int = 0
) -> tuple[list[WorklistRow], int]:
    """Rows of a worklist with the columns of ``worklists/rows.sql``, the most pressing first, and the list's total.

    They begin behind the place ``after``, or at the beginning, and ``offset`` rows further on.
    """
    begins = after.params() if after else _BEGINNING
    found = rows_as(
        WorklistRow,
        connection,
        "worklists/rows",
        list=name,
        district=district,
        row_limit=limit,
        row_offset=offset,
        ticked=[],
        **begins,
    )
    return found, counts(connection, district=district)[name]


def whole(connection: Connection, name: str, *, district: str | None) -> Iterator[WorklistRow]:
    """Every row of a worklist, in its order, a few at a time."""
    params: dict[str, object] = {
        "list": name,
        "district": district,
        "row_limit": _EVERY_ROW,
        "row_offset": 0,
        "ticked": [],
        **_BEGINNING,
    }
    return streamed_as(WorklistRow, connection, "worklists/rows", **params)


def of_households(connection: Connection, households: Sequence[int]) -> list[WorklistRow]:
    """The rows of households by their numbers, in the order of these, of those that the acting user may see."""
    none = {"list": "none", "district": None, "row_limit": 0, "row_offset": 0, **_BEGINNING}
    return rows_as(WorklistRow, connection, "worklists/rows", ticked=list(households), **none)


def _counted(connection: Connection, district: str | None) -> dict[str, int]:
    return {
        row["list"]: int(row["households"])
        for row in rows_as(ListCountRow, connection, "worklists/counts", district=district)
    }
