"""The map of a round holds all its stops, each with its number."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from layers.rounds import Stop, numbered_sign, view_of
from layers.screen import route_view
from tests.unit.layers.words import words

IPOH, BATU_GAJAH = Stop(4.5975, 101.0901, "Ipoh"), Stop(4.4693, 101.0410, "Batu Gajah")


def test_a_view_lies_in_the_middle_and_is_wide_enough() -> None:
    found = view_of([IPOH, BATU_GAJAH])
    assert found is not None
    (latitude, longitude), zoom = found
    assert (latitude, longitude) == pytest.approx((4.5334, 101.06555))
    assert 360 / 2**zoom * 190 / 256 >= 4.5975 - 4.4693


def test_a_single_stop_is_not_shown_too_close_and_none_has_no_view() -> None:
    found = view_of([IPOH])
    assert found is not None
    assert 10 < found[1] <= 16
    assert view_of([]) is None


def test_a_sign_carries_its_number() -> None:
    assert ">12</text>" in unquote(numbered_sign(12))


def test_stops_stand_on_the_map_with_number_and_name() -> None:
    drawn = str(route_view("pusingan", [IPOH, BATU_GAJAH], words).to_plotly_json())
    assert "1. Ipoh" in drawn
    assert "2. Batu Gajah" in drawn
    assert route_view("kosong", [], words) is not None
