"""Who sees no persons slides lines as finely as they like and learns of no household, nor of fewer than ten."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from poverty.simulation import Benefit, LineShift, Scenario, total
from queries import simulations
from registry.aid.targets.bitmaps import make_bits
from registry.aid_refusals import SimulationMaking
from registry.installation.settings import Settings
from registry.principals import Principal, Role
from registry.simulations.groups import Step, grouped, make_groups
from tests.squares import write_squares
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

_MONTH: Final = date(2026, 1, 1)
_NEXT: Final = date(2026, 2, 1)
_PUBLISHED: Final = text("""
    INSERT INTO ekasih.published_count (area_code, month, cut, tegar, miskin)
    SELECT a.code, :month, a.cut, CASE WHEN a.shown THEN 50 END, CASE WHEN a.shown THEN 50 END
    FROM (VALUES ('MY', 'all', true), ('08', 'all', true), ('08', 'urban', true), ('08', 'rural', true),
                 ('10', 'all', true), ('10', 'urban', false), ('10', 'rural', false)) AS a (code, cut, shown)
""")
_PUBLICATION: Final = text("INSERT INTO ekasih.publication (published_at, as_of) VALUES (now(), '2026-03-01')")
_MAKING: Final = text("""
    CREATE OR REPLACE FUNCTION ekasih.standing_sql(within text) RETURNS text LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'simulation_making' USING ERRCODE = 'EK277';
    END
    $$
