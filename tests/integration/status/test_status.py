"""How poverty is decided: the figures of the specification, strictness at the line, and the look-up of the line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from poverty.lines import PovertyLine, Rule, Strata, line_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATUS = text("""
    SELECT status_of(CAST(:income AS numeric), CAST(:members AS integer), l.pgk_household_rm, l.food_household_rm,
        l.pgk_per_capita_rm, l.food_per_capita_rm, CAST(:rule AS text), CAST(:ceiling AS numeric))
    FROM poverty_line AS l
    WHERE l.survey_year = :year AND l.state_code = :state AND l.strata = :strata
""")


def _status(owner: Connection, *, year: int, state: str, strata: str, income: str, members: int, **more: str) -> str:
    values = {"year": year, "state": state, "strata": strata, "income": Decimal(income), "members": members}
    return str(owner.scalar(_STATUS, {"rule": "per_capita", "ceiling": None} | values | more))


@pytest.mark.parametrize(
    ("year", "state", "strata", "members", "income", "status"),
    [
        (2022, "12", "all", 4, "1150", "tegar"),
        (2022, "12", "all", 4, "1152", "miskin"),
        (2014, "08", "urban", 5, "690", "tegar"),
        (2014, "08", "urban", 5, "1000", "miskin"),
        (2014, "08", "urban", 5, "1600", "terkeluar"),
        (2014, "08", "urban", 1, "240", "terkeluar"),
        (2014, "08", "urban", 1, "239.99", "miskin"),
        (2014, "08", "urban", 1, "140", "miskin"),
        (2014, "08", "urban", 1, "139.99", "tegar"),
        (2014, "08", "urban", 3, "0", "tegar"),
    ],
)
def test_the_figures_of_the_specification_come_out_right(
    owner: Connection, year: int, state: str, strata: str, members: int, income: str, status: str
) -> None:
    assert _status(owner, year=year, state=state, strata=strata, income=income, members=members) == status


def test_the_two_tests_may_disagree_and_the_rule_decides(owner: Connection) -> None:
    household = {"year": 2022, "state": "12", "strata": "all", "members": 4}
    assert _status(owner, **household, income="1217") == "miskin"  # type: ignore[arg-type]
    other = _status(owner, **household, income="1217", rule="household_or_per_capita")  # type: ignore[arg-type]
    assert other == "tegar"


def test_below_the_ceiling_a_household_that_is_not_poor_is_vulnerable(owner: Connection) -> None:
    household = {"year": 2014, "state": "08", "strata": "urban", "members": 5}
    assert _status(owner, **household, income="1300", ceiling="1500") == "mudah_miskin"  # type: ignore[arg-type]
    assert _status(owner, **household, income="1500", ceiling="1500") == "terkeluar"  # type: ignore[arg-type]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    income=st.decimals(0, 20_000, places=2),
    members=st.integers(1, 15),
    food=st.integers(1, 900),
    more=st.integers(0, 900),
    ceiling=st.none() | st.integers(0, 9_000),
    by_household=st.booleans(),
)
def test_the_status_is_that_of_the_written_rule(
    owner: Connection, income: Decimal, members: int, food: int, more: int, ceiling: int | None, *, by_household: bool
) -> None:
    pgk = food + more
    household_line, household_food = pgk * 4, food * 4
    per_capita = income / members
    if per_capita < food or (by_household and income < household_food):
        expected = "tegar"
    elif per_capita < pgk or (by_household and income < household_line):
        expected = "miskin"
    else:
        expected = "mudah_miskin" if ceiling is not None and income < ceiling else "terkeluar"
    statement = text("""
        SELECT status_of(:income, :members, :household_line, :household_food, :pgk, :food, :rule,
            CAST(:ceiling AS numeric))
    """)
    values = {
        "income": income,
        "members": members,
        "household_line": Decimal(household_line),
        "household_food": Decimal(household_food),
        "pgk": Decimal(pgk),
        "food": Decimal(food),
        "rule": "household_or_per_capita" if by_household else "per_capita",
        "ceiling": ceiling,
    }
    assert owner.scalar(statement, values) == expected


_GAPS = text("""
    SELECT g.gap_rm, g.food_gap_rm, g.gap_share
    FROM gaps_of(CAST(:income AS numeric), CAST(:members AS integer), :household_line, :household_food, :pgk, :food,
        :rule) AS g
