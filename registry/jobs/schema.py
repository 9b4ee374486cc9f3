"""The tables and functions of procrastinate, in a PostgreSQL schema of their own, at the version that is installed."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

JOBS_SCHEMA: Final = "jobs"
_STANDS: Final = text("""
    SELECT obj_description(n.oid, 'pg_namespace') FROM pg_namespace AS n WHERE n.nspname = :schema
""")


def is_current(connection: Connection) -> bool:
    """Whether the queue stands at the version that is installed."""
    return bool(connection.scalar(_STANDS, {"schema": JOBS_SCHEMA}) == _migrations()[-1].stem)


def apply(connection: Connection) -> None:
    """Make the queue, or bring it to the installed version, in the caller's transaction, as the owner.

    A new one is made from procrastinate's whole schema; one that stands gets the migrations that came after it. The
    newest of them is kept as the comment of the PostgreSQL schema.
    """
    if is_current(connection):
        return
    path_before = connection.scalar(text("SHOW search_path"))
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {JOBS_SCHEMA}")
    connection.exec_driver_sql(f"SET LOCAL search_path TO {JOBS_SCHEMA}")
    stands = connection.scalar(_STANDS, {"schema": JOBS_SCHEMA})
    migrations = _migrations()
    for path in [_folder() / "schema.sql"] if stands is None else [p for p in migrations if p.stem > stands]:
        connection.exec_driver_sql(path.read_text(encoding="utf-8").replace("%", "%%"))
    connection.exec_driver_sql(f"COMMENT ON SCHEMA {JOBS_SCHEMA} IS '{migrations[-1].stem}'")
    connection.execute(text("SELECT set_config('search_path', :path, true)"), {"path": path_before})


def _migrations() -> list[Path]:
    """Procrastinate's migrations, oldest first: their names begin with a version of two digits a part."""
    return sorted(
        path for path in (_folder() / "migrations").glob("*.sql") if re.match(r"\d\d\.\d\d\.\d\d_", path.name)
    )


def _folder() -> Path:
    # found without being imported: commands that queue nothing start faster
    spec = find_spec("procrastinate")
    if spec is None or not spec.submodule_search_locations:
        msg = "procrastinate is not installed"
        raise ModuleNotFoundError(msg)
    return Path(spec.submodule_search_locations[0]) / "sql"
