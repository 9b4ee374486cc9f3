"""The tables of accounts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Interval,
    LargeBinary,
    Text,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base
from registry.principals import Role


class SignInRefusal(Base):
    """A password or code that was wrong, or is being judged; kept for the day in which it slows the next try down."""

    __tablename__ = "sign_in_refusal"
    __table_args__ = (
        CheckConstraint("kind IN ('password', 'code')", name="kind"),
        Index(None, "name_hash", "at"),
        Index(None, "place", "at"),
        Index(None, "browser_hash", postgresql_where=text("browser_hash IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    name_hash: Mapped[bytes] = mapped_column(LargeBinary)
    place: Mapped[str] = mapped_column(Text)
    # the browser, where this account had signed in with it before
    browser_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    # with this one the next has to wait
    closes: Mapped[bool] = mapped_column(server_default=text("false"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


ROLES = tuple(str(role) for role in Role)


class AppUser(Base):
    """Someone who may sign in. ``territory``: codes of states, districts or catchments; none is the whole country."""

    __tablename__ = "app_user"
    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    login: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    territory: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    password_hash: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    demo: Mapped[bool] = mapped_column(server_default=text("false"))
    # rises with every change of role, territory, password or state; a session of another version has ended
    session_version: Mapped[int] = mapped_column(server_default=text("1"))
    # whose account it is, where it is an agency's or a council's, and of which of its offices
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    office_code: Mapped[str | None] = mapped_column(ForeignKey("office.code"))
    # a program acts as it: nobody signs in to it
    machine: Mapped[bool] = mapped_column(server_default=text("false"))
    # the password was set by someone else
    must_change: Mapped[bool] = mapped_column(server_default=text("true"))
    # who this is at the identity provider, and whether the first to come from there under this login is
    oidc_subject: Mapped[str | None] = mapped_column(Text, unique=True)
    oidc_link: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class RolePermission(Base):
    """What a role may do; an administrator adds and takes away rows."""

    __tablename__ = "role_permission"

    role: Mapped[str] = mapped_column(Text, primary_key=True)
    permission: Mapped[str] = mapped_column(Text, primary_key=True)


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


class SecondFactor(Base):
    """The authenticator of an account: its encrypted secret, and the time step of the newest code that was used."""

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    # none while it is being set up
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_step: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class RecoveryCode(Base):
    """A code that opens the account once in place of the authenticator; gone when it was used."""

    __tablename__ = "recovery_code"

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("second_factor.user_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class DearRequest(Base):
    """A request that costs the server much; kept for the minute in which it counts."""

    __tablename__ = "dear_request"
    __table_args__ = (Index(None, "user_id", "kind"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


class UserSession(Base):
    """A sign-in that goes on in one browser, which holds the token; rows that ended are kept for a month."""

    __tablename__ = "user_session"
    __table_args__ = (
        CheckConstraint(
            "end_reason IN ('signed_out', 'replaced', 'time', 'idle', 'account', 'owner', 'administrator')",
            name="end_reason",
        ),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended"),
        Index(None, "user_id", postgresql_where=text("ended_at IS NULL")),
        Index(None, "user_id", "begun_at"),
        Index(None, "ended_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"))
    # of the account: another one ends the session
    version: Mapped[int]
    begun_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    ends_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    idle: Mapped[timedelta] = mapped_column(Interval)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    end_reason: Mapped[str | None] = mapped_column(Text)
    # "Firefox, Linux", and the network of the address: enough to tell one's own from another's
    browser: Mapped[str] = mapped_column(Text)
    network: Mapped[str] = mapped_column(Text)


class HalfSignIn(Base):
    """A sign-in between the password and the pages; gone when it has opened a session."""

    __tablename__ = "half_sign_in"
    __table_args__ = (Index(None, "user_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"))
    version: Mapped[int]
    factor: Mapped[bool]
    password: Mapped[bool]
    begun_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class KnownBrowser(Base):
    """A browser with which somebody has signed in before: strangers who guess at the account do not keep it out."""

    __tablename__ = "known_browser"
    __table_args__ = (Index(None, "user_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
