"""What is simulated is what would be decided: household by household, whatever is supposed, whatever has changed."""

from __future__ import annotations

import json
import random
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import text

from poverty.lines import Rule
from poverty.simulation import SOURCES, Benefit, LineShift, Raise, Scenario, scenario_of, total
from queries import simulations
from registry.aid.targets.bitmaps import make_bits
from registry.principals import Principal, Role
from tests.integration.aid.test_counts_from_bits import Asks
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SCENARIOS: Final = 12
_PLACES: Final = (("0803", "080301"), ("0803", None), ("0801", "080101"), ("1001", None))
_ACT: Final = text("SELECT ekasih.act_as(:user)")
_EACH: Final = text("SELECT ekasih.simulation_sql(CAST(:asked AS jsonb), 'MY')")
_LINES: Final = text("""
    INSERT INTO ekasih.poverty_line (survey_year, effective_from, state_code, strata, pgk_household_rm,
        food_household_rm, pgk_per_capita_rm, food_per_capita_rm, published_for, food_household_basis,
        pgk_per_capita_basis, food_per_capita_basis)
    SELECT 2099, current_date, l.state_code, l.strata, l.pgk_household_rm, l.food_household_rm, l.pgk_per_capita_rm,
        l.food_per_capita_rm, 'state', 'published', 'published', 'published'
    FROM ekasih.lines_simulated(CAST(:asked AS jsonb)) AS l
""")
_RULE: Final = text("""
    INSERT INTO ekasih.classification_rule (effective_from, rule, vulnerable_urban_rm, vulnerable_rural_rm)
    SELECT current_date, :rule, r.vulnerable_urban_rm, r.vulnerable_rural_rm
    FROM ekasih.classification_rule AS r WHERE r.effective_from <= current_date
    ORDER BY r.effective_from DESC, r.id DESC LIMIT 1
""")
# what the household has of a source is put on its first member who has it, so that a share of it is rounded once
_RAISE: Final = text("""
    UPDATE ekasih.income AS i
    SET amount_rm = CASE WHEN i.person_id = whole.person_id
                         THEN whole.rm + whole.earners * :rm + round(whole.rm * :pct / 100, 2) ELSE 0 END
    FROM ekasih.person AS p
    JOIN (SELECT p.household_id, min(p.id) AS person_id, sum(i.amount_rm) AS rm, count(*) AS earners
          FROM ekasih.person AS p JOIN ekasih.income AS i ON i.person_id = p.id AND i.source = :source
          GROUP BY p.household_id) AS whole ON whole.household_id = p.household_id
    WHERE i.person_id = p.id AND i.source = :source
""")
_PAY: Final = text("""
    INSERT INTO ekasih.income AS i (person_id, source, amount_rm)
    SELECT kir.id, 'transfers', :rm * count(*)
    FROM ekasih.household AS h
    JOIN ekasih.person AS kir ON kir.household_id = h.id AND kir.is_head
    JOIN ekasih.person AS p ON p.household_id = h.id AND ekasih.years_old(p.birth_date, current_date) < :under
    WHERE NOT :poor OR h.status IN ('tegar', 'miskin')
    GROUP BY kir.id
    ON CONFLICT (person_id, source) DO UPDATE SET amount_rm = i.amount_rm + excluded.amount_rm
""")
_SUMMED: Final = text("""
    UPDATE ekasih.household AS h
    SET income_rm = s.income_rm, per_capita_rm = round(s.income_rm / h.member_count, 2)
    FROM (SELECT p.household_id, sum(coalesce(i.amount_rm, 0)) AS income_rm
          FROM ekasih.person AS p LEFT JOIN ekasih.income AS i ON i.person_id = p.id GROUP BY p.household_id) AS s
    WHERE s.household_id = h.id
""")
_DECIDED: Final = text("""
    SELECT ekasih.reclassify(array_agg(h.id), current_date, 'corrected') FROM ekasih.household AS h
""")
_STANDING: Final = text("""
    SELECT h.id, h.status, h.gap_rm, h.income_rm FROM ekasih.household AS h WHERE h.exited_on IS NULL ORDER BY h.id
""")

