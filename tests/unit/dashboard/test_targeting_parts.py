"""Whom conditions reach, as the page draws it and as its file holds it, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import pytest

from dashboard.pages.what_if import targeting_parts as parts
from dashboard.pages.what_if.targeting_reading import Reached
from dashboard.pages.what_if.targeting_view import TargetingView
from layers.choropleth import Source
from poverty.targeting import Targeting
from queries.maps import Area
from words import words_of

VIEW: Final = TargetingView.parse({"sasaran": "p1", "rm": "50", "setiap": "orang"})
PERAK: Final = Targeting(met_tegar=10, met_miskin=20, met_others=10, unmet_tegar=5, unmet_miskin=25, persons=160)


def _found(areas: dict[str, Targeting]) -> Reached:
    source = Source(name="eKasih", as_of=date(2026, 3, 1))
    names = dict.fromkeys(areas, "Perak")
    options = {"programmes": {"p1": "Bantuan Uji"}, "groups": {}}
    lineage = (Area("MY", "country", "Malaysia", None, None),)
    return Reached(VIEW, lineage, "state", options, "Isi rumah.", date(2026, 3, 1), names, areas, source)


@pytest.mark.parametrize("language", ["ms", "en"])
def test_what_is_reached_missed_and_paid_is_told_and_asked_for_again(language: str) -> None:
    words = words_of(language)
    found = _found({"08": PERAK})
    drawn = str([parts.form(found, words), *parts.answer(found, words)])
    assert "RM8,000" in drawn
    assert "50.0%" in drawn
    assert words("sim.target_silent") in drawn
    assert parts.written(found) == [["Perak", 30, 30, 10, 50.0, 25.0, 160, Decimal(8000)]]
    assert len(parts.head(words, VIEW)) == len(parts.written(found)[0])


def test_where_nothing_is_told_no_figure_stands() -> None:
    words = words_of("ms")
    drawn = str(parts.answer(_found({}), words))
    assert words("sim.target_nobody") in drawn
    assert "RM" not in drawn
