"""The page of keys: a secret is shown once, what ends a key asks first, and every command takes effect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from api.factory import ROOT, beside
from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.forgery import HEADER
from dashboard.signin import session
from dashboard.signin.session import SignedIn
from registry.installation.settings import Settings
from registry.serving.limits import ADMIT
from tests.leaks.endpoints import request_of, server_callbacks
from tests.world import open_for
from words import words_of

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.integration.api.conftest import Programs

TOKEN = "of the test"
MS = words_of("ms")


class Page:
    """The administrator at the page, whose server has the programs' application beside it."""

    def __init__(self, programs: Programs) -> None:
        settings = Settings(home=programs.home, given_secret_key="only for tests")
        self.programs = programs
        self.app = create_app(Deps(settings, programs.web, SignedIn(programs.web)))
        self.server: Flask = beside(self.app.server, programs.app)
        self.client: FlaskClient = self.server.test_client()
        with self.client.session_transaction() as kept:
            kept[session.TOKEN] = open_for(programs.owner, programs.keeper.user_id)
            kept[session.FORM_TOKEN] = TOKEN

    def ask(self, name: str, **given: Any) -> dict[str, Any]:
        callback = dict(server_callbacks(self.app))[f"dashboard.pages.administration.keys.{name}"]
        body = request_of(callback, {f"kunci-{key}": value for key, value in given.items()})
        answer = self.client.post("/_dash-update-component", json=body, headers={HEADER: TOKEN})
        assert answer.status_code in {200, 204}, answer.get_data(as_text=True)
        found: dict[str, Any] = json.loads(answer.get_data() or "{}").get("response", {})
        return found

    def act(self, name: str, *, sure: bool = False) -> str:
        """Press a button of the form of the first key; what the page says."""
        key = self.programs.keys["SATU"].key_id
        given = {f"{name}.n_clicks": 1, "chosen.value": str(key), "changed-scopes.value": ["aid.read"],
                 "changed-until.value": "01/02/2027", "sure.checked": sure}  # fmt: skip
        return json.dumps(self.ask("change_of_key", **given), ensure_ascii=False)


@pytest.fixture
def page(programs: Programs) -> Page:
    return Page(programs)


def test_a_key_that_is_issued_is_shown_once_with_its_secret_and_works(page: Page) -> None:
    given = {"issue.n_clicks": 1, "name.value": "Sistem baharu", "agency.value": str(page.programs.agency("DUA")),
             "scopes.value": ["programmes.read"], "until.value": "01/02/2027"}  # fmt: skip
    said = json.dumps(page.ask("issue", **given))
    client_id, secret = (said.partition(begin)[2].partition('"')[0] for begin in ('"ek-', '"eks_'))
    answer = page.client.post(
        f"{ROOT}/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(f"ek-{client_id}", f"eks_{secret}"),
    )
    assert answer.status_code == 200
    listed = json.dumps(page.ask("show_keys", **{"issued.data": "1"}))
    assert "Sistem baharu" in listed
    assert secret not in listed


def test_what_is_missing_is_told_and_no_key_is_issued(page: Page) -> None:
    said = json.dumps(page.ask("issue", **{"issue.n_clicks": 1, "name.value": "", "agency.value": None}))
    assert "ek-admin-refused" in said
    with page.programs.owner.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ekasih.api_key")) == 2


def test_a_secret_that_is_replaced_is_shown_with_how_long_the_old_one_holds(page: Page) -> None:
    said = page.act("rotate")
    secret = said.partition('"eks_')[2].partition('"')[0]
    assert MS("api_key.old_until", at="").strip() in said
    key = page.programs.keys["SATU"]
    assert page.programs.ask_token(key, secret=f"eks_{secret}").status_code == 200
    assert page.programs.ask_token(key).status_code == 200


@pytest.mark.parametrize("name", ["rotate-now", "revoke"])
def test_what_acts_at_once_asks_whether_one_is_sure(page: Page, name: str) -> None:
    key = page.programs.keys["SATU"]
    assert MS("api_key.be_sure") in page.act(name)
    assert page.programs.ask_token(key).status_code == 200
    page.act(name, sure=True)
    assert page.programs.ask_token(key).status_code == 401


def test_scopes_and_the_last_day_are_kept_and_calls_are_told(page: Page) -> None:
    page.programs.get("/programmes")
    assert MS("api_key.changed") in page.act("change")
    listed = json.dumps(page.ask("show_keys", **{"issued.data": "1"}), ensure_ascii=False)
    assert "01/02/2027" in listed
    assert MS("scope.aid.read") in listed


def test_the_server_hands_programs_addresses_on_and_keeps_its_own(page: Page) -> None:
    stranger = page.server.test_client()
    assert stranger.get(f"{ROOT}/openapi.json").get_json()["openapi"].startswith("3.1")
    assert stranger.get("/api/tiada").mimetype == "application/problem+json"
    assert stranger.get("/apiary").status_code == 302
    assert stranger.get("/sihat").get_data() == b"ok\n"


def test_the_document_is_a_page_without_a_script_in_both_languages(page: Page) -> None:
    for language in ("ms", "en"):
        answer = page.server.test_client().get(f"{ROOT}/dokumen", headers={"Accept-Language": language})
        said = answer.get_data(as_text=True)
        assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)
        assert f'<html lang="{language}">' in said
        assert "/api/v1/needs-met" in said
        assert words_of(language)("scope.needs.check") in said
        assert "<script" not in said
        assert "style=" not in said
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert page.server.test_client().get(f"{ROOT}/dokumen.css").mimetype == "text/css"


def test_a_large_body_is_read_of_nobody_and_none_that_is_larger_than_any_may_be(page: Page) -> None:
    admit = page.server.extensions[ADMIT]
    token = page.programs.token("SATU")

    def asked(length: int, **headers: str) -> Any:
        environ = page.programs.app.test_client()._request_from_builder_args(
            (f"{ROOT}/aid-lines",), {"method": "POST", "headers": headers}
        ).environ  # fmt: skip
        return admit(environ | {"CONTENT_LENGTH": str(length)})

    assert asked(100_000, Authorization=f"Bearer {token}") is None
    assert type(asked(100_000)).__name__ == "SignInRequired"
    assert type(asked(100_000, Authorization="Bearer " + "x" * 43)).__name__ == "SignInRequired"
    assert type(asked(2_000_000, Authorization=f"Bearer {token}")).__name__ == "RequestEntityTooLarge"
