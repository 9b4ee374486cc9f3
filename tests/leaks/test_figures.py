"""What those who see no persons can read gives away no small count, however it is put together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import text

from bench.attack import OUTPUTS, attack, seen_by, unprotected
from bench.outputs import open_tables, unjoined_outputs, unnamed_outputs
from dashboard.pages.kpi.view import KpiView, read_panel
from queries import published
from queries.quality import KINDS
from registry.db import reading
from registry.principals import Principal, Role
from registry.publishing.publish import publish, publish_if_stale, read_exact, read_faults
from registry.status.months import close_months
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from tests.leaks.conftest import World

AS_OF, THIS_MONTH = date(2026, 10, 20), date(2026, 10, 1)
_INCOMES = (260, 1500, 9000)
# reference data and definitions, the same for everyone
_PUBLIC = {
    "agency", "aid_conditions", "aid_kind", "aid_need", "aid_programme", "aid_rate", "aid_transition", "office",
    "area", "area_alias", "area_boundary", "area_piece", "area_statistic", "boundary_set", "case_state",
    "case_transition", "classification_rule", "geocode_place", "indicator", "indicator_version", "poverty_line",
    "postcode_state", "role_permission", "setting",
    "article", "article_search", "article_synonym", "article_translation", "article_version", "library_file",
    "district_office",
    "support_holiday", "support_hours", "ticket_template", "ticket_transition",
}  # fmt: skip


@pytest.fixture
def planner(owner: Connection) -> Principal:
    """A thin register: few households in the districts of three states over four months, and a planner."""
    random = np.random.default_rng(7)
    inside = text("SELECT code FROM area WHERE level = 'district' AND state_code IN ('08', '10', '11')")
    districts = list(owner.scalars(inside))
    mukims: dict[str, list[str]] = {}
    for code in owner.scalars(text("SELECT code FROM area WHERE level = 'mukim' AND code NOT LIKE '%00'")):
        mukims.setdefault(code[:4], []).append(code)
    for number in range(330):
        district = districts[min(int(random.exponential(5)), len(districts) - 1)]
        add_household(
            owner,
            f"T{number:04}",
            district=district,
            mukim=random.choice(mukims[district][:3]) if random.random() < 0.8 and district in mukims else None,
            strata="rural" if random.random() < 0.4 else "urban",
            ethnicity=str(random.choice(["bumiputera", "bumiputera", "chinese", "indian"])),
            income=int(random.choice(_INCOMES)),
            on_date=f"2026-{int(random.integers(6, 10)):02}-15",
        )
    owner.execute(
        text("""
            INSERT INTO setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """),
        {"day": AS_OF.isoformat()},
    )
    close_months(owner, up_to=AS_OF)
    owner.execute(
        text("""
            INSERT INTO target (indicator_code, area_code, due_on, baseline, baseline_on, target)
            SELECT 'tegar', m.area_code, '2027-12-31', sum(m.households), '2026-09-30', 0
            FROM headcount_month AS m JOIN area AS a ON a.code = m.area_code AND a.level IN ('state', 'district')
            WHERE m.month = '2026-09-01' AND m.status = 'tegar' GROUP BY m.area_code
        """)
    )
    publish(owner)
    made = Principal(add_user(owner, "menteri", role="planner"), "menteri", "M", Role.PLANNER)
    owner.commit()
    return made


def test_no_small_count_can_be_worked_out_from_all_that_a_planner_reads(
    planner: Principal, owner: Connection, web: Engine
) -> None:
    exact = read_exact(owner, this_month=THIS_MONTH)
    with reading(web, planner) as connection:
        seen = seen_by(connection)
    taken = attack(exact, seen, faults=read_faults(owner))
    assert taken.hidden > 100
    assert taken.small == []


def test_the_attack_succeeds_where_small_counts_alone_are_hidden(planner: Principal, owner: Connection) -> None:
    assert planner
    exact = read_exact(owner, this_month=THIS_MONTH)
    assert len(attack(exact, unprotected(exact)).small) > 20


def test_what_is_shown_is_what_the_records_count(planner: Principal, owner: Connection, web: Engine) -> None:
    exact = read_exact(owner, this_month=THIS_MONTH)
    with reading(web, planner) as connection:
        seen = seen_by(connection)
    for month, counts in {**exact.months, THIS_MONTH: exact.now}.items():
        shown = {key: pair for key, pair in seen.months[month].items() if pair != (None, None)}
        assert shown
        assert {key: counts.get(key, (0, 0)) for key in shown} == shown


def test_every_output_with_figures_is_part_of_the_attack(planner: Principal, web: Engine) -> None:
    with reading(web, planner) as connection:
        assert unnamed_outputs(connection, public=_PUBLIC.__contains__) == []
        assert unjoined_outputs(connection, public=_PUBLIC.__contains__) == []
        # a table that has no row in this register yet may have some in another
        named = OUTPUTS.keys() | _PUBLIC
        assert {name for name in open_tables(connection) if name not in named} == set()


def test_a_new_table_with_figures_that_no_attack_joins_is_found(
    planner: Principal, owner: Connection, web: Engine
) -> None:
    owner.execute(text("CREATE TABLE ekasih.published_new (area_code text, households bigint)"))
    owner.execute(text("ALTER TABLE ekasih.published_new ENABLE ROW LEVEL SECURITY"))
    owner.execute(text("CREATE POLICY read ON ekasih.published_new FOR SELECT TO app_web USING ((SELECT signed_in()))"))
    owner.execute(text("GRANT SELECT ON ekasih.published_new TO app_web"))
    owner.commit()
    with reading(web, planner) as connection:
        assert unjoined_outputs(connection, public=_PUBLIC.__contains__) == ["published_new"]
        assert "published_new" in open_tables(connection)


def test_a_target_is_told_only_where_its_own_months_count_may_be_shown(
    planner: Principal, owner: Connection, web: Engine
) -> None:
    with reading(web, planner) as connection:
        seen = seen_by(connection)
        told = set(connection.scalars(text("SELECT area_code FROM target")))
    hidden = {area for (area, cut), pair in seen.months[date(2026, 9, 1)].items() if cut == "all" and pair[0] is None}
    every = set(owner.scalars(text("SELECT area_code FROM target")))
    assert hidden & every
    assert told == every - hidden


def test_the_page_of_indicators_shows_no_way_to_a_hidden_count(planner: Principal, web: Engine) -> None:
    with reading(web, planner) as connection:
        panels = [read_panel(connection, KpiView(area=area), planner) for area in ("08", "10", "11")]
        hidden = [
            item
            for panel in panels
            for item in [*panel.measured, *(item for _, _, found in panel.children for item in found.values())]
            if item.indicator.indicator_code == "tegar" and item.actual is None
        ]
    assert all(item.light is None for item in hidden)


def test_shares_are_rounded_to_what_their_households_bear(planner: Principal, web: Engine) -> None:
    with reading(web, planner) as connection:
        shares = {code: published.shares(connection, code) for code in ("08", "0803")}
    for found in shares.values():
        for share in found.values():
            assert share is None or -share.as_tuple().exponent <= 2


def test_faults_are_hidden_where_few_households_have_them(planner: Principal, web: Engine) -> None:
    with reading(web, planner) as connection:
        found = published.faults(connection, level="district", within="08", kinds=KINDS)
    counts = [count for kind in KINDS for count in found[kind] if count is not None]
    assert counts
    assert not [count for count in counts if 0 < count < 5]


def test_who_sees_persons_elsewhere_reads_no_exact_count_here(
    planner: Principal, owner: Connection, web: Engine
) -> None:
    officer = add_user(owner, "pegawai", role="officer", territory=("0803",))
    owner.commit()
    who = Principal(officer, "pegawai", "P", Role.OFFICER, ("0803",))
    with reading(web, who) as connection:
        codes = set(connection.scalars(text("SELECT DISTINCT area_code FROM headcount")))
        assert {code[:4] for code in codes} == {"0803"}
        assert connection.execute(text("SELECT * FROM workload('08')")).all() == []
        assert connection.execute(text("SELECT * FROM fault_counts('district', '08')")).all() == []


def test_publishing_again_changes_nothing_and_today_is_enough(planner: Principal, owner: Connection) -> None:
    assert planner
    counts = text("SELECT md5(string_agg(c::text, '' ORDER BY c::text)) FROM published_count AS c")
    before = owner.scalar(counts)
    publish(owner)
    assert owner.scalar(counts) == before
    assert publish_if_stale(owner) is None


def test_no_figure_stands_where_nothing_was_published(whole: World) -> None:
    with whole.acting(Role.PLANNER) as connection:
        assert connection.scalar(text("SELECT count(*) FROM ekasih.headcount")) == 0
        assert connection.scalar(text("SELECT count(*) FROM ekasih.target")) == 0
