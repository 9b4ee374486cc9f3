"""The official boundary sets: fetched, checked, and made the active ones together, or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text

from geo.fetch import BY_HAND, REGISTRY, MissingFileError, fetch, sources
from registry.areas.boundaries import make_active
from registry.areas.boundary_files import write_level
from registry.areas.preparing import prepare, require_complete

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from geo.fetch import Fetched, Patience, Progress
    from registry.areas.preparing import BoundaryReport

FOLDER = "downloads"
_OFFICIALLY_INCOMPLETE = frozenset({"mukim"})  # the official set has none for Sabah


def is_untouched(connection: Connection) -> bool:
    """Whether no household stands in the register yet, and no boundaries but the bundled ones were ever brought in."""
    statement = text("""
        SELECT NOT EXISTS (SELECT FROM ekasih.household)
            AND NOT EXISTS (SELECT FROM ekasih.boundary_set WHERE NOT approximate)
    """)
    return bool(connection.scalar(statement))


def fetch_official(
    home: Path,
    *,
    levels: Iterable[str] | None = None,
    mirror: str | None = None,
    patience: Patience = BY_HAND,
    progress: Progress | None = None,
    registry: Path = REGISTRY,
) -> tuple[tuple[Fetched, ...], tuple[str, ...]]:
    """The files of the levels (all, unless given), and those levels that a mirror does not have.

    Raises:
        geo.fetch.FetchError: one of them did not come or is not the right one; or a mirror has none of them.

    """
    found: list[Fetched] = []
    lacking: list[str] = []
    wanted = tuple(levels or sources(registry))
    for level in wanted:
        try:
            given = fetch(
                level,
                folder=home / FOLDER,
                mirror=mirror,
                patience=patience,
                progress=progress,
                registry=registry,
            )
        except MissingFileError:
            # a mirror need not hold every level: what it has is taken
            if mirror is None or len(lacking) == len(wanted) - 1:
                raise
            lacking.append(level)
        else:
            found.append(given)
    return tuple(found), tuple(lacking)


def activate_official(
    engine: Engine, found: Iterable[Fetched], *, home: Path, step: Callable[[str], object]
) -> list[BoundaryReport]:
    """Make the sets of these files the active ones of their levels, in one transaction; what was found in each.

    The files for browsers are written after it: until they are, maps are drawn from those of before. ``step`` hears
    each level as its turn comes.

    Raises:
        UnreadableBoundaries, IncompleteBoundaries: as in :mod:`registry.areas.preparing`; nothing was changed.

    """
    reports = []
    today = datetime.now().astimezone().date()
    with engine.begin() as connection:
        for file in found:
            source = file.source
            step(source.level)
            prepared = prepare(connection, file.path, level=source.level)
            require_complete(prepared, partial=source.level in _OFFICIALLY_INCOMPLETE)
            facts = {"name": file.path.stem, "source": source.source, "licence": source.licence}
            facts_of_use = {"accuracy_m": source.accuracy_m, "dated": today}
            reports.append(make_active(connection, prepared, facts | facts_of_use))
    with engine.connect() as connection:
        for report in reports:
            write_level(connection, report.level, home=home)
    return reports
