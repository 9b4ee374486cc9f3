"""A case moves only as its rules allow, by whom they allow, and keeps every step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from registry.cases.cases import (
    OpenCase,
    SaveDraft,
    TakeStep,
    open_case,
    save_draft,
    take_step,
)
from registry.cases.models import CaseFile, CaseStep, CaseTransition
from registry.errors import InvalidInput, NotFound, NotPermitted, RegistryError, StaleRecord
from registry.refusals import SamePerson, StepIllegal, StepIncomplete, StepNotPermitted

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.cases.conftest import Staff


def opened(staff: Staff, who: Principal | None = None, district: str = "0803") -> int:
    with staff.writing(who or staff.officer) as session:
        return open_case(session, OpenCase(channel="officer", district_code=district, head_name="Ali bin Abu")).id


def stepped(staff: Staff, who: Principal, case_id: int, action: str, **given_with: Any) -> str:
    with staff.writing(who) as session:
        version = session.get_one(CaseFile, case_id).version
        return take_step(session, TakeStep(case_id=case_id, version=version, action=action, **given_with)).state


def recommended(staff: Staff) -> int:
    """A case that the officer entered and the enumerator looked into."""
    case_id = opened(staff)
    stepped(staff, staff.officer, case_id, "submit")
    stepped(staff, staff.officer, case_id, "assign", assigned_to=staff.enumerator.user_id)
    stepped(staff, staff.enumerator, case_id, "visit")
    stepped(staff, staff.enumerator, case_id, "recommend", reason="Pendapatan di bawah PGK")
    return case_id


def test_a_case_goes_from_draft_to_active_and_every_step_says_who_and_why(staff: Staff, owner: Connection) -> None:
    case_id = recommended(staff)
    assert stepped(staff, staff.coordinator, case_id, "approve", meeting_id=staff.meeting) == "active"
    steps = owner.execute(
        select(CaseStep.action, CaseStep.actor, CaseStep.from_state, CaseStep.to_state).order_by(CaseStep.id)
    ).all()
    assert [tuple(step) for step in steps] == [
        ("submit", "pegawai", "draft", "received"),
        ("assign", "pegawai", "received", "assigned"),
        ("visit", "pembanci", "assigned", "visited"),
        ("recommend", "pembanci", "visited", "recommended"),
        ("approve", "penyelaras", "recommended", "active"),
    ]


def test_a_step_that_does_not_start_here_is_refused(staff: Staff) -> None:
    case_id = opened(staff)
    with pytest.raises(StepIllegal):
        stepped(staff, staff.coordinator, case_id, "approve", meeting_id=staff.meeting)


def test_a_step_of_another_role_is_refused(staff: Staff) -> None:
    case_id = recommended(staff)
    with pytest.raises(StepNotPermitted):
        stepped(staff, staff.enumerator, case_id, "approve", meeting_id=staff.meeting)


def test_only_the_officer_it_is_assigned_to_looks_into_a_case(staff: Staff) -> None:
    case_id = opened(staff)
    stepped(staff, staff.officer, case_id, "submit")
    stepped(staff, staff.officer, case_id, "assign", assigned_to=staff.enumerator.user_id)
    with pytest.raises(StepNotPermitted):
        stepped(staff, staff.officer, case_id, "visit")


def test_who_entered_a_case_does_not_decide_on_it_even_as_administrator(staff: Staff) -> None:
    case_id = opened(staff, staff.administrator)
    stepped(staff, staff.administrator, case_id, "submit")
    stepped(staff, staff.administrator, case_id, "assign", assigned_to=staff.enumerator.user_id)
    stepped(staff, staff.enumerator, case_id, "visit")
    stepped(staff, staff.enumerator, case_id, "recommend", reason="Layak")
    with pytest.raises(SamePerson):
        stepped(staff, staff.administrator, case_id, "approve", meeting_id=staff.meeting)


@pytest.mark.parametrize("action", ["reject", "return"])
def test_a_refusal_needs_a_reason(staff: Staff, action: str) -> None:
    case_id = recommended(staff)
    with pytest.raises(InvalidInput) as refusal:
        stepped(staff, staff.coordinator, case_id, action, meeting_id=staff.meeting, reason="  ")
    assert refusal.value.problems == {"reason": "required"}


def test_a_decision_needs_a_meeting_that_was_held_for_the_area(staff: Staff, owner: Connection) -> None:
    case_id = recommended(staff)
    with pytest.raises(StepIncomplete):
        stepped(staff, staff.coordinator, case_id, "approve")
    owner.execute(text("UPDATE ekasih.meeting SET area_code = '0805'"))
    owner.commit()
    with pytest.raises(StepIncomplete):
        stepped(staff, staff.coordinator, case_id, "approve", meeting_id=staff.meeting)


def test_a_case_of_another_district_is_not_there(staff: Staff) -> None:
    case_id = opened(staff)
    with pytest.raises(NotFound), staff.writing(staff.elsewhere) as session:
        take_step(session, TakeStep(case_id=case_id, version=1, action="submit"))
    with pytest.raises(ProgrammingError, match="row-level security"):
        opened(staff, district="0805")


def test_the_state_cannot_be_written_past_the_steps(staff: Staff) -> None:
    opened(staff)
    with pytest.raises(ProgrammingError, match="permission denied"), staff.writing(staff.administrator) as session:
        session.execute(text("UPDATE ekasih.case_file SET state = 'active'"))
    with pytest.raises(ProgrammingError, match="permission denied"), staff.writing(staff.administrator) as session:
        session.execute(text("DELETE FROM ekasih.case_step"))


def test_a_planner_sees_no_case(staff: Staff) -> None:
    opened(staff)
    with staff.reading(staff.planner) as connection:
        assert connection.scalars(select(CaseFile.id)).all() == []


def test_a_draft_is_kept_half_filled_and_a_stale_one_is_refused(staff: Staff) -> None:
    case_id = opened(staff)
    given_so_far = {
        "district_code": "0803", "mukim_code": None, "head_name": "Ali", "reporter_name": "Siti",
        "reporter_phone": None, "reporter_relation": "jiran", "draft": {"lokasi": {"village": "Kampung Baru"}},
    }  # fmt: skip
    with staff.writing(staff.officer) as session:
        kept = save_draft(session, SaveDraft(case_id=case_id, version=1, **given_so_far))
        assert (kept.version, kept.draft["lokasi"]["village"]) == (2, "Kampung Baru")
    with pytest.raises(StaleRecord), staff.writing(staff.officer) as session:
        save_draft(session, SaveDraft(case_id=case_id, version=1, **given_so_far))


ACTIONS = ("submit", "withdraw", "assign", "reassign", "visit", "recommend", "send_back", "approve", "reject", "return",
           "exit", "fall_due")  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from(("officer", "enumerator", "coordinator"))),
                max_size=14))  # fmt: skip
def test_whatever_is_tried_a_case_only_ever_moves_along_its_rules(staff: Staff, tried: list[tuple[str, str]]) -> None:
    case_id = opened(staff)
    with staff.reading(staff.officer) as connection:
        rules = {(t.action, t.from_state): t for t in connection.execute(select(CaseTransition.__table__))}
    state = "draft"
    made_by: dict[str, set[str]] = {}
    for action, name in tried:
        who: Principal = getattr(staff, name)
        with_all = {"reason": "Sebab", "assigned_to": staff.enumerator.user_id, "meeting_id": staff.meeting}
        rule = rules.get((action, state))
        refusal: RegistryError | None = None
        try:
            now = stepped(staff, who, case_id, action, **with_all)
        except RegistryError as error:
            refusal = error
        if refusal is not None:
            assert rule is None or isinstance(refusal, NotPermitted)
            continue
        assert rule is not None
        assert rule.permission in who.permissions
        assert not {name} & {maker for earlier in rule.not_by for maker in made_by.get(earlier, ())}
        made_by.setdefault(action, set()).add(name)
        state = rule.to_state
        assert now == state
