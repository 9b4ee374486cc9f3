"""The range of what DOSM's rate leads one to expect is that of the worked figures."""

from __future__ import annotations

import pytest

from poverty.unregistered import rate_range


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
