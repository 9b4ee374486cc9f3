"""Reads the worklists of cleansing: likely pairs, merges, locked figures and where their households went."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from queries.row_types.cleansing import MergeRow, PairElsewhereRow, PairListRow, PairRow
from queries.row_types.cohorts import AreaRow, CohortRow, FlowRow
from queries.statements import rows_as, total

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the households of a locked figure stood at the end of a day, by fate; those that exited also by reason."""

    on: date
    fates: dict[str, int]
    exits: dict[str, int] = field(default_factory=dict)
    by_line: int = 0
    """How many have another status only because the line or the rule changed."""

    @property
    def total(self) -> int:
        """All of them: the same on every day."""
        return sum(self.fates.values())

    def still(self, statuses: list[str]) -> int:
        """How many still have one of the statuses that the figure was locked by."""
        return sum(self.fates.get(status, 0) for status in statuses)


def pairs(
    connection: Connection, *, kind: str | None, district: str | None, limit: int, offset: int = 0
) -> tuple[list[PairListRow], int]:
    """Open pairs with the columns of ``cleansing/pairs.sql``, the likeliest first, and how many there are."""
    found = rows_as(
        PairListRow, connection, "cleansing/pairs", kind=kind, district=district, row_limit=limit, row_offset=offset
    )
    return found, total(found)


def pair(connection: Connection, candidate_id: int) -> PairRow | None:
    """One pair; ``None`` where one of its households is not for who asks, or was taken out by a merge."""
    found = rows_as(PairRow, connection, "cleansing/pair", candidate=candidate_id)
    return found[0] if found else None


def pairs_elsewhere(connection: Connection, *, limit: int) -> tuple[list[PairElsewhereRow], int]:
    """Pairs with a record of another territory: the own household, and the other's district; how many there are."""
    found = rows_as(PairElsewhereRow, connection, "cleansing/elsewhere", row_limit=limit)
    return found, total(found)


def merges(connection: Connection, *, limit: int) -> list[MergeRow]:
    """Merges of the own territory, newest first, with the columns of ``cleansing/merges.sql``."""
    return rows_as(MergeRow, connection, "cleansing/merges", row_limit=limit)


def cohorts(connection: Connection) -> list[CohortRow]:
    """Locked figures, newest first, with the columns of ``cohorts/all.sql``."""
    return rows_as(CohortRow, connection, "cohorts/all")


def flow(connection: Connection, cohort_id: int) -> list[Standing]:
    """Where the households of a locked figure stood on the day it was locked, at every month's end, and today."""
    found: dict[date, Standing] = {}
    for row in rows_as(FlowRow, connection, "cohorts/flow", cohort=cohort_id):
        standing = found.setdefault(row["on_day"], Standing(row["on_day"], {}))
        households = int(row["households"])
        if row["by_line"]:
            standing = found[row["on_day"]] = replace(standing, by_line=standing.by_line + households)
        standing.fates[row["fate"]] = standing.fates.get(row["fate"], 0) + households
        if row["reason"] is not None:
            standing.exits[row["reason"]] = households
    return [found[on] for on in sorted(found)]


def own_areas(connection: Connection) -> list[AreaRow]:
    """Areas that lie wholly in the acting user's territory: code, level, name, state_name."""
    return rows_as(AreaRow, connection, "cohorts/areas")
