"""Claims about what an address is found by."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.gazetteer import (
    NEIGHBOUR_ACCURACY_M,
    POSTCODE_ACCURACY_M,
    TOWN_ACCURACY_M,
    area_points,
    geocode_targets,
    load_places,
    load_postcodes,
)
from geo.names import REFERENCE
from geo.normalising import normalise

AREA_COLUMNS = ["name", "state_code", "district_code", "lat", "lon", "accuracy_m"]


def places(*rows: tuple[str, str, float, float, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["name", "district_code", "lat", "lon", "population"])
    return frame.assign(state_code=frame["district_code"].str[:2], name_normalised=frame["name"].map(normalise))


def postcodes(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["postcode", "town", "state_code"])
    return frame.assign(place=frame["town"])


def targets(known: pd.DataFrame, codes: pd.DataFrame, areas: pd.DataFrame | None = None) -> pd.DataFrame:
    return geocode_targets(known, codes, pd.DataFrame(columns=AREA_COLUMNS) if areas is None else areas)


def of_kind(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    return frame[frame["kind"] == kind].set_index("name_normalised")


KINTA = places(("Batu Gajah", "0803", 4.469, 101.041, 46183), ("Tanjung Rambutan", "0803", 4.67, 101.15, 1300))


def test_every_place_is_found_as_village_and_as_town() -> None:
    found = targets(KINTA, postcodes())
    assert (
        list(of_kind(found, "village").index)
        == list(of_kind(found, "town").index)
        == ["BATU GAJAH", "TANJUNG RAMBUTAN"]
    )


def test_a_postcode_takes_the_point_of_its_town_however_spelt() -> None:
    found = of_kind(targets(KINTA, postcodes(("31250", "Tanjong Rambutan", "08"))), "postcode")
    row = found.loc["31250"]
    assert (row["lat"], row["lon"], row["district_code"], row["accuracy_m"]) == (
        4.67,
        101.15,
        "0803",
        POSTCODE_ACCURACY_M,
    )


def test_a_town_known_by_another_name_is_found_by_both() -> None:
    codes = postcodes(("31000", "Batu Gajah Lama", "08")).assign(place="Batu Gajah")
    found = targets(KINTA, codes)
    assert of_kind(found, "town").loc["BATU GAJAH LAMA", "lat"] == of_kind(found, "town").loc["BATU GAJAH", "lat"]
    assert of_kind(found, "postcode").loc["31000", "lat"] == 4.469


def test_a_town_of_another_state_is_not_taken() -> None:
    assert targets(KINTA, postcodes(("70000", "Batu Gajah", "05")))["kind"].eq("postcode").sum() == 0


def test_a_town_that_is_no_place_takes_the_point_of_the_district_so_called() -> None:
    baling = pd.DataFrame([("Baling", "02", "0201", 5.76, 100.89, 24505)], columns=AREA_COLUMNS)
    found = targets(KINTA, postcodes(("09100", "Baling", "02")), baling)
    assert of_kind(found, "town").loc["BALING", "accuracy_m"] == 24505
    assert of_kind(found, "postcode").loc["09100", "district_code"] == "0201"


def test_a_postcode_of_an_unknown_town_takes_the_middle_of_its_neighbours() -> None:
    codes = postcodes(("31000", "Batu Gajah", "08"), ("31009", "Entah", "08"))
    row = of_kind(targets(KINTA, codes), "postcode").loc["31009"]
    assert (row["lat"], row["lon"]) == (4.469, 101.041)
    assert (row["district_code"], row["accuracy_m"]) == ("", NEIGHBOUR_ACCURACY_M)


def test_of_two_places_of_one_name_in_a_district_the_larger_stands() -> None:
    twice = places(("Simpang", "0806", 4.8, 100.7, 10), ("Simpang", "0806", 4.9, 100.6, 999))
    assert of_kind(targets(twice, postcodes()), "village").loc["SIMPANG", "lat"] == 4.9


def test_the_point_of_an_area_lies_inside_it_and_its_accuracy_is_the_radius_of_its_surface() -> None:
    ring = shapely.difference(shapely.box(101, 0, 102, 1), shapely.box(101.1, 0.1, 101.9, 0.9))
    frame = gpd.GeoDataFrame({"code": ["0803"]}, geometry=[ring], crs="EPSG:4326")
    row = area_points(frame).iloc[0]
    assert ring.covers(shapely.Point(row["lon"], row["lat"]))
    assert row["accuracy_m"] == pytest.approx((0.36 / 3.14159) ** 0.5 * 111_320, rel=0.01)


def test_the_kept_table_covers_every_postcode_and_all_places() -> None:
    kept = pd.read_csv(REFERENCE / "geocode.csv", dtype=str, keep_default_na=False)
    assert not kept.duplicated(["kind", "name_normalised", "state_code", "district_code"]).any()
    assert set(load_postcodes()["postcode"]) == set(kept.loc[kept["kind"] == "postcode", "name"])
    assert set(load_places()["name_normalised"]) == set(kept.loc[kept["kind"] == "village", "name_normalised"])
    assert kept["lat"].astype(float).between(0.8, 7.5).all()
    assert kept["lon"].astype(float).between(99.5, 119.5).all()
    assert kept["accuracy_m"].astype(int).min() > 0
    assert (kept.loc[kept["kind"] == "town", "accuracy_m"] == str(TOWN_ACCURACY_M)).mean() > 0.9
