"""The worked figures of the specification come out, as whoever types the commands gets them."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from poverty.kpi.cascade import Basis, CascadeRefused, pin, plan, set_target, unpin
from poverty.kpi.measures import shipped_measures
from registry.cli.app import app
from registry.errors import SetupProblem

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def truth(shared_folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def measures(shared_folder: Path) -> Path:
    return shared_folder / "truth" / "measures"


def run(*words: str | Path) -> None:
    result = CliRunner().invoke(app, ["kpi", *map(str, words)], catch_exceptions=False)
    assert result.exit_code == 0, result.output


def answer(tmp_path: Path, *words: str | Path) -> Any:
    run(*words, tmp_path / "out.json")
    return json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))


def written(tmp_path: Path, found: object) -> Path:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def test_formulas(truth: dict[str, Any], tmp_path: Path) -> None:
    given = truth["formulas"]
    asked = [{name: case[name] for name in ("formula", "unit", "level")} for case in given["cases"]]
    found = answer(tmp_path, "formula", written(tmp_path, {"values": given["values"], "cases": asked}))["cases"]
    for case, wanted in zip(found, given["cases"], strict=True):
        assert case.get("error") == wanted.get("error"), case
        assert case.get("reason") == wanted.get("reason")
        if wanted.get("value") is not None:
            assert abs(Decimal(case["value"]) - Decimal(wanted["value"])) <= Decimal("1e-20")


def test_lights(truth: dict[str, Any], tmp_path: Path) -> None:
    asked = [{name: case[name] for name in ("goal", "actual", "on")} for case in truth["lights"]]
    found = answer(tmp_path, "light", written(tmp_path, {"goals": truth["goals"], "lights": asked}))
    assert found["lights"] == truth["lights"]


def test_forecasts(truth: dict[str, Any], tmp_path: Path, measures: Path) -> None:
    specs = {name: {**spec, "result": None} for name, spec in truth["forecasts"].items()}
    found = answer(tmp_path, "forecast", measures / "series.csv", written(tmp_path, specs))
    for name, spec in truth["forecasts"].items():
        assert list(found[name]) == list(spec)
        _near(found[name]["result"], spec["result"])


def _near(found: Any, wanted: Any) -> None:
    if isinstance(wanted, dict):
        assert list(found) == list(wanted)
        for name, value in wanted.items():
            _near(found[name], value)
    elif isinstance(wanted, str) or wanted is None:
        assert found == wanted
    else:
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("miskin_syer", ["--baseline", "miskin", "--how", "syer"]),
        ("tegar_keperluan", ["--baseline", "tegar", "--how", "keperluan", "--need", "keperluan_rm"]),
        (
            "rumah_keperluan_dengan_tangan",
            [
                *("--baseline", "miskin", "--how", "keperluan", "--need", "luar_bandar", "--higher"),
                *("--pin", "12=400", "--pin", "13=350", "--pin", "0803=0"),
            ],
        ),
    ],
)
def test_cascades(truth: dict[str, Any], tmp_path: Path, measures: Path, name: str, options: list[str]) -> None:
    case = truth["cascades"][name]
    found = answer(tmp_path, "cascade", measures / "cascade.csv", "--target", str(case["target"]), *options)
    assert found == {"targets": case["targets"]}


def test_pins_may_be_written_one_after_another(truth: dict[str, Any], tmp_path: Path, measures: Path) -> None:
    case = truth["cascades"]["rumah_keperluan_dengan_tangan"]
    words = ["--how", "keperluan", "--need", "luar_bandar", "--higher", "--pin", "12=400", "13=350", "0803=0"]
    found = answer(tmp_path, "cascade", measures / "cascade.csv", "--target", str(case["target"]), *words)
    assert found["targets"] == case["targets"]


def test_pins_above_their_parent_are_named_and_nothing_is_written(tmp_path: Path, measures: Path) -> None:
    words = ["--baseline", "miskin", "--target", "100", "--how", "syer", "--pin", "08=90", "--pin", "12=40"]
    with pytest.raises(SetupProblem, match=r"melebihi_induk(.|\n)*30 too many: 08=90, 12=40"):
        run("cascade", measures / "cascade.csv", *words, tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()


def test_the_tree_walks_through_its_moves(truth: dict[str, Any]) -> None:
    walk = truth["propagation"]
    children: dict[str, list[str]] = defaultdict(list)
    for code, (parent, _) in walk["tree"].items():
        children[parent].append(code)
    basis = Basis(children=children, baselines={code: weight for code, (_, weight) in walk["tree"].items()})
    moves = {"national": set_target, "pin": pin, "unpin": unpin}
    current = plan(basis, walk["steps"][0]["move"][1])
    for step in walk["steps"]:
        move, *how = step["move"]
        refused = None
        try:
            current = moves[move](current, *how)  # type: ignore[operator]
        except CascadeRefused as refusal:
            refused = refusal.code
        assert refused == step.get("refused")
        assert current.targets == step["targets"]


def test_the_measures_that_a_formula_may_name_are_those_of_the_specification(measures: Path) -> None:
    wanted = json.loads((measures / "base_measures.json").read_text(encoding="utf-8"))
    facts = ("kind", "unit", "lowest", "additive")
    assert list(shipped_measures()) == list(wanted)
    for name, one in shipped_measures().items():
        assert {fact: getattr(one, fact) for fact in facts} == {fact: wanted[name][fact] for fact in facts}
        assert {each: list(values) for each, values in one.filters.items()} == wanted[name]["filters"]
