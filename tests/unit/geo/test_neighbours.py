"""Claims about the land around Malaysia that comes with the product."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.boundaries.build_neighbours import OUTPUT

MOST_BYTES = 60_000
STATES = Path(OUTPUT).with_name("naturalearth_state.geojson")


@pytest.fixture(scope="module")
def neighbours() -> gpd.GeoDataFrame:
    return gpd.read_file(OUTPUT).set_index("code")


def test_it_is_small_and_sound(neighbours: gpd.GeoDataFrame) -> None:
    assert OUTPUT.stat().st_size <= MOST_BYTES
    assert neighbours.geometry.is_valid.all()
    assert set(neighbours.index) == {"BN", "ID", "KH", "LA", "MM", "PH", "SG", "TH", "VN"}
    assert (neighbours[["name_ms", "name_en"]] != "").all(axis=None)


def test_a_name_stands_on_the_land_that_it_names(neighbours: gpd.GeoDataFrame) -> None:
    places = shapely.points([list(place) for place in neighbours["label"]])
    assert shapely.intersects(neighbours.geometry.to_numpy(), places).all()


def test_it_leaves_malaysia_out_but_for_the_strip_beneath_its_borders(neighbours: gpd.GeoDataFrame) -> None:
    malaysia = shapely.union_all(gpd.read_file(STATES).geometry.to_numpy())
    common = shapely.area(shapely.intersection(shapely.union_all(neighbours.geometry.to_numpy()), malaysia))
    assert 0 < common < shapely.area(malaysia) / 10
