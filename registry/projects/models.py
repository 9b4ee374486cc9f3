"""The tables of projects: their types as data, contractors, each project with its plans, reports and steps."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

GEOMETRIES: Final = ("titik", "poligon", "mana")
"""What a project of a type is on the map: a point, a polygon, either."""
LINKS: Final = ("satu", "banyak", "tiada", "mana")
"""How many households a project of a type is for: one, several, none, as it comes."""
DAMAGES: Final = ("boleh_dibaiki", "tidak_boleh_dibaiki")
SHAPES: Final = ("bulat", "segi_empat", "segi_tiga", "berlian", "segi_enam", "silang")
CHECKS: Final = ("status", "kawasan", "bertanah", "bukan_setinggan", "bukan_sewa", "keperluan_bebas")
"""What may be asked of a household before it has a project; data of a type names those that are."""
DOCUMENTS: Final = (
    "kad_pengenalan", "bukti_tanah", "kebenaran_pemilik", "bil_utiliti", "gambar_rumah", "sebut_harga",
)  # fmt: skip
PHASES: Final = ("sebelum", "semasa", "selepas")
METHODS: Final = ("peta", "ditaip", "gps", "rekod")
"""How a place came to be known: drawn on the map, typed, by GPS, from the household's record."""
STATES: Final = (
    "dipohon", "disemak", "disahkan_kos", "dihantar_kpkt", "diperakukan", "dalam_pelaksanaan", "digantung", "siap",
    "ditolak", "dibatalkan",
)  # fmt: skip
UNDER_WAY: Final = ("dalam_pelaksanaan", "digantung")
REPORT_STATES: Final = ("dihantar", "diterima", "ditolak")
_Money = Numeric(14, 2)


