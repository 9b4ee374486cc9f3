"""A household that exits stays on record and leaves every count; it can come back, and reviews open in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import households, worklists
from queries.households import Filters, Question
from registry.cases import exits
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.households.commands import ExitHousehold, ReinstateHousehold
from registry.status.months import close_months
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.changes.conftest import World


def _counted(owner: Connection) -> int:
    owner.rollback()
    return int(owner.scalar(text("SELECT sum(households) FROM ekasih.headcount WHERE area_code = '0803'")) or 0)


def _differences(owner: Connection) -> list[object]:
    owner.rollback()
    return list(owner.execute(text("SELECT * FROM ekasih.recount_differences()")))


def _exit(world: World, household: int, *, version: int = 1, reason: str = "income_rose") -> None:
    with world.writing() as session:
        exits.exit_household(session, ExitHousehold(household_id=household, version=version, reason=reason))


def test_an_exit_leaves_the_counts_the_workload_and_the_worklists(world: World, owner: Connection) -> None:
    before = _counted(owner)
    _exit(world, world.home)
    assert _counted(owner) == before - 1
    assert _differences(owner) == []
    with world.reading() as conn:
        counted = worklists.counts(conn, district="0803")
        assert counted["exited"] == 1
        assert counted["tegar"] == 0
        assert worklists.exits(conn, district="0803")["income_rose"] == 1
        assert worklists.page(conn, "tegar", district="0803", limit=10)[1] == 0
        assert worklists.page(conn, "exited", district="0803", limit=10)[1] == 1
        workload = conn.execute(text("SELECT * FROM ekasih.workload('0803')")).mappings().one()
    assert workload["households"] == before - 1


def test_an_exited_household_is_found_by_asking_and_not_by_browsing(world: World) -> None:
    _exit(world, world.home)
    with world.reading() as conn:
        found = households.find(conn, Question.parse("08030000001"), Filters())
        browsed = households.find(conn, Question(), Filters(district="0803"))
    assert [row["exited_on"] is not None for row in found.rows] == [True]
    assert world.home not in [row["household_id"] for row in browsed.rows]


def test_months_count_a_household_until_it_exits_and_a_later_return_does_not_change_them(
    world: World, owner: Connection
) -> None:
    _exit(world, world.home)
    owner.execute(text("UPDATE ekasih.household_exit SET exited_on = exited_on - 70"))
    close_months(owner)
    owner.commit()
    assert _differences(owner) == []
    with world.writing() as session:
        exits.reinstate_household(session, ReinstateHousehold(household_id=world.home, version=2, note="Tersilap"))
    assert _differences(owner) == []
    rows = owner.execute(
        text(
            "SELECT sum(households) FROM ekasih.headcount_month WHERE area_code = '0803' GROUP BY month ORDER BY month"
        )
    )
    counts = [int(row[0]) for row in rows]
    assert (counts[0], counts[-1]) == (2, 1)


def test_who_comes_back_is_counted_again(world: World, owner: Connection) -> None:
    before = _counted(owner)
    _exit(world, world.home)
    with world.writing() as session:
        exits.reinstate_household(session, ReinstateHousehold(household_id=world.home, version=2, note="Tersilap"))
    assert _counted(owner) == before
    assert _differences(owner) == []


def test_an_exit_needs_a_published_reason_and_the_right(world: World) -> None:
    for reason, note in (("bored", None), ("other", None)):
        with pytest.raises(InvalidInput), world.writing() as session:
            exits.exit_household(session, ExitHousehold(household_id=world.home, version=1, reason=reason, note=note))
    with pytest.raises(NotFound), world.writing(world.enumerator) as session:
        exits.exit_household(session, ExitHousehold(household_id=world.home, version=1, reason="died"))


def test_reviews_open_in_bulk_for_those_that_are_due_and_once(world: World, owner: Connection) -> None:
    due = [
        add_household(owner, f"0803100{number:04}", on_date="2022-01-15", name=f"Perlu Semakan {number}")
        for number in range(500)
    ]
    owner.commit()
    with world.writing() as session:
        assert exits.open_reviews(session, [*due, world.elsewhere]) == 500
    with world.writing() as session:
        assert exits.open_reviews(session, due) == 0
    states = owner.scalars(text("SELECT DISTINCT state FROM ekasih.case_file"))
    assert list(states) == ["due"]
    with pytest.raises(NotPermitted), world.writing(world.enumerator) as session:
        exits.open_reviews(session, due)


def test_an_exit_takes_its_case_along_and_the_way_back_does_too(world: World, owner: Connection) -> None:
    owner.execute(
        text("""
            INSERT INTO ekasih.case_file (channel, state, district_code, household_id, head_name)
            VALUES ('officer', 'active', '0803', :id, 'Contoh')
        """),
        {"id": world.home},
    )
    owner.commit()
    _exit(world, world.home)
    assert owner.scalar(text("SELECT state FROM ekasih.case_file")) == "exited"
    owner.rollback()
    assert owner.scalar(text("SELECT count(*) FROM ekasih.household_exit")) == 1
    owner.rollback()
    with world.writing() as session:
        exits.reinstate_household(session, ReinstateHousehold(household_id=world.home, version=2, note="Tersilap"))
    assert owner.scalar(text("SELECT state FROM ekasih.case_file")) == "active"
