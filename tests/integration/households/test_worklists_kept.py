"""Who is on a worklist, and how many, is exact at every commit, whatever happens and whoever acts at the same time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from queries import worklists
from registry.status.recount import recount
from tests.world import add_household, add_user, counted_apart

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_SOME = ["household.id % 2 = 0", "household.id % 3 = 1", "household.district_code = '0803'", "true"]
_EVENTS = {
    "a flag is raised": "INSERT INTO quality_flag (household_id, district_code, code)"
    " SELECT id, district_code, 'mukim_tidak_dikenali' FROM household WHERE {some}",
    "seen after an exit": "INSERT INTO quality_flag (household_id, district_code, code)"
    " SELECT id, district_code, 'seen_after_exit' FROM household WHERE {some}",
    "flags are settled": "UPDATE quality_flag SET resolved_at = now(), resolved_by = 'test' FROM household"
    " WHERE household.id = quality_flag.household_id AND {some}",
    "flags are opened again": "UPDATE quality_flag SET resolved_at = NULL, resolved_by = NULL FROM household"
    " WHERE household.id = quality_flag.household_id AND {some}",
    "flags go": "DELETE FROM quality_flag USING household WHERE household.id = quality_flag.household_id AND {some}",
    "an exit": "UPDATE household SET exited_on = current_date, exit_reason = 'died' WHERE {some}",
    "another exit": "UPDATE household SET exited_on = current_date, exit_reason = 'other' WHERE {some}",
    "an exit is undone": "UPDATE household SET exited_on = NULL, exit_reason = NULL WHERE {some}",
    "a death": "INSERT INTO audit_log (actor, action, subject, subject_id, district_code, after)"
    " SELECT 'test', 'remove_member', 'household', id, district_code, '{{\"reason\": [null, \"died\"]}}'"
    " FROM household WHERE {some}",
    "somebody leaves": "INSERT INTO audit_log (actor, action, subject, subject_id, district_code, after)"
    " SELECT 'test', 'remove_member', 'household', id, district_code, '{{\"reason\": [null, \"moved_out\"]}}'"
    " FROM household WHERE {some}",
    "a move": "UPDATE household SET state_code = '08', district_code = '0810', mukim_code = NULL WHERE {some};"
    " SELECT reclassify(ARRAY(SELECT id FROM household WHERE {some}), current_date, 'moved')",
    "a visit": "UPDATE household SET last_visit_on = current_date, next_review_on = current_date + 730 WHERE {some}",
    "a visit long ago": "UPDATE household SET last_visit_on = current_date - 400, next_review_on = current_date - 1"
    " WHERE {some}",
    "poor": "UPDATE household SET income_rm = 0, per_capita_rm = 0 WHERE {some};"
    " SELECT reclassify(NULL, current_date, 'income_changed')",
    "not poor": "UPDATE household SET income_rm = 9000, per_capita_rm = 3000 WHERE {some};"
    " SELECT reclassify(NULL, current_date, 'income_changed')",
    "taken out of the register": "DELETE FROM household WHERE {some} AND household.id % 5 = 0",
}


def _kept(connection: Connection) -> list[str]:
    """What differs of the worklists; these worlds are not complete enough for the rest of a recount."""
    return [str(tuple(row)) for row in connection.execute(text("SELECT * FROM worklist_differences()"))]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(events=st.lists(st.tuples(st.sampled_from(sorted(_EVENTS)), st.sampled_from(_SOME)), min_size=1, max_size=8))
def test_whatever_happens_the_lists_and_their_counts_agree_with_the_records(
    owner: Connection, events: list[tuple[str, str]]
) -> None:
    owner.rollback()
    for number in range(8):
        district = ("0803", "0810")[number % 2]
        add_household(owner, f"A{number}", income=600 * number, members=1 + number, district=district)
    for event, some in events:
        for statement in _EVENTS[event].format(some=some).split(";"):
            owner.execute(text(statement))
            assert _kept(owner) == []


def test_they_are_kept_where_other_triggers_are_passed_over(owner: Connection) -> None:
    owner.execute(text("SET session_replication_role = replica"))
    household = add_household(owner, "A1", income=0)
    owner.execute(
        text(
            "INSERT INTO quality_flag (household_id, district_code, code) VALUES (:id, '0803', 'mukim_tidak_dikenali')"
        ),
        {"id": household},
    )
    owner.execute(text("SET session_replication_role = origin"))
    assert _kept(owner) == []
    assert owner.scalar(text("SELECT list FROM worklist_entry")) == "quality"


@pytest.mark.parametrize("first_is_the_flag", [True, False])
def test_of_a_flag_and_an_exit_at_the_same_time_the_second_sees_the_first(
    owner_engine: Engine, owner: Connection, *, first_is_the_flag: bool
) -> None:
    household = add_household(owner, "A1", income=0)
    owner.commit()
    flag = (
        "INSERT INTO quality_flag (household_id, district_code, code)"
        f" VALUES ({household}, '0803', 'mukim_tidak_dikenali')"
    )
    leaving = f"UPDATE household SET exited_on = current_date, exit_reason = 'other' WHERE id = {household}"
    first, second = (flag, leaving) if first_is_the_flag else (leaving, flag)

    def act() -> None:
        with owner_engine.begin() as other:
            other.execute(text(second))

    with owner_engine.connect() as one:
        one.execute(text(first))
        meanwhile = threading.Thread(target=act)
        meanwhile.start()
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
        while not owner.scalar(waiting):
            owner.rollback()
        one.commit()
    meanwhile.join()
    owner.rollback()
    assert _kept(owner) == []
    assert owner.scalar(text("SELECT count(*) FROM worklist_entry")) == 0


def test_two_who_save_at_once_are_both_counted(owner_engine: Engine, owner: Connection) -> None:
    with counted_apart(owner_engine) as (one, other):
        add_household(one, "A1", income=0)
        add_household(other, "A2", income=0)
        other.commit()
        one.commit()
    assert _kept(owner) == []
    assert owner.scalar(text("SELECT sum(households) FROM worklist_count WHERE list = 'due' AND period = 'month'")) == 2


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE worklist_count SET households = households + 1 WHERE list = 'due' AND period = 'day'",
        "DELETE FROM worklist_count WHERE list = 'unvisited'",
        "DELETE FROM worklist_entry",
        "UPDATE worklist_entry SET gap_share = 0.5",
        "ALTER TABLE worklist_entry DISABLE TRIGGER USER; UPDATE worklist_entry SET district_code = '0810'",
    ],
)
def test_a_worklist_that_the_records_do_not_bear_out_is_found(owner: Connection, tampering: str) -> None:
    household = add_household(owner, "A1", income=0)
    owner.execute(
        text(
            "INSERT INTO quality_flag (household_id, district_code, code) VALUES (:id, '0803', 'mukim_tidak_dikenali')"
        ),
        {"id": household},
    )
    assert recount(owner) == []
    for statement in tampering.split(";"):
        owner.execute(text(statement))
    assert recount(owner) != []


def test_each_role_counts_and_sees_the_own_territory_alone(owner: Connection, web: Engine) -> None:
    for number, district in enumerate(("0803", "0803", "0810", "1208")):
        household = add_household(owner, f"A{number}", income=0, district=district, on_date="2020-01-01")
        owner.execute(
            text("INSERT INTO quality_flag (household_id, district_code, code) VALUES (:id, :district, 'x')"),
            {"id": household, "district": district},
        )
    expected = {
        add_user(owner, "pegawai", role="officer", territory=("0803",)): 2,
        add_user(owner, "negeri", role="state_office", territory=("08",)): 3,
        add_user(owner, "pentadbir", role="administrator"): 4,
        add_user(owner, "menteri", role="planner"): 0,
    }
    owner.commit()
    for who, count in expected.items():
        with web.begin() as connection:
            connection.execute(text("SELECT act_as(:who)"), {"who": who})
            counted = worklists.counts(connection, district=None)
            for name in ("due", "unvisited", "quality", "tegar", "miskin"):
                rows, total = worklists.page(connection, name, district=None, limit=10)
                assert (counted[name], len(rows), total) == (count, count, count), name
            assert worklists.counts(connection, district="1208")["due"] == (count == 4)
            assert len(worklists.page(connection, "due", district="1208", limit=10)[0]) == (count == 4)
            assert len(list(worklists.whole(connection, "quality", district=None))) == count
    with web.begin() as connection:
        assert worklists.page(connection, "due", district=None, limit=10) == ([], 0)
