"""Accounts are kept by administrators only, never blindly, and never so that nobody is left to keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from registry.accounts.administration import (
    AddAccount,
    ChangeAccount,
    OpenAccount,
    ResetPassword,
    add_account,
    change_account,
    open_account,
    reset_password,
)
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.principals import Principal, Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.accounts.conftest import People

CATCHMENT = "C.PPKB-BATU-GAJAH"
NEW = AddAccount(login=" Aminah.K ", name="Aminah  Contoh", role="officer", territory=("0803",))


def _row(owner: Connection, login: str) -> object:
    owner.rollback()
    return owner.execute(text("SELECT * FROM ekasih.app_user WHERE login = :login"), {"login": login}).one()


def test_an_account_is_added_with_a_password_that_is_shown_once(
    people: People, owner: Connection, administrator: Principal
) -> None:
    with people.writing(administrator) as session:
        password = add_account(session, NEW)
    kept = _row(owner, "aminah.k")
    assert (kept.display_name, kept.role, kept.territory) == ("Aminah Contoh", "officer", ["0803"])  # type: ignore[attr-defined]
    assert PasswordHasher().verify(kept.password_hash, password)  # type: ignore[attr-defined]
    log = owner.execute(text("SELECT action, actor, after::text AS said FROM ekasih.audit_log")).one()
    assert (log.action, log.actor) == ("add_account", "ujian.pentadbir")
    assert password not in log.said


@pytest.mark.parametrize(
    ("command", "field", "problem"),
    [
        (AddAccount(login="ujian.pentadbir", name="A", role="planner"), "login", "login_taken"),
        (AddAccount(login="a b", name="A", role="planner"), "login", "login_shape"),
        (AddAccount(login="abcd", name=" ", role="planner"), "name", "name_needed"),
        (AddAccount(login="abcd", name="A", role="king"), "role", "unknown_role"),
        (AddAccount(login="abcd", name="A", role="officer", territory=("9999",)), "territory", "unknown_area"),
        (AddAccount(login="abcd", name="A", role="officer"), "territory", "area_needed"),
        (AddAccount(login="abcd", name="A", role="officer", territory=(CATCHMENT,)), "territory", "unknown_area"),
    ],
)
def test_what_is_wrong_is_said(
    people: People, administrator: Principal, command: AddAccount, field: str, problem: str
) -> None:
    with pytest.raises(InvalidInput) as refused, people.writing(administrator) as session:
        add_account(session, command)
    assert refused.value.problems == {field: problem}


def test_a_council_is_given_a_catchment_and_reaches_nothing_else(
    people: People, owner: Connection, administrator: Principal
) -> None:
    with people.writing(administrator) as session:
        add_account(session, AddAccount(login="majlis", name="Majlis", role="council", territory=(CATCHMENT,)))
    owner.rollback()
    number = owner.scalar(text("SELECT id FROM ekasih.app_user WHERE login = 'majlis'"))
    assert owner.execute(text("SELECT territory FROM ekasih.principal_of(:id)"), {"id": number}).scalar() == [CATCHMENT]
    owner.execute(text("SELECT ekasih.act_as(:id)"), {"id": number})
    asked = text("SELECT ekasih.nationwide(), ekasih.acting_districts(), ekasih.acting_catchments()")
    assert tuple(owner.execute(asked).one()) == (False, [], [CATCHMENT])


def test_role_and_territory_change_and_sessions_end(
    people: People, owner: Connection, administrator: Principal
) -> None:
    other = people.add("ujian.pegawai", Role.OFFICER, "0803")
    change = ChangeAccount(user_id=other.user_id, version=1, role="enumerator", territory=("0805",))
    with people.writing(administrator) as session:
        change_account(session, change)
    kept = _row(owner, "ujian.pegawai")
    assert (kept.role, kept.territory, kept.session_version) == ("enumerator", ["0805"], 2)  # type: ignore[attr-defined]
    with pytest.raises(StaleRecord), people.writing(administrator) as session:
        open_account(session, OpenAccount(user_id=other.user_id, version=1, active=False))


def test_an_account_is_closed_opened_and_given_a_new_password(
    people: People, owner: Connection, administrator: Principal
) -> None:
    other = people.add("ujian.pegawai", Role.OFFICER, "0803")
    with people.writing(administrator) as session:
        open_account(session, OpenAccount(user_id=other.user_id, version=1, active=False))
        open_account(session, OpenAccount(user_id=other.user_id, version=2, active=True))
        password = reset_password(session, ResetPassword(user_id=other.user_id, version=3))
    kept = _row(owner, "ujian.pegawai")
    assert PasswordHasher().verify(kept.password_hash, password)  # type: ignore[attr-defined]
    said = owner.scalars(text("SELECT action FROM ekasih.audit_log ORDER BY id")).all()
    assert said == ["close_account", "open_account", "reset_password"]


def test_nobody_closes_or_demotes_their_own_account(people: People, administrator: Principal) -> None:
    people.add("ujian.kedua", Role.ADMINISTRATOR)
    for attempt in (
        lambda s: open_account(s, OpenAccount(user_id=administrator.user_id, version=1, active=False)),
        lambda s: change_account(s, ChangeAccount(user_id=administrator.user_id, version=1, role="planner")),
    ):
        with pytest.raises(InvalidInput) as refused, people.writing(administrator) as session:
            attempt(session)
        assert refused.value.problems == {"account": "own_account"}


def test_the_last_administrator_stays(people: People, owner: Connection, administrator: Principal) -> None:
    owner.execute(text("INSERT INTO ekasih.role_permission (role, permission) VALUES ('national', 'administer')"))
    owner.commit()
    national = people.add("ujian.icu", Role.NATIONAL)
    with pytest.raises(InvalidInput) as refused, people.writing(national) as session:
        open_account(session, OpenAccount(user_id=administrator.user_id, version=1, active=False))
    assert refused.value.problems == {"account": "last_administrator_account"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_reaches_an_account(people: People, administrator: Principal, role: Role) -> None:
    who = people.add(f"ujian.{role}", role)
    with pytest.raises(NotPermitted), people.writing(who) as session:
        add_account(session, NEW)
    with people.writing(who) as session:
        assert session.scalar(text("SELECT count(*) FROM app_user")) == 0
        reached = session.execute(text("UPDATE app_user SET active = false RETURNING id")).all()
    assert reached == []
    assert administrator.user_id


def test_nobody_reads_a_password(people: People, administrator: Principal) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), people.writing(administrator) as session:
        session.execute(text("SELECT password_hash FROM app_user"))
