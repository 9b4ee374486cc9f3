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


def run_file(connection: Connection, name: str) -> None:
    """Execute a whole file of ``sql/`` as it stands."""
    connection.exec_driver_sql((SQL / f"{name}.sql").read_text(encoding="utf-8").replace("%", "%%"))
