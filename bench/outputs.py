"""Says which attack joins each table with figures of areas to the others, and finds those that none does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

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
_FIGURES: Final = text("""
    SELECT c.relname FROM pg_class AS c
    WHERE c.relnamespace = 'ekasih'::regnamespace AND c.relkind IN ('r', 'v', 'm')
        AND has_table_privilege(current_user, c.oid, 'SELECT')
        AND EXISTS (SELECT FROM pg_attribute AS a
                    WHERE a.attrelid = c.oid AND a.attname IN ('area_code', 'state_code', 'district_code'))
        AND EXISTS (SELECT FROM pg_attribute AS a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                        AND a.attname !~ '(^id|_id|^no|^month|^year)$'
                        AND a.atttypid IN ('int8'::regtype, 'int4'::regtype, 'numeric'::regtype, 'float8'::regtype))
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


def unjoined_outputs(connection: Connection, *, public: Callable[[str], bool]) -> list[str]:
    """Tables with figures of areas of which the acting user reads rows, or would, and that no attack joins."""
    known, open_ = {*JOINED, *CROSSED, *APART}, open_tables(connection)
    return [
        name
        for name in connection.scalars(_FIGURES).all()
        if name not in known
        and not public(name)
        and (name in open_ or connection.scalar(text(f'SELECT EXISTS (SELECT FROM ekasih."{name}")')))
    ]
