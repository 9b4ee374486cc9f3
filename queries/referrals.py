"""Reads referrals as their two sides see them, and what was handed over with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from queries.row_types.referrals import (
    AllowedReferralStepRow,
    EndedReferralRow,
    HouseholdReferralRow,
    KeptReferralFileRow,
    ProjectReferralRow,
    ReceiverRow,
    ReferralAreaRow,
    ReferralCountsRow,
    ReferralFileRow,
    ReferralListRow,
    ReferralRow,
    ReferralStepRow,
    ReferredFieldRow,
    ReferredNeedRow,
    ReferredProjectRow,
)
from queries.statements import counted, row_as, rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection

LISTS: Final = ("kepada", "daripada", "lewat", "selesai")
"""What came to the own party, what it sent, what is late on either side, what is over."""


@dataclass(frozen=True, slots=True)
class WholeReferral:
    """A referral with its thread, the steps that may be taken now, and what was handed over."""

    referral: ReferralRow
    steps: list[ReferralStepRow]
    files: list[ReferralFileRow]
    allowed: list[AllowedReferralStepRow]
    told: list[ReferredFieldRow]
    needs: list[ReferredNeedRow]
    project: list[ReferredProjectRow]


def listed(conn: Connection, *, which: str, limit: int = 25, offset: int = 0) -> tuple[list[ReferralListRow], int]:
    """A page of one of :data:`LISTS`, and how many there are in all, up to some 2,001 a party."""
    return counted(
        rows_as(ReferralListRow, conn, "referrals/rows", referral_list=which, row_limit=limit, row_offset=offset)
    )


def counts(conn: Connection) -> ReferralCountsRow:
    """How many wait for an answer, came back answered and are late, up to 1,000 each."""
    return rows_as(ReferralCountsRow, conn, "referrals/counts")[0]


def whole(conn: Connection, number: str) -> WholeReferral | None:
    """One referral with all that its page shows; ``None`` where who asks is no side of it, or no longer."""
    found = row_as(ReferralRow, conn, "referrals/one", referral_no=number)
    if found is None:
        return None
    return WholeReferral(
        found,
        rows_as(ReferralStepRow, conn, "referrals/steps", referral_no=number),
        rows_as(ReferralFileRow, conn, "referrals/files", referral_no=number),
        rows_as(AllowedReferralStepRow, conn, "referrals/allowed", referral_no=number),
        rows_as(ReferredFieldRow, conn, "referrals/record", referral_no=number),
        rows_as(ReferredNeedRow, conn, "referrals/needs", referral_no=number),
        rows_as(ReferredProjectRow, conn, "referrals/project_record", referral_no=number),
    )


def ended(conn: Connection, number: str) -> EndedReferralRow | None:
    """What the receiver is still told of a referral that ended long ago."""
    return row_as(EndedReferralRow, conn, "referrals/ended", referral_no=number)


def kept_file(conn: Connection, file: int) -> KeptReferralFileRow | None:
    """Where a file is kept; ``None`` where who asks may not see it."""
    return row_as(KeptReferralFileRow, conn, "referrals/file", referral_file=file)


def of_household(conn: Connection, household: int) -> list[HouseholdReferralRow]:
    """The referrals of a household that the own party sent or received, the latest first."""
    return rows_as(HouseholdReferralRow, conn, "referrals/of_household", household=household)


def of_project(conn: Connection, number: str) -> list[ProjectReferralRow]:
    """The referrals of a project that the own party sent or received, the latest first."""
    return rows_as(ProjectReferralRow, conn, "referrals/of_project", project=number)


def receivers(conn: Connection) -> list[ReceiverRow]:
    """To whom a referral may go."""
    return rows_as(ReceiverRow, conn, "referrals/receivers")


def areas(conn: Connection) -> list[ReferralAreaRow]:
    """The areas that a referral may be about."""
    return rows_as(ReferralAreaRow, conn, "referrals/areas")
