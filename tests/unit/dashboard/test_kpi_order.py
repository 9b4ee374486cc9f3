"""The areas of the page of indicators come the worst first, and in whatever order their heads are pressed for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dashboard.indicator_words import written_beside_goal
from dashboard.indicators import Measured
from dashboard.pages.kpi.inside import areas_inside, in_order, worst
from dashboard.pages.kpi.view import ORDERS, KpiView
from queries.kpi import Indicator
from words import words_of

ON = date(2026, 6, 30)
BEGUN, DUE = date(2026, 1, 1), date(2026, 12, 31)


def measured(
    code: str, actual: str | None, *, target: str = "0", baseline: str = "100", unit: str = "count"
) -> Measured:
    facts: dict[str, Any] = {"area_code": "08", "due_on": DUE, "baseline": Decimal(baseline), "baseline_on": BEGUN,
                             "target": Decimal(target), "sample": True}  # fmt: skip
    indicator = Indicator(code, code, code, code, unit, True, "lower", "", "", Decimal("0.10"), **facts)
    return Measured(indicator, None if actual is None else Decimal(actual), ON)


def area(name: str, tegar: str | None, miskin: str | None) -> tuple[str, str, dict[str, Measured]]:
    return name.lower(), name, {"tegar": measured("tegar", tegar), "miskin": measured("miskin", miskin)}


# at the end of June half of the way has been gone, so 50 is on track, 55 behind, 90 far behind
ROWS = [area("Ampang", "0", "40"), area("Baling", "90", "45"), area("Cameron", "55", "50"), area("Dungun", None, None)]


def names(order: str) -> list[str]:
    return [name for _, name, _ in in_order(ROWS, order)]


def test_the_farthest_behind_come_first_and_what_is_not_known_last() -> None:
    assert names("terburuk") == ["Baling", "Cameron", "Ampang", "Dungun"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("kawasan", ["Ampang", "Baling", "Cameron", "Dungun"]),
        ("-kawasan", ["Dungun", "Cameron", "Baling", "Ampang"]),
        ("tegar", ["Ampang", "Cameron", "Baling", "Dungun"]),
        ("-tegar", ["Baling", "Cameron", "Ampang", "Dungun"]),
        ("-miskin", ["Cameron", "Baling", "Ampang", "Dungun"]),
    ],
)
def test_a_column_sorts_either_way_and_what_is_not_known_stays_last(order: str, expected: list[str]) -> None:
    assert names(order) == expected


def test_cards_come_the_worst_first() -> None:
    items = [measured("a", "0"), measured("b", None), measured("c", "90"), measured("d", "55")]
    assert [item.indicator.indicator_code for item in sorted(items, key=worst)] == ["c", "d", "a", "b"]


@pytest.mark.parametrize("language", ["ms", "en"])
def test_every_head_is_a_link_that_sorts_and_the_one_in_use_says_so(language: str) -> None:
    class Shown:
        children = tuple(ROWS)

    links = {}
    for order in ("terburuk", *ORDERS):
        table = areas_inside(Shown(), KpiView(area="08", order=order), "/kpi", words_of(language))  # type: ignore[arg-type]
        heads = [part for part in table._traverse() if type(part).__name__ == "Th" and part.scope == "col"]
        stated = [getattr(part, "aria-sort", None) for part in heads]
        links[order] = [part.children.href for part in heads if type(part.children).__name__ == "A"]
        assert [way for way in stated if way] == {"terburuk": []}.get(
            order, ["descending" if order.startswith("-") else "ascending"]
        )
    assert links["terburuk"] == [f"/kpi?in=08&susun={first}" for first in ("kawasan", "-tegar", "-miskin")]
    assert links["-tegar"][1] == "/kpi?in=08&susun=tegar"


@pytest.mark.parametrize(
    ("unit", "actual", "target"), [("syer", "0.1234", "0.1231"), ("RM", "12300", "12100"), ("count", "12", "11.6")]
)
def test_a_value_that_is_behind_its_target_is_not_written_like_it(unit: str, actual: str, target: str) -> None:
    item = measured("x", actual, target=target, baseline="20000", unit=unit)
    assert item.goal is not None
    words = words_of("ms")
    assert written_beside_goal(item.actual, item, words) != written_beside_goal(item.goal.target, item, words)
