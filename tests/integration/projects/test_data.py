"""Types, rates and contractors are data: who edits them, and what must be true of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.errors import NotPermitted
from registry.principals import Role
from registry.project_refusals import ProjectIncomplete, ProjectWeights
from registry.projects.projects import OpenProject, Place, open_project
from registry.projects.types import MilestoneOfType, SaveContractor, SaveType, add_rate, save_contractor, save_type
from tests.integration.projects.conftest import PROGRAMME, Projects
from tests.world import add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

SHED = SaveType(
    code="bangsal", name_ms="Bangsal", name_en="Shed", geometry="mana", households="mana", shape="berlian",
    milestones=(MilestoneOfType(name_ms="Mula", name_en="Begin", weight=Decimal(60)),
                MilestoneOfType(name_ms="Siap", name_en="End", weight=Decimal(40))),
)  # fmt: skip


def test_weights_of_every_type_sum_to_a_hundred(projects: Projects, owner: Connection) -> None:
    whole = "SELECT FROM ekasih.project_type_milestone GROUP BY type_code HAVING sum(weight) = 100"
    assert projects.value(f"SELECT count(*) FROM ({whole}) AS t") == 6
    with pytest.raises(DBAPIError, match="project_weights"):
        owner.execute(text("UPDATE ekasih.project_type_milestone SET weight = 1 WHERE type_code = 'kios'"))
        owner.commit()
    owner.rollback()


def test_an_administrator_adds_a_type_that_projects_are_opened_of(projects: Projects, owner: Connection) -> None:
    admin = add_principal(owner, "pentadbir", Role.ADMINISTRATOR)
    owner.commit()
    with projects.writing(projects.coordinator) as session, pytest.raises(NotPermitted):
        save_type(session, SHED)
    with projects.writing(admin) as session:
        save_type(session, SHED)
    uneven = (MilestoneOfType(name_ms="Mula", name_en="Begin", weight=Decimal(99)),)
    with projects.writing(admin) as session, pytest.raises(ProjectWeights):
        save_type(session, SaveType(**(_fields(SHED) | {"milestones": uneven})))
    polygon = '{"type":"Polygon","coordinates":[[[101.03,4.46],[101.05,4.46],[101.05,4.48],[101.03,4.46]]]}'
    with projects.writing(projects.officer) as session:
        asked = OpenProject(type_code="bangsal", programme=PROGRAMME, title="Bangsal", estimate_rm=Decimal(5_000),
                            place=Place(polygon=polygon, method="peta"))  # fmt: skip
        number = open_project(session, asked)
    kept = "SELECT ST_GeometryType(place) FROM ekasih.project WHERE number = :number"
    assert projects.value(kept, number=number) == "ST_Polygon"


def test_a_rate_ends_the_one_before_and_one_without_a_day_is_never_in_force(
    projects: Projects, owner: Connection
) -> None:
    admin = add_principal(owner, "pentadbir", Role.ADMINISTRATOR)
    owner.commit()
    ceiling = "SELECT ekasih.project_ceiling('baik_pulih', :day)"
    assert projects.value(ceiling, day=projects.today) == 20_000
    assert projects.value(ceiling, day="2024-12-31") is None
    with projects.writing(admin) as session:
        add_rate(session, "baik_pulih", day=projects.today, ceiling_rm=Decimal(25_000), source="Pekeliling contoh")
    assert projects.value(ceiling, day=projects.today) == 25_000
    assert projects.value(ceiling, day=projects.today - timedelta(days=1)) == 20_000
    with projects.writing(admin) as session, pytest.raises(ProjectIncomplete):
        add_rate(session, "baik_pulih", day=projects.today, ceiling_rm=Decimal(1), source="Pekeliling contoh")


def test_contractors_are_the_agencys_and_known_by_their_number(projects: Projects) -> None:
    with projects.writing(projects.coordinator) as session:
        one = save_contractor(session, SaveContractor(name="Binaan A", registration_no="cidb 1", grade="G1"))
        again = save_contractor(session, SaveContractor(name="Binaan A Sdn Bhd", registration_no="CIDB 1", grade="G2"))
    assert one == again
    with projects.writing(projects.unit) as session, pytest.raises(NotPermitted):
        save_contractor(session, SaveContractor(name="Binaan B", registration_no="2"))


def _fields(command: SaveType) -> dict[str, object]:
    return {name: getattr(command, name) for name in SaveType.__slots__}
