"""Pockets of poverty come out as their truth says; chance alone makes none, and too few areas say nothing."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from poverty.areas_file import AreaValue, UnreadableAreas, read_neighbours, read_values, report
from poverty.pockets import find_pockets, significant, two_sided

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def truth(shared_folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))
    return found


def _alike(found: Any, truth: Any) -> bool:
    if isinstance(truth, dict):
        return truth.keys() <= found.keys() and all(_alike(found[key], truth[key]) for key in truth)
    if isinstance(truth, float):
        return math.isclose(found, truth, rel_tol=1e-9, abs_tol=1e-9)
    return bool(found == truth)


def test_the_country_comes_out_as_its_truth_says(shared_folder: Path, truth: dict[str, Any]) -> None:
    country = truth["malaysia"]
    areas = {
        code: AreaValue(area["value"], country["tercicir"][code]["households"])
        for code, area in country["by_area"].items()
    }
    found = report(areas, read_neighbours(shared_folder / "truth" / "measures" / "neighbours_district.csv"))
    unstable = {
        (code, name)
        for code, area in country["by_area"].items()
        for name in ("lisa", "gi")
        if not area[f"{name}_stable"]
    }
    for code, area in country["by_area"].items():
        told = {name: value for name, value in area.items() if not name.endswith("_stable")}
        told = {name: value for name, value in told.items() if (code, name) not in unstable}
        assert _alike(found["by_area"][code], told), code
    country = country | {"by_area": {}}
    assert {name for name in country if not _alike(found[name], country[name])} == set()


def _grid(side: int) -> dict[str, set[str]]:
    cells = {f"{row:02}{column:02}": (row, column) for row in range(side) for column in range(side)}
    return {
        code: {other for other, (a, b) in cells.items() if other != code and max(abs(a - row), abs(b - column)) <= 1}
        for code, (row, column) in cells.items()
    }


def test_the_statistics_by_hand_come_out_on_a_grid_that_stands_often(truth: dict[str, Any]) -> None:
    """Of 16 areas nothing is said, so the worked grid stands twice, far apart: its statistics follow by proportion."""
    grid = truth["fixtures"]["grid"]
    around = _grid(4)
    codes = sorted(around)
    twice = {f"{copy}{code}": {f"{copy}{one}" for one in around[code]} for copy in "AB" for code in codes}
    values = {f"{copy}{code}": float(value) for copy in "AB" for code, value in zip(codes, grid["values"], strict=True)}
    found = find_pockets(values, twice, permutations=99)
    assert found
    # (n - 1) / n and the root of n - 1 are what differs between 16 areas and 32 of the same mean and deviation
    for place, code in enumerate(codes):
        for copy in "AB":
            one = found.areas[f"{copy}{code}"]
            assert one.lisa_i == pytest.approx(grid["lisa_I"][place] * (31 / 32) / (15 / 16), rel=1e-9)
            k = len(around[code]) + 1
            ratio = math.sqrt((16 * k - k * k) / 15) / math.sqrt((32 * k - k * k) / 31)
            assert one.gi_z == pytest.approx(grid["gi_z"][place] * ratio, rel=1e-9)


def test_many_tests_are_judged_together(truth: dict[str, Any]) -> None:
    case = truth["fixtures"]["fdr"]
    assert significant(case["p"]) == case["rejected"]
    assert significant([]) == []


def test_chance_counts_on_both_sides_and_what_is_equal_on_each(truth: dict[str, Any]) -> None:
    case = truth["fixtures"]["two_sided"]
    simulated = np.array(case["simulated"], dtype=float)[:, None]
    assert two_sided(np.array([float(case["observed"])]), simulated)[0] == pytest.approx(case["p"])
    assert two_sided(np.array([5.0]), np.full((9, 1), 5.0 + 1e-13))[0] == 1


def test_a_block_of_high_areas_is_hot_and_chance_is_not() -> None:
    around = _grid(8)
    hot = {code: 30.0 if code[:2] < "03" and code[2:] < "03" else 3.0 + int(code) % 3 for code in around}
    found = find_pockets(hot, around)
    assert found
    assert found.areas["0101"].lisa == "TT"
    assert found.areas["0101"].gi == "panas"
    shuffled = np.random.default_rng(4).permutation(list(hot.values()))
    none = find_pockets(dict(zip(sorted(hot), map(float, shuffled), strict=True)), around)
    assert none
    assert none.labels[0]["-"] >= 62


def test_of_few_areas_or_of_areas_all_alike_nothing_is_said() -> None:
    around = _grid(6)
    few = {code: float(int(code)) for code in sorted(around)[:29]}
    assert find_pockets(few, around) is None
    alike = find_pockets(dict.fromkeys(around, 3.0), around)
    assert alike
    assert set(alike.labels[0]) == set(alike.labels[1]) == {"-"}


def test_an_area_without_a_neighbour_is_not_tested(recwarn: pytest.WarningsRecorder) -> None:
    around = _grid(6)
    values = {code: float(int(code) % 7) for code in around} | {"9999": 50.0}
    found = find_pockets(values, around, permutations=99)
    assert found
    assert (found.areas["9999"].lisa_p, found.areas["9999"].neighbours) == (None, 0)
    assert not recwarn.list


def test_the_others_are_shuffled_alike_whatever_order_they_came_in() -> None:
    around = _grid(6)
    values = {code: float(int(code) % 7) for code in around}
    backwards = dict(reversed(values.items()))
    assert find_pockets(values, around, permutations=99) == find_pockets(backwards, around, permutations=99)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("kod,nilai\n0101,3\n", "lacks isi_rumah"),
        ("kod,nilai,isi_rumah\n", "no row"),
        ("kod,nilai,isi_rumah\n0101,3,100\n0101,4,100\n", "Line 3: 0101 stands in the table twice"),
        ("kod,nilai,isi_rumah\n0101,tiga,100\n", "Line 2: nilai cannot be tiga"),
        ("kod,nilai,isi_rumah\n0101,3,100\n0102,101,100\n", "Line 3: nilai cannot be 101"),
        ("kod,nilai,isi_rumah\n0101,3,-1\n", "Line 2: isi_rumah cannot be -1"),
        ("kod,nilai,isi_rumah\n0101,3,1.5\n", "Line 2: isi_rumah cannot be 1.5"),
        ("kod,nilai,isi_rumah\n,3,100\n", "Line 2: the code of the area"),
        ("kod,nilai,isi_rumah\n0101,3\n", "Line 2: it has not as many cells"),
        ("kod,nilai,isi_rumah\n0101,nan,5\n", "Line 2: nilai cannot be nan"),
    ],
)
def test_a_bad_line_is_told_by_its_number(tmp_path: Path, table: str, told: str) -> None:
    file = tmp_path / "nilai.csv"
    file.write_text(table, encoding="utf-8")
    with pytest.raises(UnreadableAreas, match=told):
        read_values(file)


def test_neighbours_go_both_ways_and_nobody_is_their_own(tmp_path: Path) -> None:
    file = tmp_path / "jiran.csv"
    file.write_text("kod,jiran,sebab\nA,B,sempadan\nB,C,sempadan\n", encoding="utf-8")
    assert read_neighbours(file) == {"A": {"B"}, "B": {"A", "C"}, "C": {"B"}}
    file.write_text("kod,jiran\nA,B\nC,C\n", encoding="utf-8")
    with pytest.raises(UnreadableAreas, match="Line 3: C cannot be a neighbour of itself"):
        read_neighbours(file)


def test_an_area_without_a_value_is_left_out_and_few_areas_give_a_reason() -> None:
    found = report({"A": AreaValue(3.0, 100), "B": AreaValue(None, 100), "C": AreaValue(5.0, None)}, {"A": {"C"}})
    assert (found["areas"], found["reason"], found["moran_I"]) == (2, "terlalu_sedikit", None)
    assert found["by_area"].keys() == {"A", "C"}
    assert found["tercicir"].keys() == {"A"}
    assert found["by_area"]["C"]["eb"] is None
