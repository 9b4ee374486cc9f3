"""A round goes on to the nearest place that is left, and leaves none out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.route import Point, distance_m, length_m, nearest_order

IPOH, BATU_GAJAH, KUCHING = (4.5975, 101.0901), (4.4693, 101.0410), (1.5535, 110.3593)
points = st.tuples(st.floats(0.8, 7.5), st.floats(99.5, 119.4))


def test_distances_are_those_of_the_map() -> None:
    assert distance_m(IPOH, BATU_GAJAH) == pytest.approx(15_300, rel=0.01)
    assert distance_m(IPOH, KUCHING) == pytest.approx(1_083_000, rel=0.01)


def test_a_round_along_a_road_is_not_zigzag() -> None:
    road: list[Point | None] = [(4.0, 101.0), (4.3, 101.0), (4.1, 101.0), (4.2, 101.0)]
    assert nearest_order(road) == [0, 2, 3, 1]
    assert nearest_order(road, start=(4.4, 101.0)) == [1, 3, 2, 0]


def test_places_that_are_not_known_come_last_as_they_stand() -> None:
    assert nearest_order([None, IPOH, None, BATU_GAJAH], start=BATU_GAJAH) == [3, 1, 0, 2]
    assert nearest_order([None, None], start=IPOH) == [0, 1]
    assert nearest_order([]) == []


def test_the_length_of_a_round_adds_up() -> None:
    assert length_m([IPOH, BATU_GAJAH, IPOH]) == pytest.approx(2 * distance_m(IPOH, BATU_GAJAH))
    assert length_m([IPOH]) == 0


@given(st.lists(st.none() | points, max_size=12), st.none() | points)
def test_every_place_is_visited_once_and_each_step_leads_to_the_nearest(
    places: list[Point | None], start: Point | None
) -> None:
    order = nearest_order(places, start=start)
    assert sorted(order) == list(range(len(places)))
    here = start
    for step, index in enumerate(order):
        there = places[index]
        if there is None:
            assert all(places[later] is None for later in order[step:])
            break
        if here is not None:
            left = [point for later in order[step:] if (point := places[later]) is not None]
            assert distance_m(here, there) == min(distance_m(here, point) for point in left)
        here = there


@given(points, points)
def test_a_distance_is_the_same_both_ways(start: Point, end: Point) -> None:
    assert distance_m(start, end) == pytest.approx(distance_m(end, start))
    assert distance_m(start, start) == 0
