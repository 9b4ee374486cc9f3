"""Households on the map: none is left out silently, and nobody sees one outside the own territory."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from geo.rings import Ring
from queries import map_points
from queries.map_points import SINGLE_UP_TO, Part, Wanted
from queries.statements import statement
from registry.db import reading
from registry.principals import Principal, Role
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

KINTA = Wanted(level="district", code="0803")
AROUND = Part(100.5, 4.0, 101.5, 5.0, 11)
SQUARE = Ring(((101.0, 4.4), (101.1, 4.4), (101.1, 4.5), (101.0, 4.5)))


@pytest.fixture
def people(owner: Connection) -> dict[Role, Principal]:
    found = {
        Role.PLANNER: Principal(add_user(owner, "menteri", role="planner"), "menteri", "M", Role.PLANNER),
        Role.OFFICER: Principal(
            add_user(owner, "pegawai", role="officer", territory=("0803",)), "pegawai", "P", Role.OFFICER, ("0803",)
        ),
        Role.ADMINISTRATOR: Principal(
            add_user(owner, "pentadbir", role="administrator"), "pentadbir", "A", Role.ADMINISTRATOR
        ),
    }
    owner.commit()
    return found


def fill(owner: Connection, count: int, **facts: object) -> list[int]:
    """Households on a lattice from 101.04 east, 4.47 north."""
    found = [
        add_household(
            owner, f"{facts.get('district', '0803')}-{index}", longitude=101.04 + 0.001 * (index % 20),
            latitude=4.47 + 0.001 * (index // 20), **facts,
        )
        for index in range(count)
    ]  # fmt: skip
    owner.commit()
    return found


def test_few_households_come_one_by_one(people: dict[Role, Principal], owner: Connection, web: Engine) -> None:
    added = fill(owner, 12)
    with reading(web, people[Role.OFFICER]) as connection:
        found, total = map_points.in_view(connection, AROUND, KINTA)
    assert (sorted(found["id"]), total) == (sorted(added), 12)


def test_many_households_come_in_clusters_that_leave_none_out(
    people: dict[Role, Principal], owner: Connection, web: Engine
) -> None:
    fill(owner, SINGLE_UP_TO + 5)
    with reading(web, people[Role.OFFICER]) as connection:
        found, total = map_points.in_view(connection, AROUND, KINTA)
    assert len(found) < total == found["n"].sum() == SINGLE_UP_TO + 5
    assert found[["tegar", "miskin", "mudah_miskin", "terkeluar"]].sum(axis=1).equals(found["n"])


def test_those_at_one_place_are_found_there(people: dict[Role, Principal], owner: Connection, web: Engine) -> None:
    added = [add_household(owner, f"S{index}") for index in range(3)]
    owner.commit()
    with reading(web, people[Role.OFFICER]) as connection:
        found, total = map_points.in_view(connection, AROUND, KINTA)
        there, count = map_points.at_place(connection, longitude=101.04, latitude=4.47, wanted=KINTA)
    assert (len(found), total, bool(found["together"].iloc[0])) == (1, 3, True)
    assert (sorted(row["id"] for row in there), count) == (sorted(added), 3)


def test_only_the_part_in_view_is_counted(people: dict[Role, Principal], owner: Connection, web: Engine) -> None:
    fill(owner, 20)
    with reading(web, people[Role.OFFICER]) as connection:
        _, total = map_points.in_view(connection, Part(101.0395, 4.0, 101.0445, 5.0, 14), KINTA)
    assert total == 5


def test_those_who_see_no_persons_see_no_point(people: dict[Role, Principal], owner: Connection, web: Engine) -> None:
    fill(owner, 5)
    with reading(web, people[Role.PLANNER]) as connection:
        assert map_points.in_view(connection, AROUND, KINTA)[1] == 0
        assert map_points.at_place(connection, longitude=101.04, latitude=4.47, wanted=KINTA) == ([], 0)
        assert map_points.inside(connection, SQUARE, strata=None).households == 0


def test_an_officer_sees_no_point_of_another_district(
    people: dict[Role, Principal], owner: Connection, web: Engine
) -> None:
    fill(owner, 4, district="0810")
    elsewhere = Wanted(level="district", code="0810")
    with reading(web, people[Role.OFFICER]) as connection:
        assert map_points.in_view(connection, AROUND, elsewhere)[1] == 0
        assert map_points.inside(connection, SQUARE, strata=None).households == 0
    with reading(web, people[Role.ADMINISTRATOR]) as connection:
        assert map_points.in_view(connection, AROUND, elsewhere)[1] == 4


def test_each_filter_leaves_those_it_names(people: dict[Role, Principal], owner: Connection, web: Engine) -> None:
    add_household(owner, "TEGAR", income=260, on_date="2026-09-01")
    add_household(owner, "MISKIN", income=1500, on_date="2026-09-01", strata="rural", longitude=101.05)
    add_household(owner, "DUE", income=9000, on_date="2023-01-01", longitude=101.06)
    add_household(owner, "UNPLACED", income=9000, on_date="2026-09-01", geom_method="town", longitude=101.07)
    owner.commit()
    wanted = {
        "TEGAR": Wanted("district", "0803", statuses=("tegar",)),
        "MISKIN": Wanted("district", "0803", strata="rural"),
        "DUE": Wanted("district", "0803", due_on=date(2026, 10, 1)),
        "UNPLACED": Wanted("district", "0803", unplaced=True),
    }
    with reading(web, people[Role.OFFICER]) as connection:
        for file_no, which in wanted.items():
            found, _ = map_points.in_view(connection, AROUND, which)
            names = connection.scalars(
                text("SELECT file_no FROM household WHERE id = ANY (:ids)"), {"ids": [int(i) for i in found["id"]]}
            )
            assert list(names) == [file_no]


def test_a_household_without_a_mukim_is_shown_under_its_district(
    people: dict[Role, Principal], owner: Connection, web: Engine
) -> None:
    fill(owner, 2)
    add_household(owner, "M", mukim="080305", longitude=101.06)
    owner.commit()
    with reading(web, people[Role.OFFICER]) as connection:
        assert map_points.in_view(connection, AROUND, Wanted("mukim", "080300"))[1] == 2
        assert map_points.in_view(connection, AROUND, Wanted("mukim", "080305"))[1] == 1


def test_a_drawn_shape_counts_exactly_those_inside(
    people: dict[Role, Principal], owner: Connection, web: Engine
) -> None:
    add_household(owner, "IN-TEGAR", income=260)
    add_household(owner, "IN-OUT", income=9000, members=3)
    add_household(owner, "BESIDE", longitude=101.2)
    owner.commit()
    with reading(web, people[Role.OFFICER]) as connection:
        found = map_points.inside(connection, SQUARE, strata=None)
        rural = map_points.inside(connection, SQUARE, strata="rural")
    assert (found.tegar, found.terkeluar, found.households, found.persons) == (1, 1, 2, 7)
    assert found.gap_rm > 0
    assert rural.households == 0


def test_points_in_view_are_found_by_index_under_row_security(
    people: dict[Role, Principal], owner: Connection, web: Engine
) -> None:
    fill(owner, 5)
    # the index that counts are read from holds a whole district: of so few households it would serve as well
    owner.execute(text("DROP INDEX household_target_idx"))
    owner.commit()
    box = {"west": 101.0, "south": 4.4, "east": 101.1, "north": 4.5}
    limits = {"cell": AROUND.cell, "row_limit": SINGLE_UP_TO, "mark_limit": 9}
    values = box | Wanted("catchment", "C.X").params() | limits
    with reading(web, people[Role.OFFICER]) as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = connection.scalars(text(f"EXPLAIN {statement('points/in_view').text}"), values)
        conditions = [line for line in plan if "Index Cond" in line]
    assert any("geom" in line for line in conditions)
