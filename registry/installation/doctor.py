"""Examines an installation: what is fine, what is wrong, and what to do about it."""

from __future__ import annotations

import shutil
import socket
import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from registry.db import make_engine
from registry.errors import RegistryError
from registry.installation import bootstrap, postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import URL, Connection, Engine

    from registry.installation.settings import Settings

_LEAST_FREE_GIB = 2
_LEVELS = ("state", "district", "mukim")

_WAITING_JOBS = text("""
    SELECT (SELECT count(*) FROM ekasih.job WHERE state IN ('waiting', 'running')) AS open,
        (SELECT count(*) FROM ekasih.job
         WHERE state = 'waiting' AND coalesce(run_at, asked_at) < now() - interval '1 minute') AS due,
        w.seen_at, coalesce(w.seen_at < now() - interval '1 minute', true) AS silent
    FROM (SELECT max(last_heartbeat) AS seen_at FROM jobs.procrastinate_workers) AS w
""")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined: ``found`` is how it is, ``advice`` what to do when it is not ``fine``."""

    subject: str
    fine: bool
    found: str
    advice: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Everything there is to say about an installation, in the order in which to mend it."""
    findings = [_python(), _disk(settings), *_secrets(settings), _port(settings)]
    if settings.private:
        findings += [*_programs(settings), *_cluster(settings)]
    if all(finding.fine for finding in findings if finding.subject.startswith("PostgreSQL")):
        findings += _database(settings)
    return findings


