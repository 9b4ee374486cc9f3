"""Claims about the reference tables and the approximate boundaries that come with the product."""

from __future__ import annotations

import gzip
import hashlib
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.boundaries.build import HERE, OUTPUT, SOURCES, build, packed
from data.reference.build_geocode import named_area_points
from data.reference.build_mukim import mukim_table
from geo.coverage import faces_between
from geo.gazetteer import geocode_targets, load_places, load_postcodes
from geo.names import REFERENCE, load_areas
from geo.readers import read_boundaries

NESTED = ("state", "district", "mukim")


@pytest.fixture(scope="module")
def bundled() -> dict[str, gpd.GeoDataFrame]:
    return {level: read_boundaries(OUTPUT / f"{level}.geojson.gz") for level in SOURCES}


def polygons(frame: gpd.GeoDataFrame) -> np.ndarray:
    return frame.geometry.to_numpy()


@pytest.mark.parametrize("level", list(SOURCES))
def test_no_two_areas_overlap_and_every_edge_is_shared_exactly(
    bundled: dict[str, gpd.GeoDataFrame], level: str
) -> None:
    assert shapely.is_valid(polygons(bundled[level])).all()
    assert shapely.coverage_is_valid(polygons(bundled[level]))


@pytest.mark.parametrize("level", NESTED)
def test_there_are_no_gaps_the_areas_add_up_to_the_country(bundled: dict[str, gpd.GeoDataFrame], level: str) -> None:
    country = shapely.union_all(polygons(bundled["state"]))
    assert shapely.coverage_union_all(polygons(bundled[level])).equals(country)
    assert shapely.area(polygons(bundled[level])).sum() == pytest.approx(country.area, rel=1e-12)


def test_no_face_between_the_boundaries_belongs_to_nobody(bundled: dict[str, gpd.GeoDataFrame]) -> None:
    faces = faces_between(np.concatenate([polygons(bundled[level]) for level in NESTED]))
    inside = shapely.point_on_surface(faces)
    for level in NESTED:
        owners = np.bincount(
            shapely.STRtree(polygons(bundled[level])).query(inside, predicate="intersects")[0], minlength=len(faces)
        )
        assert set(owners) == {1}


@pytest.mark.parametrize(("level", "above", "digits"), [("district", "state", 2), ("mukim", "district", 4)])
def test_an_area_is_exactly_its_parts(
    bundled: dict[str, gpd.GeoDataFrame], level: str, above: str, digits: int
) -> None:
    parts = bundled[level].groupby(bundled[level]["code"].str[:digits])
    whole = bundled[above].set_index("code").geometry
    joined = {code: shapely.coverage_union_all(polygons(frame)) for code, frame in parts}
    assert set(joined) == set(whole.index)
    assert [code for code, polygon in joined.items() if not polygon.equals(whole[code])] == []
    vertices = {code: set(map(tuple, shapely.get_coordinates(polygon))) for code, polygon in joined.items()}
    assert all(vertices[code] == set(map(tuple, shapely.get_coordinates(whole[code]))) for code in joined)


def test_all_states_and_all_districts_are_covered(bundled: dict[str, gpd.GeoDataFrame]) -> None:
    areas = load_areas()
    for level in ("state", "district"):
        assert set(bundled[level]["code"]) == set(areas.loc[areas["level"] == level, "code"])
        assert not shapely.is_empty(polygons(bundled[level])).any()


def test_every_area_with_a_boundary_is_in_the_reference_tables(bundled: dict[str, gpd.GeoDataFrame]) -> None:
    areas = load_areas().set_index("code")
    for level, frame in bundled.items():
        assert (areas.loc[frame["code"], "level"] == level).all()
        assert list(areas.loc[frame["code"], "name"]) == list(frame["name"])


def test_the_three_state_seats_make_up_the_seat(bundled: dict[str, gpd.GeoDataFrame]) -> None:
    joined = shapely.coverage_union_all(polygons(bundled["dun"]))
    assert joined.equals(polygons(bundled["parliament"])[0])
    assert list(bundled["dun"]["code"]) == ["08-N.31", "08-N.32", "08-N.33"]


