"""Alembic's environment: the schema ``ekasih`` only, on the connection that ``registry.installation.bootstrap`` hands over."""

from __future__ import annotations

from typing import Any

from alembic import context
from geoalchemy2 import alembic_helpers

from registry.db import SCHEMA
from registry.tables import METADATA


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Look at our own schema and nothing else."""
    return name == SCHEMA if kind == "schema" else True


def run() -> None:
    """Run migrations on the connection in ``config.attributes``, in the caller's transaction."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        version_table_schema=SCHEMA,
        include_schemas=True,
        include_name=include_name,
        include_object=alembic_helpers.include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
