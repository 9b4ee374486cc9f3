"""What a program of an agency asks tells it nothing of another agency's, nor of persons beyond what is its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from api.deps import ApiDeps
from api.factory import ROOT, create_api
from api.guards import EVERYBODY
from registry import db
from registry.accounts.sessions import new_token, token_hash
from registry.api_keys.administration import SCOPES
from registry.installation.settings import Settings
from registry.principals import Principal, Role
from tests.leaks.endpoints import Target
from tests.leaks.hostile import BODIES
from tests.leaks.test_hostile_routes import handed_over, hostile_to
from tests.leaks.world import FOREIGN, HERE, THERE, Place, numbers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from apiflask import APIFlask
    from werkzeug.test import TestResponse

    from tests.leaks.conftest import World

Asked = list[tuple[str, str, Any]]
_LINE = {"jenis_baris": "bayar", "kod_jenis": "A", "tarikh": "2026-06-10", "amaun": "100.00"}
# what to ask of each address about a district: method, path, body
ENDPOINTS: dict[str, Callable[[Target], Asked]] = {
    "/programmes": lambda _: [("GET", "/programmes", None)],
    "/aid-lines": lambda t: [
        ("POST", "/aid-lines", {"baris": [{**_LINE, "no_rujukan": f"L{t.place.district}", "no_kp": t.place.id_no,
                                           "nama": t.place.name, "kod_program": f"PA{t.place.district}"}]})],
    "/aid-deliveries/<number>": lambda t: [("GET", f"/aid-deliveries/{t.place.name}", None)],
    "/aid-lines/<path:reference>": lambda t: [
        ("GET", f"/aid-lines/{t.place.name}{n}", None) for n in ("", "1", "2")],
    "/needs-met": lambda t: [
        ("POST", "/needs-met", {"no_kp": t.place.id_no, "keperluan": "MAKANAN", "tarikh": "2020-01-01",
                                "tujuan": "Semakan bagi ujian"})],
    "/target-groups": lambda _: [("GET", "/target-groups", None)],
    "/target-groups/<int:group>/households": lambda t: [("GET", f"/target-groups/{t.target}/households", None)],
    "/applications": lambda _: [("GET", "/applications", None)],
    "/applications/<number>": lambda t: [("GET", f"/applications/{t.application_no}", None)],
    "/applications/<number>/steps": lambda t: [
        ("POST", f"/applications/{t.application_no}/steps", {"action": action, "version": 1, "reason": "x",
                                                            "code": "sokong"}) for action in ("semak", "batal")],
}  # fmt: skip
OPEN = {"/oauth/token", "/oauth/revoke", "/openapi.json", "/dokumen", "/dokumen.css"}
# of another agency's these are not there
_ONE = {"/aid-deliveries/<number>", "/target-groups/<int:group>/households", "/applications/<number>",
        "/applications/<number>/steps"}  # fmt: skip


@dataclass(frozen=True)
class Program:
    """A program of the agency that works in the own district, with every scope."""

    world: World
    app: APIFlask
    token: str

    def ask(self, method: str, path: str, body: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": "leak"}
        given = {} if body is None else {"json": body}
        return self.app.test_client().open(f"{ROOT}{path}", method=method, headers=headers, **given)

    def target(self, place: Place) -> Target:
        with self.world.owner.connect() as owner:
            return Target(place, numbers_of(owner, place))


def program_of(world: World, home: Any) -> Program:
    token = new_token()
    keeper = Principal(world.users[Role.ADMINISTRATOR], "", "", Role.ADMINISTRATOR)
    with world.owner.begin() as owner:
        owner.execute(text("UPDATE ekasih.app_user SET territory = '{}' WHERE id = :id"), {"id": keeper.user_id})
    with db.writing(world.engine, keeper) as session:
        session.execute(
            text("""
                SELECT ekasih.issue_api_key('ek-leak', 'Sistem', (SELECT id FROM ekasih.agency WHERE code = 'A0803'),
                    NULL, CAST(:scopes AS text[]), current_date + 9, CAST('x' AS bytea), 'x')
            """),
            {"scopes": list(SCOPES)},
        )
    with world.owner.begin() as owner:
        owner.execute(
            text("SELECT ekasih.keep_api_token((SELECT max(id) FROM ekasih.api_secret), :hash, :scopes, 3600)"),
            {"hash": token_hash(token), "scopes": list(SCOPES)},
        )
    app = create_api(ApiDeps(Settings(home=home, given_secret_key="only for tests"), world.engine))
    return Program(world, app, token)


@pytest.fixture
def program(whole: World, tmp_path: Any) -> Program:
    return program_of(whole, tmp_path)


def test_every_address_states_a_scope_and_is_in_the_matrix(program: Program) -> None:
    rules = {rule.rule.removeprefix(ROOT): rule.endpoint for rule in program.app.url_map.iter_rules()}
    assert set(rules) == set(ENDPOINTS) | OPEN
    stated = {rule: getattr(program.app.view_functions[name], "required_scope", None) for rule, name in rules.items()}
    assert {rule: stated[rule] for rule in ENDPOINTS if stated[rule] not in SCOPES} == {}
    assert stated["/oauth/token"] == stated["/oauth/revoke"] == EVERYBODY


def test_nothing_of_another_agency_s_is_told_or_changed(program: Program) -> None:
    hashed = text("SELECT string_agg(md5(h::text), ' ' ORDER BY h.id) FROM ekasih.household AS h"
                  " WHERE h.district_code = :district")  # fmt: skip
    with program.world.owner.connect() as owner:
        before = owner.scalar(hashed, {"district": FOREIGN})
    asked = program.target(THERE)
    leaks, found = [], set()
    for rule, asks in ENDPOINTS.items():
        for one in asks(asked):
            answer = program.ask(*one)
            assert answer.status_code < 500, (rule, answer.get_data(as_text=True))
            said = answer.get_data(as_text=True)
            leaks += [(rule, mark) for mark in THERE.marks if mark in said and rule != "/aid-lines"]
            if rule in _ONE and answer.status_code != 404:
                found.add((rule, answer.status_code))
    assert leaks == []
    assert found == set()
    with program.world.owner.connect() as owner:
        assert owner.scalar(hashed, {"district": FOREIGN}) == before


def test_another_agency_s_rows_make_no_difference_to_any_answer(
    program: Program, own_alone: World, tmp_path: Any
) -> None:
    alone = program_of(own_alone, tmp_path)
    different = {}
    for rule, asks in ENDPOINTS.items():
        if rule in {"/aid-lines", "/needs-met"}:
            continue  # they answer about whom the register knows: a line to whom, a need of whom
        for one in asks(program.target(HERE)):
            both, one_alone = (json.dumps(each.ask(*one).get_json(), sort_keys=True) for each in (program, alone))
            if _plain(both) != _plain(one_alone):
                different[rule] = (both, one_alone)
    assert different == {}


def test_its_own_is_told(program: Program) -> None:
    telling = {
        rule for rule, asks in ENDPOINTS.items() for one in asks(program.target(HERE))
        if HERE.name.upper() in program.ask(*one).get_data(as_text=True).upper()
    }  # fmt: skip
    assert telling >= {"/aid-deliveries/<number>", "/aid-lines/<path:reference>", "/applications/<number>"}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer " + "x" * 43}, {"Authorization": "Basic eDp5"}])
def test_without_a_token_nothing_is_told(program: Program, headers: dict[str, str]) -> None:
    client = program.app.test_client()
    statuses = {
        client.open(f"{ROOT}{path}", method=method, headers=headers, json=body).status_code
        for asks in ENDPOINTS.values() for method, path, body in asks(program.target(HERE))
    }  # fmt: skip
    assert statuses == {401}


def test_a_session_of_the_pages_opens_nothing_here_and_a_token_no_page(program: Program) -> None:
    pages = program.world.client(Role.AGENCY)
    assert pages.get("/semakan").status_code == 200
    cookie = pages.get_cookie("ekasih_sesi")
    assert cookie is not None
    client = program.app.test_client()
    client.set_cookie("ekasih_sesi", cookie.value)
    answer = client.get(f"{ROOT}/programmes")
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (401, None)
    stranger = program.world.client(None)
    bearer = {"Authorization": f"Bearer {program.token}"}
    assert stranger.get("/semakan", headers=bearer).status_code == 302
    assert stranger.post("/_dash-update-component", json={}, headers=bearer).status_code in {400, 401, 403}


def _plain(said: str) -> str:
    """An answer without the moment it was given at."""
    told = json.loads(said)
    if isinstance(told, dict):
        told.get("mark", {}).pop("taken_at", None)
    return json.dumps(told, sort_keys=True)


def test_no_hostile_request_makes_an_address_fail(program: Program) -> None:
    with program.world.owner.begin() as owner:
        owner.execute(text("UPDATE ekasih.setting SET value = '10000' WHERE key = 'api.per_minute'"))
    found = []
    for rule in program.app.url_map.iter_rules():
        for request in hostile_to(rule):
            environ = handed_over(request)
            environ.setdefault("HTTP_AUTHORIZATION", f"Bearer {program.token}")
            body, status, headers = run_wsgi_app(program.app, environ, buffered=True)
            answer = Response(list(body), status, headers)
            if answer.status_code >= 500 or (answer.status_code >= 400 and "json" not in (answer.mimetype or "")):
                found.append((answer.status_code, answer.mimetype, str(request)[:400]))
    assert found == []


def test_a_hostile_body_is_refused_as_a_problem(program: Program) -> None:
    headers = {"Authorization": f"Bearer {program.token}", "Idempotency-Key": "leak"}
    step = f"/applications/{program.target(HERE).application_no}/steps"
    client, found = program.app.test_client(), []
    for path in ("/aid-lines", "/needs-met", step):
        for body in BODIES:
            answer = client.post(f"{ROOT}{path}", data=body, content_type="application/json", headers=headers)
            refused = answer.status_code in {400, 413, 422} and answer.mimetype == "application/problem+json"
            if not refused or not answer.get_json()["detail"]:
                found.append((path, body[:40], answer.status_code))
    assert found == []
