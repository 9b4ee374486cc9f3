"""Opens the database for a command: starts the private cluster where it is down, migrates it where it is old."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from registry.errors import DatabaseAway, SetupProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from registry.installation.settings import Settings

STEPS = {
    "cluster": "Database server",
    "roles": "Roles and extensions",
    "schema": "Schema",
    "reference": "Reference tables",
    "boundaries": "Boundaries",
    "months": "Closed months",
    "measures": "Measures of closed months",
}


@contextmanager
def opened(settings: Settings, *, source: str = "") -> Iterator[Engine]:
    """An engine of the schema's owner on a database that is up, at the newest schema; ``source`` is for the audit log.

    Raises:
        SetupProblem: the given server's schema is old: only the private cluster is migrated without being asked.
        DatabaseAway: the given server cannot be reached.

    """
    from registry.db import make_engine
    from registry.installation.bootstrap import str_url

    if settings.private:
        settings.cluster.up()
    engine = make_engine(str_url(settings.owner_url), role=settings.owner_role, source=source)
    try:
        if not ready(engine):
            if not settings.private:
                raise SetupProblem("The database is not prepared for this version. Run 'ekasih migrate'.")
            migrate(settings)
        yield engine
    finally:
        engine.dispose()


def ready(engine: Engine) -> bool:
    """Whether the database exists with the newest schema, and all that its upgrade counts anew has been counted.

    Raises:
        DatabaseAway: the server cannot be reached.

    """
    from psycopg.errors import InvalidCatalogName
    from sqlalchemy.exc import DBAPIError

    from registry.installation.bootstrap import is_current
    from registry.kpi.measures import measures_incomplete
    from registry.status.months import months_incomplete

    try:
        with engine.connect() as connection:
            counted = is_current(connection) and not months_incomplete(connection)
            return counted and not measures_incomplete(connection)
    except DBAPIError as error:
        # The private cluster has no such role or database before its first migration.
        if isinstance(error.orig, InvalidCatalogName) or _unknown_here(error):
            return False
        raise DatabaseAway from error


def migrate(settings: Settings) -> None:
    """Bring the database up to date, naming each step on the terminal as it runs; a new one gets official boundaries.

    They are fetched where they can be had; a line says whether they were.
    """
    from rich.console import Console

    from registry.installation import bootstrap
    from registry.installation.first_boundaries import settle

    console = Console(stderr=True)
    with console.status("Preparing the database") as status:
        bootstrap.migrate(settings, step=lambda name: status.update(STEPS[name]))
        said = settle(settings, step=status.update)
    if said:
        console.print(said, highlight=False, markup=False, soft_wrap=True)


def _unknown_here(error: Exception) -> bool:
    said = str(error)
    return "does not exist" in said
