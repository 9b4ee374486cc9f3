"""A session ends when nothing is done in it, whatever timers of the page ask meanwhile; dear routes are limited."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import text

from dashboard.session import SEEN_COOKIE
from registry.services.users import DEMO_PASSWORD
from tests.integration.signin.person import Person

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection
    from werkzeug.test import TestResponse

    from tests.page_client import PageClient

MINUTE = 60


@pytest.fixture
def person(client: PageClient) -> Person:
    """A planner of the sample register, signed in."""
    person = Person(client, login="menteri", password=DEMO_PASSWORD)
    person.gives_password()
    assert person.is_in()
    return person


def signed_in_ago(person: Person, seconds: int) -> None:
    with person.client.session_transaction() as session:
        session["since"] = int(time.time()) - seconds


def asks(person: Person, changed: str) -> TestResponse:
    body: dict[str, Any] = {
        "output": "..frame-state.children...frame-banner.children..",
        "outputs": [{"id": "frame-state", "property": "children"}, {"id": "frame-banner", "property": "children"}],
        "inputs": [{"id": "frame-location", "property": "pathname", "value": "/"}],
        "changedPropIds": [changed],
    }
    return person.client.post("/_dash-update-component", json=body)


def test_half_an_hour_without_a_click_ends_the_session(person: Person) -> None:
    signed_in_ago(person, 31 * MINUTE)
    assert not person.is_in()


def test_who_works_on_stays_until_the_absolute_end(person: Person) -> None:
    signed_in_ago(person, 29 * MINUTE)
    assert person.is_in()
    stamp = person.client.get_cookie(SEEN_COOKIE)
    assert stamp is not None
    assert stamp.http_only
    with person.client.session_transaction() as session:
        whose = f"{session['user']}-{session['since']}"
    assert stamp.value.startswith(f"{whose}.")


def test_a_stamp_keeps_the_session_open_and_an_old_one_does_not(person: Person, server: Flask) -> None:
    signed_in_ago(person, 120 * MINUTE)
    with person.client.session_transaction() as session:
        whose = f"{session['user']}-{session['since']}"

    class Earlier(TimestampSigner):
        ago = 0

        def get_timestamp(self) -> int:
            return int(time.time()) - self.ago

    signer = Earlier(str(server.secret_key), salt="ekasih seen")
    for minutes, opens in ((10, True), (31, False)):
        signer.ago = minutes * MINUTE
        person.client.set_cookie(SEEN_COOKIE, signer.sign(whose).decode())
        assert person.is_in() == opens


@pytest.mark.parametrize("made_up", ["1-1.aaaa.bbbb", "", "9999999999"])
def test_a_stamp_that_is_not_ours_counts_for_nothing(person: Person, made_up: str) -> None:
    signed_in_ago(person, 31 * MINUTE)
    person.client.set_cookie(SEEN_COOKIE, made_up)
    assert not person.is_in()


def test_the_stamp_of_an_earlier_session_counts_for_nothing(person: Person) -> None:
    signed_in_ago(person, 2 * MINUTE)
    assert person.is_in()
    signed_in_ago(person, 31 * MINUTE)
    assert not person.is_in()


def test_a_timer_of_the_page_is_no_activity(person: Person) -> None:
    signed_in_ago(person, 5 * MINUTE)
    asks(person, "some-timer.n_intervals")
    assert person.client.get_cookie(SEEN_COOKIE) is None
    asks(person, "frame-location.pathname")
    assert person.client.get_cookie(SEEN_COOKIE) is not None


def test_the_stamp_is_written_once_a_minute(person: Person) -> None:
    assert SEEN_COOKIE not in str(person.client.get("/").headers.getlist("Set-Cookie"))


def test_a_callback_of_an_ended_session_tells_so_and_links_to_the_sign_in(person: Person) -> None:
    signed_in_ago(person, 31 * MINUTE)
    answer = asks(person, "frame-location.pathname").get_json()
    assert answer["response"] == {}
    assert "/masuk" in str(answer["sideUpdate"])


def test_downloads_are_limited_for_each_account_and_minute(person: Person, owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.setting SET value = '2' WHERE key = 'downloads.per_minute'"))
    owner.commit()
    statuses = [person.client.get("/muat-turun/peta?level=state").status_code for _ in range(3)]
    assert 429 not in statuses[:2]
    assert statuses[2] == 429
    page = person.client.get("/muat-turun/peta?level=state").get_data(as_text=True)
    assert "Tunggu sebentar" in page
    owner.execute(text("UPDATE ekasih.dear_request SET at = at - interval '2 minutes'"))
    owner.commit()
    assert person.client.get("/muat-turun/peta?level=state").status_code != 429
