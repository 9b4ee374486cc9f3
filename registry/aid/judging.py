"""Conditions put to the register: which households meet them, which rows of aid do not, and why one does not."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.aid.conditions.language import AidAsked, Comparison, Conditions, Either, Members
from registry.aid.conditions.problems import BadCondition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from registry.aid.conditions.language import Node

_COUNTS: Final = text("""
    SELECT district_code, households FROM counts_meeting(CAST(:asked AS jsonb), CAST(:day AS date), NULL)
    ORDER BY district_code
""")
_OUTSIDE: Final = text("""
    SELECT rows_outside(CAST(:asked AS jsonb), CAST(:households AS bigint[]), CAST(:persons AS bigint[]),
                        CAST(:days AS date[]))
""")
_VERDICT: Final = text("""
    SELECT path, holds, own FROM conditions_verdict(CAST(:asked AS jsonb), :household, CAST(:person AS bigint),
                                                    CAST(:day AS date))
""")
_IN_MALAYSIA: Final = text("""
    SELECT EXISTS (
        SELECT FROM area_piece AS p JOIN boundary_set AS s ON s.id = p.set_id AND s.active
        WHERE s.level = 'district'
            AND ST_Intersects(p.geom, ST_SetSRID(ST_GeomFromGeoJSON(CAST(:polygon AS jsonb)), 4326)))
""")
_NEEDS: Final = text("SELECT code FROM aid_need ORDER BY code")
_AREAS: Final = text("""
    SELECT asked.level, asked.given, array_agg(DISTINCT found.code ORDER BY found.code) AS codes
    FROM unnest(CAST(:levels AS text[]), CAST(:given AS text[])) AS asked (level, given)
    CROSS JOIN LATERAL (
        SELECT a.code FROM area AS a
        WHERE a.level = asked.level AND (a.code = upper(asked.given) OR area_key(a.name) = area_key(asked.given))
        UNION
        SELECT s.code FROM area_alias AS s WHERE s.level = asked.level AND s.alias = area_key(asked.given)
    ) AS found
    GROUP BY asked.level, asked.given
""")


@dataclass(frozen=True, slots=True)
class Aided:
    """Who was aided on what day: what conditions are judged by."""

    household_id: int
    person_id: int | None
    day: date


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one condition: where it stands, whether it holds, and what the record says instead.

    ``own`` is the value of the household or of the person who is asked about; of members how many meet it.
    """

    path: tuple[int, ...]
    holds: bool
    own: Any


def with_area_codes(connection: Connection | Session, conditions: Conditions) -> Conditions:
    """The same conditions with every area by its code.

    Raises:
        BadCondition: there is no such area.

    """
    asked = {
        (test.field.source, str(name))
        for test in conditions.tests()
        if test.field.kind == "area" and isinstance(test.value, tuple)
        for name in test.value
    }
    if not asked:
        return conditions
    levels, given = zip(*sorted(asked), strict=True)
    rows = connection.execute(_AREAS, {"levels": list(levels), "given": list(given)})
    codes = {(row.level, row.given): tuple(row.codes) for row in rows}
    return replace(conditions, nodes=tuple(_coded(node, codes) for node in conditions.nodes))


def _coded(node: Node, codes: dict[tuple[str, str], tuple[str, ...]]) -> Node:
    if isinstance(node, Either):
        return Either(tuple(_coded(option, codes) for option in node.options))
    if isinstance(node, Members):
        return replace(node, tests=tuple(_coded(test, codes) for test in node.tests))
    if node.field.kind != "area" or not isinstance(node.value, tuple):
        return node
    found: list[str] = []
    for name in node.value:
        if (node.field.source, str(name)) not in codes:
            raise BadCondition("unknown_area", field=node.field.name, given=str(name))
        found += codes[node.field.source, str(name)]
    return replace(node, value=tuple(dict.fromkeys(found)))


def require_needs(connection: Connection | Session, conditions: Conditions) -> None:
    """Refuse conditions on aid for what is no need.

    Raises:
        BadCondition: it is none; the message lists them.

    """
    asked = {test.value.need for test in conditions.tests() if isinstance(test.value, AidAsked)}
    if asked:
        known = connection.scalars(_NEEDS).all()
        for need in sorted(asked - set(known)):
            raise BadCondition("unknown_need", where="bantuan", given=need, known=", ".join(known))


def require_in_malaysia(connection: Connection | Session, conditions: Conditions) -> None:
    """Refuse a polygon that touches no district.

    Raises:
        BadCondition: it touches none.

    """
    if conditions.polygon and not connection.scalar(_IN_MALAYSIA, {"polygon": json.dumps(conditions.polygon)}):
        raise BadCondition("polygon_outside")


def count_by_district(connection: Connection | Session, conditions: Conditions, day: date) -> dict[str, int]:
    """How many registered households meet conditions on a day, by district; districts without any are left out.

    Raises:
        BadCondition: they ask about the person aided.

    """
    if conditions.asks_recipient:
        raise BadCondition("recipient")
    rows = connection.execute(_COUNTS, {"asked": json.dumps(conditions.whole()), "day": day})
    return {row.district_code: row.households for row in rows}


def rows_outside(connection: Connection | Session, asked: Any, rows: Sequence[Aided]) -> list[int]:
    """Which rows (their places in ``rows``) are outside conditions, by the record as it stands now.

    ``asked`` is what :meth:`Conditions.stored` keeps. A row whose household is not on record is not among them.
    """
    found = connection.scalars(
        _OUTSIDE,
        {
            "asked": json.dumps(asked),
            "households": [row.household_id for row in rows],
            "persons": [row.person_id for row in rows],
            "days": [row.day for row in rows],
        },
    )
    return sorted(no - 1 for no in found)


def verdict(connection: Connection | Session, asked: Any, aided: Aided) -> list[Judged]:
    """What becomes of each condition for one household; ``path`` counts from 1, as messages do.

    Nothing where the household is not among those that who asks may see.
    """
    values = {"household": aided.household_id, "person": aided.person_id, "day": aided.day}
    rows = connection.execute(_VERDICT, {"asked": json.dumps(asked), **values})
    return [Judged(tuple(row.path), row.holds, row.own) for row in rows]


def leaves(nodes: Iterable[Node], before: tuple[int, ...] = ()) -> dict[tuple[int, ...], Comparison | Members]:
    """The conditions that a verdict tells of, by where they stand: comparisons, and members as a whole."""
    found: dict[tuple[int, ...], Comparison | Members] = {}
    for no, node in enumerate(nodes, 1):
        if isinstance(node, Either):
            found |= leaves(node.options, (*before, no))
        else:
            found[*before, no] = node
    return found
