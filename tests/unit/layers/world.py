"""A small country for tests: three districts side by side."""

from datetime import date
from typing import Any

import pandas as pd

from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, Source, choropleth
from layers.measures import MEASURES

SOURCE = Source(
    name="Daftar",
    as_of=date(2025, 1, 31),
    line_year=2022,
    boundary_name="Sempadan",
    boundary_accuracy_m=15_000,
    boundary_approximate=True,
)

AREAS = pd.DataFrame(
    {
        "area_code": ["0801", "0802", "0803"],
        "area_name": ["Batang Padang", "</script><b>Manjung", "Kinta"],
        "tegar": [None, 20, 300],
        "miskin": [None, 50, 700],
        "suppressed": [True, False, False],
    }
)


def square(code: str, west: float) -> dict[str, Any]:
    """Return a feature one degree wide."""
    ring = [[west, 4.0], [west + 1, 4.0], [west + 1, 5.123456], [west, 5.123456], [west, 4.0]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


SHAPES = {"type": "FeatureCollection", "features": [square(f"080{n}", 99.0 + n) for n in (1, 2, 3, 9)]}


def made(measure: str = "poor", scheme: Scheme = Scheme.QUANTILES) -> ChoroplethLayer:
    """Return the layer of the small country."""
    return choropleth(AREAS, measure=MEASURES[measure], scheme=scheme, source=SOURCE)
