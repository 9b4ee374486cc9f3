"""How values of indicators are rounded before they are published."""

from __future__ import annotations

from decimal import Decimal

import pytest

from poverty.kpi.grammar import read_formula
from poverty.kpi.published import RULES
from poverty.kpi.tree import figures

D = Decimal


@pytest.mark.parametrize(
    ("formula", "part", "whole", "shown"),
    [
        ("income_up_300", 9, 0, None),
        ("income_up_300", 13, 0, "15"),
        ("total(cases_visited_in_time, 3) / total(cases_due_visit, 3)", 40, 49, None),
        ("total(cases_visited_in_time, 3) / total(cases_due_visit, 3)", 40, 50, "0.8"),
        ("total(cases_visited_in_time, 3) / total(cases_due_visit, 3)", 97, 100, None),
        ("total(cases_visited_in_time, 3) / total(cases_due_visit, 3)", 3, 100, None),
        ("total(cases_visited_in_time, 3) / total(cases_due_visit, 3)", 617, 1000, "0.617"),
        ("1 - locked_left / locked_size", 4819, 9402, "0.487"),
        ("1 - locked_left / locked_size", 2, 400, None),
        ("total(spent_rm, ytd) / allocated_rm", 12_345, 49_000, None),
        ("total(spent_rm, ytd) / allocated_rm", 12_345, 60_000, "0.2"),
        ("total(spent_rm, ytd) / allocated_rm", 2_345, 60_000, None),
    ],
)
def test_values_of_few_are_hidden_and_others_rounded(formula: str, part: int, whole: int, shown: str | None) -> None:
    assert RULES[formula].value(D(part), D(whole)) == (None if shown is None else D(shown))


def test_the_depth_of_poverty_is_told_of_fifty_households_and_of_none() -> None:
    depth = RULES["gap_share / census_households"]
    assert depth.value(D("12.4"), D(1000), poor=49) is None
    assert depth.value(D("12.4"), D(1000), poor=50) == D("0.012")
    assert depth.value(D(0), D(1000), poor=0) == 0


def test_a_rule_reads_what_its_formula_does() -> None:
    for formula, rule in RULES.items():
        parts = {figure for one in (rule.part, rule.whole) if one for figure in figures(read_formula(one))}
        assert parts == set(figures(read_formula(formula)))
