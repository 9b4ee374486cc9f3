"""Whatever is shared out adds up, in whole units, and falls to whom the rule says."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.apportion import NotApportioned, apportion, whole

if TYPE_CHECKING:
    from pathlib import Path

WEIGHTS = st.dictionaries(st.text("0123456789", min_size=2, max_size=4), st.integers(0, 5000), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, (1, 1, 1), [4, 3, 3]),
        (7, (50, 30, 20), [4, 2, 1]),
        (5, (3, 3, 1, 1, 0), [2, 2, 1, 0, 0]),
        (0, (0, 0), [0, 0]),
        (100, (31, 29, 1), [51, 47, 2]),
    ],
)
def test_the_figures_worked_by_hand_come_out(total: int, weights: tuple[int, ...], parts: list[int]) -> None:
    assert list(apportion(total, dict(zip("abcde", weights, strict=False))).values()) == parts


def test_a_share_above_its_cap_is_cut_and_the_rest_goes_to_the_others() -> None:
    caps = {"a": 40, "b": 100, "c": 20}
    assert apportion(90, {"a": 80, "b": 10, "c": 10}, caps=caps) == {"a": 40, "b": 30, "c": 20}


def test_on_a_tie_the_larger_weight_goes_first_and_then_the_lower_code() -> None:
    assert apportion(2, {"b": 1, "a": 1, "c": 2}) == {"a": 1, "b": 0, "c": 1}


def test_sums_of_money_are_shared_out_to_the_sen_of_their_weights() -> None:
    assert apportion(3, {"a": Decimal("0.10"), "b": Decimal("0.20")}) == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("total", "weights", "caps", "code"),
    [(1, {"a": 0}, None, "tiada_asas"), (11, {"a": 1, "b": 1}, {"a": 5, "b": 5}, "melebihi_had")],
)
def test_what_cannot_be_shared_out_is_refused(
    total: int, weights: dict[str, int], caps: dict[str, int] | None, code: str
) -> None:
    with pytest.raises(NotApportioned) as refused:
        apportion(total, weights, caps=caps)
    assert refused.value.code == code


@pytest.mark.parametrize(("total", "weights"), [(-1, {"a": 1}), (1, {"a": -1, "b": 3})])
def test_nothing_negative_is_shared_out(total: int, weights: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        apportion(total, weights)


@given(st.integers(0, 10_000), WEIGHTS)
def test_the_parts_add_up_and_none_is_a_unit_away_from_its_share(total: int, weights: dict[str, int]) -> None:
    every = sum(weights.values())
    if every == 0:
        total = 0
    parts = apportion(total, weights)
    assert sum(parts.values()) == total
    assert parts.keys() == weights.keys()
    assert all(abs(parts[code] - Fraction(total * weight, every or 1)) < 1 for code, weight in weights.items())


@given(WEIGHTS, st.data())
def test_no_part_is_above_its_cap(weights: dict[str, int], data: st.DataObject) -> None:
    caps = {code: data.draw(st.integers(0, 300)) if weight else 0 for code, weight in weights.items()}
    parts = apportion(data.draw(st.integers(0, sum(caps.values()))), weights, caps=caps)
    assert all(parts[code] <= caps[code] for code in weights)


def test_half_a_unit_is_a_unit() -> None:
    assert [whole(value) for value in (Decimal("109.5"), Decimal("109.4999"), Fraction(1, 3), 7)] == [110, 109, 0, 7]


@pytest.fixture(scope="module")
def truth(shared_folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))
    return found


def test_the_fixtures_of_the_specification_come_out(truth: dict[str, Any]) -> None:
    for case in truth["fixtures"]["apportion"]:
        assert apportion(case["total"], case["weights"], caps=case.get("caps")) == case["got"]
    rate = truth["fixtures"]["ratio_target"]
    numerator = whole(Fraction(rate["rate"]) * sum(rate["denominators"].values()))
    assert numerator == rate["numerator"]
    assert apportion(numerator, rate["baselines"]) == rate["got"]
