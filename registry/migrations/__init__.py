"""The schema of the register: Alembic revisions make tables and move data, and definitions are applied whole after them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from registry import definitions
from registry.db import SCHEMA
from registry.jobs import schema as jobs_schema

if TYPE_CHECKING:
    from sqlalchemy import Connection


def configuration(connection: Connection) -> Config:
    """Alembic's configuration, bound to an open connection of the owner."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Bring tables to their newest revision, the queue and definitions to this program's, in the caller's transaction."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}, public"))
    command.upgrade(configuration(connection), "head")
    jobs_schema.apply(connection)
    definitions.apply(connection)
