"""The tables of meetings."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
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


class Meeting(Base):
    """A meeting of a focus group: of a district (FGD) or, with a state's code as its area, of a state (FGN).

    It is planned, held with its first decision, and closed; after that nothing of it changes.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'held', 'closed')", name="state"),
        UniqueConstraint("area_code", "number"),
        Index(None, "area_code", "held_on"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    number: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(Text)
    members: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(Text, server_default=text("'planned'"))
    created_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class MeetingItem(Base):
    """A case on the agenda of a meeting; ``outcome`` is the decision taken on it. It waits on one agenda at a time."""

    __tablename__ = "meeting_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "case_id"),
        Index("meeting_item_waiting_idx", "case_id", unique=True, postgresql_where=text("outcome IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    outcome: Mapped[str | None] = mapped_column(Text)
