"""Reads what the public sent: the list of an office, one form with all that is beside it, a leader's own notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from queries.row_types.intake import (
    AllowedIntakeStepRow,
    IntakeCandidateRow,
    IntakeClosedRow,
    IntakeCountsRow,
    IntakeDistrictRow,
    IntakeElsewhereRow,
    IntakeRepeatRow,
    IntakeRow,
    IntakeStepRow,
    IntakeTellerRow,
    IntakeWaitingRow,
    ToldNoticeRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

MOST_COUNTED: Final = 1_000
"""So many waiting forms are counted at most."""


@dataclass(frozen=True, slots=True)
class Place:
    """The form after which a list goes on: whether it is not urgent, its day and its id; the first page for none."""

    calm: bool
    day: date | None
    form: int = 0


FIRST: Final = Place(calm=False, day=None)


@dataclass(frozen=True, slots=True)
class WholeIntake:
    """A form with its senders as far as they may be known, what it may be about, and what may be done with it."""

    form: IntakeRow
    tellers: list[IntakeTellerRow]
    repeats: list[IntakeRepeatRow]
    candidates: list[IntakeCandidateRow]
    elsewhere: list[str]
    allowed: list[AllowedIntakeStepRow]
    steps: list[IntakeStepRow]


def waiting(conn: Connection, *, kind: str = "", after: Place = FIRST, limit: int) -> list[IntakeWaitingRow]:
    """Forms on which somebody still has to decide, the urgent first, after one of them; of one kind or of both."""
    return rows_as(
        IntakeWaitingRow, conn, "intake/waiting", form_kind=kind, after_calm=after.calm, after_due=after.day,
        after_form=after.form, row_limit=limit,
    )  # fmt: skip


def closed(conn: Connection, *, before: Place = FIRST, limit: int) -> list[IntakeClosedRow]:
    """Forms that were decided on, the latest first, before one of them."""
    return rows_as(
        IntakeClosedRow, conn, "intake/closed", before_day=before.day, before_form=before.form, row_limit=limit
    )


def counts(conn: Connection) -> IntakeCountsRow:
    """How many forms wait, up to :data:`MOST_COUNTED`."""
    return rows_as(IntakeCountsRow, conn, "intake/counts", row_limit=MOST_COUNTED)[0]


def whole(conn: Connection, reference: str) -> WholeIntake | None:
    """One form; ``None`` where who asks may not read it."""
    found = row_as(IntakeRow, conn, "intake/one", intake_reference=reference)
    if found is None:
        return None
    elsewhere = rows_as(IntakeElsewhereRow, conn, "intake/elsewhere", intake_reference=reference)
    return WholeIntake(
        found,
        rows_as(IntakeTellerRow, conn, "intake/teller", intake_reference=reference),
        rows_as(IntakeRepeatRow, conn, "intake/repeats", intake_reference=reference),
        rows_as(IntakeCandidateRow, conn, "intake/candidates", intake_reference=reference),
        [row["district_name"] for row in elsewhere],
        rows_as(AllowedIntakeStepRow, conn, "intake/allowed", intake_reference=reference),
        rows_as(IntakeStepRow, conn, "intake/steps", intake_reference=reference),
    )


def districts(conn: Connection) -> list[IntakeDistrictRow]:
    """The districts of the country, by state."""
    return rows_as(IntakeDistrictRow, conn, "intake/districts")


def told(conn: Connection, *, before: int = 0, limit: int) -> list[ToldNoticeRow]:
    """The notices of who is acting, the latest first, before one of them."""
    return rows_as(ToldNoticeRow, conn, "intake/told", before_form=before, row_limit=limit)
