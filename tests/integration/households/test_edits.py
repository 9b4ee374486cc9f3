"""A household is changed by component: checked by field, audited, and decided again at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry import audit
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.households.saving import (
    AddAid,
    AddMember,
    ChangeHead,
    EditDwelling,
    EditIncome,
    EditLocation,
    EditMember,
    EditMembers,
    PersonalFields,
    RemoveMember,
    WorkFields,
    add_aid,
    add_member,
    change_head,
    edit_dwelling,
    edit_income,
    edit_location,
    edit_member,
    edit_members,
    remove_member,
    reveal_id,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.households.conftest import World

HEAD = PersonalFields(name="Ahmad Razak bin Osman", relationship="KIR", id_no="800101-08-5001", sex="male")
PLACE = {"district_code": "0803", "mukim_code": None, "strata": "urban"}


def _row(connection: Connection, query: str, **values: Any) -> Any:
    return connection.execute(text(query), values).mappings().one()


def _people(connection: Connection, household: int) -> list[int]:
    found = connection.scalars(
        text("SELECT id FROM ekasih.person WHERE household_id = :id ORDER BY member_no"), {"id": household}
    )
    return list(found)


def _flags(connection: Connection, household: int) -> list[str]:
    found = connection.scalars(
        text("SELECT code FROM ekasih.quality_flag WHERE household_id = :id AND resolved_at IS NULL ORDER BY code"),
        {"id": household},
    )
    return list(found)


def _counted(connection: Connection, area: str) -> dict[str, int]:
    found = connection.execute(
        text(
            "SELECT status, sum(households) FROM ekasih.headcount WHERE area_code = :area"
            " GROUP BY status HAVING sum(households) <> 0"
        ),
        {"area": area},
    )
    return {status: int(households) for status, households in found}


def test_an_edit_changes_the_record_and_keeps_who_changed_what_from_what_to_what(
    world: World, owner: Connection
) -> None:
    command = EditDwelling(household_id=world.home, version=1, dwelling_type="Teres", room_count=3)
    with world.writing() as session:
        saved = edit_dwelling(session, command)
    assert saved.changed == ("dwelling_type", "room_count")
    assert saved.version == 2
    assert not saved.decided
    entry = _row(owner, "SELECT * FROM ekasih.audit_log WHERE subject_id = :id", id=world.home)
    assert (entry["actor_id"], entry["actor"], entry["action"]) == (world.officer.user_id, "pegawai", "edit_dwelling")
    assert entry["before"] == {"dwelling_type": None, "room_count": None}
    assert entry["after"] == {"dwelling_type": "Teres", "room_count": 3}
    household = _row(owner, "SELECT * FROM ekasih.household WHERE id = :id", id=world.home)
    assert (household["dwelling_type"], household["updated_by"]) == ("Teres", "pegawai")


def test_saving_what_is_there_already_changes_nothing(world: World, owner: Connection) -> None:
    with world.writing() as session:
        saved = edit_dwelling(session, EditDwelling(household_id=world.home, version=1))
    assert (saved.changed, saved.version) == ((), 1)
    assert _row(owner, "SELECT count(*) AS n FROM ekasih.audit_log")["n"] == 0


def test_a_stale_save_is_refused_and_names_the_version_there_is(world: World) -> None:
    command = EditDwelling(household_id=world.home, version=1, dwelling_type="Teres")
    with world.writing() as session:
        edit_dwelling(session, command)
    with pytest.raises(StaleRecord) as refusal, world.writing() as session:
        edit_dwelling(session, replace(command, dwelling_type="Pangsa"))
    assert refusal.value.values["version"] == 2


@pytest.mark.parametrize("who", ["coordinator", "planner"])
def test_who_may_not_edit_is_refused_like_a_record_that_does_not_exist(world: World, who: str) -> None:
    with pytest.raises(NotFound), world.writing(getattr(world, who)) as session:
        edit_dwelling(session, EditDwelling(household_id=world.home, version=1, dwelling_type="Teres"))


def test_an_officer_cannot_edit_a_household_of_another_district(world: World) -> None:
    with pytest.raises(NotFound), world.writing() as session:
        edit_dwelling(session, EditDwelling(household_id=world.elsewhere, version=1, dwelling_type="Teres"))


def test_an_answer_that_is_not_offered_is_refused_by_field_unless_it_was_there(world: World, owner: Connection) -> None:
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        edit_dwelling(session, EditDwelling(household_id=world.home, version=1, tenure="Istana", room_count=-1))
    assert refusal.value.problems == {"tenure": "choice", "room_count": "room_count"}
    owner.execute(text("UPDATE ekasih.household SET tenure = 'Istana' WHERE id = :id"), {"id": world.home})
    owner.commit()
    with world.writing() as session:
        kept = EditDwelling(household_id=world.home, version=1, tenure="Istana", room_count=2)
        assert edit_dwelling(session, kept).changed == ("room_count",)


def test_a_changed_income_decides_the_status_and_the_counts_at_once(world: World, owner: Connection) -> None:
    head = _people(owner, world.home)[0]
    before = _counted(owner, "0803")
    owner.rollback()
    amounts = {head: {"employment": Decimal(8000), "transfers": Decimal("100.50")}}
    with world.writing() as session:
        saved = edit_income(session, EditIncome(household_id=world.home, version=1, amounts=amounts))
    assert saved.changed == ("1.employment", "1.transfers")
    assert (saved.status_before, saved.status_after) == ("tegar", "terkeluar")
    assert saved.per_capita_after_rm == Decimal("2025.13")
    decision = _row(
        owner, "SELECT * FROM ekasih.status_decision WHERE household_id = :id ORDER BY id DESC LIMIT 1", id=world.home
    )
    assert (decision["cause"], decision["previous_status"], decision["status"]) == (
        "income_changed", "tegar", "terkeluar",
    )  # fmt: skip
    assert decision["income_rm"] == Decimal("8100.50")
    after = _counted(owner, "0803")
    assert after["terkeluar"] == before["terkeluar"] + 1
    assert "tegar" not in after


def test_a_correction_of_income_is_told_apart_from_a_change(world: World, owner: Connection) -> None:
    head = _people(owner, world.home)[0]
    owner.rollback()
    amounts = {head: {"employment": Decimal(1200)}}
    with world.writing() as session:
        edit_income(session, EditIncome(household_id=world.home, version=1, amounts=amounts, correction=True))
    causes = owner.scalars(
        text("SELECT cause FROM ekasih.status_decision WHERE household_id = :id ORDER BY id"), {"id": world.home}
    )
    assert list(causes) == ["registered", "corrected"]


def test_income_moved_between_sources_is_kept_but_decides_nothing(world: World, owner: Connection) -> None:
    head = _people(owner, world.home)[0]
    owner.rollback()
    amounts = {head: {"self_employment": Decimal(1150)}}
    with world.writing() as session:
        saved = edit_income(session, EditIncome(household_id=world.home, version=1, amounts=amounts))
    assert saved.changed == ("1.employment", "1.self_employment")
    assert not saved.decided


def test_a_line_that_came_into_force_meanwhile_is_a_decision_of_its_own(world: World, owner: Connection) -> None:
    head = _people(owner, world.home)[0]
    owner.execute(
        text("""
            INSERT INTO ekasih.poverty_line (survey_year, published_on, effective_from, state_code, strata,
                pgk_household_rm, food_household_rm, pgk_per_capita_rm, food_per_capita_rm, published_for,
                food_household_basis, pgk_per_capita_basis, food_per_capita_basis)
            SELECT 2099, published_on, '2026-01-01', state_code, strata, 9000, 5000, 3000, 2000, published_for,
                'published', 'published', 'published'
            FROM ekasih.poverty_line WHERE survey_year = 2022 AND state_code = '08' AND strata = 'urban'
        """)
    )
    owner.commit()
    with world.writing() as session:
        amounts = {head: {"employment": Decimal(10000)}}
        edit_income(session, EditIncome(household_id=world.home, version=1, amounts=amounts))
    found = owner.execute(
        text("SELECT cause, status FROM ekasih.status_decision WHERE household_id = :id ORDER BY id"),
        {"id": world.home},
    )
    assert [tuple(row) for row in found] == [
        ("registered", "tegar"), ("line_changed", "tegar"), ("income_changed", "miskin"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "problem"),
    [("-1", "money_negative"), ("1.005", "money_sen"), ("1000000", "money_too_much"), ("NaN", "money")],
)
def test_an_income_that_cannot_be_is_refused_at_its_member_and_source(
    world: World, owner: Connection, amount: str, problem: str
) -> None:
    head = _people(owner, world.home)[0]
    owner.rollback()
    command = EditIncome(household_id=world.home, version=1, amounts={head: {"property": Decimal(amount)}})
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        edit_income(session, command)
    assert refusal.value.problems == {f"{head}.property": problem}


def test_a_new_member_shares_the_income_and_decides_the_status(world: World, owner: Connection) -> None:
    personal = PersonalFields(name="Nur binti Ahmad", relationship="Anak", birth_date=date(2020, 5, 1), sex="female")
    with world.writing() as session:
        saved = add_member(session, AddMember(household_id=world.home, version=1, personal=personal))
    assert saved.decided
    assert saved.per_capita_after_rm == Decimal("230.00")
    household = _row(owner, "SELECT * FROM ekasih.household WHERE id = :id", id=world.home)
    assert (household["member_count"], household["age_0_14"], household["age_15_64"]) == (5, 1, 4)
    person = _row(owner, "SELECT * FROM ekasih.person WHERE household_id = :id AND member_no = 5", id=world.home)
    assert (person["name_key"], person["district_code"], person["is_head"]) == ("NUR BINTI AHMAD", "0803", False)


def test_a_member_who_left_is_taken_out_and_the_log_keeps_who_it_was(world: World, owner: Connection) -> None:
    last = _people(owner, world.home)[-1]
    owner.rollback()
    command = RemoveMember(household_id=world.home, version=1, person_id=last, reason="moved_out")
    with world.writing() as session:
        assert remove_member(session, command).decided
    assert _row(owner, "SELECT member_count FROM ekasih.household WHERE id = :id", id=world.home)["member_count"] == 3
    entry = _row(owner, "SELECT before, after FROM ekasih.audit_log WHERE action = 'remove_member'")
    assert entry["before"]["4.name"] == "Ahli 4"
    assert entry["after"]["4.removed"] == "moved_out"


def test_the_head_cannot_be_taken_out_before_another_is_chosen(world: World, owner: Connection) -> None:
    head, second, *_ = _people(owner, world.home)
    owner.rollback()
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        remove_member(session, RemoveMember(household_id=world.home, version=1, person_id=head, reason="died"))
    assert refusal.value.problems == {"person_id": "head_stays"}
    choice = ChangeHead(household_id=world.home, version=1, person_id=second, former_head_relationship="Bapa")
    with world.writing() as session:
        saved = change_head(session, choice)
        remove_member(
            session, RemoveMember(household_id=world.home, version=saved.version, person_id=head, reason="died")
        )
    household = _row(owner, "SELECT head_name, member_count FROM ekasih.household WHERE id = :id", id=world.home)
    assert tuple(household.values()) == ("Ahli 2", 3)


def test_a_mykad_of_another_household_is_refused_even_of_a_district_one_cannot_see(
    world: World, owner: Connection
) -> None:
    head = _people(owner, world.home)[0]
    owner.rollback()
    taken = replace(HEAD, id_no="750505-08-6002")
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        edit_member(session, EditMember(household_id=world.home, version=1, person_id=head, personal=taken))
    assert refusal.value.problems == {f"{head}.id_no": "id_no_taken"}


def test_a_mykad_that_disagrees_is_kept_as_declared_and_flagged_until_it_agrees(
    world: World, owner: Connection
) -> None:
    head = _people(owner, world.home)[0]
    owner.rollback()
    odd = replace(HEAD, birth_date=date(1981, 1, 1), sex="female")
    with world.writing() as session:
        edit_member(session, EditMember(household_id=world.home, version=1, person_id=head, personal=odd))
    assert _flags(owner, world.home) == ["mykad_jantina_tidak_padan", "mykad_tarikh_tidak_padan"]
    assert _row(owner, "SELECT head_sex FROM ekasih.household WHERE id = :id", id=world.home)["head_sex"] == "female"
    owner.rollback()
    right = replace(HEAD, birth_date=date(1980, 1, 1))
    with world.writing() as session:
        edit_member(session, EditMember(household_id=world.home, version=2, person_id=head, personal=right))
    assert _flags(owner, world.home) == []


def test_one_component_of_several_members_is_one_change(world: World, owner: Connection) -> None:
    head, second, *_ = _people(owner, world.home)
    owner.rollback()
    members = {head: WorkFields(employment_status="Bekerja sendiri"), second: WorkFields(skill="Jahitan")}
    with world.writing() as session:
        saved = edit_members(session, EditMembers(household_id=world.home, version=1, members=members))
    assert saved.changed == ("1.employment_status", "2.skill")
    wrong = {second: WorkFields(skill="Sihir")}
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        edit_members(session, EditMembers(household_id=world.home, version=2, members=wrong))
    assert refusal.value.problems == {f"{second}.skill": "choice"}


def test_another_declared_area_moves_the_counts_and_keeps_where_it_was(world: World, owner: Connection) -> None:
    command = EditLocation(household_id=world.home, version=1, **(PLACE | {"district_code": "0805", "strata": "rural"}))
    with world.writing(world.administrator) as session:
        saved = edit_location(session, command)
    assert saved.decided
    assert _counted(owner, "0803") == {"terkeluar": 1}
    assert sum(_counted(owner, "0805").values()) == 2
    history = _row(owner, "SELECT * FROM ekasih.area_history WHERE household_id = :id", id=world.home)
    assert (history["district_code"], history["strata"]) == ("0805", "rural")
    decision = _row(
        owner, "SELECT * FROM ekasih.status_decision WHERE household_id = :id ORDER BY id DESC LIMIT 1", id=world.home
    )
    assert (decision["cause"], decision["district_code"]) == ("moved", "0805")
    people = owner.scalars(
        text("SELECT DISTINCT district_code FROM ekasih.person WHERE household_id = :id"), {"id": world.home}
    )
    assert list(people) == ["0805"]


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        ({"district_code": "0805"}, {"district_code": "outside_territory"}),
        ({"district_code": "9999"}, {"district_code": "area_unknown"}),
        ({"mukim_code": "080501"}, {"mukim_code": "mukim_elsewhere"}),
        ({"postcode": "3100", "phone": "12"}, {"postcode": "postcode", "phone": "phone"}),
    ],
)
def test_an_address_is_checked_by_field(world: World, wrong: dict[str, str], problems: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        edit_location(session, EditLocation(household_id=world.home, version=1, **(PLACE | wrong)))
    assert refusal.value.problems == problems


def test_a_postcode_of_another_state_is_kept_and_flagged(world: World, owner: Connection) -> None:
    with world.writing() as session:
        edit_location(session, EditLocation(household_id=world.home, version=1, postcode="88000", **PLACE))
    assert "poskod_luar_negeri" in _flags(owner, world.home)
    owner.rollback()
    with world.writing() as session:
        edit_location(session, EditLocation(household_id=world.home, version=2, postcode="31000", **PLACE))
    assert "poskod_luar_negeri" not in _flags(owner, world.home)


def test_aid_is_added_to_the_record(world: World, owner: Connection) -> None:
    command = AddAid(household_id=world.home, version=1, agency="JKM", programme="Bantuan Am", amount_rm=Decimal(300))
    with world.writing() as session:
        add_aid(session, command)
    row = _row(owner, "SELECT agency, amount_rm FROM ekasih.aid_received WHERE household_id = :id", id=world.home)
    assert tuple(row.values()) == ("JKM", Decimal("300.00"))


def test_a_submit_sent_twice_is_carried_out_once(world: World, owner: Connection) -> None:
    def save() -> tuple[dict[str, Any], bool]:
        with world.writing() as session:
            aid = AddAid(household_id=world.home, version=1, agency="JKM", programme="Bantuan Am")
            return audit.once(session, "one-key", lambda: {"version": add_aid(session, aid).version})

    assert save() == ({"version": 2}, True)
    assert save() == ({"version": 2}, False)
    assert _row(owner, "SELECT count(*) AS n FROM ekasih.aid_received")["n"] == 1


def test_a_whole_mykad_is_shown_to_who_may_see_it_and_that_is_written_down(world: World, owner: Connection) -> None:
    head = _people(owner, world.home)[0]
    other = _people(owner, world.elsewhere)[0]
    owner.rollback()
    with world.writing(world.coordinator) as session:
        assert reveal_id(session, household_id=world.home, person_id=head) == "800101085001"
    entry = _row(owner, "SELECT * FROM ekasih.audit_log WHERE action = 'reveal_id'")
    assert (entry["actor"], entry["subject_id"], entry["after"]) == ("penyelaras", world.home, {"member_no": 1})
    with pytest.raises(NotFound), world.writing(world.coordinator) as session:
        reveal_id(session, household_id=world.elsewhere, person_id=other)