""")
_GROUPS: Final = text("SELECT state_code, strata, month FROM ekasih.simulation_group GROUP BY 1, 2, 3 ORDER BY 1, 2")


@dataclass(frozen=True, kw_only=True)
class Land(Served):
    """A small register of two states, of one of which the poor by strata are hidden."""

    owner: Engine
    national: Principal
    planner: Principal


@pytest.fixture
def land(owner_engine: Engine, web: Engine) -> Land:
    chance = random.Random(3)
    with owner_engine.begin() as connection:
        for number in range(240):
            district = "1001" if number % 8 == 0 else "0803"
            add_household(
                connection,
                f"G{number:04}",
                district=district,
                strata="rural" if number % 5 == 0 else "urban",
                income=chance.randint(100, 5000),
                members=chance.randint(1, 6),
            )
        connection.execute(_PUBLISHED, {"month": _MONTH})
        connection.execute(_PUBLICATION)
        make_bits(connection)
        assert make_groups(connection) > 3
        return Land(
            web=web,
            owner=owner_engine,
            national=add_principal(connection, "nasional", Role.NATIONAL),
            planner=add_principal(connection, "perancang", Role.PLANNER),
        )


def _slid() -> list[Scenario]:
    """Every line that can be typed, RM by RM, of each strata, and some that move together."""
    steps = range(-400, 400)
    return [
        *(Scenario((LineShift(strata="urban", pgk_per_capita=Decimal(rm)),)) for rm in steps),
        *(
            Scenario((LineShift(food_per_capita=Decimal(rm), pgk_per_capita=Decimal(rm // 7)),))
            for rm in range(0, 200, 3)
        ),
    ]


def _few(read: Callable[[Scenario], dict[str, Any]]) -> set[int]:
    """The counts from 1 to 9 that whoever compares scenarios finds, in an area or between two of them."""
    found: set[int] = set()
    outcomes = [read(scenario) for scenario in _slid()]
    for one in outcomes:
        for area in one.values():
            found |= {area.entering, area.leaving, *area.households.values()}
    for one, other in pairwise(outcomes):
        for code in one:
            for after in (False, True):
                for status in ("tegar", "miskin", "mudah_miskin", "terkeluar"):
                    found.add(abs(one[code].standing(status, after=after) - other[code].standing(status, after=after)))
    return {n for n in found if 0 < n < 10}


def test_no_household_and_no_count_below_ten_follows_from_any_scenarios(land: Land) -> None:
    with land.reading(land.planner) as connection:
        assert _few(lambda scenario: simulations.grouped(connection, scenario)[0]) == set()
    # the attack is one: of exact figures it finds households one by one
    with land.reading(land.national) as connection:
        exact = [
            total(simulations.outcome(connection, one, "08").values()).poor(after=True) for one in _slid()[300:420]
        ]
    assert 1 in {abs(one - other) for one, other in pairwise(exact)}


def test_files_of_what_would_be_are_what_the_page_tells_and_say_what_is_supposed(land: Land, tmp_path: Path) -> None:
    write_squares(tmp_path, "state", [("08", "Perak"), ("10", "Selangor")])
    address = "/muat-turun/bagaimana-jika?in=0803&pgk=40"
    files = {}
    for who in (land.planner, land.national):
        deps = Deps(Settings(home=tmp_path, given_secret_key="x"), land.web, lambda who=who: who)
        client = create_app(deps).server.test_client()
        table = client.get(f"{address}&as=csv").text
        files[who.role] = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))[1:]
        if who.role == Role.PLANNER:
            drawn = client.get(f"{address}&as=svg").text
            assert client.get(f"{address}&as=pdf").data.startswith(b"%PDF")
    scenario = Scenario((LineShift(pgk_pct=Decimal(40)),))
    with land.reading(land.planner) as connection:
        found = simulations.grouped(connection, scenario)[0]["08"]
    told = {row[0]: row for row in files[Role.PLANNER]}
    # of a district who sees no persons gets the country by states
    assert told["08"][2:6] == [str(n) for n in (found.poor(after=False), found.poor(after=True), found.entering, 0)]
    assert told["10"][2:8] == [""] * 6
    assert all(n == "" or int(n) == 0 or int(n) >= 10 for row in told.values() for n in row[2:6])
    assert "40%" in told["08"][8]
    assert {row[0][:4] for row in files[Role.NATIONAL]} == {"0803"}
    for said in ("Bagaimana jika: ", "+40%", "anggaran", "Perak", "Sumber"):
        assert said in drawn, said


def test_while_it_is_read_again_where_everybody_stands_the_page_says_so(land: Land, tmp_path: Path) -> None:
    with land.owner.begin() as owner:
        owner.execute(_MAKING)
    deps = Deps(Settings(home=tmp_path, given_secret_key="x"), land.web, lambda: land.national)
    with pytest.raises(SimulationMaking), deps.reading() as connection:
        simulations.outcome(connection, Scenario(), "MY")


def test_groups_are_of_what_is_published_and_stand_while_few_have_changed(land: Land) -> None:
    with land.owner.begin() as owner:
        before = owner.execute(_GROUPS).all()
        assert {(row.state_code, row.month) for row in before} == {("08", _MONTH)}
        assert make_groups(owner) == 0
        owner.execute(_PUBLISHED, {"month": _NEXT})
        for number in range(4):
            add_household(owner, f"H{number}", strata="urban", income=900)
        make_bits(owner)
        make_groups(owner)
        assert owner.execute(_GROUPS).all() == before
    with land.owner.begin() as owner:
        add_household(owner, "H4", strata="urban", income=900)
        make_bits(owner)
        make_groups(owner)
        months = {row.strata: row.month for row in owner.execute(_GROUPS)}
        assert months["urban"] == _NEXT
        assert set(months.values()) <= {_MONTH, _NEXT}


def test_groups_tell_about_what_the_register_tells(land: Land) -> None:
    scenario = Scenario((LineShift(pgk_pct=Decimal(40)),), benefit=Benefit(Decimal(100), 18))
    with land.reading(land.planner) as connection:
        told, month = simulations.grouped(connection, scenario)
    assert month == _MONTH
    with land.reading(land.national) as connection:
        exact = total(simulations.outcome(connection, scenario, "08").values())
    assert set(told) == {"08"}
    # a class of fewer than thirty is in no group
    assert abs(told["08"].entering - exact.entering) <= 30
    assert sum(told["08"].households.values()) <= sum(exact.households.values()) + 10


def test_steps_are_put_together_until_there_are_enough() -> None:
    steps = [Step(at, 12, 40, [0, 0, 0, 0], [0, 0, 0, 0], [0] * 18) for at in (3, 1, 2, 4, 9, 5, 6)]
    made = grouped(steps)
    assert [one.households for one in made] == [35, 50]
    assert made[0].per_head_rm == Decimal(25)
    assert grouped(steps[:2]) == []
