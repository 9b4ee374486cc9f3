"""A thin register of 24 months, put straight into the months that are kept, of which a planner watches the alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import text

from bench.attack_kpi import open_alerts
from poverty.months import month_before
from registry.db import reading
from registry.kpi.judging import judge_month, read_rules
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from registry.kpi.judging import Key

AS_OF, THIS_MONTH = date(2026, 10, 20), date(2026, 10, 1)
MONTHS = [month_before(THIS_MONTH, back) for back in range(24, 0, -1)]
JUDGED = MONTHS[-10:]
DISTRICTS = ("0801", "0802", "0803", "0804", "0805", "0806", "0807", "0808")
_COUNT = text("""
    INSERT INTO headcount_month (area_code, month, strata, status, households, persons, income_rm, gap_rm, food_gap_rm,
        gap_share, gap_share_squared)
    VALUES (:area, :month, 'urban', :status, :households, 4 * :households, 900 * :households, 217 * :households,
        40 * :households, 0.25 * :households, 0.1 * :households)
""")
_MEASURE = text("""
    INSERT INTO measure_month (measure, month, area_code, cut, value) VALUES (:measure, :month, :area, :cut, :value)
""")
_ADDED = text("""
    INSERT INTO measure_month AS k (measure, month, area_code, cut, value)
    SELECT m.measure, m.month, area.code, m.cut, sum(m.value)
    FROM measure_month AS m, LATERAL unnest(ARRAY['MY', left(m.area_code, 2)]) AS area (code)
    WHERE length(m.area_code) = 4 GROUP BY m.measure, m.month, area.code, m.cut
""")
_PLANNERS = text("SELECT count(*) FROM app_user WHERE role = 'planner'")
_KEPT = text("INSERT INTO measure_month (measure, month, area_code, value) VALUES ('exits', :month, 'MY', 0)")
_TARGETS = text("""
    INSERT INTO target (indicator_code, area_code, due_on, baseline, baseline_on, target)
    SELECT i.code, m.area_code, '2026-03-31',
        CASE i.code WHEN 'gap' THEN sum(m.gap_rm)
            ELSE sum(m.households) FILTER (WHERE m.status = 'tegar' OR i.code = 'miskin') END,
        '2024-10-31', CASE i.code WHEN 'tegar' THEN 3 ELSE round(0.92 * sum(m.households)) END
    FROM headcount_month AS m, (VALUES ('tegar'), ('miskin'), ('gap')) AS i (code)
    WHERE m.month = '2024-10-01' GROUP BY i.code, m.area_code
""")


@dataclass(frozen=True)
class Watched:
    """A register of 24 months of which a planner saw the alerts after each."""

    owner: Connection
    web: Engine
    planner: Principal
    observed: dict[date, set[Key]]


def thin_months() -> dict[tuple[date, str], tuple[int, int]]:
    """Households by month and district, (hardcore poor, poor): two fall to three or four.

    The last has seven, which are shown as a count and too few for a shortfall.
    """
    random = np.random.default_rng(11)
    found = {}
    for place, district in enumerate(DISTRICTS):
        tegar, miskin = (25, 30) if place < 3 else random.integers(20, 40, 2)
        for number, month in enumerate(MONTHS):
            if place < 2:
                tegar = max(int(random.integers(3, 5)), 25 - 2 * number)
            else:
                tegar = 25 - number if place == 2 and number < 16 else max(9, int(tegar + random.integers(-3, 4)))
            found[month, district] = (tegar, max(8, int(miskin + random.integers(-4, 5))))
    return found | {(month, DISTRICTS[-1]): (0, 7) for month in MONTHS}


def flows() -> list[dict[str, object]]:
    """Rows of measures by month and district: few exits, cases, houses and households whose income rose."""
    random = np.random.default_rng(5)
    rows = []
    for measure, cut, most in (
        ("exits", "reason=income_rose", 4), ("cases_due_visit", "", 40), ("houses_completed", "", 3),
        ("income_up_300", "", 14),
    ):  # fmt: skip
        for month in MONTHS:
            for district in DISTRICTS:
                value = int(random.integers(0, most))
                rows.append({"measure": measure, "cut": cut, "month": month, "area": district, "value": value})
                if measure == "cases_due_visit":
                    some = {"measure": "cases_visited_in_time", "value": int(random.integers(value // 2, value + 1))}
                    rows.append(rows[-1] | some)
    return rows


def watched(
    owner: Connection, web: Engine, counts: dict[tuple[date, str], tuple[int, int]], *, judged: list[date] = JUDGED
) -> Watched:
    owner.execute(
        text("""
            INSERT INTO setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """),
        {"day": AS_OF.isoformat()},
    )
    if not owner.scalar(text("SELECT EXISTS (SELECT FROM household)")):
        # boards of an empty register show nothing
        add_household(owner, "T1", on_date="2026-10-05")
    for table in ("headcount_month", "measure_month", "alert", "target"):
        owner.execute(text(f"DELETE FROM {table}"))
    sums: dict[tuple[str, date], np.ndarray] = {}
    for (month, district), pair in counts.items():
        for area in (district, district[:2]):
            sums[area, month] = sums.get((area, month), np.zeros(2, dtype=int)) + pair
    rows = [
        {"area": area, "month": month, "status": status, "households": int(pair[place])}
        for (area, month), pair in sums.items()
        for place, status in enumerate(("tegar", "miskin"))
    ]
    owner.execute(_COUNT, rows)
    owner.execute(_KEPT, [{"month": month} for month in MONTHS])
    owner.execute(_TARGETS)
    owner.execute(_MEASURE, flows())
    owner.execute(_ADDED)
    publish(owner)
    planner = add_principal(owner, f"perancang.{owner.scalar(_PLANNERS)}", Role.PLANNER)
    owner.commit()
    rules, observed = read_rules(owner), {}
    for month in judged:
        judge_month(owner, month, rules)
        owner.commit()
        with reading(web, planner) as connection:
            observed[month] = open_alerts(connection)
    return Watched(owner, web, planner, observed)
