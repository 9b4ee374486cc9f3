"""The tables of households."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base
from registry.households.indexes import counted_households, counted_members, ordered_indexes, worklist_indexes

STATUSES = ("tegar", "miskin", "mudah_miskin", "terkeluar")
_STATUS_CHECK = f"status IN {STATUSES}"
_STRATA_CHECK = "strata IN ('urban', 'rural')"
_Money = Numeric(14, 2)


class Household(Base):
    """A household as it is known now. The declared area stands; the computed one is kept beside it for comparison.

    ``income_rm`` to ``gap_share`` are worked out from persons, incomes and the line; `ekasih recount` proves it.
    """

    __tablename__ = "household"
    __table_args__ = (
        CheckConstraint(_STATUS_CHECK, name="status"),
        CheckConstraint(_STRATA_CHECK, name="strata"),
        CheckConstraint("member_count > 0", name="member_count"),
        CheckConstraint("(exited_on IS NULL) = (exit_reason IS NULL)", name="exit"),
        UniqueConstraint("file_no"),
        UniqueConstraint("id", "district_code"),
        Index("household_district_code_idx", "district_code", "status", "id"),
        Index("household_mukim_code_idx", "mukim_code", "id"),
        *worklist_indexes(),
        *ordered_indexes(),
        counted_households(),
        Index("household_geom_idx", "geom", postgresql_using="gist"),
        Index("household_catchments_idx", "catchment_codes", postgresql_using="gin"),
        Index("household_phone_key_idx", "phone_key", postgresql_where=text("phone_key IS NOT NULL")),
        Index("household_words_idx", text("address_words(address, village, town, postcode)"), postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_no: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(server_default="1")
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    registered_on: Mapped[date]
    census_date: Mapped[date | None]
    informant: Mapped[str | None] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_by: Mapped[str] = mapped_column(Text)
    state_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    district_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    mukim_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    strata: Mapped[str] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    village: Mapped[str | None] = mapped_column(Text)
    postcode: Mapped[str | None] = mapped_column(Text)
    town: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    phone_key: Mapped[str | None] = mapped_column(Text)
    geom: Mapped[Any] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    geom_method: Mapped[str] = mapped_column(Text)
    geom_accuracy_m: Mapped[int]
    computed_district_code: Mapped[str | None] = mapped_column(Text)
    computed_mukim_code: Mapped[str | None] = mapped_column(Text)
    outside_district_m: Mapped[int | None]
    parliament_code: Mapped[str | None] = mapped_column(Text)
    dun_code: Mapped[str | None] = mapped_column(Text)
    catchment_codes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    # kediaman
    dwelling_type: Mapped[str | None] = mapped_column(Text)
    tenure: Mapped[str | None] = mapped_column(Text)
    dwelling_condition: Mapped[str | None] = mapped_column(Text)
    room_count: Mapped[int | None] = mapped_column(SmallInteger)
    toilet: Mapped[str | None] = mapped_column(Text)
    water_supply: Mapped[str | None] = mapped_column(Text)
    electricity: Mapped[bool | None]
    rubbish_collection: Mapped[bool | None]
    # pemilikan harta
    vehicle: Mapped[str | None] = mapped_column(Text)
    land_acres: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    # of the head and the members
    head_name: Mapped[str] = mapped_column(Text)
    head_sex: Mapped[str | None] = mapped_column(Text)
    ethnicity: Mapped[str] = mapped_column(Text)
    member_count: Mapped[int] = mapped_column(SmallInteger)
    age_0_14: Mapped[int] = mapped_column(SmallInteger)
    age_15_64: Mapped[int] = mapped_column(SmallInteger)
    age_65_over: Mapped[int] = mapped_column(SmallInteger)
    age_unknown: Mapped[int] = mapped_column(SmallInteger)
    # the decision in force
    income_rm: Mapped[Decimal] = mapped_column(_Money)
    per_capita_rm: Mapped[Decimal] = mapped_column(_Money)
    status: Mapped[str] = mapped_column(Text)
    line_id: Mapped[int] = mapped_column(ForeignKey("poverty_line.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("classification_rule.id"))
    gap_rm: Mapped[Decimal] = mapped_column(_Money)
    food_gap_rm: Mapped[Decimal] = mapped_column(_Money)
    gap_share: Mapped[Decimal] = mapped_column(Numeric(9, 6))
    last_visit_on: Mapped[date | None]
    next_review_on: Mapped[date]
    # an exited household stays on record and leaves the counts
    exited_on: Mapped[date | None]
    exit_reason: Mapped[str | None] = mapped_column(Text)


class HouseholdCatchment(Base):
    """In which catchments a household was on which days, so that a closed month tells those of its own time.

    Kept by triggers. It has no reference to the household, so that a merge does not carry it over to the other record.
    """

    __tablename__, __table_args__ = "household_catchment", (Index(None, "code", "household_id"),)

    household_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    from_day: Mapped[date] = mapped_column(primary_key=True)
    until_day: Mapped[date | None]


class Person(Base):
    """A member of a household: the head (KIR, ``relationship = 'KIR'``) or another (AIR)."""

    __tablename__ = "person"
    __table_args__ = (
        ForeignKeyConstraint(
            ["household_id", "district_code"],
            ["household.id", "household.district_code"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        Index(None, "household_id"),
        Index("person_words_idx", text("person_words(name_key, district_code)"), postgresql_using="gin"),
        Index("person_id_no_idx", "id_no", postgresql_where=text("id_no IS NOT NULL")),
        Index("person_birth_date_idx", "birth_date", postgresql_where=text("birth_date IS NOT NULL")),
        counted_members(),
        Index("person_head_idx", "household_id", unique=True, postgresql_where=text("is_head")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger)
    district_code: Mapped[str] = mapped_column(Text)
    member_no: Mapped[int] = mapped_column(SmallInteger)
    is_head: Mapped[bool]
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    id_no: Mapped[str | None] = mapped_column(Text)
    id_kind: Mapped[str | None] = mapped_column(Text)
    sex: Mapped[str | None] = mapped_column(Text)
    birth_date: Mapped[date | None]
    relationship: Mapped[str] = mapped_column(Text)
    ethnicity: Mapped[str | None] = mapped_column(Text)
    religion: Mapped[str | None] = mapped_column(Text)
    marital_status: Mapped[str | None] = mapped_column(Text)
    citizen: Mapped[bool | None]
    education_level: Mapped[str | None] = mapped_column(Text)
    in_school: Mapped[bool | None]
    skill: Mapped[str | None] = mapped_column(Text)
    employment_status: Mapped[str | None] = mapped_column(Text)
    disability: Mapped[str | None] = mapped_column(Text)
    chronic_illness: Mapped[str | None] = mapped_column(Text)


class Income(Base):
    """Monthly income of a person from one source, RM; a source without income has no row."""

    __tablename__ = "income"
    __table_args__ = (
        CheckConstraint("source IN ('employment', 'self_employment', 'property', 'transfers')", name="source"),
        CheckConstraint("amount_rm >= 0", name="amount_rm"),
    )

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    amount_rm: Mapped[Decimal] = mapped_column(_Money)


class AidReceived(Base):
    """Aid that a household reported or an agency recorded."""

    __tablename__ = "aid_received"
    __table_args__ = (Index(None, "household_id"), Index(None, "person_id"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id", ondelete="SET NULL"))
    agency: Mapped[str] = mapped_column(Text)
    programme: Mapped[str] = mapped_column(Text)
    given_on: Mapped[date | None]
    amount_rm: Mapped[Decimal | None] = mapped_column(_Money)
    frequency: Mapped[str | None] = mapped_column(Text)


class StatusDecision(Base):
    """How a household came to its status on a date, with every input, so that it can be worked out again."""

    __tablename__ = "status_decision"
    __table_args__ = (
        CheckConstraint(_STATUS_CHECK, name="status"),
        CheckConstraint(
            "cause IN ('registered', 'income_changed', 'members_changed', 'moved', 'corrected',"
            " 'line_changed', 'rule_changed')", name="cause",
        ),
        Index(None, "household_id", "effective_on", "id"), Index(None, "effective_on"),
        Index(
            "status_decision_changed_idx",
            "district_code",
            "decided_at",
            postgresql_where=text("previous_status <> status"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="CASCADE"))
    effective_on: Mapped[date]
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    decided_by: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    previous_status: Mapped[str | None] = mapped_column(Text)
    income_rm: Mapped[Decimal] = mapped_column(_Money)
    member_count: Mapped[int] = mapped_column(SmallInteger)
    per_capita_rm: Mapped[Decimal] = mapped_column(_Money)
    gap_rm: Mapped[Decimal] = mapped_column(_Money)
    line_id: Mapped[int] = mapped_column(ForeignKey("poverty_line.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("classification_rule.id"))
    state_code: Mapped[str] = mapped_column(Text)
    district_code: Mapped[str] = mapped_column(Text)
    mukim_code: Mapped[str | None] = mapped_column(Text)
    strata: Mapped[str] = mapped_column(Text)


class AreaHistory(Base):
    """Where a household was, from when, and how that was known."""

    __tablename__ = "area_history"
    __table_args__ = (Index(None, "household_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="CASCADE"))
    valid_from: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    changed_by: Mapped[str] = mapped_column(Text)
    state_code: Mapped[str] = mapped_column(Text)
    district_code: Mapped[str] = mapped_column(Text)
    mukim_code: Mapped[str | None] = mapped_column(Text)
    strata: Mapped[str] = mapped_column(Text)
    geom: Mapped[Any] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    geom_method: Mapped[str] = mapped_column(Text)
    geom_accuracy_m: Mapped[int]


class MapSight(Base):
    """The parts of the map that an account has been shown of one area within one minute, as one box."""

    __tablename__ = "map_sight"

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    minute: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    area: Mapped[str] = mapped_column(Text, primary_key=True)
    views: Mapped[int]
    # shown one by one, so that each could be told apart; and how many the fullest view held
    households: Mapped[int]
    most: Mapped[int]
    west: Mapped[float] = mapped_column(Double)
    south: Mapped[float] = mapped_column(Double)
    east: Mapped[float] = mapped_column(Double)
    north: Mapped[float] = mapped_column(Double)


EXIT_REASONS = ("income_rose", "died", "focus_group", "welfare_aid", "remarried", "other")
"""Why a household leaves the counts: the published reasons, with one for what they do not name."""
REQUEST_STATES = ("trial", "waiting", "approved", "refused", "withdrawn", "stale")


class HouseholdVersion(Base):
    """A record as it was from ``valid_from`` on, as it was known from ``known_from`` on.

    The status is not in it: ``status_decision`` keeps that, with the same two times.
    """

    __tablename__ = "household_version"
    __table_args__ = (Index(None, "household_id", "valid_from", "known_from"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="CASCADE"))
    version: Mapped[int]
    valid_from: Mapped[date]
    known_from: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    cause: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)
    snapshot: Mapped[dict[str, Any]]


class ChangeRequest(Base):
    """A change that somebody asks for, or that somebody who may made at once (``direct``).

    ``trial`` is a request that is being tried out: the database lets no transaction end with one.
    """

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint(f"state IN {REQUEST_STATES}", name="state"),
        CheckConstraint(
            "direct OR decided_by IS NULL OR decided_by <> requested_by OR state = 'withdrawn'", name="other"
        ),
        ForeignKeyConstraint(
            ["household_id", "district_code"],
            ["household.id", "household.district_code"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        Index(None, "household_id"),
        Index("change_request_waiting_idx", "district_code", "id", postgresql_where=text("state = 'waiting'")),
        Index(
            "change_request_answered_idx",
            "requested_by",
            "decided_at",
            postgresql_where=text("NOT direct AND decided_at IS NOT NULL"),
        ),
        Index("change_request_trial_idx", "trial_tx", postgresql_where=text("state = 'trial'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger)
    district_code: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]]
    seen_version: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    after: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    effect: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    note: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    direct: Mapped[bool] = mapped_column(server_default=text("false"))
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    requested_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str | None] = mapped_column(Text)
    trial_tx: Mapped[int | None] = mapped_column(BigInteger)


class MemberDeath(Base):
    """A member who was taken out of a household because of a death; ``noted_at`` is when that was entered."""

    __tablename__ = "member_death"
    __table_args__ = (Index(None, "household_id", "noted_at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="CASCADE"))
    member_no: Mapped[int] = mapped_column(SmallInteger)
    noted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    noted_by: Mapped[str] = mapped_column(Text)


class HouseholdExit(Base):
    """An exit of a household, and its undoing if it was undone: what closed months count by."""

    __tablename__ = "household_exit"
    __table_args__ = (
        CheckConstraint(f"reason IN {EXIT_REASONS}", name="reason"),
        Index("household_exit_household_id_idx", "household_id"), Index(None, "exited_on"),
        Index("household_exit_undone_on_idx", "undone_on", postgresql_where=text("undone_on IS NOT NULL")),
        Index("household_exit_open_idx", "household_id", unique=True, postgresql_where=text("undone_on IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="CASCADE"))
    exited_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)
    undone_on: Mapped[date | None]
    undone_by: Mapped[str | None] = mapped_column(Text)
    undone_note: Mapped[str | None] = mapped_column(Text)
