"""Guesses are counted before they are judged, for the account as for the address, and keep nobody out for good."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry import db
from registry.accounts.sessions import new_token
from registry.accounts.sign_in_tries import Origin, Try, forgive, refuse, take_try
from registry.accounts.users import DEMO_PASSWORD
from tests.integration.signin.person import OFFICER, Person

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection, Engine

PLANNER = "menteri"
_LOGGED = text("""
    SELECT actor_id, actor, action, subject_id IS NOT NULL AS known, after ->> 'method' AS method
    FROM ekasih.audit_log WHERE action LIKE 'sign_in_%' ORDER BY id
""")


def somewhere(server: Flask, address: str, *, login: str = PLANNER, password: str = "wrong") -> Person:
    client: Any = server.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return Person(client, login=login, password=password)


def take(web: Engine, login: str, place: str, browser: str | None = None, *, wrong: bool = True) -> Try:
    with db.signing_in(web) as connection:
        taken = take_try(connection, "password", login, Origin(place, browser))
    if taken.number is not None and wrong:
        with db.signing_in(web) as connection:
            refuse(connection, taken)
    return taken


def pause(web: Engine, login: str) -> float:
    """How long somebody in a new place would have to wait."""
    with web.connect() as connection:
        wait = take_try(connection, "password", login, Origin("10.9.9.9")).wait_seconds
        connection.rollback()
    return wait


def earlier(owner: Connection, minutes: int) -> None:
    """Let what was refused so far have been refused so many minutes before."""
    owner.execute(text("UPDATE ekasih.sign_in_refusal SET at = at - make_interval(mins => :m)"), {"m": minutes})
    owner.commit()


def known_browser(owner: Connection, login: str) -> str:
    token = new_token()
    owner.execute(
        text("""
            INSERT INTO ekasih.known_browser (token_hash, user_id)
            SELECT sha256(convert_to(:token, 'UTF8')), id FROM ekasih.app_user WHERE login = :login
        """),
        {"token": token, "login": login},
    )
    owner.commit()
    return token


def test_parallel_guesses_from_one_address_are_judged_as_often_as_one_after_another(server: Flask) -> None:
    people = [somewhere(server, "10.0.0.1") for _ in range(24)]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda person: person.gives_password().status_code, people))
    assert sorted(answers) == [401] * 8 + [429] * 16


def test_parallel_guesses_from_many_addresses_are_counted_for_the_account(server: Flask) -> None:
    people = [somewhere(server, f"10.0.{number}.1") for number in range(24)]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda person: person.gives_password().status_code, people))
    assert sorted(answers) == [401] * 10 + [429] * 14
    assert somewhere(server, "10.1.0.1", password=DEMO_PASSWORD).gives_password().status_code == 429


def test_a_known_browser_still_comes_in_while_strangers_guess(server: Flask, web: Engine) -> None:
    person = somewhere(server, "10.0.0.1", password=DEMO_PASSWORD)
    assert person.gives_password().status_code == 303
    for number in range(12):
        take(web, PLANNER, f"10.0.{number}.9")
    for number in range(60):
        take(web, f"somebody{number}", "10.0.0.1/32", wrong=False)
    assert somewhere(server, "10.0.0.2", password=DEMO_PASSWORD).gives_password().status_code == 429
    person.client.delete_cookie("ekasih_sesi")
    assert person.gives_password().status_code == 303
    assert person.is_in()


def test_a_known_browser_guesses_no_more_than_others_and_for_its_own_account_only(
    web: Engine, owner: Connection
) -> None:
    token = known_browser(owner, PLANNER)
    tries = [take(web, PLANNER, f"10.0.{number}.1", token) for number in range(9)]
    assert [one.number is not None for one in tries] == [True] * 8 + [False]
    for number in range(10):
        take(web, "pentadbir", f"10.1.{number}.1", token)
    assert take(web, "pentadbir", "10.2.0.1", token).wait_seconds > 0


def test_the_token_of_a_known_browser_is_another_after_each_sign_in(
    server: Flask, web: Engine, owner: Connection
) -> None:
    person = somewhere(server, "10.0.0.1", password=DEMO_PASSWORD)
    tokens = []
    for _ in range(2):
        person.client.delete_cookie("ekasih_sesi")
        person.gives_password()
        cookie = person.client.get_cookie("ekasih_pelayar")
        assert cookie is not None
        assert cookie.http_only
        tokens.append(cookie.value)
    assert tokens[0] != tokens[1]
    assert owner.scalar(text("SELECT count(*) FROM ekasih.known_browser")) == 1
    owner.rollback()
    for number in range(10):
        take(web, PLANNER, f"10.2.{number}.1")
    assert take(web, PLANNER, "10.3.0.1", tokens[0]).number is None
    assert take(web, PLANNER, "10.3.0.1", tokens[1]).number is not None


def test_signing_in_as_another_forgets_nothing_that_a_browser_was_refused(server: Flask, web: Engine) -> None:
    person = somewhere(server, "10.0.0.1", password=DEMO_PASSWORD)
    person.gives_password()
    person.login = "agensi"
    person.client.delete_cookie("ekasih_sesi")
    person.gives_password()
    cookie = person.client.get_cookie("ekasih_pelayar")
    assert cookie is not None
    for _ in range(8):
        take(web, PLANNER, "10.0.0.1", cookie.value)
    person.client.delete_cookie("ekasih_sesi")
    assert person.gives_password().status_code == 303
    cookie = person.client.get_cookie("ekasih_pelayar")
    assert cookie is not None
    assert take(web, PLANNER, "10.0.0.1", cookie.value).number is None


def test_the_pause_grows_to_a_quarter_of_an_hour_and_ends_by_itself(web: Engine, owner: Connection) -> None:
    pauses = []
    for number in range(18):
        taken = take(web, PLANNER, f"10.0.{number}.1")
        assert taken.number is not None
        pauses.append(pause(web, PLANNER))
        earlier(owner, 16)
    assert pauses[:9] == [0] * 9
    told = [round(pause / 30) for pause in pauses[9:]]
    assert told == [1, 2, 4, 8, 16, 30, 30, 30, 30]


def test_what_is_asked_while_waiting_makes_no_one_wait_longer(web: Engine) -> None:
    for _ in range(8):
        take(web, PLANNER, "10.0.0.1")
    first = take(web, PLANNER, "10.0.0.1").wait_seconds
    for _ in range(5):
        assert take(web, PLANNER, "10.0.0.1").wait_seconds <= first


def test_refusals_count_for_every_process_and_a_day_later_no_more(web: Engine, owner: Connection) -> None:
    for _ in range(8):
        take(web, PLANNER, "10.0.0.1")
    assert 0 < take(web, PLANNER, "10.0.0.1").wait_seconds <= 900
    assert take(web, PLANNER, "10.0.0.2", wrong=False).number is not None
    assert take(web, "another", "10.0.0.1", wrong=False).number is not None
    earlier(owner, 24 * 60 + 1)
    assert take(web, PLANNER, "10.0.0.1").number is not None


def test_an_address_that_guesses_at_many_names_waits_too(web: Engine) -> None:
    for number in range(60):
        assert take(web, f"name{number}", "10.0.0.9", wrong=False).number is not None
    assert take(web, "anyone", "10.0.0.9").wait_seconds > 0


def test_a_right_try_counts_for_nothing(web: Engine) -> None:
    for _ in range(20):
        taken = take(web, PLANNER, "10.0.0.1", wrong=False)
        with db.signing_in(web) as connection:
            forgive(connection, taken)
    assert take(web, PLANNER, "10.0.0.1").number is not None


def test_who_comes_in_is_forgiven_what_was_refused_in_the_same_place(server: Flask, web: Engine) -> None:
    for _ in range(3):
        for _ in range(7):
            take(web, PLANNER, "10.0.0.1/32")
        person = somewhere(server, "10.0.0.1", password=DEMO_PASSWORD)
        assert person.gives_password().status_code == 303


def test_parallel_codes_are_counted_before_they_are_judged(officer: Person, server: Flask) -> None:
    officer.gives_password()
    officer.enrols()
    people = []
    for number in range(16):
        person = somewhere(server, f"10.0.{number}.1", login=OFFICER, password=officer.password)
        assert person.gives_password().location == "/masuk/kod"
        people.append(person)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda person: person.sends("/masuk/kod", code="000000").status_code, people))
    assert sorted(answers) == [401] * 10 + [429] * 6


def test_a_new_password_by_an_administrator_forgets_what_was_refused(web: Engine, owner: Connection) -> None:
    for number in range(10):
        take(web, PLANNER, f"10.0.{number}.1")
    assert take(web, PLANNER, "10.1.0.1").number is None
    owner.execute(text("UPDATE ekasih.app_user SET password_hash = 'x' WHERE login = :login"), {"login": PLANNER})
    owner.commit()
    assert take(web, PLANNER, "10.1.0.1").number is not None


def test_refusals_and_the_pause_they_lead_to_are_logged_with_the_account(server: Flask, owner: Connection) -> None:
    for _ in range(9):
        somewhere(server, "10.0.0.1").gives_password()
    entries = owner.execute(_LOGGED).all()
    assert entries == [(None, PLANNER, "sign_in_refused", True, "password")] * 8 + [
        (None, PLANNER, "sign_in_paused", True, "password")
    ]


def test_neither_a_password_nor_a_name_of_nobody_is_kept_anywhere(server: Flask, owner: Connection) -> None:
    somewhere(server, "10.0.0.1", login="rahsia-dalam-medan-nama", password="hunter2-and-more").gives_password()
    somewhere(server, "10.0.0.1", password="hunter2-and-more").gives_password()
    assert owner.execute(_LOGGED).all() == [
        (None, "system", "sign_in_refused", False, "password"),
        (None, PLANNER, "sign_in_refused", True, "password"),
    ]
    for table in ("audit_log", "sign_in_refusal"):
        rows = str(owner.execute(text(f"SELECT t::text FROM ekasih.{table} AS t")).all())
        assert "rahsia" not in rows
        assert "hunter2" not in rows


@pytest.mark.parametrize("addresses", [("2001:db8:1:2::5", "2001:db8:1:2:ffff::9"), ("::ffff:10.0.0.1", "10.0.0.1")])
def test_addresses_of_one_household_are_one_place(server: Flask, addresses: tuple[str, str]) -> None:
    for number in range(8):
        somewhere(server, addresses[number % 2]).gives_password()
    assert somewhere(server, addresses[0]).gives_password().status_code == 429
