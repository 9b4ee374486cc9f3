"""How far the areas of one coverage differ from those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.coverage import METRES_PER_DEGREE

if TYPE_CHECKING:
    import geopandas as gpd

_AS_FINE_AS_M = 100.0


def compare(new: gpd.GeoDataFrame, old: gpd.GeoDataFrame) -> pd.DataFrame:
    """The areas that both coverages have, by code: code, share, moved_m.

    Both frames: code and valid polygons in EPSG:4326. ``share`` (0-1) is the part of the ground of either shape that
    only one of them covers: 0 the same shape, 1 another place. ``moved_m`` is how far an edge is from the other shape's
    at most (Hausdorff distance of the corners, of shapes simplified to about 100 m).
    """
    before = old.set_index("code").geometry
    both = new[new["code"].isin(before.index)]
    ours, theirs = both.geometry.to_numpy(), before.reindex(both["code"]).to_numpy()
    whole = shapely.area(shapely.union(ours, theirs))
    apart = shapely.area(shapely.symmetric_difference(ours, theirs))
    share = np.divide(apart, whole, out=np.zeros_like(apart), where=whole > 0)
    tolerance = _AS_FINE_AS_M / METRES_PER_DEGREE
    moved = shapely.hausdorff_distance(shapely.simplify(ours, tolerance), shapely.simplify(theirs, tolerance))
    return pd.DataFrame(
        {
            "code": both["code"].to_numpy(),
            "share": np.clip(share, 0, 1).round(4),
            "moved_m": (moved * METRES_PER_DEGREE).round().astype(int),
        }
    )
