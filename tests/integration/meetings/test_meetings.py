"""A focus group's meeting: its agenda from the queue, many decisions at once, minutes that stand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from queries import meetings
from registry.cases.cases import TakeStep
from registry.cases.registration import decide_case
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.meetings.meetings import (
    Decision,
    PlanMeeting,
    close_meeting,
    decide_items,
    draw_agenda,
    plan_meeting,
    take_off,
)
from registry.refusals import MeetingClosed, SamePerson
from reports.minutes import minutes_pdf
from tests.integration.cases.conftest import staff
from tests.integration.cases.forms import form
from tests.integration.cases.test_registration import recommended
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.cases.conftest import Staff

__all__ = ["staff"]
TODAY = datetime.now(UTC).date()


def draft(number: int) -> dict[str, object]:
    made = form()
    made["members"][0] |= {"id_no": "", "name": f"Ketua Rekaan {number}"}
    return made


def planned(staff: Staff, *, area: str = "0803", number: str = "7/2026") -> int:
    members = ("Ali", " ", "Siti")
    command = PlanMeeting(area_code=area, number=number, held_on=TODAY, place="Batu Gajah", members=members)
    with staff.writing(staff.coordinator) as session:
        return int(plan_meeting(session, command).id)


def with_agenda(staff: Staff, cases: int) -> tuple[int, list[int]]:
    chosen = [recommended(staff, draft(number)) for number in range(cases)]
    meeting = planned(staff)
    with staff.writing(staff.coordinator) as session:
        assert draw_agenda(session, meeting) == cases
    return meeting, chosen


def approve(case: int, version: int = 5) -> Decision:
    return Decision(case_id=case, version=version, action="approve")


def test_the_agenda_takes_every_recommended_case_once(staff: Staff) -> None:
    meeting, cases = with_agenda(staff, 2)
    other = planned(staff, number="8/2026")
    with staff.writing(staff.coordinator) as session:
        assert draw_agenda(session, other) == 0
        take_off(session, meeting, cases[0])
        assert draw_agenda(session, other) == 1
    with staff.reading(staff.coordinator) as conn:
        assert [row["case_id"] for row in meetings.agenda(conn, meeting)] == [cases[1]]
        assert [row["case_id"] for row in meetings.agenda(conn, other)] == [cases[0]]


def test_many_are_decided_at_once_and_one_that_is_refused_holds_no_other_up(staff: Staff) -> None:
    meeting, (first, second, third) = with_agenda(staff, 3)
    asked = [approve(first), Decision(case_id=second, version=5, action="reject"), approve(third, version=4)]
    with staff.writing(staff.coordinator) as session:
        answers = decide_items(session, meeting, asked)
    assert [refusal is None for _, refusal in answers] == [True, False, False]
    with staff.reading(staff.coordinator) as conn:
        assert [row["outcome"] for row in meetings.agenda(conn, meeting)] == ["approve", None, None]
        found = meetings.meeting(conn, meeting)
    assert found
    assert found["state"] == "held"
    with staff.writing(staff.coordinator) as session:
        again = [Decision(case_id=second, version=5, action="reject", reason="Pendapatan tinggi"), approve(third)]
        assert all(refusal is None for _, refusal in decide_items(session, meeting, again))


def test_who_visited_a_case_may_not_decide_on_it_at_a_meeting_either(staff: Staff, owner: Connection) -> None:
    meeting, (case,) = with_agenda(staff, 1)
    promoted = text("UPDATE ekasih.app_user SET role = 'coordinator' WHERE id = :id")
    owner.execute(promoted, {"id": staff.enumerator.user_id})
    owner.commit()
    with staff.writing(staff.enumerator) as session:
        ((_, refusal),) = decide_items(session, meeting, [approve(case)])
    assert isinstance(refusal, SamePerson)


def test_a_decision_on_the_page_of_a_case_stands_on_the_agenda(staff: Staff) -> None:
    meeting, (case,) = with_agenda(staff, 1)
    with staff.writing(staff.coordinator) as session:
        decide_case(session, TakeStep(case_id=case, version=5, action="approve", meeting_id=meeting))
    with staff.reading(staff.coordinator) as conn:
        assert [row["outcome"] for row in meetings.agenda(conn, meeting)] == ["approve"]


def test_closed_minutes_never_change_and_what_was_not_decided_goes_back(staff: Staff, owner: Connection) -> None:
    meeting, (first, second) = with_agenda(staff, 2)
    with staff.writing(staff.coordinator) as session:
        decide_items(session, meeting, [approve(first)])
        close_meeting(session, meeting, version=1)
    with pytest.raises(MeetingClosed), staff.writing(staff.coordinator) as session:
        decide_items(session, meeting, [approve(second)])
    for statement in (
        "UPDATE ekasih.meeting SET place = 'Ipoh' WHERE id = :meeting",
        "DELETE FROM ekasih.meeting_item WHERE meeting_id = :meeting",
        "INSERT INTO ekasih.meeting_item (meeting_id, case_id) VALUES (:meeting, :case)",
    ):
        given = {"meeting": meeting, "case": second}
        with pytest.raises(DBAPIError, match="meeting_closed"):
            owner.execute(text(statement), {name: given[name] for name in given if f":{name}" in statement})
        owner.rollback()
    other = planned(staff, number="8/2026")
    with staff.writing(staff.coordinator) as session:
        assert draw_agenda(session, other) == 1


def test_a_meeting_belongs_to_its_area(staff: Staff) -> None:
    meeting = planned(staff)
    with staff.reading(staff.elsewhere) as conn:
        assert meetings.meeting(conn, meeting) is None
    with pytest.raises(NotFound), staff.writing(staff.elsewhere) as session:
        draw_agenda(session, meeting)
    with pytest.raises(NotPermitted):
        planned(staff, area="0805")
    with pytest.raises(InvalidInput) as refusal, staff.writing(staff.coordinator) as session:
        plan_meeting(session, PlanMeeting(area_code="0803", number=" ", held_on=None, place="Ipoh", members=()))
    assert set(refusal.value.problems) == {"number", "held_on", "members"}


@pytest.mark.parametrize("language", ["ms", "en"])
def test_the_minutes_say_who_met_and_what_was_decided(staff: Staff, language: str) -> None:
    meeting, (case,) = with_agenda(staff, 1)
    with staff.writing(staff.coordinator) as session:
        decide_items(session, meeting, [Decision(case_id=case, version=5, action="reject", reason="Pendapatan tinggi")])
    with staff.reading(staff.coordinator) as conn:
        found, items = meetings.meeting(conn, meeting), meetings.agenda(conn, meeting)
    assert found
    assert found["members"] == ["Ali", "Siti"]
    assert [(item["outcome"], item["reason"]) for item in items] == [("reject", "Pendapatan tinggi")]
    made = minutes_pdf(found, items, words_of(language), sample=True)
    assert made.startswith(b"%PDF")
