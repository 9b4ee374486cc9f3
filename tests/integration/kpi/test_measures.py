"""Base measures of closed months are what the records tell, and a recount finds one that is not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from layers.numbers import MALAYSIA
from registry.kpi.measures import measures_incomplete, recount_measures
from registry.status.months import close_months
from registry.status.recount import recount
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection

LAST = (datetime.now(MALAYSIA).date().replace(day=1) - timedelta(days=1)).replace(day=1)
_KEPT = text("""
    SELECT area_code, month::text, cut, value FROM ekasih.measure_month WHERE measure = :measure ORDER BY 1, 2, 3
""")
_DECIDE = text("""
    INSERT INTO ekasih.status_decision (household_id, effective_on, decided_by, cause, status, previous_status,
        income_rm, member_count, per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata)
    SELECT d.household_id, CAST(:on AS date), 'test', :cause, coalesce(:status, d.status), d.status,
        CAST(:income AS numeric), d.member_count, round(CAST(:income AS numeric) / d.member_count, 2), g.gap_rm,
        d.line_id, d.rule_id, d.state_code, d.district_code, d.mukim_code, d.strata
    FROM ekasih.status_decision AS d
    JOIN ekasih.poverty_line AS l ON l.id = d.line_id
    JOIN ekasih.classification_rule AS r ON r.id = d.rule_id
    CROSS JOIN LATERAL ekasih.gaps_of(CAST(:income AS numeric), d.member_count, l.pgk_household_rm, l.food_household_rm,
        l.pgk_per_capita_rm, l.food_per_capita_rm, r.rule) AS g
    WHERE d.household_id = :id ORDER BY d.effective_on DESC, d.id DESC LIMIT 1
""")
_EXIT = text("""
    INSERT INTO ekasih.household_exit (household_id, exited_on, reason, actor, undone_on)
    VALUES (:id, CAST(:on AS date), :reason, 'test', CAST(:undone AS date))
""")
_CASE = text("""
    INSERT INTO ekasih.case_file (channel, state, district_code) VALUES ('officer', 'received', :district) RETURNING id
""")
_STEP = text("""
    INSERT INTO ekasih.case_step (case_id, action, from_state, to_state, at)
    VALUES (:case, 'submit', 'draft', 'received', CAST(:at AS timestamptz))
""")
_VISIT = text("""
    INSERT INTO ekasih.visit (case_id, officer_id, case_version, client_key, visited_at, recommendation, reason)
    VALUES (:case, :officer, 1, gen_random_uuid(), CAST(:at AS timestamptz), 'approve', 'Dilawati')
