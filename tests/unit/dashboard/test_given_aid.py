"""Aid given to a household is told by need, and only what stands is in its total."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from dashboard.household.given import marks_of, need_text, needs_met, total_texts
from words import words_of

if TYPE_CHECKING:
    from queries.households import WholeRecord
    from queries.row_types.given_aid import GivenRow

TODAY = date(2026, 6, 15)
MS = words_of("ms")


def line(**facts: Any) -> GivenRow:
    """RM 100 of June 2026 for food, by one agency."""
    row = {
        "line_id": 1, "day": date(2026, 6, 1), "agency_code": "SATU", "agency_ms": "Satu", "agency_en": "One",
        "programme_ms": "Bakul", "programme_en": "Basket", "kind_ms": "Beras", "kind_en": "Rice",
        "need_code": "MAKANAN", "need_ms": "Makanan", "need_en": "Food",
        "begins": date(2026, 6, 1), "ends": date(2026, 6, 30),
        "amount_rm": Decimal("100.00"), "quantity": None, "unit": None, "reference": "S1", "origin": "delivery",
        "outside_target": False, "reversed_on": None, "member_no": 1, "override_reason": None,
    }  # fmt: skip
    return cast("GivenRow", row | facts)


def told(*lines: GivenRow, held: int = 0) -> list[str]:
    record = SimpleNamespace(given=list(lines), held={"held": held, "held_rm": Decimal(50)})
    return total_texts(cast("WholeRecord", record), MS)


def test_a_need_that_is_met_says_by_whom_and_until_when() -> None:
    other = line(agency_code="DUA", agency_ms="Dua", ends=date(2026, 7, 31))
    [met] = needs_met([line(), other], TODAY)
    assert need_text(met, MS) == "Keperluan Makanan dipenuhi Dua dan Satu hingga 31/07/2026."


def test_a_house_meets_its_need_without_an_end() -> None:
    [met] = needs_met([line(need_ms="Rumah", need_code="RUMAH", ends=None)], TODAY)
    assert need_text(met, MS) == "Keperluan Rumah dipenuhi Satu sejak 01/06/2026."


@pytest.mark.parametrize("facts", [{"reversed_on": TODAY}, {"ends": date(2026, 6, 14)}, {"begins": date(2026, 6, 16)}])
def test_what_was_taken_back_or_has_other_days_meets_no_need(facts: dict[str, Any]) -> None:
    assert needs_met([line(**facts)], TODAY) == []


def test_an_agency_that_may_not_be_told_is_not_named() -> None:
    [met] = needs_met([line(agency_code=None, agency_ms=None, agency_en=None)], TODAY)
    assert need_text(met, MS) == "Keperluan Makanan dipenuhi agensi lain hingga 30/06/2026."


def test_the_total_leaves_out_what_was_taken_back_and_names_what_is_held_or_not_told() -> None:
    said = told(line(), line(reversed_on=TODAY), line(amount_rm=None), held=2)
    assert said[:3] == [
        "Jumlah 1 baris yang masih sah: RM100.00.",
        "Amaun 1 baris agensi lain tidak ditunjukkan.",
        "2 baris ditahan (RM50.00) tidak dikira.",
    ]


def test_what_is_out_of_the_ordinary_is_marked() -> None:
    marks = marks_of(line(reversed_on=TODAY, outside_target=True, override_reason="bencana"), MS)
    assert marks == ["Dibatalkan 15/06/2026", "Luar sasaran", "Tindanan dibenarkan: bencana"]
