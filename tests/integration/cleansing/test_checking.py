"""A check finds a record in spite of slips, and says of another territory only that there is one and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.errors import InvalidInput, NotPermitted
from registry.households.checking import Answer, CheckStatus, check_status
from registry.principals import Principal, Role
from registry.refusals import TooManyChecks
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.cleansing.conftest import World

SECRET = "a secret of the test"


@pytest.fixture
def register(world: World, owner: Connection) -> dict[str, int]:
    """A head with number, telephone and address in Kinta, and one of the same name in Kuala Kangsar."""
    made = {}
    for file_no, district, number in (("C1", "0803", "750312085431"), ("C2", "0805", "800101085555")):
        made[district] = add_household(owner, file_no, name="Zulkifli bin Mansor", district=district)
        owner.execute(
            text("UPDATE ekasih.person SET id_no = :number WHERE household_id = :id AND is_head"),
            {"number": number, "id": made[district]},
        )
    owner.execute(
        text(
            "UPDATE ekasih.household SET phone = '05-765 4321', phone_key = '057654321', address = '12 Jalan Kenanga',"
            " village = 'Kampung Tersusun' WHERE id = :id"
        ),
        {"id": made["0803"]},
    )
    owner.commit()
    return made


def checked(world: World, who: Principal, **said: str) -> list[Answer]:
    with world.writing(who) as session:
        return check_status(session, CheckStatus(**said), secret=SECRET)


@pytest.mark.parametrize(
    "said",
    [
        {"id_no": "750312-08-5431"},
        {"id_no": "750312 08 5413"},
        {"id_no": "750312085481"},
        {"name": "Zulkifli bin Mansor"},
        {"name": "zulkifly mansur"},
        {"phone": "+60 5-765 4321"},
        {"address": "12 jln kenanga kampung tersusun"},
        {"address": "kenanga, kg tersusan"},
    ],
)
def test_a_record_of_the_own_territory_is_found_in_spite_of_slips(
    world: World, register: dict[str, int], said: dict[str, str]
) -> None:
    found = [answer for answer in checked(world, world.officer, **said) if answer.own]
    assert [answer.household_id for answer in found] == [register["0803"]]
    assert found[0].head_name == "Zulkifli bin Mansor"


def test_of_another_territory_only_the_office_is_told(world: World, register: dict[str, int]) -> None:
    answers = checked(world, world.officer, name="Zulkifli Mansor")
    elsewhere = [answer for answer in answers if not answer.own]
    assert [(a.household_id, a.file_no, a.head_name, a.mukim_name) for a in elsewhere] == [(None, None, None, None)]
    assert elsewhere[0].district_code == "0805"
    assert checked(world, world.officer, id_no="800101085555")[0].household_id is None
    assert register


def test_an_agency_learns_of_every_record_only_that_it_exists(
    world: World, register: dict[str, int], owner: Connection
) -> None:
    agency = Principal(add_user(owner, "agensi", role="agency"), "agensi", "agensi", Role.AGENCY)
    owner.commit()
    answers = checked(world, agency, name="Zulkifli Mansor")
    assert {(answer.own, answer.household_id) for answer in answers} == {(False, None)}
    assert {answer.district_code for answer in answers} == set(register)


def test_nobody_without_the_permission_checks(world: World) -> None:
    with pytest.raises(NotPermitted):
        checked(world, world.planner, name="Zulkifli Mansor")


def test_a_check_is_written_down_without_what_was_said(
    world: World, register: dict[str, int], owner: Connection
) -> None:
    checked(world, world.officer, id_no="750312085431", name="Zulkifli Mansor")
    checked(world, world.officer, id_no="750312085431", name="ZULKIFLI  mansor")
    rows = owner.execute(
        text("SELECT actor, before, after FROM ekasih.audit_log WHERE action = 'check_status' ORDER BY id")
    ).all()
    assert [row.actor for row in rows] == ["pegawai", "pegawai"]
    said: dict[str, Any] = rows[0].after
    assert said["by"] == ["id_no", "name"]
    assert (said["own"], said["elsewhere"]) == (1, 1)
    assert said["key"] == rows[1].after["key"]
    assert "750312" not in str(rows)
    assert "ZULKIFLI" not in str(rows).upper()
    assert register


def test_checking_without_end_is_refused(world: World, owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.setting SET value = '3' WHERE key = 'checking.per_minute'"))
    owner.commit()
    for _ in range(3):
        assert checked(world, world.officer, phone="0199999999") == []
    with pytest.raises(TooManyChecks):
        checked(world, world.officer, phone="0199999999")
    # another person is not held up
    assert checked(world, world.elsewhere, phone="0199999999") == []


@pytest.mark.parametrize("said", [{}, {"name": "Ali"}, {"id_no": "7503"}, {"address": "Jalan"}, {"name": "x" * 200}])
def test_too_little_is_not_looked_for(world: World, said: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        checked(world, world.officer, **said)


def test_a_changed_name_or_address_is_found_by_its_new_words(
    world: World, register: dict[str, int], owner: Connection
) -> None:
    owner.execute(
        text("UPDATE ekasih.person SET name = 'Unggat anak Jelani', name_key = ekasih.name_key('Unggat anak Jelani')"
             " WHERE household_id = :id AND is_head"), {"id": register["0803"]})  # fmt: skip
    owner.execute(
        text("UPDATE ekasih.household SET address = '7 Lorong Cempaka' WHERE id = :id"), {"id": register["0803"]}
    )
    owner.commit()
    assert checked(world, world.officer, name="Ungat Jelani")[0].household_id == register["0803"]
    assert checked(world, world.officer, address="lorong cempake 7")[0].household_id == register["0803"]
