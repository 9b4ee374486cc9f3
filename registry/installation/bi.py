"""The door of tools for business intelligence: a role that reads one schema, with a password that is told once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from psycopg import sql
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from registry.db import BI_ROLE
from registry.errors import DatabaseAway, SetupProblem

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import URL, Connection

LONGEST_DAYS: Final = 365
_END: Final = text("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = :role")
_NOTE: Final = text("""
    INSERT INTO ekasih.audit_log (actor, action, subject, after)
    VALUES ('system', :action, 'bi', jsonb_build_object('until', CAST(:until AS text)))
""")


@dataclass(frozen=True, slots=True)
class Opened:
    """How the door is reached: the password is told this once."""

    host: str
    port: int
    database: str
    user: str
    password: str
    until: date


def open_door(admin_url: URL, *, days: int) -> Opened:
    """Give the role a new password, for so many days; the one before holds no longer, and its sessions end.

    Raises:
        SetupProblem: the account given may not change roles.
        DatabaseAway: the server cannot be reached.

    """
    password = secrets.token_urlsafe(32)
    until = datetime.now(UTC) + timedelta(days=max(1, min(days, LONGEST_DAYS)))
    _change(admin_url, password, until, "open_bi")
    query = dict(admin_url.query)
    host = str(query.get("host") or admin_url.host or "localhost")
    port = int(str(query.get("port") or admin_url.port or 5432))
    return Opened(host, port, admin_url.database or "", BI_ROLE, password, until.date())


def close_door(admin_url: URL) -> None:
    """Take the password away and end the role's sessions.

    Raises:
        SetupProblem, DatabaseAway: as above.

    """
    _change(admin_url, None, None, "close_bi")


def _change(admin_url: URL, password: str | None, until: datetime | None, action: str) -> None:
    engine = create_engine(admin_url, poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(_statement(connection, password, until))
            connection.execute(_END, {"role": BI_ROLE})
            connection.execute(_NOTE, {"action": action, "until": until.date().isoformat() if until else None})
    except ProgrammingError as error:
        message = f"The account given may not change the role {BI_ROLE}: a superuser must run this command."
        raise SetupProblem(message) from error
    except OperationalError as error:
        raise DatabaseAway from error
    finally:
        engine.dispose()


def _statement(connection: Connection, password: str | None, until: datetime | None) -> str:
    """The password goes to the server as a verifier alone, so that no log of statements holds it."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - a connection that is open has one
    role = sql.Identifier(BI_ROLE)
    if password is None or until is None:
        return sql.SQL("ALTER ROLE {} PASSWORD NULL").format(role).as_string(driver)
    verifier = driver.pgconn.encrypt_password(password.encode(), BI_ROLE.encode(), b"scram-sha-256").decode()
    query = sql.SQL("ALTER ROLE {} PASSWORD {} VALID UNTIL {}")
    return query.format(role, sql.Literal(verifier), sql.Literal(until.isoformat())).as_string(driver)
