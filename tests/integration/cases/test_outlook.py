"""What a form says before it is sent: the status it leads to, as it will be decided, and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.components.sentence import status_sentence
from dashboard.household.scale import scale_of
from dashboard.pages.cases.form_answers import remarks_on
from queries import households
from registry.status.explain import decision_of, explain_household
from tests.integration.cases.forms import form, with_member
from tests.integration.cases.test_registration import approved, recommended
from words import words_of

if TYPE_CHECKING:
    from tests.integration.cases.conftest import Staff

MS = words_of("ms")


def said(staff: Staff, draft: dict[str, Any]) -> dict[str, Any]:
    with staff.reading(staff.officer) as connection:
        return remarks_on(connection, draft, MS, lacks_reporter=False)


@pytest.mark.parametrize("income", ["300", "500", "1500", "2600", "9000"])
def test_the_status_told_before_sending_is_the_one_that_the_record_has(staff: Staff, income: str) -> None:
    draft = with_member(0, employment=income)
    told = said(staff, draft)["outlook"]
    household_id = approved(staff, recommended(staff, draft)).household_id
    assert household_id is not None
    with staff.reading(staff.officer) as connection:
        record = households.record(connection, household_id)
        sentence = status_sentence(explain_household(connection, household_id), MS)
    assert record is not None
    assert told["label"] == MS(f"status.{record['status']}")
    assert told["sentence"] == sentence
    assert told["scale"] == scale_of(decision_of(record), MS)


def test_where_an_income_was_not_said_no_status_is_told_and_nothing_is_taken_for_nought(staff: Staff) -> None:
    remarks = said(staff, with_member(1, no_income=""))
    assert remarks["outlook"] is None
    assert [one["place"] for one in remarks["lacking"]] == ["m2.no_income"]
    assert remarks["complete"]["pendapatan"] == [1, 2]
    assert "(ahli 2)" in remarks["lacking"][0]["text"]


def test_a_part_that_nothing_is_said_about_is_missing_though_no_rule_asks_for_it(staff: Staff) -> None:
    remarks = said(staff, form(kediaman={}))
    assert remarks["lacking"] == []
    assert "kediaman" in [one["place"] for one in remarks["unanswered"]]
