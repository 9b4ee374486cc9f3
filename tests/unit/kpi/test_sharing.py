"""What of an indicator is shared out follows from its formula, and adds up at every level, down to the mukim."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poverty.kpi.cascade import CascadeRefused
from poverty.kpi.grammar import read_formula
from poverty.kpi.sharing import Figures, Shared, levels_down, parts_of, pinned, share, ways

EVERY = ("syer", "keperluan", "tangan", "sama")


@pytest.mark.parametrize(
    ("formula", "allowed", "found"),
    [
        ("tegar", ("syer", "keperluan", "tangan"), ("syer", "keperluan")),
        ("total(exits[reason=income_rose], 12)", EVERY, ("syer", "keperluan", "sama")),
        ("total(houses_completed, ytd)", ("keperluan", "tangan"), ("keperluan",)),
        ("locked_left", ("syer", "tangan"), ("syer",)),
        ("poor / census_households", ("syer", "keperluan", "tangan"), ("syer", "keperluan")),
        ("gap_share / census_households", ("sama",), ("sama",)),
        ("dosm_rate * census_households - poor", ("tangan",), ()),
        ("1 - locked_left / locked_size", EVERY, ("sama",)),
        ("min(tegar, poor)", EVERY, ("sama",)),
    ],
)
def test_ways_follow_from_the_formula(formula: str, allowed: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert ways(read_formula(formula), allowed) == found


def test_targets_go_down_as_far_as_the_indicator_and_all_that_it_reads() -> None:
    assert levels_down(read_formula("tegar"), "mukim") == ("state", "district", "mukim")
    assert levels_down(read_formula("tegar"), "district") == ("state", "district")
    assert levels_down(read_formula("income_up_300 / households"), "mukim") == ("state", "district")


def test_what_is_divided_by_something_that_adds_up_is_a_rate() -> None:
    parts = parts_of(read_formula("poor / census_households"))
    assert parts is not None
    assert (parts.amount, parts.over) == (read_formula("poor"), read_formula("census_households"))
    assert parts_of(read_formula("dosm_rate / households")) is None


@st.composite
def countries(draw: st.DrawFn) -> Figures:
    """A country whose states, districts and mukim have baselines that add up, of households or of a rate."""
    children: dict[str, list[str]] = {"MY": []}
    amounts: dict[str, Decimal] = {}
    over: dict[str, Decimal] = {}

    def inside(parent: str, depth: int) -> None:
        for number in range(draw(st.integers(1, 3))):
            code = f"{'' if parent == 'MY' else parent}{number:02}"
            children.setdefault(parent, []).append(code)
            if depth > 1:
                inside(code, depth - 1)
                amounts[code] = sum((amounts[one] for one in children[code]), Decimal(0))
                over[code] = sum((over[one] for one in children[code]), Decimal(0))
            else:
                amounts[code] = Decimal(draw(st.integers(0, 40)))
                over[code] = amounts[code] + draw(st.integers(1, 60))

    inside("MY", 3)
    for found in (amounts, over):
        found["MY"] = sum((found[one] for one in children["MY"]), Decimal(0))
    needs = {code: Decimal(draw(st.integers(1, 50))) for code in amounts}
    return Figures(
        values=amounts, amounts=amounts, over=draw(st.sampled_from([None, over])), needs=needs, children=children,
        unit=1, lower_is_better=draw(st.booleans()),
    )  # fmt: skip


def units(found: Shared) -> Any:
    return found.targets if found.numerators is None else found.numerators


def whole_of(country: Figures, part: Decimal) -> Decimal:
    amount = Decimal(int(country.amounts["MY"] * part))
    return amount if country.over is None else amount / country.over["MY"]


@given(countries(), st.sampled_from(["syer", "keperluan"]), st.data())
def test_every_level_adds_up_with_and_without_pins(country: Figures, how: Any, data: st.DataObject) -> None:
    assume(country.amounts["MY"] > 0)
    target = whole_of(country, Decimal("0.7"))
    try:
        found = share(country, how, target, {}, root="MY")
        code = data.draw(st.sampled_from(sorted(set(country.amounts) - {"MY"})))
        set_at = Decimal(data.draw(st.integers(0, 9)))
        if country.over is not None:
            set_at /= 10
        pin = pinned(country, how, code, set_at)
        held = share(country, how, target, {code: pin}, root="MY")
    except CascadeRefused:
        assume(False)
        raise
    for one in (found, held):
        for parent, inside in country.children.items():
            assert sum(units(one)[child] for child in inside) == units(one)[parent]
        if one.numerators is not None and country.over is not None:
            assert all(
                one.targets[child] == Fraction(one.numerators[child]) / Fraction(country.over[child])
                for child in one.targets
                if child != "MY"
            )
    assert units(held)[code] == pin


@given(countries())
def test_by_share_a_higher_target_of_the_country_is_lower_for_no_state_by_more_than_a_unit(country: Figures) -> None:
    assume(country.amounts["MY"] > 0)
    targets = [whole_of(country, Decimal(part)) for part in ("0.4", "0.8")]
    low, high = (units(share(country, "syer", target, {}, root="MY")) for target in targets)
    assert all(low[code] <= high[code] + 1 for code in country.children["MY"])


@given(countries())
def test_the_order_in_which_areas_are_listed_changes_nothing(country: Figures) -> None:
    assume(country.amounts["MY"] > 0)
    turned = {code: list(reversed(inside)) for code, inside in reversed(country.children.items())}
    other = Figures(**{name: getattr(country, name) for name in Figures.__slots__} | {"children": turned})
    target = whole_of(country, Decimal("0.5"))
    assert share(country, "syer", target, {}, root="MY") == share(other, "syer", target, {}, root="MY")
