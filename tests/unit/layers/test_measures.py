"""Claims about the measures."""

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from layers.measures import AID, DEFAULT_MEASURE, MEASURES, measure_named

AREAS = pd.DataFrame(
    {
        "area_code": ["0801", "0802", "0803"],
        "tegar": [10, None, 0],
        "miskin": [30, 20, 0],
        "gap_rm": [Decimal("1500.50"), None, Decimal(0)],
        "census_households": [1000, 500, 0],
        "tegar_12m_ago": [20, 5, 0],
        "miskin_12m_ago": [30, 10, 4],
    }
)


def values(key: str) -> list[float]:
    return MEASURES[key].values(AREAS).tolist()


def test_both_is_tegar_and_miskin_together() -> None:
    assert values("poor")[0] == 40


def test_a_total_with_a_hidden_part_is_not_known() -> None:
    assert pd.isna(values("poor")[1])


def test_a_rate_divides_by_the_census() -> None:
    assert values("poor_rate")[0] == pytest.approx(0.04)


def test_an_area_without_census_households_has_no_rate() -> None:
    assert pd.isna(values("poor_rate")[2])


def test_money_comes_out_of_decimals() -> None:
    assert values("cost")[0] == pytest.approx(1500.5)


def test_a_change_is_measured_from_a_year_ago() -> None:
    assert values("tegar_change")[0] == pytest.approx(-0.5)
    assert values("miskin_change")[2] == -1


def test_a_change_from_zero_is_not_known() -> None:
    assert pd.isna(values("tegar_change")[2])


def test_a_column_that_is_missing_is_not_known() -> None:
    assert MEASURES["poor_change"].values(AREAS[["area_code", "tegar", "miskin"]]).isna().all()


def test_every_measure_has_a_subject_in_each_kind() -> None:
    assert set(MEASURES) == {
        *(f"{subject}{kind}" for subject in ("tegar", "miskin", "poor") for kind in ("", "_rate", "_change")),
        "cost",
        *AID,
    }


@pytest.mark.parametrize("key", [None, "", "nonsense", "<script>"])
def test_an_unknown_key_gets_the_default(key: str) -> None:
    assert measure_named(key) is DEFAULT_MEASURE


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("tegar", 1204, "1,204"),
        ("poor_rate", 0.031, "3.1%"),
        ("cost", 99.5, "RM99.50"),
        ("poor_change", -0.031, "▼ 3.1%"),
    ],
)
def test_a_measure_writes_its_own_unit(key: str, value: Any, text: str) -> None:
    assert MEASURES[key].write(value) == text
