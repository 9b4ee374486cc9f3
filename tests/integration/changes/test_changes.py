"""A change that somebody may only ask for waits for somebody else; the database holds both to it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.changes import requests as changes
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.households.change_payload import command_from, kind_of, payload_of
from registry.households.commands import (
    AddMember,
    EditDwelling,
    EditIncome,
    EditMembers,
    MoveHousehold,
    PersonalFields,
    WorkFields,
)
from registry.refusals import OwnRequest, RequestDecided

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.changes.conftest import World


def _head(owner: Connection, household: int) -> int:
    found = owner.scalar(text("SELECT id FROM ekasih.person WHERE household_id = :id AND is_head"), {"id": household})
    owner.rollback()
    return int(found or 0)


def _request(owner: Connection, request_id: int) -> Any:
    owner.rollback()
    return (
        owner.execute(text("SELECT * FROM ekasih.change_request WHERE id = :id"), {"id": request_id}).mappings().one()
    )


def _income(owner: Connection, world: World, amount: int = 8000) -> EditIncome:
    head = _head(owner, world.home)
    return EditIncome(household_id=world.home, version=1, amounts={head: {"employment": Decimal(amount)}})


def _household(owner: Connection, household: int) -> Any:
    owner.rollback()
    return owner.execute(text("SELECT * FROM ekasih.household WHERE id = :id"), {"id": household}).mappings().one()


@pytest.mark.parametrize(
    "command",
    [
        EditDwelling(household_id=1, version=3, dwelling_type="Teres", electricity=True),
        EditIncome(household_id=1, version=3, amounts={7: {"employment": Decimal("12.50")}}, correction=True),
        EditMembers(household_id=1, version=3, members={7: WorkFields(skill="Jahitan")}),
        AddMember(
            household_id=1,
            version=3,
            personal=PersonalFields(name="Nur", relationship="Anak"),
            income={"transfers": Decimal(5)},
        ),
        MoveHousehold(household_id=1, version=3, longitude=101.5, latitude=4.5),
    ],
)
def test_a_change_that_waits_is_read_back_as_it_was_asked_for(command: Any) -> None:
    assert command_from(kind_of(command), payload_of(command), household_id=1, version=3) == command


def test_a_request_changes_nothing_and_says_what_it_would_do(world: World, owner: Connection) -> None:
    command = _income(owner, world)
    with world.writing(world.enumerator) as session:
        request_id = changes.request_change(session, command)
    request = _request(owner, request_id)
    assert (request["state"], request["requested_by"]) == ("waiting", world.enumerator.user_id)
    assert request["before"] == {"1.employment": "1150.00"}
    assert request["after"] == {"1.employment": "8000"}
    assert (request["effect"]["status_before"], request["effect"]["status_after"]) == ("tegar", "terkeluar")
    household = _household(owner, world.home)
    assert (household["income_rm"], household["version"]) == (Decimal(1150), 1)


def test_what_cannot_be_is_refused_when_it_is_asked_for(world: World, owner: Connection) -> None:
    with pytest.raises(InvalidInput) as refusal, world.writing(world.enumerator) as session:
        changes.request_change(session, EditDwelling(household_id=world.home, version=1, room_count=-1))
    assert refusal.value.problems == {"room_count": "room_count"}
    with pytest.raises(InvalidInput), world.writing(world.enumerator) as session:
        changes.request_change(session, EditDwelling(household_id=world.home, version=1))
    assert owner.scalar(text("SELECT count(*) FROM ekasih.change_request")) == 0


def test_a_request_of_another_area_or_of_a_planner_is_refused(world: World) -> None:
    command = EditDwelling(household_id=world.elsewhere, version=1, dwelling_type="Teres")
    for who in (world.enumerator, world.planner):
        with pytest.raises(NotFound), world.writing(who) as session:
            changes.request_change(session, command)


def test_somebody_else_approves_and_the_status_is_decided_at_once(world: World, owner: Connection) -> None:
    command = _income(owner, world)
    with world.writing(world.enumerator) as session:
        request_id = changes.request_change(session, command)
    with world.writing(world.coordinator) as session:
        saved = changes.approve(session, request_id, reason="Disahkan dengan slip gaji")
    assert saved is not None
    assert (saved.status_before, saved.status_after) == ("tegar", "terkeluar")
    request = _request(owner, request_id)
    assert (request["state"], request["decided_by"]) == ("approved", world.coordinator.user_id)
    household = _household(owner, world.home)
    assert (household["status"], household["version"], household["updated_by"]) == ("terkeluar", 2, "penyelaras")
    assert owner.scalar(text("SELECT count(*) FROM ekasih.change_request")) == 1


def test_nobody_approves_their_own_request_not_even_in_the_database(world: World, owner: Connection) -> None:
    command = _income(owner, world)
    with world.writing(world.coordinator) as session:
        request_id = changes.request_change(session, command)
    with pytest.raises(OwnRequest), world.writing(world.coordinator) as session:
        changes.approve(session, request_id)
    with pytest.raises(DBAPIError), world.writing(world.coordinator) as session:
        session.execute(text("UPDATE ekasih.change_request SET state = 'approved' WHERE id = :id"), {"id": request_id})
    assert _request(owner, request_id)["state"] == "waiting"


def test_who_may_only_ask_can_neither_approve_nor_refuse(world: World, owner: Connection) -> None:
    command = _income(owner, world)
    with world.writing(world.coordinator) as session:
        request_id = changes.request_change(session, command)
    with pytest.raises(NotPermitted), world.writing(world.enumerator) as session:
        changes.approve(session, request_id)
    with pytest.raises(NotPermitted), world.writing(world.officer) as session:
        changes.refuse(session, request_id, reason="Tidak")


def test_a_refusal_gives_its_reason_and_a_decided_request_stays_decided(world: World, owner: Connection) -> None:
    command = _income(owner, world)
    with world.writing(world.enumerator) as session:
        request_id = changes.request_change(session, command)
    with pytest.raises(InvalidInput), world.writing(world.coordinator) as session:
        changes.refuse(session, request_id, reason=" ")
    with world.writing(world.coordinator) as session:
        changes.refuse(session, request_id, reason="Tiada bukti")
    with pytest.raises(RequestDecided), world.writing(world.coordinator) as session:
        changes.approve(session, request_id)
    assert _request(owner, request_id)["reason"] == "Tiada bukti"


def test_a_household_that_moved_on_makes_a_request_stale(world: World, owner: Connection) -> None:
    command = _income(owner, world)
    with world.writing(world.enumerator) as session:
        request_id = changes.request_change(session, command)
    with world.writing() as session:
        changes.carry_out(session, EditDwelling(household_id=world.home, version=1, dwelling_type="Teres"))
    with world.writing(world.coordinator) as session:
        assert changes.approve(session, request_id) is None
    assert _request(owner, request_id)["state"] == "stale"
    assert _household(owner, world.home)["income_rm"] == Decimal(1150)


def test_who_asked_may_take_the_request_back_and_nobody_else_may(world: World, owner: Connection) -> None:
    command = _income(owner, world)
    with world.writing(world.enumerator) as session:
        request_id = changes.request_change(session, command)
    with pytest.raises(NotPermitted), world.writing(world.coordinator) as session:
        changes.withdraw(session, request_id)
    with world.writing(world.enumerator) as session:
        changes.withdraw(session, request_id)
    assert _request(owner, request_id)["state"] == "withdrawn"


def test_a_change_made_at_once_is_kept_as_an_approved_request(world: World, owner: Connection) -> None:
    with world.writing() as session:
        changes.carry_out(session, _income(owner, world))
    found = owner.execute(text("SELECT * FROM ekasih.change_request")).mappings().one()
    assert (found["kind"], found["state"], found["direct"]) == ("edit_income", "approved", True)
    assert found["requested_by"] == world.officer.user_id


def test_a_trial_cannot_be_committed(world: World) -> None:
    with pytest.raises(DBAPIError), world.writing(world.enumerator) as session:
        session.execute(
            text("""
                INSERT INTO ekasih.change_request (household_id, district_code, kind, payload, seen_version, state)
                VALUES (:id, '0803', 'edit_assets', '{}', 1, 'trial')
            """),
            {"id": world.home},
        )
        session.execute(text("UPDATE ekasih.household SET vehicle = 'Kereta' WHERE id = :id"), {"id": world.home})


def test_without_a_trial_an_enumerator_writes_nothing(world: World, owner: Connection) -> None:
    with world.writing(world.enumerator) as session:
        session.execute(text("UPDATE ekasih.household SET vehicle = 'Kereta' WHERE id = :id"), {"id": world.home})
    assert _household(owner, world.home)["vehicle"] is None
