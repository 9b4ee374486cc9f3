"""The tables of keys: what each may, its secrets as hashes, the tokens that were given for them, how much it asks."""

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
    LargeBinary,
    Text,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base


class ApiKey(Base):
    """What a program of an agency shows to be known; ``user_id`` is the account that it acts as."""

    __tablename__ = "api_key"
    __table_args__ = (Index(None, "agency_id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    client_id: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    # of which of its offices, where it is of one
    office_code: Mapped[str | None] = mapped_column(ForeignKey("office.code"))
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id"), unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    # the last day on which it holds
    expires_on: Mapped[date]
    created_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ApiSecret(Base):
    """A secret of a key: of 256 random bits, kept as a hash. ``ends_at``: until when one that was replaced holds."""

    __tablename__ = "api_secret"
    __table_args__ = (Index(None, "key_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("api_key.id"))
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    # its last letters, by which people tell it from another
    ending: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    ends_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ApiToken(Base):
    """What was given for a secret, for a while, as a hash; gone when it has expired."""

    __tablename__ = "api_token"
    __table_args__ = (Index(None, "secret_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    secret_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("api_secret.id", ondelete="CASCADE"))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    issued_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ApiUse(Base):
    """How often a key has asked on a day, and how often it was told to wait."""

    __tablename__ = "api_use"
    __table_args__ = (CheckConstraint("calls >= 0 AND refused >= 0", name="counts"),)

    key_id: Mapped[int] = mapped_column(ForeignKey("api_key.id"), primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    calls: Mapped[int] = mapped_column(server_default=text("0"))
    refused: Mapped[int] = mapped_column(server_default=text("0"))


class ConnectionKey(Base):
    """What somebody's own tool shows to read as they do: of 256 random bits, kept as a hash.

    ``version`` is the account's sessions when it was made: a new password, or an end of all sessions, ends it as well.
    """

    __tablename__ = "connection_key"
    __table_args__ = (
        CheckConstraint("client_id ~ '^ekp-[0-9a-f]{16}$'", name="client_id"),
        CheckConstraint("btrim(name) <> '' AND length(name) <= 60", name="name"),
        Index(None, "user_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"))
    version: Mapped[int]
    client_id: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary)
    # its last letters, by which people tell it from another
    ending: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    # the last day on which it holds
    expires_on: Mapped[date]
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
