"""What a request may carry is stated for each route, and told to the web server before it reads much of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.bodies import MOST_USUAL
from dashboard.forgery import HEADER, ForgedRequest
from dashboard.signin import idle
from registry.accounts.users import DEMO_PASSWORD
from registry.areas.uploads import LARGEST as LARGEST_BOUNDARIES
from registry.deliveries.uploads import LARGEST
from registry.errors import NotPermitted, SignInRequired
from registry.ledger.answer_files import LARGEST as LARGEST_ANSWERS
from registry.serving.limits import ADMIT, Limits
from registry.visits.pictures import LARGEST_UPLOAD

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

CALLBACKS = "/_dash-update-component"
# every route that takes more than a callback does; one that is added is stated here
MORE: dict[str, int] = {
    "take_photograph": LARGEST_UPLOAD,
    "take_project_photograph": LARGEST_UPLOAD,
    "take_referral_file": LARGEST_UPLOAD,
    "take_delivery": LARGEST,
    "take_aid_delivery": LARGEST,
    "take_file": LARGEST_ANSWERS,
    "take_boundaries": LARGEST_BOUNDARIES,
    "take_library_file": 20 * 1024 * 1024,
    "take_report_file": 64 * 1024 * 1024,
    "take_ticket_picture": LARGEST_UPLOAD,
}


@pytest.fixture
def signed_in(client: FlaskClient) -> FlaskClient:
    """An enumerator's browser."""
    page = client.get("/masuk").get_data(as_text=True)
    token = re.search(r'name="form_token"\s+value="([^"]+)"', page)
    assert token
    client.post("/masuk", data={"login": "pembanci.kinta", "password": DEMO_PASSWORD, "form_token": token[1]})
    return client


def asked(
    server: Flask, client: FlaskClient | None, path: str, length: int, *, forged: bool = False, site: str = ""
) -> Any:
    """What the application answers the web server."""
    environ = server.test_request_context(path, method="POST").request.environ
    environ["CONTENT_LENGTH"] = str(length)
    cookies = [] if client is None else [client.get_cookie("ekasih_sesi"), client.get_cookie("ekasih_dilihat")]
    environ["HTTP_COOKIE"] = "; ".join(f"{one.key}={one.value}" for one in cookies if one)
    if client is not None and not forged:
        with client.session_transaction() as session:
            environ["HTTP_X_EKASIH_TOKEN"] = session["form"]
    if site:
        environ["HTTP_SEC_FETCH_SITE"] = site
    return server.extensions[ADMIT](environ)


def test_every_route_that_takes_more_than_a_callback_is_named(server: Flask) -> None:
    stated = {
        name: view.most_bytes  # type: ignore[attr-defined]
        for name, view in server.view_functions.items()
        if hasattr(view, "most_bytes")
    }
    assert stated == MORE


@pytest.mark.parametrize(
    ("path", "most"), [(CALLBACKS, MOST_USUAL), ("/masuk", MOST_USUAL), ("/lawatan/1/foto", LARGEST_UPLOAD)]
)
def test_the_web_server_is_told_what_a_route_takes(server: Flask, signed_in: FlaskClient, path: str, most: int) -> None:
    assert asked(server, signed_in, path, most) is None
    assert isinstance(asked(server, signed_in, path, most + 1), RequestEntityTooLarge)


@pytest.mark.parametrize("path", [CALLBACKS, "/masuk", "/lawatan/1/foto", "/tiada"])
def test_nothing_large_is_taken_from_who_is_not_signed_in(server: Flask, path: str) -> None:
    assert isinstance(asked(server, None, path, Limits().memory_bytes + 1), SignInRequired)


def test_nothing_large_is_taken_without_the_token_of_the_session(server: Flask, signed_in: FlaskClient) -> None:
    assert isinstance(asked(server, signed_in, "/lawatan/1/foto", LARGEST_UPLOAD, forged=True), ForgedRequest)
    assert isinstance(asked(server, signed_in, "/lawatan/1/foto", LARGEST_UPLOAD, site="cross-site"), ForgedRequest)


def test_nothing_large_is_taken_from_who_may_not_send_it_there(server: Flask, signed_in: FlaskClient) -> None:
    assert isinstance(asked(server, signed_in, "/penghantaran/muat-naik", LARGEST), NotPermitted)
    assert isinstance(asked(server, signed_in, "/penghantaran/muat-naik", LARGEST + 1), RequestEntityTooLarge)


def test_a_callback_that_carries_too_much_is_told_so(signed_in: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "_NOTED_AFTER", 0)
    with signed_in.session_transaction() as session:
        headers = {HEADER: session["form"]}
    body = b'{"changedPropIds": ["' + b"a" * MOST_USUAL + b'"]}'
    answer = signed_in.post(CALLBACKS, data=body, content_type="application/json", headers=headers)
    assert answer.status_code == 413
    assert "terlalu besar" in answer.get_data(as_text=True)
