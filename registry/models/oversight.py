"""Territory that someone lends a colleague of the same role for some days."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class Delegation(Base):
    """``to_user`` acts for ``from_user`` in ``areas``; without any, in all that is theirs."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("from_date <= until_date", name="days"),
        CheckConstraint("from_user <> to_user", name="persons"),
        Index(None, "to_user"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    from_user: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    to_user: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    from_date: Mapped[date]
    until_date: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
