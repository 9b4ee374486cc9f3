"""A locked figure keeps its households whatever becomes of them, and its fall is computed, never transcribed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.cleansing.cohorts import cohort_page, reduction
from dashboard.pages.cleansing.view import CleansingView
from queries import cleansing
from registry.cleansing.cohorts import FreezeCohort, freeze_cohort
from registry.cleansing.merging import MergeHouseholds, merge_households
from registry.errors import InvalidInput, NotPermitted
from tests.world import add_household
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.cleansing.conftest import World

DAY = date(2026, 3, 31)
DECIDE = text("""
    INSERT INTO ekasih.status_decision (household_id, effective_on, decided_by, cause, status, previous_status,
        income_rm, member_count, per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata)
    SELECT household_id, CAST(:on_day AS date), 'test', :cause, :status, status, income_rm, member_count,
        per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata
    FROM ekasih.status_decision WHERE household_id = :id ORDER BY effective_on DESC, id DESC LIMIT 1
""")


def frozen(world: World, who: Principal, **facts: Any) -> int:
    values: dict[str, Any] = {
        "name": "Kinta 2026", "area_code": "0803", "statuses": ("tegar", "miskin"), "on_day": DAY,
    } | facts  # fmt: skip
    with world.writing(who) as session:
        return freeze_cohort(session, FreezeCohort(**values))


def decided(owner: Connection, household: int, on_day: str, status: str, *, cause: str = "income_changed") -> None:
    owner.execute(DECIDE, {"id": household, "on_day": on_day, "status": status, "cause": cause})


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
    assert reduction(standings[date(2026, 6, 30)].still(["tegar", "miskin"]), 2) == "▼ 50.0%"


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


def _exited(owner: Connection, household: int, on: str, *, undone: str | None = None, reason: str = "died") -> None:
    owner.execute(
        text("""
            INSERT INTO ekasih.household_exit (household_id, exited_on, reason, actor, undone_on)
            VALUES (:household, CAST(:on AS date), :reason, 'test', CAST(:undone AS date))
        """),
        {"household": household, "on": on, "undone": undone, "reason": reason},
    )


def test_who_died_or_left_is_out_of_the_figure_and_told_with_the_reason(world: World, owner: Connection) -> None:
    third = add_household(owner, "A3", income=300)
    owner.commit()
    cohort = frozen(world, world.officer)
    _exited(owner, world.first, "2026-05-01", undone="2026-06-15")
    _exited(owner, world.second, "2026-05-31", reason="income_rose")
    _exited(owner, third, "2026-06-01")
    owner.commit()
    with world.reading(world.officer) as connection:
        standings = {standing.on: standing for standing in cleansing.flow(connection, cohort)}
    assert {standing.total for standing in standings.values()} == {3}
    still = [standings[day].still(["tegar", "miskin"]) for day in (DAY, date(2026, 5, 31), date(2026, 6, 30))]
    assert still == [3, 1, 1]
    assert standings[DAY].exits == {}
    assert standings[date(2026, 5, 31)].exits == {"died": 1, "income_rose": 1}
    assert standings[date(2026, 6, 30)].exits == {"died": 1, "income_rose": 1}
    assert standings[date(2026, 6, 30)].fates["exited"] == 2
    page = str(cohort_page(CleansingView(), _cohort(world, cohort), [standings[date(2026, 6, 30)]], words_of("en")))
    assert "2 of them have exited from the register. Died: 1 · Income rose: 1." in page


def _cohort(world: World, cohort: int) -> dict[str, Any]:
    with world.reading(world.officer) as connection:
        return next(row for row in cleansing.cohorts(connection) if row["cohort_id"] == cohort)


def test_who_had_exited_by_the_day_is_not_in_its_list(world: World, owner: Connection) -> None:
    back = add_household(owner, "A3", income=300)
    out = add_household(owner, "A4", income=300)
    _exited(owner, world.first, "2026-03-31")
    _exited(owner, back, "2026-03-01", undone="2026-03-31")
    _exited(owner, out, "2026-03-01", undone="2026-04-01")
    owner.commit()
    cohort = frozen(world, world.officer)
    listed = owner.scalars(
        text("SELECT household_id FROM ekasih.cohort_member WHERE cohort_id = :cohort"), {"cohort": cohort}
    )
    assert set(listed) == {world.second, back}
    owner.rollback()


_MANY = text("""
    INSERT INTO ekasih.household (file_no, registered_on, updated_by, state_code, district_code, strata, geom,
        geom_method, geom_accuracy_m, head_name, head_sex, ethnicity, member_count, age_0_14, age_15_64, age_65_over,
        age_unknown, income_rm, per_capita_rm, status, line_id, rule_id, gap_rm, food_gap_rm, gap_share, next_review_on)
    SELECT 'P' || g, h.registered_on, 'test', h.state_code, '0805', h.strata, h.geom, h.geom_method, h.geom_accuracy_m,
        h.head_name, h.head_sex, h.ethnicity, h.member_count, h.age_0_14, h.age_15_64, h.age_65_over, h.age_unknown,
        100, 25, 'tegar', h.line_id, h.rule_id, h.gap_rm, h.food_gap_rm, h.gap_share, h.next_review_on
    FROM ekasih.household AS h CROSS JOIN generate_series(1, 9402) AS g WHERE h.id = :like;
    INSERT INTO ekasih.status_decision (household_id, effective_on, decided_by, cause, status, income_rm, member_count,
        per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, strata)
    SELECT h.id, CASE turn WHEN 1 THEN date '2023-01-01' ELSE date '2023-11-01' END, 'test',
        CASE turn WHEN 1 THEN 'registered' ELSE 'income_changed' END,
        CASE turn WHEN 1 THEN 'tegar' ELSE 'terkeluar' END,
        100, 4, 25, h.gap_rm, h.line_id, h.rule_id, h.state_code, h.district_code, h.strata
    FROM ekasih.household AS h CROSS JOIN generate_series(1, 2) AS turn
    WHERE starts_with(h.file_no, 'P') AND (turn = 1 OR substr(h.file_no, 2)::integer <= 4383);
    -- two hundred of those whose last status is still hardcore poor have died or left
    INSERT INTO ekasih.household_exit (household_id, exited_on, reason, actor)
    SELECT h.id, '2023-11-10', CASE WHEN substr(h.file_no, 2)::integer > 9302 THEN 'died' ELSE 'remarried' END, 'test'
    FROM ekasih.household AS h WHERE starts_with(h.file_no, 'P') AND substr(h.file_no, 2)::integer > 9202
