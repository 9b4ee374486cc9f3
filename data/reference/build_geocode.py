"""Makes geocode.csv, what an address is found by: ``python -m data.reference.build_geocode``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from geo.gazetteer import area_points, geocode_targets, load_places, load_postcodes
from geo.names import load_areas
from geo.readers import read_boundaries

if TYPE_CHECKING:
    import geopandas as gpd

HERE = Path(__file__).resolve().parent
BOUNDARIES = HERE.parent / "boundaries" / "approximate"


def named_area_points() -> pd.DataFrame:
    """Points of districts and named mukim: name, state_code, district_code, lat, lon, accuracy_m; mukim first."""
    levels: list[gpd.GeoDataFrame] = [
        read_boundaries(BOUNDARIES / f"{level}.geojson.gz") for level in ("mukim", "district")
    ]
    points = pd.concat([area_points(level) for level in levels], ignore_index=True)
    points = points.merge(load_areas()[["code", "name", "state_code", "kind"]], on="code")
    points = points[points["kind"] != "tanpa_mukim"]
    return points.assign(district_code=points["code"].str[:4])


def main() -> None:
    """Write geocode.csv beside this script."""
    targets = geocode_targets(load_places(), load_postcodes(), named_area_points())
    targets.to_csv(HERE / "geocode.csv", index=False, lineterminator="\n")
    print(targets["kind"].value_counts().to_string())


if __name__ == "__main__":
    main()
