"""Claims about reading boundary files: every format comes out alike, every fault is named."""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from geo.readers import (
    BoundaryFileError,
    EmptyBoundaryFileError,
    MissingCrsError,
    NotPolygonsError,
    UnreadableBoundaryFileError,
    read_boundaries,
)

if TYPE_CHECKING:
    from pathlib import Path

BOX = shapely.box(101, 4, 101.5, 4.5)


@pytest.fixture
def kinta() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"district": ["Kinta"], "code": ["0803"]}, geometry=[BOX], crs="EPSG:4326")


def zipped_shapefile(frame: gpd.GeoDataFrame, path: Path, *, inner: str = "", without: str = "") -> Path:
    folder = path.parent / "shp"
    folder.mkdir()
    frame.to_file(folder / "kinta.shp")
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.iterdir()):
            if not without or part.suffix != without:
                archive.write(part, f"{inner}{part.name}")
    return path


def check(frame: gpd.GeoDataFrame) -> None:
    assert frame.crs.to_epsg() == 4326
    assert list(frame["district"]) == ["Kinta"]
    assert list(frame["code"]) == ["0803"]
    assert shapely.symmetric_difference(frame.geometry.iloc[0], BOX).area < 1e-6


def test_geojson_is_read(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    kinta.to_file(tmp_path / "kinta.geojson")
    check(read_boundaries(tmp_path / "kinta.geojson"))


def test_gzipped_geojson_is_read(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    (tmp_path / "kinta.geojson.gz").write_bytes(gzip.compress(kinta.to_json().encode()))
    check(read_boundaries(tmp_path / "kinta.geojson.gz"))


def test_geopackage_is_read(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    kinta.to_file(tmp_path / "kinta.gpkg")
    check(read_boundaries(tmp_path / "kinta.gpkg"))


def test_geoparquet_is_read(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    kinta.to_parquet(tmp_path / "kinta.parquet")
    check(read_boundaries(tmp_path / "kinta.parquet"))


@pytest.mark.parametrize("inner", ["", "export/Kinta 2024/"])
def test_a_zipped_shapefile_is_read_from_any_folder_inside(kinta: gpd.GeoDataFrame, tmp_path: Path, inner: str) -> None:
    check(read_boundaries(zipped_shapefile(kinta, tmp_path / "kinta.zip", inner=inner)))


def test_other_coordinates_are_transformed_to_degrees(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    kinta.to_crs("EPSG:3375").to_file(tmp_path / "kinta.gpkg")
    check(read_boundaries(tmp_path / "kinta.gpkg"))


def test_unstated_coordinates_are_refused_until_they_are_stated(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = zipped_shapefile(kinta.to_crs("EPSG:3375"), tmp_path / "kinta.zip", without=".prj")
    with pytest.raises(MissingCrsError, match=r"\.prj"):
        read_boundaries(path)
    check(read_boundaries(path, crs="EPSG:3375"))


def test_metres_that_claim_to_be_degrees_are_refused(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    metres = kinta.to_crs("EPSG:3375").set_crs("EPSG:4326", allow_override=True)
    metres.to_file(tmp_path / "kinta.gpkg")
    with pytest.raises(MissingCrsError, match="its numbers are not"):
        read_boundaries(tmp_path / "kinta.gpkg")


def test_points_are_refused(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    kinta.set_geometry(kinta.geometry.representative_point()).to_file(tmp_path / "kinta.geojson")
    with pytest.raises(NotPolygonsError, match="Point"):
        read_boundaries(tmp_path / "kinta.geojson")


def test_features_without_a_shape_are_counted(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    gpd.GeoDataFrame({"code": ["0803", "0804"]}, geometry=[BOX, None], crs="EPSG:4326").to_parquet(
        tmp_path / "kinta.parquet"
    )
    with pytest.raises(NotPolygonsError, match="1 of 2"):
        read_boundaries(tmp_path / "kinta.parquet")


def test_an_empty_file_is_named_so(kinta: gpd.GeoDataFrame, tmp_path: Path) -> None:
    kinta.iloc[:0].to_parquet(tmp_path / "kinta.parquet")
    with pytest.raises(EmptyBoundaryFileError, match="no features"):
        read_boundaries(tmp_path / "kinta.parquet")


@pytest.mark.parametrize(
    "name", ["damaged.geojson", "damaged.gpkg", "damaged.parquet", "damaged.zip", "damaged.json.gz"]
)
def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"not what the name says")
    with pytest.raises(UnreadableBoundaryFileError, match=r"damaged\..*Export it again"):
        read_boundaries(tmp_path / name)


def test_a_kind_that_is_not_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kinta.dwg").write_bytes(b"AC1032")
    with pytest.raises(UnreadableBoundaryFileError, match="this kind of file"):
        read_boundaries(tmp_path / "kinta.dwg")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BoundaryFileError, match="no such file"):
        read_boundaries(tmp_path / "none.geojson")
