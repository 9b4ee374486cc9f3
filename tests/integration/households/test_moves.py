"""A household's point is put where its house stands; what it was declared to be stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.errors import InvalidInput, NotFound
from registry.households.saving import MoveHousehold, move_household, preview_move

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.households.conftest import World

BATU_GAJAH = {"longitude": 101.041, "latitude": 4.469}
SABAH = {"longitude": 116.10, "latitude": 5.95}
NEAR_KUALA_KANGSAR = {"longitude": 100.93, "latitude": 4.77}


def test_a_moved_point_is_as_exact_as_someone_who_saw_the_house(world: World, owner: Connection) -> None:
    with world.writing() as session:
        saved = move_household(session, MoveHousehold(household_id=world.home, version=1, **BATU_GAJAH))
    assert saved.version == 2
    assert {"longitude", "latitude", "geom_method"} <= set(saved.changed)
    row = owner.execute(
        text("SELECT ST_X(geom) AS x, ST_Y(geom) AS y, h.* FROM ekasih.household AS h WHERE id = :id"),
        {"id": world.home},
    ).one()
    assert (row.x, row.y, row.geom_method, row.geom_accuracy_m) == (101.041, 4.469, "manual", 10)
    assert (row.computed_district_code, row.outside_district_m) == ("0803", None)
    kept = owner.execute(text("SELECT ST_X(geom), geom_method FROM ekasih.area_history"))
    assert [tuple(found) for found in kept] == [(101.041, "manual")]


def test_a_point_in_another_district_is_kept_flagged_and_moves_no_count(world: World, owner: Connection) -> None:
    with world.writing() as session:
        move_household(session, MoveHousehold(household_id=world.home, version=1, **SABAH))
    row = owner.execute(text("SELECT * FROM ekasih.household WHERE id = :id"), {"id": world.home}).one()
    assert (row.district_code, row.computed_district_code[:2]) == ("0803", "12")
    assert row.outside_district_m > 1_000_000
    flags = owner.scalars(text("SELECT code FROM ekasih.quality_flag WHERE resolved_at IS NULL"))
    assert list(flags) == ["koordinat_luar_daerah"]
    counted = text("SELECT sum(households) FROM ekasih.headcount WHERE area_code = '0803'")
    assert owner.execute(counted).scalar_one() == 2
    owner.rollback()
    with world.writing() as session:
        move_household(session, MoveHousehold(household_id=world.home, version=2, **BATU_GAJAH))
    still_open = owner.scalars(text("SELECT code FROM ekasih.quality_flag WHERE resolved_at IS NULL"))
    assert list(still_open) == []


def test_before_saving_the_declared_and_the_computed_area_are_compared(world: World) -> None:
    with world.reading() as connection:
        at_home = preview_move(connection, household_id=world.home, **BATU_GAJAH)
        next_door = preview_move(connection, household_id=world.home, **NEAR_KUALA_KANGSAR)
        far = preview_move(connection, household_id=world.home, **SABAH)
    assert (at_home.district, at_home.district_name, at_home.computed_district_name) == ("same", "Kinta", "Kinta")
    assert next_door.district in {"within_accuracy", "outside"}
    assert far.district == "outside"
    assert far.moved_m > 1_000_000


def test_a_point_outside_malaysia_is_refused_at_its_field(world: World) -> None:
    command = MoveHousehold(household_id=world.home, version=1, longitude=4.469, latitude=101.041)
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        move_household(session, command)
    assert refusal.value.problems == {"longitude": "outside_malaysia", "latitude": "outside_malaysia"}


def test_nobody_previews_a_household_of_another_district(world: World) -> None:
    with pytest.raises(NotFound), world.reading() as connection:
        preview_move(connection, household_id=world.elsewhere, **BATU_GAJAH)
