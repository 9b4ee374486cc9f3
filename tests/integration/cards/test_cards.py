"""Identity cards: who may ask, who decides, what each is told, and what a card's code opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import cards
from registry import audit
from registry.cards.cards import (
    CardStepIllegal,
    DecideRequest,
    IssueCards,
    ReplaceCard,
    WithdrawCard,
    decide_request,
    issue_cards,
    open_card,
    print_cards,
    replace_card,
    request_cards,
    token_hash,
    withdraw_card,
)
from registry.cases.exits import exit_household
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.households.commands import ExitHousehold
from registry.refusals import SamePerson, TooManyChecks
from tests.integration.cards.conftest import People, asking

if TYPE_CHECKING:
    from sqlalchemy import Connection


def approved(request: int, version: int = 1) -> DecideRequest:
    return DecideRequest(request_id=request, version=version, approve=True)


def test_a_number_of_another_territory_answers_as_one_that_does_not_exist(people: People) -> None:
    with people.writing(people.agency) as session:
        made = request_cards(session, asking("A", "C", "S", "TIADA"))
    assert made.not_found == ("C", "S", "TIADA")
    with people.writing(people.agency) as session:
        foreign, unknown = (request_cards(session, asking(number)) for number in ("C", "TIADA"))
    assert (foreign.request_id, unknown.request_id) == (None, None)


def test_an_agency_sees_its_own_requests_and_no_card_or_household(people: People, owner: Connection) -> None:
    people.issued("A")
    people.asked("B", who=people.other_agency)
    with people.reading(people.agency) as connection:
        mine, total = cards.requests(connection, own=True, limit=10)
        assert (total, mine[0]["state"], mine[0]["agency"]) == (1, "issued", "Jabatan Contoh")
        assert cards.requests(connection, own=False, limit=10) == ([], 0)
        assert cards.cards(connection, limit=10) == ([], 0)
        assert connection.scalar(text("SELECT count(*) FROM household")) == 0
        assert connection.scalar(text("SELECT count(*) FROM card_request")) == 1


def test_the_office_of_another_state_sees_neither_request_nor_card(people: People) -> None:
    (card,) = people.issued("A")
    with people.reading(people.elsewhere) as connection:
        assert cards.requests(connection, own=False, limit=10) == ([], 0)
        assert cards.card(connection, card) is None
    request = people.asked("B")
    with people.writing(people.elsewhere) as session, pytest.raises(NotFound):
        decide_request(session, approved(request))


def test_who_issues_in_one_district_only_is_no_state_office(people: People, owner: Connection) -> None:
    request = people.asked("A")
    owner.execute(text("INSERT INTO role_permission (role, permission) VALUES ('officer', 'issue_cards')"))
    owner.commit()
    with people.writing(people.officer) as session, pytest.raises(NotFound):
        decide_request(session, approved(request))


def test_who_may_not_ask_or_issue_is_refused(people: People) -> None:
    with people.writing(people.office) as session, pytest.raises(NotPermitted):
        request_cards(session, asking("A"))
    request = people.asked("A")
    with people.writing(people.agency) as session, pytest.raises(NotPermitted):
        decide_request(session, approved(request))
    with people.writing(people.officer) as session, pytest.raises(NotPermitted):
        issue_cards(session, IssueCards(request_id=request, version=1))


def test_who_asks_does_not_decide_on_it(people: People) -> None:
    request = people.asked("A", who=people.administrator)
    with people.writing(people.administrator) as session, pytest.raises(SamePerson):
        decide_request(session, approved(request))
    with people.writing(people.office) as session:
        decide_request(session, approved(request))
    with people.writing(people.administrator) as session, pytest.raises(SamePerson):
        issue_cards(session, IssueCards(request_id=request, version=2))


def test_a_refusal_needs_its_reason_and_ends_the_request(people: People) -> None:
    request = people.asked("A")
    refusal = DecideRequest(request_id=request, version=1, approve=False, reason=" ")
    with people.writing(people.office) as session, pytest.raises(InvalidInput):
        decide_request(session, refusal)
    with people.writing(people.office) as session:
        decide_request(
            session, DecideRequest(request_id=request, version=1, approve=False, reason="Tujuan tidak jelas")
        )
    with people.writing(people.office) as session, pytest.raises(StaleRecord):
        decide_request(session, approved(request))
    with people.writing(people.office) as session, pytest.raises(CardStepIllegal):
        issue_cards(session, IssueCards(request_id=request, version=2))
    with people.reading(people.agency) as connection:
        assert cards.requests(connection, own=True, limit=1)[0][0]["reason"] == "Tujuan tidak jelas"


def test_a_household_has_one_valid_card_however_many_agencies_ask(people: People) -> None:
    first = people.issued("A")
    request = people.asked("A", "B")
    with people.writing(people.office) as session:
        decide_request(session, approved(request))
        issued = issue_cards(session, IssueCards(request_id=request, version=2))
    assert (len(first), len(issued.cards), issued.without) == (1, 1, ("A",))


def test_a_request_sent_twice_is_one_request(people: People) -> None:
    for _ in range(2):
        with people.writing(people.agency) as session:
            audit.once(session, "kad x", lambda: {"request": request_cards(session, asking("A")).request_id})
    with people.reading(people.agency) as connection:
        assert cards.requests(connection, own=True, limit=10)[1] == 1


def test_a_card_is_replaced_or_withdrawn_with_a_reason(people: People) -> None:
    (card,) = people.issued("A")
    with people.writing(people.office) as session:
        new = replace_card(session, ReplaceCard(card_id=card, version=1, reason="Hilang"))
        new_id, new_version = new.id, new.version
    with people.writing(people.office) as session:
        withdraw_card(session, WithdrawCard(card_id=new_id, version=new_version, reason="Tersalah"))
    with people.reading(people.office) as connection:
        found, _ = cards.cards(connection, limit=10)
    assert [(row["state"], row["ended_reason"]) for row in found] == [("withdrawn", "Tersalah"), ("replaced", "Hilang")]


def test_only_the_hash_of_the_last_prints_token_is_kept(people: People, owner: Connection) -> None:
    (card,) = people.issued("A")
    with people.writing(people.office) as session:
        first = print_cards(session, [card])[card]
    with people.writing(people.office) as session:
        second = print_cards(session, [card])[card]
    assert owner.scalar(text("SELECT token_hash FROM card")) == token_hash(second)
    told = owner.scalar(text("SELECT string_agg(to_jsonb(a)::text, '') FROM audit_log AS a"))
    assert first not in told
    assert second not in told
    with people.writing(people.office) as session:
        assert open_card(session, first) is None


def test_a_code_opens_the_record_only_for_who_may_see_it(people: People, owner: Connection) -> None:
    (card,) = people.issued("A")
    with people.writing(people.office) as session:
        token = print_cards(session, [card])[card]
    seen = {}
    for who in (people.officer, people.agency, people.elsewhere):
        with people.writing(who) as session:
            opened = open_card(session, token)
        assert opened is not None
        assert (opened.valid, opened.district_name) == (True, "Kinta")
        seen[who.login] = opened.household_id
    assert seen == {"pegawai": people.households["A"], "agensi": None, "ppn.selangor": None}
    with people.writing(people.officer) as session:
        assert open_card(session, "tidak sah") is None
    entries = owner.execute(
        text("SELECT actor, subject_id, after FROM audit_log WHERE action = 'open_card' ORDER BY id")
    ).all()
    assert [(entry.actor, entry.subject_id, entry.after["known"]) for entry in entries] == [
        ("pegawai", card, True),
        ("agensi", card, True),
        ("ppn.selangor", card, True),
        ("pegawai", None, False),
    ]


def test_a_withdrawn_or_expired_card_is_not_valid(people: People, owner: Connection) -> None:
    made = people.issued("A", "B")
    with people.writing(people.office) as session:
        tokens = print_cards(session, made)
        withdraw_card(session, WithdrawCard(card_id=made[0], version=2, reason="Tersalah"))
    owner.execute(
        text("UPDATE card SET issued_on = current_date - 800, valid_until = current_date - 1 WHERE id = :id"),
        {"id": made[1]},
    )
    owner.commit()
    with people.writing(people.agency) as session:
        opened = [open_card(session, token) for token in tokens.values()]
    assert [one.valid for one in opened if one is not None] == [False, False]


def test_a_household_that_has_exited_has_no_valid_card_and_gets_none(people: People, owner: Connection) -> None:
    (made,) = people.issued("A")
    with people.writing(people.office) as session:
        tokens = print_cards(session, [made])
        exit_household(session, ExitHousehold(household_id=people.households["A"], version=1, reason="welfare_aid"))
    with people.writing(people.agency) as session:
        opened = open_card(session, tokens[made])
        assert opened is not None
        assert not opened.valid
        assert request_cards(session, asking("A")).not_found == ("A",)
    with people.reading(people.office) as connection:
        assert (cards.card(connection, made) or {})["standing"] == "exited"
    with pytest.raises(CardStepIllegal), people.writing(people.office) as session:
        replace_card(session, ReplaceCard(card_id=made, version=2, reason="Rosak"))


def test_asking_and_opening_are_limited(people: People, owner: Connection) -> None:
    owner.execute(
        text("UPDATE setting SET value = '1' WHERE key IN ('cards.requests_per_hour', 'cards.opened_per_minute')")
    )
    owner.commit()
    with people.writing(people.agency) as session:
        request_cards(session, asking("TIADA"))
        open_card(session, "x")
        with pytest.raises(TooManyChecks):
            request_cards(session, asking("A"))
        with pytest.raises(TooManyChecks):
            open_card(session, "y")
