"""A project for somebody who is not in the register: named on the minutes, joined to their record, agreed to then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.projects import one, persons, progress
from queries import projects as queries
from registry.errors import NotFound, NotPermitted
from registry.project_refusals import (
    ProjectHouseholds,
    ProjectIncomplete,
    ProjectMinutesMissing,
    ProjectPlace,
    ProjectStepIllegal,
    ProjectUnregistered,
)
from registry.projects.projects import Person, join_project
from tests.integration.projects.conftest import poor
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.projects.conftest import Projects

SALMAH = Person(name="Salmah binti Rekaan", address="Belakang surau, Kampung Contoh")
OPENED: dict[str, Any] = {"households": (), "person": SALMAH, "minutes_no": "FGD/12/2026"}


def told(component: Any) -> str:
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def whole(projects: Projects, who: Principal, number: str) -> queries.WholeProject:
    with projects.reading(who) as conn:
        found = queries.whole(conn, number, today=projects.today)
    assert found is not None
    return found


def join(projects: Projects, who: Principal, number: str, file_no: str) -> int:
    seen = projects.value("SELECT version FROM ekasih.project WHERE number = :n", n=number) or 0
    with projects.writing(who) as session:
        return join_project(session, number, seen, file_no)


def test_who_is_not_in_the_register_is_named_with_a_place_and_the_minutes(projects: Projects) -> None:
    for wrong, refusal in (
        ({"minutes_no": " "}, ProjectMinutesMissing),
        ({"place": None}, ProjectPlace),
        ({"person": Person(name="Salmah", address=" ")}, ProjectIncomplete),
        ({"households": (projects.home,)}, ProjectHouseholds),
        ({"type_code": "latihan"}, ProjectHouseholds),
    ):
        with pytest.raises(refusal):
            projects.open(**(OPENED | wrong))
    with pytest.raises(NotPermitted):
        projects.open(projects.unit, **OPENED)
    number = projects.open(**OPENED)
    found = whole(projects, projects.officer, number)
    assert found.households == []
    assert found.person is not None
    assert (found.person["name"], found.person["joined_at"]) == (SALMAH.name, None)
    checks = {check["check"]: check["holds"] for check in found.project["checks"]}
    assert checks["status"] is True
    assert checks["keperluan_bebas"] is None
    with projects.reading(projects.neighbour) as conn:
        assert queries.whole(conn, number, today=projects.today) is None
        assert conn.scalar(text("SELECT count(*) FROM ekasih.project_person")) == 0


def test_it_is_not_agreed_to_before_it_is_joined_to_the_record(projects: Projects, owner: Connection) -> None:
    home = poor(owner, "08030000009", name=SALMAH.name)
    far = poor(owner, "08050000001")
    owner.execute(text("UPDATE ekasih.household SET catchment_codes = '{}' WHERE id = :h"), {"h": far})
    owner.commit()
    number = projects.open(**OPENED)
    projects.photographed(number, "sebelum")
    facts = {"visited_on": projects.today, "damage": "tidak_ekonomik", "land": "sendiri"}
    projects.step(projects.coordinator, number, "semak", "Belum diketahui", **facts)
    projects.step(projects.unit, number, "sah_kos", cost_rm=80_000)
    projects.step(projects.coordinator, number, "hantar", list_no="S-1", list_day=projects.today)
    with pytest.raises(ProjectUnregistered):
        projects.step(projects.ministry, number, "peraku")
    assert "peraku" not in {row["action"] for row in whole(projects, projects.ministry, number).allowed}

    for file_no in ("", "08030009999", "08050000001"):
        with pytest.raises(ProjectHouseholds):
            join(projects, projects.officer, number, file_no)
    with pytest.raises(NotFound):
        join(projects, projects.neighbour, number, "08030000009")
    with pytest.raises(NotPermitted):
        join(projects, projects.ministry, number, "08030000009")
    join(projects, projects.officer, number, "08030000009")
    with pytest.raises(ProjectStepIllegal):
        join(projects, projects.officer, number, "08030000009")

    found = whole(projects, projects.ministry, number)
    assert [row["head_name"] for row in found.households] == [SALMAH.name]
    assert all(check["holds"] for check in found.project["checks"])
    assert projects.step(projects.ministry, number, "peraku") == "diperakukan"
    claimed = "SELECT household_id FROM ekasih.aid_claim WHERE application_no = :n"
    assert projects.value(claimed, n=number) == home
    written = "SELECT count(*) FROM ekasih.audit_log WHERE action = 'join_project' AND actor = 'kaunter'"
    assert projects.value(written) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_the_person_and_asks_the_office_for_the_record(
    projects: Projects, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(language)
    found = whole(projects, projects.officer, projects.open(**OPENED))
    for module in (one, progress):
        monkeypatch.setattr(module, "may", projects.officer.may)
    said = told(one._page(found, [], words, due_days=14, land=None))
    for expected in (SALMAH.name, SALMAH.address, words("project.join"), words("project.not_known")):
        assert expected in said
    monkeypatch.setattr(one, "may", projects.ministry.may)
    assert words("project.join_hint") not in told(one._page(found, [], words, due_days=14, land=None))
    assert persons.joining(None, words) is None
