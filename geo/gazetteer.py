"""Points that an address can be found by: villages, towns, postcodes, and the middle of an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.coverage import METRES_PER_DEGREE
from geo.names import REFERENCE
from geo.normalising import normalise

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

VILLAGE_ACCURACY_M = 2_000
TOWN_ACCURACY_M = 5_000
POSTCODE_ACCURACY_M = 10_000
NEIGHBOUR_ACCURACY_M = 20_000
"""A postcode whose town is unknown takes the middle of the postcodes that begin alike."""

_SHORTER = ("KAMPUNG ", "BANDAR BARU ", "BANDAR ", "PEKAN ", "PUSAT BANDAR ", "KOTA ")
_COLUMNS = ["kind", "name", "name_normalised", "state_code", "district_code", "lat", "lon", "accuracy_m"]


def load_places(folder: Path = REFERENCE) -> pd.DataFrame:
    """GeoNames places: name, name_normalised, state_code, district_code, lat, lon (degrees), population."""
    places = pd.read_csv(
        folder / "gazetteer" / "places.csv", dtype={"state_code": str, "district_code": str, "ddsa_code": str}
    ).rename(columns={"place": "name"})
    places["name_normalised"] = places["name"].map(normalise)
    return places[["name", "name_normalised", "state_code", "district_code", "lat", "lon", "population"]]


def load_postcodes(folder: Path = REFERENCE) -> pd.DataFrame:
    """Postcodes: postcode (five digits), town, state_code, place (the town as the gazetteer spells it), all text.

    A postcode may be used in two states.
    """
    postcodes = pd.read_csv(folder / "gazetteer" / "postcodes.csv", dtype=str)
    aliases = pd.read_csv(folder / "gazetteer" / "town_aliases.csv", dtype=str)
    known = postcodes.merge(aliases, on=["state_code", "town"], how="left")
    return known.assign(place=known["place"].fillna(known["town"]))


def area_points(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """A point inside each area of a coverage in EPSG:4326: code, lat, lon, accuracy_m.

    The accuracy is the radius (m) of the circle with the area's surface, sqrt(area / pi).
    """
    polygons = frame.geometry.to_numpy()
    inside = shapely.point_on_surface(polygons)
    square_metres = shapely.area(polygons) * METRES_PER_DEGREE**2 * np.cos(np.radians(shapely.get_y(inside)))
    return pd.DataFrame(
        {
            "code": frame["code"].to_numpy(),
            "lat": shapely.get_y(inside).round(6),
            "lon": shapely.get_x(inside).round(6),
            "accuracy_m": np.sqrt(square_metres / np.pi).round().astype(int),
        }
    )


def geocode_targets(places: pd.DataFrame, postcodes: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Everything that an address can be found by, one row for each kind, name, state and district.

    ``places`` and ``postcodes`` are as ``load_places`` and ``load_postcodes`` give them; ``areas`` are the points of
    named districts and mukim: name, state_code, district_code, lat, lon, accuracy_m.
    Returns kind (village, town, postcode), name, name_normalised (a postcode's five digits), state_code,
    district_code (empty where it is not known), lat, lon, accuracy_m. Every place serves as village and as town: both
    columns of a census file hold either. A post town is the place of that name in its state, else the mukim or
    district so called; a postcode without such a town takes the middle of those that begin alike.
    """
    known = places.sort_values("population", ascending=False, kind="stable").drop_duplicates(
        ["state_code", "district_code", "name_normalised"]
    )
    towns = _post_towns(postcodes, known, areas)
    spelt_anew = (
        towns.merge(known[["state_code", "name_normalised"]], how="left", indicator=True)["_merge"] == "left_only"
    )
    new_towns = towns[spelt_anew.to_numpy()].drop_duplicates(["state_code", "name_normalised"])
    rows = pd.concat(
        [
            known.assign(kind="village", accuracy_m=VILLAGE_ACCURACY_M),
            known.assign(kind="town", accuracy_m=TOWN_ACCURACY_M),
            new_towns.assign(kind="town"),
            _postcode_points(postcodes, towns).assign(kind="postcode"),
        ],
        ignore_index=True,
    )
    rows["accuracy_m"] = rows["accuracy_m"].astype(int)
    rows[["lat", "lon"]] = rows[["lat", "lon"]].round(6)
    rows["district_code"] = rows["district_code"].fillna("")
    order = ["kind", "state_code", "name_normalised", "district_code"]
    return rows[_COLUMNS].sort_values(order, ignore_index=True)


def _post_towns(postcodes: pd.DataFrame, places: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Post towns that have a point: town, state_code, name, name_normalised, district_code, lat, lon, accuracy_m."""
    by_place = {
        (state, key): (district, lat, lon, TOWN_ACCURACY_M)
        for state, key, district, lat, lon in _reversed(
            places[["state_code", "name_normalised", "district_code", "lat", "lon"]]
        )
    }
    by_area = {
        (state, normalise(name)): (district, lat, lon, accuracy_m)
        for state, name, district, lat, lon, accuracy_m in _reversed(
            areas[["state_code", "name", "district_code", "lat", "lon", "accuracy_m"]]
        )
    }
    found = []
    for town, state, place in (
        postcodes[["town", "state_code", "place"]].drop_duplicates().itertuples(index=False, name=None)
    ):
        keys = _spellings(normalise(place))
        point = next((by[state, key] for by in (by_place, by_area) for key in keys if (state, key) in by), None)
        if point:
            found.append((town, state, town, normalise(town), *point))
    columns = ["town", "state_code", "name", "name_normalised", "district_code", "lat", "lon", "accuracy_m"]
    return pd.DataFrame(found, columns=columns)


def _reversed(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Rows from the last to the first, so that in a dictionary the first of a name stands."""
    return list(frame[::-1].itertuples(index=False, name=None))


def _spellings(key: str) -> list[str]:
    """The name itself, then without and with the words that towns gain and lose."""
    shorter = [key.removeprefix(word) for word in _SHORTER if key.startswith(word)]
    return [key, *shorter, *(word + key for word in _SHORTER)]


def _postcode_points(postcodes: pd.DataFrame, towns: pd.DataFrame) -> pd.DataFrame:
    points = postcodes.merge(
        towns[["town", "state_code", "district_code", "lat", "lon", "accuracy_m"]],
        on=["town", "state_code"],
        how="left",
    )
    points["accuracy_m"] = points["accuracy_m"].clip(lower=POSTCODE_ACCURACY_M)
    for digits in (4, 3, 2):
        prefix = points["postcode"].str[:digits]
        middle = points.groupby([prefix, points["state_code"]])[["lat", "lon"]].transform("median")
        unknown = points["lat"].isna() & middle["lat"].notna()
        points.loc[unknown, ["lat", "lon"]] = middle[unknown]
        points.loc[unknown, "accuracy_m"] = NEIGHBOUR_ACCURACY_M
    located = points.dropna(subset=["lat"])
    located = located.assign(name=located["postcode"], name_normalised=located["postcode"])
    return located.sort_values("accuracy_m", kind="stable").drop_duplicates(["postcode", "state_code"])