""")


def _gaps(owner: Connection, *, income: str, members: int, rule: str, line: tuple[int, int, int, int]) -> list[Decimal]:
    names = ("household_line", "household_food", "pgk", "food")
    values = {"income": Decimal(income), "members": members, "rule": rule}
    found = owner.execute(_GAPS, values | dict(zip(names, map(Decimal, line), strict=True))).one()
    return list(found)


@pytest.mark.parametrize(
    ("income", "members", "gap", "share"),
    [("1150", 4, "2", "0.001736"), ("1152", 4, "0", "0"), ("500", 2, "76", "0.131944"), ("1200", 6, "528", "0.305556")],
)
def test_the_gaps_of_the_specification_come_out_right(
    owner: Connection, income: str, members: int, gap: str, share: str
) -> None:
    found = _gaps(owner, income=income, members=members, rule="per_capita", line=(2000, 1000, 288, 100))
    assert (found[0], found[2]) == (Decimal(gap), Decimal(share))


@pytest.mark.parametrize(
    ("members", "gaps"),
    # alone the household's own lines are the larger ones, six are above them by their number
    [(1, ["500", "0", "0.25"]), (6, ["900", "300", "0.375"])],
)
def test_under_the_wider_rule_the_gap_is_to_the_larger_line(owner: Connection, members: int, gaps: list[str]) -> None:
    found = _gaps(owner, income="1500", members=members, rule="household_or_per_capita", line=(2000, 1000, 400, 300))
    assert found == [Decimal(gap) for gap in gaps]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    income=st.decimals(0, 6_000, places=2),
    members=st.integers(1, 12),
    food=st.integers(1, 900),
    more=st.integers(0, 900),
    household=st.integers(1, 6_000),
    rule=st.sampled_from(list(Rule)),
)
def test_there_is_a_gap_exactly_where_the_rule_says_poor(
    owner: Connection, income: Decimal, members: int, food: int, more: int, household: int, rule: Rule
) -> None:
    food_household = household // 2
    figures = (household, food_household, food + more, food)
    gap, food_gap, share = _gaps(owner, income=str(income), members=members, rule=rule, line=figures)
    line = PovertyLine(2022, "08", "Perak", Strata.URBAN, *map(Decimal, figures))
    own, own_food = (line_of(line, members=members, rule=rule, food=of_food) for of_food in (False, True))
    assert (gap, food_gap) == (max(own - income, 0), max(own_food - income, 0))
    assert share == round(max(1 - income / own, Decimal(0)), 6)
    status = owner.scalar(
        text("SELECT status_of(:income, :members, :a, :b, :c, :d, :rule, NULL)"),
        {"income": income, "members": members, "rule": rule} | dict(zip("abcd", map(Decimal, figures), strict=True)),
    )
    assert (gap > 0, food_gap > 0) == (status in {"tegar", "miskin"}, status == "tegar")


def _line(owner: Connection, day: date, state: str, strata: str) -> tuple[int, str, str]:
    statement = text("""
        SELECT p.survey_year, p.state_code, p.strata
        FROM lines_in_force(:day) AS l JOIN poverty_line AS p ON p.id = l.line_id
        WHERE l.state_code = :state AND l.strata = :strata
    """)
    return tuple(owner.execute(statement, {"day": day, "state": state, "strata": strata}).one())  # type: ignore[return-value]


def test_every_state_and_strata_has_one_line_on_any_day_since_2015(owner: Connection) -> None:
    for day in (date(2016, 1, 1), date(2021, 6, 1), date(2026, 11, 23)):
        found = owner.execute(
            text("SELECT count(*), count(DISTINCT (state_code, strata)) FROM lines_in_force(:d)"), {"d": day}
        )
        assert tuple(found.one()) == (32, 32)


def test_the_newest_line_in_force_decides_and_one_that_is_not_adopted_does_not(owner: Connection) -> None:
    assert _line(owner, date(2026, 11, 23), "08", "urban") == (2022, "08", "urban")
    owner.execute(text("UPDATE poverty_line SET effective_from = '2026-10-01' WHERE survey_year = 2024"))
    assert _line(owner, date(2026, 11, 23), "08", "urban") == (2022, "08", "urban")
    owner.execute(text("DELETE FROM poverty_line WHERE state_code = '08' AND strata IN ('urban', 'rural')"))
    assert _line(owner, date(2026, 11, 23), "08", "urban") == (2022, "08", "all")
    owner.execute(text("DELETE FROM poverty_line WHERE state_code = '08'"))
    assert _line(owner, date(2026, 11, 23), "08", "urban")[1] == "MY"