def port_is_free(host: str, port: int) -> bool:
    """Whether nothing listens there yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def _python() -> Finding:
    number = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("Python", fine=sys.version_info >= (3, 11), found=number)


def _disk(settings: Settings) -> Finding:
    place = next(p for p in (settings.cluster.base, *settings.cluster.base.parents) if p.exists())
    free = shutil.disk_usage(place).free / 1024**3
    fine = free >= _LEAST_FREE_GIB
    advice = "" if fine else "Free some space, or set EKASIH_HOME to a folder on a larger disk."
    return Finding("Disk", fine=fine, found=f"{free:.1f} GiB free at {place}", advice=advice)


def _secrets(settings: Settings) -> Iterator[Finding]:
    folder = settings.home / "secrets"
    if not folder.is_dir():
        return
    open_ones = [p for p in (folder, *folder.iterdir()) if stat.S_IMODE(p.stat().st_mode) & 0o077]
    names = ", ".join(str(path) for path in open_ones)
    found = f"others can read {names}" if names else "kept for their owner only"
    yield Finding("Secrets", fine=not names, found=found, advice=f"chmod -R go= {folder}" if names else "")


def _port(settings: Settings) -> Finding:
    free = port_is_free(settings.host, settings.port)
    place = f"{settings.host}:{settings.port}"
    # A taken port is fine while it is this very register that serves there.
    return Finding("Port", fine=True, found=f"{place} is free" if free else f"{place} is in use")


def _programs(settings: Settings) -> Iterator[Finding]:
    try:
        folder = postgres.find_programs(given=settings.postgres_bin, version=settings.cluster.status().version)
    except RegistryError as error:
        yield Finding("PostgreSQL programs", fine=False, found="not usable", advice=str(error))
    else:
        yield Finding("PostgreSQL programs", fine=True, found=str(folder))


def _cluster(settings: Settings) -> Iterator[Finding]:
    status = settings.cluster.status()
    if status.version is None:
        yield Finding("PostgreSQL cluster", fine=False, found=f"none in {status.data}", advice="Run 'ekasih migrate'.")
    else:
        found = f"version {status.version}, {'running' if status.running else 'stopped'}, in {status.data}"
        advice = "" if status.running else "Run 'ekasih up'."
        yield Finding("PostgreSQL cluster", fine=status.running, found=found, advice=advice)


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        yield from _with(settings.admin_url, None, _server)
        yield from _with(settings.owner_url, settings.owner_role, _schema)
        yield from _with(settings.web_url, settings.web_role, _web)
    except (DBAPIError, RegistryError) as error:
        kind = type(getattr(error, "orig", error)).__name__
        found = f"does not answer as expected ({kind})"
        yield Finding("Database", fine=False, found=found, advice="Run 'ekasih migrate', then this again.")


def _with(url: URL, role: str | None, look: Callable[[Connection], Iterator[Finding]]) -> list[Finding]:
    address = bootstrap.str_url(url)
    engine = make_engine(address, role=role, pool_size=1) if role else create_engine(address, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return list(look(connection))
    finally:
        engine.dispose()


def _server(connection: Connection) -> Iterator[Finding]:
    yield Finding("Server", fine=True, found=f"PostgreSQL {connection.scalar(text('SHOW server_version'))}")
    missing = bootstrap.missing_statements(connection)
    advice = "\n    ".join(["A superuser must run:", *(f"{s};" for s in missing)]) if missing else ""
    found = f"{len(missing)} missing" if missing else "all in place"
    yield Finding("Roles, extensions, marks", fine=not missing, found=found, advice=advice)
    if not missing:
        yield Finding("PostGIS", fine=True, found=str(connection.scalar(text("SELECT postgis_lib_version()"))))


def _schema(connection: Connection) -> Iterator[Finding]:
    current = bootstrap.is_current(connection)
    advice = "" if current else "Run 'ekasih migrate'."
    yield Finding("Schema", fine=current, found="newest" if current else "old or missing", advice=advice)
    if current:
        yield _boundaries(connection)
        yield _content(connection)
        yield _jobs(connection)


def _boundaries(connection: Connection) -> Finding:
    rows = connection.execute(text("SELECT level, name FROM ekasih.boundary_set WHERE active ORDER BY level"))
    active = {row.level: row.name for row in rows}
    lacking = [level for level in _LEVELS if level not in active]
    found = ", ".join(f"{level}: {name}" for level, name in active.items()) or "none"
    advice = f"No active set for {', '.join(lacking)}: run 'ekasih migrate' or 'ekasih boundaries import'."
    return Finding("Boundaries", fine=not lacking, found=found, advice=advice if lacking else "")


def _content(connection: Connection) -> Finding:
    state = connection.execute(
        text("SELECT (SELECT count(*) FROM ekasih.delivery WHERE sample), (SELECT count(*) FROM ekasih.delivery)")
    ).one()
    kind = "empty" if not state[1] else "sample data" if state[0] else "real data"
    return Finding("Register", fine=True, found=kind)


def _jobs(connection: Connection) -> Finding:
    """Whether somebody works at what waits: a job that could have begun a minute ago shows that nobody does."""
    row = connection.execute(_WAITING_JOBS).one()
    seen = "no worker was seen" if row.seen_at is None else f"a worker was last seen at {row.seen_at:%d/%m/%Y %H:%M}"
    left = bool(row.due) and row.silent
    found = f"{row.open} wait or are under way; {seen}" if row.open else "none waits"
    advice = "Nobody works at what waits: start 'ekasih serve' (EKASIH_JOBS=0 leaves its worker out) or 'ekasih work'."
    return Finding("Jobs", fine=not left, found=found, advice=advice if left else "")


def _web(connection: Connection) -> Iterator[Finding]:
    owns, powers = connection.execute(
        text(
            "SELECT count(*) FILTER (WHERE c.relowner = r.oid), bool_or(r.rolsuper OR r.rolbypassrls)"
            " FROM pg_roles AS r LEFT JOIN pg_class AS c ON c.relowner = r.oid WHERE r.rolname = current_user"
        )
    ).one()
    fine = not owns and not powers
    found = "owns nothing" if fine else "has more rights than it should"
    advice = "" if fine else "EKASIH_WEB_DATABASE_URL must sign in as app_web, which owns nothing."
    yield Finding("Web account", fine=fine, found=found, advice=advice)


def demo_sign_ins(engine: Engine) -> list[tuple[str, str, str]]:
    """Login, password and role of the sample register's accounts; empty for a real register."""
    with engine.connect() as connection:
        found = connection.execute(text("SELECT login, role FROM ekasih.demo_logins()")).all()
    return [(login, DEMO_PASSWORD, role) for login, role in found]


DEMO_PASSWORD = "demo"  # noqa: S105 - printed on the terminal; these accounts exist for the sample register only
