"""A measure is written as finely as it is known, and what has no value says why."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from dashboard.pages.analysis.texts import indicator_name, rule_told, told, written
from poverty.multidimensional import read_structure
from queries.measures import AreaMeasures
from registry.measuring.structures import SHIPPED
from words import words_of

MS = words_of("ms")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("P0", 0.8004407663938112, "80.0%"),
        ("P0", Decimal("0.800"), "80.0%"),
        ("P0", Decimal("0.81"), "81%"),
        ("P0", Decimal("0.8"), "80%"),
        ("P1", 0.31007666913010656, "0.310"),
        ("P1", Decimal("0.3"), "0.3"),
        ("gini", Decimal("0.38"), "0.38"),
        ("gap_rm", Decimal("17344997.00"), "RM17,344,997"),
        ("mean_gap_rm", Decimal(17344997) / 17797, "RM974.60"),
        ("mean_gap_rm", Decimal(970), "RM970"),
        ("households", 22234, "22,234"),
    ],
)
def test_no_digit_is_written_that_is_not_known(name: str, value: float | Decimal, text: str) -> None:
    assert written(name, value) == text


def test_what_has_no_value_says_why_and_is_never_nothing() -> None:
    one = AreaMeasures("0803", "Kinta", {"P0": None, "gini": None}, {"P0": "disembunyikan", "gini": "penyebut_sifar"})
    assert [told(one, name, MS) for name in ("P0", "gini", "MPI")] == [
        "Disembunyikan", "Tiada sesiapa untuk diukur", "Tiada data"
    ]  # fmt: skip


def test_every_rule_of_the_shipped_structures_is_a_sentence() -> None:
    for code, raw in json.loads(SHIPPED.read_text(encoding="utf-8")).items():
        for one in read_structure(code, raw).indicators:
            assert rule_told(one.rule, MS)
            assert indicator_name(one.code, MS) != one.code
    rule = read_structure("ekasih-1", json.loads(SHIPPED.read_text(encoding="utf-8"))["ekasih-1"]).indicators[1].rule
    assert rule_told(rule, MS) == "ada ahli berumur 6\N{EN DASH}16 dengan bersekolah: Tidak"
    assert indicator_name("baharu", MS) == "baharu"