DAY: Final = date(2026, 3, 1)
_RECOUNTED: Final = text("""
    SELECT CASE :within WHEN 'MY' THEN h.state_code ELSE h.district_code END AS area_code,
        count(*) FILTER (WHERE m.id IS NOT NULL AND h.status = 'tegar'),
        count(*) FILTER (WHERE m.id IS NOT NULL AND h.status = 'miskin'),
        count(*) FILTER (WHERE m.id IS NOT NULL AND h.status NOT IN ('tegar', 'miskin')),
        count(*) FILTER (WHERE m.id IS NULL AND h.status = 'tegar'),
        count(*) FILTER (WHERE m.id IS NULL AND h.status = 'miskin'),
        coalesce(sum(h.member_count) FILTER (WHERE m.id IS NOT NULL), 0)
    FROM ekasih.household AS h
    LEFT JOIN ekasih.households_meeting(CAST(:asked AS jsonb), '2026-03-01', NULL) AS m (id) ON m.id = h.id
    WHERE h.exited_on IS NULL AND :within IN ('MY', h.state_code)
    GROUP BY 1
""")


@dataclass(frozen=True, kw_only=True)
class Land(Served):
    """A register of households with children and several sources of income, a national officer, one of a district."""

    owner: Engine
    national: Principal
    officer: Principal
    planner: Principal


def _family(owner: Connection, chance: random.Random, number: int) -> int:
    district, mukim = chance.choice(_PLACES)
    household = add_household(
        owner,
        f"W{number:04}",
        district=district,
        mukim=mukim,
        strata=chance.choice(("urban", "rural")),
        income=chance.choice((0, 150, 900, 1400, 2000, 2600, 3100.55, 4000, 9000)),
        members=chance.randint(1, 7),
    )
    persons = list(owner.scalars(text("SELECT id FROM ekasih.person WHERE household_id = :h"), {"h": household}))
    for person in persons[1:]:
        born = text(
            "UPDATE ekasih.person SET birth_date = current_date - make_interval(years => :years, days => :days)"
            " WHERE id = :id"
        )
        owner.execute(born, {"id": person, "years": chance.randint(0, 21), "days": chance.choice((-1, 0, 0, 1, 200))})
        if chance.random() < 0.4:
            added = {"p": person, "s": chance.choice(SOURCES), "rm": chance.choice((80, 333.33, 700))}
            owner.execute(text("INSERT INTO ekasih.income VALUES (:p, :s, :rm)"), added)
    return household


@pytest.fixture
def land(owner_engine: Engine, web: Engine) -> Land:
    chance = random.Random(7)
    with owner_engine.begin() as connection:
        for number in range(160):
            _family(connection, chance, number)
        connection.execute(_SUMMED)
        connection.execute(_DECIDED)
        connection.execute(text("UPDATE ekasih.household SET exited_on = current_date, exit_reason = 'other' "
                                "WHERE file_no = 'W0003'"))  # fmt: skip
        return Land(
            web=web,
            owner=owner_engine,
            national=add_principal(connection, "nasional", Role.NATIONAL),
            officer=add_principal(connection, "pegawai", Role.OFFICER, "0803"),
            planner=add_principal(connection, "perancang", Role.PLANNER),
        )


def _supposed(chance: random.Random) -> Scenario:
    """A scenario at random, of all that can be supposed."""

    def some(*values: float | str) -> Decimal:
        return Decimal(str(chance.choice((0, *values))))

    shifts = tuple(
        LineShift(
            state=chance.choice(("MY", "08", "10")),
            strata=chance.choice(("all", "urban", "rural")),
            pgk_pct=some(-30, 7.25, 40),
            food_pct=some(-30, 12.5, 60),
            pgk_household=some(-250, 333.33),
            food_household=some(-99.99, 200),
            pgk_per_capita=some(-40, 55.55),
            food_per_capita=some(-20, 31.07),
        )
        for _ in range(chance.randint(0, 2))
    )
    raises = tuple(
        Raise(source, some(50, 120.25), some(-50, 3.33, 25)) for source in chance.sample(SOURCES, chance.randint(0, 2))
    )
    paid = Benefit(some(100, 75.5), chance.choice((1, 7, 13, 18)), chance.random() < 0.5)
    return Scenario(shifts, chance.choice((None, *Rule)), raises, chance.choice((None, paid)))