""")


def test_the_list_of_perak_comes_down_to_who_is_left(world: World, owner: Connection) -> None:
    for statement in str(_MANY).split(";"):
        owner.execute(text(statement), {"like": world.first} if ":like" in statement else {})
    owner.commit()
    cohort = frozen(
        world, world.elsewhere, area_code="0805", statuses=("tegar",), on_day=date(2023, 1, 31), name="Perak 2023"
    )
    with world.reading(world.elsewhere) as connection:
        first, *_, last = cleansing.flow(connection, cohort)
    assert (first.total, last.still(["tegar"])) == (9_402, 4_819)
    assert (last.fates["terkeluar"], last.fates["exited"]) == (4_383, 200)
    assert last.exits == {"died": 100, "remarried": 100}
    assert reduction(last.still(["tegar"]), first.total) == "▼ 48.7%"


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
    assert reduction(4_819, 9_402) == "▼ 48.7%"
    assert reduction(77_288, 126_372) == "▼ 38.8%"


def test_who_left_the_status_by_a_new_line_is_told_from_who_left_it_by_income(world: World, owner: Connection) -> None:
    other = add_household(owner, "A8", income=300)
    owner.commit()
    cohort = frozen(world, world.officer)
    decided(owner, world.first, "2026-06-10", "mudah_miskin")
    decided(owner, other, "2026-06-10", "mudah_miskin", cause="line_changed")
    owner.commit()
    with world.reading(world.officer) as connection:
        flow = cleansing.flow(connection, cohort)
    assert [standing.by_line for standing in flow if standing.on < date(2026, 6, 1)] == [0, 0, 0]
    assert {standing.by_line for standing in flow if standing.on > date(2026, 6, 10)} == {1}
    with world.reading(world.officer) as connection:
        (row,) = cleansing.cohorts(connection)
    page = str(cohort_page(CleansingView(), row, flow, words_of("ms")))
    assert words_of("ms")("cohort.by_line", n="1") in page
