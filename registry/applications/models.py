"""The tables of applications for aid."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Numeric,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE, JSONB, Range
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

CHANNELS: Final = ("kaunter", "telefon", "lawatan", "wakil_rakyat", "agensi")
"""How an application came: at a counter, by telephone, on a visit, through a representative, through an agency."""
STATES: Final = (
    "draf", "diterima", "tidak_lengkap", "disemak", "diluluskan", "dalam_bayaran", "diserah", "selesai", "ditolak",
    "dirayu", "ditolak_muktamad", "dibatalkan", "ditarik", "luput",
)  # fmt: skip
OPEN_STATES: Final = (
    "draf", "diterima", "tidak_lengkap", "disemak", "diluluskan", "dalam_bayaran", "diserah", "dirayu",
)  # fmt: skip
"""States that somebody still has to do something about; a household has one application for a kind in them."""
_OPEN: Final = text("state IN ('" + "', '".join(OPEN_STATES) + "')")
_Money = Numeric(14, 2)


class AidTransition(Base):
    """A step that may be taken: from which state to which, by whom, and what it needs.

    ``own_agency``: by somebody of the agency that decides, else by whoever the household may come to. ``not_by`` names
    earlier steps whose actors may not take this one, ``*`` all of them; ``only_by`` a step whose actor alone may.
    """

    __tablename__ = "aid_transition"

    action: Mapped[str] = mapped_column(Text, primary_key=True)
    from_state: Mapped[str] = mapped_column(Text, primary_key=True)
    to_state: Mapped[str] = mapped_column(Text)
    permission: Mapped[str] = mapped_column(Text)
    own_agency: Mapped[bool] = mapped_column(server_default=text("false"))
    needs_reason: Mapped[bool] = mapped_column(server_default=text("false"))
    codes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    not_by: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    only_by: Mapped[str | None] = mapped_column(Text)


class AidApplication(Base):
    """An application. ``state`` moves only through :class:`AidStep`.

    ``asked_by`` says who asks where it is not the head of the household; ``for_name`` is who is to be aided, as the
    record had it on the day. ``verdict`` says which conditions of the list ``conditions_id`` held when it was sent in
    or routed to another kind; it bars nothing. ``due_on``: by when the next step is to be taken.
    """

    __tablename__ = "aid_application"
    __table_args__ = (
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("amount_asked_rm > 0", name="amount_asked_rm"),
        CheckConstraint("amount_rm > 0", name="amount_rm"),
        CheckConstraint("head_present OR asked_by <> ''", name="asked_by"),
        # what the bank sent back opens again beside a newer one
        Index("aid_application_one_open_idx", "household_id", text("coalesce(person_id, 0)"), "kind_id", unique=True,
              postgresql_where=text(f"{_OPEN} AND NOT paid_back")),
        # what is open, by the day a step is due: of the country, a district, an agency, its office, who opened it
        Index("aid_application_due_idx", "state", "due_on", "id", postgresql_where=_OPEN),
        Index("aid_application_district_due_idx", "district_code", "state", "due_on", "id", postgresql_where=_OPEN),
        Index("aid_application_agency_due_idx", "agency_id", "state", "due_on", "id", postgresql_where=_OPEN),
        Index("aid_application_office_due_idx", "agency_id", text("coalesce(office_code, '')"), "state", "due_on", "id",
              postgresql_where=_OPEN),
        Index("aid_application_opened_agency_due_idx", "opened_agency_id", "state", "due_on", "id",
              postgresql_where=_OPEN),
        Index("aid_application_own_due_idx", "opened_by", "due_on", "id",
              postgresql_where=text("state IN ('draf', 'tidak_lengkap')")),
        Index("aid_application_kind_due_idx", "kind_id", "state", "due_on", "id"),
        Index("aid_application_override_asked_idx", "district_code", "due_on", "id",
              postgresql_where=text("override_asked")),
        Index(None, "agency_id", "state", "state_since", "id"),
        Index(None, "agency_id", "id"),
        Index(None, "district_code", "state", "state_since", "id"),
        Index(None, "household_id"),
        Index(None, "person_id", postgresql_where=text("person_id IS NOT NULL")),
        Index("aid_application_catchments_idx", "catchment_codes", postgresql_using="gin"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, Computed("'B' || lpad(id::text, 8, '0')", persisted=True), unique=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id"))
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id", ondelete="SET NULL"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("aid_kind.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    office_code: Mapped[str | None] = mapped_column(ForeignKey("office.code"))
    district_code: Mapped[str] = mapped_column(Text)
    catchment_codes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    channel: Mapped[str] = mapped_column(Text)
    head_present: Mapped[bool]
    asked_by: Mapped[str] = mapped_column(Text, server_default=text("''"))
    asked_relation: Mapped[str] = mapped_column(Text, server_default=text("''"))
    asked_phone: Mapped[str] = mapped_column(Text, server_default=text("''"))
    for_name: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text, server_default=text("''"))
    amount_asked_rm: Mapped[Decimal] = mapped_column(_Money)
    asked_period: Mapped[Range[date] | None] = mapped_column(DATERANGE)
    amount_rm: Mapped[Decimal | None] = mapped_column(_Money)
    period: Mapped[Range[date] | None] = mapped_column(DATERANGE)
    state: Mapped[str] = mapped_column(Text, server_default=text("'draf'"))
    state_since: Mapped[date] = mapped_column(server_default=func.current_date())
    due_on: Mapped[date | None]
    conditions_id: Mapped[int | None] = mapped_column(ForeignKey("aid_conditions.id"))
    verdict: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    outside_target: Mapped[bool | None]
    submitted_version: Mapped[int | None]
    decided_version: Mapped[int | None]
    commit_year: Mapped[int | None]
    line_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("aid_line.id"))
    # whether leave to overlap other aid is asked for, and the leave that was given
    override_asked: Mapped[bool] = mapped_column(server_default=text("false"))
    override_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("aid_override.id"))
    # whether the bank sent back what was paid
    paid_back: Mapped[bool] = mapped_column(server_default=text("false"))
    opened_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class AidStep(Base):
    """A step of an application: adding one is the only way to move it, and the database refuses what is not allowed.

    What the adder gives is ``application_id``, ``action`` and what belongs to the step: ``code``, ``reason``,
    ``amount_rm``, ``period``, ``kind_id``, ``detail``; who, when, from and to are the database's.
    """

    __tablename__ = "aid_step"
    __table_args__ = (UniqueConstraint("application_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    application_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("aid_application.id", ondelete="CASCADE"))
    action: Mapped[str] = mapped_column(Text)
    from_state: Mapped[str] = mapped_column(Text, server_default=text("''"))
    to_state: Mapped[str] = mapped_column(Text, server_default=text("''"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    actor: Mapped[str] = mapped_column(Text, server_default=text("''"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    # the version of the application that was on the screen
    seen_version: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    amount_rm: Mapped[Decimal | None] = mapped_column(_Money)
    period: Mapped[Range[date] | None] = mapped_column(DATERANGE)
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("aid_kind.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
