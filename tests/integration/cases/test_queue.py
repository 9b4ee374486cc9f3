"""The queue shows everybody their own area, adds up, and offers only what may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from queries import cases
from queries.cases import QueueFilters
from registry.cases.cases import OpenCase, TakeStep, open_case, take_step

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.cases.conftest import Staff


def case(staff: Staff, who: Principal, *, channel: str = "officer", assigned: bool = False) -> int:
    """A case of ``who``'s district, entered, or given to the enumerator."""
    with staff.writing(who) as session:
        made = open_case(session, OpenCase(channel=channel, district_code=who.territory[0], head_name="Ali bin Abu"))
        if assigned:
            take_step(session, TakeStep(case_id=made.id, version=1, action="submit"))
            enumerator = staff.enumerator.user_id
            take_step(session, TakeStep(case_id=made.id, version=2, action="assign", assigned_to=enumerator))
        return made.id


def test_counts_add_up_to_the_list_whatever_is_asked(staff: Staff) -> None:
    case(staff, staff.officer)
    case(staff, staff.officer, channel="paper", assigned=True)
    case(staff, staff.officer, channel="representative", assigned=True)
    with staff.reading(staff.enumerator) as connection:
        for asked, expected in (
            (QueueFilters(), 3),
            (QueueFilters(channel="paper"), 1),
            (QueueFilters(mine=True), 2),
            (QueueFilters(overdue=True), 0),
        ):
            counted = cases.counts(connection, asked)
            rows, total = cases.page(connection, asked, limit=50)
            assert sum(row["cases"] for row in counted) == total == len(rows) == expected
        by_state = {row["code"]: row["cases"] for row in cases.counts(connection, QueueFilters())}
        for state in ("draft", "assigned"):
            assert cases.page(connection, QueueFilters(state=state), limit=50)[1] == by_state[state]


def test_a_page_says_how_many_there_are_in_all(staff: Staff) -> None:
    for _number in range(5):
        case(staff, staff.officer)
    with staff.reading(staff.officer) as connection:
        first, total = cases.page(connection, QueueFilters(), limit=2)
        last, again = cases.page(connection, QueueFilters(), limit=2, offset=4)
    assert (len(first), total, len(last), again) == (2, 5, 1, 5)


def test_what_came_in_long_ago_is_overdue(staff: Staff, owner: Connection) -> None:
    old = case(staff, staff.officer)
    case(staff, staff.officer)
    owner.execute(
        text("UPDATE ekasih.case_file SET created_at = now() - interval '40 days' WHERE id = :id"), {"id": old}
    )
    owner.commit()
    with staff.reading(staff.officer) as connection:
        rows, total = cases.page(connection, QueueFilters(overdue=True), limit=50)
    assert (total, rows[0]["case_id"], rows[0]["overdue"]) == (1, old, True)


def test_nobody_sees_a_case_of_another_area_nor_counts_it(staff: Staff) -> None:
    here = case(staff, staff.officer)
    case(staff, staff.elsewhere)
    with staff.reading(staff.elsewhere) as connection:
        assert cases.whole_case(connection, here) is None
        assert cases.page(connection, QueueFilters(), limit=50)[1] == 1
    with staff.reading(staff.planner) as connection:
        assert sum(row["cases"] for row in cases.counts(connection, QueueFilters())) == 0
        assert cases.officers(connection, "0803") == []
    with staff.reading(staff.administrator) as connection:
        assert cases.page(connection, QueueFilters(), limit=50)[1] == 2


def test_a_case_is_given_to_those_who_visit_in_its_district(staff: Staff) -> None:
    with staff.reading(staff.officer) as connection:
        names = [row["display_name"] for row in cases.officers(connection, "0803")]
        assert names == ["pegawai", "pembanci", "pentadbir"]
        assert cases.officers(connection, "0805") == []


def test_a_case_tells_what_happened_to_it_and_what_may_happen(staff: Staff) -> None:
    made = case(staff, staff.officer, assigned=True)
    with staff.reading(staff.enumerator) as connection:
        whole = cases.whole_case(connection, made)
    assert whole is not None
    assert [(step["action"], step["actor_name"]) for step in whole.steps] == [
        ("assign", "pegawai"),
        ("submit", "pegawai"),
    ]
    assert [step["action"] for step in whole.allowed] == ["visit"]
    assert whole.case["assigned_name"] == "pembanci"
