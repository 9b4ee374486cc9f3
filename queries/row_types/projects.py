"""Rows of the statements in ``queries/sql/projects``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AllowedProjectStepRow(TypedDict):
    """``projects/allowed.sql``: one row per step."""

    action: str
    to_state: str
    needs_reason: bool


class ProjectBalanceRow(TypedDict):
    """``projects/balances.sql``: one row per account."""

    account: str
    amount: Decimal


class ContractorRow(TypedDict):
    """``projects/contractors.sql``: one row per contractor."""

    contractor_id: int
    name: str
    registration_no: str
    grade: str
    contact: str
    under_way: int
    finished: int
    sum_rm: Decimal


class ProjectDefectRow(TypedDict):
    """``projects/defects.sql``: one row per defect."""

    defect_id: int
    noted_on: date
    words: str
    noted_by: str
    mended_on: date | None
    mended_words: str
    mended_by: str | None


class ProjectHouseholdRow(TypedDict):
    """``projects/households.sql``: one row per household."""

    household_id: int | None
    file_no: str
    head_name: str
    status: str | None
    per_capita_rm: Decimal | None
    apart_m: int | None


class FoundForProjectRow(TypedDict):
    """``projects/households_found.sql``: one row."""

    household_id: int
    file_no: str
    head_name: str


class ProjectMilestoneRow(TypedDict):
    """``projects/milestones.sql``: one row per milestone."""

    position: int
    name_ms: str
    name_en: str
    weight: Decimal
    begins: date | None
    ends: date | None


class OddProjectRow(TypedDict):
    """``projects/odd.sql``: one row per project."""

    number: str
    title: str
    inside: bool | None
    apart_m: int | None


class HouseholdProjectRow(TypedDict):
    """``projects/of_household.sql``: one row per project."""

    number: str
    type_ms: str
    type_en: str
    office_ms: str | None
    office_en: str | None
    state: str
    state_since: date
    readable: bool


class ProjectOfficeRow(TypedDict):
    """``projects/offices.sql``: one row per office."""

    code: str
    office_ms: str
    office_en: str


class ProjectRow(TypedDict):
    """``projects/one.sql``: one row."""

    number: str
    version: int
    type_code: str
    type_ms: str
    type_en: str
    shape: str
    geometry: str
    need_ms: str | None
    need_en: str | None
    damage: str | None
    asked_documents: list[str]
    asked_photos: list[str]
    title: str
    state: str
    state_since: date
    opened_on: date
    opened_by: str | None
    finished_on: date | None
    office_code: str
    office_ms: str
    office_en: str
    agency_code: str
    programme_code: str
    programme_ms: str
    programme_en: str
    district_name: str
    application_no: str | None
    minutes_no: str
    checks: Any
    documents: list[str]
    estimate_rm: Decimal
    ceiling_rm: Decimal | None
    cost_rm: Decimal | None
    committed_rm: Decimal | None
    commit_year: int | None
    contractor_id: int | None
    contractor: str | None
    contractor_no: str | None
    contractor_grade: str | None
    contractor_contact: str | None
    sum_rm: Decimal | None
    list_no: str | None
    list_day: date | None
    override_given: bool
    completion: Any | None
    sick: str | None
    sick_on: date | None
    longitude: float | None
    latitude: float | None
    polygon: Any | None
    place_method: str | None
    place_accuracy_m: int | None
    placed_by: str | None
    placed_at: datetime | None
    inside: bool | None
    own: bool


class ProjectPaymentRow(TypedDict):
    """``projects/payments.sql``: one row per payment."""

    number: str
    amount: Decimal
    state: str
    sent_on: date | None
    answered_on: date | None


class ProjectPersonRow(TypedDict):
    """``projects/person.sql``: one row; none where it was opened for households."""

    name: str
    address: str
    joined_at: datetime | None


class ProjectPhotoFileRow(TypedDict):
    """``projects/photo_file.sql``: one row."""

    name: str


class ProjectPhotoRow(TypedDict):
    """``projects/photos.sql``: one row per photograph."""

    photo_id: int
    phase: str
    position: int | None
    day: date
    longitude: Decimal | None
    latitude: Decimal | None
    width: int
    height: int
    added_by: str


class HouseholdPhotoRow(TypedDict):
    """``projects/photos_of_household.sql``: one row per project and phase."""

    number: str
    photo_id: int
    phase: str
    day: date
    milestone_ms: str | None
    milestone_en: str | None


class ProjectPlanRow(TypedDict):
    """``projects/plans.sql``: one row per version."""

    version: int
    begins: Any
    ends: Any
    reference: str
    reason: str
    made_by: str
    made_at: datetime


class ProjectProgrammeRow(TypedDict):
    """``projects/programmes.sql``: one row per programme."""

    code: str
    name_ms: str
    name_en: str


class ProjectRateRow(TypedDict):
    """``projects/rates.sql``: one row per rate."""

    type_code: str
    from_date: date | None
    until_date: date | None
    ceiling_rm: Decimal
    source: str


class ProjectReportRow(TypedDict):
    """``projects/reports.sql``: one row per report."""

    report_id: int
    day: date
    shares: Any
    note: str
    reason: str
    state: str
    made_by: str | None
    made_at: datetime
    judged_by: str | None
    judged_at: datetime | None
    judged_reason: str
    own: bool
    visited_at: datetime | None
    longitude: Decimal | None
    latitude: Decimal | None
    accuracy_m: int | None
    point_source: str | None
    apart_m: int | None


class ProjectListRow(TypedDict):
    """``projects/rows.sql``: one row per project."""

    number: str
    type_code: str
    type_ms: str
    type_en: str
    shape: str
    title: str
    state: str
    state_since: date
    opened_on: date
    finished_on: date | None
    office_ms: str
    office_en: str
    district_name: str
    contractor_id: int | None
    contractor: str | None
    cost_rm: Decimal
    sum_rm: Decimal | None
    paid_rm: Decimal
    done: Decimal
    sick: str | None
    weights: Any
    begins: Any | None
    ends: Any | None
    reports: Any
    longitude: float | None
    latitude: float | None
    polygon: Any | None
    total: int


class ProjectSiteRow(TypedDict):
    """``projects/sites.sql``: one row per project."""

    number: str
    version: int
    title: str
    type_ms: str
    type_en: str
    office_ms: str
    office_en: str
    district_name: str
    state: str
    own: bool
    longitude: float | None
    latitude: float | None
    contractor: str | None
    contractor_contact: str | None
    asked_photos: list[str]
    plan: int | None
    milestones: Any
    photos: Any
    report: int | None
    report_day: date | None
    report_state: str | None
    report_by: str | None
    shares: Any | None
    households: Any
    keys: Any
    total: int


class ProjectStepRow(TypedDict):
    """``projects/steps.sql``: one row per step."""

    action: str
    from_state: str
    to_state: str
    at: datetime
    actor: str
    actor_name: str | None
    reason: str | None
    detail: Any


class ProjectTermRow(TypedDict):
    """``projects/terms.sql``: one row per setting."""

    name: str
    value: int


class ProjectTypeRow(TypedDict):
    """``projects/types.sql``: one row per type."""

    code: str
    name_ms: str
    name_en: str
    geometry: str
    households: str
    need_code: str | None
    need_ms: str | None
    need_en: str | None
    kind_code: str | None
    checks: list[str]
    damage: str | None
    documents: list[str]
    photos: list[str]
    shape: str
    active: bool
    ceiling_rm: Decimal | None
    milestones: Any


class ProjectYearRow(TypedDict):
    """``projects/years.sql``: one row per year."""

    year: int
