"""Who may come in, how they are refused, and how a session ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.accounts.users import DEMO_PASSWORD

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Connection
    from werkzeug.test import TestResponse

OFFICER = "pegawai.kinta"
CALLBACKS = "/_dash-update-component"


def form_token(client: FlaskClient) -> str:
    page = client.get("/masuk").get_data(as_text=True)
    found = re.search(r'name="form_token"\s+value="([^"]+)"', page)
    assert found
    return found[1]


def sign_in(
    client: FlaskClient, *, login: str = OFFICER, password: str = DEMO_PASSWORD, goal: str = "/"
) -> TestResponse:
    data = {"login": login, "password": password, "form_token": form_token(client)}
    return client.post(f"/masuk?next={goal}", data=data)


def visible(page: str) -> str:
    """A page without what differs from one answer to the next."""
    return re.sub(r'value="[^"]*"', "", page)


@pytest.mark.parametrize("path", ["/", "/kpi?in=0803", "/isi-rumah", "/isi-rumah/1", "/no-such-page"])
def test_a_page_asks_who_is_there_first(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.location == "/masuk" if path == "/" else answer.location.startswith("/masuk?next=")


@pytest.mark.parametrize("path", ["/_dash-layout", "/_dash-dependencies", "/sempadan/x.json.gz", "/muat-turun/peta"])
def test_nothing_else_is_answered_to_nobody(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in {302, 401}


def test_a_callback_of_nobody_is_told_to_sign_in_and_gets_no_data(client: FlaskClient) -> None:
    body = {
        "output": "..frame-state.children...frame-banner.children..",
        "outputs": [{"id": "frame-state", "property": "children"}, {"id": "frame-banner", "property": "children"}],
        "inputs": [{"id": "frame-location", "property": "pathname", "value": "/"}],
        "changedPropIds": ["frame-location.pathname"],
    }
    answer: dict[str, Any] = client.post(CALLBACKS, json=body).get_json()
    assert answer["response"] == {}
    assert "/masuk" in str(answer["sideUpdate"])


def test_the_right_password_leads_to_the_page_that_was_asked_for(client: FlaskClient) -> None:
    answer = sign_in(client, goal="/kpi%3Fin%3D0803")
    assert (answer.status_code, answer.location) == (303, "/kpi?in=0803")
    assert client.get("/").status_code == 200


def test_a_name_is_known_however_it_is_typed(client: FlaskClient) -> None:
    assert sign_in(client, login=" Pegawai.KINTA ").status_code == 303


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client: FlaskClient) -> None:
    wrong = sign_in(client, password="wrong")
    unknown = sign_in(client, login="nobody.here", password="wrong")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert visible(wrong.get_data(as_text=True)) == visible(unknown.get_data(as_text=True))


def test_the_password_is_never_sent_back(client: FlaskClient) -> None:
    assert "hunter2-and-more" not in sign_in(client, password="hunter2-and-more").get_data(as_text=True)


def test_what_was_typed_as_a_name_comes_back_as_text_only(client: FlaskClient) -> None:
    page = sign_in(client, login='"><script>alert(1)</script>', password="x").get_data(as_text=True)
    assert "<script>alert" not in page


def test_guessing_is_slowed_down_even_for_the_right_password(client: FlaskClient) -> None:
    for _ in range(8):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 429


def test_a_form_of_another_session_is_refused(client: FlaskClient) -> None:
    form_token(client)
    answer = client.post("/masuk", data={"login": OFFICER, "password": DEMO_PASSWORD, "form_token": "made-up"})
    assert answer.status_code == 400
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("goal", ["https://elsewhere.example", "//elsewhere.example", "/%5Celsewhere.example"])
def test_signing_in_never_leads_elsewhere(client: FlaskClient, goal: str) -> None:
    assert sign_in(client, goal=goal).location == "/utama"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookies = sign_in(client).headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("ekasih_sesi="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session


def test_the_cookie_is_for_secure_connections_where_settings_say_so(server: Flask) -> None:
    server.config["SESSION_COOKIE_SECURE"] = True
    client = server.test_client()
    assert "Secure" in client.get("/masuk").headers["Set-Cookie"]


def test_a_session_begun_before_signing_in_is_not_carried_on(client: FlaskClient) -> None:
    token = form_token(client)
    sign_in(client)
    with client.session_transaction() as session:
        assert token not in session.values()


def test_signing_out_ends_the_session(client: FlaskClient) -> None:
    sign_in(client)
    with client.session_transaction() as session:
        session["form"] = "a-token"
    assert client.post("/keluar", data={"form_token": "a-token"}).location == "/masuk"
    assert client.get("/").status_code == 302


def test_another_site_cannot_sign_anyone_out(client: FlaskClient) -> None:
    sign_in(client)
    client.post("/keluar", data={"form_token": "made-up"})
    assert client.get("/").status_code == 200


def test_signing_out_is_no_link(client: FlaskClient) -> None:
    sign_in(client)
    client.get("/keluar")
    assert client.get("/").status_code == 200


def test_a_closed_account_is_out_at_the_next_click(client: FlaskClient, owner: Connection) -> None:
    sign_in(client)
    owner.execute(text("UPDATE ekasih.app_user SET active = false WHERE login = :login"), {"login": OFFICER})
    owner.commit()
    assert client.get("/").status_code == 302


def test_the_session_ends_by_itself(client: FlaskClient, owner: Connection) -> None:
    sign_in(client)
    owner.execute(text("UPDATE ekasih.user_session SET ends_at = ends_at - interval '10 hours'"))
    owner.commit()
    assert client.get("/").status_code == 302


def test_the_demo_accounts_are_named_while_they_exist(client: FlaskClient, owner: Connection) -> None:
    assert OFFICER in client.get("/masuk").get_data(as_text=True)
    owner.execute(text("UPDATE ekasih.app_user SET demo = false"))
    owner.commit()
    assert OFFICER not in client.get("/masuk").get_data(as_text=True)


def test_malay_comes_first_and_english_when_chosen(client: FlaskClient) -> None:
    assert '<html lang="ms"' in client.get("/masuk").get_data(as_text=True)
    answer = client.get("/bahasa/en?next=/masuk")
    assert answer.location == "/masuk"
    assert '<html lang="en"' in client.get("/masuk").get_data(as_text=True)


def test_choosing_a_language_keeps_the_view(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get("/bahasa/en?next=/%3Flevel%3Ddistrict%26in%3D08").location == "/?level=district&in=08"


def test_there_is_no_third_language(client: FlaskClient) -> None:
    answer = client.get("/bahasa/xx")
    assert answer.status_code == 404
    assert "ekasih_bahasa" not in str(answer.headers.getlist("Set-Cookie"))
