"""Claims about how a decision is put into words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from poverty.lines import PovertyLine, Rule, Status, StatusDecision, Strata, explain

SABAH = PovertyLine(
    survey_year=2022,
    area_code="12",
    area_name="Sabah",
    strata=Strata.ALL,
    pgk_household_rm=Decimal(2742),
    food_household_rm=Decimal(1218),
    pgk_per_capita_rm=Decimal(641),
    food_per_capita_rm=Decimal(288),
)
HARDCORE = StatusDecision(
    status=Status.TEGAR,
    income_rm=Decimal(1150),
    members=4,
    line=SABAH,
    rule=Rule.PER_CAPITA,
    decided_on=date(2024, 1, 1),
)


def test_the_sentence_has_the_income_the_line_the_area_and_the_year() -> None:
    told = explain(HARDCORE)[0]
    assert told.key == "decision.per_capita.tegar"
    assert told.values["income_rm"] == Decimal("287.50")
    assert told.values["line_rm"] == Decimal(288)
    assert (told.values["area_name"], told.values["survey_year"]) == ("Sabah", 2022)


def test_the_other_test_is_told_too() -> None:
    other = explain(HARDCORE)[1]
    assert other.key == "decision.other.below_food"
    assert other.values["line_rm"] == Decimal(1218)


def test_the_two_tests_may_disagree() -> None:
    decision = replace(HARDCORE, status=Status.MISKIN, income_rm=Decimal(1152))
    told, other = explain(decision)
    assert (told.key, told.values["line_rm"]) == ("decision.per_capita.miskin", Decimal(641))
    assert other.key == "decision.other.below_food"


def test_under_the_wider_rule_the_test_that_decided_comes_first() -> None:
    decision = replace(
        HARDCORE, rule=Rule.HOUSEHOLD_OR_PER_CAPITA, income_rm=Decimal(1200), members=1, status=Status.TEGAR
    )
    told, other = explain(decision)
    assert told.key == "decision.household.tegar"
    assert other.key == "decision.other.above"


def test_somebody_not_poor_is_compared_with_the_poverty_line() -> None:
    told = explain(replace(HARDCORE, status=Status.TERKELUAR, income_rm=Decimal(9000)))[0]
    assert (told.key, told.values["line_rm"]) == ("decision.per_capita.terkeluar", Decimal(641))


def test_a_ceiling_is_named_where_one_was_used() -> None:
    decision = replace(
        HARDCORE,
        status=Status.MUDAH_MISKIN,
        income_rm=Decimal(2800),
        vulnerable_ceiling_rm=Decimal(750),
    )
    assert explain(decision)[0].values["ceiling_rm"] == Decimal(750)


def test_a_derived_line_says_so_only_where_that_figure_was_used() -> None:
    line = replace(SABAH, derived=frozenset({"food_per_capita_rm"}))
    tegar = explain(replace(HARDCORE, line=line))
    miskin = explain(replace(HARDCORE, line=line, status=Status.MISKIN, income_rm=Decimal(2000)))
    assert tegar[-1].key == "decision.derived"
    assert all(part.key != "decision.derived" for part in miskin)
