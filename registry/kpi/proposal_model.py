"""The table of proposed targets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base


class TargetProposal(Base):
    """Targets of an area that one person proposes and another approves, which sets them.

    ``wanted`` and ``seen`` are values by indicator, as :class:`registry.kpi.targets.SetTargets`. ``trial`` is one
    that is being tried out: the database lets no transaction end with it. ``tx`` is the transaction in which it was
    tried or approved: in no other are targets set.
    """

    __tablename__ = "target_proposal"
    __table_args__ = (
        CheckConstraint(
            "state IN ('trial', 'waiting', 'approved', 'refused', 'withdrawn', 'stale')",
            name="state",
        ),
        CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by OR state IN ('withdrawn', 'stale')", name="other"
        ),
        Index("target_proposal_waiting_idx", "id", postgresql_where=text("state = 'waiting'")),
        Index("target_proposal_tx_idx", "tx"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    wanted: Mapped[dict[str, Any]] = mapped_column(JSONB)
    seen: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default=text("'waiting'"))
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    proposed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    answer: Mapped[str | None] = mapped_column(Text)
    tx: Mapped[int | None] = mapped_column(BigInteger)
