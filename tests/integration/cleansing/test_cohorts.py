"""A locked figure keeps its households whatever becomes of them, and its fall is computed, never transcribed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.pemutihan.cohorts import reduction
from queries import cleansing
from registry.errors import InvalidInput, NotPermitted
from registry.services.cohorts import FreezeCohort, freeze_cohort
from registry.services.merging import MergeHouseholds, merge_households
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.cleansing.conftest import World

DAY = date(2026, 3, 31)
DECIDE = text("""
    INSERT INTO ekasih.status_decision (household_id, effective_on, decided_by, cause, status, previous_status,
        income_rm, member_count, per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata)
    SELECT household_id, CAST(:on_day AS date), 'test', 'income_changed', :status, status, income_rm, member_count,
        per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata
    FROM ekasih.status_decision WHERE household_id = :id ORDER BY effective_on DESC, id DESC LIMIT 1
""")


def frozen(world: World, who: Principal, **facts: Any) -> int:
    values: dict[str, Any] = {
        "name": "Kinta 2026", "area_code": "0803", "statuses": ("tegar", "miskin"), "on_day": DAY,
    } | facts  # fmt: skip
    with world.writing(who) as session:
        return freeze_cohort(session, FreezeCohort(**values))


def decided(owner: Connection, household: int, on_day: str, status: str) -> None:
    owner.execute(DECIDE, {"id": household, "on_day": on_day, "status": status})


def test_a_cohort_is_the_list_of_its_day_and_is_followed_from_then_on(world: World, owner: Connection) -> None:
    late = add_household(owner, "A9", on_date="2026-05-01", income=300)
    owner.commit()
    cohort = frozen(world, world.officer)
    decided(owner, world.first, "2026-06-10", "mudah_miskin")
    decided(owner, late, "2026-06-10", "terkeluar")
    owner.commit()
    with world.reading(world.officer) as connection:
        found = cleansing.cohorts(connection)
        flow = cleansing.flow(connection, cohort)
    assert [(row["name"], row["households"], row["own"]) for row in found] == [("Kinta 2026", 2, 2)]
    standings = {standing.on: standing for standing in flow}
    assert {standing.total for standing in flow} == {2}
    assert standings[DAY].still(["tegar", "miskin"]) == 2
    assert standings[date(2026, 5, 31)].still(["tegar", "miskin"]) == 2
    assert standings[date(2026, 6, 30)].still(["tegar", "miskin"]) == 1
    assert standings[date(2026, 6, 30)].fates["mudah_miskin"] == 1
    assert reduction(standings[date(2026, 6, 30)].still(["tegar", "miskin"]), 2) == "▼ 50.0 %"


def test_a_household_that_is_merged_or_gone_stays_in_the_count(world: World, owner: Connection) -> None:
    third = add_household(owner, "A3", income=300)
    owner.commit()
    cohort = frozen(world, world.officer)
    with world.writing(world.officer) as session:
        merge_households(
            session,
            MergeHouseholds(
                candidate_id=world.pair, kept_id=world.first, kept_version=1, gone_id=world.second, gone_version=1
            ),
        )
    owner.execute(text("DELETE FROM ekasih.household WHERE id = :id"), {"id": third})
    owner.commit()
    with world.reading(world.officer) as connection:
        last = cleansing.flow(connection, cohort)[-1]
    assert (last.fates["merged"], last.fates["gone"], last.total) == (1, 1, 3)


def test_a_list_is_locked_only_for_an_area_of_ones_own(world: World) -> None:
    for who, area in ((world.officer, "08"), (world.officer, "0805"), (world.planner, "0803")):
        with pytest.raises(NotPermitted):
            frozen(world, who, area_code=area)
    assert frozen(world, world.state_officer, area_code="08")
    assert frozen(world, world.administrator, area_code="MY", name="Seluruh negara")


def test_of_a_wider_list_one_sees_the_households_of_the_own_territory(world: World) -> None:
    cohort = frozen(world, world.state_officer, area_code="08")
    for who, own in ((world.state_officer, 3), (world.officer, 2), (world.elsewhere, 1)):
        with world.reading(who) as connection:
            assert cleansing.flow(connection, cohort)[0].total == own
    with world.reading(world.planner) as connection:
        assert cleansing.flow(connection, cohort) == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"), ({"area_code": ""}, "area"), ({"statuses": ()}, "statuses"),
        ({"statuses": ("kaya",)}, "statuses"), ({"on_day": None}, "on_day"), ({"on_day": date(2099, 1, 1)}, "on_day"),
    ],
)  # fmt: skip
def test_what_cannot_be_locked_is_named(world: World, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        frozen(world, world.officer, **facts)
    assert set(refusal.value.problems) == {field}


def test_a_name_is_taken_once(world: World) -> None:
    frozen(world, world.officer)
    with pytest.raises(InvalidInput):
        frozen(world, world.officer)


def test_the_fall_of_perak_is_computed_from_its_two_figures() -> None:
    assert reduction(4_819, 9_402) == "▼ 48.7 %"
    assert reduction(77_288, 126_372) == "▼ 38.8 %"
