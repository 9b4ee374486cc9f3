"""The districts that a district stands beside on its board: those that touch it, and those most like it in size."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import shapely

from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of, shapes_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from queries.row_types.boards import BoardAreaRow

MOST_NEIGHBOURS: Final = 6
MOST_LIKE: Final = 4
_TOUCH: Final = 0.002
"""Degrees, some 200 m: boundaries that were simplified one by one do not meet exactly."""


def neighbours_of(home: Path, district: str) -> tuple[str, ...]:
    """The codes of the districts that touch one; none where there are no boundaries."""
    file = boundary_file_of(home, level="district", within=COUNTRY)
    return () if file is None else _touching(home, file).get(district, ())[:MOST_NEIGHBOURS]


def most_like(districts: Iterable[BoardAreaRow], district: str, *, but: Iterable[str]) -> tuple[str, ...]:
    """The codes of the districts whose households by the census are nearest in number, without those of ``but``."""
    known = {row["code"]: row["census_households"] for row in districts if row["census_households"]}
    own = known.pop(district, None)
    if own is None:
        return ()
    left_out = set(but)
    near = sorted(
        (max(count, own) / min(count, own), code)
        for code, count in known.items()
        if count is not None and code not in left_out
    )
    return tuple(code for _, code in near[:MOST_LIKE])


@lru_cache(maxsize=4)
def _touching(home: Path, file: Any) -> dict[str, tuple[str, ...]]:
    features: Any = shapes_of(home, file)["features"]
    codes = [str(feature["properties"]["code"]) for feature in features]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    tree = shapely.STRtree(shapes)
    pairs = tree.query(shapes, predicate="dwithin", distance=_TOUCH).T
    found: dict[str, list[str]] = {code: [] for code in codes}
    for one, other in pairs:
        if one != other:
            found[codes[one]].append(codes[other])
    return {code: tuple(sorted(others)) for code, others in found.items()}
