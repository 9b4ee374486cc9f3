"""What is odd is found over the whole register, counted so that areas add up, and put right or confirmed for good."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from queries.quality import KINDS, faults_by_area, faulty
from registry.cleansing.odd_data import confirm_odd_data, find_odd_data
from registry.errors import NotFound
from tests.integration.cleansing.test_cohorts import decided
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.cleansing.conftest import World

EARNED = text("""
    UPDATE ekasih.status_decision SET income_rm = :rm * member_count, per_capita_rm = :rm
    WHERE household_id = :id AND effective_on > CAST(:since AS date)
""")


def flags(owner: Connection) -> set[tuple[str, str, int | None]]:
    """The open flags as (file number, code, member)."""
    rows = owner.execute(
        text(
            "SELECT h.file_no, f.code, f.member_no FROM ekasih.quality_flag AS f"
            " JOIN ekasih.household AS h ON h.id = f.household_id WHERE f.resolved_at IS NULL"
        )
    )
    return {(row.file_no, row.code, row.member_no) for row in rows}


def found(owner: Connection) -> dict[str, tuple[int, int]]:
    return {row.code: (row.raised, row.resolved) for row in find_odd_data(owner)}


def test_stacked_points_are_found_and_resolved_when_they_part(owner: Connection) -> None:
    for number in range(5):
        add_household(owner, f"T{number}", longitude=101.1, latitude=4.5)
    add_household(owner, "T9", longitude=101.2, latitude=4.5)
    assert found(owner)["titik_bertindih"] == (5, 0)
    assert found(owner)["titik_bertindih"] == (0, 0)
    owner.execute(
        text("UPDATE ekasih.household SET geom = ST_SetSRID(ST_MakePoint(101.3, 4.6), 4326) WHERE file_no = 'T0'")
    )
    assert found(owner)["titik_bertindih"] == (0, 5)
    assert not {flag for flag in flags(owner) if flag[1] == "titik_bertindih"}


def test_flats_and_long_houses_may_share_a_point(owner: Connection) -> None:
    for number in range(6):
        add_household(owner, f"T{number}", longitude=101.1, latitude=4.5)
    owner.execute(text("UPDATE ekasih.household SET dwelling_type = 'Rumah panjang'"))
    assert found(owner)["titik_bertindih"] == (0, 0)


def test_impossible_ages_are_found_for_the_member_they_are_of(owner: Connection) -> None:
    add_household(owner, "U1", members=4, longitude=101.1)
    for member, born, relationship in (
        (1, "1980-01-01", "KIR"),
        (2, "1985-01-01", "Anak"),
        (3, "2099-01-01", "Anak"),
        (4, "1890-01-01", "Ibu"),
    ):
        owner.execute(
            text(
                "UPDATE ekasih.person SET birth_date = CAST(:born AS date), relationship = :relationship"
                " WHERE member_no = :no"
            ),
            {"born": born, "relationship": relationship, "no": member},
        )
    find_odd_data(owner)
    code = "umur_tidak_munasabah"
    assert flags(owner) == {("U1", code, 2), ("U1", code, 3), ("U1", code, 4)}


def test_an_income_that_jumped_is_found_and_one_that_is_confirmed_stays_quiet(world: World, owner: Connection) -> None:
    owner.execute(
        text("UPDATE ekasih.status_decision SET income_rm = 100 * member_count WHERE household_id = :id"),
        {"id": world.first},
    )
    decided(owner, world.first, "2026-02-01", "terkeluar")
    owner.execute(EARNED, {"id": world.first, "rm": 900, "since": "2026-01-01"})
    assert found(owner)["pendapatan_melonjak"] == (1, 0)
    owner.commit()
    with world.writing(world.officer) as session:
        confirm_odd_data(session, household_id=world.first, code="pendapatan_melonjak")
    assert found(owner)["pendapatan_melonjak"] == (0, 0)
    decided(owner, world.first, "2026-06-01", "miskin")
    owner.execute(EARNED, {"id": world.first, "rm": 90, "since": "2026-05-01"})
    assert found(owner)["pendapatan_melonjak"] == (1, 0)


def test_incomes_are_compared_before_they_are_rounded(world: World, owner: Connection) -> None:
    # RM100 among three is RM33.33 a head and a third of a sen: to RM333.33 it is less than RM300
    incomes = text("""
        UPDATE ekasih.status_decision SET income_rm = CAST(:rm AS numeric), member_count = CAST(:members AS smallint),
            per_capita_rm = round(CAST(:rm AS numeric) / CAST(:members AS smallint), 2)
        WHERE household_id = :id AND effective_on >= CAST(:since AS date)
    """)
    decided(owner, world.first, "2026-02-01", "terkeluar")
    for rm, members, since in ((Decimal(100), 3, "2000-01-01"), (Decimal("333.33"), 1, "2026-02-01")):
        owner.execute(incomes, {"rm": rm, "members": members, "id": world.first, "since": since})
    assert found(owner)["pendapatan_melonjak"] == (0, 0)
    owner.execute(incomes, {"rm": Decimal("333.34"), "members": 1, "id": world.first, "since": "2026-02-01"})
    assert found(owner)["pendapatan_melonjak"] == (1, 0)


def test_only_what_lies_in_the_own_territory_is_confirmed(world: World, owner: Connection) -> None:
    owner.execute(
        text(
            "INSERT INTO ekasih.quality_flag (household_id, district_code, code)"
            " VALUES (:id, '0803', 'titik_bertindih')"
        ),
        {"id": world.first},
    )
    owner.commit()
    for who, code in ((world.elsewhere, "titik_bertindih"), (world.officer, "poskod_luar_negeri")):
        with pytest.raises(NotFound), world.writing(who) as session:
            confirm_odd_data(session, household_id=world.first, code=code)


def counts(world: World, who: Principal, level: str, within: str) -> dict[str, dict[str, Any]]:
    with world.reading(who) as connection:
        frame = faults_by_area(connection, level=level, within=within)
    return {row["area_code"]: row for row in frame.to_dict("records")}


def test_the_counts_of_areas_add_up_at_every_level(world: World, owner: Connection) -> None:
    add_household(owner, "M1", mukim="080301", geom_method="district", on_date="2020-01-01")
    add_household(owner, "M2", district="1208", geom_method="mukim")
    gone = add_household(owner, "M3", mukim="080301", geom_method="district", on_date="2020-01-01")
    owner.execute(
        text("UPDATE ekasih.household SET exited_on = current_date, exit_reason = 'other' WHERE id = :id"), {"id": gone}
    )
    for number in range(5):
        add_household(owner, f"T{number}", longitude=101.1, latitude=4.5)
    find_odd_data(owner)
    owner.commit()
    states = counts(world, world.administrator, "state", "MY")
    districts = counts(world, world.administrator, "district", "MY")
    mukims = counts(world, world.administrator, "mukim", "0803")
    for kind in KINDS:
        assert sum(row[kind] for row in states.values()) == sum(row[kind] for row in districts.values())
        assert states["08"][kind] == sum(row[kind] for code, row in districts.items() if code.startswith("08"))
        assert districts["0803"][kind] == sum(row[kind] for row in mukims.values())
    assert (states["08"]["unplaced"], states["12"]["unplaced"], districts["0803"]["stacked"]) == (1, 1, 5)


def test_the_list_behind_a_count_is_as_long_as_the_count(world: World, owner: Connection) -> None:
    add_household(owner, "M1", geom_method="district", on_date="2020-01-01")
    owner.commit()
    mukims = counts(world, world.officer, "mukim", "0803").values()
    assert sum(row["unplaced"] for row in mukims) == 1
    with world.reading(world.officer) as connection:
        for kind in KINDS:
            rows, total = faulty(connection, kind=kind, area="0803", limit=10)
            assert total == len(rows) == sum(row[kind] for row in mukims)


def test_who_sees_no_persons_in_an_area_counts_nothing_there_now(world: World, owner: Connection) -> None:
    add_household(owner, "M1", geom_method="district")
    owner.commit()
    assert sum(row["unplaced"] for row in counts(world, world.officer, "mukim", "0803").values()) == 1
    for who in (world.planner, world.elsewhere):
        for level, within in (("district", "08"), ("mukim", "0803")):
            assert sum(row["unplaced"] for row in counts(world, who, level, within).values()) == 0
    for who in (world.planner, world.elsewhere):
        with world.reading(who) as connection:
            assert faulty(connection, kind="unplaced", area="0803", limit=10) == ([], 0)
