"""A session is a row of the database: it ends at once, for every copy of its cookie; its person sees and ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from dashboard.forgery import COOKIE
from queries import accounts
from registry import db
from registry.accounts import sessions
from registry.accounts.sessions import end_own, end_sessions_of, end_sessions_of_login, token_hash
from registry.accounts.users import DEMO_PASSWORD
from registry.errors import NotFound
from registry.principals import Principal, Role
from tests.integration.signin.person import OFFICER, PASSWORD, Person

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection, Engine

    from tests.page_client import PageClient

PLANNER = "menteri"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
_ENDS = text("SELECT end_reason FROM ekasih.user_session ORDER BY id")
_SAID = text(
    "SELECT action, after FROM ekasih.audit_log WHERE action IN ('sign_in', 'sign_out', 'end_session') ORDER BY id"
)


def at_a_browser(server: Flask, login: str = PLANNER) -> Person:
    """A sample account at a browser of its own, signed in."""
    client: Any = server.test_client()
    client.environ_base["HTTP_USER_AGENT"] = LINUX
    person = Person(client, login=login, password=DEMO_PASSWORD)
    assert person.gives_password().status_code == 303
    assert person.is_in()
    return person


def copied(person: Person, server: Flask) -> Person:
    """Whoever has taken a copy of the cookies."""
    client: Any = server.test_client()
    for name in ("ekasih_sesi", COOKIE):
        cookie = person.client.get_cookie(name)
        assert cookie is not None
        client.set_cookie(name, cookie.value)
    return Person(client)


def token_of(person: Person) -> str:
    with person.client.session_transaction() as kept:
        return str(kept["token"])


def signs_out(person: Person) -> None:
    with person.client.session_transaction() as kept:
        token = kept["form"]
    assert person.client.post("/keluar", data={"form_token": token}).location == "/masuk"


@pytest.fixture
def who(owner: Connection) -> Principal:
    """The planner, as the pages know who acts."""
    number = owner.scalar(text("SELECT id FROM ekasih.app_user WHERE login = :login"), {"login": PLANNER})
    owner.rollback()
    return Principal(int(number or 0), PLANNER, PLANNER, Role.PLANNER)


def test_a_copy_of_the_cookie_opens_nothing_after_the_sign_out(server: Flask, owner: Connection) -> None:
    person = at_a_browser(server)
    thief = copied(person, server)
    assert thief.is_in()
    signs_out(person)
    assert not person.is_in()
    assert not thief.is_in()
    assert owner.scalars(_ENDS).all() == ["signed_out"]


def test_the_database_holds_no_token_that_opens_anything(server: Flask, owner: Connection) -> None:
    token = token_of(at_a_browser(server))
    rows = str(owner.execute(text("SELECT * FROM ekasih.user_session")).all())
    assert token not in rows
    assert owner.scalar(text("SELECT token_hash FROM ekasih.user_session")) == token_hash(token)


def test_signing_in_again_in_a_browser_ends_what_went_on_there(server: Flask, owner: Connection) -> None:
    person = at_a_browser(server)
    before = copied(person, server)
    with person.client.session_transaction() as kept:
        sent = {"login": PLANNER, "password": DEMO_PASSWORD, "form_token": kept["form"]}
    assert person.client.post("/masuk", data=sent).status_code == 303
    assert person.is_in()
    assert not before.is_in()
    assert owner.scalars(_ENDS).all() == ["replaced", None]


@pytest.mark.parametrize("change", ["role = 'auditor'", "territory = '{08}'", "password_hash = 'x'", "active = false"])
def test_a_changed_account_ends_every_session_and_it_is_logged(server: Flask, owner: Connection, change: str) -> None:
    people = [at_a_browser(server), at_a_browser(server)]
    owner.execute(text(f"UPDATE ekasih.app_user SET {change} WHERE login = :login"), {"login": PLANNER})
    owner.commit()
    assert not any(person.is_in() for person in people)
    assert owner.scalars(_ENDS).all() == ["account", "account"]
    assert owner.execute(_SAID).all()[-1] == ("end_session", {"reason": "account", "sessions": 2})


def test_an_opened_account_does_not_bring_its_sessions_back(server: Flask, owner: Connection) -> None:
    person = at_a_browser(server)
    for active in (False, True):
        owner.execute(text("UPDATE ekasih.app_user SET active = :active WHERE login = 'menteri'"), {"active": active})
    owner.commit()
    assert not person.is_in()


def test_a_person_sees_the_own_sessions_and_nobody_elses(server: Flask, web: Engine, who: Principal) -> None:
    here, _there, _other = at_a_browser(server), at_a_browser(server), at_a_browser(server, "pentadbir")
    with db.reading(web, who) as connection:
        found, total = accounts.own_sessions(connection, token_hash(token_of(here)))
    assert total == 2
    assert [row["own"] for row in found] == [True, False]
    assert {(row["browser"], row["network"]) for row in found} == {("Firefox, Linux", "127.0.0.0/24")}


def test_a_person_ends_one_session_or_all_others(server: Flask, web: Engine, who: Principal) -> None:
    here, *others = [at_a_browser(server) for _ in range(4)]
    token = token_of(here)
    with db.reading(web, who) as connection:
        found, _total = accounts.own_sessions(connection, token_hash(token))
    with db.writing(web, who) as writing:
        assert end_own(writing, token, found[-1]["session_id"]) == 1
        assert end_own(writing, token, found[-1]["session_id"]) == 0
    assert sorted(person.is_in() for person in others) == [False, True, True]
    with db.writing(web, who) as writing:
        assert end_own(writing, token) == 2
    assert here.is_in()
    assert not any(person.is_in() for person in others)


def test_the_page_ends_the_other_sessions(server: Flask) -> None:
    here, there = at_a_browser(server), at_a_browser(server)
    body = {
        "output": "..account-message.children...account-ended.data..",
        "outputs": [{"id": "account-message", "property": "children"}, {"id": "account-ended", "property": "data"}],
        "inputs": [[], {"id": "account-end-others", "property": "n_clicks", "value": 1}],
        "changedPropIds": ["account-end-others.n_clicks"],
    }
    answer = here.client.post("/_dash-update-component", json=body).get_json()
    assert "1 sesi ditamatkan" in str(answer["response"])
    assert here.is_in()
    assert not there.is_in()


def test_nobody_ends_the_session_of_somebody_else(
    server: Flask, web: Engine, owner: Connection, who: Principal
) -> None:
    other = at_a_browser(server, "pentadbir")
    number = owner.scalar(text("SELECT id FROM ekasih.user_session"))
    owner.rollback()
    with db.writing(web, who) as writing:
        assert end_own(writing, "of nobody", number) == 0
        assert end_own(writing, "of nobody") == 0
    with pytest.raises(ProgrammingError, match="may not administer"), db.writing(web, who) as writing:
        end_sessions_of(writing, 1)
    assert other.is_in()


@pytest.mark.parametrize("call", ["end_every_session(1)", "sweep_sessions()", "note_ended(1, 'idle', 1)"])
def test_the_pages_cannot_call_what_is_the_owners(web: Engine, who: Principal, call: str) -> None:
    with pytest.raises(DBAPIError, match="permission denied"), db.writing(web, who) as writing:
        writing.execute(text(f"SELECT ekasih.{call}"))


def test_an_administrator_ends_the_sessions_of_an_account(
    server: Flask, web: Engine, owner: Connection, who: Principal
) -> None:
    person = at_a_browser(server)
    number = owner.scalar(text("SELECT id FROM ekasih.app_user WHERE login = 'pentadbir'"))
    owner.rollback()
    administrator = Principal(int(number or 0), "pentadbir", "P", Role.ADMINISTRATOR)
    with db.writing(web, administrator) as writing:
        assert end_sessions_of(writing, who.user_id) == 1
    with pytest.raises(NotFound), db.writing(web, administrator) as writing:
        end_sessions_of(writing, 10**9)
    assert not person.is_in()
    entry = text("SELECT actor, subject_id, after FROM ekasih.audit_log WHERE action = 'end_session'")
    assert owner.execute(entry).one() == ("pentadbir", who.user_id, {"reason": "administrator", "sessions": 1})


def test_who_owns_the_register_ends_sessions_by_login(server: Flask, owner: Connection) -> None:
    person = at_a_browser(server)
    assert end_sessions_of_login(owner, f" {PLANNER.upper()} ") == 1
    owner.commit()
    assert not person.is_in()
    with pytest.raises(NotFound):
        end_sessions_of_login(owner, "nobody.here")


def test_the_sweep_ends_what_is_over_and_forgets_what_is_old(server: Flask, owner: Connection) -> None:
    for _ in range(3):
        at_a_browser(server)
    change = text("UPDATE ekasih.user_session SET seen_at = now() - interval '2 hours' WHERE id = 1")
    owner.execute(change)
    owner.execute(
        text("UPDATE ekasih.user_session SET ended_at = now() - interval '31 days', end_reason = 'time' WHERE id = 2")
    )
    owner.execute(text("UPDATE ekasih.known_browser SET used_at = used_at - interval '181 days'"))
    assert sessions.sweep(owner) == 1
    assert owner.scalars(_ENDS).all() == ["idle", None]
    assert owner.scalar(text("SELECT count(*) FROM ekasih.known_browser")) == 0


def test_signing_in_and_out_is_logged_and_is_no_change_of_the_register(server: Flask, owner: Connection) -> None:
    state = text("SELECT ekasih.register_state() ->> 'as_of'")
    before = owner.scalar(state)
    owner.rollback()
    signs_out(at_a_browser(server))
    assert owner.execute(_SAID).all() == [
        ("sign_in", {"factor": False, "method": "password"}),
        ("sign_out", {"reason": "signed_out"}),
    ]
    entry = text("SELECT DISTINCT actor, subject FROM ekasih.audit_log WHERE action LIKE 'sign%'")
    assert owner.execute(entry).all() == [(PLANNER, "account")]
    assert owner.scalar(state) == before


def test_a_half_sign_in_opens_one_session(officer: Person, server: Flask) -> None:
    officer.gives_password()
    officer.enrols()
    officer.leaves()
    officer.gives_password()
    taken = officer.client.get_cookie("ekasih_sesi")
    assert taken is not None
    assert officer.sends("/masuk/kod", code=officer.recovery[0]).status_code == 303
    assert officer.is_in()
    thief: Any = server.test_client()
    thief.set_cookie("ekasih_sesi", taken.value)
    copy = Person(thief, login=OFFICER, password=PASSWORD)
    assert copy.client.get("/masuk/kod").location.startswith("/masuk?tamat=1")
    assert copy.sends("/masuk/kod", code=officer.recovery[1]).location.startswith("/masuk?tamat=1")
    assert not copy.is_in()


def test_the_half_sign_in_of_before_the_factor_does_not_follow_it(
    officer: Person, owner: Connection, server: Flask
) -> None:
    owner.execute(text("UPDATE ekasih.app_user SET must_change = true WHERE login = :login"), {"login": OFFICER})
    owner.commit()
    officer.gives_password()
    taken = officer.client.get_cookie("ekasih_sesi")
    assert taken is not None
    officer.enrols()
    assert officer.client.get("/kata-laluan").status_code == 200
    thief: Any = server.test_client()
    thief.set_cookie("ekasih_sesi", taken.value)
    assert thief.get("/kata-laluan").location.startswith("/masuk?tamat=1")


def test_the_database_opens_no_session_while_something_is_asked_for(
    officer: Person, web: Engine, owner: Connection
) -> None:
    officer.gives_password()
    with officer.client.session_transaction() as kept:
        half = token_hash(kept["half"])
    asked = text("SELECT ekasih.open_session(:half, :new, '1 hour', '1 hour', '', '')")
    with db.signing_in(web) as connection:
        assert connection.execute(asked, {"half": half, "new": b"x" * 32}).scalar_one() is False
    assert owner.scalar(text("SELECT count(*) FROM ekasih.user_session")) == 0


def test_changing_the_password_gives_this_browser_another_token(server: Flask, owner: Connection) -> None:
    person = at_a_browser(server)
    copy = copied(person, server)
    new = "tiga ekor kucing hitam"
    assert person.sends("/kata-laluan", old=DEMO_PASSWORD, new=new, again=new).status_code == 303
    assert person.is_in()
    assert not copy.is_in()
    assert owner.scalars(_ENDS).all() == [None]


def test_a_page_asks_the_database_once_who_is_there(client: PageClient, server: Flask, owner: Connection) -> None:
    person = at_a_browser(server)
    seen = owner.scalar(text("SELECT xmin::text FROM ekasih.user_session"))
    owner.rollback()
    for _ in range(5):
        assert person.is_in()
    assert owner.scalar(text("SELECT xmin::text FROM ekasih.user_session")) == seen
    assert client.get("/").status_code == 302
