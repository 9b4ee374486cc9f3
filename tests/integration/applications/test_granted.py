"""What is approved meets its need before it is given, and is told apart from what was given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from dashboard.household import given
from dashboard.pages.applications import verdict
from queries import applications, given_aid, households
from registry.principals import Role
from tests.integration.applications.conftest import member
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.applications.conftest import Aid


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_tells_what_is_approved_and_not_given_until_it_is(aid: Aid, language: str) -> None:
    words = words_of(language)

    def told() -> list[str]:
        with aid.reading(aid.officer) as conn:
            record = households.whole_record(conn, aid.home)
        assert record is not None
        return given.need_texts(record, words)

    assert told() == []
    goods, cash = aid.approved(), aid.approved(kind_id=aid.rent)
    waits = told()
    assert [words("given.not_handed") in line for line in waits] == [True, False]
    assert [words("given.not_paid") in line for line in waits] == [False, True]
    aid.handed(goods)
    aid.received(goods)
    now = told()
    assert len(now) == 2
    assert not any(words("given.not_handed") in line for line in now)
    aid.step(aid.approver, cash, "batal", reason="Berpindah")
    assert not any(words("given.not_paid") in line for line in told())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agency_is_told_what_another_approved_and_did_not_give_yet(aid: Aid, language: str) -> None:
    words, number = words_of(language), aid.approved()
    asked = aid.sent(kind_id=aid.food_elsewhere)
    with aid.reading(aid.other) as conn:
        found = applications.whole(conn, asked)
    assert found is not None
    assert [(need["same_need"], need["given"]) for need in found.needs] == [(True, False)]
    said = json.dumps(verdict.needs(found.needs, words), default=lambda part: part.to_plotly_json(), ensure_ascii=False)
    assert words("given.not_handed") in said
    aid.handed(number)
    aid.received(number)
    with aid.reading(aid.other) as conn:
        found = applications.whole(conn, asked)
    assert found is not None
    assert found.needs[0]["given"]


def test_of_a_protected_place_another_agency_learns_the_need_alone(aid: Aid, owner: Connection) -> None:
    council = member(owner, "majlis.zakat", aid.zakat, Role.COUNCIL, "0803")
    owner.commit()
    number = aid.approved()
    told = {}
    for protect in (False, True):
        if protect:
            owner.execute(
                text("INSERT INTO ekasih.protected_place (household_id, reason, marked_by) VALUES (:id, 'x', 'x')"),
                {"id": aid.home},
            )
            owner.commit()
        with aid.reading(council) as conn:
            [row] = given_aid.granted_to_household(conn, aid.home)
        told[protect] = (row["need_code"], row["agency_code"], row["application_no"])
    assert told == {False: ("MAKANAN", "KEBAJIKAN", None), True: ("MAKANAN", None, None)}
    with aid.reading(aid.officer) as conn:
        assert given_aid.granted_to_household(conn, aid.home)[0]["application_no"] == number
    with aid.reading(aid.elsewhere) as conn:
        assert given_aid.granted_to_household(conn, aid.home) == []
