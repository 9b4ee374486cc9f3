"""Alembic's environment: the schema ``ekasih`` only, on the connection that ``registry.installation.bootstrap`` hands over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import context
from geoalchemy2 import alembic_helpers

from registry.db import SCHEMA
from registry.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from alembic.runtime.migration import MigrationContext, MigrationInfo


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Look at our own schema and nothing else."""
    return name == SCHEMA if kind == "schema" else True


def settle(ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]) -> None:  # noqa: ARG001 - as Alembic calls it
    """Check at the end of each revision what is checked at commit: a table with a check outstanding cannot be altered."""
    connection = ctx.connection
    if connection is not None:
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")


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
        on_version_apply=settle,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
