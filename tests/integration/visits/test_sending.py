"""What a device may send, and who is shown a photograph, through the routes of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from dashboard.forgery import HEADER
from tests.devices import SignedInDevice
from tests.integration.frame.conftest import client, database, server
from tests.integration.visits.conftest import photograph
from tests.world import add_household

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Connection
    from werkzeug.test import TestResponse

__all__ = ["client", "database", "server"]

OFFICER, ENUMERATOR, COORDINATOR, PLANNER = "pegawai.kinta", "pembanci.kinta", "penyelaras.kinta", "menteri"
_CASE = text("""
    INSERT INTO ekasih.case_file (channel, district_code, head_name, created_by)
    SELECT 'officer', :district, 'Ali bin Abu', u.id FROM ekasih.app_user AS u WHERE u.login = 'pentadbir'
    RETURNING id
""")
_STEP = text("""
    INSERT INTO ekasih.case_step (case_id, action, assigned_to)
    SELECT :case_id, :action, (SELECT id FROM ekasih.app_user WHERE login = :officer)
""")
_REGISTERED = text("UPDATE ekasih.case_file SET household_id = :household WHERE id = :id")
_MOVED_AWAY = text("UPDATE ekasih.app_user SET territory = ARRAY['0805'] WHERE login = :login")


class Device(SignedInDevice):
    """A device with what it kept of visits to households."""

    def visit(self, case_id: int, **changes: Any) -> TestResponse:
        form = {"findings": {"harta": {"agrees": "yes", "note": ""}}, "recommendation": "approve", "reason": "Layak"}
        sent = {"user": self.user, "key": str(uuid4()), "version": 3, "form": form} | changes
        return self.browser.post(f"/lawatan/{case_id}/hantar", json=sent, headers=self.headers)

    def photo(self, visit_id: int, content: bytes, *, key: str | None = None) -> TestResponse:
        address = f"/lawatan/{visit_id}/foto?kunci={key or uuid4()}"
        return self.browser.post(address, data=content, content_type="image/jpeg", headers=self.headers)


def a_case(owner: Connection, *, officer: str = ENUMERATOR, district: str = "0803") -> int:
    case_id = owner.execute(_CASE, {"district": district}).scalar_one()
    owner.execute(_STEP, {"case_id": case_id, "action": "submit", "officer": None})
    owner.execute(_STEP, {"case_id": case_id, "action": "assign", "officer": officer})
    owner.commit()
    return int(case_id)


@pytest.fixture
def device(client: FlaskClient, owner: Connection) -> Device:
    """The enumerator of Kinta."""
    return Device(client, ENUMERATOR, owner)


def test_a_visit_and_its_photograph_are_taken_once(device: Device, owner: Connection, tmp_path: Path) -> None:
    case_id, key, photo_key = a_case(owner), str(uuid4()), str(uuid4())
    visits = {device.visit(case_id, key=key).get_json()["visit"] for _ in range(2)}
    photos = {device.photo(*visits, photograph(), key=photo_key).get_json()["photo"] for _ in range(2)}
    assert (len(visits), len(photos)) == (1, 1)
    counts = owner.execute(
        text("SELECT (SELECT count(*) FROM ekasih.visit), (SELECT count(*) FROM ekasih.visit_photo)")
    )
    assert tuple(counts.one()) == (1, 1)
    assert len(list((tmp_path / "photos").rglob("*.jpg"))) == 1


def test_a_photograph_is_shown_to_who_sees_the_case_and_to_nobody_else(
    device: Device, server: Flask, owner: Connection
) -> None:
    visit = device.visit(a_case(owner)).get_json()["visit"]
    address = f"/foto/{device.photo(visit, photograph()).get_json()['photo']}"
    owner.execute(_MOVED_AWAY, {"login": "ppkb.batugajah"})
    owner.commit()
    answered = {}
    for login in (OFFICER, COORDINATOR, "ppn.perak", "ppkb.batugajah", PLANNER, "agensi", "juruaudit"):
        answered[login] = Device(server.test_client(), login, owner).browser.get(address).status_code
    assert answered == {
        OFFICER: 200, COORDINATOR: 200, "ppn.perak": 200, "ppkb.batugajah": 404, PLANNER: 403, "agensi": 403,
        "juruaudit": 403,
    }  # fmt: skip
    assert server.test_client().get(address).status_code == 302


def test_a_photograph_is_not_kept_by_the_browser_and_runs_nothing(device: Device, owner: Connection) -> None:
    visit = device.visit(a_case(owner)).get_json()["visit"]
    photo = device.photo(visit, photograph()).get_json()["photo"]
    answer = device.browser.get(f"/foto/{photo}")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert device.browser.get("/foto/999").status_code == 404
    assert device.browser.get(f"/foto/{10**30}").status_code == 404


def test_a_photograph_whose_file_is_gone_is_not_found(device: Device, owner: Connection, tmp_path: Path) -> None:
    visit = device.visit(a_case(owner)).get_json()["visit"]
    photo = device.photo(visit, photograph()).get_json()["photo"]
    for path in (tmp_path / "photos").rglob("*.jpg"):
        path.unlink()
    assert device.browser.get(f"/foto/{photo}").status_code == 404


def test_ten_megabytes_are_taken_and_more_are_refused_in_words(device: Device, owner: Connection) -> None:
    visit = device.visit(a_case(owner)).get_json()["visit"]
    picture = photograph(size=(800, 600))
    padded = picture + bytes(9 * 1024 * 1024 - len(picture))
    assert device.photo(visit, padded).status_code == 200
    refused = device.photo(visit, bytes(10 * 1024 * 1024 + 1))
    assert refused.status_code == 413
    assert "10 MB" in refused.get_json()["refused"]
    torn = device.photo(visit, b"no picture")
    assert torn.status_code == 422
    assert "JPEG" in torn.get_json()["refused"]


def test_a_request_that_no_page_of_this_session_made_is_refused(device: Device, owner: Connection) -> None:
    case_id = a_case(owner)
    device.headers = {HEADER: "of another session"}
    assert device.visit(case_id).status_code == 403
    assert device.photo(1, photograph()).status_code == 403
    assert owner.scalar(text("SELECT count(*) FROM ekasih.visit")) == 0


def test_what_another_user_left_on_the_device_is_not_sent_in_this_ones_name(device: Device, owner: Connection) -> None:
    assert device.visit(a_case(owner), user=device.user + 1).status_code == 403
    assert owner.scalar(text("SELECT count(*) FROM ekasih.visit")) == 0


def test_who_does_not_visit_sends_nothing(server: Flask, owner: Connection) -> None:
    case_id = a_case(owner)
    for login in (COORDINATOR, PLANNER):
        assert Device(server.test_client(), login, owner).visit(case_id).status_code == 403


def test_a_case_that_moved_answers_with_what_it_is_now(device: Device, owner: Connection) -> None:
    case_id = a_case(owner)
    answer = device.visit(case_id, version=2)
    now = answer.get_json()["conflict"]
    assert (answer.status_code, now["version"], now["open"]) == (409, 3, True)


def test_a_case_of_another_officer_or_area_is_not_visited(device: Device, owner: Connection) -> None:
    of_another = device.visit(a_case(owner, officer=OFFICER))
    assert (of_another.status_code, of_another.get_json()["conflict"]["open"]) == (409, False)
    elsewhere = device.visit(a_case(owner, officer="pentadbir", district="0805"))
    assert elsewhere.status_code == 400
    assert "Ali" not in elsewhere.get_data(as_text=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"form": None},
        {"form": []},
        {"key": "1"},
        {"key": None},
        {"version": "3"},
        {"version": None},
    ],
    ids=str,
)
def test_what_is_no_visit_is_refused(device: Device, owner: Connection, changes: dict[str, Any]) -> None:
    assert device.visit(a_case(owner), **changes).status_code == 400


def test_what_is_wrong_is_said_field_by_field(device: Device, owner: Connection) -> None:
    form = {
        "findings": {"harta": {"agrees": "no", "note": " "}, "lokasi": "x", "cuaca": {"agrees": "no"}},
        "latitude": "4.5", "longitude": "", "visited_at": "yesterday",
    }  # fmt: skip
    answer = device.visit(a_case(owner), form=form, visited_at="yesterday")
    assert answer.status_code == 422
    assert set(answer.get_json()["problems"]) == {"recommendation", "reason", "harta", "longitude", "accuracy"}


def test_a_visit_with_differences_that_is_sent_twice_asks_once(device: Device, owner: Connection) -> None:
    case_id = a_case(owner)
    household = add_household(owner, "Z1", name="Rekod Berdaftar")
    owner.execute(_REGISTERED, {"household": household, "id": case_id})
    owner.commit()
    form = {"findings": {}, "changes": {".vehicle": "Kereta"}, "recommendation": "approve", "reason": "Layak"}
    sent = {"form": form, "household": 1, "key": str(uuid4())}
    first, again = device.visit(case_id, **sent), device.visit(case_id, **sent)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.get_json()["visit"] == again.get_json()["visit"]
    asked = text("SELECT count(*) FROM ekasih.change_request WHERE household_id = :id")
    assert owner.scalar(asked, {"id": household}) == 1


def test_a_fact_that_is_refused_is_named_as_the_device_names_it(device: Device, owner: Connection) -> None:
    case_id = a_case(owner)
    household = add_household(owner, "Z1", name="Rekod Berdaftar")
    owner.execute(_REGISTERED, {"household": household, "id": case_id})
    owner.commit()
    head = text("SELECT id FROM ekasih.person WHERE household_id = :id AND is_head")
    person = owner.scalar(head, {"id": household})
    changes = {".postcode": "1", f"{person}.employment": "much"}
    form = {"findings": {}, "changes": changes, "recommendation": "approve", "reason": "Layak"}
    answer = device.visit(case_id, form=form, household=1)
    assert answer.status_code == 422
    assert set(answer.get_json()["problems"]) <= {".postcode", f"{person}.employment"}
    assert answer.get_json()["problems"]
