"""A drawn shape is refused before it costs anything: too many corners, a crossing line, no area or too much of it."""

from __future__ import annotations

import math
import random
import time

import pytest

from geo.rings import MOST_CORNERS, RefusedRingError, Ring, area_of
from words import LANGUAGES, words_of


def around(longitude: float, latitude: float, radius: float, corners: int) -> tuple[tuple[float, float], ...]:
    """A regular ring."""
    turns = [2 * math.pi * place / corners for place in range(corners)]
    return tuple((longitude + radius * math.cos(turn), latitude + radius * math.sin(turn)) for turn in turns)


def refused(*corners: tuple[float, float]) -> str:
    with pytest.raises(RefusedRingError) as refusal:
        Ring(corners)
    return refusal.value.reason


@pytest.mark.parametrize("corners", [3, 4, MOST_CORNERS])
def test_a_simple_ring_is_taken(corners: int) -> None:
    ring = Ring(around(101, 4.5, 0.2, corners))
    assert ring.box == pytest.approx((100.8, 4.3, 101.2, 4.7), abs=0.11)


def test_random_corners_are_refused_at_once() -> None:
    scattered = random.Random(1)
    corners = [(scattered.uniform(100, 104), scattered.uniform(2, 6)) for _ in range(MOST_CORNERS)]
    began = time.perf_counter()
    assert refused(*corners) == "crossing"
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("corners", "reason"),
    [
        (((101, 4), (102, 5)), "corners"),
        (around(101, 4.5, 0.2, MOST_CORNERS + 1), "corners"),
        (((101, 4), (102, 5), (102, 4), (101, 5.5)), "crossing"),
        (((101, 4), (102, 4), (102, 5), (101.5, 4), (101, 5)), "crossing"),  # it touches itself
        (((101, 4), (102, 5), (103, 6)), "flat"),
        (((99, 0), (120, 0), (120, 8), (99, 8)), "large"),
    ],
)
def test_what_nothing_is_counted_in_is_refused_by_its_rule(
    corners: tuple[tuple[float, float], ...], reason: str
) -> None:
    assert refused(*corners) == reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_refusal_says_that_the_drawing_stays(language: str) -> None:
    words = words_of(language)
    stays = {"en": "The drawing stays", "ms": "Lukisan kekal"}[language]
    assert all(stays in words(f"map.ring_{reason}") for reason in ("corners", "crossing", "flat", "large"))


def test_a_degree_by_the_equator_has_the_area_of_the_sphere() -> None:
    square = ((0, 0), (1, 0), (1, 1), (0, 1))
    assert area_of(square) == pytest.approx(6_371.0088**2 * math.radians(1) * math.sin(math.radians(1)), rel=1e-12)


def test_the_widest_state_may_be_drawn() -> None:
    assert area_of(((109.5, 1), (113.5, 1), (113.5, 3.4), (109.5, 3.4))) == pytest.approx(118_000, rel=0.02)
    assert Ring(((109.5, 1), (113.5, 1), (113.5, 3.4), (109.5, 3.4)))
