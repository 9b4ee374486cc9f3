"""The first page counts what waits and what happened for who asks: of the own territory, bounded, on indexes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.areas import own_area
from dashboard.pages.start.reading import KINDS
from queries import start
from queries.start import MOST_COUNTED
from queries.statements import statement
from registry.accounts.sessions import token_hash
from registry.db import reading
from registry.principals import Principal, Role
from tests.world import add_household, add_principal, open_for

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

ALL = [kind.name for kind in KINDS]
_CASES = text("""
    INSERT INTO ekasih.case_file (channel, district_code, head_name, state, created_by, assigned_to, created_at)
    SELECT 'officer', :district, 'Contoh Rekaan', :state, :who, CAST(:officer AS bigint),
        now() - CAST(:age AS interval) + n * interval '1 second'
    FROM generate_series(1, :cases) AS n
""")
_DECISION = text("""
    INSERT INTO ekasih.status_decision (household_id, effective_on, decided_at, decided_by, cause, status,
        previous_status, income_rm, member_count, per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code,
        strata)
    SELECT h.id, current_date, now() - CAST(:age AS interval), 'test', 'income_changed', :status, :before, h.income_rm,
        h.member_count, h.per_capita_rm, h.gap_rm, h.line_id, h.rule_id, h.state_code, h.district_code, h.strata
    FROM ekasih.household AS h WHERE h.id = :household
""")
WEEK = timedelta(days=7)


def cases(owner: Connection, district: str, state: str, who: int, **given: Any) -> None:
    """Cases in a state; ``given``: officer, age, cases."""
    facts = {"officer": None, "age": "1 day", "cases": 1} | given
    owner.execute(_CASES, {"district": district, "state": state, "who": who} | facts)


@pytest.fixture
def officer(owner: Connection) -> Principal:
    return add_principal(owner, "uji.pegawai", Role.OFFICER, "0803")


@pytest.fixture
def coordinator(owner: Connection) -> Principal:
    return add_principal(owner, "uji.penyelaras", Role.COORDINATOR, "0803")


def waiting_for(web: Engine, owner: Connection, who: Principal) -> dict[str, int]:
    owner.commit()
    with reading(web, who) as connection:
        return {name: one.waiting for name, one in start.waiting(connection, ALL).items()}


def since_for(web: Engine, owner: Connection, who: Principal, ago: timedelta = WEEK) -> dict[str, int]:
    owner.commit()
    with reading(web, who) as connection:
        return start.since(connection, datetime.now(UTC) - ago)


def test_what_waits_is_of_the_own_territory_and_of_the_own_hand(
    owner: Connection, web: Engine, officer: Principal, coordinator: Principal
) -> None:
    cases(owner, "0803", "assigned", officer.user_id, officer=officer.user_id, cases=2)
    cases(owner, "0803", "assigned", officer.user_id, officer=coordinator.user_id)
    cases(owner, "0803", "received", officer.user_id, cases=3)
    cases(owner, "0810", "received", officer.user_id, cases=5)
    cases(owner, "0803", "recommended", officer.user_id)
    cases(owner, "0803", "draft", officer.user_id)
    cases(owner, "0803", "draft", coordinator.user_id, cases=2)
    assert waiting_for(web, owner, officer) == {"visit": 2, "assign": 3, "decide": 1, "draft": 1}
    assert waiting_for(web, owner, coordinator) == {"visit": 1, "assign": 3, "decide": 1, "draft": 2}


def test_who_sees_no_persons_is_told_of_no_cases_and_no_households(
    owner: Connection, web: Engine, officer: Principal
) -> None:
    add_household(owner, "A", on_date="2020-01-15")
    cases(owner, "0803", "received", officer.user_id)
    planner = add_principal(owner, "uji.menteri", Role.PLANNER)
    assert waiting_for(web, owner, planner) == {}
    assert since_for(web, owner, planner) == {}


def test_households_past_their_review_wait_until_they_leave(owner: Connection, web: Engine, officer: Principal) -> None:
    gone = add_household(owner, "A", on_date="2020-01-15")
    add_household(owner, "B", on_date="2021-01-15")
    add_household(owner, "C", district="0810", on_date="2020-01-15")
    leaves = text("UPDATE ekasih.household SET exited_on = current_date, exit_reason = 'other' WHERE id = :id")
    owner.execute(leaves, {"id": gone})
    owner.commit()
    with reading(web, officer) as connection:
        found = start.waiting(connection, ["review"])["review"]
    assert found.waiting == 1
    assert str(found.oldest_on) == "2023-01-15"


def test_it_is_counted_to_a_bound_and_the_oldest_is_still_known(
    owner: Connection, web: Engine, officer: Principal
) -> None:
    cases(owner, "0803", "received", officer.user_id, cases=MOST_COUNTED + 30, age="40 days")
    owner.commit()
    with reading(web, officer) as connection:
        found = start.waiting(connection, ["assign"])["assign"]
        today = connection.scalar(text("SELECT CAST(now() - interval '40 days' AS date)"))
    assert found.waiting == MOST_COUNTED
    assert found.oldest_on == today


def test_a_kind_that_was_not_asked_for_is_not_told(owner: Connection, web: Engine, officer: Principal) -> None:
    cases(owner, "0803", "received", officer.user_id)
    owner.commit()
    with reading(web, officer) as connection:
        assert start.waiting(connection, ["visit"]) == {}


def test_what_happened_is_told_from_a_moment_on(owner: Connection, web: Engine, officer: Principal) -> None:
    one, other = add_household(owner, "A"), add_household(owner, "B", district="0810")
    changes = (
        (one, "tegar", "miskin", "1 day"),
        (one, "miskin", "tegar", "2 days"),
        (one, "miskin", "miskin", "3 days"),
        (one, "terkeluar", "miskin", "9 days"),
        (other, "tegar", "miskin", "1 day"),
    )
    for household, status, before, age in changes:
        owner.execute(_DECISION, {"household": household, "status": status, "before": before, "age": age})
    cases(owner, "0803", "received", officer.user_id, cases=2)
    cases(owner, "0803", "received", officer.user_id, age="20 days")
    found = since_for(web, owner, officer)
    assert (found["changed"], found["worse"], found["case"]) == (2, 1, 2)


def test_auditors_are_told_how_the_log_grew(owner: Connection, web: Engine) -> None:
    auditor = add_principal(owner, "uji.juruaudit", Role.AUDITOR)
    owner.execute(text("INSERT INTO ekasih.audit_log (actor, action, subject) VALUES ('x', 'edit', 'household')"))
    assert since_for(web, owner, auditor)["entry"] >= 1
    assert "entry" not in since_for(web, owner, add_principal(owner, "uji.agensi", Role.AGENCY))


def test_the_last_time_is_that_of_an_earlier_session_of_the_same_person(
    owner: Connection, owner_engine: Engine, web: Engine, officer: Principal, coordinator: Principal
) -> None:
    owner.commit()
    open_for(owner_engine, coordinator.user_id)
    token = open_for(owner_engine, officer.user_id)
    with reading(web, officer) as connection:
        assert start.last_here(connection, token_hash(token)) is None
    owner.execute(text("UPDATE ekasih.user_session SET begun_at = now() - interval '2 days',"
                       " seen_at = now() - interval '1 day'"))  # fmt: skip
    owner.commit()
    again = open_for(owner_engine, officer.user_id)
    with reading(web, officer) as connection:
        last = start.last_here(connection, token_hash(again))
    assert last is not None
    assert timedelta(hours=23) < datetime.now(UTC) - last < timedelta(hours=25)
    with reading(web, coordinator) as connection:
        assert start.last_here(connection, token_hash(again)) is None


@pytest.mark.parametrize(
    ("territory", "area"), [((), "MY"), (("0803",), "0803"), (("0803", "0810"), "08"), (("0803", "1001"), "MY")]
)
def test_the_own_area_is_the_smallest_that_holds_the_territory(territory: tuple[str, ...], area: str) -> None:
    assert own_area(Principal(1, "a", "A", Role.OFFICER, territory)) == area


def relations(plan: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a plan reads: how, which table, by which index."""
    here = [(plan["Node Type"], plan.get("Relation Name", ""), plan.get("Index Name", ""))]
    return here + [found for part in plan.get("Plans", []) for found in relations(part)]


