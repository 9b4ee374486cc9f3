"""Finds the tables that can be read and that no attack knows, and those with figures of areas that none joins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from bench.attack import OUTPUTS
from bench.attack_analysis import JOINED
from bench.attack_crosses import CROSSED

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

APART: Final = {
    "aid_effect": "means over hundreds of households: no count of an area",
    "area_access": "distances",
    "published_aid": "rounded, joined with published counts in attack_aid",
    "published_project": "projects, rounded",
    "published_value": "flows of months, joined with each other in attack_values",
    "release_aid": "rounded, joined with other releases in attack_releases",
    "release_count": "joined with published counts in attacking",
    "report_edition": "made of report_count and report_figure alone",
    "report_figure": "copies of what was published when a month closed: faults, shares, aid, projects",
    "target": "joined with published counts in attack and attack_kpi",
    "target_proposal": "what somebody proposes, of targets that are read",
}
"""Tables with figures of areas that are attacked without the others, and why."""
_READ: Final = text("""
    SELECT c.relname AS name,
        EXISTS (SELECT FROM pg_attribute AS a
                WHERE a.attrelid = c.oid AND a.attname IN ('area_code', 'state_code', 'district_code'))
        AND EXISTS (SELECT FROM pg_attribute AS a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                        AND a.attname !~ '(^id|_id|^no|^month|^year)$'
                        AND a.atttypid IN ('int8'::regtype, 'int4'::regtype, 'numeric'::regtype, 'float8'::regtype))
            AS of_areas
    FROM pg_class AS c
    WHERE c.relnamespace = 'ekasih'::regnamespace AND c.relkind IN ('r', 'v', 'm')
        AND has_table_privilege(current_user, c.oid, 'SELECT')
    ORDER BY c.relname
""")
_OPEN: Final = text("""
    SELECT DISTINCT p.tablename FROM pg_policies AS p
    WHERE p.schemaname = 'ekasih' AND p.cmd = 'SELECT'
        AND regexp_replace(replace(p.qual, 'ekasih.', ''), '[^a-z_]', '', 'g')
            IN ('signed_insigned_in', 'signed_in', 'true')
""")


def open_tables(connection: Connection) -> set[str]:
    """The tables of which everybody who is signed in reads every row, whether or not there are any."""
    return set(connection.scalars(_OPEN))


def unnamed_outputs(connection: Connection, *, public: Callable[[str], bool]) -> list[str]:
    """Tables of which the acting user reads rows and which are neither public nor known to the attack."""
    found = [row.name for row in connection.execute(_READ).all()]
    return [name for name in found if name not in OUTPUTS and not public(name) and _has_rows(connection, name)]


def unjoined_outputs(connection: Connection, *, public: Callable[[str], bool]) -> list[str]:
    """Tables with figures of areas of which the acting user reads rows, or would, and that no attack joins."""
    known, open_ = {*JOINED, *CROSSED, *APART}, open_tables(connection)
    found = [row.name for row in connection.execute(_READ).all() if row.of_areas]
    return [
        name
        for name in found
        if name not in known and not public(name) and (name in open_ or _has_rows(connection, name))
    ]


def _has_rows(connection: Connection, table: str) -> bool:
    return bool(connection.scalar(text(f'SELECT EXISTS (SELECT FROM ekasih."{table}")')))
