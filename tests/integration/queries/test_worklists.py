"""Indicators and worklists count the same households, and each sees those of its own territory."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from dashboard.pages.kpi.view import KpiView, read_panel
from queries import kpi, published, worklists
from registry.principals import Principal, Role
from registry.status.months import close_months
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

OLD = (date.today() - timedelta(days=900)).isoformat()  # noqa: DTZ011 - the day of the machine, as the database has it
NEW = date.today().isoformat()  # noqa: DTZ011


@pytest.fixture
def users(owner: Connection) -> dict[str, int]:
    """Kinta: one household due, one without a place, one flagged; Kampar: one due. Someone for each role."""
    add_household(owner, "A", income=100, on_date=OLD)
    add_household(owner, "B", income=1500, on_date=NEW, geom_method="village")
    flagged = add_household(owner, "C", income=9000, on_date=NEW)
    add_household(owner, "D", district="0810", income=100, on_date=OLD)
    owner.execute(
        text("INSERT INTO quality_flag (household_id, district_code, code) VALUES (:id, '0803', 'koordinat_terbalik')"),
        {"id": flagged},
    )
    found = {
        "planner": add_user(owner, "menteri", role="planner"),
        "coordinator": add_user(owner, "penyelaras", role="coordinator", territory=("0803",)),
        "administrator": add_user(owner, "pentadbir", role="administrator"),
    }
    owner.commit()
    return found


def _acting(connection: Connection, user: int) -> None:
    connection.execute(text("SELECT act_as(:user)"), {"user": user})


def test_a_coordinator_sees_the_lists_of_the_own_district(users: dict[str, int], web: Engine) -> None:
    with web.begin() as connection:
        _acting(connection, users["coordinator"])
        counted = worklists.counts(connection, district=None)
        waiting = {"due": 1, "unvisited": 1, "quality": 1, "unplaced": 1, "no_mukim": 3, "tegar": 1, "miskin": 2}
        waiting |= {"nearest": 2, "furthest": 2}
        assert counted == {**waiting, "died": 0, "exited": 0, "moved": 0}
        for name, count in counted.items():
            rows, total = worklists.page(connection, name, district=None, limit=10)
            assert (len(rows), total) == (count, count), name


def test_who_sees_the_persons_of_the_country_counts_its_work(users: dict[str, int], web: Engine) -> None:
    with web.begin() as connection:
        _acting(connection, users["administrator"])
        assert kpi.workload(connection, "08") == kpi.Workload(4, 3, 2, 1)


def test_a_planner_sees_no_household_and_no_exact_count_of_work(users: dict[str, int], web: Engine) -> None:
    with web.begin() as connection:
        _acting(connection, users["planner"])
        assert published.shares(connection, "08") == {}  # nothing is published yet
        assert set(worklists.counts(connection, district=None).values()) == {0}
        assert worklists.page(connection, "due", district=None, limit=10) == ([], 0)


def test_nobody_signed_in_is_told_nothing(users: dict[str, int], web: Engine) -> None:
    assert users
    with web.begin() as connection:
        assert connection.execute(text("SELECT * FROM workload('MY')")).all() == []


def test_pages_of_a_list_follow_each_other_without_gap_or_overlap(users: dict[str, int], web: Engine) -> None:
    with web.begin() as connection:
        _acting(connection, users["administrator"])
        seen = [
            row["file_no"]
            for offset in range(2)
            for row in worklists.page(connection, "due", district=None, limit=1, offset=offset)[0]
        ]
    assert sorted(seen) == ["A", "D"]


def test_a_page_goes_on_from_the_place_of_the_last_row_even_where_the_list_changed_before_it(
    owner: Connection, web: Engine
) -> None:
    for number, income in enumerate((100, 150, 150, 900, 400, 0)):
        add_household(owner, f"H{number}", district=("0803", "0810")[number % 2], income=income, on_date=OLD)
    who = add_user(owner, "pentadbir", role="administrator")
    owner.commit()
    for name in ("due", "miskin", "unvisited"):
        with web.begin() as connection:
            _acting(connection, who)
            everything = [row["file_no"] for row in worklists.whole(connection, name, district=None)]
            seen: list[str] = []
            place = None
            while len(seen) < len(everything):
                rows, total = worklists.page(connection, name, district=None, limit=2, after=place)
                assert total == len(everything)
                seen += [row["file_no"] for row in rows]
                place = worklists.Place.parse(rows[-1]["place"])
            assert seen == everything, name
            assert worklists.page(connection, name, district=None, limit=2, after=place)[0] == []
    with web.begin() as connection:
        _acting(connection, who)
        (first, second), _total = worklists.page(connection, "due", district=None, limit=2)
    owner.execute(
        text("UPDATE household SET next_review_on = current_date WHERE id = :id"), {"id": first["household_id"]}
    )
    owner.commit()
    with web.begin() as connection:
        _acting(connection, who)
        place = worklists.Place.parse(second["place"])
        rest = [row["file_no"] for row in worklists.page(connection, "due", district=None, limit=9, after=place)[0]]
        assert len(rest) == 4
        assert not {first["file_no"], second["file_no"]} & set(rest)


def test_the_hundred_nearest_the_line_and_furthest_below_it_are_told_by_what_they_lack(
    owner: Connection, web: Engine
) -> None:
    for number, income in enumerate((100, 150, 150, 9000, 400, 0)):
        add_household(owner, f"H{number}", district=("0803", "0810")[number % 2], income=income, on_date=OLD)
    who = {
        "country": add_user(owner, "pentadbir", role="administrator"),
        "district": add_user(owner, "penyelaras", role="coordinator", territory=("0803",)),
        "nobody": add_user(owner, "menteri", role="planner"),
    }
    owner.commit()
    found: dict[str, list[str]] = {}
    for name, user in who.items():
        with web.begin() as connection:
            _acting(connection, user)
            for which in worklists.BY_THE_LINE:
                rows = list(worklists.whole(connection, which, district=None))
                assert len(rows) == worklists.counts(connection, district=None)[which], (name, which)
                found[f"{name} {which}"] = [row["file_no"] for row in rows]
                pages = [worklists.page(connection, which, district=None, limit=2, offset=n)[0] for n in (0, 2, 4)]
                assert [row["file_no"] for page in pages for row in page] == found[f"{name} {which}"]
    assert found == {
        "country nearest": ["H4", "H1", "H2", "H0", "H5"],
        "country furthest": ["H5", "H0", "H1", "H2", "H4"],
        "district nearest": ["H4", "H2", "H0"],
        "district furthest": ["H0", "H2", "H4"],
        "nobody nearest": [],
        "nobody furthest": [],
    }


@pytest.mark.parametrize("written", ["", "x", "2026-13-01|0.100000|1.00|1", "|0.1|1.00|1", "|0.100000|1.00|1 OR 1=1"])
def test_what_is_no_place_is_none(written: str) -> None:
    assert worklists.Place.parse(written) is None


def test_indicators_stand_against_their_targets_and_small_counts_are_hidden(
    users: dict[str, int], owner: Connection, web: Engine
) -> None:
    owner.execute(
        text("""
            INSERT INTO target (indicator_code, area_code, due_on, baseline, baseline_on, target)
            VALUES ('tegar', '0803', current_date + 365, 10, current_date - 365, 0)
        """)
    )
    close_months(owner)
    owner.commit()
    coordinator = Principal(users["coordinator"], "penyelaras", "P", Role.COORDINATOR, ("0803",))
    with web.begin() as connection:
        _acting(connection, users["coordinator"])
        panel = read_panel(connection, KpiView(), coordinator)
    measured = {item.indicator.indicator_code: item for item in panel.measured}
    assert panel.area.code == "0803"
    assert panel.opens_worklists
    assert (measured["tegar"].actual, measured["tegar"].light) == (1, "hijau")
    assert measured["miskin"].light is None
    planner = Principal(users["planner"], "menteri", "M", Role.PLANNER)
    with web.begin() as connection:
        _acting(connection, users["planner"])
        panel = read_panel(connection, KpiView(area="0803"), planner)
    assert not panel.opens_worklists
    assert {item.indicator.indicator_code: item.actual for item in panel.measured}.get("tegar") is None


def test_a_worklist_tells_how_far_below_its_own_line_a_household_is(owner: Connection) -> None:
    owner.execute(
        text("INSERT INTO classification_rule (effective_from, rule) VALUES ('2020-01-01', 'household_or_per_capita')")
    )
    add_household(owner, "A", income=1500, members=1, on_date=NEW)
    line = owner.scalar(
        text("SELECT l.pgk_household_rm FROM household AS h JOIN poverty_line AS l ON l.id = h.line_id")
    )
    _acting(owner, add_user(owner, "pentadbir", role="administrator"))
    row = worklists.page(owner, "miskin", district=None, limit=1)[0][0]
    assert row["gap_rm"] == line - 1500
    assert row["gap_rm"] > row["pgk_per_capita_rm"] - row["per_capita_rm"]


def test_of_the_rows_that_were_ticked_those_of_the_own_district_are_told(
    users: dict[str, int], owner: Connection, web: Engine
) -> None:
    every = [int(number) for number in owner.scalars(text("SELECT id FROM household ORDER BY file_no"))]
    owner.commit()
    with web.begin() as connection:
        _acting(connection, users["coordinator"])
        assert sorted(row["file_no"] for row in worklists.of_households(connection, every)) == ["A", "B", "C"]
        assert [row["file_no"] for row in worklists.of_households(connection, every[:1])] == ["A"]
        _acting(connection, users["planner"])
        assert list(worklists.of_households(connection, every)) == []
