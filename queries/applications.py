"""Reads applications for aid, what may be told with them, and the kinds of aid that are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from queries.row_types.applications import (
    AidStepRow,
    AllowedAidStepRow,
    ApplicationCountsRow,
    ApplicationListRow,
    ApplicationRow,
    ConditionNameRow,
    EndedRow,
    HouseholdApplicationRow,
    MetNeedRow,
    OpenKindRow,
    RoutedRow,
    ToldFieldRow,
)
from queries.statements import counted, row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

LISTS: Final = ("menunggu", "terbuka", "lewat", "ditutup")
"""What waits for the own step, what is open, what is late, what is closed."""


@dataclass(frozen=True, slots=True)
class WholeApplication:
    """An application with its steps, those that may be taken now, and what may be told of its household."""

    application: ApplicationRow
    steps: list[AidStepRow]
    allowed: list[AllowedAidStepRow]
    told: list[ToldFieldRow]
    needs: list[MetNeedRow]


def listed(
    conn: Connection, *, which: str, programme: str | None = None, limit: int = 25, offset: int = 0
) -> tuple[list[ApplicationListRow], int]:
    """A page of one of :data:`LISTS`, and how many there are in all, up to 2,001."""
    return counted(
        rows_as(
            ApplicationListRow, conn, "applications/rows",
            which=which, programme_code=programme, row_limit=limit, row_offset=offset,
        )
    )  # fmt: skip


def counts(conn: Connection) -> ApplicationCountsRow:
    """How many wait for the own step, and how many are late, up to 1,000 each."""
    return rows_as(ApplicationCountsRow, conn, "applications/counts")[0]


def application(conn: Connection, number: str) -> ApplicationRow | None:
    """One application; ``None`` where who asks reads none of this number."""
    return row_as(ApplicationRow, conn, "applications/one", application=number)


def steps(conn: Connection, number: str) -> list[AidStepRow]:
    """The steps that an application has taken, the latest first."""
    return rows_as(AidStepRow, conn, "applications/steps", application=number)


def whole(conn: Connection, number: str) -> WholeApplication | None:
    """One application with all that its page shows."""
    found = application(conn, number)
    if found is None:
        return None
    return WholeApplication(
        found,
        steps(conn, number),
        rows_as(AllowedAidStepRow, conn, "applications/allowed", application=number),
        rows_as(ToldFieldRow, conn, "applications/record", application=number),
        rows_as(MetNeedRow, conn, "applications/needs", application=number),
    )


def ended(conn: Connection, number: str) -> EndedRow | None:
    """What is still told of an application that ended long ago."""
    return row_as(EndedRow, conn, "applications/ended", application=number)


def open_kinds(conn: Connection) -> list[OpenKindRow]:
    """The kinds of aid that are open today."""
    return rows_as(OpenKindRow, conn, "applications/kinds")


def names(conn: Connection, codes: Sequence[str]) -> list[ConditionNameRow]:
    """The names of areas by code, and of all needs."""
    return rows_as(ConditionNameRow, conn, "applications/names", codes=list(codes))


def of_household(conn: Connection, household_id: int) -> list[HouseholdApplicationRow]:
    """The applications of a household, the latest first."""
    return rows_as(HouseholdApplicationRow, conn, "applications/of_household", household=household_id)


def routed(conn: Connection, *, after: int, state: str | None, limit: int) -> list[RoutedRow]:
    """Applications that were routed to the own agency, by number, after one of them."""
    return rows_as(RoutedRow, conn, "applications/routed", after_id=after, state=state, row_limit=limit)
