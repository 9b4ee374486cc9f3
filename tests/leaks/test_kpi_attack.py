"""What pages and alerts show a planner of indicators gives away no hidden count, whatever is put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import text

from bench.attack import attack, seen_by
from bench.attack_kpi import (
    SeenKpi,
    attack_gaps,
    bounds_from_alerts,
    census_households,
    gaps_unprotected,
    hidden_cells_of,
    open_alerts,
    seen_kpi,
    unexplained_alerts,
    with_kpi,
)
from poverty.months import month_before
from registry.db import reading
from registry.kpi.judging import judge_month, read_month, read_rules, rules_of_months
from registry.principals import Principal, Role
from registry.publishing.publish import publish, read_exact
from tests.world import add_principal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from registry.kpi.judging import Key

AS_OF, THIS_MONTH = date(2026, 10, 20), date(2026, 10, 1)
MONTHS = [month_before(THIS_MONTH, back) for back in range(24, 0, -1)]
JUDGED = MONTHS[-10:]
DISTRICTS = ("0801", "0802", "0803", "0804", "0805", "0806", "0807", "0808")
AREAS = {"MY": "country", "08": "state", "0801": "district", "0803": "district", "0805": "district"}
_COUNT = text("""
    INSERT INTO headcount_month (area_code, month, strata, status, households, persons, income_rm, gap_rm, food_gap_rm,
        gap_share, gap_share_squared)
    VALUES (:area, :month, 'urban', :status, :households, 4 * :households, 900 * :households, 217 * :households,
        40 * :households, 0.25 * :households, 0.1 * :households)
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


@pytest.fixture
def thin(owner: Connection, web: Engine) -> Watched:
    return watched(owner, web, thin_months())


def looked_at(world: Watched, home: Path) -> SeenKpi:
    with reading(world.web, world.planner) as connection:
        return seen_kpi(connection, world.planner, AREAS, home=home)


def test_pages_alerts_and_targets_of_24_months_give_no_hidden_count_away(thin: Watched, tmp_path: Path) -> None:
    exact = read_exact(thin.owner, this_month=THIS_MONTH)
    shown = looked_at(thin, tmp_path)
    with reading(thin.web, thin.planner) as connection:
        seen = seen_by(connection)
        together = with_kpi(seen, shown, census_households(connection))
        unexplained = unexplained_alerts(connection, thin.observed)
    assert {month: keys for month, keys in unexplained.items() if keys} == {}
    assert {rule for keys in thin.observed.values() for rule, *_ in keys} >= {"lampu_merah", "merah_berturut"}
    assert len(together.baselines) > len(seen.baselines) > 0
    taken = attack(exact, together)
    assert taken.hidden > 50
    assert taken.small == []
    assert attack_gaps(exact, shown.gaps).recovered == []

    # the same attack on exact alerts, and on every baseline, does find them
    rules = rules_of_months(read_rules(thin.owner), published=True)
    months = {month: read_month(thin.owner, month, published=False) for month in JUDGED}
    bounds = bounds_from_alerts(months, rules, hidden_cells_of(seen, JUDGED))
    assert len(attack(exact, replace(seen, bounds=bounds)).small) > 2
    assert attack_gaps(exact, gaps_unprotected(thin.owner)).recovered != []


def test_a_planner_is_shown_the_same_whichever_of_two_hidden_counts_is_the_larger(
    owner: Connection, web: Engine, tmp_path: Path
) -> None:
    counts = thin_months()
    month, (one, other) = MONTHS[-2], DISTRICTS[:2]
    counts[month, one], counts[month, other] = (4, 20), (3, 21)
    swapped = counts | {(month, one): (3, 21), (month, other): (4, 20)}
    told = []
    for each in (counts, swapped):
        world = watched(owner, web, each, judged=MONTHS[-3:])
        with reading(web, world.planner) as connection:
            told.append((seen_by(connection), world.observed))
        told[-1] += (looked_at(world, tmp_path),)
    assert told[0][0].months[month][one, "all"] == (None, None)
    assert told[0] == told[1]
    assert any(keys for keys in told[0][1].values())


def test_a_target_is_hidden_where_it_may_not_be_known_of_what_it_is_or_tells_too_finely(
    owner: Connection, web: Engine
) -> None:
    thin = watched(owner, web, thin_months(), judged=[])

    def told(code: str) -> set[str]:
        with reading(thin.web, thin.planner) as connection:
            asked = text("SELECT area_code FROM target WHERE indicator_code = :code")
            return set(connection.scalars(asked, {"code": code}))

    thin.owner.execute(
        text("""
        UPDATE published_share SET share = 0.87 WHERE indicator_code = 'located';
        INSERT INTO target (indicator_code, area_code, due_on, baseline, baseline_on, target)
        VALUES ('located', '0803', '2027-12-31', 0.870, '2024-10-31', 1),
            ('located', '0804', '2027-12-31', 0.8712, '2024-10-31', 1)
    """)
    )
    thin.owner.commit()
    assert told("located") == {"0803"}
    before = told("tegar")
    assert {"08", "0804"} <= before
    thin.owner.execute(
        text("""
        INSERT INTO indicator_version (indicator_code, version, valid_from, definition, reason)
        SELECT v.indicator_code, v.version + 1, current_date,
            jsonb_set(v.definition, '{formula}', '"female_headed"'), 'ujian'
        FROM indicator_version AS v WHERE v.indicator_code = 'tegar' ORDER BY v.version DESC LIMIT 1
    """)
    )
    thin.owner.commit()
    assert told("tegar") == set()


def test_an_alert_is_told_no_longer_where_the_month_its_target_begins_from_is_hidden(
    owner: Connection, web: Engine
) -> None:
    last = JUDGED[-1]
    thin = watched(owner, web, thin_months(), judged=[last])
    area = next(area for rule, code, area in thin.observed[last] if (rule, code) == ("merah_berturut", "tegar"))
    thin.owner.execute(
        text("""
            UPDATE published_count SET tegar = NULL, miskin = NULL, gap_rm = NULL
            WHERE area_code = :area AND month = '2024-10-01' AND cut = 'all'
        """),
        {"area": area},
    )
    thin.owner.commit()
    with reading(thin.web, thin.planner) as connection:
        assert area not in {where for rule, code, where in open_alerts(connection) if code == "tegar"}