def test_no_table_that_grows_with_the_register_is_read_whole(
    owner: Connection, web: Engine, officer: Principal
) -> None:
    owner.execute(text("SELECT setval('ekasih.case_file_id_seq', 1, true)"))
    cases(owner, "0810", "active", officer.user_id, cases=4000)
    cases(owner, "0803", "received", officer.user_id, cases=300)
    for number in range(40):
        add_household(owner, f"T{number:05}", district="0810")
    owner.commit()
    owner.execute(text("ANALYZE ekasih.case_file, ekasih.household, ekasih.status_decision"))
    owner.commit()
    with reading(web, officer) as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        read = []
        for name, given in (
            ("start/waiting", {"kinds": ALL}),
            ("start/since", {"since": datetime.now(UTC) - WEEK}),
        ):
            asked = text(f"EXPLAIN (FORMAT JSON) {statement(name).text}")
            plan = connection.execute(asked, given | {"row_limit": MOST_COUNTED}).scalar_one()
            read += relations((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])
    grows = {"case_file", "household", "status_decision", "change_request", "quality_flag"}
    assert [one for one in read if one[1] in grows and one[0] == "Seq Scan"] == []
    used = {one[2] for one in read}
    assert {
        "case_file_district_code_state_id_idx", "case_file_assigned_to_state_idx", "case_file_draft_idx",
        "household_due_idx", "status_decision_changed_idx", "change_request_waiting_idx",
    } <= used  # fmt: skip
