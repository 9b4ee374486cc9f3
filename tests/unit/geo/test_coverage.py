"""Claims about repairing polygons into a coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage import WGS84, clean, simplify, with_rests
from geo.matching import match_areas
from geo.names import load_alias_book
from geo.readers import read_boundaries

if TYPE_CHECKING:
    from pathlib import Path

DEGREE_M = 111_320.0


def areas(**polygons: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"code": list(polygons), "name": list(polygons)}, geometry=list(polygons.values()), crs=WGS84
    )


def is_coverage(frame: gpd.GeoDataFrame) -> bool:
    polygons = frame.geometry.to_numpy()
    return bool(shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons))


def shape(frame: gpd.GeoDataFrame, code: str) -> Any:
    return frame.set_index("code").geometry[code]


def test_a_clean_coverage_is_left_as_it_is() -> None:
    given_areas = areas(a=shapely.box(101, 3, 102, 4), b=shapely.box(102, 3, 103, 4))
    result, repairs = clean(given_areas)
    assert repairs.clean
    assert shapely.equals(result.geometry.to_numpy(), given_areas.geometry.to_numpy()).all()


def test_an_overlap_goes_to_the_smaller_area() -> None:
    result, repairs = clean(areas(big=shapely.box(101, 3, 103, 5), small=shapely.box(102.9, 3, 103.5, 4)))
    assert repairs.overlaps == 1
    assert is_coverage(result)
    assert shape(result, "small").equals(shapely.box(102.9, 3, 103.5, 4))


def test_an_enclave_drawn_over_its_surroundings_survives() -> None:
    result, repairs = clean(areas(around=shapely.box(101, 3, 102, 4), enclave=shapely.box(101.4, 3.4, 101.6, 3.6)))
    assert shape(result, "enclave").equals(shapely.box(101.4, 3.4, 101.6, 3.6))
    assert shape(result, "around").area == pytest.approx(1 - 0.04)
    assert repairs.lost == ()


def test_a_sliver_between_two_areas_is_filled() -> None:
    sliver = shapely.box(101.5, 3.1, 101.5005, 3.9)
    left = shapely.box(101, 3, 101.5, 4)
    right = shapely.difference(shapely.box(101.5, 3, 102, 4), sliver)
    result, repairs = clean(areas(left=left, right=right))
    assert repairs.gaps == 1
    assert shapely.area(result.geometry.to_numpy()).sum() == pytest.approx(1)


def test_a_lake_is_left_open() -> None:
    lake = shapely.box(101.4, 3.4, 101.6, 3.6)
    result, repairs = clean(areas(around=shapely.difference(shapely.box(101, 3, 102, 4), lake)))
    assert (repairs.gaps, repairs.gaps_left) == (0, 1)
    assert result.geometry.iloc[0].area == pytest.approx(1 - 0.04)


def test_a_polygon_that_crosses_itself_is_made_valid_and_named() -> None:
    bow_tie = shapely.Polygon([(101, 3), (102, 4), (102, 3), (101, 4)])
    result, repairs = clean(areas(tie=bow_tie, other=shapely.box(103, 3, 104, 4)))
    assert repairs.invalid == ("tie",)
    assert is_coverage(result)


def test_an_area_wholly_under_others_is_reported_lost() -> None:
    result, repairs = clean(
        areas(a=shapely.box(101, 3, 102, 4), b=shapely.box(101, 3, 101.5, 4), c=shapely.box(101.5, 3, 102, 4))
    )
    assert repairs.lost == ("a",)
    assert list(result["code"]) == ["b", "c"]


def test_a_yielding_area_gives_way_even_to_a_larger_one() -> None:
    result, _ = clean(
        areas(small=shapely.box(101.5, 3, 102.2, 4), big=shapely.box(101, 3, 102, 4)), yielding=frozenset({"small"})
    )
    assert shape(result, "big").area == pytest.approx(1)
    assert shape(result, "small").area == pytest.approx(0.2)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(3, 30), st.integers(3, 30)),
        min_size=1,
        max_size=12,
    )
)
def test_any_heap_of_boxes_becomes_a_coverage_of_the_same_ground(boxes: list[tuple[int, int, int, int]]) -> None:
    polygons = [shapely.box(100 + x / 37, 2 + y / 41, 100 + (x + w) / 37, 2 + (y + h) / 41) for x, y, w, h in boxes]
    result, repairs = clean(areas(**{f"area{number}": polygon for number, polygon in enumerate(polygons)}))
    assert is_coverage(result)
    ground = shapely.union_all(polygons).area + repairs.gap_km2 * (1000 / DEGREE_M) ** 2
    assert shapely.area(result.geometry.to_numpy()).sum() == pytest.approx(ground, rel=1e-3)


def test_simplifying_keeps_neighbours_together_and_loses_no_area() -> None:
    border = [(101.5 + 0.01 * np.sin(step), 3 + step / 100) for step in range(101)]
    left = shapely.Polygon([(101, 4), (101, 3), *border])
    right = shapely.Polygon([*border, (102, 4), (102, 3)])
    simple = simplify(areas(left=left, right=right), 5_000)
    assert is_coverage(simple)
    assert shapely.get_num_coordinates(simple.geometry.to_numpy()).sum() < 60
    assert shapely.union_all(simple.geometry.to_numpy()).area == pytest.approx(1, rel=1e-2)


def test_the_rest_of_a_district_is_what_its_mukim_leave() -> None:
    mukim = areas(**{"080301": shapely.box(101, 3, 101.5, 4), "080201": shapely.box(100, 3, 101, 4)})
    districts = areas(**{"0803": shapely.box(101, 3, 102, 4), "0802": shapely.box(100, 3, 101, 4)})
    whole = with_rests(mukim, districts)
    assert list(whole["code"]) == ["080201", "080300", "080301"]
    assert whole.set_index("code")["name"]["080300"] == "0803 (tanpa mukim)"
    assert is_coverage(whole)
    assert shape(whole, "080300").equals(shapely.box(101.5, 3, 102, 4))


def test_a_rest_no_wider_than_a_sliver_is_none() -> None:
    mukim = areas(**{"080301": shapely.box(101, 3, 101.9995, 4)})
    whole = with_rests(mukim, areas(**{"0803": shapely.box(101, 3, 102, 4)}))
    assert list(whole["code"]) == ["080301"]


@pytest.mark.parametrize(
    ("file", "level", "count", "invalid"),
    [
        ("dosm_state", "state", 16, 1),
        ("dosm_district", "district", 160, 7),
        ("dosm_parlimen", "parliament", 222, 2),
        ("dosm_dun", "dun", 600, 0),
    ],
)
def test_official_sets_become_coverages_without_losing_an_area(
    shared_folder: Path, file: str, level: str, count: int, invalid: int
) -> None:
    given_areas = match_areas(
        read_boundaries(shared_folder / "reference" / "boundaries" / f"{file}.geojson"),
        level=level,
        book=load_alias_book(),
    ).frame
    result, repairs = clean(given_areas)
    assert (len(result), len(repairs.invalid), repairs.lost) == (count, invalid, ())
    assert is_coverage(result)
    assert is_coverage(simplify(result, 1_000))
    before = shapely.area(shapely.make_valid(given_areas.geometry.to_numpy()))
    after = shapely.area(result.geometry.to_numpy())
    assert np.median(np.abs(after / before - 1)) < 0.002
    assert np.abs(after / before - 1).max() < 0.03
