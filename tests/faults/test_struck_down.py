"""Web server and database killed under people at work: pages and commands say so, and work goes on afterwards."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from registry.cases.cases import OpenCase, TakeStep, open_case, take_step
from registry.db import WEB_ROLE, make_engine, writing
from registry.principals import Principal, Role
from tests.faults.installation import Person, installed
from tests.integration.cases.forms import form
from tests.integration.deliveries.deliveries import Delivery
from tests.leaks.endpoints import pressed, request_of, server_callbacks
from tests.world import add_household
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.installation import Installation

WORDS = words_of("ms")
COORDINATOR = "penyelaras.kinta"
# all that a change may touch, in one line: what is half done would differ
_STATE = """
    SELECT md5(concat(
        (SELECT string_agg(h::text, '' ORDER BY h.id) FROM ekasih.household AS h),
        (SELECT string_agg(p::text, '' ORDER BY p.id) FROM ekasih.person AS p),
        (SELECT string_agg(d::text, '' ORDER BY d.id) FROM ekasih.status_decision AS d),
        (SELECT string_agg(c::text, '' ORDER BY c.id) FROM ekasih.case_file AS c),
        (SELECT string_agg(d::text, '' ORDER BY d.id) FROM ekasih.duplicate_candidate AS d),
        (SELECT count(*) FROM ekasih.delivery WHERE state = 'done'),
        (SELECT count(*) FROM ekasih.audit_log)))
"""


class Work(NamedTuple):
    """A change as a callback takes it, and how to know that it was made."""

    callback: str
    given: dict[str, Any]
    made: str


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """An installation with the sample accounts and no household."""
    with installed() as made:
        yield made


@pytest.fixture(scope="module")
def body(installation: Installation) -> Callable[[Work], bytes]:
    """What the browser would send."""
    engine = make_engine(installation.settings.web_url.render_as_string(hide_password=False))
    app = create_app(Deps(installation.settings, engine, lambda: None))
    app.server.test_client().get("/sihat")
    known = dict(server_callbacks(app))
    return lambda work: json.dumps(request_of(known[work.callback], work.given)).encode()


@pytest.fixture
def person(installation: Installation) -> Iterator[Person]:
    """The coordinator of Kinta at a browser."""
    installation.serve()
    yield Person(installation, COORDINATOR)
    installation.strike_web()


def merge(installation: Installation) -> Work:
    """Two records that wait to be merged."""
    today = datetime.now(UTC).date().isoformat()
    with installation.owner.begin() as connection:
        one, other = (add_household(connection, f"M-{side}", name="Kembar Rekaan", on_date=today) for side in "AB")
        pair = connection.scalar(
            text(
                "INSERT INTO ekasih.duplicate_candidate (kind, household_a, household_b, score, reasons)"
                " VALUES ('household', :one, :other, 0.99, '[]') RETURNING id"
            ),
            {"one": one, "other": other},
        )
    return Work(
        "dashboard.pages.cleansing.page.act",
        {pressed("cleansing-act", act="merge", row=f"{pair}.1.1"): 1, "cleansing-view.data": {}},
        f"SELECT count(*) FROM ekasih.household_merge WHERE candidate_id = {pair}",
    )


def decision(installation: Installation) -> Work:
    """A case that only waits for the focus group, whose meeting has been held."""
    engine = make_engine(installation.settings.cluster.url(user=WEB_ROLE, database="ekasih").render_as_string())
    with installation.owner.begin() as connection:
        found = connection.execute(text("SELECT login, id, role FROM ekasih.app_user"))
        staff = {row.login: Principal(row.id, row.login, row.login, Role(row.role), ("0803",)) for row in found}
        meeting = connection.scalar(
            text(
                "INSERT INTO ekasih.meeting (area_code, number, held_on, place, state, created_by)"
                " VALUES ('0803', :number, current_date, 'Batu Gajah', 'held', :by) RETURNING id"
            ),
            {"number": "1/2026", "by": staff[COORDINATOR].user_id},
        )
    draft = form()
    draft["members"][0]["id_no"] = ""
    with writing(engine, staff["pegawai.kinta"]) as session:
        case = open_case(session, OpenCase(channel="officer", district_code="0803", draft=draft)).id
        take_step(session, TakeStep(case_id=case, version=1, action="submit"))
        visitor = staff["pembanci.kinta"].user_id
        take_step(session, TakeStep(case_id=case, version=2, action="assign", assigned_to=visitor))
    with writing(engine, staff["pembanci.kinta"]) as session:
        take_step(session, TakeStep(case_id=case, version=3, action="visit"))
        take_step(session, TakeStep(case_id=case, version=4, action="recommend", reason="Layak"))
    engine.dispose()
    answer = json.dumps({"action": "approve", "name": "meeting_id", "type": "cases-answer"}, separators=(",", ":"))
    return Work(
        "dashboard.pages.cases.case.take",
        {
            pressed("cases-step", action="approve"): 1,
            f"{answer}.value": str(meeting),
            f"{answer}.id": json.loads(answer),
            "cases-case.data": case,
            "cases-loaded.data": {"version": 5},
        },
        f"SELECT count(*) FROM ekasih.case_file WHERE id = {case} AND state = 'active' AND household_id IS NOT NULL",
    )


def test_the_web_server_is_killed_in_the_middle_of_a_decision(
    installation: Installation, person: Person, body: Callable[[Work], bytes]
) -> None:
    asked = decision(installation)
    before = installation.one(_STATE)
    with installation.held_up() as reached:
        answer = person.begin(body(asked))
        reached(1)
        installation.strike_web()
    assert answer() == ""
    assert installation.one(_STATE) == before
    installation.serve()
    Person(installation, COORDINATOR).ask(body(asked))
    assert installation.one(asked.made) == 1
    installation.done("recount")


def test_the_database_is_killed_in_the_middle_of_a_merge_and_the_page_says_so(
    installation: Installation, person: Person, body: Callable[[Work], bytes]
) -> None:
    asked = merge(installation)
    before = installation.one(_STATE)
    with installation.held_up() as reached:
        answer = person.begin(body(asked))
        reached(1)
        installation.strike_database()
    assert WORDS("error.database_away") in json.dumps(json.loads(answer()), ensure_ascii=False)
    installation.settings.cluster.up()
    assert installation.one(_STATE) == before
    person.ask(body(asked))
    assert installation.one(asked.made) == 1
    installation.done("recount")


def delivery(folder: Path, district: str) -> Path:
    """A census file of three hundred households."""
    rows = Delivery()
    for number in range(300):
        rows.household(f"{district}{number:05}")
    return rows.write(folder / district)


def test_a_database_that_is_killed_during_an_import_keeps_nothing_of_it_and_the_command_says_what_to_do(
    installation: Installation, tmp_path: Path
) -> None:
    path, before = delivery(tmp_path, "IB"), installation.one(_STATE)
    with installation.held_up() as reached:
        process = installation.command("import", "birm", path)
        reached(1)
        installation.strike_database()
    _said, wrong = process.communicate()
    assert process.returncode not in {0, None}
    assert "Traceback" not in wrong
    assert "ekasih up" in wrong
    installation.settings.cluster.up()
    assert installation.one(_STATE) == before
    assert "300" in installation.done("import", "birm", path)
    installation.done("recount")
