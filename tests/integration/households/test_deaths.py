"""A death is a row of its own, from which the worklist is made; no other removal is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from queries import worklists
from registry.changes import requests
from registry.households.commands import RemoveMember
from registry.households.members import remove_member

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.households.conftest import World

_LAST_MEMBER = text("SELECT id, member_no FROM ekasih.person WHERE household_id = :id ORDER BY member_no DESC LIMIT 1")


def removal(owner: Connection, world: World, reason: str, *, version: int = 1) -> tuple[RemoveMember, int]:
    person = owner.execute(_LAST_MEMBER, {"id": world.home}).one()
    owner.rollback()
    command = RemoveMember(household_id=world.home, version=version, person_id=person.id, reason=reason)
    return command, person.member_no


def deaths(owner: Connection) -> list[tuple[int, int, str]]:
    owner.rollback()
    rows = owner.execute(text("SELECT household_id, member_no, noted_by FROM ekasih.member_death"))
    return [(row.household_id, row.member_no, row.noted_by) for row in rows]


def listed(world: World) -> tuple[int, list[int]]:
    with world.reading() as connection:
        rows, _ = worklists.page(connection, "died", district="0803", limit=10)
        return worklists.counts(connection, district="0803")["died"], [row["household_id"] for row in rows]


def test_a_member_who_died_puts_the_household_on_the_list(world: World, owner: Connection) -> None:
    command, number = removal(owner, world, "died")
    with world.writing() as session:
        remove_member(session, command)
    assert deaths(owner) == [(world.home, number, world.officer.login)]
    assert listed(world) == (1, [world.home])


@pytest.mark.parametrize("reason", ["moved_out", "entered_by_mistake"])
def test_who_left_otherwise_does_not(world: World, owner: Connection, reason: str) -> None:
    command, _ = removal(owner, world, reason)
    with world.writing() as session:
        remove_member(session, command)
    assert deaths(owner) == []
    assert listed(world) == (0, [])


def test_a_death_that_is_only_asked_for_is_none_yet(world: World, owner: Connection) -> None:
    command, number = removal(owner, world, "died")
    with world.writing(world.enumerator) as session:
        request = requests.request_change(session, command)
    assert deaths(owner) == []
    with world.writing(world.coordinator) as session:
        requests.approve(session, request)
    assert deaths(owner) == [(world.home, number, world.coordinator.login)]


def test_the_list_forgets_a_death_after_a_year(world: World, owner: Connection) -> None:
    command, _ = removal(owner, world, "died")
    with world.writing() as session:
        remove_member(session, command)
    owner.execute(text("UPDATE ekasih.member_death SET noted_at = noted_at - interval '1 year 1 day'"))
    owner.commit()
    assert listed(world) == (0, [])


def test_nobody_takes_a_death_back_or_notes_one_elsewhere(world: World, owner: Connection) -> None:
    command, _ = removal(owner, world, "died")
    with world.writing() as session:
        remove_member(session, command)
    for change in (
        "DELETE FROM ekasih.member_death",
        "UPDATE ekasih.member_death SET noted_by = 'lain'",
        f"INSERT INTO ekasih.member_death (household_id, member_no, noted_by) VALUES ({world.elsewhere}, 2, 'x')",
    ):
        with pytest.raises(ProgrammingError), world.writing() as session:
            session.execute(text(change))
