"""A delivery on its way through the pages' own routes: streamed, held to its limit, refused where it is forged."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.forgery import COOKIE, HEADER
from dashboard.signin import session
from dashboard.signin.session import SignedIn
from registry.deliveries import uploads
from registry.installation.settings import Settings
from tests.world import open_for

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from registry.principals import Principal
    from tests.integration.deliveries.conftest import Office

ROUTE = "/penghantaran/muat-naik?nama=contoh.zip"
TOKEN = "of the test"


@pytest.fixture
def server(office: Office) -> Flask:
    settings = Settings(home=office.home, given_secret_key="only for tests")
    return create_app(Deps(settings, office.web, SignedIn(office.web))).server


def browser_of(server: Flask, office: Office, who: Principal) -> FlaskClient:
    client = server.test_client()
    with client.session_transaction() as kept:
        kept[session.TOKEN] = open_for(office.owner, who.user_id)
        kept[session.FORM_TOKEN] = TOKEN
    return client


def test_a_delivery_is_streamed_to_disk_and_its_number_told(server: Flask, office: Office, small: bytes) -> None:
    client = browser_of(server, office, office.perak)
    answer = client.post(ROUTE, data=small, content_type="application/octet-stream", headers={HEADER: TOKEN})
    assert answer.status_code == 200
    kept = list((office.home / uploads.FOLDER).iterdir())
    assert [path.read_bytes() for path in kept] == [small]
    assert isinstance(answer.json["upload"], int)  # type: ignore[index]


@pytest.mark.parametrize("token", [None, "of another session"])
def test_what_does_not_come_from_our_pages_is_refused_unread(
    server: Flask, office: Office, small: bytes, token: str | None
) -> None:
    client = browser_of(server, office, office.perak)
    client.forging = True  # type: ignore[attr-defined]
    assert client.get_cookie(COOKIE) is None
    headers = {} if token is None else {HEADER: token}
    answer = client.post(ROUTE, data=small, content_type="application/octet-stream", headers=headers)
    assert answer.status_code == 403
    assert not (office.home / uploads.FOLDER).exists()


def test_who_may_not_import_is_refused(server: Flask, office: Office, small: bytes) -> None:
    client = browser_of(server, office, office.officer)
    answer = client.post(ROUTE, data=small, content_type="application/octet-stream", headers={HEADER: TOKEN})
    assert answer.status_code == 403
    assert not (office.home / uploads.FOLDER).exists()


def test_a_body_longer_than_may_be_is_refused_by_its_head(server: Flask, office: Office) -> None:
    client = browser_of(server, office, office.perak)
    answer = client.post(
        ROUTE,
        input_stream=io.BytesIO(),
        content_length=uploads.LARGEST + 1,
        content_type="application/octet-stream",
        headers={HEADER: TOKEN},
    )
    assert answer.status_code in {413, 422}
    assert list(office.home.glob("deliveries/*")) == []


def test_a_refusal_is_told_in_words(server: Flask, office: Office) -> None:
    client = browser_of(server, office, office.perak)
    answer = client.post(ROUTE, data=b"%PDF", content_type="application/octet-stream", headers={HEADER: TOKEN})
    assert answer.status_code == 422
    assert ".xlsx" in answer.json["refused"]  # type: ignore[index]


def test_rejected_rows_are_given_to_who_sent_them_alone_after_a_trial_and_after_the_import(
    server: Flask, office: Office, small: bytes
) -> None:
    upload = office.send(small)
    address = f"/penghantaran/{upload}/ditolak.zip"
    own, others = browser_of(server, office, office.perak), browser_of(server, office, office.selangor)
    assert own.get(address).status_code == 404
    for what in ("trial", "import"):
        office.carry_out(upload, what)
        answer = own.get(address)
        assert answer.status_code == 200
        with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
            assert "B1" in archive.read("isirumah.csv").decode()
            assert "A1" not in archive.read("isirumah.csv").decode()
        assert others.get(address).status_code == 404
    assert browser_of(server, office, office.officer).get(address).status_code == 403
