"""One function judges a step, in an order that is written down, and one says what follows; an exit is audited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.refusals import (
    MeetingClosed,
    MeetingNotYet,
    ReasonMissing,
    SamePerson,
    StepIllegal,
    StepIncomplete,
    StepNotPermitted,
)
from tests.integration.cases.test_states import opened, recommended, stepped
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.cases.conftest import Staff

_MEETING = text("""
    INSERT INTO ekasih.meeting (area_code, number, held_on, place, state, created_by)
    VALUES ('0803', :number, current_date + :days, 'Batu Gajah', :state, :by) RETURNING id
""")


def meeting(owner: Connection, staff: Staff, number: str, *, days: int = 0, state: str = "planned") -> int:
    values = {"number": number, "days": days, "state": state, "by": staff.coordinator.user_id}
    made = owner.scalar(_MEETING, values)
    owner.commit()
    return int(made or 0)


def state_of(owner: Connection, meeting_id: int) -> str:
    owner.rollback()
    return str(owner.scalar(text("SELECT state FROM ekasih.meeting WHERE id = :id"), {"id": meeting_id}))


def household_of(owner: Connection, case_id: int) -> int:
    """Give a case a household of its own."""
    household = add_household(owner, "08030000077", income=400, name="Ali bin Abu")
    owner.execute(text("UPDATE ekasih.case_file SET household_id = :h WHERE id = :c"), {"h": household, "c": case_id})
    owner.commit()
    return household


def exit_entries(owner: Connection, household: int) -> list[dict[str, Any]]:
    owner.rollback()
    asked = text("""
        SELECT actor, district_code, before, after FROM ekasih.audit_log
        WHERE subject = 'household' AND subject_id = :id AND action = 'exit'
    """)
    return [dict(row) for row in owner.execute(asked, {"id": household}).mappings()]


def test_one_trigger_judges_a_step_and_one_follows_it(owner: Connection) -> None:
    asked = text("""
        SELECT tgname, tgtype & 2 = 2 AS before FROM pg_trigger
        WHERE tgrelid = 'ekasih.case_step'::regclass AND NOT tgisinternal AND tgtype & 4 = 4 ORDER BY tgname
    """)
    assert [tuple(row) for row in owner.execute(asked)] == [("case_step_followed", False), ("case_step_taken", True)]


def test_of_several_rules_that_a_step_breaks_the_first_is_named(staff: Staff, owner: Connection) -> None:
    to_come = meeting(owner, staff, "9/2026", days=7)
    case = opened(staff, staff.administrator)
    with pytest.raises(StepIllegal):  # from this state nobody rejects, least of all without a reason
        stepped(staff, staff.enumerator, case, "reject")
    stepped(staff, staff.administrator, case, "submit")
    with pytest.raises(StepNotPermitted):  # whoever it were given to
        stepped(staff, staff.enumerator, case, "assign", assigned_to=staff.elsewhere.user_id)
    with pytest.raises(StepIncomplete):  # to somebody who looks into no household there
        stepped(staff, staff.administrator, case, "assign", assigned_to=staff.elsewhere.user_id)
    stepped(staff, staff.administrator, case, "assign", assigned_to=staff.enumerator.user_id)
    stepped(staff, staff.enumerator, case, "visit")
    stepped(staff, staff.enumerator, case, "recommend", reason="Layak")
    with pytest.raises(StepNotPermitted):
        stepped(staff, staff.enumerator, case, "reject")
    with pytest.raises(SamePerson):
        stepped(staff, staff.administrator, case, "reject")
    with pytest.raises(ReasonMissing):
        stepped(staff, staff.coordinator, case, "reject", meeting_id=to_come)
    with pytest.raises(MeetingNotYet):
        stepped(staff, staff.coordinator, case, "reject", meeting_id=to_come, reason="Tidak layak")
    with pytest.raises(StepIncomplete):
        stepped(staff, staff.coordinator, case, "reject", reason="Tidak layak")


def test_a_step_that_is_refused_leaves_its_meeting_as_it_was(staff: Staff, owner: Connection) -> None:
    today = meeting(owner, staff, "8/2026")
    case = recommended(staff)
    with pytest.raises(ReasonMissing):
        stepped(staff, staff.coordinator, case, "reject", meeting_id=today)
    with pytest.raises(StepNotPermitted):
        stepped(staff, staff.enumerator, case, "approve", meeting_id=today)
    assert state_of(owner, today) == "planned"
    stepped(staff, staff.coordinator, case, "reject", meeting_id=today, reason="Tidak layak")
    assert state_of(owner, today) == "held"


def test_nothing_is_decided_at_a_meeting_whose_minutes_stand(staff: Staff, owner: Connection) -> None:
    over = meeting(owner, staff, "6/2026", days=-7, state="closed")
    with pytest.raises(MeetingClosed):
        stepped(staff, staff.coordinator, recommended(staff), "return", meeting_id=over, reason="Lawat semula")


def test_a_case_that_came_in_otherwise_is_not_settled_as_one_that_was_held(staff: Staff) -> None:
    case = opened(staff)
    stepped(staff, staff.officer, case, "submit")
    with pytest.raises(StepIllegal):
        stepped(staff, staff.coordinator, case, "accept_new", reason="Keluarga lain")


def test_a_focus_groups_exit_is_an_entry_of_the_household_as_any_other_exit(staff: Staff, owner: Connection) -> None:
    case = recommended(staff)
    household = household_of(owner, case)
    given = {"meeting_id": staff.meeting, "reason": "Pendapatan naik"}
    assert stepped(staff, staff.coordinator, case, "exit", **given) == "exited"
    (entry,) = exit_entries(owner, household)
    today = str(owner.scalar(text("SELECT current_date")))
    after = {"exited_on": today, "exit_reason": "focus_group", "exit_note": "Pendapatan naik"}
    assert entry == {
        "actor": "penyelaras", "district_code": "0803", "before": dict.fromkeys(after), "after": after
    }  # fmt: skip
    kept = text("SELECT cause, actor FROM ekasih.household_version WHERE household_id = :id ORDER BY id DESC LIMIT 1")
    assert tuple(owner.execute(kept, {"id": household}).one()) == ("exit", "penyelaras")
    row = owner.execute(
        text("SELECT reason, note FROM ekasih.household_exit WHERE household_id = :h"), {"h": household}
    )
    assert tuple(row.one()) == ("focus_group", "Pendapatan naik")
    assert list(owner.execute(text("SELECT * FROM ekasih.recount_differences()"))) == []


def test_an_exit_without_a_meeting_is_not_written_down_as_a_focus_groups(staff: Staff, owner: Connection) -> None:
    case = recommended(staff)
    household = household_of(owner, case)
    stepped(staff, staff.coordinator, case, "approve", meeting_id=staff.meeting)
    stepped(staff, staff.coordinator, case, "exit", reason="Pindah ke luar negara")
    (entry,) = exit_entries(owner, household)
    assert entry["after"]["exit_reason"] == "other"
    assert entry["after"]["exit_note"] == "Pindah ke luar negara"


def test_a_household_that_has_exited_already_exits_once(staff: Staff, owner: Connection) -> None:
    case = recommended(staff)
    household = household_of(owner, case)
    owner.execute(text("SELECT * FROM ekasih.exit_household(:id, 'died', NULL)"), {"id": household})
    owner.commit()
    stepped(staff, staff.coordinator, case, "exit", meeting_id=staff.meeting, reason="Sebab")
    (entry,) = exit_entries(owner, household)
    assert entry["after"]["exit_reason"] == "died"
