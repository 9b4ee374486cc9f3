"""A person chooses the password, and must where someone else has set it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.accounts.passwords import password_problem
from registry.accounts.users import create_user
from tests.integration.signin.person import OFFICER, PASSWORD, Person

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection

    from tests.page_client import PageClient

NEW = "tiga ekor kucing hitam"


@pytest.fixture
def planner(client: PageClient, owner: Connection) -> Person:
    """A planner whose account an administrator has made, with a role that is asked for no factor."""
    create_user(owner, login="perancang", name="P", role="planner", password=PASSWORD)
    owner.execute(text("DELETE FROM ekasih.role_permission WHERE role = 'planner'"))
    owner.commit()
    return Person(client, login="perancang")


def changes(person: Person, **fields: str) -> int:
    sent = {"old": PASSWORD, "new": NEW, "again": NEW} | fields
    return person.sends("/kata-laluan", **sent).status_code


def test_a_first_password_is_changed_before_anything_opens(planner: Person) -> None:
    assert planner.gives_password("/masuk?next=/kpi").location == "/kata-laluan?next=%2Fkpi"
    assert not planner.is_in()
    answer = planner.sends("/kata-laluan?next=%2Fkpi", old=PASSWORD, new=NEW, again=NEW)
    assert (answer.status_code, answer.location) == (303, "/kpi")
    assert planner.is_in()


def test_the_new_password_opens_and_the_old_one_does_not(planner: Person) -> None:
    planner.gives_password()
    assert changes(planner) == 303
    planner.leaves()
    assert planner.gives_password().status_code == 401
    planner.password = NEW
    assert planner.gives_password().location == "/"


def test_an_officer_shows_the_factor_before_choosing_a_password(officer: Person, owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.app_user SET must_change = true WHERE login = :login"), {"login": OFFICER})
    owner.commit()
    assert officer.gives_password().location == "/masuk/pengesah"
    assert changes(officer) == 303  # led back, not changed
    assert 'href="/kata-laluan"' in officer.enrols().get_data(as_text=True)
    assert not officer.is_in()
    assert changes(officer) == 303
    assert officer.is_in()


@pytest.mark.parametrize(
    "fields",
    [
        {"old": "something else"},
        {"new": "pendek", "again": "pendek"},
        {"new": "x" * 60 + "y" * 60 + "z" * 60, "again": "x" * 60 + "y" * 60 + "z" * 60},
        {"again": "another one altogether"},
        {"new": PASSWORD, "again": PASSWORD},
        {"new": "Perancang 1", "again": "Perancang 1"},
        {"new": "perancang-perancang", "again": "perancang-perancang"},
        {"new": "Katalaluan123", "again": "Katalaluan123"},
        {"new": "aaaaaaaaaaaa", "again": "aaaaaaaaaaaa"},
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_changes(planner: Person, fields: dict[str, str]) -> None:
    planner.gives_password()
    assert changes(planner, **fields) == 422
    assert not planner.is_in()
    planner.leaves()
    assert planner.gives_password().location == "/kata-laluan"


def test_other_sessions_end_with_the_old_password_and_this_one_stays(
    planner: Person, server: Flask, owner: Connection
) -> None:
    owner.execute(text("UPDATE ekasih.app_user SET must_change = false"))
    owner.commit()
    elsewhere = Person(server.test_client(), login="perancang")  # type: ignore[arg-type]
    for person in (planner, elsewhere):
        person.gives_password()
        assert person.is_in()
    assert changes(planner) == 303
    assert planner.is_in()
    assert not elsewhere.is_in()


def test_the_change_is_logged_without_the_password(planner: Person, owner: Connection) -> None:
    planner.gives_password()
    changes(planner)
    entry = owner.execute(text("SELECT actor, before, after FROM ekasih.audit_log WHERE action = 'change_password'"))
    assert entry.one() == ("perancang", None, None)


def test_the_old_password_cannot_be_guessed_here(planner: Person) -> None:
    planner.gives_password()
    for _ in range(8):
        assert changes(planner, old="wrong") == 422
    assert changes(planner) == 429


def test_a_password_that_an_administrator_sets_is_a_first_one_again(planner: Person, owner: Connection) -> None:
    planner.gives_password()
    changes(planner)
    owner.execute(text("UPDATE ekasih.app_user SET password_hash = 'x' WHERE login = 'perancang'"))
    assert owner.scalar(text("SELECT must_change FROM ekasih.app_user WHERE login = 'perancang'"))


def test_nobody_changes_a_password_without_being_signed_in(client: PageClient) -> None:
    assert client.get("/kata-laluan").location.startswith("/masuk")
    assert client.post("/kata-laluan", data={"old": "a", "new": NEW, "again": NEW}).location.startswith("/masuk")


def test_a_long_sentence_is_taken() -> None:
    assert password_problem("s.lim", NEW) is None
    assert password_problem("s.lim", "x1" * 64) is not None
    assert password_problem("s.lim", "abc" * 42) is None