class ProjectType(Base):
    """A type of project: what it is on the map, whom it is for, which need it meets, what is asked of it.

    ``kind_code``: the kind of aid, of a programme of the office's agency, that its claim is made as.
    """

    __tablename__ = "project_type"
    __table_args__ = (
        CheckConstraint(f"geometry IN {GEOMETRIES}", name="geometry"),
        CheckConstraint(f"households IN {LINKS}", name="households"),
        CheckConstraint(f"damage IN {DAMAGES}", name="damage"),
        CheckConstraint(f"shape IN {SHAPES}", name="shape"),
        CheckConstraint("code ~ '^[a-z][a-z0-9_]{1,39}$'", name="code"),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    geometry: Mapped[str] = mapped_column(Text)
    households: Mapped[str] = mapped_column(Text)
    need_code: Mapped[str | None] = mapped_column(ForeignKey("aid_need.code"))
    kind_code: Mapped[str | None] = mapped_column(Text)
    checks: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    damage: Mapped[str | None] = mapped_column(Text)
    documents: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    photos: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    shape: Mapped[str] = mapped_column(Text, server_default=text("'bulat'"))
    active: Mapped[bool] = mapped_column(server_default=text("true"))


class ProjectTypeMilestone(Base):
    """A milestone of a type in its order; the weights of a type sum to 100 at every commit."""

    __tablename__ = "project_type_milestone"
    __table_args__ = (CheckConstraint("weight > 0", name="weight"),)

    type_code: Mapped[str] = mapped_column(ForeignKey("project_type.code"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    weight: Mapped[Decimal] = mapped_column(Numeric(5, 2))


class ProjectRate(Base):
    """The most that a project of a type may cost, RM, from a day; one without a day is history, and never in force."""

    __tablename__ = "project_rate"
    __table_args__ = (
        CheckConstraint("from_date <= until_date", name="days"),
        CheckConstraint("from_date IS NOT NULL OR until_date IS NULL", name="history"),
        CheckConstraint("ceiling_rm > 0", name="ceiling_rm"),
        ExcludeConstraint(
            ("type_code", "="),
            (func.daterange(text("from_date"), text("until_date"), text("'[]'")), "&&"),
            name="project_rate_days_apart",
            using="gist",
            where=text("from_date IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    type_code: Mapped[str] = mapped_column(ForeignKey("project_type.code"))
    from_date: Mapped[date | None]
    until_date: Mapped[date | None]
    ceiling_rm: Mapped[Decimal] = mapped_column(_Money)
    source: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Contractor(Base):
    """Who carries out projects of an agency; no score is kept of them."""

    __tablename__ = "contractor"
    __table_args__ = (UniqueConstraint("agency_id", "registration_no"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(Text)
    registration_no: Mapped[str] = mapped_column(Text)
    grade: Mapped[str] = mapped_column(Text, server_default=text("''"))
    contact: Mapped[str] = mapped_column(Text, server_default=text("''"))
    made_by: Mapped[str] = mapped_column(Text)
    sample: Mapped[bool] = mapped_column(server_default=text("false"))


class ProjectTransition(Base):
    """A step of a project that there is: from which state to which, by whom, and what it needs.

    ``not_by`` names earlier steps whose actors may not take this one.
    """

    __tablename__ = "project_transition"

    action: Mapped[str] = mapped_column(Text, primary_key=True)
    from_state: Mapped[str] = mapped_column(Text, primary_key=True)
    to_state: Mapped[str] = mapped_column(Text)
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    needs_reason: Mapped[bool] = mapped_column(server_default=text("false"))
    not_by: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))


class Project(Base):
    """A project. ``state`` moves only through :class:`ProjectStep`.

    ``checks`` says what was asked of its household when it was opened, what held, and the household's own value.
    ``committed_rm`` is what was committed when it was agreed to; ``sum_rm`` the sum of its contract, as varied.
    """

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"place_method IN {METHODS}", name="place_method"),
        CheckConstraint("(place IS NULL) = (place_method IS NULL)", name="place"),
        CheckConstraint("estimate_rm > 0", name="estimate_rm"),
        CheckConstraint("cost_rm > 0", name="cost_rm"),
        CheckConstraint("sum_rm > 0", name="sum_rm"),
        CheckConstraint("sick IN ('disahkan', 'ditolak')", name="sick"),
        Index(None, "agency_id", "office_code", "state", "id"),
        Index(None, "district_code", "state", "id"),
        Index(None, "contractor_id", postgresql_where=text("contractor_id IS NOT NULL")),
        Index("project_place_idx", "place", postgresql_using="gist"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, Computed("'P' || lpad(id::text, 8, '0')", persisted=True), unique=True)
    type_code: Mapped[str] = mapped_column(ForeignKey("project_type.code"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    office_code: Mapped[str] = mapped_column(ForeignKey("office.code"))
    programme_code: Mapped[str] = mapped_column(ForeignKey("aid_programme.code"))
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("aid_kind.id"))
    title: Mapped[str] = mapped_column(Text)
    district_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    place: Mapped[Any | None] = mapped_column(Geometry("GEOMETRY", srid=4326, spatial_index=False))
    place_method: Mapped[str | None] = mapped_column(Text)
    place_accuracy_m: Mapped[int | None]
    placed_by: Mapped[str | None] = mapped_column(Text)
    placed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    application_no: Mapped[str | None] = mapped_column(Text)
    minutes_no: Mapped[str] = mapped_column(Text, server_default=text("''"))
    checks: Mapped[Any] = mapped_column(server_default=text("'[]'"))
    documents: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    estimate_rm: Mapped[Decimal] = mapped_column(_Money)
    cost_rm: Mapped[Decimal | None] = mapped_column(_Money)
    committed_rm: Mapped[Decimal | None] = mapped_column(_Money)
    commit_year: Mapped[int | None]
    contractor_id: Mapped[int | None] = mapped_column(ForeignKey("contractor.id"))
    sum_rm: Mapped[Decimal | None] = mapped_column(_Money)
    list_no: Mapped[str | None] = mapped_column(Text)
    list_day: Mapped[date | None]
    override_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("aid_override.id"))
    # whether completion was told and waits for somebody else, and the words on which it rests
    completion: Mapped[Any | None]
    sick: Mapped[str | None] = mapped_column(Text)
    sick_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(Text, server_default=text("'dipohon'"))
    state_since: Mapped[date] = mapped_column(server_default=func.current_date())
    finished_on: Mapped[date | None]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
    sample: Mapped[bool] = mapped_column(server_default=text("false"))


class ProjectHousehold(Base):
    """A household that a project is for."""

    __tablename__ = "project_household"
    __table_args__ = (UniqueConstraint("project_id", "household_id"), Index(None, "household_id"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("project.id"))
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id"))


class ProjectPerson(Base):
    """Who a project is for while they are not in the register; joined once they have a record."""

    __tablename__ = "project_person"
    __table_args__ = (
        CheckConstraint("btrim(name) <> '' AND btrim(address) <> ''", name="known"),
        CheckConstraint("(joined_by IS NULL) = (joined_at IS NULL)", name="joined"),
    )

    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("project.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    joined_by: Mapped[str | None] = mapped_column(Text)
    joined_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ProjectMilestone(Base):
    """A milestone of a project, as its type had it when it was opened."""

    __tablename__ = "project_milestone"

    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("project.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    weight: Mapped[Decimal] = mapped_column(Numeric(5, 2))


class ProjectPlan(Base):
    """A version of a project's plan: the days of its milestones in their order. The first stays on the chart."""

    __tablename__ = "project_plan"
    __table_args__ = (CheckConstraint("cardinality(begins) = cardinality(ends)", name="days"),)

    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("project.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    begins: Mapped[list[date]] = mapped_column(ARRAY(Date))
    ends: Mapped[list[date]] = mapped_column(ARRAY(Date))
    # of an extension of time: its number and why
    reference: Mapped[str] = mapped_column(Text, server_default=text("''"))
    reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class ProjectReport(Base):
    """How much of each milestone, percent, was done on a day; it counts once somebody else has accepted it."""

    __tablename__ = "project_report"
    __table_args__ = (
        CheckConstraint(f"state IN {REPORT_STATES}", name="state"),
        CheckConstraint("point_source IN ('gps', 'typed')", name="point_source"),
        UniqueConstraint("client_key"),
        Index(None, "project_id", "day", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("project.id"))
    day: Mapped[date]
    shares: Mapped[list[Decimal]] = mapped_column(ARRAY(Numeric(5, 2)))
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))
    # why less is done than the report before told
    reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
    state: Mapped[str] = mapped_column(Text, server_default=text("'dihantar'"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    judged_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    judged_reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
    # of a visit to the site: the device's own name for it, when it was and where
    client_key: Mapped[UUID | None]
    visited_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    accuracy_m: Mapped[int | None]
    point_source: Mapped[str | None] = mapped_column(Text)


class ProjectPhoto(Base):
    """A photograph of a project: its file holds pixels alone, its day and place stand here."""

    __tablename__ = "project_photo"
    __table_args__ = (
        CheckConstraint(f"phase IN {PHASES}", name="phase"),
        UniqueConstraint("client_key"),
        UniqueConstraint("name"),
        Index(None, "project_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("project.id"))
    client_key: Mapped[UUID]
    phase: Mapped[str] = mapped_column(Text)
    # of which milestone, where it was taken meanwhile
    position: Mapped[int | None] = mapped_column(SmallInteger)
    day: Mapped[date]
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    bytes: Mapped[int]
    added_by: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class ProjectDefect(Base):
    """Something wrong with the work, and when it was mended."""

    __tablename__ = "project_defect"
    __table_args__ = (CheckConstraint("mended_on >= noted_on", name="days"), Index(None, "project_id", "id"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("project.id"))
    noted_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    noted_by: Mapped[str] = mapped_column(Text)
    mended_on: Mapped[date | None]
    mended_words: Mapped[str] = mapped_column(Text, server_default=text("''"))
    mended_by: Mapped[str | None] = mapped_column(Text)


class ProjectStep(Base):
    """A step that a project has taken: who, when, from where to where, with what."""

    __tablename__ = "project_step"
    __table_args__ = (Index(None, "project_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("project.id"))
    action: Mapped[str] = mapped_column(Text)
    from_state: Mapped[str] = mapped_column(Text)
    to_state: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    actor: Mapped[str] = mapped_column(Text)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
