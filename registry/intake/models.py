"""The tables of what the public sends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

KINDS: Final = ("daftar", "maklum")
OPEN: Final = ("baru", "luar_kawasan", "disaring")
"""States in which somebody still has to decide; ``luar_kawasan`` is one that another district handed over."""
STATES: Final = (
    *OPEN, "ditukar", "digabung", "spam", "tarik_balik", "kes_dibuka", "sudah_berdaftar", "tidak_ditemui", "palsu",
)  # fmt: skip
TELLERS: Final = (
    "kir",
    "ahli",
    "keluarga",
    "jiran",
    "ketua_kampung",
    "wakil_rakyat",
    "ngo",
    "guru",
    "lain",
    "awam",
    "ketua_komuniti",
)
"""Who sends: of the family, a representative, anybody of a notice, a community leader with an account."""
KNOWS: Final = ("ya", "tidak", "tidak_pasti")
_CODE: Final = "[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"
_WAITS: Final = text(f"main_id IS NULL AND state IN {OPEN}")
_OVER: Final = text("erased_on IS NULL AND state IN ('spam', 'palsu', 'tarik_balik')")


class Intake(Base):
    """A form that was sent: a registration or a notice. ``state`` moves only through ``step_intake()``.

    ``main_id`` is the one that this one says again: the two are one piece of work. ``told`` counts how often it was
    said. ``looked_at`` is when the register was searched for the family, ``moved_on`` the day that a sender is shown.
    An erased one keeps its days and nothing of anybody.
    """

    __tablename__ = "intake"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(
            f"reference ~ '^[DP]-{_CODE}$' AND (left(reference, 1) = 'D') = (kind = 'daftar')", name="reference"
        ),
        CheckConstraint("octet_length(secret_key) = 32", name="secret_key"),
        CheckConstraint("length(answers::text) <= 8000 AND answers::text !~ '[0-9]{12}'", name="answers"),
        CheckConstraint("id_no ~ '^[0-9A-Z]{1,20}$'", name="id_no"),
        CheckConstraint("phone ~ '^[0-9+() -]{7,20}$'", name="phone"),
        CheckConstraint("ST_X(geom) BETWEEN 99 AND 120", name="east"),
        CheckConstraint("ST_Y(geom) BETWEEN 0 AND 8", name="north"),
        CheckConstraint("main_id <> id", name="main_id"),
        CheckConstraint(
            "erased_on IS NULL OR answers = '{}' AND num_nonnulls(name_key, place_key, id_no, phone, geom) = 0",
            name="erased",
        ),
        Index(None, "reference", unique=True),
        Index("intake_waits_idx", "district_code", text("(NOT urgent)"), "due_on", "id", postgresql_where=_WAITS),
        Index("intake_closed_idx", "district_code", text("moved_on DESC"), text("id DESC"),
              postgresql_where=text(f"main_id IS NULL AND state NOT IN {OPEN}")),
        Index("intake_unseen_idx", "id", postgresql_where=text("looked_at IS NULL")),
        Index("intake_name_idx", "district_code", "name_key", postgresql_where=text("name_key IS NOT NULL")),
        Index("intake_place_idx", "district_code", "place_key", postgresql_where=text("place_key IS NOT NULL")),
        Index(None, "id_no", postgresql_where=text("id_no IS NOT NULL")),
        Index(None, "phone_key", postgresql_where=text("phone_key IS NOT NULL")),
        Index("intake_geom_idx", "geom", postgresql_using="gist", postgresql_where=text("geom IS NOT NULL")),
        Index(None, "main_id", postgresql_where=text("main_id IS NOT NULL")),
        Index(None, "case_id", postgresql_where=text("case_id IS NOT NULL")),
        Index(None, "household_id", postgresql_where=text("household_id IS NOT NULL")),
        Index("intake_over_idx", "moved_on", postgresql_where=_OVER),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    reference: Mapped[str] = mapped_column(Text)
    secret_key: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default=text("'baru'"))
    district_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    mukim_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    urgent: Mapped[bool] = mapped_column(server_default=text("false"))
    answers: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    marks: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    name_key: Mapped[str | None] = mapped_column(Text)
    place_key: Mapped[str | None] = mapped_column(Text)
    id_no: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    phone_key: Mapped[str | None] = mapped_column(Text)
    geom: Mapped[Any | None] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    main_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("intake.id"))
    told: Mapped[int] = mapped_column(server_default=text("1"))
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("case_file.id", ondelete="SET NULL"))
    household_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="SET NULL"))
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    sent_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    looked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    due_on: Mapped[date]
    moved_on: Mapped[date] = mapped_column(server_default=func.current_date())
    erased_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class IntakeTeller(Base):
    """Who sent a form, apart from it: of a notice only the officer who works on it is told, and only until it closes.

    ``account`` is a community leader who sent it signed in.
    """

    __tablename__ = "intake_teller"
    __table_args__ = (
        CheckConstraint(f"who IN {TELLERS}", name="who"),
        CheckConstraint(f"knows IN {KNOWS}", name="knows"),
        CheckConstraint("length(name) BETWEEN 1 AND 120", name="name"),
        CheckConstraint("phone ~ '^[0-9+() -]{7,20}$'", name="phone"),
        Index(None, "phone_key", postgresql_where=text("phone_key IS NOT NULL")),
        Index(None, "account", text("intake_id DESC"), postgresql_where=text("account IS NOT NULL")),
    )

    intake_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("intake.id", ondelete="CASCADE"), primary_key=True)
    who: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    phone_key: Mapped[str | None] = mapped_column(Text)
    knows: Mapped[str | None] = mapped_column(Text)
    account: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))


class IntakeCandidate(Base):
    """A household, an open case or another form that a form may be about, with the reasons as codes."""

    __tablename__ = "intake_candidate"
    __table_args__ = (
        CheckConstraint("num_nonnulls(household_id, case_id, other_id) = 1", name="one"),
        Index(None, "intake_id"),
        Index(None, "household_id", postgresql_where=text("household_id IS NOT NULL")),
        Index(None, "case_id", postgresql_where=text("case_id IS NOT NULL")),
        Index(None, "other_id", postgresql_where=text("other_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    intake_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("intake.id", ondelete="CASCADE"))
    household_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="CASCADE"))
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("case_file.id", ondelete="CASCADE"))
    other_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("intake.id", ondelete="CASCADE"))
    district_code: Mapped[str] = mapped_column(Text)
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text))


class IntakeStep(Base):
    """What was done with a form, one after the other. Only added to."""

    __tablename__ = "intake_step"
    __table_args__ = (Index(None, "intake_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    intake_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("intake.id", ondelete="CASCADE"))
    action: Mapped[str] = mapped_column(Text)
    to_state: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
