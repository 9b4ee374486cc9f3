"""The tables of what was given. What a family itself told the census stays apart, in ``aid_received``."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Numeric,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

OVERRIDE_REASONS: Final = ("bencana", "tambahan_dirancang", "keperluan_lain", "gabungan_rekod")
ORIGINS: Final = ("delivery", "payment", "handover")
FATES: Final = ("held", "rejected", "accepted", "refused")
"""What became of a row that was not taken at once: it waits, came back, or an officer took or refused it."""
FINDINGS: Final = ("false_match", "agreed", "disputed", "confirmed")
_Money = Numeric(14, 2)


class AidDelivery(Base):
    """A delivery of aid already given; ``content_key`` is a digest of its cells, whatever file they came in."""

    __tablename__ = "aid_delivery"
    __table_args__ = (
        UniqueConstraint("agency_id", "number"),
        Index(None, "upload_id", postgresql_where=text("upload_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    number: Mapped[str] = mapped_column(Text)
    content_key: Mapped[bytes] = mapped_column(LargeBinary)
    folder: Mapped[str] = mapped_column(Text)
    made_on: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    received_by: Mapped[str] = mapped_column(Text)
    report: Mapped[dict[str, Any]]
    sample: Mapped[bool] = mapped_column(server_default=text("false"))
    # the upload that it came in, where it was sent on screen
    upload_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("delivery_upload.id"))


class AidSending(Base):
    """Lines that a program sent under its own number; ``line_references``: the agency's numbers, in their order."""

    __tablename__ = "aid_sending"
    __table_args__ = (
        UniqueConstraint("agency_id", "number"),
        Index(None, "upload_id", postgresql_where=text("upload_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    number: Mapped[str] = mapped_column(Text)
    content_key: Mapped[bytes] = mapped_column(LargeBinary)
    line_references: Mapped[list[str]] = mapped_column(ARRAY(Text))
    # what it came in as; none once that was taken away
    upload_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("delivery_upload.id", ondelete="SET NULL"))
    sent_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id"))
    sent_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AidLine(Base):
    """One act of giving. Never changed and never deleted; what took it back is a row of :class:`AidReversal`.

    ``person_id`` is who was aided, or through whom the household was found. ``outside_target``: the conditions of the
    programme did not hold, by the record as it stood when the line was judged.
    """

    __tablename__ = "aid_line"
    __table_args__ = (
        CheckConstraint("amount_rm > 0", name="amount_rm"),
        CheckConstraint(f"origin IN {ORIGINS}", name="origin"),
        CheckConstraint("NOT isempty(period) AND NOT lower_inf(period)", name="period"),
        UniqueConstraint("agency_id", "reference"),
        Index(None, "household_id", "day"),
        Index(None, "person_id", postgresql_where=text("person_id IS NOT NULL")),
        Index(None, "kind_id", "day"),
        Index(None, "delivery_id", postgresql_where=text("delivery_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    reference: Mapped[str] = mapped_column(Text)
    kind_id: Mapped[int] = mapped_column(ForeignKey("aid_kind.id"))
    need_code: Mapped[str] = mapped_column(ForeignKey("aid_need.code"))
    # no cascade: what has aid is merged, never dropped
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id"))
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id", ondelete="SET NULL"))
    day: Mapped[date]
    period: Mapped[Range[date]] = mapped_column(DATERANGE)
    amount_rm: Mapped[Decimal] = mapped_column(_Money)
    quantity: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))
    origin: Mapped[str] = mapped_column(Text)
    application_no: Mapped[str | None] = mapped_column(Text)
    outside_target: Mapped[bool] = mapped_column(server_default=text("false"))
    # of a delivery
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("aid_delivery.id"))
    row_no: Mapped[int | None]
    content_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    warnings: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    recorded_by: Mapped[str] = mapped_column(Text)


class AidReversal(Base):
    """What takes a line of aid back."""

    __tablename__ = "aid_reversal"
    __table_args__ = (UniqueConstraint("agency_id", "reference"),)

    line_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("aid_line.id"), primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    reference: Mapped[str] = mapped_column(Text)
    day: Mapped[date]
    amount_rm: Mapped[Decimal] = mapped_column(_Money)
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("aid_delivery.id"))
    row_no: Mapped[int | None]
    content_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    recorded_by: Mapped[str] = mapped_column(Text)


class AidRow(Base):
    """A row of a delivery that was held or rejected: in no total. ``given`` are its cells as they came.

    ``household_id`` and ``person_id`` are whom it was taken for, if anybody; ``district_code`` is whose officers settle
    it, ``state_code`` where no district is known.
    """

    __tablename__ = "aid_row"
    __table_args__ = (
        CheckConstraint(f"fate IN {FATES}", name="fate"),
        UniqueConstraint("delivery_id", "row_no"),
        Index(
            "aid_row_reference_idx",
            "agency_id",
            "reference",
            unique=True,
            postgresql_where=text("fate IN ('held', 'accepted')"),
        ),
        Index("aid_row_held_idx", "district_code", "id", postgresql_where=text("fate = 'held'")),
        Index(None, "household_id", postgresql_where=text("household_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("aid_delivery.id"))
    row_no: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    reference: Mapped[str] = mapped_column(Text)
    content_key: Mapped[bytes] = mapped_column(LargeBinary)
    fate: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    given: Mapped[dict[str, Any]]
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("aid_kind.id"))
    household_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("household.id"))
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id", ondelete="SET NULL"))
    state_code: Mapped[str | None] = mapped_column(Text)
    district_code: Mapped[str | None] = mapped_column(Text)
    # as read, where its form was right: what it would give
    reversal: Mapped[bool] = mapped_column(server_default=text("false"))
    day: Mapped[date | None]
    period: Mapped[Range[date] | None] = mapped_column(DATERANGE)
    amount_rm: Mapped[Decimal | None] = mapped_column(_Money)
    quantity: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))
    warnings: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    settled_reason: Mapped[str | None] = mapped_column(Text)