def _each(owner: Connection, scenario: Scenario) -> dict[int, Any]:
    asked = owner.scalar(_EACH, {"asked": json.dumps(scenario.plain())})
    return {row.household_id: row for row in owner.execute(text(f"SELECT * FROM ({asked}) AS r"))}


def _really(owner: Connection, scenario: Scenario) -> None:
    """Make the change itself: other lines, another rule, more income in the records, and everybody decided anew."""
    for one in scenario.income:
        owner.execute(_RAISE, {"rm": one.rm, "pct": one.pct, "source": one.source})
    if scenario.benefit:
        paid = scenario.benefit
        owner.execute(_PAY, {"rm": paid.rm, "under": paid.under, "poor": paid.poor})
    owner.execute(_SUMMED)
    owner.execute(_LINES, {"asked": json.dumps(scenario.plain())})
    if scenario.rule:
        owner.execute(_RULE, {"rule": scenario.rule.value})
    owner.execute(_DECIDED)


@pytest.mark.parametrize("kept", ["nothing", "all", "most"])
def test_what_is_simulated_is_what_is_decided_household_by_household(land: Land, kept: str) -> None:
    chance = random.Random(kept)
    moved = 0
    with land.owner.connect() as owner:
        owner.execute(_ACT, {"user": land.national.user_id})
        if kept != "nothing":
            make_bits(owner)
        if kept == "most":
            for number in range(900, 905):
                _family(owner, chance, number)
            owner.execute(text("UPDATE ekasih.household SET strata = 'rural' WHERE file_no LIKE 'W00_7'"))
            owner.execute(_SUMMED)
            owner.execute(_DECIDED)
        for _ in range(SCENARIOS):
            scenario = _supposed(chance)
            with owner.begin_nested() as supposed:
                simulated = _each(owner, scenario)
                areas = total(simulations.outcome(owner, scenario, "MY").values())
                _really(owner, scenario)
                decided = list(owner.execute(_STANDING))
                supposed.rollback()
            statuses = ("tegar", "miskin", "mudah_miskin", "terkeluar")
            assert [(row.id, row.status, row.gap_rm, row.income_rm) for row in decided] == [
                (
                    number,
                    statuses[row.status - 1],
                    Decimal(row.gap_after_sen) / 100,
                    Decimal(row.income_sen + row.raised_sen + row.paid_sen) / 100,
                )
                for number, row in sorted(simulated.items())
            ]
            assert areas.gap_after_rm == sum(row.gap_rm for row in decided)
            for status in statuses:
                assert areas.standing(status, after=True) == sum(row.status == status for row in decided)
            moved += areas.entering + areas.leaving
            assert scenario_of(scenario.plain()).plain() == scenario.plain()
    assert moved > SCENARIOS


def test_figures_and_households_stay_within_the_own_territory(land: Land) -> None:
    scenario = Scenario((LineShift(pgk_pct=Decimal(60)),))
    with land.reading(land.national) as connection:
        states = simulations.outcome(connection, scenario, "MY")
        assert set(states) == {"08", "10"}
        districts = simulations.outcome(connection, scenario, "08")
        assert set(districts) == {"0801", "0803"}
        assert total(districts.values()).households == states["08"].households
        mukims = simulations.outcome(connection, scenario, "0803")
        assert set(mukims) == {"080300", "080301"}
        assert total(mukims.values()).households == districts["0803"].households
    with land.reading(land.officer) as connection:
        assert set(simulations.outcome(connection, scenario, "MY")) == {"08"}
        own = simulations.outcome(connection, scenario, "08")
        assert set(own) == {"0803"}
        assert own["0803"].households == districts["0803"].households
        assert simulations.outcome(connection, scenario, "10") == {}
        came = simulations.moves(connection, scenario, "MY", way="in")
        assert {row["district_code"] for row in came} == {"0803"}
        assert len(came) == own["0803"].entering > 1
        # a page ends where the next begins
        first = simulations.moves(connection, scenario, "MY", way="in", most=1)
        rest = simulations.moves(connection, scenario, "MY", way="in", after=first[0]["household_id"])
        assert [*first, *rest] == came
    with land.reading(land.planner) as connection:
        assert simulations.outcome(connection, scenario, "MY") == {}
        assert simulations.moves(connection, scenario, "MY", way="in") == []


