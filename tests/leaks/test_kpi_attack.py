"""What pages, alerts and values of indicators show a planner gives away no hidden count, whatever is put together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

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
from bench.attack_values import attack_values, exact_values, seen_values, unrounded
from dashboard.pages.boards.reading import BoardFigures, read_board
from dashboard.pages.boards.view import BY_LEVEL, BoardView
from dashboard.pages.kpi.view import KpiView, read_panel
from registry.db import reading
from registry.kpi.judging import read_month, read_rules, rules_of_months
from registry.publishing.publish import publish, read_exact
from tests.leaks.thin import DISTRICTS, JUDGED, MONTHS, THIS_MONTH, Watched, thin_months, watched

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

AREAS = {"MY": "country", "08": "state", "0801": "district", "0803": "district", "0805": "district"}


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


def test_values_that_are_published_rounded_are_shown_and_give_no_small_count_away(
    owner: Connection, web: Engine, tmp_path: Path
) -> None:
    world = watched(owner, web, thin_months(), judged=[])
    exact = read_exact(owner, this_month=THIS_MONTH)
    truth = exact_values(owner, exact.places, MONTHS)
    with reading(web, world.planner) as connection:
        shown = seen_values(connection)
        panel = read_panel(connection, KpiView(area="08"), world.planner)
        board = read_board(connection, BY_LEVEL["state"], BoardView(area="08", indicator="naik_rm300"), world.planner,
                           home=tmp_path)  # fmt: skip
    taken = attack_values(truth, shown, exact.places)
    assert taken.hidden > 200
    assert taken.recovered == []
    assert len(attack_values(truth, unrounded(truth), exact.places, rounded=False).small) > 5

    rose = next(one for one in truth if one.code == "naik_rm300")
    real = rose.figure(rose.parts, "08", MONTHS[-1])
    (item,) = [one for one in panel.measured if one.indicator.indicator_code == "naik_rm300"]
    assert item.actual is not None
    assert real is not None
    assert abs(int(item.actual) - real) <= 2
    assert item.actual % 5 == 0
    assert isinstance(board, BoardFigures)
    assert board.chosen.indicator_code == "naik_rm300"
    inside = {one.code: one.now["naik_rm300"] for one in board.inside}
    assert {one.missing for one in inside.values() if one.actual is None} == {"disembunyikan"}
    assert all(one.actual is None or one.actual >= 10 for one in inside.values())
    rates = shown["lawatan_14"]
    assert {-value.as_tuple().exponent for value in rates.values()} <= {1, 2, 3}  # type: ignore[operator]


def test_publishing_values_again_changes_nothing_and_a_new_formula_is_hidden(owner: Connection, web: Engine) -> None:
    watched(owner, web, thin_months(), judged=[])
    sums = text(
        "SELECT indicator_code, md5(string_agg(v::text, '' ORDER BY v::text)) FROM published_value AS v GROUP BY 1"
    )
    before = dict(owner.execute(sums).all())
    publish(owner)
    assert dict(owner.execute(sums).all()) == before
    assert {"naik_rm300", "keluar_pendapatan", "lawatan_14", "rumah_siap", "p1"} <= before.keys()
    owner.execute(
        text("""
        INSERT INTO indicator_version (indicator_code, version, valid_from, definition, reason)
        SELECT v.indicator_code, 2, '2026-09-01',
            jsonb_set(v.definition, '{formula}', '"income_up_300 - tegar"'), 'ujian'
        FROM indicator_version AS v WHERE v.indicator_code = 'naik_rm300'
    """)
    )
    publish(owner)
    last = text("SELECT max(month) FROM published_value WHERE indicator_code = 'naik_rm300'")
    assert owner.scalar(last) == MONTHS[-2]
