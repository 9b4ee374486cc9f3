"""Makes a database ready for the register: roles, extensions, marks, schema, reference tables, bundled boundaries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from registry import definitions, migrations
from registry.db import BI_ROLE, OWNER_ROLE, PUBLIC_ROLE, SCHEMA, WEB_ROLE, make_engine
from registry.errors import DatabaseAway, SetupProblem
from registry.installation.settings import DATABASE
from registry.jobs import schema as jobs_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import URL, Connection, Engine

    from registry.installation.cluster import Cluster
    from registry.installation.settings import Settings

_GRANTS_PARAMETERS = (15,)
_BULK_PARAMETER = "session_replication_role"
_ROLES = {
    OWNER_ROLE: f"CREATE ROLE {OWNER_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    WEB_ROLE: f"CREATE ROLE {WEB_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    PUBLIC_ROLE: f"CREATE ROLE {PUBLIC_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    BI_ROLE: f"CREATE ROLE {BI_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS CONNECTION LIMIT 10",
}
_BI_BOUNDS = [
    f"ALTER ROLE {BI_ROLE} SET {name} = {value}"
    for name, value in (
        ("default_transaction_read_only", "on"),
        ("statement_timeout", "'60s'"),
        ("idle_in_transaction_session_timeout", "'60s'"),
        ("search_path", "bi, pg_temp"),
    )
]
_MIGRATION_LOCK = 0x656B61736968  # "ekasih": two processes that migrate at once take turns


def migrate(settings: Settings, *, step: Callable[[str], None]) -> None:
    """Bring the database of these settings up to date, starting the private cluster first; quick when all is done.

    ``step`` hears the name of each part as it begins.

    Raises:
        SetupProblem: a part needs rights that the given account lacks; the message holds the SQL for a superuser.
        DatabaseAway: the given server cannot be reached.

    """
    if settings.private:
        step("cluster")
        settings.cluster.up()
        create_database(settings.cluster, DATABASE)
    step("roles")
    prepare(settings.admin_url, roles=_roles_to_take(settings))
    engine = make_engine(str_url(settings.owner_url), role=settings.owner_role)
    try:
        build(engine, home=settings.home, step=step)
    finally:
        engine.dispose()


def create_database(cluster: Cluster, name: str) -> None:
    """Make the roles and an empty database owned by ``app_owner`` on a private cluster, where they are missing."""
    engine = create_engine(cluster.url(user="postgres", database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            # two commands may be the first at once
            connection.execute(text("SELECT pg_advisory_lock(hashtextextended('ekasih.create_database', 0))"))
            for statement in _missing_roles(connection):
                connection.execute(text(statement))
            for statement in _missing_bulk_right(connection):
                connection.execute(text(statement))
            known = connection.scalar(text("SELECT TRUE FROM pg_database WHERE datname = :name"), {"name": name})
            if not known:
                connection.execute(text(f'CREATE DATABASE "{name}" OWNER {OWNER_ROLE}'))
    finally:
        engine.dispose()


def prepare(admin_url: URL, *, roles: tuple[str, ...] = ()) -> None:
    """Do what the schema's owner has no right to: roles, extensions, marks; ``roles`` are those to be taken on.

    Raises:
        SetupProblem: the account lacks the rights; the message holds the SQL that a superuser must run.
        DatabaseAway: the server cannot be reached.

    """
    engine = create_engine(admin_url, poolclass=NullPool)
    try:
        with engine.begin() as connection:
            missing = missing_statements(connection, roles=roles)
            for statement in missing:
                connection.execute(text(statement))
    except ProgrammingError as error:
        database = admin_url.database or DATABASE
        todo = "\n".join(f"  {statement};" for statement in missing)
        message = f"The account given may not prepare the database. A superuser must run in {database!r}:\n{todo}"
        raise SetupProblem(message) from error
    except OperationalError as error:
        raise DatabaseAway from error
    finally:
        engine.dispose()


def build(engine: Engine, *, home: Path, step: Callable[[str], None]) -> None:
    """Bring schema, reference tables and bundled boundaries up to date, as the owner, in one transaction.

    Months that an earlier version closed are counted anew in one of their own after it, so that nobody waits for them.
    """
    from registry.areas.boundaries import load_bundled  # noqa: PLC0415 - heavy, and only needed here
    from registry.areas.reference import load_reference  # noqa: PLC0415
    from registry.articles.shipped import load_articles  # noqa: PLC0415
    from registry.demo.targets import are_shared_out, renew_targets  # noqa: PLC0415
    from registry.kpi.measures import measures_incomplete, recount_measures  # noqa: PLC0415
    from registry.measuring.structures import load_structures  # noqa: PLC0415
    from registry.status.months import months_incomplete, recount_months  # noqa: PLC0415

    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        step("schema")
        if not is_current(connection):
            migrations.upgrade(connection)
        step("reference")
        load_reference(connection)
        load_articles(connection)
        load_structures(connection)
        step("boundaries")
        load_bundled(connection, home=home)
        incomplete, unmeasured = months_incomplete(connection), measures_incomplete(connection)
        unshared = not are_shared_out(connection)
    if incomplete:
        step("months")
        recount_months(engine)
    if unmeasured:
        step("measures")
        with engine.begin() as connection:
            recount_measures(connection)
    if incomplete or unshared:
        with engine.begin() as connection:
            renew_targets(connection)


def is_current(connection: Connection) -> bool:
    """Whether the tables are at the newest revision this program knows, and queue and definitions are its own."""
    script = ScriptDirectory.from_config(migrations.configuration(connection))
    context = MigrationContext.configure(connection, opts={"version_table_schema": SCHEMA})
    tables = set(context.get_current_heads()) == set(script.get_heads())
    return tables and jobs_schema.is_current(connection) and definitions.are_current(connection)


def missing_statements(connection: Connection, *, roles: tuple[str, ...] = ()) -> list[str]:
    """The SQL, in order, that a superuser would have to run for the database to be ready; empty when it is."""
    return [
        *_missing_roles(connection),
        *_missing_grants(connection, roles),
        *_missing_extensions(connection),
        *_missing_marks(connection),
    ]


def str_url(url: URL) -> str:
    """The address with its password, for an engine; never for a log or a message."""
    return url.render_as_string(hide_password=False)


def _roles_to_take(settings: Settings) -> tuple[str, ...]:
    """The roles that the given account must be able to ``SET ROLE`` to."""
    if settings.private:
        return ()
    shared = settings.web_database_url is None
    taken = (
        settings.owner_role,
        settings.web_role if shared else None,
        settings.portal_role if settings.portal_database_url is None else None,
    )
    return tuple(role for role in taken if role)


def _missing_roles(connection: Connection) -> list[str]:
    known = set(connection.scalars(text("SELECT rolname FROM pg_roles")))
    made = [statement for role, statement in _ROLES.items() if role not in known]
    return [*made, *([] if BI_ROLE in known else _BI_BOUNDS)]


def _missing_bulk_right(connection: Connection) -> Iterator[str]:
    """What lets an import store references that it has just looked up unchecked; another server may go without."""
    if (connection.dialect.server_version_info or (0,)) < _GRANTS_PARAMETERS:
        return
    statement = text("SELECT has_parameter_privilege(:role, :parameter, 'SET')")
    if not connection.scalar(statement, {"role": OWNER_ROLE, "parameter": _BULK_PARAMETER}):
        yield f"GRANT SET ON PARAMETER {_BULK_PARAMETER} TO {OWNER_ROLE}"


def _missing_grants(connection: Connection, roles: tuple[str, ...]) -> Iterator[str]:
    person, database = connection.execute(text("SELECT current_user, current_database()")).one()
    option = "SET" if connection.scalar(text("SHOW server_version_num")) >= "160000" else "MEMBER"
    for role in roles:
        can = connection.scalar(
            text("SELECT CASE WHEN to_regrole(:role) IS NOT NULL THEN pg_has_role(:role, :option) END"),
            {"role": role, "option": option},
        )
        if not can:
            yield f'GRANT {role} TO "{person}"'
    may = connection.scalar(
        text("SELECT CASE WHEN to_regrole(:role) IS NOT NULL THEN has_database_privilege(:role, :db, 'CREATE') END"),
        {"role": OWNER_ROLE, "db": database},
    )
    if not may:
        yield f'GRANT CREATE, CONNECT, TEMPORARY ON DATABASE "{database}" TO {OWNER_ROLE}'


def _missing_extensions(connection: Connection) -> list[str]:
    known = set(connection.scalars(text("SELECT extname FROM pg_extension")))
    return [s for s in _bootstrap_sql("CREATE EXTENSION") if s.split()[-1] not in known]


def _missing_marks(connection: Connection) -> list[str]:
    marked = set(connection.scalars(text("SELECT proname FROM pg_proc WHERE proleakproof")))
    return [s for s in _bootstrap_sql("ALTER FUNCTION") if re.split(r"[\s(]+", s)[2] not in marked]


def _bootstrap_sql(kind: str) -> list[str]:
    """The statements of ``bootstrap.sql`` that begin with ``kind``, without comments."""
    lines = definitions.path_of("installation/bootstrap").read_text(encoding="utf-8").splitlines()
    whole = " ".join(line for line in lines if not line.lstrip().startswith("--"))
    return [statement.strip() for statement in whole.split(";") if statement.strip().startswith(kind)]