class AidOverride(Base):
    """Why one claim may stand beside another that it overlaps; seen by both agencies every month."""

    __tablename__ = "aid_override"
    __table_args__ = (
        CheckConstraint(f"reason IN {OVERRIDE_REASONS}", name="reason"),
        CheckConstraint(
            r"reason = 'gabungan_rekod' OR length(regexp_replace(words, '[^[:alpha:]]', '', 'g')) >= 20", name="words"
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    evidence_no: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AidClaim(Base):
    """A need of a household (or person) that is met for some days: nobody else meets an exclusive one on these days."""

    __tablename__ = "aid_claim"
    __table_args__ = (
        CheckConstraint("NOT isempty(period) AND NOT lower_inf(period)", name="period"),
        ExcludeConstraint(
            ("household_id", "="),
            ("need_code", "="),
            ("person_key", "="),
            ("period", "&&"),
            name="aid_claim_met_once",
            using="gist",
            where=text("exclusive AND override_id IS NULL AND ended_at IS NULL"),
        ),
        UniqueConstraint("line_id"),
        UniqueConstraint("override_id"),
        Index(None, "household_id"),
        Index("aid_claim_application_idx", "application_no", postgresql_where=text("application_no IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id"))
    # who, for a kind given to persons; empty for a kind given to households
    person_key: Mapped[str] = mapped_column(Text, server_default="")
    need_code: Mapped[str] = mapped_column(ForeignKey("aid_need.code"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("aid_kind.id"))
    exclusive: Mapped[bool]
    period: Mapped[Range[date]] = mapped_column(DATERANGE)
    line_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("aid_line.id"))
    application_no: Mapped[str | None] = mapped_column(Text)
    override_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("aid_override.id"))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class AidPair(Base):
    """Double aid that was found: what stood, and what ran into it, as both were known then; and how it was settled."""

    __tablename__ = "aid_pair"
    __table_args__ = (
        CheckConstraint(f"finding IN {FINDINGS}", name="finding"),
        UniqueConstraint("standing_claim_id", "row_id"),
        UniqueConstraint("standing_claim_id", "application_no"),
        Index(None, "household_id"),
        Index(None, "row_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    found_on: Mapped[date] = mapped_column(server_default=func.current_date())
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id"))
    file_no: Mapped[str] = mapped_column(Text)
    district_code: Mapped[str] = mapped_column(Text)
    need_code: Mapped[str] = mapped_column(ForeignKey("aid_need.code"))
    standing_claim_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("aid_claim.id"))
    standing_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    standing_reference: Mapped[str] = mapped_column(Text)
    # the row that is held, or the application; neither where a merge of two records brought it to light
    row_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("aid_row.id"))
    application_no: Mapped[str | None] = mapped_column(Text)
    other_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    other_reference: Mapped[str] = mapped_column(Text)
    finding: Mapped[str | None] = mapped_column(Text)
    settled_by: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class AidEffect(Base):
    """Whether a programme helped those whose first line of it was in a window; what everybody may be told of it."""

    __tablename__ = "aid_effect"

    programme_id: Mapped[int] = mapped_column(ForeignKey("aid_programme.id"), primary_key=True, autoincrement=False)
    begins: Mapped[date] = mapped_column(primary_key=True)
    ends: Mapped[date]
    measured_on: Mapped[date]
    figures: Mapped[dict[str, Any]]


class ProtectedPlace(Base):
    """A household whose place is protected: other agencies learn that a need is met, never by whom or where."""

    __tablename__ = "protected_place"

    # no key to the household: the mark outlives a merge and its undoing
    household_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(Text)
    marked_by: Mapped[str] = mapped_column(Text)
    marked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
