"""An identity provider may vouch for people; it gets nobody in who has no account here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import requests
from joserfc.jwk import RSAKey
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.signin.session import SignedIn
from registry.accounts.users import allow_provider
from registry.errors import NotFound
from registry.installation.settings import Settings
from tests.integration.signin.person import OFFICER, Person
from tests.integration.signin.provider_server import CLIENT, SECRET, Provider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from sqlalchemy import Connection, Engine
    from werkzeug.test import TestResponse

    from tests.page_client import PageClient


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.close()


def app_with(web: Engine, home: Path, provider: Provider, **more: Any) -> Flask:
    given = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET} | more
    settings = Settings(home=home, given_secret_key="only for tests", **given)
    return create_app(Deps(settings, web, SignedIn(web))).server


@pytest.fixture
def server(web: Engine, tmp_path: Path, provider: Provider) -> Flask:
    """The app with the provider in its settings."""
    return app_with(web, tmp_path, provider)


@pytest.fixture
def allowed(officer: Person, owner: Connection) -> Person:
    """The officer, whom an administrator lets come from the provider."""
    allow_provider(owner, OFFICER)
    owner.commit()
    return officer


def comes_back(client: PageClient, goal: str = "") -> TestResponse:
    """Go to the provider, as the browser does, and return with what it says."""
    there = client.get(f"/masuk/penyedia?next={goal}")
    assert there.status_code == 302, there.get_data(as_text=True)
    back = requests.get(there.location, allow_redirects=False, timeout=10).headers["Location"]
    return client.get(back.removeprefix("http://localhost"))


def test_the_first_link_is_by_login_and_later_ones_by_subject(allowed: Person, provider: Provider) -> None:
    assert comes_back(allowed.client, "/kpi").location == "/masuk/pengesah?next=%2Fkpi"
    allowed.enrols()
    assert allowed.is_in()
    allowed.leaves()
    provider.claims["preferred_username"] = "another.name"
    assert comes_back(allowed.client).location == "/masuk/kod"
    assert allowed.sends("/masuk/kod", code=allowed.code(steps=1)).status_code == 303
    assert allowed.is_in()


def test_a_link_is_given_once(allowed: Person, provider: Provider) -> None:
    comes_back(allowed.client)
    allowed.leaves()
    provider.claims["sub"] = "somebody-else"
    assert comes_back(allowed.client).status_code == 403


def test_a_login_that_no_administrator_opened_is_not_linked(officer: Person, owner: Connection) -> None:
    assert comes_back(officer.client).status_code == 403
    assert owner.scalar(text("SELECT count(*) FROM ekasih.app_user WHERE oidc_subject IS NOT NULL")) == 0


def test_nobody_gets_an_account(client: PageClient, provider: Provider, owner: Connection) -> None:
    before = owner.scalar(text("SELECT count(*) FROM ekasih.app_user"))
    owner.rollback()
    provider.claims = {"sub": "new", "preferred_username": "nobody.here"}
    assert comes_back(client).status_code == 403
    assert owner.scalar(text("SELECT count(*) FROM ekasih.app_user")) == before


def test_a_closed_account_stays_closed(allowed: Person, owner: Connection) -> None:
    comes_back(allowed.client)
    allowed.leaves()
    owner.execute(text("UPDATE ekasih.app_user SET active = false WHERE login = :login"), {"login": OFFICER})
    owner.commit()
    assert comes_back(allowed.client).status_code == 403


def test_the_link_is_logged(allowed: Person, owner: Connection) -> None:
    comes_back(allowed.client)
    actions = set(owner.scalars(text("SELECT action FROM ekasih.audit_log WHERE subject = 'account'")))
    assert {"allow_provider", "link_provider"} <= actions


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"aud": "another client"},
        {"iss": "https://elsewhere.example"},
        {"exp": int(time.time()) - 3600},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    allowed: Person, provider: Provider, lie: dict[str, Any]
) -> None:
    provider.claims |= lie
    assert comes_back(allowed.client).status_code == 401
    assert allowed.client.get("/masuk/pengesah").location.startswith("/masuk?tamat=1")


def test_a_token_that_another_key_signed_is_refused(allowed: Person, provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, parameters={"kid": "1"})
    assert comes_back(allowed.client).status_code == 401


def test_an_answer_that_nobody_asked_for_is_refused(allowed: Person, provider: Provider, server: Flask) -> None:
    there = allowed.client.get("/masuk/penyedia").location
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"].removeprefix("http://localhost")
    assert server.test_client().get(back).status_code == 401
    assert allowed.client.get(back.replace("state=", "state=x")).status_code == 401


def test_a_provider_under_another_name_is_not_asked(allowed: Person, provider: Provider) -> None:
    provider.names_itself = "https://elsewhere.example"
    assert allowed.client.get("/masuk/penyedia").status_code == 503


def test_a_provider_that_is_away_is_told_in_words(allowed: Person, provider: Provider) -> None:
    provider.close()
    answer = allowed.client.get("/masuk/penyedia")
    assert answer.status_code == 503
    assert "Penyedia identiti" in answer.get_data(as_text=True)
    provider.__post_init__()


@pytest.mark.parametrize(("claims", "trusted"), [({"amr": ["pwd", "otp"]}, True), ({"acr": "gold"}, True), ({}, False)])
def test_the_providers_factor_counts_where_the_settings_trust_it(
    allowed: Person, web: Engine, tmp_path: Path, provider: Provider, claims: dict[str, Any], *, trusted: bool
) -> None:
    provider.claims |= claims
    client: Any = app_with(web, tmp_path, provider, oidc_trusted_factors="otp, gold").test_client()
    assert comes_back(client).location == ("/utama" if trusted else "/masuk/pengesah")
    assert (client.get("/").status_code == 200) == trusted


def test_the_providers_factor_counts_for_nothing_unless_trusted(allowed: Person, provider: Provider) -> None:
    provider.claims["amr"] = ["pwd", "otp", "mfa"]
    assert comes_back(allowed.client).location == "/masuk/pengesah"


def test_the_way_there_is_offered_only_where_it_is_set(server: Flask, web: Engine, tmp_path: Path) -> None:
    assert "/masuk/penyedia" in server.test_client().get("/masuk").get_data(as_text=True)
    settings = Settings(home=tmp_path, given_secret_key="only for tests")
    without = create_app(Deps(settings, web, SignedIn(web))).server
    assert "/masuk/penyedia" not in without.test_client().get("/masuk").get_data(as_text=True)
    assert not [rule.rule for rule in without.url_map.iter_rules() if "penyedia" in rule.rule]


def test_an_unknown_login_cannot_be_opened_for_the_provider(owner: Connection) -> None:
    with pytest.raises(NotFound):
        allow_provider(owner, "nobody.here")
