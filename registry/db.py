"""Engines and transactions: every transaction first tells PostgreSQL who is acting."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from registry.errors import DatabaseAway

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.principals import Principal

SCHEMA = "ekasih"
WEB_ROLE = "app_web"
OWNER_ROLE = "app_owner"

_ACT_AS = text(f"SELECT {SCHEMA}.act_as(CAST(:user_id AS bigint))")
_WAIT = text(f"SELECT {SCHEMA}.sign_in_wait(:login, :address)")
_REFUSED = text(f"SELECT {SCHEMA}.sign_in_refused(:login, :address)")
_ACCEPTED = text(f"SELECT {SCHEMA}.sign_in_accepted(:login, :address)")


def make_engine(url: str, *, role: str | None = None, pool_size: int = 8) -> Engine:
    """An engine whose sessions resolve names in the project's schema; ``role`` is taken on with ``SET ROLE``.

    ``SET ROLE`` is how the web process of an installation with a single database address still gives up the owner's
    rights. The private cluster and production sign in as ``app_web`` itself and need none.
    """
    engine = create_engine(url, pool_size=pool_size, max_overflow=4, pool_pre_ping=True, pool_timeout=10)

    @event.listens_for(engine, "connect")
    def prepare(dbapi_connection: Any, _record: object) -> None:
        autocommit = dbapi_connection.autocommit
        dbapi_connection.autocommit = True
        with dbapi_connection.cursor() as cursor:
            if role:
                cursor.execute(f"SET ROLE {role}")
            cursor.execute(f"SET search_path TO {SCHEMA}, public")
            cursor.execute("SET TIME ZONE 'Asia/Kuala_Lumpur'")
        dbapi_connection.autocommit = autocommit

    return engine


@contextmanager
def reading(engine: Engine, principal: Principal) -> Iterator[Connection]:
    """A read-only connection bound to who is asking; nothing it does outlives the block.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    with _connected(engine) as connection, connection.begin():
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(_ACT_AS, {"user_id": principal.user_id})
        yield connection


@contextmanager
def writing(engine: Engine, principal: Principal) -> Iterator[Session]:
    """A session bound to who is acting: commits when the block ends well, rolls back otherwise.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    with _connected(engine) as connection, Session(bind=connection, expire_on_commit=False) as session, session.begin():
        session.execute(_ACT_AS, {"user_id": principal.user_id})
        yield session


@contextmanager
def anonymous(engine: Engine) -> Iterator[Connection]:
    """A read-only connection bound to nobody: policies show it no record; for sign-in and what every page states.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    with _connected(engine) as connection, connection.begin():
        connection.execute(text("SET TRANSACTION READ ONLY"))
        yield connection


@contextmanager
def signing_in(engine: Engine) -> Iterator[Connection]:
    """A connection bound to nobody that commits when the block ends well: for what comes before a sign-in.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    with _connected(engine) as connection, connection.begin():
        yield connection


def sign_in_wait(engine: Engine, login: str, address: str) -> float:
    """For how many seconds refusals keep this name at this address from trying again.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    with anonymous(engine) as connection:
        return float(connection.execute(_WAIT, {"login": login, "address": address}).scalar_one())


def sign_in_told(engine: Engine, login: str, address: str, *, accepted: bool) -> None:
    """Remember a refused sign-in, or forget the refusals of one that was accepted.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    with _connected(engine) as connection, connection.begin():
        connection.execute(_ACCEPTED if accepted else _REFUSED, {"login": login, "address": address})


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except OperationalError as error:
        raise DatabaseAway from error
    try:
        with connection:
            yield connection
    except DBAPIError as error:
        if error.connection_invalidated:  # the server went away meanwhile, and what was under way with it
            raise DatabaseAway from error
        raise
