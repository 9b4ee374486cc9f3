"""Holds districts against each other, by DOSM's rate and by the register's as published, and keeps what is found.

Only figures that everybody is shown go in: whoever reads what comes out could have worked it out from them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from poverty.months import month_end
from poverty.pockets import LEAST_AREAS, NOT_SIGNIFICANT, find_pockets
from poverty.small_areas import empirical_bayes, is_small, spatial_empirical_bayes, standardised
from registry.areas.neighbours import active_set, neighbours_among

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from poverty.pockets import Pocket

DOSM: Final = "dosm"
REGISTER: Final = "register"
_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('ekasih.areas_compared', 0))")
_DOSM: Final = text("""
    WITH newest AS (
        SELECT max(s.year) AS year FROM ekasih.area_statistic AS s
        JOIN ekasih.area AS a ON a.code = s.area_code AND a.level = 'district'
        WHERE s.source = 'dosm_poverty' AND s.measure = 'poverty_absolute'
    )
    SELECT a.code, make_date(newest.year, 12, 31) AS of_day, s.value / 100 * c.value AS events, c.value AS base,
        s.value AS rate
    FROM newest
    JOIN ekasih.area AS a ON a.level = 'district'
    JOIN ekasih.area_statistic AS s ON s.area_code = a.code AND s.source = 'dosm_poverty'
        AND s.measure = 'poverty_absolute' AND s.year = newest.year
    LEFT JOIN ekasih.area_statistic AS c
        ON c.area_code = a.code AND c.source = 'census_2020' AND c.measure = 'household_total'
    ORDER BY a.code
""")
# what is published of the last closed month; an area without a row has nobody, a hidden one is left out
_REGISTER: Final = text("""
    WITH closed AS (
        SELECT max(c.month) AS month FROM ekasih.published_count AS c
        WHERE c.area_code = 'MY' AND c.cut = 'all'
            AND c.month < (SELECT date_trunc('month', p.as_of) FROM ekasih.publication AS p ORDER BY p.id DESC LIMIT 1)
    )
    SELECT a.code, closed.month AS of_day, CASE WHEN n.area_code IS NULL THEN 0 ELSE n.tegar + n.miskin END AS events,
        c.value AS base, NULL AS rate
    FROM closed
    JOIN ekasih.area AS a ON a.level = 'district'
    JOIN ekasih.area_statistic AS c
        ON c.area_code = a.code AND c.source = 'census_2020' AND c.measure = 'household_total' AND c.value > 0
    LEFT JOIN ekasih.published_count AS n ON n.area_code = a.code AND n.month = closed.month AND n.cut = 'all'
    WHERE closed.month IS NOT NULL AND (n.area_code IS NULL OR n.tegar + n.miskin IS NOT NULL)
    ORDER BY a.code
""")
_MARK: Final = text("SELECT l.mark FROM ekasih.area_look AS l WHERE l.subject = :subject")
LOOK: Final = text("""
    INSERT INTO ekasih.area_look (subject, set_id, of_day, areas, reason, mark, worked_on)
    VALUES (:subject, :set_id, :of_day, :areas, :reason, :mark, current_date)
    ON CONFLICT (subject) DO UPDATE SET set_id = excluded.set_id, of_day = excluded.of_day, areas = excluded.areas,
        reason = excluded.reason, mark = excluded.mark, worked_on = excluded.worked_on
""")
_CLEAR: Final = text("DELETE FROM ekasih.area_pocket WHERE subject = :subject")
_KEEP: Final = text("""
    INSERT INTO ekasih.area_pocket
        (subject, area_code, rate, smoothed, smoothed_near, small, neighbours, lisa, gi)
    VALUES (:subject, :area_code, :rate, :smoothed, :smoothed_near, :small, :neighbours, :lisa, :gi)
