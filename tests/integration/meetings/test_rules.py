"""What the database itself holds of meetings: whose an agenda is, what may be on it, when it is decided and closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from queries import cases as case_queries
from registry.cases.cases import TakeStep, take_step
from registry.cases.models import CaseFile
from registry.cases.registration import decide_case
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.meetings.meetings import (
    Decision,
    EditMeeting,
    PlanMeeting,
    close_meeting,
    decide_items,
    draw_agenda,
    edit_meeting,
    plan_meeting,
    take_off,
)
from registry.meetings.models import Meeting, MeetingItem
from registry.principals import Principal, Role
from registry.refusals import MeetingClosed, MeetingNotYet, NotForAgenda
from tests.integration.cases.conftest import staff
from tests.integration.cases.forms import form
from tests.integration.cases.test_registration import recommended as recommended_from
from tests.world import add_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from tests.integration.cases.conftest import Staff

__all__ = ["staff"]
TODAY = datetime.now(UTC).date()
_PUT_ON = text("INSERT INTO ekasih.meeting_item (meeting_id, case_id) VALUES (:meeting, :case)")
_TAKE_OFF = text("DELETE FROM ekasih.meeting_item WHERE meeting_id = :meeting")


@pytest.fixture
def state_office(owner: Connection, staff: Staff) -> Principal:
    """The office of Perak, to which all its districts belong."""
    user = add_user(owner, "pejabat.perak", role=Role.STATE_OFFICE, territory=("08",))
    districts = owner.scalars(text("SELECT code FROM ekasih.area WHERE level = 'district' AND state_code = '08'")).all()
    owner.commit()
    return Principal(user, "pejabat.perak", "pejabat.perak", Role.STATE_OFFICE, tuple(districts))


@pytest.fixture
def other_coordinator(owner: Connection, staff: Staff) -> Principal:
    """Who decides in Kuala Kangsar."""
    user = add_user(owner, "penyelaras.kk", role=Role.COORDINATOR, territory=("0805",))
    owner.commit()
    return Principal(user, "penyelaras.kk", "penyelaras.kk", Role.COORDINATOR, ("0805",))


def recommended(staff: Staff) -> int:
    """A case of Kinta that waits for a focus group."""
    draft = form()
    draft["members"][0] |= {"id_no": ""}
    return recommended_from(staff, draft)


def planned(staff: Staff, who: Principal | None = None, **facts: Any) -> int:
    """A meeting of Kinta today, or as said."""
    values = {"area_code": "0803", "number": "7/2026", "held_on": TODAY, "place": "Batu Gajah", "members": ("Ali",)}
    with staff.writing(who or staff.coordinator) as session:
        return int(plan_meeting(session, PlanMeeting(**(values | facts))).id)


def drawn(staff: Staff, meeting: int, who: Principal | None = None) -> int:
    with staff.writing(who or staff.coordinator) as session:
        return draw_agenda(session, meeting)


def decided(staff: Staff, meeting: int, case: int, who: Principal | None = None, action: str = "approve") -> Any:
    """Decide on one case that nobody has touched since it was recommended; answers why not."""
    with staff.writing(who or staff.coordinator) as session:
        asked = [Decision(case_id=case, version=5, action=action, reason="Sebab")]
        ((_, refusal),) = decide_items(session, meeting, asked)
    return refusal


def closed(staff: Staff, meeting: int) -> None:
    with staff.writing(staff.coordinator) as session:
        close_meeting(session, meeting, version=session.get_one(Meeting, meeting).version)


def state_of(owner: Connection, meeting: int) -> str:
    owner.rollback()
    return str(owner.scalar(text("SELECT state FROM ekasih.meeting WHERE id = :id"), {"id": meeting}))


def test_the_agenda_of_a_state_is_the_states(
    staff: Staff, state_office: Principal, other_coordinator: Principal
) -> None:
    case = recommended(staff)
    with pytest.raises(NotPermitted):
        planned(staff, area_code="08")
    meeting = planned(staff, state_office, area_code="08")
    assert drawn(staff, meeting, state_office) == 1
    # a district sees the state's meeting with its own cases, and does not hold it
    for who, seen in ((staff.coordinator, [case]), (other_coordinator, [])):
        with staff.reading(who) as conn:
            assert conn.scalars(select(Meeting.id).where(Meeting.id == meeting)).all() == [meeting]
            assert conn.scalars(select(MeetingItem.case_id)).all() == seen
        with pytest.raises(NotFound):
            drawn(staff, meeting, who)
        with staff.writing(who) as session:
            session.execute(_TAKE_OFF, {"meeting": meeting})
    with staff.reading(state_office) as conn:
        assert conn.scalars(select(MeetingItem.case_id)).all() == [case]
    with staff.writing(state_office) as session:
        take_off(session, meeting, case)
    with pytest.raises(DBAPIError, match="row-level security"), staff.writing(staff.coordinator) as session:
        session.execute(_PUT_ON, {"meeting": meeting, "case": case})
    drawn(staff, meeting, state_office)
    assert decided(staff, meeting, case, who=state_office) is None


def test_who_does_not_decide_reads_the_meeting_and_no_more(staff: Staff) -> None:
    case, meeting = recommended(staff), planned(staff)
    with staff.reading(staff.officer) as conn:
        assert meeting in conn.scalars(select(Meeting.id)).all()
    with pytest.raises(NotFound):
        drawn(staff, meeting, staff.officer)
    with pytest.raises(DBAPIError, match="row-level security"), staff.writing(staff.officer) as session:
        session.execute(_PUT_ON, {"meeting": meeting, "case": case})


def test_nobody_plans_a_meeting_that_was_held_already_or_in_anothers_name(staff: Staff) -> None:
    made = (
        "INSERT INTO ekasih.meeting (area_code, number, held_on, place, state, created_by)"
        " VALUES ('0803', '5/2026', current_date, 'Ipoh', :state, :by)"
    )
    for state, by in (("held", staff.coordinator.user_id), ("planned", staff.officer.user_id)):
        with pytest.raises(DBAPIError, match="row-level security"), staff.writing(staff.coordinator) as session:
            session.execute(text(made), {"state": state, "by": by})


def test_what_was_decided_on_stays_on_the_agenda(staff: Staff, owner: Connection) -> None:
    case, meeting = recommended(staff), planned(staff)
    drawn(staff, meeting)
    assert decided(staff, meeting, case) is None
    with pytest.raises(NotForAgenda), staff.writing(staff.coordinator) as session:
        take_off(session, meeting, case)
    with pytest.raises(DBAPIError, match="case_not_for_agenda"), staff.writing(staff.coordinator) as session:
        session.execute(_TAKE_OFF, {"meeting": meeting})
    with pytest.raises(DBAPIError, match="case_not_for_agenda"):
        owner.execute(_TAKE_OFF, {"meeting": meeting})
    owner.rollback()


def test_what_is_not_recommended_or_of_another_area_is_on_no_agenda(
    staff: Staff, owner: Connection, other_coordinator: Principal
) -> None:
    case = recommended(staff)
    elsewhere = planned(staff, other_coordinator, area_code="0805")
    assert drawn(staff, elsewhere, other_coordinator) == 0
    for meeting, state in ((elsewhere, "recommended"), (planned(staff), "visited")):
        owner.execute(text("UPDATE ekasih.case_file SET state = :state"), {"state": state})
        with pytest.raises(DBAPIError, match="case_not_for_agenda"):
            owner.execute(_PUT_ON, {"meeting": meeting, "case": case})
        owner.rollback()


def test_a_case_that_waits_on_one_agenda_is_decided_at_no_other_by_its_agenda(staff: Staff) -> None:
    case, first, second = recommended(staff), planned(staff), planned(staff, number="8/2026")
    drawn(staff, first)
    assert isinstance(decided(staff, second, case), NotForAgenda)
    with pytest.raises(NotFound), staff.writing(staff.coordinator) as session:
        take_off(session, second, case)
    with pytest.raises(DBAPIError, match="meeting_item_waiting_idx"), staff.writing(staff.coordinator) as session:
        session.execute(_PUT_ON, {"meeting": second, "case": case})


def test_a_closed_meeting_does_not_change(staff: Staff, owner: Connection) -> None:
    case, left, meeting = recommended(staff), recommended(staff), planned(staff)
    drawn(staff, meeting)
    decided(staff, meeting, case)
    with staff.reading(staff.coordinator) as conn:
        assert meeting in [row["meeting_id"] for row in case_queries.meetings(conn, "0803")]
    closed(staff, meeting)
    with staff.reading(staff.coordinator) as conn:
        assert meeting not in [row["meeting_id"] for row in case_queries.meetings(conn, "0803")]
    edit = EditMeeting(meeting_id=meeting, version=2, number="9", held_on=TODAY, place="Ipoh", members=("Ali",))
    attempts: list[Callable[[Session], object]] = [
        lambda session: edit_meeting(session, edit),
        lambda session: draw_agenda(session, meeting),
        lambda session: take_off(session, meeting, left),
        lambda session: decide_items(session, meeting, [Decision(case_id=left, version=5, action="approve")]),
        lambda session: close_meeting(session, meeting, version=2),
        lambda session: decide_case(session, TakeStep(case_id=left, version=5, action="approve", meeting_id=meeting)),
    ]
    for attempt in attempts:
        with pytest.raises(MeetingClosed), staff.writing(staff.coordinator) as session:
            attempt(session)
    for statement in (
        "UPDATE ekasih.meeting SET state = 'held'",
        "DELETE FROM ekasih.meeting",
        "UPDATE ekasih.meeting_item SET outcome = NULL",
        "UPDATE ekasih.case_step SET reason = 'lain' WHERE meeting_id IS NOT NULL",
        "DELETE FROM ekasih.case_step WHERE meeting_id IS NOT NULL",
        "DELETE FROM ekasih.case_file",
    ):
        with pytest.raises(DBAPIError, match="meeting_closed"):
            owner.execute(text(statement))
        owner.rollback()


def test_nothing_is_decided_and_nothing_closed_before_its_day(staff: Staff, owner: Connection) -> None:
    case, meeting = recommended(staff), planned(staff, held_on=TODAY + timedelta(days=3))
    drawn(staff, meeting)
    with pytest.raises(MeetingNotYet):
        decided(staff, meeting, case)
    with pytest.raises(MeetingNotYet), staff.writing(staff.coordinator) as session:
        decide_case(session, TakeStep(case_id=case, version=5, action="approve", meeting_id=meeting))
    with pytest.raises(MeetingNotYet):
        closed(staff, meeting)
    assert state_of(owner, meeting) == "planned"


def test_a_meeting_is_edited_until_it_is_closed_and_never_moved_ahead_once_held(
    staff: Staff, owner: Connection
) -> None:
    case, meeting = recommended(staff), planned(staff)
    drawn(staff, meeting)
    edit: dict[str, Any] = {"meeting_id": meeting, "number": "9/2026", "place": "Ipoh", "members": ("Siti", "Abu")}
    with staff.writing(staff.coordinator) as session:
        assert edit_meeting(session, EditMeeting(**edit, version=1, held_on=TODAY + timedelta(days=2))).version == 2
    with pytest.raises(StaleRecord), staff.writing(staff.coordinator) as session:
        edit_meeting(session, EditMeeting(**edit, version=1, held_on=TODAY))
    with staff.writing(staff.coordinator) as session:
        edit_meeting(session, EditMeeting(**edit, version=2, held_on=TODAY))
    assert decided(staff, meeting, case) is None
    with pytest.raises(MeetingNotYet), staff.writing(staff.coordinator) as session:
        edit_meeting(session, EditMeeting(**edit, version=3, held_on=date(2099, 1, 1)))
    assert state_of(owner, meeting) == "held"
    for change in ("state = 'planned'", "held_on = current_date + 1"):
        with pytest.raises(DBAPIError, match="meeting_not_yet"):
            owner.execute(text(f"UPDATE ekasih.meeting SET {change} WHERE id = :id"), {"id": meeting})
        owner.rollback()
    found = owner.execute(select(Meeting.place, Meeting.members).where(Meeting.id == meeting)).one()
    assert tuple(found) == ("Ipoh", ["Siti", "Abu"])


def test_a_number_is_one_meetings_of_an_area(staff: Staff, other_coordinator: Principal) -> None:
    first = planned(staff)
    planned(staff, other_coordinator, area_code="0805")
    with pytest.raises(InvalidInput) as refusal:
        planned(staff)
    assert refusal.value.problems == {"number": "number_taken"}
    second = planned(staff, number="8/2026")
    edit = EditMeeting(meeting_id=second, version=1, number="7/2026", held_on=TODAY, place="Ipoh", members=("Ali",))
    with pytest.raises(InvalidInput), staff.writing(staff.coordinator) as session:
        edit_meeting(session, edit)
    assert first != second


def test_a_case_that_is_sent_back_waits_on_no_agenda(staff: Staff, owner: Connection) -> None:
    case, meeting = recommended(staff), planned(staff)
    drawn(staff, meeting)
    with staff.writing(staff.officer) as session:
        decide_case(session, TakeStep(case_id=case, version=5, action="send_back", reason="Lawat semula"))
    assert owner.scalars(text("SELECT case_id FROM ekasih.meeting_item")).all() == []
    assert isinstance(decided(staff, meeting, case), NotForAgenda)


def test_a_returned_case_comes_back_to_another_meeting(staff: Staff) -> None:
    case, meeting = recommended(staff), planned(staff)
    drawn(staff, meeting)
    assert decided(staff, meeting, case, action="return") is None
    for who, action, given in (
        (staff.officer, "assign", {"assigned_to": staff.enumerator.user_id}),
        (staff.enumerator, "visit", {}),
        (staff.enumerator, "recommend", {"reason": "Disahkan"}),
    ):
        with staff.writing(who) as session:
            version = session.get_one(CaseFile, case).version
            take_step(session, TakeStep(case_id=case, version=version, action=action, **given))
    assert drawn(staff, meeting) == 0
    assert drawn(staff, planned(staff, number="8/2026")) == 1


def test_every_act_is_written_down_without_a_name(staff: Staff, owner: Connection) -> None:
    case, other, meeting = recommended(staff), recommended(staff), planned(staff, members=("Puan Aminah",))
    drawn(staff, meeting)
    with staff.writing(staff.coordinator) as session:
        take_off(session, meeting, other)
        edit = EditMeeting(
            meeting_id=meeting, version=1, number="7", held_on=TODAY, place="x", members=("Puan Aminah",)
        )
        edit_meeting(session, edit)
    decided(staff, meeting, case)
    closed(staff, meeting)
    entries = owner.execute(
        text("SELECT action, actor, before, after FROM ekasih.audit_log WHERE subject = 'meeting' ORDER BY id")
    ).all()
    assert [entry.action for entry in entries] == [
        "plan_meeting", "draw_agenda", "take_off_agenda", "edit_meeting", "decide_items", "close_meeting",
    ]  # fmt: skip
    assert "Aminah" not in str(entries)
