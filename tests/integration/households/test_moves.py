"""A household's point is put where its house stands; what it was declared to be stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import households
from registry.errors import InvalidInput, NotFound
from registry.households.moves import stated_accuracy
from registry.households.saving import MoveHousehold, move_household, preview_move

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.households.conftest import World

BATU_GAJAH = {"longitude": 101.041, "latitude": 4.469}
SABAH = {"longitude": 116.10, "latitude": 5.95}
NEAR_KUALA_KANGSAR = {"longitude": 100.93, "latitude": 4.77}


@pytest.mark.parametrize("metres", [8, 100, 1_000])
def test_a_moved_point_is_as_exact_as_who_moved_it_says(world: World, owner: Connection, metres: int) -> None:
    with world.writing() as session:
        command = MoveHousehold(household_id=world.home, version=1, **BATU_GAJAH, accuracy_m=metres)
        saved = move_household(session, command)
    assert saved.version == 2
    assert {"longitude", "latitude", "geom_method"} <= set(saved.changed)
    row = owner.execute(
        text("SELECT ST_X(geom) AS x, ST_Y(geom) AS y, h.* FROM ekasih.household AS h WHERE id = :id"),
        {"id": world.home},
    ).one()
    assert (row.x, row.y, row.geom_method, row.geom_accuracy_m) == (101.041, 4.469, "manual", metres)
    assert (row.computed_district_code, row.outside_district_m) == ("0803", None)
    kept = owner.execute(text("SELECT ST_X(geom), geom_method FROM ekasih.area_history"))
    assert [tuple(found) for found in kept] == [(101.041, "manual")]


def test_a_point_in_another_district_is_kept_flagged_and_moves_no_count(world: World, owner: Connection) -> None:
    with world.writing() as session:
        move_household(session, MoveHousehold(household_id=world.home, version=1, **SABAH, accuracy_m=10))
    row = owner.execute(text("SELECT * FROM ekasih.household WHERE id = :id"), {"id": world.home}).one()
    assert (row.district_code, row.computed_district_code[:2]) == ("0803", "12")
    assert row.outside_district_m > 1_000_000
    flags = owner.scalars(text("SELECT code FROM ekasih.quality_flag WHERE resolved_at IS NULL"))
    assert list(flags) == ["koordinat_luar_daerah"]
    counted = text("SELECT sum(households) FROM ekasih.headcount WHERE area_code = '0803'")
    assert owner.execute(counted).scalar_one() == 2
    owner.rollback()
    with world.writing() as session:
        move_household(session, MoveHousehold(household_id=world.home, version=2, **BATU_GAJAH, accuracy_m=10))
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
    command = MoveHousehold(household_id=world.home, version=1, longitude=4.469, latitude=101.041, accuracy_m=10)
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        move_household(session, command)
    assert refusal.value.problems == {"longitude": "outside_malaysia", "latitude": "outside_malaysia"}


@pytest.mark.parametrize(
    ("metres", "problem"), [(None, "accuracy_missing"), (0, "accuracy_range"), (30_000, "accuracy_range")]
)
def test_a_point_of_which_nobody_says_how_exact_it_is_moves_nothing(
    world: World, owner: Connection, metres: int | None, problem: str
) -> None:
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        move_household(session, MoveHousehold(household_id=world.home, version=1, **BATU_GAJAH, accuracy_m=metres))
    assert refusal.value.problems == {"accuracy": problem}
    assert owner.scalar(text("SELECT version FROM ekasih.household WHERE id = :id"), {"id": world.home}) == 1


def test_the_same_point_known_better_is_a_change(world: World) -> None:
    for version, metres in ((1, 1_000), (2, 8)):
        with world.writing() as session:
            command = MoveHousehold(household_id=world.home, version=version, **BATU_GAJAH, accuracy_m=metres)
            saved = move_household(session, command)
    assert (saved.version, saved.changed) == (3, ("geom_accuracy_m",))


@pytest.mark.parametrize(
    ("choice", "measured", "metres"),
    [("door", "", 10), ("village", "3", 1_000), ("device", "7.6", 8), ("device", "0.2", 1), ("device", "", None),
     ("device", "nan", None), (None, "5", None), ("somewhere", "5", None)],
)  # fmt: skip
def test_a_choice_in_words_stands_for_metres_and_a_device_for_what_it_measured(
    choice: str | None, measured: str, metres: int | None
) -> None:
    assert stated_accuracy(choice, measured) == metres


def test_places_near_a_point_are_named_nearest_first(world: World) -> None:
    with world.reading() as connection:
        near = households.places_near(connection, **BATU_GAJAH)
    assert 1 <= len(near) <= 3
    assert [place["away_m"] for place in near] == sorted(place["away_m"] for place in near)


def test_nobody_previews_a_household_of_another_district(world: World) -> None:
    with pytest.raises(NotFound), world.reading() as connection:
        preview_move(connection, household_id=world.elsewhere, **BATU_GAJAH)
