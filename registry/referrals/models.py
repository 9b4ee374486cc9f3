"""The tables of referrals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

STATES: Final = ("dihantar", "diterima", "dijawab", "ditutup", "ditolak")
COMPONENTS: Final = (
    "pengenalan", "hubungan", "peribadi", "lokasi", "kediaman", "pendidikan", "pekerjaan", "harta", "kesihatan",
    "pendapatan", "bantuan",
)  # fmt: skip
"""What of a household may be handed over, by name; nothing goes along that is not named."""
PROJECT_COMPONENTS: Final = ("projek", "tempat", "kemajuan", "kos", "kontraktor", "penerima")
"""What of a project may be handed over, by name."""
ABOUT: Final = ("isi_rumah", "projek", "kawasan")
DECISIONS: Final = ("setuju", "tidak", "sudah_dibantu", "perlu_maklumat")
_OPEN: Final = text("state IN ('dihantar', 'diterima')")
_KNOWN: Final = (
    f"components <@ CASE WHEN project_id IS NULL THEN ARRAY{list(COMPONENTS)}::text[] "
    f"ELSE ARRAY{list(PROJECT_COMPONENTS)}::text[] END"
)
_ABOUT: Final = (
    "CASE WHEN household_id IS NOT NULL THEN 'isi_rumah' WHEN project_id IS NOT NULL THEN 'projek' ELSE 'kawasan' END"
)
_PARTY: Final = "^(pejabat|agensi|daerah|negeri|negara):[A-Za-z0-9_.-]{1,40}$"


class ReferralTransition(Base):
    """A step that may be taken: by which side, and what it needs. ``codes`` are the decisions of an answer."""

    __tablename__ = "referral_transition"

    action: Mapped[str] = mapped_column(Text, primary_key=True)
    from_state: Mapped[str] = mapped_column(Text, primary_key=True)
    to_state: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(Text)
    needs_words: Mapped[bool] = mapped_column(server_default=text("false"))
    codes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))


class Referral(Base):
    """A referral; ``state`` moves only through ``step_referral()``.

    A party is ``<kind>:<code>``: an office, an agency without one, a district, a state, the country. ``household_id``
    and ``project_id`` are told to nobody by themselves: what may be seen of a household is asked of
    ``referral_record()``, of a project of ``referral_project_record()``. ``due_on``: by when it is to be answered;
    ``answered_on``: when it was, by a decision or by being refused.
    """

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"from_party ~ '{_PARTY}' AND to_party ~ '{_PARTY}'", name="parties"),
        CheckConstraint("from_party <> to_party", name="two_parties"),
        CheckConstraint("num_nonnulls(household_id, area_code, project_id) = 1", name="about"),
        CheckConstraint("btrim(question) <> ''", name="question"),
        CheckConstraint(_KNOWN, name="components"),
        CheckConstraint("(components = '{}') = (area_code IS NOT NULL)", name="handed_over"),
        CheckConstraint(f"decision IN {DECISIONS}", name="decision"),
        Index("referral_to_idx", "to_party", "state", "due_on", "id"),
        Index("referral_from_idx", "from_party", "state", "due_on", "id"),
        Index("referral_to_due_idx", "to_party", "due_on", "id", postgresql_where=_OPEN),
        Index("referral_from_due_idx", "from_party", "due_on", "id", postgresql_where=_OPEN),
        Index(None, "household_id", postgresql_where=text("household_id IS NOT NULL")),
        Index(None, "project_id", postgresql_where=text("project_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, Computed("'R' || lpad(id::text, 8, '0')", persisted=True), unique=True)
    from_party: Mapped[str] = mapped_column(Text)
    to_party: Mapped[str] = mapped_column(Text)
    household_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("household.id"))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("project.id"))
    about: Mapped[str] = mapped_column(Text, Computed(_ABOUT, persisted=True))
    question: Mapped[str] = mapped_column(Text)
    components: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(Text, server_default=text("'dihantar'"))
    sent_on: Mapped[date] = mapped_column(server_default=func.current_date())
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    decision: Mapped[str | None] = mapped_column(Text)
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ReferralStep(Base):
    """What was said and decided, one after the other: the thread that both sides read. Only added to."""

    __tablename__ = "referral_step"
    __table_args__ = (UniqueConstraint("referral_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    referral_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("referral.id", ondelete="CASCADE"))
    action: Mapped[str] = mapped_column(Text)
    from_state: Mapped[str] = mapped_column(Text)
    to_state: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    actor: Mapped[str] = mapped_column(Text)
    party: Mapped[str] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text, server_default=text("''"))


class ReferralFile(Base):
    """A file of the thread; until a step takes it along (``step_id``) only who added it knows of it.

    ``name`` is the random name under which it is kept, ``file_name`` what it was called.
    """

    __tablename__ = "referral_file"
    __table_args__ = (
        CheckConstraint("kind IN ('jpg', 'pdf')", name="kind"),
        CheckConstraint("bytes > 0", name="size"),
        UniqueConstraint("name"),
        Index(None, "referral_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    referral_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("referral.id", ondelete="CASCADE"))
    step_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("referral_step.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    bytes: Mapped[int]
    added_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
