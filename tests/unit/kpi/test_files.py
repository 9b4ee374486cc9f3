"""A file that cannot be used is refused with what is wrong and where, whatever it holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import SetupProblem
from registry.kpi.case_files import formulas, lights, read_json
from registry.kpi.table_files import Asked, cascade, forecasts

if TYPE_CHECKING:
    from pathlib import Path

GOAL = {
    "baseline": "10", "baseline_on": "2025-01-01", "target": "0", "due_on": "2026-01-01", "direction": "lower",
    "tolerance": "0.10", "trajectory": "tangan", "points": [["2025-03-01", "9"]],
}  # fmt: skip
SPEC = {"target": 5, "direction": "lower", "due_in": 3, "kind": "bilangan"}
BY_SHARE = Asked(target=10, how="syer", baseline="asas", need=None, lower_is_better=True, pins={})


def lit(**changed: Any) -> Any:
    case = {"goal": "A", "actual": changed.pop("actual", "5"), "on": changed.pop("on", "2025-06-01")}
    return lights({"goals": {"A": {**GOAL, **changed}}, "lights": [case]})["lights"][0]


def test_a_goal_is_read_with_its_points() -> None:
    assert lit(on="2025-03-01", actual=9) == {
        "goal": "A", "actual": 9, "on": "2025-03-01", "expected": "9/1", "achieved": "1/10", "light": "hijau"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"direction": "down"}, "goals: A: direction: it must be one of lower, higher"),
        ({"baseline": "ten"}, "goals: A: baseline: it must be a number"),
        ({"baseline": "NaN"}, "goals: A: baseline"),
        ({"target": "1e9"}, "goals: A: target"),
        ({"target": True}, "goals: A: target"),
        ({"due_on": "2024-12-31"}, "must follow one another"),
        ({"points": [["2025-05-01", "9"], ["2025-04-01", "8"]]}, "must follow one another"),
        ({"points": [["2026-02-01", "9"]]}, "must follow one another"),
        ({"points": ["2025-05-01"]}, "list of pairs"),
        ({"trajectory": "curve"}, "trajectory: it must be one of lurus, berperingkat, tangan"),
        ({"tolerance": "-0.1"}, "tolerance"),
        ({"on": "yesterday"}, "lights: on: it must be a day"),
        ({"actual": [1]}, "lights: actual"),
    ],
)
def test_a_goal_that_is_none_is_refused(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(SetupProblem, match=told):
        lit(**changed)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "values: the file must have it"),
        ({"values": {}, "cases": {}}, "cases: the file must have it, as a list"),
        ({"values": {"poor + 1": 3}, "cases": []}, "must be one figure"),
        ({"values": {"poor[": 3}, "cases": []}, "is not complete"),
        ({"values": {"poor": "many"}, "cases": []}, "values: poor: it must be a number"),
        ({"values": {}, "cases": [{"formula": 3, "unit": "RM", "level": "state"}]}, "both texts"),
        ({"values": {}, "cases": [{"formula": "poor", "unit": "RM", "level": "village"}]}, "is no level"),
    ],
)
def test_cases_of_formulas_that_cannot_be_read_are_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(SetupProblem, match=told):
        formulas(given)


def test_a_value_may_be_hidden_missing_or_written_otherwise() -> None:
    values = {"poor": "disembunyikan", "tegar": None, "exits": 3, "total( exits[reason=other|died] ,3 )": 7}
    texts = ("poor", "tegar", "total(exits[reason=died|other], 3)", "households")
    cases = [{"formula": text, "unit": "isi_rumah", "level": "national"} for text in texts]
    told = [(case["value"], case["reason"]) for case in formulas({"values": values, "cases": cases})["cases"]]
    assert told == [(None, "disembunyikan"), (None, "tiada_data"), ("7", None), (None, "tiada_data")]


@pytest.mark.parametrize("text", ["[1]", "{", '{"a": NaN}', "[" * 100_000, "\xff"])
def test_what_is_no_json_object_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kes.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(SetupProblem, match=r"kes\.json"):
        read_json(path)


def table(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "jadual.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("root", ["MY,,", "MY,,30"])
def test_the_area_that_holds_all_may_stand_in_the_table_or_not(tmp_path: Path, root: str) -> None:
    rows = ["kod,induk,asas", "01,MY,10", "02,MY,20"]
    wanted = {"MY": 10, "01": 3, "02": 7}
    assert cascade(table(tmp_path, *rows), BY_SHARE) == cascade(table(tmp_path, *rows, root), BY_SHARE) == wanted


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["kod,asas", "01,3"], "lacks the column induk"),
        (["kod,induk,asas"], "has no row"),
        (["kod,induk,asas", "01,MY,x"], "asas of 01: it must be a number"),
        (["kod,induk,asas", "01,MY,3", "01,MY,3"], "once in each row; look at 01"),
        (["kod,induk,asas", "01,MY,3", "02,ID,3"], "here there are ID, MY"),
        (["kod,induk,asas", "01,MY,3", "02,03,3", "03,02,3"], "02, 03 lie in no area"),
        (["kod,induk,asas", "01,MY,3", "MY,,4"], "asas_tidak_sepadan: MY"),
        (["kod,induk,asas", "01,MY,-3"], "tiada_asas"),
    ],
)
def test_a_table_of_areas_that_cannot_be_used_is_refused(tmp_path: Path, lines: list[str], told: str) -> None:
    with pytest.raises(SetupProblem, match=told):
        cascade(table(tmp_path, *lines), BY_SHARE)


def test_sharing_out_by_need_wants_the_column_of_the_need(tmp_path: Path) -> None:
    asked = Asked(target=10, how="keperluan", baseline="asas", need=None, lower_is_better=True, pins={})
    with pytest.raises(SetupProblem, match="--need"):
        cascade(tmp_path / "none.csv", asked)


def months(values: str, *, breaks: int | None = None) -> list[str]:
    rows = [f"s,2025-{n:02},{value},{int(n == breaks)}" for n, value in enumerate(values.split(), start=1)]
    return ["siri,bulan,nilai,putus", *reversed(rows)]


def test_a_series_begins_after_its_last_break_or_gap(tmp_path: Path) -> None:
    used = [
        forecasts(table(tmp_path, *lines), {"s": SPEC})["s"]["result"]["used"]
        for lines in (months("9 8 7 6 5 4 3"), months("9 8 7 6 5 4 3", breaks=3), [*months("9 8 7"), "s,2025-06,4,0"])
    ]
    assert used == [7, 5, 1]


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ({**SPEC, "due_in": 0}, "s: due_in must be a whole number"),
        ({**SPEC, "due_in": "3"}, "s: due_in"),
        ({**SPEC, "kind": "kg"}, "s: kind: it must be one of bilangan, rm, syer"),
        ({**SPEC, "target": None}, "s: target"),
        ([], "s: it must be an object"),
    ],
)
def test_a_specification_that_cannot_be_used_is_refused(tmp_path: Path, spec: Any, told: str) -> None:
    with pytest.raises(SetupProblem, match=told):
        forecasts(table(tmp_path, *months("9 8 7 6 5 4 3")), {"s": spec})


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("s,2025-13,1,0", "line 2: bulan must be a month"),
        ("s,2025-01,one,0", "line 2: nilai"),
        ("s,2025-01,1,yes", "line 2: putus"),
        ("t,2025-01,1,0", "has no such series. Name one of: t"),
    ],
)
def test_a_series_that_cannot_be_read_is_refused(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(SetupProblem, match=told):
        forecasts(table(tmp_path, "siri,bulan,nilai,putus", row), {"s": SPEC})


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=6), st.sampled_from(["lower", "2025-01-01"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["values", "cases", "goals", "lights", "goal", "A", "formula", "unit", "level", *GOAL]),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=12,
)


@given(JSON, JSON, JSON)
def test_whatever_a_file_holds_it_is_answered_or_refused(one: Any, other: Any, third: Any) -> None:
    for read, names in ((formulas, ("values", "cases")), (lights, ("goals", "lights"))):
        for held in ({names[0]: one, names[1]: other}, {names[0]: {"A": one}, names[1]: [other, third]}):
            assert _answered(read, held).endswith(("}", "ask again."))


def _answered(read: Any, held: Any) -> str:
    try:
        return json.dumps(read(held), default=str)
    except SetupProblem as refusal:
        return str(refusal)
