"""The tables of areas."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, Numeric, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

LEVELS = ("country", "state", "district", "mukim", "parliament", "dun", "catchment")


_LEVEL_CHECK = "level IN ('country', 'state', 'district', 'mukim', 'parliament', 'dun', 'catchment')"


class Area(Base):
    """A country, state, district, mukim, seat or catchment; ``code`` is the field's own (08, 0803, 080305, P.066)."""

    __tablename__ = "area"
    __table_args__ = (CheckConstraint(_LEVEL_CHECK, name="level"), Index(None, "level", "parent_code"))

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    state_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))


class AreaAlias(Base):
    """A spelling in use; ``alias`` is normalised by ``area_key()``, ``state_code`` is empty for a state's own name."""

    __tablename__ = "area_alias"
    __table_args__ = (CheckConstraint(_LEVEL_CHECK, name="level"),)

    level: Mapped[str] = mapped_column(Text, primary_key=True)
    state_code: Mapped[str] = mapped_column(Text, primary_key=True, server_default="")
    alias: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)


class BoundarySet(Base):
    """A version of a level's boundaries; one is active per level."""

    __tablename__ = "boundary_set"
    __table_args__ = (
        CheckConstraint(_LEVEL_CHECK, name="level"),
        Index("boundary_set_active_key", "level", unique=True, postgresql_where=text("active")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    licence: Mapped[str] = mapped_column(Text)
    dated: Mapped[date]
    accuracy_m: Mapped[int]
    approximate: Mapped[bool]
    sha256: Mapped[str] = mapped_column(Text)
    active: Mapped[bool]
    report: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    imported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class BoundaryUpload(Base):
    """A boundary file that somebody has sent to the server, from its arrival until it is used or was left lying.

    Its file lies in a folder of the installation under ``stored_name``, what was made of it for looking at beside it.
    """

    __tablename__ = "boundary_upload"
    __table_args__ = (
        CheckConstraint("state IN ('ready', 'check', 'checked', 'used', 'expired')", name="state"),
        CheckConstraint("stored_name ~ '^[0-9a-f]{32}\\.(geojson|gz|gpkg|zip)$'", name="stored_name"),
        CheckConstraint(_LEVEL_CHECK, name="level"),
        CheckConstraint(
            "state IN ('ready', 'expired') OR num_nulls(level, source, licence, dated, accuracy_m) = 0", name="facts"
        ),
        CheckConstraint("accuracy_m > 0", name="accuracy_m"),
        Index(None, "uploaded_by"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    # as the browser called it, without a path: shown and never opened
    file_name: Mapped[str] = mapped_column(Text)
    stored_name: Mapped[str] = mapped_column(Text, unique=True)
    sha256: Mapped[str] = mapped_column(Text)
    bytes: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text, server_default=text("'ready'"))
    # what who sent it says of it
    level: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    licence: Mapped[str | None] = mapped_column(Text)
    dated: Mapped[date | None]
    accuracy_m: Mapped[int | None]
    asked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # what the last check found, and of which shapes
    report: Mapped[dict[str, Any] | None]
    reported_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # why the last check was refused: the key of a sentence with its values
    problem: Mapped[dict[str, Any] | None]


class BoundaryActivation(Base):
    """That a set became the active one of its level, or is wanted to: an upload's, or a former one."""

    __tablename__ = "boundary_activation"
    __table_args__ = (
        CheckConstraint(_LEVEL_CHECK, name="level"),
        CheckConstraint("num_nonnulls(activated_at, refused_at) <= 1", name="ended"),
        Index(
            "boundary_activation_wanted_key",
            "level",
            unique=True,
            postgresql_where=text("activated_at IS NULL AND refused_at IS NULL AND holds_from IS NULL"),
        ),
        Index(
            "boundary_activation_waits_key",
            "upload_id",
            unique=True,
            postgresql_where=text("activated_at IS NULL AND refused_at IS NULL"),
        ),
        CheckConstraint("holds_from IS NULL OR level = 'catchment'", name="holds_from"),
        Index(None, "set_id"),
        Index(None, "upload_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    level: Mapped[str] = mapped_column(Text)
    set_id: Mapped[int | None] = mapped_column(ForeignKey("boundary_set.id", ondelete="SET NULL"))
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("boundary_upload.id", ondelete="SET NULL"))
    # whether areas may stay without a boundary, and features without an area
    partial: Mapped[bool] = mapped_column(server_default=text("false"))
    # nobody where a command did it
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    # the day to come from which a catchment is to hold; none where it holds as soon as it can
    holds_from: Mapped[date | None]
    activated_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    households_located: Mapped[int | None]
    refused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    problem: Mapped[dict[str, Any] | None]


class AreaBoundary(Base):
    """The polygon of an area in a boundary set, cleaned into a coverage, and a point inside it for labels."""

    __tablename__ = "area_boundary"

    set_id: Mapped[int] = mapped_column(ForeignKey("boundary_set.id", ondelete="CASCADE"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    geom: Mapped[Any] = mapped_column(Geometry("MULTIPOLYGON", srid=4326, spatial_index=False))
    inside: Mapped[Any] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    radius_m: Mapped[int]


class AreaPiece(Base):
    """The same polygons cut small, for finding the area of a point."""

    __tablename__ = "area_piece"
    __table_args__ = (Index("area_piece_geom_idx", "geom", postgresql_using="gist"), Index(None, "set_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("boundary_set.id", ondelete="CASCADE"))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    geom: Mapped[Any] = mapped_column(Geometry("POLYGON", srid=4326, spatial_index=False))


class GeocodePlace(Base):
    """A place that an address is found by: ``name`` is normalised by ``area_key()``; a postcode is its five digits."""

    __tablename__ = "geocode_place"
    __table_args__ = (
        CheckConstraint("kind IN ('village', 'town', 'postcode')", name="kind"),
        Index(None, "kind", "state_code", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    state_code: Mapped[str] = mapped_column(Text)
    district_code: Mapped[str | None] = mapped_column(Text)
    geom: Mapped[Any] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    accuracy_m: Mapped[int]


class PostcodeState(Base):
    """Which states a postcode is used in."""

    __tablename__ = "postcode_state"

    postcode: Mapped[str] = mapped_column(Text, primary_key=True)
    state_code: Mapped[str] = mapped_column(Text, primary_key=True)


class AreaStatistic(Base):
    """A published figure about an area (census, income survey), each with its source and year."""

    __tablename__ = "area_statistic"

    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    measure: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[Decimal] = mapped_column(Numeric)


class AreaNeighbour(Base):
    """That two areas of a boundary set touch; ``nearest`` where one touches none and is joined to the three nearest."""

    __tablename__ = "area_neighbour"
    __table_args__ = (CheckConstraint("area_code <> neighbour_code", name="other"),)

    set_id: Mapped[int] = mapped_column(ForeignKey("boundary_set.id", ondelete="CASCADE"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    neighbour_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    nearest: Mapped[bool]
