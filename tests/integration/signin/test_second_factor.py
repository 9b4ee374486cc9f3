"""Who sees persons shows a second factor; until then a right password opens nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.limits import DOWNLOADS
from dashboard.signin.session import SignedIn
from registry import db
from registry.accounts.factors import FactorKey, reset_factor, reset_factor_of
from registry.accounts.users import DEMO_PASSWORD, create_user
from registry.errors import InvalidInput
from registry.installation.settings import Settings
from registry.principals import Principal, Role
from tests.integration.signin.person import OFFICER, PASSWORD, Person
from tests.world import add_user

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection, Engine

    from tests.page_client import PageClient


@pytest.fixture
def enrolled(officer: Person) -> Person:
    """The officer with an authenticator, signed out again."""
    officer.gives_password()
    assert officer.enrols().status_code == 200
    officer.leaves()
    return officer


def test_an_officer_sets_an_authenticator_up_at_the_first_sign_in(officer: Person) -> None:
    assert officer.gives_password().location == "/masuk/pengesah"
    assert not officer.is_in()
    page = officer.client.get("/masuk/pengesah").get_data(as_text=True)
    assert "<svg" in page
    assert "<script" not in page
    answer = officer.enrols()
    assert len(set(officer.recovery)) == 10
    assert 'href="/"' in answer.get_data(as_text=True)
    assert officer.is_in()


def test_a_wrong_code_does_not_put_the_authenticator_into_use(officer: Person) -> None:
    officer.gives_password()
    assert officer.sends("/masuk/pengesah", code="000000").status_code == 401
    assert officer.sends("/masuk/pengesah", code="").status_code == 401
    assert not officer.is_in()


def test_the_key_stays_the_same_until_it_is_confirmed(officer: Person) -> None:
    officer.gives_password()
    pages = [officer.client.get("/masuk/pengesah").get_data(as_text=True) for _ in range(2)]
    keys = [re.findall(r'id="rahsia">([^<]+)<', page) for page in pages]
    assert keys[0] == keys[1]


def test_a_sample_account_is_asked_for_no_factor(client: PageClient) -> None:
    person = Person(client, login="pegawai.kinta", password=DEMO_PASSWORD)
    assert person.gives_password().location == "/utama"
    assert person.is_in()


@pytest.mark.parametrize("role", list(Role))
def test_every_role_that_sees_persons_or_takes_files_away_is_asked_for_a_factor(
    client: PageClient, owner: Connection, role: Role
) -> None:
    create_user(owner, login="seorang", name="S", role=role, territory=("0803",), password=PASSWORD)
    owner.execute(text("UPDATE ekasih.app_user SET must_change = false"))
    owner.commit()
    person = Person(client, login="seorang")
    assert person.gives_password().location == "/masuk/pengesah"
    assert not person.is_in()


def test_others_are_asked_for_a_factor_where_the_setting_says_so(client: PageClient, owner: Connection) -> None:
    create_user(owner, login="perancang", name="P", role="planner", password=PASSWORD)
    owner.execute(text("UPDATE ekasih.app_user SET must_change = false"))
    owner.execute(text("DELETE FROM ekasih.role_permission WHERE role = 'planner'"))
    owner.commit()
    person = Person(client, login="perancang")
    assert person.gives_password().location == "/"
    person.leaves()
    owner.execute(text("UPDATE ekasih.setting SET value = '1' WHERE key = 'sign_in.factor_for_everyone'"))
    owner.commit()
    assert person.gives_password().location == "/masuk/pengesah"


def test_whatever_gives_a_file_needs_a_permission_that_asks_for_a_factor(web: Engine, owner: Connection) -> None:
    app = create_app(Deps(Settings(given_secret_key="only for tests"), web, SignedIn(web)))
    functions = [*app.server.view_functions.values(), *(each.get("callback") for each in app.callback_map.values())]
    files = {
        f"{function.__module__}.{function.__name__}": function.required_permission
        for function in map(unwrapped, functions)
        if getattr(function, "limited_as", None) == DOWNLOADS
    }
    assert {"dashboard.downloads.map_file", "dashboard.pages.audit.page.export"} <= set(files)
    asks = text("SELECT ekasih.asks_for_factor('planner')")
    for name, permission in files.items():
        owner.execute(text("DELETE FROM ekasih.role_permission"))
        assert not owner.scalar(asks)
        owner.execute(text("INSERT INTO ekasih.role_permission VALUES ('planner', :name)"), {"name": permission})
        assert owner.scalar(asks), name


def unwrapped(function: Any) -> Any:
    """A callback or route as its module guards it, without what Dash puts around it."""
    while not hasattr(function, "required_permission") and hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function


def test_the_code_opens_the_page_that_was_asked_for(enrolled: Person) -> None:
    assert enrolled.gives_password("/masuk?next=/kpi%3Fin%3D0803").location == "/masuk/kod?next=%2Fkpi%3Fin%3D0803"
    answer = enrolled.sends("/masuk/kod?next=%2Fkpi%3Fin%3D0803", code=enrolled.code(steps=1))
    assert (answer.status_code, answer.location) == (303, "/kpi?in=0803")
    assert enrolled.is_in()


def test_a_code_opens_once(enrolled: Person) -> None:
    code = enrolled.code(steps=1)
    enrolled.gives_password()
    assert enrolled.sends("/masuk/kod", code=code).status_code == 303
    enrolled.leaves()
    enrolled.gives_password()
    assert enrolled.sends("/masuk/kod", code=code).status_code == 401
    assert not enrolled.is_in()


def test_the_code_of_the_enrolment_opens_nothing_more(officer: Person) -> None:
    officer.gives_password()
    officer.enrols()
    officer.leaves()
    officer.gives_password()
    assert officer.sends("/masuk/kod", code=officer.code()).status_code in {303, 401}
    assert officer.sends("/masuk/kod", code=officer.code(steps=-1)).status_code in {302, 303, 401}


def test_a_recovery_code_opens_once_however_it_is_typed(enrolled: Person) -> None:
    enrolled.gives_password()
    typed = f" {enrolled.recovery[0].upper().replace('-', ' ')} "
    assert enrolled.sends("/masuk/kod", code=typed).status_code == 303
    enrolled.leaves()
    enrolled.gives_password()
    assert enrolled.sends("/masuk/kod", code=enrolled.recovery[0]).status_code == 401
    assert enrolled.sends("/masuk/kod", code=enrolled.recovery[1]).status_code == 303


def test_wrong_codes_are_counted_whatever_address_they_come_from(enrolled: Person) -> None:
    enrolled.gives_password()
    for number in range(10):
        enrolled.client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
        assert enrolled.sends("/masuk/kod", code="000000").status_code == 401
    enrolled.client.environ_base["REMOTE_ADDR"] = "10.0.0.99"
    assert enrolled.sends("/masuk/kod", code=enrolled.code(steps=1)).status_code == 429
    assert not enrolled.is_in()


def test_the_right_password_does_not_forget_wrong_codes(enrolled: Person) -> None:
    for _ in range(8):
        enrolled.gives_password()
        enrolled.sends("/masuk/kod", code="000000")
    assert enrolled.gives_password().status_code == 429


def test_a_half_sign_in_opens_nothing(officer: Person, server: Flask) -> None:
    officer.gives_password()
    shared = {"/masuk", "/keluar", "/sihat", "/masuk/kod", "/masuk/pengesah", "/kata-laluan", "/_favicon.ico"}
    for rule in server.url_map.iter_rules():
        open_to_all = rule.rule in shared or rule.rule.startswith(("/assets", "/_dash-component-suites", "/bahasa"))
        if open_to_all:
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        for method in {"GET", "POST"} & (rule.methods or set()):
            if path == "/_dash-update-component":
                continue
            answer = officer.client.open(path, method=method)
            assert answer.status_code in {302, 401}, (method, path)
            assert method == "POST" or answer.status_code == 401 or "/masuk" in answer.location
    assert officer.client.get("/kata-laluan").location == "/masuk/pengesah"
    assert officer.client.get("/masuk/kod").location == "/masuk/pengesah"


def test_a_callback_of_a_half_sign_in_gets_no_data(officer: Person) -> None:
    officer.gives_password()
    body = {
        "output": "..frame-state.children...frame-banner.children..",
        "outputs": [{"id": "frame-state", "property": "children"}, {"id": "frame-banner", "property": "children"}],
        "inputs": [{"id": "frame-location", "property": "pathname", "value": "/"}],
        "changedPropIds": ["frame-location.pathname"],
    }
    answer = officer.client.post("/_dash-update-component", json=body).get_json()
    assert answer["response"] == {}


def test_a_half_sign_in_ends_after_five_minutes(enrolled: Person, owner: Connection) -> None:
    enrolled.gives_password()
    owner.execute(text("UPDATE ekasih.half_sign_in SET begun_at = now() - interval '301 seconds'"))
    owner.commit()
    answer = enrolled.client.get("/masuk/kod")
    assert answer.location.startswith("/masuk?tamat=1")
    assert enrolled.client.get(answer.location).status_code == 401


def test_a_half_sign_in_ends_with_the_account_as_it_was(enrolled: Person, owner: Connection) -> None:
    enrolled.gives_password()
    owner.execute(text("UPDATE ekasih.app_user SET role = 'coordinator' WHERE login = :login"), {"login": OFFICER})
    owner.commit()
    assert enrolled.sends("/masuk/kod", code=enrolled.code(steps=1)).location.startswith("/masuk?tamat=1")


def test_a_form_of_another_session_is_refused(enrolled: Person) -> None:
    enrolled.gives_password()
    answer = enrolled.client.post("/masuk/kod", data={"code": enrolled.code(steps=1), "form_token": "made-up"})
    assert answer.status_code == 400
    assert not enrolled.is_in()


def test_neither_secret_nor_recovery_codes_can_be_read_in_the_database(enrolled: Person, owner: Connection) -> None:
    kept = bytes(owner.scalar(text("SELECT secret FROM ekasih.second_factor")) or b"")
    user = owner.scalar(text("SELECT id FROM ekasih.app_user WHERE login = :login"), {"login": OFFICER})
    assert enrolled.secret.encode() not in kept
    assert FactorKey("another key").opened(user, kept) is None
    hashes = [bytes(one) for one in owner.scalars(text("SELECT code_hash FROM ekasih.recovery_code"))]
    assert len(hashes) == 10
    assert all(len(one) == 32 for one in hashes)


@pytest.mark.parametrize(
    "table",
    [
        "second_factor", "recovery_code", "dear_request", "user_session", "half_sign_in", "known_browser",
        "sign_in_refusal",
    ],
)  # fmt: skip
def test_the_pages_cannot_read_the_tables(web: Engine, table: str) -> None:
    with web.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text(f"SELECT * FROM ekasih.{table}"))


def test_an_administrator_takes_a_lost_factor_away_and_it_is_logged(
    enrolled: Person, owner: Connection, web: Engine
) -> None:
    enrolled.gives_password()
    enrolled.sends("/masuk/kod", code=enrolled.code(steps=1))
    officer_id = owner.scalar(text("SELECT id FROM ekasih.app_user WHERE login = :login"), {"login": OFFICER})
    number = add_user(owner, "ujian.pentadbir", role="administrator")
    owner.commit()
    administrator = Principal(user_id=number, login="ujian.pentadbir", name="U", role=Role.ADMINISTRATOR)
    with db.writing(web, administrator) as session:
        assert reset_factor(session, int(officer_id or 0))
    with pytest.raises(InvalidInput) as refusal, db.writing(web, administrator) as session:
        reset_factor(session, number)
    assert refusal.value.problems == {"account": "own_account"}
    with pytest.raises(DBAPIError, match="own_account"), db.writing(web, administrator) as session:
        session.execute(text("SELECT ekasih.reset_factor(:user)"), {"user": number})
    assert not enrolled.is_in()
    entry = owner.execute(text("SELECT actor, subject_id FROM ekasih.audit_log WHERE action = 'reset_factor'")).one()
    assert entry == ("ujian.pentadbir", officer_id)
    enrolled.leaves()
    assert enrolled.gives_password().location == "/masuk/pengesah"


def test_nobody_else_takes_a_factor_away(enrolled: Person, owner: Connection, web: Engine) -> None:
    assert enrolled.secret
    number = add_user(owner, "ujian.pegawai", role="officer")
    owner.commit()
    other = Principal(user_id=number, login="ujian.pegawai", name="U", role=Role.OFFICER)
    with pytest.raises(ProgrammingError, match="may not administer"), db.writing(web, other) as session:
        reset_factor(session, 1)


def test_who_owns_the_register_takes_a_factor_away_by_login(enrolled: Person, owner: Connection) -> None:
    assert enrolled.secret
    assert reset_factor_of(owner, f" {OFFICER.upper()} ")
    assert not reset_factor_of(owner, OFFICER)
