"""Rows of the statements in ``queries/sql/offices``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class OfficeDecisionRow(TypedDict):
    """``offices/decisions.sql``: one row per application."""

    number: str
    decided_on: date
    days: int
    in_time: bool


class OfficeFigureRow(TypedDict):
    """``offices/figures.sql``: one row per figure."""

    figure: str
    part: int
    whole: int
    unsure: int | None
    as_of: date


class OfficeFinishedRow(TypedDict):
    """``offices/finished.sql``: one row per project."""

    number: str
    title: str
    house: bool
    began_on: date | None
    planned_on: date | None
    finished_on: date
    days: int | None
    on_time: bool
    households: int
    spent: Decimal | None


class OfficeHouseholdRow(TypedDict):
    """``offices/households.sql``: one row per household."""

    household_id: int
    file_no: str
    head_name: str
    mukim_name: str
    status: str


class MyOfficeRow(TypedDict):
    """``offices/mine.sql``: one row per office."""

    code: str
    office_ms: str
    office_en: str


class OfficeMukimRow(TypedDict):
    """``offices/mukims.sql``: one row per mukim."""

    mukim_code: str | None
    mukim_name: str | None
    district_name: str
    poor: int
    tegar: int
    aided: int


class OfficeProjectStateRow(TypedDict):
    """``offices/project_states.sql``: one row per state."""

    state: str
    projects: int
    amount: Decimal


class OfficeReferralRow(TypedDict):
    """``offices/referrals.sql``: one row per referral."""

    number: str
    state: str
    due_on: date
    answered_on: date | None
    in_time: bool


class OfficeVoteRow(TypedDict):
    """``offices/votes.sql``: one row."""

    programmes: int
    shared: bool
    peruntukan: Decimal
    agihan: Decimal
    tanggungan: Decimal
    belanja: Decimal
    baki: Decimal
    percent: Decimal | None
    changed_on: date | None


class OfficeWorksRow(TypedDict):
    """``offices/works.sql``: one row; none where its projects may not be counted."""

    houses: int
    on_time: int
    median_days: Decimal | None
    projects: int
    households: int
    spent: Decimal | None
    as_of: date
