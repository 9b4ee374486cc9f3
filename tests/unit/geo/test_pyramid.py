"""Claims about the boundary files that a browser draws."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.coverage import clean
from geo.matching import match_areas
from geo.names import load_alias_book
from geo.pyramid import BANDS, BoundaryFile, boundary_files
from geo.readers import read_boundaries

BUNDLED = Path(__file__).resolve().parents[3] / "data" / "boundaries" / "approximate"


@pytest.fixture(scope="module")
def districts() -> gpd.GeoDataFrame:
    return read_boundaries(BUNDLED / "district.geojson.gz")


@pytest.fixture(scope="module")
def files(districts: gpd.GeoDataFrame) -> list[BoundaryFile]:
    return list(boundary_files(districts, level="district"))


def features(file: BoundaryFile) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame.from_features(json.loads(gzip.decompress(file.content))["features"], crs="EPSG:4326")


def test_there_is_a_file_for_the_country_and_each_state_in_each_band(files: list[BoundaryFile]) -> None:
    assert len(files) == 17 * len(BANDS)
    assert {file.parent for file in files} == {"MY", *(f"{number:02d}" for number in range(1, 17))}


def test_bands_cover_every_zoom_once() -> None:
    zooms = [zoom for band in BANDS for zoom in range(band.min_zoom, band.max_zoom + 1)]
    assert zooms == list(range(23))


def test_a_file_holds_all_areas_of_its_parent_and_only_code_and_name(files: list[BoundaryFile]) -> None:
    perak = next(file for file in files if file.parent == "08")
    found = features(perak)
    assert list(found["code"]) == [f"08{number:02d}" for number in range(1, 14)]
    assert set(found.columns) == {"geometry", "code", "name"}
    assert perak.areas == 13


def test_the_name_carries_the_hash_of_the_content(files: list[BoundaryFile]) -> None:
    for file in files:
        assert (
            file.name
            == f"district-{file.parent}-{file.band.name}.{hashlib.sha256(file.content).hexdigest()[:12]}.geojson.gz"
        )


def test_the_same_areas_give_the_same_bytes(districts: gpd.GeoDataFrame, files: list[BoundaryFile]) -> None:
    again = list(boundary_files(districts, level="district"))
    assert [file.content for file in again] == [file.content for file in files]


def test_coordinates_have_at_most_five_decimals(files: list[BoundaryFile]) -> None:
    points = shapely.get_coordinates(features(files[0]).geometry.to_numpy())
    assert np.abs(points - points.round(5)).max() == 0


def test_files_of_neighbouring_states_still_meet(files: list[BoundaryFile]) -> None:
    far = [features(file) for file in files if file.band.name == "far" and file.parent in {"08", "10", "06"}]
    polygons = np.concatenate([frame.geometry.to_numpy() for frame in far])
    assert shapely.coverage_is_valid(polygons)


def test_the_box_holds_every_area_of_the_file(files: list[BoundaryFile]) -> None:
    for file in files:
        assert file.box == pytest.approx(tuple(features(file).total_bounds), abs=1e-9)


def test_the_official_districts_of_the_country_fit_in_one_file(shared_folder: Path) -> None:
    frame = read_boundaries(shared_folder / "reference" / "boundaries" / "dosm_district.geojson")
    coverage, _ = clean(match_areas(frame, level="district", book=load_alias_book()).frame)
    national = [file for file in boundary_files(coverage, level="district") if file.parent == "MY"]
    assert {file.areas for file in national} == {160}
    assert max(len(file.content) for file in national) < 400_000
    assert len(national[0].content) < 100_000


def test_official_state_seats_are_cut_by_state_and_by_parliament_seat(shared_folder: Path) -> None:
    frame = read_boundaries(shared_folder / "reference" / "boundaries" / "dosm_dun.geojson")
    coverage, _ = clean(match_areas(frame, level="dun", book=load_alias_book()).frame)
    by_parent = {file.parent: file for file in boundary_files(coverage, level="dun", bands=BANDS[:1])}
    assert list(features(by_parent["P.066"])["code"]) == ["08-N.31", "08-N.32", "08-N.33"]
    assert by_parent["08"].areas == 59