""")


@dataclass(frozen=True, slots=True)
class District:
    """A district with a rate: how many households are poor of how many, and the rate that is held against others.

    ``rate`` is a share; ``events`` and ``base`` are none where the census did not count the district.
    """

    code: str
    rate: float
    events: float | None
    base: float | None


def compare_areas(connection: Connection) -> dict[str, bool]:
    """Hold the districts against each other anew where anything has changed; for each rate, whether it had."""
    connection.execute(_TURN)
    return {subject: _compare(connection, subject, query) for subject, query in ((DOSM, _DOSM), (REGISTER, _REGISTER))}


def found_of(
    districts: Sequence[District], neighbours: Mapping[str, set[str]], *, counted: bool
) -> list[dict[str, Any]]:
    """What is kept of each district; ``counted`` are rates of counts, which are standardised to look for pockets."""
    codes = [one.code for one in districts]
    events, bases = [one.events for one in districts], [one.base for one in districts]
    places = {code: place for place, code in enumerate(codes)}
    around = [[places[other] for other in neighbours.get(code, ()) if other in places] for code in codes]
    whole, near = empirical_bayes(events, bases), spatial_empirical_bayes(events, bases, around)
    pockets = _pockets(districts, neighbours, counted=counted)
    return [
        {
            "area_code": one.code,
            "rate": one.rate,
            "smoothed": whole.smoothed[place],
            "smoothed_near": near.smoothed[place],
            "small": is_small(one.events, one.base),
            "neighbours": len(around[place]),
            "lisa": _label(pockets[one.code].lisa) if one.code in pockets else None,
            "gi": _label(pockets[one.code].gi) if one.code in pockets else None,
        }
        for place, one in enumerate(districts)
    ]


def _pockets(
    districts: Sequence[District], neighbours: Mapping[str, set[str]], *, counted: bool
) -> Mapping[str, Pocket]:
    raw = {one.code: one.rate for one in districts}
    values = raw
    if counted:
        apart = standardised([one.events for one in districts], [one.base for one in districts])
        values = {one.code: value for one, value in zip(districts, apart, strict=True) if value is not None}
        raw = {code: raw[code] for code in values}
    found = find_pockets(values, neighbours, raw=raw)
    return found.areas if found else {}


def _compare(connection: Connection, subject: str, query: Any) -> bool:
    rows = connection.execute(query).all()
    districts = [
        District(
            row.code,
            float(row.rate) / 100 if row.rate is not None else float(row.events) / float(row.base),
            None if row.events is None else float(row.events),
            None if row.base is None else float(row.base),
        )
        for row in rows
    ]
    set_id = active_set(connection, "district")
    neighbours = {} if set_id is None else neighbours_among(connection, set_id, [one.code for one in districts])
    of_day = _day(subject, rows[0].of_day) if rows else None
    mark = _mark(districts, neighbours, set_id, of_day)
    if connection.scalar(_MARK, {"subject": subject}) == mark:
        return False
    reason = (
        "tiada_data" if not districts or not neighbours else "terlalu_sedikit" if len(districts) < LEAST_AREAS else None
    )
    look = {"set_id": set_id, "of_day": of_day, "areas": len(districts), "reason": reason, "mark": mark}
    connection.execute(LOOK, {"subject": subject} | look)
    connection.execute(_CLEAR, {"subject": subject})
    found = found_of(districts, neighbours, counted=subject == REGISTER)
    if found:
        connection.execute(_KEEP, [{"subject": subject} | row for row in found])
    return True


def _day(subject: str, day: date) -> date:
    return month_end(day) if subject == REGISTER else day


def _mark(
    districts: Sequence[District], neighbours: Mapping[str, set[str]], set_id: int | None, day: date | None
) -> str:
    told = [
        set_id,
        str(day),
        [(one.code, one.rate, one.events, one.base, sorted(neighbours.get(one.code, ()))) for one in districts],
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _label(label: str) -> str | None:
    return None if label == NOT_SIGNIFICANT else label
