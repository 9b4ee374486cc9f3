"""The indicators that come with the product pass the checks of the language, and are those of the specification."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geo.names import REFERENCE
from poverty.kpi.checks import accepted
from poverty.kpi.grammar import read_formula
from poverty.kpi.measures import adds_up, shipped_measures
from registry.kpi.sentences import sentence
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED: list[dict[str, Any]] = json.loads((REFERENCE / "indicators.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("indicator", SHIPPED, ids=lambda one: one["code"])
def test_its_formula_is_accepted_and_is_a_sentence(indicator: dict[str, Any]) -> None:
    formula = accepted(indicator["formula"], unit=indicator["unit"], level=indicator["lowest"])
    assert all(sentence(formula.tree, shipped_measures(), words_of(language)) for language in LANGUAGES)


@pytest.mark.parametrize("indicator", [one for one in SHIPPED if one["denominator"]], ids=lambda one: one["code"])
def test_what_is_shown_above_and_below_the_line_is_accepted_too(indicator: dict[str, Any]) -> None:
    parts = (indicator["numerator"], indicator["denominator"])
    assert accepted(f"({parts[0]}) / ({parts[1]})", unit=indicator["unit"], level=indicator["lowest"])


def test_they_are_those_of_the_specification(shared_folder: Path) -> None:
    wanted = json.loads((shared_folder / "truth" / "measures" / "kpi.json").read_text(encoding="utf-8"))
    told = [{name: value for name, value in one.items() if name != "position"} for one in SHIPPED]
    assert told == [{name: one[name] for name in told[0]} for one in wanted]
    assert [one["position"] for one in SHIPPED] == list(range(1, len(wanted) + 1))


ADDED_UP = {"tegar", "miskin", "gap", "kunci_baki", "keluar_pendapatan", "naik_rm300", "rumah_siap"}


def test_which_add_up_over_the_areas_inside_one() -> None:
    assert {one["code"] for one in SHIPPED if adds_up(read_formula(one["formula"]))} == ADDED_UP


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("2 * poor / 3 - tegar", True),
        ("-poor + ago(poor, 12)", True),
        ("poor * tegar / households", False),
        ("10 / poor", False),
        ("poor + 1", False),
        ("max(poor, tegar)", False),
        ("total(spent_rm, 12)", False),
    ],
)
def test_a_sum_of_measures_adds_up_and_nothing_else(formula: str, told: bool) -> None:
    assert adds_up(read_formula(formula)) is told
