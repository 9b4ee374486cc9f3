"""A delegate reaches what was lent while it is lent, and never gets a right that their role lacks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from queries import accounts
from registry import db
from registry.accounts.delegations import Delegate, RevokeDelegation, delegate, revoke_delegation
from registry.errors import InvalidInput, NotPermitted
from registry.principals import Principal, Role
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.accounts.conftest import People

_LEND = text("""
    INSERT INTO ekasih.delegation (from_user, to_user, areas, from_date, until_date, reason, created_by)
    VALUES (:lender, :borrower, '{}', :since, :until, 'cuti', :lender)
""")


@pytest.fixture
def pair(people: People, owner: Connection) -> tuple[Principal, Principal]:
    """Two officers, of Kinta and of Kuala Kangsar, with a household in each district."""
    add_household(owner, "K1", district="0803", members=2)
    add_household(owner, "KK1", district="0805", members=2)
    return people.add("kinta", Role.OFFICER, "0803"), people.add("kangsar", Role.OFFICER, "0805")


def _seen(people: People, who: Principal) -> list[str]:
    with people.reading(who) as connection:
        return list(connection.scalars(text("SELECT file_no FROM household ORDER BY file_no")))


def _lend(pair: tuple[Principal, Principal], **changes: Any) -> Delegate:
    today = date.today()  # noqa: DTZ011 - a day either way makes no difference to a week
    values: dict[str, Any] = {
        "from_user": pair[0].user_id,
        "to_user": pair[1].user_id,
        "from_date": today - timedelta(days=1),
        "until_date": today + timedelta(days=6),
        "reason": "cuti sakit",
    }
    return Delegate(**values | changes)


def test_what_is_lent_is_reached_until_it_is_taken_back(
    people: People, owner: Connection, administrator: Principal, pair: tuple[Principal, Principal]
) -> None:
    assert _seen(people, pair[1]) == ["KK1"]
    with people.writing(administrator) as session:
        number = delegate(session, _lend(pair))
    assert _seen(people, pair[1]) == ["K1", "KK1"]
    with people.reading(pair[1]) as connection:
        assert connection.scalars(text("SELECT display_name FROM ekasih.acting_for()")).all() == ["kinta"]
    with db.anonymous(people.web) as connection:
        found = accounts.account(connection, pair[1].user_id)
    assert found is not None
    assert found["territory"] == ["0803", "0805"]
    assert found["role"] == "officer"
    with people.writing(administrator) as session:
        revoke_delegation(session, RevokeDelegation(delegation_id=number))
    assert _seen(people, pair[1]) == ["KK1"]
    logged = owner.execute(text("SELECT action, before, after FROM ekasih.audit_log ORDER BY id")).all()
    assert [entry.action for entry in logged] == ["delegate", "revoke_delegation"]
    assert (logged[0].after["from"], logged[0].after["to"]) == ("kinta", "kangsar")
    assert (logged[1].before["from"], logged[1].before["to"]) == ("kinta", "kangsar")


@pytest.mark.parametrize(("since", "until"), [(-9, -1), (1, 9)])
def test_before_and_after_its_days_it_gives_nothing(
    people: People, owner: Connection, pair: tuple[Principal, Principal], since: int, until: int
) -> None:
    today = owner.execute(text("SELECT (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date")).scalar_one()
    owner.execute(
        _LEND,
        {
            "lender": pair[0].user_id,
            "borrower": pair[1].user_id,
            "since": today + timedelta(days=since),
            "until": today + timedelta(days=until),
        },
    )
    owner.commit()
    assert _seen(people, pair[1]) == ["KK1"]


@pytest.mark.parametrize(
    "change", ["active = false", "role = 'enumerator'", "territory = '{0801}'"], ids=["closed", "role", "moved"]
)
def test_what_the_lender_has_no_longer_is_lent_no_longer(
    people: People, owner: Connection, administrator: Principal, pair: tuple[Principal, Principal], change: str
) -> None:
    with people.writing(administrator) as session:
        delegate(session, _lend(pair))
    owner.execute(text(f"UPDATE ekasih.app_user SET {change} WHERE login = 'kinta'"))
    owner.commit()
    assert _seen(people, pair[1]) == ["KK1"]


def test_what_was_borrowed_is_not_lent_on(
    people: People, administrator: Principal, pair: tuple[Principal, Principal]
) -> None:
    third = people.add("manjung", Role.OFFICER, "0804")
    with people.writing(administrator) as session:
        delegate(session, _lend(pair))
        delegate(session, _lend((pair[1], third)))
    assert _seen(people, third) == ["KK1"]


def test_of_a_state_a_district_can_be_lent_and_no_other(
    people: People, administrator: Principal, pair: tuple[Principal, Principal]
) -> None:
    state, other = people.add("perak", Role.STATE_OFFICE, "08"), people.add("johor", Role.STATE_OFFICE, "01")
    with people.writing(administrator) as session:
        delegate(session, _lend((state, other), areas=("0805",)))
    assert _seen(people, other) == ["KK1"]
    assert pair
    with pytest.raises(InvalidInput) as refused, people.writing(administrator) as session:
        delegate(session, _lend((other, state), areas=("0805",)))
    assert refused.value.problems == {"areas": "area_not_lenders"}


def test_only_colleagues_of_one_role_and_for_days_to_come(
    people: People, administrator: Principal, pair: tuple[Principal, Principal]
) -> None:
    enumerator = people.add("pembanci", Role.ENUMERATOR, "0805")
    for command, problem in (
        (_lend((pair[0], enumerator)), {"to_user": "same_role_needed"}),
        (_lend((pair[0], pair[0])), {"to_user": "same_role_needed"}),
        (_lend(pair, until_date=date(2020, 1, 1)), {"until_date": "days_order"}),
        (_lend(pair, reason=" "), {"reason": "reason_needed"}),
    ):
        with pytest.raises(InvalidInput) as refused, people.writing(administrator) as session:
            delegate(session, command)
        assert refused.value.problems == problem


def test_who_does_not_administer_lends_nothing(people: People, pair: tuple[Principal, Principal]) -> None:
    with pytest.raises(NotPermitted), people.writing(pair[0]) as session:
        delegate(session, _lend(pair))
    assert _seen(people, pair[1]) == ["KK1"]
