"""Every callback and route, asked by every role about its own and a foreign district, tells nothing it should not."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from dash import Input, Output
from sqlalchemy import text

from registry.principals import Role
from tests.leaks.conftest import sees_persons, told
from tests.leaks.endpoints import CALLBACKS, FILES, ROUTES, SENT, Target, request_of, server_callbacks
from tests.leaks.world import FOREIGN, HERE, THERE, Place, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from tests.leaks.conftest import World

ANYONE: list[Role | None] = [None, *Role]
# whom it pays, and what the bank answered of them, an agency knows by name; what it sent itself; that it met a need
# that another meets as well
_OF_AGENCY = {
    f"dashboard.pages.payments.{name}"
    for name in ("making.offer", "one.show", "one.keep", "answers.show", "answers.keep")
} | {
    "dashboard.pages.deliveries.aid.show", "/penghantaran-bantuan/diterima/<int:delivery>/semula.zip",
    "dashboard.pages.double_aid.page.show", "dashboard.pages.double_aid.page.take",
    # who applies to it
    "dashboard.pages.applications.page.show", "dashboard.pages.applications.application.show",
    # what is referred to it
    "dashboard.pages.referrals.page.show", "dashboard.pages.referrals.one.show",
}  # fmt: skip
_HASHES = text("""
    SELECT string_agg(md5(h::text), ' ' ORDER BY h.id) FROM ekasih.household AS h WHERE h.district_code = :district
""")


def target(world: World, place: Place) -> Target:
    with world.owner.connect() as owner:
        return Target(place, numbers_of(owner, place))


def answers(world: World, client: FlaskClient, asked: Target) -> Iterator[tuple[str, str]]:
    """What every endpoint tells somebody about a district: its name, and all that it says."""
    for name, callback in server_callbacks(world.app):
        for given in CALLBACKS[name](asked):
            yield name, told(world.ask(client, request_of(callback, given)))
    for rule, addresses in ROUTES.items():
        for address in addresses(asked):
            yield rule, told(client.get(address))
    for rule, sendings in SENT.items():
        for address, sent in sendings(asked):
            yield rule, told(world.send(client, address, sent))


def foreign_rows(world: World) -> str:
    with world.owner.connect() as owner:
        return str(owner.scalar(_HASHES, {"district": FOREIGN}))


def test_every_endpoint_is_in_the_matrix(whole: World) -> None:
    assert {name for name, _ in server_callbacks(whole.app)} == set(CALLBACKS)
    assert {rule.rule for rule in whole.app.server.url_map.iter_rules()} == set(ROUTES) | set(SENT) | FILES


def test_every_question_of_the_matrix_is_one_that_is_understood(whole: World) -> None:
    client, asked = whole.client(Role.ADMINISTRATOR), target(whole, HERE)
    vain = {
        name
        for name, callback in server_callbacks(whole.app)
        for given in CALLBACKS[name](asked)
        if whole.ask(client, request_of(callback, given)).status_code == HTTPStatus.BAD_REQUEST
    }
    assert vain == set()


@pytest.mark.parametrize("role", ANYONE)
def test_no_endpoint_tells_of_foreign_persons_or_changes_them(whole: World, role: Role | None) -> None:
    client, before = whole.client(role), foreign_rows(whole)
    leaks = [
        (name, mark)
        for name, said in answers(whole, client, target(whole, THERE))
        for mark in THERE.marks
        if mark in said
    ]
    assert leaks == []
    assert foreign_rows(whole) == before


def test_what_is_asked_is_understood_and_told_to_who_may_know(whole: World) -> None:
    failed, telling = set(), set()
    for role in (Role.OFFICER, Role.COORDINATOR, Role.ADMINISTRATOR):
        for name, said in answers(whole, whole.client(role), target(whole, HERE)):
            if "frame-error-unexpected" in said:
                failed.add(name)
            if any(mark in said for mark in HERE.marks):
                telling.add(name.removeprefix("dashboard.pages."))
    assert failed == set()
    assert telling >= {
        "poverty_map.card.open_card", "poverty_map.households.show_points", "households.search.give_rows",
        "households.found_file.take",
        "households.record.show_record", "households.record.show_number", "households.record.show_form",
        "cases.queue.give_rows", "cases.queue_file.take", "cases.case.show_case", "cases.form.give_form",
        "tasks.page.give_rows", "tasks.page.download", "checks.page.check", "cleansing.page.show", "quality.page.show",
        "changes.page.show", "applications.page.show", "applications.application.show",
        "held_aid.page.show", "held_aid.one.show", "double_aid.page.show",
        "meetings.page.show", "meetings.meeting.show", "referrals.page.show", "referrals.one.show",
        "referrals.new.show_form",
        "projects.page.show", "projects.page.show_card", "projects.one.show", "intake.page.show", "intake.one.show",
        "support.page.show", "support.one.show",
    }  # fmt: skip


def test_a_planted_callback_is_found_missing_and_its_leak_is_seen(whole: World) -> None:
    @whole.app.callback(Output("planted", "children"), Input("planted", "n_clicks"))
    def tell_everything(_clicks: int) -> str:
        with whole.owner.connect() as connection:
            return str(connection.scalars(text("SELECT head_name FROM ekasih.household")).all())

    client, given = whole.client(Role.PLANNER), {"planted.n_clicks": 1}
    client.get("/")
    planted = {name: callback for name, callback in server_callbacks(whole.app) if name not in CALLBACKS}
    assert [name.rpartition(".")[2] for name in planted] == ["tell_everything"]
    said = told(whole.ask(client, request_of(next(iter(planted.values())), given)))
    assert any(mark in said for mark in THERE.marks)


@pytest.mark.parametrize("role", [role for role in ANYONE if role is None or not sees_persons(role)])
def test_who_sees_no_persons_is_told_of_none_in_the_own_district_either(whole: World, role: Role | None) -> None:
    said_of = answers(whole, whole.client(role), target(whole, HERE))
    telling = {name for name, said in said_of if any(mark in said for mark in HERE.marks)}
    assert telling - (_OF_AGENCY if role == Role.AGENCY else set()) == set()
