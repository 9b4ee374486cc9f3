"""An answered check has a reference: yes, no or which office for one number, told again to who may be told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.checks.page import told_again, verdict
from registry import audit
from registry.households.check_references import entry_of, reference_of
from registry.households.checking import CheckStatus, Told, check_status, check_told, reference_of_newest, verdict_of
from registry.principals import Principal, Role
from tests.world import add_household, add_user
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.households.checking import Answer
    from tests.integration.cleansing.conftest import World

SECRET = "a secret of the test"
NUMBER = "750312085431"


@pytest.fixture
def agency(world: World, owner: Connection) -> Principal:
    """An agency, in a register where one number of Kinta is known."""
    household = add_household(owner, "C1", name="Zulkifli bin Mansor", district="0803")
    known = text("UPDATE ekasih.person SET id_no = :number WHERE household_id = :id AND is_head")
    owner.execute(known, {"number": NUMBER, "id": household})
    made = Principal(add_user(owner, "agensi", role="agency"), "agensi", "agensi", Role.AGENCY)
    owner.commit()
    return made


def checked(world: World, who: Principal, number: str) -> tuple[list[Answer], str]:
    with world.writing(who) as session:
        answers = check_status(session, CheckStatus(id_no=number), secret=SECRET)
        return answers, reference_of_newest(session, secret=SECRET)


def told(world: World, who: Principal, reference: str) -> Told | None:
    with world.writing(who) as session:
        return check_told(session, reference, secret=SECRET)


def said(component: Any) -> str:
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


@pytest.mark.parametrize("entry", [0, 1, 2, 987_654, 2**40 - 1])
def test_a_reference_leads_back_to_its_entry_however_it_is_typed(entry: int) -> None:
    reference = reference_of(entry, secret=SECRET)
    for typed in (reference, reference.lower(), reference.replace("-", " "), f" {reference} "):
        assert entry_of(typed, secret=SECRET) == entry
    assert entry_of(reference, secret="another") != entry


@pytest.mark.parametrize("typed", ["", "7KQ4", "7KQ4-M2XWA", "0000-1111", "'; --"])
def test_what_is_no_reference_leads_nowhere(typed: str) -> None:
    assert entry_of(typed, secret=SECRET) is None


def test_references_do_not_tell_how_many_entries_there_are() -> None:
    found = [entry_of(reference_of(number, secret=SECRET), secret="read by somebody else") for number in range(50)]
    assert found != sorted(found, key=lambda number: number or 0)
    assert len({reference_of(number, secret=SECRET) for number in range(500)}) == 500


@pytest.mark.parametrize(
    ("number", "state"), [("750312-08-5431", "yes"), ("750312-08-5413", "near"), ("880101-01-1234", "no")]
)
def test_an_agency_is_told_yes_or_no_and_which_office(world: World, agency: Principal, number: str, state: str) -> None:
    answers, reference = checked(world, agency, number)
    assert verdict_of(answers) == state
    for language in LANGUAGES:
        words = words_of(language)
        page = said(verdict(answers, words, may_ask=True))
        assert words(f"check.verdict_{state}") in page
        assert (words("check.office", district="Kinta") in page) is (state != "no")
        assert ("/kad/mohon" in page) is (state == "yes")
        assert "Zulkifli" not in page
    again = told(world, agency, reference)
    assert again is not None
    assert (again.checked_by, bool(again.records)) == ("agensi", state != "no")
    assert abs(again.checked_at - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_reference_is_told_to_an_office_and_to_no_other_agency(
    world: World, agency: Principal, owner: Connection
) -> None:
    other = Principal(add_user(owner, "agensi.lain", role="agency"), "agensi.lain", "agensi.lain", Role.AGENCY)
    owner.commit()
    _answers, reference = checked(world, agency, NUMBER)
    found = told(world, world.officer, reference)
    assert found is not None
    assert found.records == 1
    assert told(world, other, reference) is None
    assert told(world, world.planner, reference) is None
    words = words_of("ms")
    assert words("check.reference_unknown") in said(told_again(None, words))
    assert "agensi" in said(told_again(found, words))


def test_a_reference_stands_for_a_check_alone(world: World, agency: Principal, owner: Connection) -> None:
    checked(world, agency, NUMBER)
    with world.writing(world.officer) as session:
        audit.record(session, "request_cards", subject="household", subject_id=1, district_code="0803", after={})
    newest = owner.scalar(text("SELECT max(id) FROM ekasih.audit_log WHERE action <> 'check_status'"))
    assert told(world, world.officer, reference_of(newest, secret=SECRET)) is None