""")


def kept(owner: Connection, measure: str, area: str | None = None) -> Any:
    """What is kept of a measure but for nothing; of one area by month and cut."""
    rows = [row for row in owner.execute(_KEPT, {"measure": measure}) if row.value]
    if area is None:
        return {(row.area_code, row.month[:7], row.cut): row.value for row in rows}
    return {(row.month[:7], row.cut): row.value for row in rows if row.area_code == area}


def decided(
    owner: Connection, household: int, on: str, income: int, cause: str = "income_changed", **more: Any
) -> None:
    values = {"id": household, "on": on, "income": income, "cause": cause, "status": None} | more
    owner.execute(_DECIDE, values)


def exited(owner: Connection, household: int, on: str, reason: str = "died", undone: str | None = None) -> None:
    owner.execute(_EXIT, {"id": household, "on": on, "reason": reason, "undone": undone})


def test_flows_of_households_are_of_their_month_and_of_the_place_they_were_in(owner: Connection) -> None:
    here = add_household(owner, "A1", income=100, on_date="2025-01-15", mukim=None)
    add_household(owner, "A2", income=100, on_date="2025-03-31", strata="rural")
    there = add_household(owner, "B1", income=100, on_date="2025-03-01", district="1308")
    exited(owner, here, "2025-04-10", "income_rose", undone="2025-06-02")
    exited(owner, there, "2025-04-30", "died", undone="2025-04-30")
    exited(owner, there, "2025-05-31", "died")
    close_months(owner, up_to=date(2025, 8, 1))
    assert kept(owner, "registered_new", "MY") == {
        ("2025-01", "strata=urban"): 1, ("2025-03", "strata=rural"): 1, ("2025-03", "strata=urban"): 1
    }  # fmt: skip
    assert kept(owner, "registered_new", "080300") == {("2025-01", "strata=urban"): 1, ("2025-03", "strata=rural"): 1}
    assert kept(owner, "exits", "0803") == {("2025-04", "reason=income_rose"): 1}
    assert kept(owner, "exits", "13") == {("2025-05", "reason=died"): 1}
    assert kept(owner, "exits_undone") == {
        (area, "2025-06", "of=2025-04,reason=income_rose"): 1 for area in ("MY", "08", "0803")
    }
    assert recount(owner) == []


def test_an_income_is_up_where_three_of_twelve_months_are_and_not_where_two_are(owner: Connection) -> None:
    three = add_household(owner, "A1", income=100, on_date="2024-01-15")
    two = add_household(owner, "A2", income=100, on_date="2024-01-15")
    late = add_household(owner, "A3", income=500, on_date="2024-11-20")
    for household in (three, two):
        # one month up, back down, up again: months need not follow one another
        decided(owner, household, "2024-05-10", 400)
        decided(owner, household, "2024-06-10", 399)
        decided(owner, household, "2024-09-10", 400)
    decided(owner, three, "2024-11-10", 100)
    decided(owner, two, "2024-10-10", 100)
    # neither the line nor a move says anything of an income
    decided(owner, late, "2024-12-31", 900, "line_changed")
    decided(owner, late, "2025-01-31", 800, "corrected")
    close_months(owner, up_to=date(2026, 3, 1))
    found = {month for month, _ in kept(owner, "income_up_300", "0803")}
    # up in May, September and October 2024; until the window leaves May behind
    assert found == {"2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03", "2025-04"} | {
        # against that of registration, then of 12 months before, until the year before holds the higher one itself
        "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"
    }  # fmt: skip
    assert kept(owner, "income_up_300", "0803")[("2025-03", "")] == 2
    assert recount(owner) == []
    exited(owner, late, "2025-06-01")
    recount_measures(owner)
    assert ("2025-06", "") not in kept(owner, "income_up_300", "0803")


def test_a_locked_list_counts_those_still_in_its_statuses_and_not_the_dead(owner: Connection) -> None:
    stays, better, dead = (add_household(owner, f"A{number}", income=100, on_date="2025-01-15") for number in range(3))
    close_months(owner, up_to=date(2025, 7, 1))
    decided(owner, better, "2025-05-10", 9000, status="terkeluar")
    exited(owner, dead, "2025-06-10")
    owner.execute(text("SELECT ekasih.act_as(:who)"), {"who": add_user(owner, "ujian", role="administrator")})
    freeze = text("SELECT ekasih.freeze_cohort('Perak', '08', '{tegar,miskin}', '2025-03-15')")
    cut = f"cohort={owner.scalar(freeze)}"
    close_months(owner, up_to=date(2025, 5, 10))
    close_months(owner, up_to=date(2025, 7, 1))
    assert kept(owner, "locked_left", "MY") == {
        ("2025-03", cut): 3, ("2025-04", cut): 3, ("2025-05", cut): 2, ("2025-06", cut): 1
    }  # fmt: skip
    nobody = "SELECT sum(value) FROM ekasih.measure_month WHERE measure = 'locked_size' AND area_code = '0805'"
    assert owner.scalar(text(nobody)) == 0
    assert owner.scalar(text(nobody.replace("0805", "1308"))) is None
    assert recount(owner) == []
    owner.execute(text("SELECT ekasih.shift_months(:id, -1)"), {"id": stays})
    owner.execute(text("DELETE FROM ekasih.household WHERE id = :id"), {"id": stays})
    assert ("2025-06", cut) not in kept(owner, "locked_left", "MY")
    assert recount(owner) == []
    owner.execute(text("DELETE FROM ekasih.cohort"))
    assert (kept(owner, "locked_size"), recount(owner)) == ({}, [])


def test_a_case_is_due_14_days_after_it_came_and_a_late_report_of_a_visit_in_time_counts(owner: Connection) -> None:
    add_household(owner, "A1", on_date="2025-01-15")
    officer = owner.scalar(
        text("INSERT INTO ekasih.app_user (login, display_name, role, password_hash) VALUES ('p', 'P', 'officer', '!')"
             " RETURNING id")
    )  # fmt: skip
    owner.execute(text("ALTER TABLE ekasih.case_step DISABLE TRIGGER USER"))
    cases = []
    for at in ("2025-02-14 23:30+08", "2025-02-15 00:30+08", "2025-02-20 12:00+08"):
        case = owner.scalar(_CASE, {"district": "0803"})
        owner.execute(_STEP, {"case": case, "at": at})
        cases.append(case)
    owner.execute(_VISIT, {"case": cases[0], "officer": officer, "at": "2025-02-28 23:59+08"})
    owner.execute(_VISIT, {"case": cases[1], "officer": officer, "at": "2025-03-02 00:01+08"})
    close_months(owner, up_to=date(2025, 5, 1))
    assert kept(owner, "cases_due_visit", "08") == {("2025-02", ""): 1, ("2025-03", ""): 2}
    assert kept(owner, "cases_visited_in_time", "08") == {("2025-02", ""): 1}
    for _ in range(2):
        owner.execute(_VISIT, {"case": cases[1], "officer": officer, "at": "2025-03-01 09:00+08"})
    assert kept(owner, "cases_visited_in_time", "08") == {("2025-02", ""): 1, ("2025-03", ""): 1}
    assert recount(owner) == []


def test_what_the_records_tell_of_now_alone_is_kept_for_the_month_that_just_ended(owner: Connection) -> None:
    add_household(owner, "A1", sex="female", income=100, on_date="2020-01-15")
    add_household(owner, "A2", geom_method="village", strata="rural")
    close_months(owner)
    month = f"{LAST:%Y-%m}"
    assert kept(owner, "female_headed", "MY") == {(month, "strata=urban,status=tegar"): 1}
    assert kept(owner, "with_point", "080300") == {(month, "strata=urban"): 1}
    assert kept(owner, "review_overdue", "08") == {(month, ""): 1}
    assert recount(owner) == []


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE ekasih.measure_month SET value = value + 1 WHERE measure = 'exits' AND area_code = '0803'",
        "UPDATE ekasih.measure_month SET value = 7 WHERE measure = 'with_point' AND area_code = '080300'",
        "DELETE FROM ekasih.measure_month WHERE measure = 'with_point' AND area_code = '0803'",
        "UPDATE ekasih.measure_month SET area_code = '0805' WHERE measure = 'registered_new' AND area_code = '0803'",
        "INSERT INTO ekasih.measure_month VALUES ('0803', '2025-02-01', 'income_up_300', '', 1)",
    ],
)
def test_a_kept_value_that_is_not_what_the_records_tell_is_found(owner: Connection, fault: str) -> None:
    exited(owner, add_household(owner, "A1", on_date="2025-01-15"), "2025-02-10")
    add_household(owner, "A2", on_date="2025-01-15")
    close_months(owner)
    assert recount(owner) == []
    owner.execute(text(fault))
    assert recount(owner) != []


def test_months_that_an_earlier_version_closed_are_measured_on_upgrade(owner: Connection) -> None:
    add_household(owner, "A1", on_date="2025-01-15")
    close_months(owner)
    before = [tuple(row) for row in owner.execute(text("SELECT * FROM ekasih.measure_month ORDER BY 1, 2, 3, 4"))]
    owner.execute(text("DELETE FROM ekasih.measure_month"))
    assert measures_incomplete(owner)
    recount_measures(owner)
    assert not measures_incomplete(owner)
    after = [tuple(row) for row in owner.execute(text("SELECT * FROM ekasih.measure_month ORDER BY 1, 2, 3, 4"))]
    assert before == after
    assert Decimal(1) in {row[-1] for row in after}
