"""A target tells when what it counts from is no longer what the register says of that day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from dashboard.pages.kpi.page import _basis_changed
from poverty.targets import Goal
from words import words_of

MS = words_of("ms")


def told(now: Any, *, baseline: str = "100", since: date = date(2026, 6, 30), live: bool = True) -> list[Any]:
    goal = Goal(
        baseline=Decimal(baseline),
        baseline_on=since,
        target=Decimal(50),
        due_on=date(2027, 12, 31),
        lower_is_better=True,
        tolerance_share=Decimal("0.1"),
    )
    item = SimpleNamespace(indicator=SimpleNamespace(indicator_code="tegar", unit="isi_rumah"), goal=goal, actual=now)
    course = SimpleNamespace(at=lambda _code, _area, _month: now)
    panel = SimpleNamespace(footing=SimpleNamespace(live=live), area=SimpleNamespace(code="0803"), course=course)
    return _basis_changed(cast("Any", item), goal, cast("Any", panel), MS)


def test_another_figure_of_that_day_is_told_with_it() -> None:
    (note,) = told(Decimal(96))
    assert "96" in note.children
    assert "30/06/2026" in note.children


@pytest.mark.parametrize(
    "unchanged",
    [
        told(Decimal(100)),
        # a share that was typed in per cent
        told(Decimal("0.12344"), baseline="0.1234"),
        # a day on which no month was closed, a month that was not kept, somebody who sees rounded figures
        told(Decimal(96), since=date(2026, 6, 29)),
        told("tiada_data"),
        told(Decimal(96), live=False),
    ],
)
def test_nothing_is_told_where_the_basis_stands_or_is_not_known(unchanged: list[Any]) -> None:
    assert unchanged == []
