"""Which districts are neighbours: by a table, or by the boundaries in force."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.errors import SetupProblem

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

_SHAPES: Final = """
    WITH shape AS (
        SELECT b.area_code AS code, b.geom FROM ekasih.area_boundary AS b
        JOIN ekasih.boundary_set AS s ON s.id = b.set_id WHERE s.level = 'district' AND s.active
    )
"""
_TOUCHING: Final = text(
    _SHAPES  # noqa: S608 - nothing of it is given
    + """
    SELECT a.code AS one, b.code AS other FROM shape AS a JOIN shape AS b
        ON a.code < b.code AND a.geom && b.geom AND ST_Intersects(a.geom, b.geom)
    """
)
_NEAREST: Final = text(
    _SHAPES  # noqa: S608 - nothing of it is given
    + """
    SELECT a.code AS one, near.code AS other FROM shape AS a
    CROSS JOIN LATERAL (
        SELECT b.code FROM shape AS b WHERE b.code <> a.code
            ORDER BY ST_Distance(a.geom, b.geom), b.code LIMIT 3) AS near
    WHERE a.code <> ALL (CAST(:known AS text[]))
    """
)


def read_neighbours(path: Path) -> dict[str, list[str]]:
    """The neighbours of each area, of a .csv with the columns kod and jiran.

    Raises:
        SetupProblem: it is no such table; it says in which line.

    """
    found: dict[str, set[str]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"kod", "jiran"} <= set(rows.fieldnames or ()):
                raise SetupProblem(f"{path.name}: the columns kod and jiran are needed")
            for row in rows:
                one, other = (row["kod"] or "").strip(), (row["jiran"] or "").strip()
                if not one or not other:
                    raise SetupProblem(f"{path.name}, line {rows.line_num}: kod and jiran are needed")
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
    except (UnicodeDecodeError, csv.Error) as error:
        raise SetupProblem(f"{path.name}: not a table in UTF-8") from error
    return {code: sorted(beside) for code, beside in found.items()}


def active_neighbours(connection: Connection) -> dict[str, list[str]]:
    """The same by the boundaries in force: districts that share a point; one that has none, its three nearest."""
    found: dict[str, set[str]] = {}
    for row in connection.execute(_TOUCHING):
        found.setdefault(row.one, set()).add(row.other)
        found.setdefault(row.other, set()).add(row.one)
    for row in connection.execute(_NEAREST, {"known": list(found)}).all():
        found.setdefault(row.one, set()).add(row.other)
        found.setdefault(row.other, set()).add(row.one)
    return {code: sorted(beside) for code, beside in found.items()}
