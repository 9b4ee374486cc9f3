"""A target shared out adds up at every level, and a change changes all that must give way or nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poverty.kpi.cascade import Basis, CascadeRefused, Excess, Plan, pin, plan, rates, set_target, unpin

CHILDREN = {"MY": ["01", "02", "03"], "01": ["0101", "0102"], "02": ["0201", "0200"]}
BASELINES = {"01": 50, "02": 30, "03": 20, "0101": 30, "0102": 20, "0201": 30, "0200": 0}
NEEDS = {"01": 100, "02": 0, "03": 300, "0101": 5, "0102": 5, "0201": 0, "0200": 0}
HALF = Fraction(99, 2)
BY_SHARE = Basis(children=CHILDREN, baselines=BASELINES)


def by_need(**more: Any) -> Basis:
    return Basis(**{"children": CHILDREN, "baselines": BASELINES, "needs": NEEDS, "how": "keperluan", **more})


def code_of(call: Any) -> CascadeRefused:
    with pytest.raises(CascadeRefused) as refused:
        call()
    return refused.value


def test_a_fall_by_need_takes_from_nobody_more_than_there_is() -> None:
    found = plan(by_need(), 40).targets
    # 60 over 100 : 0 : 300 would take 45 from 20: they lose 20, the others share 40
    assert (found["01"], found["02"], found["03"]) == (10, 30, 0)


def test_where_more_is_better_the_target_itself_is_shared_out_by_need() -> None:
    found = plan(by_need(lower_is_better=False), 8).targets
    assert (found["01"], found["02"], found["03"]) == (2, 0, 6)


def test_what_was_set_by_hand_stands_and_the_others_share_what_is_left() -> None:
    found = plan(BY_SHARE, 50, {"03": 0, "0101": 1}).targets
    assert found == {
        "MY": 50, "01": 31, "02": 19, "03": 0, "0101": 1, "0102": 30, "0201": 19, "0200": 0
    }  # fmt: skip


def test_every_area_has_the_same_rate_of_service_and_nothing_is_added_up() -> None:
    assert set(plan(Basis(children=CHILDREN, how="sama"), 14).targets.values()) == {14}
    assert plan(Basis(children=CHILDREN, how="sama"), 14, {"01": 20}).targets["0102"] == 20


def test_money_is_shared_out_in_hundreds() -> None:
    found = plan(Basis(children=CHILDREN, baselines=BASELINES, unit=100), 1000).targets
    assert [found[code] for code in ("01", "02", "03")] == [500, 300, 200]
    assert all(value % 100 == 0 for value in found.values())
    assert (
        code_of(lambda: plan(Basis(children=CHILDREN, baselines=BASELINES, unit=100), 1050)).code == "bukan_unit_penuh"
    )


@pytest.mark.parametrize(
    ("basis", "target", "pins", "code", "area"),
    [
        (Basis(children=CHILDREN), 10, {}, "tiada_asas", "MY"),
        (Basis(children=CHILDREN, baselines={**BASELINES, "0101": 31}), 10, {}, "asas_tidak_sepadan", "01"),
        (Basis(children=CHILDREN, baselines={**BASELINES, "MY": 99}), 10, {}, "asas_tidak_sepadan", "MY"),
        (Basis(children=CHILDREN, baselines={**BASELINES, "01": -1}), 10, {}, "tiada_asas", "01"),
        (by_need(), 101, {}, "sasaran_melebihi_asas", "MY"),
        (by_need(), 90, {"01": 1}, "sasaran_melebihi_asas", "MY"),
        (by_need(baselines={**BASELINES, "01": HALF, "02": 80 - HALF}), 9, {}, "bukan_unit_penuh", "01"),
        (BY_SHARE, 50, {"01": 30, "02": 21}, "melebihi_induk", "MY"),
        (BY_SHARE, 50, {"01": 30, "02": 10, "03": 9}, "tidak_sama_induk", "MY"),
        (BY_SHARE, 50, {"0901": 1}, "kawasan_tidak_dikenali", "0901"),
        (BY_SHARE, 50, {"MY": 50}, "kawasan_tidak_dikenali", "MY"),
        (BY_SHARE, -1, {}, "bukan_unit_penuh", "MY"),
        (Basis(children=CHILDREN, how="tangan"), 50, {"01": 20, "02": 10}, "tiada_asas", "MY"),
    ],
)  # fmt: skip
def test_what_cannot_be_shared_out_is_refused(
    basis: Basis, target: int, pins: dict[str, int], code: str, area: str
) -> None:
    refused = code_of(lambda: plan(basis, target, pins))
    assert (refused.code, refused.area) == (code, area)


def test_all_pins_that_are_too_high_are_told_with_their_excess() -> None:
    refused = code_of(lambda: plan(BY_SHARE, 10, {"0101": 9, "0201": 4}))
    assert sorted(refused.excesses, key=lambda each: each.area) == [
        Excess("01", 4, {"0101": 9}), Excess("02", 1, {"0201": 4})
    ]  # fmt: skip


def test_where_more_is_better_baselines_need_not_add_up() -> None:
    basis = Basis(children=CHILDREN, baselines={**BASELINES, "0101": 31}, lower_is_better=False)
    assert plan(basis, 50).targets["01"] == 25


def test_a_rate_goes_down_by_its_numerator_rounded_half_up() -> None:
    basis = Basis(children={"MY": ["a", "b", "c"]}, baselines={"a": 80, "b": 60, "c": 21})
    numerators, found = rates(Fraction(47, 1000), {"MY": 2333, "a": 1200, "b": 800, "c": 0}, basis)
    assert numerators.targets == {"MY": 110, "a": 55, "b": 41, "c": 14}
    assert found == {"MY": Fraction(110, 2333), "a": Fraction(55, 1200), "b": Fraction(41, 800), "c": None}


@st.composite
def trees(draw: st.DrawFn) -> Basis:
    children: dict[str, list[str]] = {}
    baselines: dict[str, int] = {}
    for state in range(draw(st.integers(1, 4))):
        code = f"{state:02}"
        children.setdefault("MY", []).append(code)
        inside = {f"{code}{n:02}": draw(st.integers(0, 40)) for n in range(draw(st.integers(0, 4)))}
        if inside:
            children[code] = list(inside)
        baselines |= inside | {code: sum(inside.values()) if inside else draw(st.integers(0, 40))}
    needs = {code: draw(st.integers(1, 50)) for code in baselines}
    how = draw(st.sampled_from(["syer", "keperluan"]))
    return Basis(children=children, baselines=baselines, needs=needs, how=how, lower_is_better=draw(st.booleans()))  # type: ignore[arg-type]


def _adds_up(basis: Basis, targets: Any) -> bool:
    return all(sum(targets[one] for one in inside) == targets[code] for code, inside in basis.children.items())


def attempt(move: Any, *how: Any) -> Plan | None:
    try:
        found: Plan = move(*how)
    except CascadeRefused:
        return None
    return found


@given(trees(), st.data())
def test_every_level_adds_up_whatever_is_moved_or_nothing_changes(basis: Basis, data: st.DataObject) -> None:
    whole = int(sum(basis.baselines[code] for code in basis.children["MY"]))
    current = attempt(plan, basis, data.draw(st.integers(0, whole)))
    for _ in range(4):
        assume(current is not None)
        assert current is not None
        code = data.draw(st.sampled_from(sorted(basis.baselines)))
        before = dict(current.targets)
        move, *how = data.draw(
            st.sampled_from(
                [(set_target, whole // 2), (set_target, whole), (pin, code, 9), (pin, code, 0), (unpin, code)]
            )
        )
        moved = attempt(move, current, *how)
        assert current.targets == before
        current = moved or current
        assert _adds_up(basis, current.targets)
        assert all(current.targets[area] == value for area, value in current.pins.items())


@given(trees(), st.data())
def test_nothing_below_a_fall_by_need_is_above_its_baseline(basis: Basis, data: st.DataObject) -> None:
    whole = sum(basis.baselines[code] for code in basis.children["MY"])
    falling = Basis(children=basis.children, baselines=basis.baselines, needs=basis.needs, how="keperluan")
    found = plan(falling, data.draw(st.integers(0, int(whole)))).targets
    assert all(0 <= found[code] <= basis.baselines[code] for code in basis.baselines)


@given(trees(), st.data())
def test_what_is_unpinned_again_stands_as_if_it_had_never_been_set(basis: Basis, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(sorted(basis.baselines)))
    first = attempt(plan, basis, int(sum(basis.baselines[one] for one in basis.children["MY"])) // 2)
    pinned = attempt(pin, first, code, data.draw(st.integers(0, 30))) if first else None
    assume(pinned is not None)
    assert pinned is not None
    assert unpin(pinned, code) == first


@given(trees())
def test_the_order_in_which_areas_are_listed_changes_nothing(basis: Basis) -> None:
    assume(sum(basis.baselines[code] for code in basis.children["MY"]) > 0)
    turned = {code: list(reversed(inside)) for code, inside in reversed(basis.children.items())}
    other = Basis(children=turned, baselines=basis.baselines)
    one = Basis(children=basis.children, baselines=basis.baselines)
    assert plan(one, 7).targets == plan(other, 7).targets
