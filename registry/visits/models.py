"""The tables of visits."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

RECOMMENDATIONS = ("approve", "reject")
"""What an officer recommends to the focus group."""


POINT_SOURCES = ("gps", "typed")
"""Where the point of a visit is from: the device's own position, or typed in."""


class Visit(Base):
    """A visit, added once and never changed.

    ``findings`` holds for each component whether it agrees, a note, and under ``changes`` each fact as it stood
    (``before``) and as it was found (``after``).
    ``case_version`` is the version of the case that the officer had before them, ``client_key`` the device's own
    name for the visit, by which one that is sent twice is kept once.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint(f"recommendation IN {RECOMMENDATIONS}", name="recommendation"),
        CheckConstraint("btrim(reason) <> ''", name="reason"),
        CheckConstraint(f"point_source IN {POINT_SOURCES}", name="point_source"),
        CheckConstraint("(point IS NULL) = (point_source IS NULL)", name="point"),
        CheckConstraint("accuracy_m >= 0", name="accuracy_m"),
        UniqueConstraint("client_key"),
        Index(None, "case_id", "id"),
        Index(None, "officer_id", "visited_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    case_version: Mapped[int]
    client_key: Mapped[UUID] = mapped_column(Uuid)
    visited_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    findings: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    remarks: Mapped[str] = mapped_column(Text, server_default=text("''"))
    recommendation: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    point: Mapped[Any | None] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    point_source: Mapped[str | None] = mapped_column(Text)
    accuracy_m: Mapped[int | None]


class VisitPhoto(Base):
    """A photograph of a visit: ``name`` is the random name of its file, which holds nothing but the picture."""

    __tablename__ = "visit_photo"
    __table_args__ = (
        CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name="size"),
        UniqueConstraint("name"),
        UniqueConstraint("client_key"),
        Index(None, "visit_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    client_key: Mapped[UUID] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    bytes: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
