"""The address in a card's code: sign-in first, then whether it is valid, and the record only for who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.accounts.users import DEMO_PASSWORD
from registry.cards.cards import token_hash
from tests.world import add_household

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy import Connection

TOKEN = "A" * 22
_CARD = """
    WITH asked AS (
        INSERT INTO card_request (requested_by, agency, purpose, state_code, file_numbers, state)
        SELECT id, 'Jabatan', 'Tujuan', '08', '{A}', 'issued' FROM app_user WHERE login = 'agensi' RETURNING id)
    INSERT INTO card (request_id, household_id, district_code, valid_until, issued_by, token_hash)
    SELECT asked.id, :home, '0803', current_date + 730, u.id, :hash
    FROM asked CROSS JOIN app_user AS u WHERE u.login = 'ppn.perak'
"""


@pytest.fixture
def household(owner: Connection) -> int:
    home = add_household(owner, "A", name="Keluarga Rahsia")
    owner.execute(text(_CARD), {"home": home, "hash": token_hash(TOKEN)})
    owner.commit()
    return home


def signed_in(client: FlaskClient, login: str) -> None:
    page = client.get("/masuk").text
    token = page.split('name="form_token" value="')[1].split('"')[0]
    client.post("/masuk", data={"login": login, "password": DEMO_PASSWORD, "form_token": token})


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client: FlaskClient, household: int) -> None:
    answer = client.get(f"/k/{TOKEN}")
    assert (answer.status_code, answer.location) == (302, f"/masuk?next=/k/{TOKEN}")


def test_who_may_see_the_household_is_led_to_its_record(client: FlaskClient, household: int) -> None:
    signed_in(client, "pegawai.kinta")
    answer = client.get(f"/k/{TOKEN}")
    assert f'href="/isi-rumah/{household}"' in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_others_learn_whether_it_is_valid_and_whose_office_holds_it(client: FlaskClient, household: int) -> None:
    signed_in(client, "agensi")
    page = client.get(f"/k/{TOKEN}").text
    assert "Kad ini sah" in page
    assert "Kinta" in page
    assert "/isi-rumah/" not in page
    assert "Keluarga Rahsia" not in page


def test_a_code_that_no_card_carries_is_not_valid(client: FlaskClient, household: int) -> None:
    signed_in(client, "agensi")
    for token in ("B" * 22, "x", "'; DROP TABLE card"):
        page = client.get(f"/k/{token}").text
        assert "Kad ini tidak sah" in page
        assert "Kinta" not in page
