"""What the page of a case says: its form, what was held back, and of another office's record only the office."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.household.problems import refusal_message
from dashboard.pages.cases.content import beside, form_content
from dashboard.pages.cases.steps import offered, taken
from queries import cases, households
from registry.cases.registration import NotRegisterable
from tests.integration.cases.test_held import decided, held
from tests.world import add_household
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.cases.conftest import Staff


def told(component: Any) -> str:
    """All that a component says, in the form in which it travels."""
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def beside_of(staff: Staff, case_id: int, language: str = "ms") -> str:
    with staff.reading(staff.officer) as connection:
        whole = cases.whole_case(connection, case_id)
        assert whole is not None
        known = whole.case["conflicting_id"]
        registered = households.whole_record(connection, known) if known is not None else None
        return told(beside(whole.case, registered, words_of(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_held_stands_beside_the_record_it_conflicts_with(
    staff: Staff, owner: Connection, language: str
) -> None:
    add_household(owner, "LAIN-1", name="Keluarga Berdaftar")
    said = beside_of(staff, held(owner, "LAIN-1").id, language)
    assert "Minah binti Osman" in said
    assert "Keluarga Berdaftar" in said
    assert "5552" in said
    assert "700101" not in said


def test_of_another_offices_record_only_the_office_is_told(staff: Staff, owner: Connection) -> None:
    add_household(owner, "LAIN-1", name="Keluarga Jauh", district="0805")
    said = beside_of(staff, held(owner, "LAIN-1").id)
    assert "Kuala Kangsar" in said
    assert "Keluarga Jauh" not in said


def test_a_household_of_the_same_delivery_may_not_be_registered_yet(staff: Staff, owner: Connection) -> None:
    assert "B-0" in beside_of(staff, held(owner, "B-0").id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_and_the_steps_are_told_with_the_number_hidden(staff: Staff, owner: Connection, language: str) -> None:
    case = held(owner, "LAIN-1")
    decided(staff, case, "refuse", reason="Bukan penduduk daerah ini")
    with staff.reading(staff.officer) as connection:
        whole = cases.whole_case(connection, case.id)
    assert whole is not None
    words = words_of(language)
    said = told(form_content(whole.case, words))
    assert "RM400.00" in said
    assert "700101" not in said
    assert "Bukan penduduk daerah ini" in told(taken(whole.steps, words))
    assert words("case.no_steps") in told(offered(whole.allowed, officers=[], meetings=[], words=words))


def test_a_refusal_says_which_answers_stand_in_the_way() -> None:
    words = words_of("en")
    refusal = NotRegisterable(
        {"m2.id_no": "id_no_taken", "lokasi.strata": "required", "peribadi.members": "head_twice"}
    )
    said = told(refusal_message(refusal, words, form_path="/kes/1/borang"))
    assert words("problem.id_no_taken") in said
    assert "(member 2)" in said
    assert "/kes/1/borang" in said


def test_a_form_that_others_have_seen_is_not_changed_unnoticed(staff: Staff, owner: Connection) -> None:
    from registry.cases.cases import SaveDraft, save_draft

    case = held(owner, "LAIN-1")
    with staff.writing(staff.officer) as session:
        save_draft(
            session,
            SaveDraft(
                case_id=case.id, version=case.version, district_code="0803", mukim_code=None, head_name="Minah",
                reporter_name=None, reporter_phone=None, reporter_relation=None, draft=case.draft,
            ),
        )  # fmt: skip
    entry = owner.execute(text("SELECT actor, action FROM ekasih.audit_log ORDER BY id DESC LIMIT 1")).one()
    assert tuple(entry) == ("pegawai", "save_form")
