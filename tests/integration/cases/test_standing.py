"""Who decides sees how far a case has come, the poverty test of its household, and what its form still lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dashboard.components.sentence import status_sentence
from dashboard.pages.cases import standing
from queries import cases
from registry.cases.cases import OpenCase, TakeStep, open_case, take_step
from registry.status.explain import explain_household
from tests.integration.cases.forms import form, with_member
from tests.integration.cases.test_case_page import told
from tests.integration.cases.test_registration import approved, recommended
from words import words_of

if TYPE_CHECKING:
    from queries.cases import WholeCase
    from tests.integration.cases.conftest import Staff

MS = words_of("ms")


def drafted(staff: Staff, draft: dict[str, Any], *, channel: str = "officer") -> int:
    with staff.writing(staff.officer) as session:
        return open_case(session, OpenCase(channel=channel, district_code="0803", draft=draft)).id


def case_of(staff: Staff, case_id: int) -> WholeCase:
    with staff.reading(staff.coordinator) as connection:
        found = cases.whole_case(connection, case_id)
    assert found is not None
    return found


def kinds(staff: Staff, case_id: int) -> list[str]:
    found = case_of(staff, case_id)
    return re.findall(r"is-(done|now|next|skipped)", told(standing.stages(found.case, found.steps, MS)))


def test_the_stages_say_what_is_done_what_is_on_and_what_comes(staff: Staff) -> None:
    assert kinds(staff, drafted(staff, form())) == ["now", "next", "next", "next", "next"]
    case_id = recommended(staff, form())
    assert kinds(staff, case_id) == ["done", "done", "done", "done", "now"]
    approved(staff, case_id)
    assert kinds(staff, case_id) == ["done"] * 5


def test_the_stage_that_is_on_is_the_current_step_and_no_other(staff: Staff) -> None:
    found = case_of(staff, recommended(staff, form()))
    said = told(standing.stages(found.case, found.steps, MS))
    assert said.count('"aria-current": "step"') == 1
    approved(staff, found.case["case_id"])
    found = case_of(staff, found.case["case_id"])
    assert "aria-current" not in told(standing.stages(found.case, found.steps, MS))


def test_a_case_that_was_withdrawn_took_no_further_stage(staff: Staff) -> None:
    case_id = drafted(staff, form())
    with staff.writing(staff.officer) as session:
        take_step(session, TakeStep(case_id=case_id, version=1, action="withdraw", reason="Tidak jadi"))
    assert kinds(staff, case_id) == ["skipped"] * 5


def test_the_test_is_told_before_the_decision_as_the_record_tells_it_after(staff: Staff) -> None:
    case_id = recommended(staff, form())

    def said() -> str:
        found = case_of(staff, case_id)
        with staff.reading(staff.coordinator) as connection:
            return told(standing.poverty(connection, found.case, MS))

    before = said()
    household_id = approved(staff, case_id).household_id
    assert household_id is not None
    with staff.reading(staff.coordinator) as connection:
        sentence = status_sentence(explain_household(connection, household_id), MS)
    after = said()
    for one in (before, after):
        assert sentence in one
        assert "ek-scale-mark ek-scale-pgk" in one
    assert MS("case.test_would_be") in before
    assert MS("case.test_now") in after


def test_without_a_said_income_no_test_is_told(staff: Staff) -> None:
    found = case_of(staff, drafted(staff, with_member(1, no_income="")))
    with staff.reading(staff.coordinator) as connection:
        said = told(standing.poverty(connection, found.case, MS))
    assert MS("case_form.outlook_unknown") in said
    assert "ek-scale" not in said


def test_what_is_missing_leads_to_its_question_or_to_its_part(staff: Staff) -> None:
    found = case_of(staff, drafted(staff, with_member(1, no_income="") | {"kediaman": {}}))
    said = told(standing.missing(found.case, MS, form_path="/kes/1/borang"))
    assert "/kes/1/borang#m2.no_income" in said
    assert "/kes/1/borang#kediaman" in said
    said = told(standing.missing(found.case, MS, form_path=None))
    assert "#bahagian-pendapatan" in said
    assert "#bahagian-kediaman" in said
    assert "/kes/" not in said


def test_a_whole_form_lacks_nothing_and_an_unnamed_representative_is_missed(staff: Staff) -> None:
    whole = with_member(0, employment_status="Bekerja sendiri", disability="Tiada")
    named = case_of(staff, drafted(staff, whole)).case
    assert MS("case.missing_none") in told(standing.missing(named, MS, form_path=None))
    unnamed = case_of(staff, drafted(staff, whole, channel="representative")).case
    assert "#pelapor.reporter_name" not in told(standing.missing(unnamed, MS, form_path=None))
    assert "/b#pelapor.reporter_name" in told(standing.missing(unnamed, MS, form_path="/b"))
