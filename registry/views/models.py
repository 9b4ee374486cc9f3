"""The tables of kept views, presentations and notes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

SHARED: Final = ("sendiri", "peranan", "pejabat", "semua")
"""With whom: nobody, who has the same role, who works in the same office, everybody with an account."""
LONGEST_NAME: Final = 120
LONGEST_PATH: Final = 1_500
LONGEST_NOTE: Final = 600
MOST_VIEWS: Final = 40
_NAMED: Final = f"btrim(name) <> '' AND length(name) <= {LONGEST_NAME}"
_SHARED: Final = f"shared IN {SHARED}"


class SavedView(Base):
    """The address of a page under a name. It gives no right: whoever opens it reads the page as themselves."""

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint(_NAMED, name="name"),
        CheckConstraint(
            f"path ~ '^/([^/\\\\]|$)' AND path !~ '[[:cntrl:]]' AND length(path) <= {LONGEST_PATH}", name="path"
        ),
        CheckConstraint(_SHARED, name="shared"),
        Index("saved_view_owner_id_idx", "owner_id", "id"),
        Index("saved_view_shared_idx", "shared", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    owner_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    shared: Mapped[str] = mapped_column(Text, server_default="sendiri")
    role: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class SavedHome(Base):
    """The view that somebody comes to after signing in."""

    __tablename__ = "saved_home"

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    view_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("saved_view.id", ondelete="CASCADE"), index=True)


class Presentation(Base):
    """Views in the order in which they are shown; one that the reader may not open is passed over."""

    __tablename__ = "presentation"
    __table_args__ = (
        CheckConstraint(_NAMED, name="name"),
        CheckConstraint(f"cardinality(views) BETWEEN 1 AND {MOST_VIEWS}", name="views"),
        CheckConstraint(_SHARED, name="shared"),
        Index("presentation_owner_id_idx", "owner_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    owner_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    views: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    shared: Mapped[str] = mapped_column(Text, server_default="sendiri")
    role: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AreaNote(Base):
    """A dated note on an area, for who has the role of its author and the area in sight."""

    __tablename__ = "area_note"
    __table_args__ = (
        CheckConstraint(f"btrim(body) <> '' AND length(body) <= {LONGEST_NOTE}", name="body"),
        CheckConstraint("body !~ '([0-9][ -]*){12}'", name="digits"),
        Index("area_note_area_code_idx", "area_code", "role", "id"),
        Index("area_note_author_id_idx", "author_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    noted_on: Mapped[date] = mapped_column(server_default=text("CURRENT_DATE"))
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"))
    author_name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(server_default="1")
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    retired_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
