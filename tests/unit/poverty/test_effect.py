"""The effect of a programme equals its truth; by hand where that can be done; and says so where it cannot be judged."""

from __future__ import annotations

import io
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from poverty.effect import CANNOT_BE_JUDGED, measure_effect
from poverty.effect_file import LAYOUT, UnreadableTable, read_households

if TYPE_CHECKING:
    from pathlib import Path


def _alike(found: Any, truth: Any) -> bool:
    if isinstance(truth, dict):
        return found.keys() == truth.keys() and all(_alike(found[key], truth[key]) for key in truth)
    if isinstance(truth, list):
        return len(found) == len(truth) and all(map(_alike, found, truth))
    if isinstance(truth, float):
        return math.isclose(found, truth, rel_tol=1e-9, abs_tol=1e-9)
    return bool(found == truth)


def test_each_programme_comes_out_as_its_truth_says(shared_folder: Path) -> None:
    truth = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))["effect"]
    programmes = read_households(shared_folder / "truth" / "measures" / "effect.csv")
    assert {name for name in truth if not _alike(measure_effect(programmes[name]).as_dict(), truth[name])} == set()
    assert programmes.keys() == truth.keys()


def _households(count: int, *, effect: float, seed: int = 1, **facts: Any) -> pd.DataFrame:
    """Aided and other households that differ in nothing but what the programme did."""
    chance = np.random.default_rng(seed)
    aided = np.arange(count) % 2
    before = chance.normal(400, 20, count)
    frame = pd.DataFrame({
        "aided": aided, "state": "08", "strata": "urban", "ratio": 0.55, "size": 4, "female_head": 0, "head_age": 40,
        "before_rm": before, "after_rm": before + chance.normal(20, 30, count) + effect * aided,
        "months": chance.integers(1, 25, count), "left": chance.integers(0, 2, count),
    })  # fmt: skip
    return frame.assign(**facts)


@pytest.mark.parametrize(
    ("effect", "verdict"), [(90, "berkesan"), (20, "kesan_kecil"), (0, "tiada_kesan"), (-40, "berbalik")]
)
def test_the_verdict_follows_the_interval_and_what_is_worth_having(effect: float, verdict: str) -> None:
    assert measure_effect(_households(600, effect=effect)).verdict == verdict


def test_a_wide_interval_says_too_few_or_too_varied() -> None:
    chance = np.random.default_rng(3)
    wide = _households(120, effect=0)
    varied = wide.assign(after_rm=wide["before_rm"] + chance.normal(0, 400, 120))
    assert measure_effect(varied).verdict == "tidak_muktamad"


def test_too_few_households_are_not_judged() -> None:
    found = measure_effect(_households(60, effect=90))
    assert (found.verdict, found.reasons) == (CANNOT_BE_JUDGED, ("terlalu_sedikit",))


def test_without_a_similar_household_there_is_no_effect() -> None:
    alone = _households(100, effect=90)
    apart = alone.assign(state=np.where(alone["aided"] == 1, "08", "01"))
    found = measure_effect(apart)
    assert (found.effect_rm, found.se_rm, found.verdict) == (None, None, CANNOT_BE_JUDGED)
    assert json.loads(json.dumps(found.as_dict())) is not None


def test_what_there_is_nothing_to_measure_by_is_none_and_not_nought() -> None:
    aided = _households(100, effect=90, aided=1)
    told = measure_effect(aided).as_dict()
    assert (told["reassessed"], told["matched_share"]) == ([1.0, None], 0.0)
    assert (told["exits"]["left_aided"], told["exits"]["left_others"]) == (None, None)
    assert set(told["smd"].values()) == {None}
    nobody = measure_effect(aided.assign(aided=0)).as_dict()
    assert (nobody["reassessed"], nobody["matched_share"]) == ([None, 1.0], None)


@pytest.mark.parametrize("ratio", [0.1503, 0.7593])
def test_households_all_alike_do_not_differ_by_the_noise_of_fractions(ratio: float) -> None:
    households = _households(700, effect=0, ratio=ratio)
    found = measure_effect(households.assign(aided=(households.index % 7 < 2).astype(int)))
    assert found.differences["nisbah_sebelum"] == 0
    assert found.reasons == ()


def test_leaving_poverty_is_as_worked_out_by_hand() -> None:
    months, left = [3, 5, 5, 8, 12], [1, 1, 0, 1, 0]
    both = _households(10, effect=0, aided=[1] * 5 + [0] * 5, months=months * 2, left=left * 2)
    leaving = measure_effect(both).leaving
    assert leaving.left_aided[:2] == pytest.approx((0.4, 0.7))
    assert leaving.left_others[:2] == pytest.approx((0.4, 0.7))


def test_a_ratio_on_the_edge_of_a_tenth_belongs_to_the_one_that_begins_there() -> None:
    edge = _households(4, effect=0, ratio=[0.1 * 3, 0.3, 0.3, 0.1 + 0.2])
    assert measure_effect(edge).strata == 1


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [("saiz", "0", "Line 2: saiz"), ("bulan", "dua", "Line 2: bulan"), ("dibantu", "2", "Line 2: dibantu")],
)
def test_a_cell_that_cannot_be_read_is_named(column: str, value: str, told: str) -> None:
    row = dict.fromkeys(LAYOUT, "1") | {"program": "A", column: value}
    with pytest.raises(UnreadableTable, match=told):
        read_households(io.StringIO(pd.DataFrame([row]).to_csv(index=False)))


def test_a_table_without_a_column_says_which() -> None:
    with pytest.raises(UnreadableTable, match="lacks dibantu"):
        read_households(io.StringIO("program,negeri\nA,08\n"))
