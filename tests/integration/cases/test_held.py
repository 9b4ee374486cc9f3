"""What an import holds back waits in the one queue, and closes there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.cases.cases import TakeStep
from registry.cases.registration import NotRegisterable, RecordElsewhere, decide_case
from registry.definitions import run_file
from registry.refusals import StepIllegal
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.cases.models import CaseFile
    from tests.integration.cases.conftest import Staff

PAYLOAD = {
    "isirumah": {"no_isirumah": "B-1", "tarikh_banci": "02/03/2026", "negeri": "Perak", "daerah": "Kinta",
                 "strata": "Luar Bandar", "poskod": "31000", "bekalan_elektrik": "Ya", "tanah_ekar": "1,5"},
    "ahli": [
        {"no_isirumah": "B-1", "nama": "Minah binti Osman", "hubungan": "Ketua", "no_kp": "700101-08-5552",
         "jantina": "P", "tarikh_lahir": "1970-01-01", "etnik": "Melayu", "pendapatan_gaji": "RM 400.00",
         "pendapatan_sendiri": "0", "pendapatan_harta": "", "pendapatan_pindahan": "100"},
        {"no_isirumah": "B-1", "nama": "Osman bin Ali", "hubungan": "Anak", "pendapatan_gaji": "0"},
    ],
    "bantuan": [{"no_isirumah": "B-1", "no_kp": "700101085552", "agensi": "JKM", "program": "BTB", "amaun": "300"}],
}  # fmt: skip


def delivery(owner: Connection) -> int:
    return int(
        owner.scalar(
            text(
                "INSERT INTO ekasih.delivery (sha256, file_name, received_on, received_by, state, report)"
                " VALUES (md5(random()::text), 'b.zip', current_date, 'system', 'done', '{}') RETURNING id"
            )
        )
        or 0
    )


def held(owner: Connection, conflicting: str, **changes: Any) -> CaseFile:
    """The case of a household that was held back because of ``conflicting``."""
    held_id = owner.scalar(
        text("""
            INSERT INTO ekasih.held_household
                (delivery_id, household_no, district_code, code, conflicting_file_no, payload)
            VALUES (:delivery, 'B-1', '0803', 'pertindihan_no_kp', :conflicting, CAST(:payload AS jsonb)) RETURNING id
        """),
        {"delivery": delivery(owner), "conflicting": conflicting, "payload": json.dumps(PAYLOAD | changes)},
    )
    owner.commit()
    return case_of(owner, int(held_id or 0))


def case_of(owner: Connection, held_id: int) -> Any:
    found = owner.execute(text("SELECT * FROM ekasih.case_file WHERE held_id = :id"), {"id": held_id}).one()
    owner.rollback()
    return found


def state_of(owner: Connection, held_id: int) -> str:
    found = str(owner.scalar(text("SELECT state FROM ekasih.held_household WHERE id = :id"), {"id": held_id}))
    owner.rollback()
    return found


def decided(staff: Staff, case: Any, action: str, reason: str = "Disemak di lapangan") -> CaseFile:
    with staff.writing(staff.officer) as session:
        return decide_case(session, TakeStep(case_id=case.id, version=case.version, action=action, reason=reason))


def test_what_is_held_is_a_case_that_says_what_the_delivery_said(staff: Staff, owner: Connection) -> None:
    case = held(owner, "LAIN-1")
    assert (case.channel, case.state, case.head_name, case.created_by) == (
        "held",
        "received",
        "Minah binti Osman",
        None,
    )
    assert case.draft["lokasi"] == {"postcode": "31000", "strata": "rural", "district_code": "0803"}
    assert case.draft["kediaman"] == {"electricity": "yes"}
    assert case.draft["members"][0] == {
        "key": "m1", "name": "Minah binti Osman", "relationship": "KIR", "id_no": "700101085552", "sex": "female",
        "birth_date": "01/01/1970", "ethnicity": "Melayu", "employment": "400.00", "transfers": "100.00",
    }  # fmt: skip
    assert case.draft["aid"][0]["member"] == "m1"
    step = owner.execute(text("SELECT action, actor, to_state FROM ekasih.case_step")).one()
    assert tuple(step) == ("submit", "system", "received")


def test_accepted_as_new_it_is_a_household_of_its_own(staff: Staff, owner: Connection) -> None:
    add_household(owner, "LAIN-1")
    case = decided(staff, held(owner, "LAIN-1"), "accept_new")
    household = owner.execute(text("SELECT * FROM ekasih.household WHERE id = :id"), {"id": case.household_id}).one()
    assert (household.file_no, str(household.census_date), household.income_rm) == ("B-1", "2026-03-02", 500)
    assert household.delivery_id is not None
    assert state_of(owner, case.held_id) == "accepted"


def test_a_number_that_is_another_familys_stays_refused(staff: Staff, owner: Connection) -> None:
    add_household(owner, "LAIN-1")
    owner.execute(text("UPDATE ekasih.person SET id_no = '700101085552' WHERE is_head"))
    case = held(owner, "LAIN-1")
    with pytest.raises(NotRegisterable) as refusal:
        decided(staff, case, "accept_new")
    assert refusal.value.problems == {"m1.id_no": "id_no_taken"}
    assert state_of(owner, case.held_id) == "waiting"


def test_the_same_as_the_registered_one_points_there(staff: Staff, owner: Connection) -> None:
    known = add_household(owner, "LAIN-1")
    case = decided(staff, held(owner, "LAIN-1"), "same")
    assert (case.state, case.household_id) == ("active", known)
    assert state_of(owner, case.held_id) == "accepted"


def test_the_same_as_one_of_another_office_is_for_that_office(staff: Staff, owner: Connection) -> None:
    add_household(owner, "LAIN-1", district="0805")
    with pytest.raises(RecordElsewhere):
        decided(staff, held(owner, "LAIN-1"), "same")


def test_refused_it_waits_no_longer(staff: Staff, owner: Connection) -> None:
    case = decided(staff, held(owner, "LAIN-1"), "refuse")
    assert (case.state, state_of(owner, case.held_id)) == ("rejected", "refused")


def test_a_later_delivery_that_settles_it_closes_the_case(staff: Staff, owner: Connection) -> None:
    case = held(owner, "LAIN-1")
    known = add_household(owner, "B-1")
    owner.execute(text("UPDATE ekasih.held_household SET state = 'accepted'"))
    owner.commit()
    now = case_of(owner, case.held_id)
    assert (now.state, now.household_id) == ("active", known)


def test_a_later_delivery_that_says_it_anew_is_what_the_case_says(staff: Staff, owner: Connection) -> None:
    case = held(owner, "LAIN-1")
    renamed = {**PAYLOAD, "ahli": [PAYLOAD["ahli"][0] | {"nama": "Aminah binti Osman"}]}  # type: ignore[operator, index]
    owner.execute(
        text("UPDATE ekasih.held_household SET payload = CAST(:payload AS jsonb)"), {"payload": json.dumps(renamed)}
    )
    owner.commit()
    now = case_of(owner, case.held_id)
    assert (now.head_name, len(now.draft["members"]), now.version) == ("Aminah binti Osman", 1, case.version + 1)


def test_steps_about_what_was_held_are_for_nothing_else(staff: Staff, owner: Connection) -> None:
    owner.execute(text("INSERT INTO ekasih.case_file (channel, district_code) VALUES ('officer', '0803')"))
    owner.execute(text("INSERT INTO ekasih.case_step (case_id, action) SELECT id, 'submit' FROM ekasih.case_file"))
    owner.commit()
    case = owner.execute(text("SELECT * FROM ekasih.case_file")).one()
    with pytest.raises(StepIllegal):
        decided(staff, case, "accept_new")


@pytest.mark.parametrize(
    ("who", "actions"),
    [
        ("officer", ["accept_new", "same", "refuse", "assign", "withdraw"]),
        ("coordinator", ["accept_new", "same", "refuse", "assign", "withdraw"]),
        ("enumerator", ["withdraw"]),
        ("elsewhere", []),
        ("planner", []),
    ],
)
def test_only_the_steps_one_may_take_are_offered(staff: Staff, owner: Connection, who: str, actions: list[str]) -> None:
    case = held(owner, "LAIN-1")
    with staff.reading(getattr(staff, who)) as connection:
        offered = connection.execute(text("SELECT action FROM ekasih.allowed_steps(:id)"), {"id": case.id}).scalars()
        assert list(offered) == actions


def test_what_waited_before_the_queue_was_there_is_queued_when_it_is_made(staff: Staff, owner: Connection) -> None:
    owner.execute(text("ALTER TABLE ekasih.held_household DISABLE TRIGGER held_queued"))
    owner.execute(
        text("""
            INSERT INTO ekasih.held_household (delivery_id, household_no, district_code, code, payload)
            VALUES (:delivery, 'B-1', '0803', 'pertindihan_no_kp', CAST(:payload AS jsonb))
        """),
        {"delivery": delivery(owner), "payload": json.dumps(PAYLOAD)},
    )
    assert owner.scalar(text("SELECT count(*) FROM ekasih.case_file")) == 0
    run_file(owner, "cases/registration")
    assert owner.scalar(text("SELECT state FROM ekasih.case_file")) == "received"
