"""A table of one's own is kept, shared and made by itself; whoever makes it is told what that person may know."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from queries import reporting
from registry import db
from registry.errors import InvalidInput, NotFound
from registry.installation.settings import Settings
from registry.mailing import OwnMailSettings
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.report_refusals import TooManyTables
from registry.reporting.editions import make_edition
from registry.reporting.scope import Asked
from registry.reporting.tables import SaveTable, make_due, message, retire_table, save_table
from registry.status.months import close_months
from tests.leaks.endpoints import request_of, server_callbacks
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

TODAY = date(2026, 10, 20)
SPEC = {"within": "08", "level": "district", "measures": ["poor", "tegar", "persons"], "months": 2, "cut": ""}


class Desk:
    """Thirty poor households in Kinta and three in Kerian; a planner and the state's office."""

    def __init__(self, owner: Connection, web: Engine, home: Path) -> None:
        self.owner, self.web, self.home = owner, web, home
        for district, count in (("0803", 30), ("0804", 3)):
            for number in range(count):
                add_household(owner, f"{district}{number:03}", district=district, income=1500, on_date="2026-07-10")
        close_months(owner, up_to=TODAY)
        publish(owner)
        self.planner = add_principal(owner, "menteri", Role.PLANNER)
        self.perak = add_principal(owner, "perak", Role.STATE_OFFICE, "08")
        owner.commit()

    def save(self, who: Principal, **changes: Any) -> int:
        with db.writing(self.web, who) as session:
            return save_table(session, SaveTable(**{"name": "Jadual saya", "spec": SPEC, "language": "ms", **changes}))

    def make(self, who: Principal, table: int) -> list[list[Any]]:
        with db.writing(self.web, who) as session:
            asked = Asked(report="jadual", area="08", table=table)
            number = make_edition(session, asked, home=self.home).number
        return self.rows(who, number)

    def rows(self, who: Principal, number: str) -> list[list[Any]]:
        with db.reading(self.web, who) as connection:
            found = reporting.edition(connection, number)
        assert found is not None
        block = next(one for one in json.loads(found["content"])["blocks"] if one["kind"] == "table")
        return [[cell[0] for cell in row] for row in block["rows"]]

    def news(self, who: Principal) -> list[str]:
        with db.reading(self.web, who) as connection:
            return [row["number"] for row in reporting.news(connection, limit=5)]

    def open(self, who: Principal, number: str) -> None:
        app = create_app(Deps(Settings(home=self.home, given_secret_key="x"), self.web, lambda: who))
        shows = dict(server_callbacks(app))["dashboard.pages.reports.one.show"]
        sent = request_of(shows, {"reports-number.data": number})
        answer = app.server.test_client().post("/_dash-update-component", json=sent)
        assert number in answer.text

    def tables(self, who: Principal) -> list[str]:
        with db.reading(self.web, who) as connection:
            return [row["name"] for row in reporting.tables(connection)]


@pytest.fixture
def desk(owner: Connection, web: Engine, cluster: Any) -> Desk:
    return Desk(owner, web, cluster.home)


def test_a_shared_table_tells_each_who_makes_it_what_that_person_may_know(desk: Desk) -> None:
    table = desk.save(desk.perak, shared=True)
    exact = {row[0]: row[2:] for row in desk.make(desk.perak, table)[:12]}
    told = {row[0]: row[2:] for row in desk.make(desk.planner, table)[:12]}
    assert exact["Kinta"] == [30, 0, 120]
    assert exact["Kerian"] == [3, 0, 12]
    assert told["Kerian"][:2] == [None, None]
    assert all(row[2] is None for row in told.values())


def test_a_table_is_its_keepers_until_it_is_shared(desk: Desk) -> None:
    table = desk.save(desk.perak)
    assert (desk.tables(desk.perak), desk.tables(desk.planner)) == (["Jadual saya"], [])
    with pytest.raises(NotFound):
        desk.make(desk.planner, table)
    with pytest.raises(NotFound):
        desk.save(desk.planner, id=table, shared=True)
    desk.save(desk.perak, id=table, shared=True, name="Jadual kita")
    assert desk.tables(desk.planner) == ["Jadual kita"]
    with db.writing(desk.web, desk.perak) as session:
        retire_table(session, table)
    assert desk.tables(desk.perak) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"name": "Kes 800101-08-5555"},
        {"name": "x" * 121},
        {"email": "a@b"},
        {"every": "setiap jam"},
        {"language": "fr"},
        {"spec": {**SPEC, "measures": []}},
        {"spec": {**SPEC, "measures": ["poor; DROP TABLE"]}},
        {"spec": {**SPEC, "level": "country"}},
        {"spec": {**SPEC, "level": "mukim", "within": "MY"}},
        {"spec": {**SPEC, "cut": "age"}},
        {"spec": {**SPEC, "cut": "income"}},
        {"spec": {**SPEC, "months": 25}},
        {"spec": {**SPEC, "within": "' OR 1=1"}},
    ],
)
def test_what_a_table_cannot_be_is_refused(desk: Desk, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        desk.save(desk.planner, **changes)


def test_nobody_keeps_more_than_fifty(desk: Desk) -> None:
    for _ in range(50):
        desk.save(desk.planner)
    with pytest.raises(TooManyTables):
        desk.save(desk.planner)


def test_a_table_that_is_due_is_made_for_its_keeper_and_word_of_it_carries_no_figure(
    desk: Desk, owner_engine: Engine
) -> None:
    table = desk.save(desk.planner, every="mingguan", email="menteri@contoh.my", language="en")
    monday = desk.owner.execute(text("SELECT next_on FROM ekasih.report_table")).scalar_one()
    desk.owner.commit()
    assert monday.weekday() == 0
    assert make_due(owner_engine, desk.home, today=monday - timedelta(days=1), progress=lambda *_: None) == []
    wanted = make_due(owner_engine, desk.home, today=monday, progress=lambda *_: None)
    ((address, number, language),) = wanted
    assert (address, language) == ("menteri@contoh.my", "en")
    # the worker reads as the owner of the register, and tells a planner what a planner is told
    told = {row[0]: row[2:] for row in desk.rows(desk.planner, number)}
    assert told["Kerian"] == [None, None, None]
    assert told["Kinta"][0] in {30, None}
    assert make_due(owner_engine, desk.home, today=monday, progress=lambda *_: None) == []
    then = desk.owner.execute(text("SELECT next_on FROM ekasih.report_table WHERE id = :id"), {"id": table})
    assert then.scalar_one() == monday + timedelta(days=7)
    # the first page tells its keeper of it until it is opened, and nobody else while it is not shared
    assert (desk.news(desk.planner), desk.news(desk.perak)) == ([number], [])
    desk.save(desk.planner, id=table, shared=True, every="mingguan", language="en")
    desk.open(desk.planner, number)
    assert (desk.news(desk.planner), desk.news(desk.perak)) == ([], [number])
    said = message(address, number, language, OwnMailSettings(smtp_host="localhost"))
    assert f"/laporan/{number}" in said.get_content()
    assert "30" not in said.get_content().replace(number, "")


def test_a_table_of_who_left_is_not_made(desk: Desk, owner_engine: Engine) -> None:
    desk.save(desk.planner, every="bulanan")
    desk.owner.execute(text("UPDATE ekasih.app_user SET active = false WHERE login = 'menteri'"))
    desk.owner.commit()
    assert make_due(owner_engine, desk.home, today=date(2030, 1, 1), progress=lambda *_: None) == []
    assert desk.owner.execute(text("SELECT count(*) FROM ekasih.report_edition")).scalar_one() == 0
