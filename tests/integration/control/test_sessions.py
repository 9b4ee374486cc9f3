"""What another site makes a browser send is refused, and a session ends with the account as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.accounts.users import DEMO_PASSWORD

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection
    from werkzeug.test import TestResponse

    from tests.page_client import PageClient

OFFICER = "pegawai.kinta"
BODY = {
    "output": "..frame-state.children...frame-banner.children..",
    "outputs": [{"id": "frame-state", "property": "children"}, {"id": "frame-banner", "property": "children"}],
    "inputs": [{"id": "frame-location", "property": "pathname", "value": "/"}],
    "changedPropIds": ["frame-location.pathname"],
}
CHANGES = {
    "role": "role = 'planner'",
    "territory": "territory = '{08}'",
    "password": "password_hash = 'another'",
    "closed and opened": "active = true, role = 'coordinator'",
}


@pytest.fixture
def signed_in(client: PageClient) -> PageClient:
    """An officer's browser."""
    token = re.search(r'name="form_token"\s+value="([^"]+)"', client.get("/masuk").get_data(as_text=True))
    assert token
    client.post("/masuk", data={"login": OFFICER, "password": DEMO_PASSWORD, "form_token": token[1]})
    assert client.get("/").status_code == 200
    return client


def _callback(client: PageClient, **headers: str) -> TestResponse:
    return client.post("/_dash-update-component", json=BODY, headers=headers)


def test_our_own_pages_are_not_refused(signed_in: PageClient) -> None:
    assert _callback(signed_in, Origin="http://localhost").status_code != 403


def test_a_callback_without_the_token_is_refused(signed_in: PageClient) -> None:
    signed_in.forging = True
    assert _callback(signed_in).status_code == 403


def test_a_callback_with_a_wrong_token_is_refused(signed_in: PageClient) -> None:
    assert _callback(signed_in, **{"X-Ekasih-Token": "made-up"}).status_code == 403


@pytest.mark.parametrize("header", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_sites_page_is_refused_even_with_the_token(signed_in: PageClient, header: dict[str, str]) -> None:
    assert _callback(signed_in, **header).status_code == 403


def test_every_route_that_changes_something_refuses_a_forged_request(signed_in: PageClient, server: Flask) -> None:
    signed_in.forging = True
    own = {"/masuk", "/keluar"}
    for rule in server.url_map.iter_rules():
        if not {"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set()) or rule.rule in own:
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        assert signed_in.post(path).status_code == 403, rule.rule


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_account_ends_its_sessions(signed_in: PageClient, owner: Connection, change: str) -> None:
    owner.execute(text(f"UPDATE ekasih.app_user SET {change} WHERE login = :login"), {"login": OFFICER})
    owner.commit()
    assert signed_in.get("/").status_code == 302


def test_a_new_name_ends_no_session(signed_in: PageClient, owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.app_user SET display_name = 'Nama Baharu'"))
    owner.commit()
    assert signed_in.get("/").status_code == 200
