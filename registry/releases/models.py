"""The tables of releases: what the public is told of a closed month, written once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Numeric,
    SmallInteger,
    Text,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

_TOLD = "told IN ('angka', 'bawah10', 'tutup')"


class Release(Base):
    """One release: 2026-10.1 is the first of October 2026, 2026-10.2 its correction.

    ``disediakan``: asked for, not worked out yet; ``sedia``: sealed by ``checksum``, waits for a decision;
    ``diluluskan``: public; ``ditolak``: never. Without ``made_by`` it was made by itself after the month had closed.
    """

    __tablename__ = "release"
    __table_args__ = (
        CheckConstraint("state IN ('disediakan', 'sedia', 'diluluskan', 'ditolak')", name="state"),
        CheckConstraint(
            "(state = 'disediakan') = (checksum IS NULL) AND (state = 'disediakan') = (as_of IS NULL)", name="sealed"
        ),
        CheckConstraint(
            "(state IN ('diluluskan', 'ditolak')) = (decided_at IS NOT NULL)"
            " AND (decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (answer IS NULL)",
            name="decided",
        ),
        CheckConstraint("decided_by <> made_by", name="two_persons"),
        # one after the other: what the next may tell depends on what this one told
        Index(
            "release_open_key",
            text("(true)"),
            unique=True,
            postgresql_where=text("state IN ('disediakan', 'sedia')"),
        ),
        Index("release_month_idx", "month", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    month: Mapped[date]
    state: Mapped[str] = mapped_column(Text, server_default="disediakan")
    corrects: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    made_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    as_of: Mapped[date | None]
    census_year: Mapped[int | None] = mapped_column(SmallInteger)
    boundaries: Mapped[str | None] = mapped_column(Text)
    sample: Mapped[bool] = mapped_column(server_default=text("false"))
    checksum: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    answer: Mapped[str | None] = mapped_column(Text)


class ReleaseArea(Base):
    """The country, a state or a district as it was called and drawn; ``shape`` is a simplified GeoJSON geometry."""

    __tablename__ = "release_area"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True, autoincrement=False)
    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    parent_code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    shape: Mapped[str | None] = mapped_column(Text)


class ReleaseCount(Base):
    """Poor or hardcore poor households of an area at the end of a month; by age the persons in them.

    ``told``: ``angka``, the count to the nearest 5; ``bawah10``, it is below 10; ``tutup``, it is not told since a
    small one beside it would follow. ``rate``: poor per 100 households of the census, from 50 on.
    """

    __tablename__ = "release_count"
    __table_args__ = (
        CheckConstraint(f"{_TOLD} AND (told = 'angka') = (count IS NOT NULL)", name="told"),
        CheckConstraint("count >= 10 AND count % 5 = 0", name="count"),
        CheckConstraint("rate IS NULL OR count >= 50", name="rate"),
        CheckConstraint("measure IN ('poor', 'tegar')", name="measure"),
    )

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True, autoincrement=False)
    month: Mapped[date] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    cut: Mapped[str] = mapped_column(Text, primary_key=True)
    measure: Mapped[str] = mapped_column(Text, primary_key=True)
    told: Mapped[str] = mapped_column(Text)
    count: Mapped[int | None] = mapped_column(BigInteger)
    rate: Mapped[Decimal | None] = mapped_column(Numeric)


class ReleaseAid(Base):
    """Households that a programme reached in an area in a whole year, told in the same way, and RM to 1,000."""

    __tablename__ = "release_aid"
    __table_args__ = (
        CheckConstraint(f"{_TOLD} AND (told = 'angka') = (households IS NOT NULL)", name="told"),
        CheckConstraint("households >= 10 AND households % 5 = 0", name="households"),
        CheckConstraint("amount_rm IS NULL OR households IS NOT NULL AND amount_rm % 1000 = 0", name="amount_rm"),
    )

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True, autoincrement=False)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    programme_code: Mapped[str] = mapped_column(Text, primary_key=True)
    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    programme_ms: Mapped[str] = mapped_column(Text)
    programme_en: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text)
    households: Mapped[int | None] = mapped_column(BigInteger)
    amount_rm: Mapped[Decimal | None] = mapped_column(Numeric)