def _whom(owner: Connection, conditions: list[Any], within: str) -> dict[str, tuple[int, ...]]:
    """Whom conditions would reach by area, from the households that are found one by one."""
    found = owner.execute(_RECOUNTED, {"asked": json.dumps(conditions), "within": within})
    return {row.area_code: tuple(row[1:]) for row in found}


def test_whom_conditions_would_reach_is_what_the_records_tell_one_by_one(land: Land) -> None:
    chance = random.Random(11)
    asks = Asks(chance)
    reached = 0
    for kept in ("nothing", "all", "most"):
        with land.owner.begin() as owner:
            if kept == "all":
                make_bits(owner)
            elif kept == "most":
                for number in range(900, 905):
                    _family(owner, chance, number)
                owner.execute(_SUMMED)
                owner.execute(_DECIDED)
        for within in ("MY", "08") * 6:
            conditions = asks.group()["syarat"] if chance.random() < 0.5 else _incomes(chance)
            with land.owner.connect() as owner, land.reading(land.national) as connection:
                told = simulations.targeting(connection, conditions, DAY, within)
                assert {code: astuple(one) for code, one in told.items()} == _whom(owner, conditions, within)
            reached += sum(one.reached > 0 and one.missed > 0 and one.leakage > 0 for one in told.values())
    assert reached > SCENARIOS


def _incomes(chance: random.Random) -> list[Any]:
    asked = ("pendapatan_isirumah", "<", (950, 2500, 5000)), ("bil_ahli", ">=", (1, 3))
    return [{"pada": "isirumah", "medan": name, "op": op, "nilai": chance.choice(some)} for name, op, some in asked]


def test_who_sees_no_persons_or_is_of_an_agency_is_not_told_whom_conditions_reach(land: Land) -> None:
    with land.reading(land.national) as connection:
        whole = simulations.targeting(connection, [], DAY, "MY")
        assert set(whole) == {"08", "10"}
        assert all(one.missed == 0 for one in whole.values())
    with land.reading(land.officer) as connection:
        own = simulations.targeting(connection, [], DAY, "MY")
        assert own.keys() == {"08"}
        assert 0 < own["08"].reached < whole["08"].reached
        assert simulations.targeting(connection, [], DAY, "10") == {}
    with land.owner.begin() as owner:
        added = text(
            "INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('UJI', 'Uji', 'Uji', 'persekutuan')"
            " RETURNING id"
        )
        agency = owner.scalar(added)
        owner.execute(
            text("UPDATE ekasih.app_user SET agency_id = :agency WHERE id = :user"),
            {"agency": agency, "user": land.officer.user_id},
        )
    for nobody in (land.planner, land.officer):
        with land.reading(nobody) as connection:
            assert simulations.targeting(connection, [], DAY, "MY") == {}


def test_nothing_is_written(land: Land) -> None:
    changed = text("SELECT count(*), max(h.xmin::text), sum(h.gap_rm) FROM ekasih.household AS h")
    with land.owner.connect() as owner:
        before = owner.execute(changed).one()
    with land.reading(land.national) as connection:
        simulations.outcome(connection, Scenario((LineShift(pgk_pct=Decimal(60)),)), "MY")
    with land.owner.connect() as owner:
        assert owner.execute(changed).one() == before
