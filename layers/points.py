"""Makes the layer of households in view: clusters or single points, with how many of how many are shown."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from layers import numbers
from layers.palettes import STATUS_COLOURS

STATUSES = tuple(STATUS_COLOURS)
POINT_DECIMALS = 6
# A place known no better than this is drawn hollow, so that it is not taken for a doorstep.
APPROXIMATE_ABOVE_M = 500


class PointFrameError(ValueError):
    """The frame of points lacks columns."""


@dataclass(frozen=True, slots=True)
class PointLayer:
    """Households in view as GeoJSON, EPSG:4326. ``total`` are in view, ``shown`` of them are drawn.

    A cluster's properties are ``n``, ``text``, a count for each status and whether all stand ``together`` at
    one place; a single point's are ``n`` 1, ``id``, ``status`` and whether its place is ``approximate``.
    Nothing else leaves the server.
    """

    collection: dict[str, Any]
    shown: int
    total: int
    by_status: dict[str, int]

    @property
    def complete(self) -> bool:
        """Whether every household in view is drawn, by itself or in a cluster."""
        return self.shown >= self.total


def points(frame: pd.DataFrame, *, total: int | None = None) -> PointLayer:
    """Return the layer for one row per cluster or household.

    Columns: ``lon``, ``lat`` (degrees), ``n`` (households there; absent means one each) and for clusters
    the counts ``tegar``, ``miskin``, ``mudah_miskin``, ``terkeluar`` and ``together``; for single households ``id``,
    ``status`` and, where known, ``accuracy_m``. ``total`` is the number of households in view, where
    fewer were fetched. Raises :class:`PointFrameError`, naming every missing column.
    """
    missing = [name for name in ("lon", "lat") if name not in frame]
    if missing:
        raise PointFrameError(f"no column {', '.join(missing)}")
    rows: list[dict[str, Any]] = frame.to_dict(orient="records")  # type: ignore[assignment]
    features = [_feature(row) for row in rows]
    shown = sum(feature["properties"]["n"] for feature in features)
    return PointLayer(
        collection={"type": "FeatureCollection", "features": features},
        shown=shown,
        total=max(shown, total or 0),
        by_status={status: _of_status(features, status) for status in STATUSES},
    )


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    households = _whole(row.get("n")) or 1
    properties = _cluster(row, households) if households > 1 else _household(row)
    place = [round(float(row["lon"]), POINT_DECIMALS), round(float(row["lat"]), POINT_DECIMALS)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": properties,
    }


def _cluster(row: dict[str, Any], households: int) -> dict[str, Any]:
    counts = {status: _whole(row.get(status)) for status in STATUSES}
    together = not _missing(row.get("together")) and bool(row["together"])
    return {"n": households, "text": numbers.count(households), "together": together, **counts}


def _household(row: dict[str, Any]) -> dict[str, Any]:
    counted = next((name for name in STATUSES if _whole(row.get(name))), "")
    return {
        "n": 1,
        "id": _text(row.get("id")),
        "status": _text(row.get("status")) or counted,
        "approximate": _whole(row.get("accuracy_m")) > APPROXIMATE_ABOVE_M,
    }


def _text(value: object) -> str:
    if _missing(value):
        return ""
    # a column of whole numbers with gaps arrives as floats
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _whole(value: Any) -> int:
    return 0 if _missing(value) else int(value)


def _missing(value: Any) -> bool:
    # clusters and single households share a frame, so each leaves the other's columns empty
    return value is None or bool(pd.isna(value))


def _of_status(features: list[dict[str, Any]], status: str) -> int:
    return sum(
        int(feature["properties"]["status"] == status)
        if feature["properties"]["n"] == 1
        else feature["properties"][status]
        for feature in features
    )
