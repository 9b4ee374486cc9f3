"""What DOSM's rate leads one to expect, its range and what follows from it are those of the worked figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from poverty.unregistered import compared, ranked, rate_range

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("rate", "households", "low", "high"),
    [
        (0.038, 244648, 5121.988758763942, 16521.608809650315),
        (0.0, 52000, 0.0, 737.2287831587398),
        (0.133, 33666, 3302.2600191547976, 5983.373826769385),
        (0.038, 62890, 1316.6748677228684, 4247.097781461154),
    ],
)
def test_the_range_is_that_of_the_worked_figures(rate: float, households: int, low: float, high: float) -> None:
    found = [end * households for end in rate_range(rate)]
    assert found == pytest.approx([low, high], rel=1e-9, abs=1e-9)


def test_a_larger_survey_is_surer() -> None:
    few, many = rate_range(0.1), rate_range(0.1, n_eff=287 * 10)
    assert few[0] < many[0] < 0.1 < many[1] < few[1]


def test_areas_are_judged_as_the_worked_figures_are(shared_folder: Path) -> None:
    truth = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))
    cases = [*truth["fixtures"]["tercicir"], *truth["perak"]["tercicir"].values()]
    for case in cases:
        found = compared(case["rate"], case["households"], case["registered"])
        assert [found.expected, found.lower, found.upper, found.missing] == pytest.approx(
            [case["expected"], case["low"], case["high"], case["missing"]], rel=1e-9, abs=1e-9
        )
        assert found.verdict == case["verdict"]
    assert len(cases) > 10


def test_only_areas_with_too_few_registered_are_ranked_and_ties_go_by_code() -> None:
    found = {
        code: compared(0.1, 10_000, registered)
        for code, registered in (("D", 200), ("C", 100), ("B", 200), ("A", 1000), ("E", 9000), ("F", None))
    }
    assert ranked(found) == ["C", "B", "D"]
    assert found["E"].verdict == "melebihi"
    assert found["F"].missing is None