def test_known_towns_lie_where_they_should(bundled: dict[str, gpd.GeoDataFrame]) -> None:
    seat, catchment = polygons(bundled["parliament"])[0], polygons(bundled["catchment"])[0]
    tronoh = bundled["dun"].set_index("code").geometry["08-N.33"]
    kinta = bundled["district"].set_index("code").geometry["0803"]
    batu_gajah, ipoh = shapely.Point(101.041, 4.469), shapely.Point(101.083, 4.584)
    assert seat.covers(batu_gajah)
    assert tronoh.covers(batu_gajah)
    assert tronoh.covers(shapely.Point(100.991, 4.42))
    assert catchment.covers(batu_gajah)
    assert kinta.covers(batu_gajah)
    assert kinta.covers(catchment)
    assert not seat.covers(ipoh)
    assert not catchment.covers(ipoh)
    assert not seat.covers(shapely.Point(101.06, 4.33))


def test_the_script_makes_the_bundled_files_again() -> None:
    for level, frame in build().items():
        # Unpacked: another zlib may pack the same text differently.
        kept = gzip.decompress((OUTPUT / f"{level}.geojson.gz").read_bytes())
        assert gzip.decompress(packed(frame)) == kept, level


def test_the_manifest_tells_source_licence_accuracy_and_checksum_of_each_file() -> None:
    manifest = json.loads((OUTPUT / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == set(SOURCES)
    for entry in manifest.values():
        assert entry["sha256"] == hashlib.sha256((OUTPUT / entry["file"]).read_bytes()).hexdigest()
        assert entry["approximate"]
        assert entry["source"]
        assert entry["licence"]
        assert entry["accuracy_m"] > 0


def test_the_states_are_those_of_natural_earth(bundled: dict[str, gpd.GeoDataFrame]) -> None:
    source = gpd.read_file(HERE / "naturalearth_state.geojson").sort_values("state_code")
    assert list(source["state_code"]) == list(bundled["state"]["code"])
    apart = shapely.area(shapely.symmetric_difference(polygons(source), polygons(bundled["state"])))
    assert apart.max() < 1e-6


def test_mukim_codes_are_district_and_two_digits_and_come_out_the_same_again() -> None:
    kept = pd.read_csv(REFERENCE / "mukim.csv", dtype=str, keep_default_na=False)
    made = mukim_table(
        pd.read_csv(REFERENCE / "codes" / "subdistrict.csv", dtype=str),
        pd.read_csv(REFERENCE / "codes" / "district.csv", dtype=str),
    )
    pd.testing.assert_frame_equal(kept, made.astype(kept.dtypes.to_dict()))
    assert kept["code"].is_unique
    assert (kept["code"].str[:4] == kept["district_code"]).all()
    named = kept[kept["kind"] != "tanpa_mukim"]
    assert (named["code"].str[4:] == named["ddsa_code"].str[4:]).all()


def test_two_mukim_with_the_same_last_digits_in_one_district_get_different_codes() -> None:
    listed = pd.DataFrame(
        [("08", "0803", "080301", "Belanja", "mukim"), ("08", "0803", "081001", "Kampar", "mukim")],
        columns=["state_code", "district_code", "ddsa_code", "subdistrict", "kind"],
    )
    districts = pd.DataFrame({"district_code": ["0803"], "district": ["Kinta"]})
    table = mukim_table(listed, districts).set_index("code")
    assert dict(table["name"]) == {"080300": "Kinta (tanpa mukim)", "080301": "Belanja", "080302": "Kampar"}


def test_the_geocoding_table_comes_out_the_same_again() -> None:
    kept = pd.read_csv(
        REFERENCE / "geocode.csv",
        dtype={"name": str, "name_normalised": str, "state_code": str, "district_code": str},
        keep_default_na=False,
    )
    made = geocode_targets(load_places(), load_postcodes(), named_area_points())
    pd.testing.assert_frame_equal(kept, made, check_dtype=False)


def test_every_reference_table_has_its_source_in_the_readme() -> None:
    readme = (REFERENCE / "README.md").read_text(encoding="utf-8")
    tables = sorted(path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*.csv"))
    unnamed = [table for table in tables if table not in readme and not table.startswith("statistics/poverty_")]
    assert unnamed == []


def test_census_and_statistics_speak_of_known_districts_only() -> None:
    districts = set(pd.read_csv(REFERENCE / "codes" / "district.csv", dtype=str)["district_code"])
    for path in (REFERENCE / "statistics").glob("*_district.csv"):
        assert set(pd.read_csv(path, dtype=str)["district_code"]) <= districts, path.name
    census = pd.read_csv(REFERENCE / "statistics" / "census_2020_district.csv", dtype={"district_code": str})
    assert set(census["district_code"]) == districts
    assert census["household_total"].min() > 0
