"""Engines and transactions: every transaction first tells PostgreSQL who is acting."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from registry.errors import DatabaseAway, RecordBusy, TookTooLong
from registry.refusals import refusal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from registry.principals import Principal

SCHEMA = "ekasih"
PUBLIC_SCHEMA = "portal"
"""What the portal's role can reach: functions and views made for it, and nothing else."""
WEB_ROLE = "app_web"
PUBLIC_ROLE = "app_public"
OWNER_ROLE = "app_owner"
BI_ROLE = "app_bi"
BI_SCHEMA = "bi"
"""What tools of business intelligence can reach: views of published figures, and nothing else."""

_BOUNDS = """set_config('statement_timeout', :statement, true), set_config('lock_timeout', :lock, true),
    set_config('idle_in_transaction_session_timeout', :idle, true)"""
_BOUND = text(f"SELECT {_BOUNDS}")
_ACT_AS = text(f"SELECT {_BOUNDS}, {SCHEMA}.act_as(CAST(:user_id AS bigint))")
# a plan that is kept for every value a filter may have reads the whole table where most filters are not set
_PLANNED = "set_config('plan_cache_mode', 'force_custom_plan', true)"
_READ_AS = text(f"SELECT {_BOUNDS}, {_PLANNED}, {SCHEMA}.act_as(CAST(:user_id AS bigint))")
_ACTING = text(f"SELECT {SCHEMA}.acting_user()")
_AWAY: Final = ("08", "57P")  # connection exceptions, and a server that is told to end, was struck down or begins


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds a statement may run, wait for a lock, and a transaction stand idle, before it is ended."""

    statement: int
    lock: int
    idle: int

    def params(self) -> dict[str, str]:
        """The bounds as PostgreSQL's settings take them."""
        return {"statement": f"{self.statement}s", "lock": f"{self.lock}s", "idle": f"{self.idle}s"}


PAGE: Final = Patience(statement=15, lock=5, idle=60)
"""What a page asks or saves."""
FILE: Final = Patience(statement=120, lock=5, idle=120)
"""A file to take away, and work on very many records at once."""
WHOLE: Final = Patience(statement=600, lock=5, idle=60)
"""What reads the whole register or the whole log."""


SOURCES: Final = ("screen", "command", "job", "delivery", "api", "portal")
"""From where an entry of the audit log came; what connects without saying so is a command."""


def make_engine(
    url: str, *, role: str | None = None, pool_size: int = 8, source: str = "", schema: str = SCHEMA
) -> Engine:
    """An engine whose sessions resolve names in the project's schema; ``role`` is taken on with ``SET ROLE``.

    ``SET ROLE`` is how the web process of an installation with a single database address still gives up the owner's
    rights. The private cluster and production sign in as ``app_web`` itself and need none. ``source`` is what the audit
    log says that changes came from (``SOURCES``).
    """
    engine = create_engine(url, pool_size=pool_size, max_overflow=4, pool_pre_ping=True, pool_timeout=10)

    @event.listens_for(engine, "connect")
    def prepare(dbapi_connection: Any, _record: object) -> None:
        autocommit = dbapi_connection.autocommit
        dbapi_connection.autocommit = True
        with dbapi_connection.cursor() as cursor:
            if role:
                cursor.execute(f"SET ROLE {role}")
            if source:
                cursor.execute("SELECT set_config('ekasih.source', %s, false)", (source,))
            cursor.execute(f"SET search_path TO {schema}, public")
            cursor.execute("SET TIME ZONE 'Asia/Kuala_Lumpur'")
        dbapi_connection.autocommit = autocommit

    return engine


def is_away(error: BaseException) -> bool:
    """Whether an error says that the server cannot be reached, or went away meanwhile with what was under way."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or (error.orig is not None and is_away(error.orig))
    if isinstance(error, psycopg.OperationalError):
        state = error.sqlstate
        return state is None or state.startswith(_AWAY)
    return isinstance(error, DatabaseAway)


@contextmanager
def reading(engine: Engine, principal: Principal, *, patience: Patience = PAGE) -> Iterator[Connection]:
    """A read-only connection bound to who is asking; nothing it does outlives the block.

    Raises:
        DatabaseAway: the server cannot be reached.
        TookTooLong, RecordBusy: ``patience`` is at its end.
        RegistryError: the rule by which the database refuses to tell what is asked.

    """
    with _connected(engine) as connection, connection.begin():
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(_READ_AS, {"user_id": principal.user_id, **patience.params()})
        try:
            yield connection
        except DBAPIError as error:
            if refusal := refusal_of(error):
                raise refusal from error
            raise


@contextmanager
def writing(
    engine: Engine, principal: Principal, *, patience: Patience = PAGE, info: Mapping[str, Any] | None = None
) -> Iterator[Session]:
    """A session bound to who is acting: commits when the block ends well, rolls back otherwise.

    ``info`` is what services find in ``session.info``.

    Raises:
        DatabaseAway: the server cannot be reached.
        TookTooLong, RecordBusy: ``patience`` is at its end; nothing was changed.

    """
    with _connected(engine) as connection, _session(connection, info) as session, session.begin():
        session.execute(_ACT_AS, {"user_id": principal.user_id, **patience.params()})
        yield session


@contextmanager
def apart(session: Session) -> Iterator[Session | None]:
    """A transaction of its own for who acts in ``session``: it stays, whatever becomes of the other; none for nobody.

    What it waits for must never be held by the other transaction, which goes on only when this one has ended.
    """
    user_id = session.scalar(_ACTING)
    if user_id is None:
        yield None
        return
    with (
        _connected(session.connection().engine) as connection,
        _session(connection, session.info) as own,
        own.begin(),
    ):
        own.execute(_ACT_AS, {"user_id": user_id, **PAGE.params()})
        yield own


@contextmanager
def anonymous(engine: Engine) -> Iterator[Connection]:
    """A read-only connection bound to nobody: policies show it no record; for sign-in and what every page states.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    with _connected(engine) as connection, connection.begin():
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(_BOUND, PAGE.params())
        yield connection


@contextmanager
def signing_in(engine: Engine) -> Iterator[Connection]:
    """A connection bound to nobody that commits when the block ends well: for what comes before a sign-in.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    with _connected(engine) as connection, connection.begin():
        connection.execute(_BOUND, PAGE.params())
        yield connection


def _session(connection: Connection, info: Mapping[str, Any] | None) -> Session:
    return Session(bind=connection, expire_on_commit=False, info=dict(info or {}))


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
        refusal = refusal_of(error)
        if isinstance(refusal, (TookTooLong, RecordBusy)):  # a rule that is broken is named by its service
            raise refusal from error
        if is_away(error):
            raise DatabaseAway from error
        raise
