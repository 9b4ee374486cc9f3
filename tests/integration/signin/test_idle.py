"""A session ends when nothing is done in it, whatever timers of the page ask meanwhile; dear routes are limited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.accounts.users import DEMO_PASSWORD
from tests.integration.signin.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from werkzeug.test import TestResponse

    from tests.page_client import PageClient


@pytest.fixture
def person(client: PageClient) -> Person:
    """A planner of the sample register, signed in."""
    person = Person(client, login="menteri", password=DEMO_PASSWORD)
    person.gives_password()
    assert person.is_in()
    return person


@pytest.fixture
def ago(owner: Connection) -> Callable[[int], None]:
    """Lets every session have been used so many minutes ago for the last time."""

    def seen(minutes: int) -> None:
        owner.execute(
            text("UPDATE ekasih.user_session SET seen_at = now() - make_interval(mins => :minutes)"),
            {"minutes": minutes},
        )
        owner.commit()

    return seen


def unseen_minutes(owner: Connection) -> int:
    asked = text("SELECT extract(epoch FROM now() - seen_at) / 60 FROM ekasih.user_session WHERE ended_at IS NULL")
    minutes = int(owner.execute(asked).scalar_one())
    owner.rollback()
    return minutes


def asks(person: Person, changed: str) -> TestResponse:
    body: dict[str, Any] = {
        "output": "..frame-state.children...frame-banner.children..",
        "outputs": [{"id": "frame-state", "property": "children"}, {"id": "frame-banner", "property": "children"}],
        "inputs": [{"id": "frame-location", "property": "pathname", "value": "/"}],
        "changedPropIds": [changed],
    }
    return person.client.post("/_dash-update-component", json=body)


def test_half_an_hour_without_a_click_ends_the_session(person: Person, ago: Callable[[int], None]) -> None:
    ago(31)
    assert not person.is_in()


def test_what_time_has_ended_stays_ended_and_is_logged_once(
    person: Person, ago: Callable[[int], None], owner: Connection
) -> None:
    ago(31)
    assert not person.is_in()
    ago(0)
    assert not person.is_in()
    entry = text("SELECT actor_id, actor, after FROM ekasih.audit_log WHERE action = 'end_session'")
    assert owner.execute(entry).all() == [(None, "system", {"reason": "idle"})]


def test_who_works_on_stays_until_the_absolute_end(
    person: Person, ago: Callable[[int], None], owner: Connection
) -> None:
    for _ in range(3):
        ago(29)
        assert person.is_in()
    owner.execute(text("UPDATE ekasih.user_session SET ends_at = now()"))
    owner.commit()
    assert not person.is_in()


def test_a_timer_of_the_page_is_no_activity(person: Person, ago: Callable[[int], None], owner: Connection) -> None:
    ago(5)
    asks(person, "some-timer.n_intervals")
    assert unseen_minutes(owner) == 5
    asks(person, "frame-location.pathname")
    assert unseen_minutes(owner) == 0


def test_within_a_minute_a_request_writes_nothing(person: Person, owner: Connection) -> None:
    written = text("SELECT ctid::text FROM ekasih.user_session")
    before = owner.scalar(written)
    owner.rollback()
    assert person.is_in()
    assert owner.scalar(written) == before


def test_a_callback_of_an_ended_session_tells_so_and_links_to_the_sign_in(
    person: Person, ago: Callable[[int], None]
) -> None:
    ago(31)
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
