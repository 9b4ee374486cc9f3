"""The page of a meeting: what its rows tell, that nothing is done twice, what is kept, which button was pressed."""

from __future__ import annotations

import json
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

import pytest
from dash._callback_context import context_value
from dash._utils import AttributeDict
from sqlalchemy import text

from dashboard.acting import pressed
from dashboard.components.sentence import status_sentence
from dashboard.household import texts
from dashboard.pages.meetings import acts
from dashboard.pages.meetings.agenda import agenda
from poverty.lines import explain
from queries import meetings
from registry.cases.prospects import standings
from registry.meetings.meetings import Decision
from tests.integration.cases.conftest import staff
from tests.integration.meetings.test_rules import drawn, planned, recommended, state_office
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.cases.conftest import Staff

__all__ = ["staff", "state_office"]
MS = words_of("ms")


def told(component: Any) -> str:
    """All that a component says, in the form in which it travels."""
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


class Acting:
    """What the page needs to write for somebody."""

    def __init__(self, staff: Staff) -> None:
        self.writing = lambda: staff.writing(staff.coordinator)


def press(act: str, meeting: int, row: str = "", key: str = "k", version: int = 1) -> acts.Pressed:
    return acts.Pressed(act, row, meeting, version, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_tells_the_status_that_the_household_would_get(staff: Staff, language: str) -> None:
    recommended(staff)
    meeting, words = planned(staff), words_of(language)
    drawn(staff, meeting)
    with staff.reading(staff.coordinator) as conn:
        items = meetings.agenda(conn, meeting)
        standing = standings(conn, meeting, items, today=texts.today())
    (found,) = standing.values()
    assert found.decision is not None
    assert found.whole
    said = told(agenda(items, standing, {}, words, own=True, come=True))
    assert words("meeting.status_would_be") in said
    assert words(f"status.{found.decision.status.value}") in said
    assert status_sentence(explain(found.decision), words) in said


def test_a_registered_household_stands_with_the_status_in_force(staff: Staff, owner: Connection) -> None:
    case, meeting = recommended(staff), planned(staff)
    drawn(staff, meeting)
    deps: Any = Acting(staff)
    acts.carry_out(deps, press("decide", meeting), [Decision(case_id=case, version=5, action="approve")], {})
    with staff.reading(staff.coordinator) as conn:
        items = meetings.agenda(conn, meeting)
        standing = standings(conn, meeting, items, today=texts.today())
    assert standing[case].registered
    in_force = owner.scalar(text("SELECT status FROM ekasih.household"))
    assert standing[case].decision is not None
    assert standing[case].decision.status.value == in_force


def test_a_second_click_decides_nothing_and_says_the_same(staff: Staff, owner: Connection) -> None:
    case, meeting = recommended(staff), planned(staff)
    drawn(staff, meeting)
    deps: Any = Acting(staff)
    asked = [Decision(case_id=case, version=5, action="approve")]
    first = acts.carry_out(deps, press("decide", meeting), asked, {})
    assert first["outcomes"][0]["refused"] is None
    assert acts.carry_out(deps, press("decide", meeting), asked, {}) == first
    again = acts.carry_out(deps, press("decide", meeting, key="another view"), asked, {})
    assert again["outcomes"][0]["refused"] == "case_not_for_agenda"
    assert owner.scalar(text("SELECT count(*) FROM ekasih.case_step WHERE action = 'approve'")) == 1


def test_what_was_chosen_and_not_carried_out_is_shown_again(staff: Staff) -> None:
    first, second = recommended(staff), recommended(staff)
    meeting = planned(staff)
    drawn(staff, meeting)
    filled: acts.Filled = {str(first): ("reject", "Pendapatan tinggi"), str(second): (None, "")}
    deps: Any = Acting(staff)
    result = acts.carry_out(deps, press("off", meeting, str(second)), [], {})
    kept = acts.kept(result, filled)
    assert kept == {str(first): ["reject", "Pendapatan tinggi"]}
    with staff.reading(staff.coordinator) as conn:
        items = meetings.agenda(conn, meeting)
        standing = standings(conn, meeting, items, today=texts.today())
    assert "Pendapatan tinggi" in told(agenda(items, standing, kept, MS, own=True, come=True))
    without_reason = [Decision(case_id=first, version=5, action="reject")]
    refused = acts.carry_out(deps, press("decide", meeting), without_reason, {})
    assert acts.kept(refused, filled) == kept
    assert MS("problem.required") in told(acts.message_of(refused, {}, MS))


def test_details_are_changed_on_the_page(staff: Staff, owner: Connection) -> None:
    meeting, deps = planned(staff), Acting(staff)
    said = {"number": "9/2026", "held_on": "01/02/2026", "place": "Ipoh", "members": "Ali\nSiti"}
    page: Any = deps
    acts.carry_out(page, press("edit", meeting), [], said)
    found = owner.execute(text("SELECT number, place, members FROM ekasih.meeting WHERE number = '9/2026'")).one()
    assert tuple(found) == ("9/2026", "Ipoh", ["Ali", "Siti"])


def test_who_does_not_hold_a_meeting_is_told_that_only_own_cases_stand_there(
    staff: Staff, state_office: Principal
) -> None:
    recommended(staff)
    meeting = planned(staff, state_office, area_code="08")
    drawn(staff, meeting, state_office)
    seen = {}
    for name, who in (("district", staff.coordinator), ("state", state_office)):
        with staff.reading(who) as conn:
            found = meetings.meeting(conn, meeting)
        assert found
        seen[name] = found["own"]
    assert seen == {"district": False, "state": True}


@pytest.mark.parametrize(
    ("values", "expected"),
    [((1, 0), {"act": "draw", "row": ""}), ((0, 0), None), ((1, 1), None), ((None, 2), {"act": "off", "row": "7"})],
)
def test_a_button_that_only_came_onto_the_page_is_not_pressed(values: tuple[Any, Any], expected: object) -> None:
    ids = ('{"act":"draw","row":""}', '{"act":"off","row":"7"}')
    triggered = [{"prop_id": f"{name}.n_clicks", "value": value} for name, value in zip(ids, values, strict=True)]

    def inside() -> Any:
        context_value.set(AttributeDict(triggered_inputs=triggered))
        return pressed()

    assert copy_context().run(inside) == expected
