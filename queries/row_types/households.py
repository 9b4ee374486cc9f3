"""Rows of the statements in ``queries/sql/households``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AidRow(TypedDict):
    """``households/aid.sql``: one row per aid."""

    aid_id: int
    person_id: int | None
    member_name: str | None
    agency: str
    programme: str
    given_on: date | None
    amount_rm: Decimal | None
    frequency: str | None


class AreaNameRow(TypedDict):
    """``households/area_name.sql``: one row, or none for an unknown code."""

    name: str


class BrowsedRow(TypedDict):
    """``households/browse.sql``: one row per household; total counts all of the filters."""

    household_id: int
    file_no: str
    head_name: str
    status: str
    strata: str
    member_count: int
    income_rm: Decimal
    per_capita_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    district_name: str
    mukim_name: str | None
    visited_on: date | None
    next_review_on: date
    exited_on: date | None
    total: int


class DecisionRow(TypedDict):
    """``households/decisions.sql``: one row per decision."""

    decision_id: int
    effective_on: date
    decided_at: datetime
    decided_by: str
    cause: str
    status: str
    previous_status: str | None
    income_rm: Decimal
    member_count: int
    per_capita_rm: Decimal
    survey_year: int


class DistrictRow(TypedDict):
    """``households/districts.sql``: one row per district, by state and name."""

    code: str
    name: str
    state_name: str


class EditRow(TypedDict):
    """``households/edits.sql``: one row per entry of the audit log."""

    entry_id: int
    at: datetime
    actor: str
    action: str
    before: Any | None
    after: Any | None


class FlagRow(TypedDict):
    """``households/flags.sql``: one row per open flag."""

    flag_id: int
    member_no: int | None
    code: str
    raised_at: datetime


class HouseholdOfRow(TypedDict):
    """``households/household_of.sql``: one row, or none outside the acting user's territory."""

    household_id: int


class PlacedRow(TypedDict):
    """A row of ``households/in_order.sql``."""

    household_id: int
    key: str


class MemberRow(TypedDict):
    """``households/members.sql``: one row per person."""

    person_id: int
    member_no: int
    is_head: bool
    name: str
    id_no: str | None
    id_kind: str | None
    sex: str | None
    birth_date: date | None
    relationship: str
    ethnicity: str | None
    religion: str | None
    marital_status: str | None
    citizen: bool | None
    education_level: str | None
    in_school: bool | None
    skill: str | None
    employment_status: str | None
    disability: str | None
    chronic_illness: str | None
    employment_rm: Decimal
    self_employment_rm: Decimal
    property_rm: Decimal
    transfers_rm: Decimal
    income_rm: Decimal


class MukimRow(TypedDict):
    """``households/mukims.sql``: one row per mukim, by name."""

    code: str
    name: str


class PlaceRow(TypedDict):
    """``households/places.sql``: one row per place."""

    place_id: int
    valid_from: datetime
    changed_by: str
    district_name: str | None
    mukim_name: str | None
    strata: str
    geom_method: str
    geom_accuracy_m: int


class NearRow(TypedDict):
    """``households/places_near.sql``: one row per place, the nearest three."""

    name: str
    away_m: int


class RecordRow(TypedDict):
    """``households/record.sql``: one row, or none outside the acting user's territory."""

    household_id: int
    file_no: str
    version: int
    registered_on: date
    census_date: date | None
    informant: str | None
    updated_at: datetime
    updated_by: str
    state_code: str
    state_name: str
    district_code: str
    district_name: str
    mukim_code: str | None
    mukim_name: str | None
    strata: str
    address: str | None
    village: str | None
    postcode: str | None
    town: str | None
    phone: str | None
    longitude: float
    latitude: float
    geom_method: str
    geom_accuracy_m: int
    computed_district_code: str | None
    computed_district_name: str | None
    computed_mukim_code: str | None
    computed_mukim_name: str | None
    outside_district_m: int | None
    parliament_name: str | None
    dun_name: str | None
    catchment_names: list[str]
    boundary_accuracy_m: int | None
    boundary_source: str | None
    boundary_approximate: bool | None
    proposed_mukim_code: str | None
    proposed_mukim_name: str | None
    proposed_approximate: bool | None
    dwelling_type: str | None
    tenure: str | None
    dwelling_condition: str | None
    room_count: int | None
    toilet: str | None
    water_supply: str | None
    electricity: bool | None
    rubbish_collection: bool | None
    vehicle: str | None
    land_acres: Decimal | None
    head_name: str
    head_sex: str | None
    ethnicity: str
    member_count: int
    income_rm: Decimal
    per_capita_rm: Decimal
    status: str
    gap_rm: Decimal
    visited_on: date | None
    next_review_on: date
    decided_on: date
    survey_year: int
    line_area_code: str
    line_area_name: str
    line_strata: str
    line_effective_from: date | None
    pgk_household_rm: Decimal
    food_household_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    food_household_basis: str
    pgk_per_capita_basis: str
    food_per_capita_basis: str
    rule: str
    vulnerable_below_rm: Decimal | None
    delivery_file: str | None
    delivery_received_on: date | None
    sample: bool | None
    exited_on: date | None
    exit_reason: str | None
    exit_note: str | None
    place_protected: bool


class MatchRow(TypedDict):
    """A row of ``households/search.sql``."""

    household_id: int
    file_no: str
    head_name: str
    status: str
    strata: str
    member_count: int
    income_rm: Decimal
    per_capita_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    district_name: str
    mukim_name: str | None
    visited_on: date | None
    next_review_on: date
    exited_on: date | None
    matched_by: str
    matched_name: str | None
    matched_head: bool | None
    likeness: float
    total: int
    bearers: int
