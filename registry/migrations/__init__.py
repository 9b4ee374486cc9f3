"""The schema of the register: Alembic revisions, and the policies, functions and triggers they load from ``sql/``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from registry.db import SCHEMA

if TYPE_CHECKING:
    from sqlalchemy import Connection

SQL = Path(__file__).with_name("sql")


def configuration(connection: Connection) -> Config:
    """Alembic's configuration, bound to an open connection of the owner."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Bring the schema to its newest revision, in the caller's transaction."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}, public"))
    command.upgrade(configuration(connection), "head")


def guard_tables(connection: Connection, *names: str) -> None:
    """Close tables by row-level security to everyone but the register's own role; ``sql/`` then says who else may."""
    for name in names:
        connection.exec_driver_sql(f"""
            ALTER TABLE ekasih.{name} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE ekasih.{name} FORCE ROW LEVEL SECURITY;
            DROP POLICY IF EXISTS system ON ekasih.{name};
            CREATE POLICY system ON ekasih.{name} TO app_owner USING (true) WITH CHECK (true);
        """)


def run_file(connection: Connection, name: str) -> None:
    """Execute a whole file of ``sql/`` as it stands."""
    connection.exec_driver_sql((SQL / f"{name}.sql").read_text(encoding="utf-8").replace("%", "%%"))
